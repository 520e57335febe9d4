"""The intake form as a letter shows it: filled in as far as it was understood, each fault beside its field.

Given the facts of a `form` outcome (`labels`, `entered`, `faults`), gives rows ready to print, and the link that opens the form as a mail.
Decides nothing about what is right; the sentences come with the faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.shell.letters.links import mailto

_LONGEST_LINK = 1900
"""Some mail programs cut a longer mailto link; without it one copies the form by hand."""


@dataclass(frozen=True, slots=True)
class FormRow:
    label: str
    value: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """`others` are remarks that belong to no field of the form."""

    rows: tuple[FormRow, ...]
    others: tuple[str, ...]


def filled(facts: Mapping[str, Any]) -> Form:
    labels: Sequence[tuple[str, str]] = [(str(key), str(label)) for key, label in facts["labels"]]
    entered: Mapping[str, str] = facts.get("entered") or {}
    faults = [_fault(fault) for fault in facts.get("faults") or ()]
    known = {name for pair in labels for name in pair}
    rows = tuple(
        FormRow(label, str(entered.get(key, "")), tuple(sentence for where, _, sentence in faults if where in (key, label)))
        for key, label in labels
    )
    others = tuple(f"{where}: {sentence}" if where else sentence for where, _, sentence in faults if where not in known)
    return Form(rows, others)


def as_mail(address: str, language: str, word: str, form: Form) -> str:
    """A link that opens the form as a new mail; "" where it would be too long."""
    colon = "：" if language == "ja" else ": "
    link = mailto(address, word, "\n".join(f"{row.label}{colon}{row.value}" for row in form.rows))
    return link if len(link) <= _LONGEST_LINK else ""


def _fault(fault: Any) -> tuple[str, str, str]:
    """A fault as a (field, value, sentence) triple, also where it is `model.Fault`."""
    parts: Iterable[Any] = (fault.where, fault.value, fault.sentence) if hasattr(fault, "sentence") else fault
    where, value, sentence = (str(part) for part in parts)
    return where, value, sentence
