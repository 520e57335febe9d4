"""Whether a language can be written: every template is there, can be read, and is made of what a letter needs (see `structure`).

Given the templates as they lie in the folders, gives what is wanting, a remark each; and of an organisation's own, what none of ours has,
for it is a slip more often than not. Renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext

from bot.shell.letters import catalogue, structure

_SHARED = ("frame.j2", "parts.j2")
"""What the letters of every language are set in; these call its phrases too."""

_MOST_NAMED = 5
_EVERYWHERE = frozenset(name for kind in (str, dict, list, LoopContext) for name in dir(kind))
"""What every template may ask of a text, a table, a list and a loop."""


def faults(environment: Environment, language: str, folders: tuple[Path, ...]) -> list[str]:
    """What keeps this language from being written; templates that are not there by their bare name."""
    missing = catalogue.missing(language, folders)
    there = [page for page in catalogue.pages(language) if page not in missing]
    trees, unread = _parsed(environment, (*there, *_SHARED), language)
    letters = [page for kind in catalogue.KINDS if (page := f"{language}/{kind}.j2") in trees]
    shapes = [structure.seamless(trees), *(structure.misshapen(page, trees, language) for page in letters)]
    return [*missing, *unread, *filter(None, shapes), *structure.unmet(trees, language)]


def _parsed(environment: Environment, pages: Iterable[str], language: str) -> tuple[dict[str, nodes.Template], list[str]]:
    """These templates, and whatever they extend; and a remark for each that cannot be read."""
    trees, unread, waiting = dict[str, nodes.Template](), list[str](), list(pages)
    while waiting:
        page = waiting.pop(0)
        try:
            trees[page] = environment.parse(_source(environment, page))
            environment.compile(trees[page])  # an unknown filter is seen here, and nowhere before
        except TemplateNotFound:
            unread.append(f"{page} is extended by another template, and is not there")
        except UnicodeDecodeError:
            unread.append(f"{page} cannot be read: it is not in UTF-8")
        except TemplateSyntaxError as error:
            unread.append(f"{page} cannot be read: line {error.lineno}: {error.message}")
        else:
            above = structure.above(trees[page], language)
            waiting += [above] if above and structure.ANY not in above and above not in (*trees, *waiting) else []
    return trees, unread


def _source(environment: Environment, page: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, page)[0]


def slips(environment: Environment, own: Path, shipped: Path, languages: Iterable[str]) -> list[str]:
    """Files of the organisation's own that no letter uses, and names in the others that stand in none of ours."""
    ours = {str(file.relative_to(shipped)): _named(environment, file) for file in shipped.rglob("*.j2")}
    pages = ours.keys() | {page for language in languages for page in catalogue.pages(language)}
    words = _EVERYWHERE.union(*ours.values(), *(_defined(environment, file) for file in own.rglob("*.j2")))
    found = []
    for file in sorted(own.rglob("*.j2")):
        page = file.relative_to(own)
        if str(page) not in pages:
            found.append(f"{page} is used by no letter{_meant(str(page), pages)}")
            continue
        alike = ours.get(str(page)) or ours.get(str(Path("en", *page.parts[1:])), set())
        wrong = sorted(_named(environment, file) - words)
        found += [f"{page} names {name}, as none of ours does{_meant(name, alike) or _meant(name, words)}" for name in wrong]
    return found


def untranslated(own: Path, shipped: Path, language: str) -> str:
    """A remark where templates of a further language are still the English ones that it began with; "" where none is."""
    still = [page for page in catalogue.pages(language) if _is_english(own / page, shipped / page.replace(language, "en", 1), language)]
    named = f"{', '.join(still[:_MOST_NAMED])}{' and others' if len(still) > _MOST_NAMED else ''}"
    return f"{len(still)} templates of {language} are still word for word English: {named}" if still else ""


def _is_english(page: Path, english: Path, language: str) -> bool:
    return page.is_file() and page.read_bytes() == english.read_bytes().replace(b'"en/', f'"{language}/'.encode())


def _meant(slip: str, known: Iterable[str]) -> str:
    near = get_close_matches(slip, known, n=1)
    return f": is it meant to be {near[0]}?" if near else ""


def _defined(environment: Environment, file: Path) -> set[str]:
    """The organisation's own phrases."""
    return {macro.name for macro in _tree(environment, file).find_all(nodes.Macro)}


def _named(environment: Environment, file: Path) -> set[str]:
    """What a template asks for: its facts, and what it reads of them."""
    tree = _tree(environment, file)
    try:
        unknown = find_undeclared_variables(tree)
    except TemplateSyntaxError:  # an unknown filter, which is told elsewhere too
        return set()
    items = {item.arg.value for item in tree.find_all(nodes.Getitem) if isinstance(item.arg, nodes.Const)}
    read = {one.attr for one in tree.find_all(nodes.Getattr)} | {item for item in items if isinstance(item, str)}
    return read | unknown - environment.globals.keys()


def _tree(environment: Environment, file: Path) -> nodes.Template:
    """An empty one for a file that cannot be read, which is told elsewhere."""
    try:
        return environment.parse(file.read_text(encoding="utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError):
        return environment.parse("")
