"""Whether a language can be written: every template is there and can be read, and every phrase that one of them calls is defined.

Given the templates as they lie in the folders, gives what is wanting, a remark each. Renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from bot.shell.letters import catalogue

_SHARED = ("frame.j2", "parts.j2")
"""What the letters of every language are set in; these call its phrases too."""


def faults(environment: Environment, language: str, folders: tuple[Path, ...]) -> list[str]:
    """What keeps this language from being written; templates that are not there by their bare name."""
    missing = catalogue.missing(language, folders)
    found = list(missing)
    trees: dict[str, nodes.Template] = {}
    for page in (*(page for page in catalogue.pages(language) if page not in missing), *_SHARED):
        try:
            trees[page] = environment.parse(_source(environment, page))
        except TemplateSyntaxError as error:
            found.append(f"{page} cannot be read: line {error.lineno}: {error.message}")
    phrases = f"{language}/phrases.j2"
    if phrases in trees:
        defined = {macro.name for macro in trees[phrases].find_all(nodes.Macro)}
        wanted = {phrase: page for page, tree in trees.items() for phrase in _called(tree) if phrase not in defined}
        found += [f"{phrases} lacks the phrase {phrase}, which {page} uses" for phrase, page in sorted(wanted.items())]
    return found


def _source(environment: Environment, page: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, page)[0]


def _called(tree: nodes.Template) -> Iterator[str]:
    """The phrases that a template calls: ``say.greeting()``."""
    for call in tree.find_all(nodes.Getattr):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            yield call.attr
