"""Composition alone: a circulation made for each member, beside EmailMessage made into bytes from text and HTML that are finished."""

from __future__ import annotations

import os
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage

from bench.figures import Figure, Pair, interleaved, seconds_of
from bench.ground import Ground
from bench.organisation import BOT
from bot.core import circulation, trust
from bot.core.mail import Letter
from bot.office import Office, circulars
from bot.shell.letters import Page, Press


def measure(ground: Ground) -> list[Figure]:
    with ground.organisation(members=ground.plan.letters).office() as office:
        letters, names = _letters(office)
        pages = {letter.language: _page(office, letter) for letter in letters}
        turns = interleaved(
            lambda: len(letters) / seconds_of(lambda: _compose(office, letters, names)),
            lambda: len(letters) / seconds_of(lambda: [_assemble(pages[letter.language], letter.to) for letter in letters]),
            turns=ground.plan.turns,
        )
    pairs = tuple(Pair(ours, theirs) for ours, theirs in turns)
    return [Figure("composition alone", "letters/s", "EmailMessage of finished text and HTML", pairs)]


def _letters(office: Office) -> tuple[list[Letter], list[str]]:
    """The letters of a round as `rounds` asks for them, and their readers' names."""
    with office.ledger.reading() as ledger:
        cases = circulation.on_offer(ledger.cases.open(), now=office.clock())
        members = list(ledger.roster.active())
    facts: dict[str, object] = {
        "month": "2026-12",
        "cases": cases,
        "events": [],
        "urgent_ids": circulars.urgent_ids(cases, now=office.clock()),
    }
    return [Letter("round", each.email, each.language, dict(facts), member_id=each.id) for each in members], [each.name for each in members]


def _compose(office: Office, letters: Sequence[Letter], names: Sequence[str]) -> None:
    press = Press(office.typesetter)
    for letter, name in zip(letters, names, strict=True):
        code = trust.code_for(trust.handle_from(os.urandom(10)), letter.to, key=office.keys[0])
        press.compose(letter, message_id=trust.message_id(code, "desk.example"), now=office.clock(), reader_name=name)


def _page(office: Office, letter: Letter) -> Page:
    return office.typesetter.preview(letter, now=office.clock(), reader_name="A Lawyer")


def _assemble(page: Page, to: str) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"], message["Subject"] = BOT, to, page.subject
    message.set_content(page.text)
    message.add_alternative(page.html, subtype="html")
    return message.as_bytes()
