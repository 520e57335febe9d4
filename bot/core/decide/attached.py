"""A table attached to a staff mail brings many cases: all of its rows become drafts, or none does.

Given the mail's files by name and, where there is exactly one table, its rows as text; gives the decision. One preview shows all drafts,
one YES opens them. A file that is no table is never opened: it is named by size and hash, so that staff can tell which one it was.
"""

from __future__ import annotations

from bot.core import intake as forms
from bot.core.decide.message import Message
from bot.core.form_lines import named_values
from bot.core.mail import Attachment
from bot.core.model import AddCases, AttachedTable, Decision, Disposition, Line, View
from bot.core.rules import Rules

MOST_CASES = 100
"""How many cases one mail may bring: a preview with more is read by nobody."""

_LARGEST_ORNAMENT = 20_000
"""Bytes. A smaller picture is the logo of a signature, and not worth a line."""


def table(message: Message, view: View, rules: Rules, *, kind: str) -> Decision | None:
    """What an attached table brings; None where the mail has none and says in words what it wants. `kind` as of the Subject, or ""."""
    tables = [file for file in message.arrival.attachments if file.is_table]
    has_fields = bool(named_values(message.intent.lines)[0])
    if (not tables and (not kind or has_fields or not unopened(message))) or (not kind and not is_bare(message, view)):
        return None
    said = rules.vocabulary.words[kind or "new_case"][0]
    wrong = _why_not(message, view, tables, kind=kind, has_fields=has_fields)
    if wrong or view.table is None:
        facts: dict[str, object] = {"reason": wrong or "kind", "trouble": view.table.trouble if view.table else "", "most": MOST_CASES}
        line = Line(said, "table_refused", facts={**facts, "files": described(message.arrival.attachments)})
        return Decision(Disposition.ANSWERED, f"table not taken: {facts['reason']}", lines=(line,))
    return _taken(kind or "new_case", message, view, rules, view.table)


def is_bare(message: Message, view: View) -> bool:
    """Whether a mail without NEW CASE in its Subject may bring a table: one that asks nothing else and answers nothing of ours."""
    return not message.intent.commands and not message.proof.codes


def unopened(message: Message) -> list[list[object]]:
    """The files that nobody opens, as (name, size in bytes, short hash); small pictures left out."""
    files = (file for file in message.arrival.attachments if not file.is_table)
    return described(tuple(file for file in files if not (file.media_type.startswith("image/") and file.size <= _LARGEST_ORNAMENT)))


def described(files: tuple[Attachment, ...]) -> list[list[object]]:
    return [[file.name, file.size, file.sha256[:12]] for file in files]


def _why_not(message: Message, view: View, tables: list[Attachment], *, kind: str, has_fields: bool) -> str:
    if not tables:
        return "kind"
    if has_fields:
        return "both"
    if len(tables) > 1:
        return "several"
    if kind == "emergency":
        return "emergency"
    if view.table is None or view.table.trouble:
        return "unreadable"
    if not view.table.rows:
        return "empty"
    return "too_many" if len(view.table.rows) > MOST_CASES else ""


def _taken(kind: str, message: Message, view: View, rules: Rules, attached: AttachedTable) -> Decision:
    said = rules.vocabulary.words[kind][0]
    today = view.now.astimezone(rules.zone).date()
    cases, faults = forms.from_table(attached.header, attached.rows, zone=rules.zone, today=today, is_event=kind == "new_event")
    facts: dict[str, object] = {"table": attached.name, "files": unopened(message)}
    if faults:
        told = [[fault.where, fault.value, fault.sentence] for fault in faults]
        facts |= {"faults": told, "kind": kind, "arrival_id": message.arrival_id}
        return Decision(Disposition.ANSWERED, "table sent back", lines=(Line(said, "table_faults", facts=facts),))
    by = message.arrival.sender
    line = Line(said, "preview_cases", facts=facts)
    return Decision(Disposition.ANSWERED, f"{len(cases)} cases: preview sent", (AddCases(cases, by, line=0),), (line,))
