"""A command as it was understood, and what may follow each verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.core import grounds

WITH_CASES = frozenset({"claim", "release", "clear", "conflict", "show", "bulletin", "explain", "close", "withdraw", "reopen", "edit"})
"""Verbs that take case ids: one, or several for a claim."""

WITH_ARGUMENT = frozenset(
    {"pause", "language", "assign", "approve", "remove", "readdress", "send", "round_send", "yes", "no", "join", "limit", "report"}
)
"""Verbs that may be followed by something else; whoever carries the command out reads it."""

NEVER_ALONE = frozenset({"approve", "remove", "readdress"})
"""Verbs of `WITH_ARGUMENT` that mean nothing without it: the word alone is no command, and whoever writes it is told the form."""

WITH_CASE_AND_ADDRESS = frozenset({"release", "assign"})

ONLY_IN_A_CHECK_IN = frozenset({"ok", "done"})
"""Words that answer “how is the case?”; anywhere else they are prose."""
CHECK_IN_ANSWERS = ONLY_IN_A_CHECK_IN | {"help", "release"}

MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", re.ASCII)
CODE = re.compile(r"[a-z2-7]{16}\.[a-z2-7]{26}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `argument` is what follows the ids, as written; `said` is how the answer names it, in the sender's own word for it."""

    verb: str
    case_id: str | None
    argument: str
    said: str = field(compare=False)
    grounds: str = ""
    """Of an override: the reason given behind it."""

    @property
    def code(self) -> str:
        """Of a SEND from outside its thread: the code of the preview."""
        found = CODE.match(self.argument)
        return found[0].lower() if found else ""

    @property
    def month(self) -> str:
        """Of a ROUND SEND: the month that it names, "" for none."""
        found = MONTH.match(self.argument)
        return found[0] if found else ""

    @property
    def why(self) -> str | None:
        """Of a YES, NO or SEND: the reason given with it, "" where the word for it stands alone; None for the bare word."""
        found = grounds.BEHIND_A_WORD.search(self.argument)
        return found["why"].strip() if found else None
