"""The daily balance: every message accounted for, once a day and staff member, also on silent days, over downtime and jumping clocks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import notices, rounds
from bot.core.model import Deadline, Lifecycle, Terms
from bot.notices.accounts import balance
from bot.office import open_office
from bot.shell.settings import load
from tests.attacks.desk import ALICE, BOB, CHIKA, MALLORY, SATO, SUZUKI, Desk
from tests.attacks.forging import fails, mail
from tests.story.people import Letter


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """At 04:00 in Berlin on 20 November 2026; the balance comes at 08:00."""
    opened = Desk.open(tmp_path, timezone='timezone = "Europe/Berlin"', daily='daily = "0 8 * * *"')
    opened.ticks()
    opened.passes(minutes=1)
    return opened


def balances(desk: Desk, address: str = SUZUKI) -> list[Letter]:
    return [letter for letter in desk.letters_to(address) if letter.subject.startswith(("Today: ", "本日のまとめ"))]


def body(letter: Letter) -> list[str]:
    """The paragraphs below the heading and since when it counts, and above the footer."""
    text = letter.text.split("\n\n", 3)[3].rsplit("-" * 40, 1)[0]
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]


def equation(letter: Letter) -> tuple[int, int, int, int, int]:
    (line,) = (paragraph for paragraph in body(letter) if paragraph.startswith("In: "))
    numbers = re.fullmatch(r"In: (\d+) mails? = (\d+) answered \+ (\d+) ignored.* \+ (\d+) waiting for you \+ (\d+) pending\.", line)
    assert numbers, line
    received, answered, ignored, for_staff, pending = map(int, numbers.groups())
    return received, answered, ignored, for_staff, pending


def test_a_quiet_day_is_three_lines(desk: Desk) -> None:
    desk.passes(hours=4)
    desk.ticks()
    assert body(balances(desk)[0]) == ["Nothing waits for a person.", "In: no mail.", "Out: no letter."]
    assert "対応が必要なものはありません" in balances(desk, SATO)[0].text


def test_what_waits_for_a_person_comes_before_what_is_only_counted(desk: Desk) -> None:
    desk.writes(MALLORY, "Hello")
    desk.passes(hours=4)
    desk.ticks()
    told, counted = (
        (balances(desk)[0].text, "\nIn: "),
        (balances(desk, SATO)[0].text, "届いたメール："),
    )
    assert all(text.index(MALLORY) < text.index(count) for text, count in (told, counted))


def test_received_is_answered_and_ignored_and_waiting_and_pending(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, "LIST")
    desk.writes(ALICE, "May I bring a trainee?")
    desk.writes(MALLORY, "Hello")
    desk.writes(BOB, "I am away.", headers={"Auto-Submitted": "auto-replied"})
    desk.passes(hours=4)
    desk.writes(BOB, f"CLAIM {case}")
    notices.bring(desk.office)
    letter = balances(desk)[0]
    assert equation(letter) == (5, 1, 1, 2, 1) and "1 automatic" in letter.text
    assert len(desk.endings()) == 5
    assert MALLORY in letter.text and "Mails that wait for you" in letter.text


def test_mail_in_somebodys_name_is_told_apart_from_theirs(desk: Desk) -> None:
    desk.writes(ALICE, "LIST")
    desk.arrives(mail(ALICE, text="The client may call me.", results=fails("lawfirm.example")))
    desk.writes(BOB, f"CLAIM {desk.case()}", proven=None)
    desk.writes(CHIKA, "When is the hearing?", proven=None)
    desk.passes(hours=4)
    notices.bring(desk.office)
    text = balances(desk)[0].flat
    assert equation(balances(desk)[0]) == (4, 2, 0, 2, 0)
    assert (
        "In somebody’s name, without proof that it is theirs: 1 failed the check of its sender, 1 is asked about at the address on file, or will be."
        in text
    )
    assert f"From {ALICE}, which failed the check of its sender:" in text and f"From {CHIKA}, which is not proven:" in text
    assert "送信者の確認に不合格1通、登録のアドレスへ確認中・確認予定1通" in "".join(balances(desk, SATO)[0].text.split())


def test_a_lawyer_who_waits_for_an_answer_is_one_thing_and_not_two(desk: Desk) -> None:
    desk.writes(ALICE, "When will you write about the training in Osaka?")
    desk.passes(hours=4)
    desk.ticks()
    desk.passes(days=1)
    desk.ticks()
    first, second = balances(desk)
    assert first.subject.startswith("Today: 1 thing to look at") and "no answer yet" not in first.text
    assert second.subject.startswith("Today: 1 thing to look at") and "has had no answer yet" in second.flat


def test_it_begins_where_the_last_one_ended(desk: Desk) -> None:
    received = []
    for number in range(3):
        for _ in range(number):
            desk.writes(ALICE, "LIST")
        desk.passes(days=1)
        desk.ticks()
        received.append(body(balances(desk)[-1])[1])
    assert received[0] == "In: no mail." and received[1].startswith("In: 1 mail =") and received[2].startswith("In: 2 mails =")


def test_downtime_over_the_minute_is_caught_up_once(desk: Desk) -> None:
    desk.passes(days=3, hours=5)
    desk.ticks()
    desk.ticks()
    assert len(balances(desk)) == 1
    desk.passes(hours=22)
    desk.ticks()
    assert len(balances(desk)) == 1
    desk.passes(hours=1)
    desk.ticks()
    assert len(balances(desk)) == 2


def test_another_process_on_the_same_ledger_brings_it_no_second_time(desk: Desk, tmp_path: Path) -> None:
    desk.passes(hours=5)
    other = open_office(load(tmp_path / "firstreply.toml", {}), clock=desk.clock)
    notices.bring(other)
    desk.ticks()
    other.ledger.close()
    assert len(balances(desk)) == len(balances(desk, SATO)) == 1


def test_no_hour_before_the_first_start_is_caught_up(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, daily='daily = "0 8 * * *"')
    desk.ticks()
    assert balances(desk) == []


@pytest.mark.parametrize(
    ("began", "schedule"),
    [
        (datetime(2026, 10, 23, 22, 0, tzinfo=UTC), "30 2 * * *"),
        (datetime(2027, 3, 26, 23, 0, tzinfo=UTC), "30 2 * * *"),
        (datetime(2026, 10, 23, 22, 0, tzinfo=UTC), "0 8 * * *"),
    ],
)
def test_it_comes_once_a_day_where_the_clocks_jump(tmp_path: Path, began: datetime, schedule: str) -> None:
    """Four days from midnight, looked at every half hour; one of them has 23 or 25 hours."""
    desk = Desk.open(tmp_path, timezone='timezone = "Europe/Berlin"', daily=f'daily = "{schedule}"')
    desk.clock.began = began
    days: list[str] = []
    for _ in range(4 * 48):
        before = len(balances(desk))
        notices.bring(desk.office)
        days += [f"{desk.now.astimezone(desk.office.rules.zone):%m-%d}"] * (len(balances(desk)) - before)
        desk.passes(minutes=30)
    assert len(days) == len(set(days)) == 4


def test_what_is_near_and_what_wants_a_person_is_named(desk: Desk) -> None:
    near = desk.case("Detention", deadline=Deadline(desk.now + timedelta(days=9), is_day=False))
    taken = desk.case("Taken", deadline=Deadline(desk.now + timedelta(days=9), is_day=False))
    far = desk.case("Far", deadline=Deadline(desk.now + timedelta(days=30), is_day=False))
    held = desk.case("Held", conflict_names="A. N.")
    desk.writes(ALICE, f"CLAIM {held}")
    desk.writes(BOB, f"CLAIM {taken}")
    desk.settles()
    desk.writes(SUZUKI, "Title: New\nSummary: One.", subject="NEW CASE")
    desk.writes(SUZUKI, "ROUND HOLD")
    desk.passes(hours=4)
    desk.ticks()
    paragraphs = "\n".join(body(balances(desk)[0]))
    for words in (f"{held}, with Alice Arden", f"{near} Detention", "held back by suzuki@ngo.example", "waits for your answer"):
        assert words in paragraphs
    assert far not in paragraphs and f"{taken} Taken" not in paragraphs


def test_whoever_waits_for_a_word_of_staff_is_named(desk: Desk) -> None:
    changed, misfit = desk.case("Changed"), desk.case("Misfit", terms=Terms(eligible=("bengoshi",)))
    dropped = desk.case("Dropped", lifecycle=Lifecycle.DRAFT)
    desk.writes(SUZUKI, f"REOPEN {dropped}")
    desk.writes(SUZUKI, f"WITHDRAW {dropped}")
    desk.writes(SUZUKI, f"EDIT {changed}\nPlace: Osaka")
    desk.writes(ALICE, f"CLAIM {misfit}")
    desk.writes("mori@houritsu.example", "JOIN\nName: Mori\nFirm: Mori Law\nCapacity: bengoshi\nLanguages: Japanese")
    desk.writes(BOB, "When will you write about the training in Osaka?")
    desk.settles()
    desk.passes(hours=4)
    desk.ticks()
    paragraphs = "\n".join(body(balances(desk)[0]))
    for words in (
        f"A change of {changed}",
        f"Alice Arden has asked for {misfit}",
        "1 person waits to be let onto the roster: mori@houritsu.example",
    ):
        assert words in paragraphs
    assert f"preview of {dropped}" not in paragraphs


def test_no_letter_is_lost_without_being_named(desk: Desk) -> None:
    desk.writes(ALICE, "LIST")
    with desk.office.ledger.writing() as ledger:
        letter = ledger.outbox.all()[-1]
        ledger.outbox.failed(letter.id, error="550 no such person", now=desk.now + timedelta(seconds=1))
    desk.passes(hours=4)
    desk.ticks()
    desk.passes(days=1)
    desk.ticks()
    first, second = balances(desk)
    assert f"Could not be delivered: a letter to {ALICE}" in first.text and "1 failed" in first.text
    assert ALICE not in second.text


def test_it_says_no_more_than_staff_may_know_and_nothing_confidential(desk: Desk) -> None:
    case = desk.case(details="QZX CANARY NAME", conflict_names="QZX CANARY NAME")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.passes(hours=4)
    desk.ticks()
    assert case in balances(desk)[0].text and "CANARY" not in balances(desk)[0].received.raw.decode()


def test_the_account_is_read_from_the_book_and_changes_nothing(desk: Desk) -> None:
    desk.writes(ALICE, "LIST")
    with desk.office.ledger.reading() as ledger:
        once = balance(desk.office, ledger, since=desk.now, above=0)
        again = balance(desk.office, ledger, since=desk.now, above=0)
    assert once == again and once.mail_in.received == 1


@pytest.mark.parametrize(
    ("who", "status", "word", "held"),
    [(SUZUKI, "STATUS", "ROUND SEND 2026-12", "the round for December 2026, which is held back"),
     (SATO, "状況", "月例送信 2026-12", "止めている2026年12月のご案内")],
)  # fmt: skip
def test_a_round_that_is_held_past_its_hour_is_told_every_day_until_it_goes(
    desk: Desk, who: str, status: str, word: str, held: str
) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND HOLD")
    for days in (5, 8, 9):
        desk.passes(days=days)
        rounds.open_due(desk.office)
        desk.ticks()
        assert f"“{word}”" in " ".join(body(balances(desk, who)[-1])) or f"「{word}」" in "".join(body(balances(desk, who)[-1]))
        desk.writes(who, status)
        assert held in desk.last_letter_to(who).flat
    desk.writes(who, word)
    desk.writes(who, status)
    assert held not in desk.last_letter_to(who).flat


def test_a_round_that_was_held_is_over_when_a_later_one_has_gone_out(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND HOLD")
    desk.passes(days=50)
    rounds.open_due(desk.office)
    desk.ticks()
    assert "ROUND SEND" not in balances(desk)[-1].text
