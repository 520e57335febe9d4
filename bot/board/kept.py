"""Why a mail was left to a person, in the reader's language: what stands on record is short, English, and never changes.

Given the words on record, gives the name of the board's words for it and what in them is of that one mail. Never hides what it does not know.
"""

from __future__ import annotations

from bot.core.model import NOTHING_ASKED

_NAMES = (
    ("not on the roster; the address looks like ", "kept_looks_like"),
    ("not on the roster; re-sent by a mailing list", "kept_list"),
    ("not on the roster", "kept_stranger"),
    (f"names a case without a command{NOTHING_ASKED}", "kept_case"),
    ("names a case without a command", "kept_case"),
    (f"no command found{NOTHING_ASKED}", "kept_words"),
    ("no command found", "kept_words"),
    ("authentication failed: ", "kept_forged"),
    ("no sender can be read", "kept_nobody"),
    ("sender not proven, and no longer on file", "kept_unproven"),
    ("asks to join; not on the roster", "kept_joins_unproven"),
    ("asks to join from an address that we cannot write to", "kept_joins_unreachable"),
    ("asks to join; too many applications today", "kept_joins_many"),
    ("asks to join", "kept_joins"),
    ("goes on in a thread with staff", "kept_thread"),
    ("about a case handed back", "kept_handed_back"),
    ("speaks of handing back", "kept_hands_back"),
    ("says that its writer is away", "kept_away"),
    ("looks automatic", "kept_automatic"),
    ("the server did not give this message", "kept_missing"),
    ("could not be digested", "kept_indigestible"),
)
"""Which words begin so; the first that fits."""


def told(reason: str) -> tuple[str, str]:
    """The name of the words, and what was behind its beginning.

    >>> told("authentication failed: dmarc=fail"), told("its text is too long")
    (('kept_forged', 'dmarc=fail'), ('kept_unreadable', 'its text is too long'))
    """
    for beginning, name in _NAMES:
        if reason.startswith(beginning):
            return name, reason.removeprefix(beginning).strip(" ;,:()")
    return "kept_unreadable", reason
