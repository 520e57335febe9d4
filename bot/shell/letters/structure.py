"""What a template must be made of, as far as it shows without a letter: its frame, a Subject and a text; and whatever others ask of it.

Given the trees of one language's templates by their page, gives what is wanting, a remark each. Reads no file and renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import filter as alike
from typing import Final

from jinja2 import nodes

FRAME: Final = "frame.j2"
_SEAM: Final = "seam"
"""The frame's name for what parts the Subject from the text."""
_BLOCKS: Final = {"subject": "Subject", "body": "text"}
ANY: Final = "*"
"""Stands in a page's name for what only a letter knows."""

Trees = Mapping[str, nodes.Template]


def misshapen(page: str, trees: Trees, language: str) -> str:
    """What no letter can be written from this template without; "" where nothing is wanting, or where it cannot be told."""
    chain = _chain(page, trees, language)
    if not chain:
        return ""
    *letter, root = chain
    if not _names(trees[root], _SEAM) and root != FRAME:
        return f'{page} has no frame: it wants {{% extends "{FRAME}" %}} at its top'
    filled = {block.name for one in letter for block in trees[one].find_all(nodes.Block) if _says(block)}
    for block, meaning in _BLOCKS.items():
        if root == FRAME and block not in filled:
            return f"{page} has no {meaning}: it wants {{% block {block} %}} with words in it"
    return ""


def seamless(trees: Trees) -> str:
    """A frame of the organisation's own may not be able to part the Subject from the text."""
    frame = trees.get(FRAME)
    is_whole = frame is None or _names(frame, _SEAM)
    return "" if is_whole else f"{FRAME} lacks {{{{ {_SEAM} }}}} between the Subject and the text"


def unmet(trees: Trees, language: str) -> Iterator[str]:
    """What one template asks of another that it imports, and that is not in there: a phrase, a part, a piece of an answer's line."""
    wanted = {(page, name): asker for asker, tree in trees.items() for page, name in _asked(tree, trees, language)}
    for (page, name), asker in sorted(wanted.items()):
        if name not in _given(trees[page]):
            yield f"{page} lacks {name}, which {asker} uses"


def above(tree: nodes.Template, language: str) -> str:
    """The page that a template extends; "" for none."""
    extends = next(tree.find_all(nodes.Extends), None)
    return _page(extends.template, language) if extends else ""


def _chain(page: str, trees: Trees, language: str) -> list[str]:
    """A template, what it extends, and so on; none where one of them is not at hand."""
    chain = list[str]()
    while page and page not in chain:
        if page not in trees:
            return []
        chain.append(page)
        page = above(trees[page], language)
    return chain


def _asked(tree: nodes.Template, trees: Trees, language: str) -> Iterator[tuple[str, str]]:
    read = [(one.node.name, one.attr) for one in tree.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name)]
    for imported in tree.find_all(nodes.Import):
        names = {attr for alias, attr in read if alias == imported.target}
        for page in alike(trees, _page(imported.template, language)):
            yield from ((page, name) for name in names)


def _page(template: nodes.Expr, language: str) -> str:
    """The name of the page as it is written: `"en/lines/" ~ line.outcome ~ ".j2"` is any of these."""
    parts = template.nodes if isinstance(template, nodes.Concat) else [template]
    return "".join(_known(part, language) for part in parts)


def _known(part: nodes.Expr, language: str) -> str:
    if isinstance(part, nodes.Const):
        return str(part.value)
    return language if isinstance(part, nodes.Name) and part.name == "language" else ANY


def _given(tree: nodes.Template) -> set[str]:
    """What a template that is imported has to give."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    return macros | {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}


def _names(tree: nodes.Template, name: str) -> bool:
    return any(one.name == name for one in tree.find_all(nodes.Name))


def _says(block: nodes.Block) -> bool:
    """Whether it may print anything but blanks."""
    said = [part for output in block.find_all(nodes.Output) for part in output.nodes]
    return any(not isinstance(part, nodes.TemplateData) or part.data.strip() for part in said)
