"""Where a template of the organisation's own went wrong: the file and the line, never the words of the fault, which may quote a letter."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateSyntaxError, UndefinedError

from bot.shell.letters.modules import page_that_lacks


def place(fault: Exception, own: Path, *, page: str) -> str:
    """`en/lines/waitlisted.j2, line 7`; the bare page where what is wanting stands on no line, or where none of the own files was at work."""
    found = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(fault.__traceback__)]
    if isinstance(fault, TemplateSyntaxError):
        found.append((fault.filename or "", fault.lineno))
    ours = [(Path(name), line) for name, line in found if Path(name).is_relative_to(own)]
    if ours:
        return f"{ours[-1][0].relative_to(own)}, line {ours[-1][1]}"
    lacking = page_that_lacks(fault) if isinstance(fault, UndefinedError) else ""
    return lacking if lacking and (own / lacking).is_file() else page
