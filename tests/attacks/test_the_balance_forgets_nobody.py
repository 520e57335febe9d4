"""What waits for a person stands in every balance until somebody has seen to it, by name; mail that nobody has to answer fades after a week."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.model import Lifecycle
from tests.attacks.desk import ALICE, BOB, CHIKA, MALLORY, SATO, SUZUKI, Desk
from tests.story.people import Letter

STAFF = pytest.mark.parametrize("reader", [SATO, SUZUKI], ids=["ja", "en"])


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a balance every morning, of which the first has gone out."""
    desk = Desk.open(tmp_path, daily='daily = "0 8 * * *"')
    desk.ticks()
    wakes(desk)
    yield desk
    desk.office.ledger.close()


def wakes(desk: Desk, days: int = 1) -> None:
    for _ in range(days):
        desk.passes(days=1)
        desk.ticks()


def balance(desk: Desk, reader: str) -> Letter:
    return [one for one in desk.letters_to(reader) if one.subject.startswith(("Today", "本日のまとめ"))][-1]


def in_one_line(letter: Letter) -> str:
    return letter.text.replace("\n  ", " ").replace("\n", "")


@STAFF
def test_a_lawyer_who_waits_is_named_with_the_hour_and_the_subject_until_somebody_answers(morning: Desk, reader: str) -> None:
    morning.writes(ALICE, "May I bring a trainee?", subject="The hearing on Monday")
    asked = morning.last_letter_to(SUZUKI)
    morning.writes(BOB, "Is there an interpreter?")
    wakes(morning)
    assert ALICE in balance(morning, reader).text and "The hearing on Monday" in in_one_line(balance(morning, reader))
    wakes(morning, days=9)
    waits = in_one_line(balance(morning, reader))
    assert all(word in waits.replace(" ", "") for word in ("AliceArden", "ThehearingonMonday", "BobBengo"))
    assert ("Sat 21 Nov 2026" in waits) if reader == SUZUKI else ("2026年11月21日(土)" in waits)
    morning.writes(SUZUKI, "Gladly.", answering=asked)
    wakes(morning)
    assert "Alice" not in balance(morning, reader).text and "Bob" in balance(morning, reader).text


@STAFF
@pytest.mark.parametrize("kind", ["EMERGENCY", "NEW CASE"])
def test_a_draft_that_nobody_answers_is_named_for_as_long_as_it_is_one(morning: Desk, reader: str, kind: str) -> None:
    form = "Title: A hearing moved\nSummary: One visit, with an interpreter.\nDeadline: 2027-03-01\nConflict check: none\nDetails: none"
    morning.writes(SUZUKI, form, subject=kind)
    with morning.office.ledger.reading() as ledger:
        (draft,) = (case.id for case in ledger.cases.all() if case.lifecycle is Lifecycle.DRAFT)
    for days in (1, 8):
        wakes(morning, days=days)
        assert draft in balance(morning, reader).text, f"forgotten after {days} days"
        morning.writes(SUZUKI, "STATUS")
        assert draft in morning.last_letter_to(SUZUKI).text
    with morning.office.ledger.deciding() as ledger:
        ledger.cases.move(draft, Lifecycle.WITHDRAWN, now=morning.now, by=SUZUKI)
    wakes(morning)
    assert draft not in balance(morning, reader).text


@STAFF
def test_mail_of_strangers_and_forgeries_is_counted_for_a_week_with_the_way_to_see_it(morning: Desk, reader: str) -> None:
    morning.writes("somebody@example.net", "Please help me, I am detained.", subject="help")
    morning.writes(MALLORY, "Hello?")
    wakes(morning)
    assert "somebody@example.net" in balance(morning, reader).text
    wakes(morning)
    later = balance(morning, reader)
    assert "firstreply inbox list" in in_one_line(later) and ("2 mails" if reader == SUZUKI else "2通") in in_one_line(later)
    wakes(morning, days=7)
    assert "firstreply inbox" not in balance(morning, reader).text
    assert ("nothing waits" if reader == SUZUKI else "対応が必要なものはありません") in balance(morning, reader).subject


@STAFF
def test_mail_that_was_passed_on_is_not_counted_beside_it(morning: Desk, reader: str) -> None:
    morning.writes(CHIKA, "研修の資料はありますか。")
    wakes(morning, days=2)
    assert "firstreply inbox" not in balance(morning, reader).text and "千佳" in balance(morning, reader).text


@STAFF
def test_a_mail_that_a_colleague_has_answered_is_not_named_as_unread(morning: Desk, reader: str) -> None:
    morning.writes(ALICE, "May I bring a trainee?", subject="The hearing on Monday")
    morning.writes(SUZUKI, "Gladly.", answering=morning.last_letter_to(SUZUKI))
    wakes(morning)
    assert "hearing" not in balance(morning, reader).text


@pytest.mark.parametrize("word", ["ASSIGN {case} {member}", "RELEASE {case} {member}"])
def test_what_staff_have_settled_by_a_command_waits_no_more(morning: Desk, word: str) -> None:
    case = morning.case()
    if word.startswith("RELEASE"):
        morning.writes(ALICE, f"CLAIM {case}")
        morning.settles()
    morning.passes(minutes=5)
    morning.writes(ALICE, f"Could you please see to {case} for me?", subject="About my hearing")
    wakes(morning)
    assert "About my hearing" in in_one_line(balance(morning, SUZUKI))
    morning.writes(SUZUKI, word.format(case=case, member=ALICE))
    wakes(morning)
    assert "About my hearing" not in in_one_line(balance(morning, SUZUKI))


def test_words_that_ask_nothing_are_settled_by_the_later_yes_and_a_question_is_not(morning: Desk) -> None:
    case = morning.case()
    for who, words in ((ALICE, f"I should like to have {case} so much, my dear colleagues."), (BOB, f"I like {case}. Who is the judge?")):
        morning.writes(who, words, subject=f"About it, {who}")
        morning.passes(minutes=5)
        morning.writes(who, "YES", answering=morning.last_letter_to(who))
        morning.passes(minutes=5)
    wakes(morning)
    told = in_one_line(balance(morning, SUZUKI))
    assert f"About it, {BOB}" in told and f"About it, {ALICE}" not in told


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("取り消し: 仮放免申請の件", 'アリス アーデン さんはメッセージ "仮放免申請の件" を取り消そうとしています。'),
        ("Recall: The hearing", 'Alice Arden would like to recall the message, "The hearing".'),
    ],
)
def test_the_notice_of_a_recalled_message_is_a_machines(morning: Desk, subject: str, text: str) -> None:
    morning.writes(ALICE, text, subject=subject)
    assert morning.ending() == "ignored" and not morning.letters_to(ALICE)
    wakes(morning)
    assert "Alice" not in balance(morning, SUZUKI).text
    morning.writes(ALICE, "I should like to have it.", subject=subject)
    assert morning.ending() != "ignored", "a person's words under such a Subject are a person's"
