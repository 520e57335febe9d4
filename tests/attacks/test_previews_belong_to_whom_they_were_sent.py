"""Who may answer a preview, what the second answer hears, and how a colleague comes by one of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import rounds
from bot.core.model import Deadline, Event, Lifecycle
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk

FORM = "Title: A hearing\nSummary: One visit."
ID = "JUS-2026-001"


def test_a_draft_that_was_dropped_is_shown_again_before_it_opens(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="NEW CASE")
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, f"REOPEN {ID}")
    assert desk.on_file(ID)[0].state == "draft" and "One visit." in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert desk.on_file(ID)[0].state == "open"


@pytest.mark.parametrize("word", ["CLOSE", "WITHDRAW"])
def test_a_draft_that_was_ended_by_a_word_is_shown_again_too(desk: Desk, word: str) -> None:
    desk.writes(SUZUKI, FORM, subject="NEW CASE")
    desk.writes(SUZUKI, f"{word} {ID}\nREOPEN {ID}")
    assert desk.on_file(ID)[0].state == "draft"


def test_a_case_that_was_open_before_opens_again_at_once(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"CLOSE {case}")
    desk.writes(SUZUKI, f"REOPEN {case}")
    assert desk.on_file(case)[0].state == "open"


def test_a_case_whose_text_was_changed_while_it_was_closed_is_shown_first(desk: Desk) -> None:
    case = desk.case()
    for words in (f"CLOSE {case}", f"EDIT {case}\nSummary: Another text.", f"REOPEN {case}"):
        desk.writes(SUZUKI, words)
    assert desk.on_file(case)[0].state == "draft" and "Another text." in desk.last_letter_to(SUZUKI).text


def test_a_dropped_emergency_comes_back_as_a_bulletin(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, f"REOPEN {ID}")
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    assert desk.letters_to(ALICE)


@pytest.mark.parametrize("answer", ["はい", "SEND", "いいえ"])
def test_a_colleague_who_answers_a_forwarded_preview_hears_how_to_have_one(desk: Desk, answer: str) -> None:
    desk.writes(SUZUKI, FORM, subject="NEW CASE")
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, answer, subject=f"Fwd: {preview.subject}", headers={"References": preview.message_id})
    told = desk.last_letter_to(SATO).text.replace("\n", "")
    assert desk.on_file(ID)[0].state == "draft" and f"「再募集 {ID}」" in told and "転送" in told


def test_a_colleague_may_have_the_preview_and_answer_it_and_the_first_one_hears_so(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="NEW CASE")
    first = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, f"REOPEN {ID}")
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    desk.writes(SUZUKI, "YES", answering=first)
    assert desk.on_file(ID)[0].state == "open" and SATO in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("event", [None, Event(Deadline(datetime(2026, 12, 18, 15, 0, tzinfo=UTC), is_day=True))], ids=["case", "event"])
def test_two_bulletins_asked_for_by_two_people_go_out_once(desk: Desk, event: Event | None) -> None:
    case = desk.case(event=event)
    for who in (SUZUKI, SATO):
        desk.writes(who, f"BULLETIN {case}")
    desk.writes(SATO, "SEND", answering=desk.last_letter_to(SATO))
    desk.passes(seconds=20)
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    told = desk.last_letter_to(SUZUKI).flat
    assert len(desk.letters_to(ALICE)) == 1 and SATO in told and "on Fri 20 Nov 2026, 12:00:00 JST" in told and f"“BULLETIN {case}”" in told


def test_the_ladders_draft_and_a_preview_of_ones_own_send_one_bulletin(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, ladder_days="ladder_days = [14]")
    case = desk.case(deadline=Deadline(desk.now + timedelta(days=10), is_day=False))
    desk.ticks()
    draft = desk.last_letter_to(SATO)
    desk.writes(SUZUKI, f"BULLETIN {case}")
    desk.writes(SATO, "送信", answering=draft)
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 1 and SATO in desk.last_letter_to(SUZUKI).text


def test_a_preview_is_over_when_the_bulletin_was_sent_by_hand(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SATO, f"速報 {case}")
    rounds.bulletin_now(desk.office, case, by="command line")
    desk.writes(SATO, "送信", answering=desk.last_letter_to(SATO))
    told = desk.last_letter_to(SATO).flat
    assert len(desk.letters_to(ALICE)) == 1 and "コマンドライン" in told and "2026年11月20日(金)12:00:00" in told.replace(" ", "")


def test_who_asks_for_a_bulletin_that_has_gone_out_reads_so_and_may_send_another(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SATO, f"BULLETIN {case}")
    assert "went out" not in desk.last_letter_to(SATO).flat
    desk.writes(SATO, "SEND", answering=desk.last_letter_to(SATO))
    desk.passes(days=4)
    desk.writes(SUZUKI, f"BULLETIN {case}")
    preview = desk.last_letter_to(SUZUKI).flat
    assert (
        f"A bulletin about this went out on Fri 20 Nov 2026, 12:00:00 JST (03:00:00 UTC), at the word of Sato Hanako ({SATO})." in preview
    )
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 2


def test_one_letter_asks_one_question(desk: Desk) -> None:
    first, second = desk.case("A first case"), desk.case("A second case")
    desk.writes(SUZUKI, f"BULLETIN {first}\nBULLETIN {second}")
    preview = desk.last_letter_to(SUZUKI)
    assert "a mail of its own" in preview.flat
    desk.writes(SUZUKI, "SEND", answering=preview)
    assert "A first case" in desk.last_letter_to(ALICE).text


def test_the_yes_of_a_lawyer_who_is_asked_nothing_goes_to_a_person(desk: Desk) -> None:
    desk.case(lifecycle=Lifecycle.DRAFT, title="A secret draft")
    desk.writes(ALICE, "YES")
    assert "A secret draft" not in desk.last_letter_to(ALICE).text and "member of our staff" in desk.last_letter_to(ALICE).text


def test_O_06_an_emergency_that_was_shown_more_than_a_day_ago_is_shown_again_before_it_goes(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    preview = desk.last_letter_to(SUZUKI)
    desk.passes(hours=26)
    desk.writes(SUZUKI, "SEND", answering=preview)
    again = desk.last_letter_to(SUZUKI)
    assert desk.letters_to(ALICE) == [] and "More than a day has passed" in again.flat
    desk.writes(SUZUKI, "SEND", answering=again)
    assert len(desk.letters_to(ALICE)) == 1


def test_O_06_a_send_that_was_read_a_day_late_is_asked_again(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    preview = desk.last_letter_to(SUZUKI)
    desk.passes(hours=26)
    desk.writes(SUZUKI, "SEND", answering=preview, at=60)
    assert desk.letters_to(ALICE) == [] and desk.on_file(ID)[0].state == "draft"


def test_O_06_within_the_day_one_word_is_enough(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    desk.passes(hours=23)
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 1


def test_O_06_an_emergency_that_was_answered_late_again_and_again_is_asked_about_each_time(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    for _ in range(3):
        desk.passes(hours=26)
        desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
        assert desk.letters_to(ALICE) == [] and "More than a day has passed" in desk.last_letter_to(SUZUKI).flat
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 1


@pytest.mark.parametrize("subject", ["NEW CASE", "EMERGENCY"])
def test_a_draft_that_was_changed_again_and_again_is_dropped_once(desk: Desk, subject: str) -> None:
    word = "YES" if subject == "NEW CASE" else "SEND"
    desk.writes(SUZUKI, FORM, subject=subject)
    preview = desk.last_letter_to(SUZUKI)
    for place in ("Osaka", "Kobe"):
        desk.writes(SATO, f"EDIT {ID}\n場所：{place}")
        desk.writes(SUZUKI, word, answering=preview)
        preview = desk.last_letter_to(SUZUKI)
        assert "changed since" in preview.flat and place in preview.flat and desk.on_file(ID)[0].state == "draft"
    desk.writes(SUZUKI, "NO", answering=preview)
    with desk.office.ledger.reading() as ledger:
        assert [note for _, note in ledger.marks.notes(f"case {ID}") if "withdrawn" in note] == [f"withdrawn by {SUZUKI}"]
    assert desk.on_file(ID)[0].state == "withdrawn"
