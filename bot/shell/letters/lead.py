"""What a list of mails shows beside the Subject: the first words of a letter, before the line above which one answers.

That line must stand on top of every letter, and mail programs show whatever stands on top: without a lead all letters look alike there.
Given a letter's HTML, gives it with its first sentences in the place that the frame keeps for them, where no reader of the letter sees them.
The parts of a letter mark which of its paragraphs greets and which are its own words, by signs that are taken out again, however both look.
Never puts there what an answer might bring back as words of its sender: no id of a case, and nothing that begins like a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from markupsafe import escape

from bot.shell.letters.layout import width

HERE: Final = "\ue012"
"""Where the frame wants the lead. A private-use sign, as the two below: scrubbing takes them out of every fact."""
GREETS: Final = "\ue013"
SAYS: Final = "\ue014"
_FIRST: Final = re.compile(rf"</h1>\s*(?:<p[^>]*>{GREETS}[^<]*</p>\s*)?<p[^>]*>{SAYS}(.*?)</p>", re.DOTALL)
"""The paragraph below the title, with or without a greeting between the two."""
_TAG: Final = re.compile("<[^>]*>")
_WIDEST: Final = 120
"""Columns: some two lines of a telephone, which shows no more."""
_END: Final = re.compile(r".*(?:[、。]|(?= ))", re.DOTALL)


def led(html: str, *, case_prefix: str, is_command: Callable[[str], bool]) -> str:
    """The page with its lead, and without the signs in any case."""
    found = _FIRST.search(html)
    words = " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""
    if f"{case_prefix}-" in words or is_command(words):
        words = ""
    return html.replace(GREETS, "").replace(SAYS, "").replace(HERE, escape(_shortened(words)))


def _shortened(words: str) -> str:
    """As much as has the room, up to the end of a clause or a word; without a mark, so that who reads an answer knows it for ours."""
    most = words
    while width(most) > _WIDEST:
        most = most[: -((width(most) - _WIDEST + 1) // 2)]
    end = _END.match(most) if most != words else None
    return end[0] if end else most
