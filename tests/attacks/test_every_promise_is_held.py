"""Every promise and every attack has its number in the name or the first lines of a test that holds it: none is forgotten, and each is found."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HOW_MANY = {"G": 30, "S": 31, "L": 17, "M": 26, "I": 22, "F": 29, "C": 29, "P": 20, "O": 15}
"""Promises (G) and attacks: senders, loops, malformed mail, injection, fairness, crashes, privacy, operation."""

NEVER_GIVEN = set(
    "S-05 S-07 S-14 S-19 S-24 S-27 L-04 L-06 L-13 M-02 M-10 M-14 M-17 M-19 I-01 I-03 I-20 F-07 F-09 F-18 F-24 C-12 C-22 P-07 O-03".split()
)


def spoken(path: Path) -> str:
    """The heading of a test file, the names, headings and parameters of its tests."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return " ".join([*names, *words])


SAID = " ".join(spoken(path) for path in sorted(TESTS.rglob("test_*.py")) if path.name != Path(__file__).name)
NUMBERS = {
    f"{group}-{int(number):02}" for group, number in re.findall(r"(?<![A-Za-z])([GSLMIFCPO])[-_](\d\d)(?!\d)", SAID.replace("_", "-"))
}


@pytest.mark.parametrize(
    "number", sorted({f"{group}-{one:02}" for group, most in HOW_MANY.items() for one in range(1, most + 1)} - NEVER_GIVEN)
)
def test_a_test_bears_its_number(number: str) -> None:
    assert number in NUMBERS
