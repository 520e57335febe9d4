"""The process is killed at each station of a claim's path; after the next run nothing is lost and nothing is done twice.

The one exception is written down: a letter whose reply was lost goes out once more, with the same Message-ID and the same bytes.
"""

from __future__ import annotations

import pytest

from tests.story.conversation import SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
STATIONS = ["fetched", "entered", "entered:2", "filed", "settled", "taken", "body begins", "handed over", "handed over:2", "recorded"]
MAY_DOUBLE = {"body begins", "handed over", "handed over:2"}


def resend_at_once(world: World) -> None:
    """One connection, so that one letter at most is on the wire when the process dies, and no wait before a letter in doubt goes again."""
    path = world.folder / "firstreply.toml"
    smtp, database = path.read_text().split("\n[database]")
    path.write_text(f"{smtp}connections = 1\nin_doubt_seconds = 0\n\n[database]{database}")


@pytest.mark.parametrize("place", STATIONS)
def test_killed_there_the_claims_end_as_if_nothing_had_been(world: World, place: str) -> None:
    world.member(ITO, name="Ito")
    world.member(MORI, name="森 健", language="ja")
    case = world.case("Asylum appeal", details="The client is Client A.")
    world.configure("junk_folder", 'junk_folder = ""\narchive_folder = "Read"')
    resend_at_once(world)
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")

    world.runs_once(env={"FIRSTREPLY_CRASH_AT": place}, expect=-9)
    world.runs_once()
    world.runs_once()

    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert world.dispositions() == ["answered", "answered"]
    assert all(row["state"] == "sent" for row in world.cli("outbox", "list", "--json"))
    for address in (ITO, MORI, SUZUKI):
        letters = world.letters_to(address)
        assert len({letter.received.raw for letter in letters}) == 1
        assert len(letters) == 1 or (place in MAY_DOUBLE and len(letters) == 2)
    assert len(world.sink.letters) <= 4 + (place in MAY_DOUBLE)


@pytest.mark.parametrize("place", ["taken", "body begins", "handed over:3", "recorded:2"])
def test_C_10_killed_in_the_middle_of_a_round_each_member_gets_it_once(world: World, place: str) -> None:
    lawyers = [world.member(f"m{number}@lawfirm.example", name=f"Member {number}") for number in range(6)]
    world.case("Asylum appeal")
    resend_at_once(world)
    world.command("round", "send", env={"FIRSTREPLY_CRASH_AT": place}, expect=-9)
    world.runs_once()
    world.runs_once()
    world.command("round", "send")
    counts = [len(world.letters_to(lawyer)) for lawyer in lawyers]
    assert min(counts) == 1 and sum(counts) <= 6 + 1
    assert all(len({letter.message_id for letter in world.letters_to(lawyer)}) == 1 for lawyer in lawyers)
