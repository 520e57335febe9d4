"""A stranger may ask to join, and gets one acknowledgement; cases, the roster and its rights stay out of reach until staff say yes."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, MALLORY, SATO, SUZUKI, Desk

NORA = "nora@newfirm.example"
FORM = "JOIN\nName: Nora Nakamura\nFirm: New Firm LPC\nCapacity: foreign-qualified\nLanguages: English, Japanese\n\nBest regards,\nNora"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.names[NORA] = "Nora N."
    return desk


def test_a_proven_join_is_acknowledged_and_shown_to_staff_with_its_facts(desk: Desk) -> None:
    desk.writes(NORA, FORM)
    assert desk.members()[NORA] == "applied"
    (letter,) = desk.letters_to(NORA)
    assert "application" in letter.subject and "It would help" not in letter.text
    to_staff = desk.last_letter_to(SUZUKI)
    for fact in ("Nora Nakamura", NORA, "New Firm LPC", "foreign-qualified", "English, Japanese"):
        assert fact in to_staff.text


def test_a_bare_word_will_do_and_what_is_missing_is_named_in_the_applicants_language(desk: Desk) -> None:
    desk.writes(NORA, "", subject="JOIN")
    assert all(word in desk.last_letter_to(NORA).text for word in ("“Firm:”", "“Capacity:”", "“Languages:”"))
    kato = "kato@jimusho.example"
    desk.names[kato] = "加藤"
    desk.writes(kato, "登録\n氏名：加藤 花\n所属弁護士会：東京弁護士会")
    letter = desk.last_letter_to(kato)
    assert "「所属：」" in letter.text and "「使用言語：」" in letter.text and "「資格：」" not in letter.text
    with desk.office.ledger.reading() as ledger:
        member = ledger.roster.by_address(kato)
    assert member is not None and (member.name, member.language, member.roles) == ("加藤 花", "ja", ("bengoshi",))


@pytest.mark.parametrize("proven", [None, False])
def test_an_unproven_join_gets_nothing_and_staff_see_it_in_the_inbox(desk: Desk, proven: bool | None) -> None:
    desk.writes(NORA, FORM, proven=proven)
    assert desk.letters() == [] and NORA not in desk.members()
    assert desk.endings() == [("for_staff", "asks to join; not on the roster, and the sender is not proven")]


def test_a_stranger_who_writes_anything_else_gets_nothing(desk: Desk) -> None:
    case = desk.case()
    for text in (f"CLAIM {case}", "LIST", "HELP", "I would like to join", "LEAVE", "JOIN us?"):
        desk.writes(NORA, text)
    assert desk.letters() == [] and NORA not in desk.members()


def test_a_stranger_gets_one_letter_in_a_day_however_often_they_write_join(desk: Desk) -> None:
    for _ in range(4):
        desk.writes(NORA, FORM)
        desk.passes(hours=5)
    assert len(desk.letters_to(NORA)) == 1 and len(desk.letters_to(SUZUKI)) == 2  # the second day has begun
    desk.passes(hours=5)
    desk.writes(NORA, FORM)
    assert len(desk.letters_to(NORA)) == 2


def test_the_twenty_first_application_of_a_day_is_kept_unanswered_and_staff_are_told_once(desk: Desk) -> None:
    for number in range(23):
        desk.writes(f"stranger{number}@firm{number}.example", f"JOIN\nmail {number}")
    strangers = [letter for letter in desk.letters() if letter.received.rcpt[0].startswith("stranger")]
    assert len(strangers) == 20 and "stranger21@firm21.example" not in desk.members()
    assert len([letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Many applications")]) == 1
    assert desk.endings()[-1] == ("for_staff", "asks to join; too many applications today")
    desk.passes(hours=25)
    desk.writes(NORA, FORM)
    assert desk.members()[NORA] == "applied"


@pytest.mark.parametrize("how", ["YES", "はい", "APPROVE", "Yes please, thank you!", "approve", "承認"])
def test_yes_of_staff_lets_the_applicant_in_with_the_cases_of_the_day(desk: Desk, how: str) -> None:
    case = desk.case()
    desk.writes(NORA, FORM)
    if how == "APPROVE":
        desk.writes(SUZUKI, f"APPROVE {NORA}")
    else:
        desk.writes(SUZUKI, how, answering=desk.last_letter_to(SUZUKI), proven=None)
    assert desk.members()[NORA] == "active"
    assert "Welcome" in desk.last_letter_to(NORA).subject and case in desk.last_letter_to(NORA).text


def test_the_second_of_staff_to_answer_hears_who_has_answered(desk: Desk) -> None:
    desk.writes(NORA, FORM)
    question = desk.last_letter_to(SATO)
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SATO, "いいえ", answering=question)
    assert desk.members()[NORA] == "active" and SUZUKI in desk.last_letter_to(SATO).text
    assert len(desk.letters_to(NORA)) == 2


def test_no_of_staff_ends_the_application_and_the_applicant_hears_nothing(desk: Desk) -> None:
    desk.writes(NORA, FORM)
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    assert desk.members()[NORA] == "left" and len(desk.letters_to(NORA)) == 1
    assert "has been told nothing" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize("sender", [NORA, MALLORY, ALICE])
def test_a_yes_of_anybody_else_lets_nobody_in(desk: Desk, sender: str) -> None:
    desk.writes(NORA, FORM)
    desk.writes(sender, "YES", answering=desk.last_letter_to(SUZUKI))
    assert desk.members()[NORA] == "applied"


@pytest.mark.parametrize("word", ["RESUME", "再開", "PAUSE", "LANGUAGE en", "LIMIT 3", "YES"])
def test_nobody_comes_in_by_a_word_of_their_own(desk: Desk, word: str) -> None:
    """RESUME once made an applicant active, and so did the end of a pause."""
    desk.writes(NORA, FORM)
    desk.writes(NORA, word)
    desk.passes(days=2)
    desk.settles()
    assert desk.members()[NORA] == "applied"


@pytest.mark.parametrize(
    "text", ["LIST", "SHOW {}", "CLAIM {}", "CLAIM {} FOR Alice Arden", "Is {} still free? I could do it.", "CLAIM JUS-2026-999"]
)
def test_an_applicant_reads_of_no_case(desk: Desk, text: str) -> None:
    case = desk.case("QZX CANARY NAME")
    desk.writes(NORA, FORM)
    desk.writes(NORA, text.format(case))
    desk.settles()
    letter = desk.last_letter_to(NORA)
    assert "QZX" not in letter.subject + letter.text + letter.html
    assert set(desk.standing(case).values()) <= {"refused"}


def test_an_applicant_who_claims_is_told_that_staff_have_not_confirmed_yet_whatever_the_case(desk: Desk) -> None:
    case = desk.case()
    desk.writes(NORA, FORM)
    texts = []
    for number in (case, "JUS-2026-999"):
        desk.writes(NORA, f"CLAIM {number}")
        texts.append(desk.last_letter_to(NORA).text)
    assert texts[0] == texts[1] and "not confirmed it yet" in " ".join(texts[0].split())


def test_who_has_left_applies_again_and_who_is_there_is_told_so(desk: Desk) -> None:
    desk.writes(ALICE, "LEAVE")
    desk.writes(ALICE, "LIST")
    assert "not on our roster" in desk.last_letter_to(ALICE).flat
    desk.writes(ALICE, "JOIN")
    assert desk.members()[ALICE] == "applied" and "was on file before" in desk.last_letter_to(SUZUKI).flat
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.writes(ALICE, "JOIN", subject="again")
    assert desk.members()[ALICE] == "active" and "on the roster already" in desk.last_letter_to(ALICE).subject


def test_an_applicant_who_sends_what_was_missing_is_brought_up_to_date(desk: Desk) -> None:
    desk.writes(NORA, "JOIN")
    desk.writes(NORA, "Firm: New Firm LPC\nLanguages: English", answering=desk.last_letter_to(NORA))
    with desk.office.ledger.reading() as ledger:
        member = ledger.roster.by_address(NORA)
    assert member is not None and member.firm == "New Firm LPC" and len(desk.letters_to(NORA)) == 1
    assert "tells more now" in desk.last_letter_to(SUZUKI).flat


def test_a_look_alike_is_pointed_out(desk: Desk) -> None:
    desk.writes("a1ice@lawfirm.example", FORM)
    assert f"looks like {ALICE}" in desk.last_letter_to(SUZUKI).flat


def test_a_capacity_gives_no_rights(desk: Desk) -> None:
    """Roles also say who may claim for others: a stranger must not write them."""
    for number, capacity in enumerate(("coordinator", f"deputy:{ALICE}", "bengoshi;coordinator", "コーディネーター")):
        desk.writes(f"m{number}@evil.example", f"JOIN\nName: M\nFirm: F\nCapacity: {capacity}")
    with desk.office.ledger.reading() as ledger:
        applied = [ledger.roster.by_address(f"m{number}@evil.example") for number in range(4)]
    assert [member and member.roles for member in applied] == [()] * 4


def test_a_machine_that_says_join_gets_nothing(desk: Desk) -> None:
    desk.writes(NORA, FORM, headers={"Auto-Submitted": "auto-replied"})
    assert desk.letters() == [] and NORA not in desk.members()
