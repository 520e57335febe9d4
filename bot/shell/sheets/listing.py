"""A YAML list of mappings, each value as it is written.

Given text, gives lines of cells under the union of all keys, each row with the line where its item begins.
The file comes from outside: nothing is constructed but text, aliases are refused (they multiply), size and depth are bounded.
Never turns `no` into false or 12:30 into 750: YAML's guesses at types are switched off.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from bot.shell.sheets.table import SheetError

_LARGEST = 300_000
"""Characters. YAML of many short entries is slow to read: this much takes some seconds at the worst."""
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def listing_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    if len(text) > _LARGEST:
        raise SheetError(
            f"{name} is longer than {_LARGEST:,} characters; divide it, or use .csv or .xlsx.",
            f"{name} は{_LARGEST:,}文字を超えています。分けていただくか、.csv または .xlsx でお送りください。",
        )
    items = list(_items(text, name))
    header = list(dict.fromkeys(key for _, cells in items for key in cells))
    yield 1, header
    for line, cells in items:
        yield line, [cells.get(key, "") for key in header]


class _Loader(yaml.BaseLoader):
    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs leave it untyped
            raise yaml.composer.ComposerError(None, None, "references such as *name are not read", mark)
        return super().compose_node(parent, index)  # type: ignore[arg-type]  # the stubs name the root's None only


def _items(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        root = _Loader(text).get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where, place = (f"line {mark.line + 1} ", f"{mark.line + 1}行目が") if mark else ("", "")
        why = getattr(error, "problem", None) or "it is nested too deeply or holds unreadable characters"
        raise SheetError(f"{name}: {where}cannot be read as YAML ({why}).", f"{name} は{place}YAMLとして読めません（{why}）。") from None
    if not isinstance(root, yaml.SequenceNode):
        raise SheetError(
            f"{name} must be a list: each entry begins with “- ” and has lines such as “title: …”.",
            f"{name} は一覧の形でお書きください。1件ずつ「- 」で始め、「title: …」のような行を続けます。",
        )
    for node in root.value:
        yield node.start_mark.line + 1, _cells(node, name)


def _cells(node: yaml.Node, name: str) -> dict[str, str]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise SheetError(
            f"{name}: line {line} must be an entry with lines such as “title: …”.",
            f"{name} の{line}行目は、「title: …」のような行からなる1件としてお書きください。",
        )
    cells: dict[str, str] = {}
    for key, value in node.value:
        where = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
            raise SheetError(
                f"{name}: line {where} has no name before its colon.", f"{name} の{where}行目は、コロンの前に項目名がありません。"
            )
        if key.value in cells:
            raise SheetError(
                f"{name}: line {where} gives “{key.value}” twice in one entry.",
                f"{name} の{where}行目では、1件の中に「{key.value}」が二度書かれています。",
            )
        cells[key.value] = _text(value, name, where)
    return cells


def _text(node: yaml.Node, name: str, line: int) -> str:
    """A list of plain values is written with semicolons, as a cell of a table would be."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.style is None and node.value in _NOTHING else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return "; ".join(str(item.value) for item in node.value)
    raise SheetError(
        f"{name}: line {line} holds a table inside a table; write its text instead.",
        f"{name} の{line}行目では、表の中に表があります。文章でお書きください。",
    )
