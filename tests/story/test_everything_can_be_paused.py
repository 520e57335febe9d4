"""O-09: while all is paused mail is taken in with its arrival, nothing is decided and nothing sent; then it goes on in order of arrival."""

from __future__ import annotations

from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def paused(world: World) -> str:
    """A round is out, then all is paused; gives the case."""
    world.member(ITO, name="Ito")
    world.member(MORI, name="森 健", language="ja")
    case = world.case("Asylum appeal")
    world.sends_the_round()
    assert "Staff have been told" in world.command("pause", "--reason", "the roster is being put right").out
    return case


def test_O_09_paused_mail_is_taken_in_and_no_connection_is_made_to_send(world: World) -> None:
    case = paused(world)
    connections, letters = world.sink.connections, len(world.sink.letters)
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.writes(SUZUKI, f"CLOSE {case}", at="09:03")
    world.runs_once()
    world.runs_once()

    assert world.dispositions() == ["pending"] * 3
    assert [row["arrived_at"][11:19] for row in world.cli("inbox", "list", "--json")] == ["00:02:11", "00:02:52", "00:03:00"]
    assert world.standing(case) == {} and world.cli("case", "list", "--json")[0]["state"] == "open"
    assert (world.sink.connections, len(world.sink.letters)) == (connections, letters)


def test_O_09_then_it_goes_on_in_order_of_arrival(world: World) -> None:
    case = paused(world)
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.runs_once()
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.runs_once()
    world.command("resume")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert world.dispositions() == ["answered", "answered"]
    assert "waiting" in world.last_letter_to(MORI).text or "順番" in world.last_letter_to(MORI).subject


def test_O_09_staff_hear_once_and_once_more_when_it_is_over(world: World) -> None:
    paused(world)
    assert "was paused before" in world.command("pause").out
    told = [letter for letter in world.letters_to(SUZUKI) if "paused" in letter.subject]
    assert len(told) == 1 and "the roster is being put right" in told[0].text
    world.command("resume")
    world.runs_once()
    assert "works again" in world.last_letter_to(SUZUKI).subject and len(world.letters_to(SATO)) == 2
    assert "was not paused" in world.command("resume").out


def test_O_09_status_says_so_and_it_is_no_fault(world: World) -> None:
    case = paused(world)
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    assert world.cli("status", "--json")["paused_since"]
    assert "PAUSED" in world.command("status").out
    world.command("resume")
    assert world.cli("status", "--json")["paused_since"] is None


def test_O_09_no_command_writes_to_the_roster_meanwhile(world: World) -> None:
    case = paused(world)
    for words in (("round", "send"), ("bulletin", case)):
        assert "firstreply resume first" in world.command(*words, expect=2).err


def test_O_09_a_running_daemon_stops_sending_and_goes_on_by_itself(world: World) -> None:
    with world.daemon():
        case = paused(world)
        before = len(world.sink.letters)
        world.writes(ITO, f"CLAIM {case}")
        wait_until_entered(world)
        assert len(world.sink.letters) == before
        world.command("resume")
        world.sink.wait_for(2, to=ITO)
    assert world.standing(case) == {ITO: "confirmed"}


def wait_until_entered(world: World) -> None:
    for _ in range(200):
        if world.dispositions() == ["pending"]:
            return
    raise AssertionError("the mail was not taken in")
