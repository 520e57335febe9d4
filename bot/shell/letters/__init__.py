"""Every letter firstreply sends: from a `Letter` (kind, language, facts) to complete RFC 5322 bytes.

Given the organisation's particulars once and a letter each time, gives bytes that need nothing more than an envelope.
Facts hold what strangers and staff wrote: scrubbed at the door, escaped in HTML, never read as a template (ATTACKS I-02 to I-17).
Never sends, never decides what is told to whom, never shows a fact that the letter's template does not name.
"""

from bot.shell.letters.catalogue import ASIDES, CIRCULATIONS, KINDS, OUTCOMES, missing, pages
from bot.shell.letters.house import MARKER, House, Page, UnfitLetter
from bot.shell.letters.links import mailto
from bot.shell.letters.outgoing import check_outgoing
from bot.shell.letters.press import Press
from bot.shell.letters.recalling import text_of
from bot.shell.letters.redirecting import redirected
from bot.shell.letters.typesetter import PHRASES, Typesetter

__all__ = [
    "ASIDES",
    "CIRCULATIONS",
    "KINDS",
    "MARKER",
    "OUTCOMES",
    "PHRASES",
    "House",
    "Page",
    "Press",
    "Typesetter",
    "UnfitLetter",
    "check_outgoing",
    "mailto",
    "missing",
    "pages",
    "redirected",
    "text_of",
]
