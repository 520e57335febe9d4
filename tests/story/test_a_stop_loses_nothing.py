"""The process is killed at each station of a claim's path; after the next run nothing is lost and nothing is done twice.

The one exception is written down: a letter whose reply was lost goes out once more, with the same Message-ID and the same bytes. Many seeds and
several kills in one world are played by `make soak` (tests/soak/walk.py).
"""

from __future__ import annotations

import random

import pytest

from tests.soak import crashes, oracles
from tests.soak.doubt import Doubt
from tests.soak.figures import Figures
from tests.story.conversation import World


@pytest.mark.parametrize("station", [*crashes.STATIONS, "entered:2", "handed over:2"])
def test_C_01_killed_at_any_station_all_ends_as_if_nothing_had_been(world: World, station: str) -> None:
    scene = crashes.set_up(world, random.Random(11), cases=1)
    figures = Figures()
    crashes.crash(world, scene, [station], figures)
    assert figures.faults[station.partition(":")[0]] == 1, "this station was never passed"


@pytest.mark.parametrize("place", ["taken", "body begins", "handed over:3", "recorded:2"])
def test_C_10_killed_in_the_middle_of_a_round_each_member_gets_it_once(world: World, place: str) -> None:
    lawyers = [world.member(f"m{number}@lawfirm.example", name=f"Member {number}") for number in range(6)]
    world.case("Asylum appeal")
    crashes.resend_at_once(world)
    world.command("round", "send", env={"FIRSTREPLY_CRASH_AT": place}, expect=-9)
    world.runs_once()
    world.runs_once()
    world.command("round", "send")
    counts = [len(world.letters_to(lawyer)) for lawyer in lawyers]
    assert min(counts) == 1 and sum(counts) <= 6 + 1
    assert all(len({letter.message_id for letter in world.letters_to(lawyer)}) == 1 for lawyer in lawyers)


@pytest.mark.parametrize("place", ["entered", "written anew", "taken"])
def test_C_01_killed_while_an_answer_is_written_anew_it_leaves_once_and_without_what_is_overtaken(world: World, place: str) -> None:
    """Two cases are claimed in one mail, and one is given back while the mail server is away."""
    lawyer = world.member("ito@lawfirm.example", name="Ito")
    first, second = (world.case("Asylum appeal", details=details) for details in ("QZX FIRST FILE", "QZX OTHER FILE"))
    world.settle_in()
    world.sink.script.refuse("MAIL", reply="451 4.3.0 later")
    world.writes(lawyer, f"CLAIM {first}\nCLAIM {second}")
    world.runs_once(expect=1)
    world.writes(lawyer, f"RELEASE {first}")
    world.runs_once(env={"FIRSTREPLY_CRASH_AT": place}, expect=-9)
    world.sink.script.clear()
    world.book.change("UPDATE letter SET next_try_at = created_at WHERE state = 'queued'")
    world.runs_once()
    letters = [letter.text for letter in world.letters_to(lawyer)]
    assert len(letters) == 2 and "QZX FIRST FILE" not in "".join(letters)
    assert "".join(letters).count("QZX OTHER FILE") == 1


@pytest.mark.parametrize("kilobytes", [1, 60, 240, 400, 500])
def test_C_20_a_full_disk_answers_nothing_that_is_not_on_record(world: World, kilobytes: int) -> None:
    """Log, database and write-ahead log all end at the same size; when there is space again all goes on."""
    scene = crashes.set_up(world, random.Random(11), cases=1)
    outcome = world.runs_once(expect=None, largest_file=kilobytes * 1024)
    assert outcome.code in (0, 1) and "Traceback" not in outcome.err
    doubt = Doubt(world.sink, oracles.office_of(world))
    doubt.looks(replies=crashes.MOST_CONNECTIONS)
    crashes.until_quiet(world, doubt)
    oracles.hold(world, scene.written, standings=scene.standings)
