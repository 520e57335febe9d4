"""Staff read a round before anybody on the roster does, may hold it or hurry it by a word, and silence lets go only what was shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import rounds
from bot.core.model import Deadline, Event, Lifecycle
from tests.attacks.desk import ALICE, CANARIES, SATO, SUZUKI, Desk
from tests.attacks.round_at_nine import NINE, a_day_before, preview, rounds_to, ticks

MORI = "mori@houritsu.example"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A day before the round, with three members who read English and one who reads Japanese."""
    desk = a_day_before(tmp_path)
    desk.joins(MORI, name="森 大輔", language="ja")
    return desk


def test_it_holds_the_letter_itself_in_every_language_and_who_gets_it(desk: Desk) -> None:
    desk.case("Detention hearing", "One visit.")
    letter = preview(desk)
    assert "In Japanese: 1 member " in letter.flat and "In English: 3 members" in letter.flat
    assert "> いつもご協力いただき" in letter.text and "> One case is looking for a lawyer this month." in letter.text
    desk.passes(hours=23, minutes=1)
    ticks(desk)
    (went,) = rounds_to(desk)
    sent = [line for line in went.text.split("\n")[2:] if not any(own in line for own in ("mailto", "Alice", "Decision log"))]
    assert [line for line in sent if f"> {line}".rstrip() not in letter.text] == []


def test_it_tells_what_wants_a_second_look(desk: Desk) -> None:
    told = desk.case("Appeal", f"{CANARIES[0]} needs help.", details=f"The client is {CANARIES[0]}.", conflict_names=CANARIES[0])
    filled, draft = desk.case("Taken"), desk.case("Not approved", lifecycle=Lifecycle.DRAFT)
    desk.writes(ALICE, f"CLAIM {filled}")
    desk.settles()
    text = preview(desk).flat
    assert "1 case. It goes only at your word" in text
    assert f"In {told}: “QZX CANARY NAME”" in text or f"In {told}: “CANARY NAME”" in text
    assert f"{filled} Taken (every place is taken)" in text and f"{draft} Not approved (a draft that nobody has approved)" in text


def test_it_names_deadlines_that_pass_before_the_next_round(desk: Desk) -> None:
    soon = desk.case("Soon", deadline=Deadline(NINE + timedelta(days=20), is_day=False))
    late = desk.case("Late", deadline=Deadline(NINE + timedelta(days=80), is_day=False))
    before = preview(desk).flat.partition("Deadlines before the next round")[2].partition("If a case changes")[0]
    assert soon in before and late not in before


@pytest.mark.parametrize(("who", "hold", "word"), [(SUZUKI, "ROUND HOLD", "ROUND SEND"), (SATO, "月例保留", "月例送信")])
@pytest.mark.parametrize("times", [1, 2])
def test_the_word_that_a_hold_names_sends_it_also_soon_after_a_round(desk: Desk, who: str, hold: str, word: str, times: int) -> None:
    desk.case()
    rounds.send_now(desk.office, "2026-11", by="command line")
    for _ in range(times):
        desk.writes(who, hold)
    assert f"{word} 2026-12" in desk.last_letter_to(who).flat
    desk.writes(who, f"{word} 2026-12")
    assert len(rounds_to(desk)) == 2


def test_it_shows_events_as_the_letter_will_and_silence_lets_go_those_that_were_seen(desk: Desk) -> None:
    event = desk.case("Seminar", "An afternoon.", event=Event(Deadline(NINE + timedelta(days=9), is_day=False)), places=9)
    letter = preview(desk)
    assert "> Training and other events" in letter.text and event in letter.text
    desk.passes(hours=22, minutes=30)
    late = desk.case("Too late to read", "An hour.", event=Event(Deadline(NINE + timedelta(days=9), is_day=False)))
    ticks(desk)
    desk.passes(minutes=31)
    ticks(desk)
    (went,) = [one for one in desk.letters_to(ALICE) if one.subject.startswith("Events in")]
    assert event in went.text and late not in went.text and late in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("word", ["HOLD", "hold.", "保留", "ROUND HOLD", "月例保留", "NO"])
def test_a_hold_in_its_thread_keeps_it_back_until_a_send(desk: Desk, word: str) -> None:
    desk.case()
    letter = preview(desk)
    desk.writes(SUZUKI, word, answering=letter)
    assert "held back" in desk.last_letter_to(SUZUKI).text
    desk.passes(days=2)
    ticks(desk)
    assert rounds_to(desk) == []
    desk.writes(SUZUKI, "SEND", answering=letter)
    assert len(rounds_to(desk)) == 1


@pytest.mark.parametrize("word", ["SEND", "送信", "ROUND SEND", "月例送信。"])
def test_a_send_in_its_thread_lets_it_go_once(desk: Desk, word: str) -> None:
    desk.case()
    letter = preview(desk)
    for _ in range(2):
        desk.writes(SUZUKI, word, answering=letter)
    desk.passes(days=2)
    ticks(desk)
    assert len(rounds_to(desk)) == 1


