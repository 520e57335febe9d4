"""The real mails beside the repository: where they are, and what is known of each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.core.mail import Arrival
from bot.core.parsing import read

FOLDER = Path(__file__).parents[2].parent / "shared" / "mail"
DESK = "cases@bot.ngo.example"
needs_mails = pytest.mark.skipif(not (FOLDER / "index.jsonl").exists(), reason="the real mails are not here: put them into ../shared/mail")


@dataclass(frozen=True)
class Real:
    """One message of the collection."""

    source: str
    path: str
    kind: str
    of_class: str
    expected_reply: str = ""
    expected_recipients: tuple[str, ...] = field(default=())

    @property
    def raw(self) -> bytes:
        return (FOLDER / self.path).read_bytes()

    def arrival(self) -> Arrival:
        """Read through the parser; a body without a head is given the plainest one."""
        kind = "html" if self.kind == "html" else "plain"
        head = f"From: taro@example.com\nSubject: Re\nContent-Type: text/{kind}; charset=utf-8\n\n" if self.kind != "eml" else ""
        return read(head.encode() + self.raw, own_address=DESK)


def reals() -> list[Real]:
    """Every message of the index; none where the collection is missing."""
    index = FOLDER / "index.jsonl"
    rows = [json.loads(line) for line in index.read_text().splitlines()] if index.exists() else []
    return [
        Real(
            row["source"],
            row["path"],
            row["kind"],
            row["class"],
            row.get("expected_reply") or "",
            tuple(row.get("expected_recipients") or ()),
        )
        for row in rows
    ]
