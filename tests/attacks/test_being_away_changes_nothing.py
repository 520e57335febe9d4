"""The mailbox was away for hours, or the daemon stood still, and all is read in one look: everybody stands as if each mail had been read as it came.

Each day below is played twice: once each mail is read when it arrives and decisions are taken as their windows close, once all of it is read at
the end.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col
from structlog.testing import capture_logs

from bot import reception
from bot.reception import in_order
from bot.shell.mailbox import ImapAccount, Mailbox
from bot.shell.tables import PlaceRow
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, BOT, CHIKA, SATO, SUZUKI, Desk
from tests.servers.dovecot import Dovecot
from tests.story.people import Post

Day = Sequence[tuple[float, str, str]]
"""Hours after the beginning, who writes, and what."""
Opened = Callable[[Desk], list[str]]
"""Opens the cases of a day, and gives them."""

LAST_HOUR = 10.0
DAN, EVE = "dan@bengo.example", "eve@houritsu.example"


def one_case(desk: Desk, **more: Any) -> list[str]:
    return [desk.case(**more)]


def as_it_comes(desk: Desk, day: Day) -> None:
    """A look at each mail, and one whenever a window closes."""
    window = desk.office.rules.settle.total_seconds() + 1
    arrivals = {hours * 3600: (who, text) for hours, who, text in day}
    assert len(arrivals) == len(day), "two mails of one second"
    closings = {at + window for at in arrivals} | {LAST_HOUR * 3600}
    for second in sorted({*arrivals, *closings}):
        desk.passes(seconds=second - desk.clock.after.total_seconds())
        if second in closings:
            desk.ticks()
        if second in arrivals:
            desk.writes(*arrivals[second])
            desk.ticks()


def in_one_look(desk: Desk, day: Day) -> None:
    desk.passes(hours=LAST_HOUR)
    desk.reads((hours * 3600, who, text) for hours, who, text in sorted(day))
    desk.ticks()


def standings(desk: Desk, cases: Sequence[str]) -> dict[str, Any]:
    """How each case is, and how everybody stands with it and why, in order of arrival."""
    with desk.office.ledger.reading() as ledger:
        found = ledger.cases.some(list(cases))
        return {
            case_id: (
                found[case_id].lifecycle.value,
                found[case_id].free_places,
                [
                    (ledger.roster.by_id(claim.member_id).email, claim.state.value, claim.reason)
                    for claim in sorted(ledger.claims.of(case_id), key=lambda claim: (claim.stamp.order, claim.id))
                ],
            )
            for case_id in cases
        }


def both(folder: Path, day: Callable[[list[str]], Day], opened: Opened = one_case, **changed: str) -> tuple[Desk, Desk, list[str]]:
    """The two desks at the end of the day, and its cases; nobody may stand otherwise at one than at the other."""
    desks: list[Desk] = []
    for name, reads in (("as it comes", as_it_comes), ("in one look", in_one_look)):
        (folder / name).mkdir()
        desk = Desk.open(folder / name, **changed)
        for address in (DAN, EVE):
            desk.joins(address, name=address.partition("@")[0].title())
        cases = opened(desk)
        reads(desk, day(cases))
        oracles.the_log_fits(desk)
        desks.append(desk)
    came, looked = desks
    assert standings(looked, cases) == standings(came, cases)
    assert looked.members() == came.members()
    return came, looked, cases


def told(desk: Desk) -> list[tuple[str, str]]:
    """Who was written to, and under which Subject."""
    return sorted((letter.received.rcpt[0], letter.subject) for letter in desk.letters())


DAYS: dict[str, tuple[str, Callable[[str], Day]]] = {
    "closed": (f"{ALICE} confirmed", lambda case: [(0, ALICE, f"CLAIM {case}"), (3, SATO, f"CLOSE {case}")]),
    "withdrawn": (f"{ALICE} confirmed", lambda case: [(0, ALICE, f"受任 {case}"), (3, SATO, f"WITHDRAW {case}")]),
    "assigned to another": (
        f"{ALICE} confirmed",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (3, SATO, f"ASSIGN {case} {BOB}")],
    ),
    "assigned to the second": (
        f"{ALICE} confirmed, {BOB} waitlisted",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (1, BOB, f"CLAIM {case}"), (3, SATO, f"ASSIGN {case} {BOB}")],
    ),
    "taken away by staff": (
        f"{ALICE} released, {BOB} confirmed",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (1, BOB, f"CLAIM {case}"), (3, SATO, f"RELEASE {case} {ALICE}")],
    ),
    "handed back, then claimed": (
        f"{ALICE} released, {BOB} confirmed, {CHIKA} waitlisted",
        lambda case: [
            (0, ALICE, f"CLAIM {case}"),
            (1, ALICE, f"RELEASE {case}"),
            (2, BOB, f"CLAIM {case}"),
            (3, CHIKA, f"CLAIM {case}"),
        ],
    ),
    "handed back to the next, then closed": (
        f"{ALICE} released, {BOB} confirmed",
        lambda case: [
            (0, ALICE, f"CLAIM {case}"),
            (1, BOB, f"CLAIM {case}"),
            (2, ALICE, f"RELEASE {case}"),
            (3, SATO, f"CLOSE {case}"),
        ],
    ),
    "handed back and claimed again": (
        f"{ALICE} released, {BOB} confirmed, {ALICE} waitlisted",
        lambda case: [
            (0, ALICE, f"CLAIM {case}"),
            (1, BOB, f"CLAIM {case}"),
            (2, ALICE, f"RELEASE {case}"),
            (3, ALICE, f"CLAIM {case}"),
        ],
    ),
    "the first pauses": (
        f"{ALICE} confirmed, {BOB} waitlisted",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (1, BOB, f"CLAIM {case}"), (3, ALICE, "PAUSE")],
    ),
    "the first leaves, and is asked first": (
        f"{ALICE} confirmed, {BOB} waitlisted",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (1, BOB, f"CLAIM {case}"), (3, ALICE, "LEAVE")],
    ),
    "the second leaves, and hands back a place in line": (
        f"{ALICE} released, {BOB} released",
        lambda case: [
            (0, ALICE, f"CLAIM {case}"),
            (1, BOB, f"CLAIM {case}"),
            (2, BOB, "LEAVE"),
            (3, ALICE, f"RELEASE {case}"),
        ],
    ),
    "the first is removed": (
        f"{ALICE} confirmed, {BOB} waitlisted",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (1, BOB, f"CLAIM {case}"), (3, SATO, f"REMOVE {ALICE}")],
    ),
    "opened again": (
        f"{ALICE} confirmed, {BOB} refused, {CHIKA} waitlisted",
        lambda case: [
            (0, ALICE, f"CLAIM {case}"),
            (1, SATO, f"CLOSE {case}"),
            (2, BOB, f"CLAIM {case}"),
            (3, SUZUKI, f"REOPEN {case}"),
            (4, CHIKA, f"CLAIM {case}"),
        ],
    ),
    "closed within the window": (
        f"{ALICE} lapsed",
        lambda case: [(0, ALICE, f"CLAIM {case}"), (0.03, SATO, f"CLOSE {case}")],
    ),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_later_word_meets_the_claims_that_would_have_been_decided_before_it(tmp_path: Path, name: str) -> None:
    """And everybody is written the same."""
    expected, day = DAYS[name]
    came, looked, (case,) = both(tmp_path, lambda cases: day(cases[0]))
    (_, _, stand) = standings(looked, [case])[case]
    assert ", ".join(f"{who} {state}" for who, state, _ in stand) == expected
    assert told(looked) == told(came)


def kept_for_alice(desk: Desk) -> list[str]:
    """A case whose conflict check she has eight hours for, from the beginning on, and another."""
    kept, other = desk.case("A conflict check", conflict_names="A NAME"), desk.case("Another")
    desk.writes(ALICE, f"CLAIM {kept}")
    desk.settles()
    assert desk.standing(kept) == {ALICE: "held"}
    desk.ticks()
    return [kept, other]


AFTER_A_HOLD: dict[str, Callable[[str, str], Day]] = {
    "she asks for it once more, and then somebody else does": lambda kept, _: [(9, ALICE, f"CLAIM {kept}"), (9.5, BOB, f"CLAIM {kept}")],
    "she asks for another, having room for one": lambda _, other: [(9, ALICE, f"CLAIM {other}"), (9.5, BOB, f"CLAIM {other}")],
    "somebody waits for it, and she asks once more": lambda kept, _: [(7, BOB, f"CLAIM {kept}"), (9, ALICE, f"CLAIM {kept}")],
    "she gives it back too late, and asks once more": lambda kept, _: [(9, ALICE, f"RELEASE {kept}"), (9.3, ALICE, f"CLAIM {kept}")],
    "she answers too late": lambda kept, _: [(7, BOB, f"CLAIM {kept}"), (9, ALICE, f"CLEAR {kept}")],
    "she answers in time": lambda kept, _: [(7, ALICE, f"CLEAR {kept}"), (9, BOB, f"CLAIM {kept}")],
}


@pytest.mark.parametrize("name", AFTER_A_HOLD)
def test_a_place_whose_time_was_over_is_none_for_what_arrived_later(tmp_path: Path, name: str) -> None:
    most = {"settle_seconds": "settle_seconds = 120\nhold_hours = 8\nmax_open_per_member = 1"}
    came, looked, _ = both(tmp_path, lambda cases: [(8.5, CHIKA, "STATUS"), *AFTER_A_HOLD[name](*cases)], kept_for_alice, **most)
    assert told(looked) == [one for one in told(came) if not one[1].startswith("Half the time is over")]


def four_cases(desk: Desk) -> list[str]:
    return [
        desk.case("One place"),
        desk.case("Two places", places=2),
        desk.case("A conflict check", conflict_names="A NAME"),
        desk.case("Another place"),
    ]


def a_day(seed: int, cases: Sequence[str]) -> Day:
    """What five lawyers and two of staff might write on one day, some of it within one window."""
    chance, hours, day = random.Random(seed), 0.0, list[tuple[float, str, str]]()
    lawyers = (ALICE, BOB, CHIKA, DAN, EVE)
    for _ in range(chance.randint(8, 30)):
        hours += chance.choice([7, 40, 100, 121, 130, 600, 1800]) / 3600
        who, case = chance.choice(lawyers), chance.choice(cases)
        word = chance.choices(
            ["CLAIM", "CLAIM all", "RELEASE", "CLEAR", "CONFLICT", "rest", "staff", "staff on a person", "places"],
            [12, 1, 4, 1, 1, 3, 3, 4, 1],
        )[0]
        match word:
            case "rest":
                day.append((hours, who, chance.choice(["PAUSE", "RESUME", "LEAVE", "LIMIT 1", "LIMIT 2", "LIMIT none", "STATUS", "LIST"])))
            case "staff":
                day.append((hours, chance.choice([SATO, SUZUKI]), f"{chance.choice(['CLOSE', 'WITHDRAW', 'REOPEN', 'REOPEN'])} {case}"))
            case "staff on a person":
                said = chance.choice([f"ASSIGN {case} {who}", f"RELEASE {case} {who}", f"REMOVE {who}", f"APPROVE {who}"])
                day.append((hours, chance.choice([SATO, SUZUKI]), said))
            case "places":
                day.append((hours, SATO, f"EDIT {case}\nPlaces: {chance.randint(1, 3)}"))
            case "CLAIM all":
                day.append((hours, who, f"CLAIM {' '.join(cases)}"))
            case _:
                day.append((hours, who, f"{word} {case}"))
    return day


@pytest.mark.parametrize("seed", range(int(os.environ.get("FIRSTREPLY_DAYS", "3"))))
@pytest.mark.parametrize("limit", [0, 1])
def test_whatever_is_written_on_a_day_reading_it_late_changes_nothing(tmp_path: Path, seed: int, limit: int) -> None:
    most = {"settle_seconds": f"settle_seconds = 120\nmax_open_per_member = {limit}"}
    both(tmp_path, lambda cases: a_day(seed, cases), four_cases, **most)


def test_a_case_that_cannot_be_settled_keeps_no_word_about_another_from_being_done(desk: Desk) -> None:
    broken, other = desk.case("Its places are gone"), desk.case("All is well")
    with desk.office.ledger.writing() as ledger:
        ledger.session.execute(delete(PlaceRow).where(col(PlaceRow.case_id) == broken))
    desk.passes(hours=4)
    with capture_logs():
        desk.reads([(0, ALICE, f"CLAIM {broken}"), (3600, SATO, f"CLOSE {other}"), (7200, BOB, "PAUSE")])
    assert [disposition for disposition, _ in desk.endings()] == ["pending", "answered", "answered"]
    assert standings(desk, [other])[other][0] == "closed"


def test_however_much_waits_in_however_many_folders_it_is_read_in_one_order(
    desk: Desk, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alice was first, in the spam folder; the case is theirs before the word of staff closes it, with no look in between."""
    monkeypatch.setattr(in_order, "TOGETHER", 1)
    case, account = desk.case(), dovecot.account(BOT)
    for hour, who, text, folder in (
        (1, ALICE, f"CLAIM {case}", "Junk"),
        (2, BOB, f"CLAIM {case}", "INBOX"),
        (3, SATO, f"CLOSE {case}", "Junk"),
        (4, ALICE, "PAUSE", "INBOX"),
    ):
        at = desk.now + timedelta(hours=hour)
        dovecot.deliver(BOT, Post(who, desk.names[who], BOT, text, at).raw(), folder=folder, at=at)
    desk.passes(hours=LAST_HOUR)
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as mailbox:
        assert reception.look(desk.office, mailbox) == 4
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "lapsed"}
