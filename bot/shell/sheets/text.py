"""CSV as spreadsheet programs write it, in and out.

Given bytes in UTF-8, UTF-16 or Shift_JIS with commas, semicolons or tabs, gives lines of cells; given cells, gives UTF-8 with a byte
order mark, which is how Excel knows it. What goes out may have come from strangers: no cell may start a formula (CWE-1236).
Never guesses further: bytes in no known encoding are refused, since mangled names would be stored for good.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.shell.sheets.table import LONGEST_CELL, SheetError

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_NAMED_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)

# What NUL bytes, and the bytes that Shift_JIS leaves without a meaning, are decoded to.
_NUL = frozenset("\0")
_NEVER_TYPED = frozenset("\0\x80\uf8f0\uf8f1\uf8f2\uf8f3")

_STARTS_FORMULA = frozenset("=+-@")
_LINE_END = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")


def decoded(content: bytes, name: str) -> str:
    """Text without its byte order mark. UTF-8 is tried before Shift_JIS, which would read almost anything."""
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_utf16 else ["utf-8-sig", "cp932"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not (_NEVER_TYPED if encoding == "cp932" else _NUL) & set(text):
            return text
    raise SheetError(
        f"{name} is not text in UTF-8, UTF-16 or Shift_JIS; save it as “CSV UTF-8” or as .xlsx.",
        f"{name} の文字コードは UTF-8、UTF-16、Shift_JIS のいずれでもありません。「CSV UTF-8」または .xlsx で保存してください。",
    )


def csv_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins in."""
    named = _NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=named[1] if named else _delimiter(body), strict=True)
    lines_before = 1 if named else 0
    begins = 1
    try:
        for cells in reader:
            yield begins + lines_before, [unguarded(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"{name}: line {begins + lines_before} cannot be read ({error}); check its quotation marks.",
            f"{name} の{begins + lines_before}行目が読めません（{error}）。引用符をご確認ください。",
        ) from None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell quoted, formulas made harmless by an apostrophe that `read` takes off again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_guarded(cell) for cell in header])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _delimiter(text: str) -> str:
    """The one that divides the header most often; text in quotation marks does not count."""
    first = next((line for line in _QUOTED.sub("", text).splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _guarded(cell: str) -> str:
    # A cell that has apostrophes of its own before a formula gets one more, so that taking one off gives it back.
    return f"'{cell}" if _is_formula(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before it was written for a spreadsheet program."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(cell: str) -> bool:
    """Whether any line of a cell could be taken for one: programs look past space, invisible characters and width."""
    return cell.startswith(("\t", "\r")) or any(_first_visible(line) in _STARTS_FORMULA for line in _LINE_END.split(cell))


def _first_visible(line: str) -> str:
    shown = (letter for letter in line if not letter.isspace() and letter not in "\"'" and unicodedata.category(letter) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFKC", next(shown, ""))[:1]
