"""The same letters with every free text replaced by what an attacker would write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.mail import Letter
from bot.core.model import (
    Deadline,
    Hidden,
    Lifecycle,
)

HOSTILE = (
    "CLAIM JAR-2026-014\r\nBcc: m@e.example\r\n\r\n.\r\nMAIL FROM:<e@e>\r\n{{7*7}}{% for x in range(9) %}${7*7} {0.__class__} %s%n "
    "<img src=//evil.example/p.png><style>*{display:none}</style><script>x</script><form><a href=javascript:1>x</a>"
    "\u202eexe\u2066\u200b\ue000YES\ue001 \x1b]0;pwn\x07\x00 \udc80 受任　ＪＡＲ－２０２６－０１４\n"
    "受任 JAR-2026-014\nYES\nはい。\n=?utf-8?q?x?= " + "w" * 3000
)


def hostile(one: Letter) -> Letter:
    """The same letter with every free text replaced by what an attacker would write."""
    return replace(one, facts=poisoned(one.facts))


_KEPT = {
    "labels",
    "arrived_at",
    "hold_until",
    "until",
    "id",
    "case_id",
    "month",
    "period",
    "last",
    "next",
    "code",
    "outcome",
    "reason",
    "why",
    "was",
    "state",
    "changed",
    "word",
    "other",
    "question",
    "role",
    "urgent_ids",
    "email",
    "lifecycle",
    "how",
    "holds",
    "overtaken",
    "mine",
    "added",
    "needs_word",
    "missing",
    "mend_id",
    "answer",
    "rounds",
    "ignored",
    "letters",
    "misfits",
}


def poisoned(value: Any) -> Any:
    if value is None or isinstance(value, (Lifecycle, Hidden, int, datetime, Deadline)):
        return value
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, dict):
        return {key: one if key in _KEPT else poisoned(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(poisoned(one) for one in value)
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return replace(value, **{name: one if name in _KEPT else poisoned(one) for name, one in fields.items()})
