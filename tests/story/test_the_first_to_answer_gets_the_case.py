"""G-03: the main job, told once through: a round goes out, two lawyers answer, the earlier arrival gets the case."""

from __future__ import annotations

import pytest

from tests.story.conversation import SUZUKI, World

pytestmark = pytest.mark.both_databases
ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def two_lawyers(world: World) -> str:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 弁護士", language="ja")
    return world.case("Asylum appeal", details="The client is Client A.")


def test_the_earlier_arrival_gets_the_case_and_the_later_waits(world: World) -> None:
    case = two_lawyers(world)
    world.sends_the_round()
    world.writes(MORI, f"受任 {case}", answering=world.last_letter_to(MORI), at="09:02:52")
    world.clicks(ITO, world.last_letter_to(ITO).link_about(case), at="09:02:11")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}


def test_only_the_confirmed_lawyer_reads_the_details(world: World) -> None:
    case = two_lawyers(world)
    world.sends_the_round()
    for lawyer, at in ((ITO, "09:02:11"), (MORI, "09:02:52")):
        world.writes(lawyer, f"CLAIM {case}", answering=world.last_letter_to(lawyer), at=at)
    world.runs_once()
    assert {to for to in (ITO, MORI) if "Client A" in world.last_letter_to(to).text} == {ITO}


def test_each_mail_gets_exactly_one_letter_back(world: World) -> None:
    case = two_lawyers(world)
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.runs_once()
    world.runs_once()
    assert (len(world.letters_to(ITO)), world.dispositions()) == (1, ["answered"])


def test_the_daemon_answers_mail_as_it_comes(world: World) -> None:
    case = two_lawyers(world)
    with world.daemon():
        world.writes(ITO, f"CLAIM {case}")
        world.sink.wait_for(1, 20, to=ITO)
    assert world.standing(case) == {ITO: "confirmed"}


def test_a_killed_daemon_is_gone_at_once(world: World) -> None:
    with world.daemon() as daemon:
        assert daemon.kill() == -9


def test_a_claim_of_the_morning_that_is_read_in_the_evening_is_decided_before_the_word_of_noon(world: World) -> None:
    """The service stood still that day; both mails are read in one look."""
    case = two_lawyers(world)
    world.writes(MORI, f"受任 {case}", at="09:02:52", folder="Junk")
    world.writes(SUZUKI, f"CLOSE {case}", at="12:00")
    world.writes(ITO, f"CLAIM {case}", at="12:01")
    world.runs_once()
    assert world.standing(case) == {MORI: "confirmed", ITO: "refused"}
    assert "担当をお願いします" in world.last_letter_to(MORI).subject


@pytest.mark.parametrize("station", ["stored", "decided", "decided:2", "entered", "entered:2"])
def test_killed_in_the_midst_of_such_a_look_all_ends_as_if_nothing_had_been(world: World, station: str) -> None:
    case = two_lawyers(world)
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.writes(SUZUKI, f"CLOSE {case}", at="12:00")
    world.runs_once(env={"FIRSTREPLY_CRASH_AT": station}, expect=-9)
    world.runs_once()
    assert (world.standing(case), world.dispositions(), len(world.letters_to(ITO))) == ({ITO: "confirmed"}, ["answered"] * 2, 1)