def test_of_two_who_answer_the_second_hears_who_was_first(desk: Desk) -> None:
    desk.case()
    theirs = preview(desk, SATO)
    desk.writes(SUZUKI, "HOLD", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SATO, "保留", answering=theirs)
    assert SUZUKI in desk.last_letter_to(SATO).text
    desk.writes(SATO, "送信", answering=theirs)
    desk.writes(SUZUKI, "SEND", answering=desk.letters_to(SUZUKI)[0])
    assert SATO in desk.last_letter_to(SUZUKI).text and len(rounds_to(desk)) == 1


def test_a_yes_hurries_nothing(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "YES", answering=preview(desk))
    assert rounds_to(desk) == [] and "goes out at its hour" in desk.last_letter_to(SUZUKI).subject


@pytest.mark.parametrize(
    ("who", "words", "told"),
    [
        (
            SUZUKI,
            "Please hold it for now, I am asking about a deadline.",
            "the round still goes out by itself on Tue 1 Dec 2026, 09:00 JST",
        ),
        (SATO, "保留でお願いします。期限を確認中です。", "止めるお返事がないかぎり、2026年12月1日(火)09:00JSTにそのまま送信されます"),
    ],
)
def test_words_that_decide_nothing_are_told_at_which_hour_silence_sends(desk: Desk, who: str, words: str, told: str) -> None:
    desk.case()
    desk.writes(who, words, answering=preview(desk, who))
    answer = desk.last_letter_to(who)
    assert told.replace(" ", "") in answer.flat.replace(" ", "") and "09:00" in answer.subject, answer.text
    desk.writes(who, "HOLD", answering=answer)
    desk.writes(who, words, answering=answer)
    assert "by itself" not in desk.last_letter_to(who).flat and "そのまま送信" not in desk.last_letter_to(who).flat


def test_silence_sends_it_at_its_hour(desk: Desk) -> None:
    desk.case()
    preview(desk)
    desk.passes(hours=22, minutes=59)
    ticks(desk)
    assert rounds_to(desk) == []
    desk.passes(minutes=2)
    ticks(desk)
    assert len(rounds_to(desk)) == 1


def test_an_answer_to_a_round_of_long_ago_changes_nothing(desk: Desk) -> None:
    desk.case()
    letter = preview(desk)
    desk.writes(SUZUKI, "HOLD", answering=letter)
    desk.passes(days=40)
    desk.sends_the_round("2027-01")
    desk.writes(SUZUKI, "SEND", answering=letter)
    assert len(rounds_to(desk)) == 1 and "settled" in desk.last_letter_to(SUZUKI).subject


def test_a_case_that_joins_later_is_shown_again_and_goes_along(desk: Desk) -> None:
    desk.case()
    preview(desk)
    later = desk.case("From the command line")
    letter = preview(desk)
    assert later in letter.subject and len(desk.letters_to(SUZUKI)) == 2
    ticks(desk)
    assert len(desk.letters_to(SUZUKI)) == 2, "shown once"
    desk.passes(hours=24)
    ticks(desk)
    assert later in rounds_to(desk)[0].text


def test_a_case_that_nobody_could_read_waits_and_staff_are_told(desk: Desk) -> None:
    case = desk.case()
    preview(desk)
    desk.passes(hours=22, minutes=30)
    late = desk.case("Half an hour before")
    assert "Goes only if you say so" in preview(desk).text
    assert "2 cases. At that hour 1 goes without a word from you, 1 only at your word" in preview(desk).flat
    desk.passes(minutes=29)
    latest = desk.case("A minute before")
    desk.passes(minutes=5)
    ticks(desk)
    (went,) = rounds_to(desk)
    assert case in went.text and late not in went.text and latest not in went.text
    told = desk.last_letter_to(SUZUKI)
    assert late in told.text and latest in told.text and "BULLETIN" in told.text


def test_a_send_takes_along_what_came_late(desk: Desk) -> None:
    desk.case()
    preview(desk)
    desk.passes(hours=22, minutes=30)
    late = desk.case("Half an hour before")
    desk.writes(SUZUKI, "SEND", answering=preview(desk))
    assert late in rounds_to(desk)[0].text


def test_a_case_that_staff_approved_in_its_own_preview_goes_along(desk: Desk) -> None:
    desk.case()
    preview(desk)
    desk.passes(hours=22, minutes=30)
    desk.writes(SUZUKI, "Title: Approved in time\nSummary: An appeal.", subject="NEW CASE")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.passes(hours=1)
    ticks(desk)
    assert "Approved in time" in rounds_to(desk)[0].text


def test_round_preview_by_mail_brings_the_same_and_takes_the_same_answers(desk: Desk) -> None:
    desk.case("Detention hearing")
    desk.writes(SUZUKI, "ROUND PREVIEW")
    letter = desk.last_letter_to(SUZUKI)
    assert "> One case is looking for a lawyer this month." in letter.text and "In English: 3 members" in letter.flat
    desk.writes(SUZUKI, "HOLD", answering=letter)
    assert "held back" in desk.last_letter_to(SUZUKI).text


def test_a_lawyer_cannot_answer_it(desk: Desk) -> None:
    desk.case()
    letter = preview(desk)
    desk.writes(ALICE, "SEND", answering=letter)
    assert rounds_to(desk) == []
