"""A lawyer's way through the roster by mail alone: asking to join, being asked when a place comes free late, leaving with a case in hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.story.conversation import SATO, SUZUKI, TOKYO, World

ITO, MORI, NORA = "ito@lawfirm.example", "mori@houritsu.example", "nora@newfirm.example"


def a_case_that_ito_holds_and_mori_waits_for(world: World, *, days: int) -> str:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")
    deadline = datetime.now(TOKYO) + timedelta(days=days)
    case = world.case("Asylum appeal", details="The client is Client A.", deadline=f"{deadline:%Y-%m-%d}")
    world.writes(ITO, f"CLAIM {case}", at="09:00:01")
    world.writes(MORI, f"受任 {case}", at="09:00:02")
    world.runs_once()
    return case


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("JOIN\nName: Nora Nakamura\nFirm: New Firm\nCapacity: lawyer", "YES"),
        ("登録\n氏名：中村 ノラ\n所属：新事務所\n資格：弁護士", "はい"),
    ],
)
def test_a_stranger_joins_is_let_in_by_staff_and_takes_a_case(world: World, words: str, yes: str) -> None:
    case = world.case("Country research")
    world.writes(NORA, words, proven=None, subject="unproven")
    world.runs_once()
    assert world.sink.letters == [] and world.cli("roster", "list", "--json") == []
    world.writes(NORA, words)
    world.runs_once()
    assert len(world.letters_to(NORA)) == 1 and world.cli("roster", "list", "--json")[0]["state"] == "applied"
    world.writes(NORA, f"CLAIM {case}")
    staff = SUZUKI if yes == "YES" else SATO
    world.writes(staff, yes, answering=world.last_letter_to(staff))
    world.runs_once()
    (welcome,) = (letter for letter in world.letters_to(NORA) if case in letter.text)
    world.writes(NORA, f"CLAIM {case}", answering=welcome, proven=None)
    world.runs_once()
    assert world.standing(case) == {NORA: "confirmed"}


def test_near_the_deadline_the_next_in_line_is_asked_and_a_yes_brings_the_file_and_the_date(world: World) -> None:
    case = a_case_that_ito_holds_and_mori_waits_for(world, days=10)
    world.writes(ITO, f"RELEASE {case}", answering=world.last_letter_to(ITO))
    world.runs_once()
    offer = world.last_letter_to(MORI)
    assert world.standing(case) == {ITO: "released", MORI: "held"} and "今もお引き受けいただけますか" in offer.subject
    assert "Client A" not in offer.text and case in world.cli("explain", case)
    assert any(letter.subject.startswith("Urgent, handed back") for letter in world.letters_to(SUZUKI))
    world.writes(ITO, "My hearing moved. The brief is due next.", answering=world.last_letter_to(ITO))
    world.writes(MORI, "はい", answering=offer, proven=None)
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "confirmed"} and "Client A" in world.last_letter_to(MORI).text
    assert [file.get_filename() for file in world.last_letter_to(MORI).headers.iter_attachments()] == [f"{case}.ics"]
    assert any("The brief is due next." in letter.text for letter in world.letters_to(SUZUKI))


def test_who_leaves_with_a_case_in_hand_is_asked_and_the_next_in_line_moves_up(world: World) -> None:
    case = a_case_that_ito_holds_and_mori_waits_for(world, days=60)
    world.writes(ITO, "LEAVE")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    world.writes(ITO, "YES", answering=world.last_letter_to(ITO), proven=None)
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "confirmed"}
    assert {row["email"]: row["state"] for row in world.cli("roster", "list", "--json")} == {ITO: "left", MORI: "active"}
    world.writes(MORI, "退会")
    world.runs_once()
    assert case in world.last_letter_to(MORI).subject
    world.writes(MORI, "はい", answering=world.last_letter_to(MORI), proven=None)
    world.runs_once()
    assert any("森 健" in letter.subject and case in letter.text for letter in world.letters_to(SATO))
