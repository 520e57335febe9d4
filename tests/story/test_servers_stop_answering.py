"""Servers that throw us out, refuse our log-in or fall silent, and a daemon that is stopped meanwhile: nobody is hammered, nothing waits for ever."""

from __future__ import annotations

import itertools
import time

import pytest

from tests.servers.ground import wait_until
from tests.servers.scripted_imap import ScriptedImap, Talk
from tests.soak import oracles
from tests.story.conversation import World

ITO = "ito@lawfirm.example"
STOPS_WITHIN = 10


def a_claim(world: World) -> str:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.settle_in()
    world.writes(ITO, f"CLAIM {case}")
    return case


def reads_from(world: World, server: ScriptedImap) -> None:
    path = world.folder / "firstreply.toml"
    path.write_text(path.read_text().replace(f"port = {world.imap.port}", f"port = {server.port}"))
    world.configure("junk_folder", 'junk_folder = ""')


def test_C_11_a_server_that_lets_us_in_and_throws_us_out_is_met_at_growing_intervals(world: World) -> None:
    met: list[float] = []

    def throws_out(talk: Talk) -> None:
        met.append(time.monotonic())
        if len(met) > 3:
            return  # enough is known: the line is cut, and the daemon may stop
        talk.greet(capabilities=b"IMAP4rev1 IDLE")
        talk.open(exists=0)
        tag = talk.hear(b"IDLE")
        talk.say(b"+ idling", b"* BYE maintenance", tag + b" OK")

    with ScriptedImap(throws_out) as server:
        reads_from(world, server)
        with world.daemon() as daemon:
            wait_until(lambda: len(met) >= 4, otherwise=lambda: f"met {len(met)} times:\n{daemon.log}")
    gaps = [later - earlier for earlier, later in itertools.pairwise(met)]
    assert all(gap >= pause for gap, pause in zip(gaps, (1, 2, 4), strict=False)), gaps


def test_C_13_a_refused_log_in_is_not_repeated_by_each_run_from_cron_and_letters_go_on(world: World) -> None:
    def refuses(talk: Talk) -> None:
        talk.say(b"* OK at your service")
        talk.answer(b"CAPABILITY", b"* CAPABILITY IMAP4rev1")
        talk.answer(b"LOGIN", done=b"NO [AUTHENTICATIONFAILED] no")
        talk.silence()

    world.member(ITO, name="Ito")
    world.case("Asylum appeal")
    with ScriptedImap(refuses) as server:
        reads_from(world, server)
        world.sink.close()
        world.command("round", "send", expect=None)
        world.sink.open()
        for _ in range(3):
            outcome = world.runs_once(expect=1)
        assert server.received.count(b"LOGIN") == 1
        assert "[AUTHENTICATIONFAILED] no" in outcome.err and "refused our log-in" in outcome.err and "firstreply check" in outcome.err
        assert "correct-horse" not in outcome.err
    assert len(world.letters_to(ITO)) == 1


@pytest.mark.parametrize("moment", ["message entered", "claim decided", "letter tried"])
def test_C_24_a_stop_at_any_time_is_soon_and_leaves_nothing_in_doubt(world: World, moment: str) -> None:
    with world.daemon() as daemon:
        case = a_claim(world)
        daemon.wait_for(moment)
        began = time.monotonic()
        assert daemon.terminate() == 0
        assert time.monotonic() - began < STOPS_WITHIN
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"} and len(world.letters_to(ITO)) == 1
    oracles.is_one_object_a_line(daemon.log)


@pytest.mark.parametrize(("station", "state"), [("MAIL", {"queued"}), ("DOT", {"queued", "unknown"})])
def test_C_24_a_mail_server_that_does_not_answer_holds_up_no_stop(world: World, station: str, state: set[str]) -> None:
    world.sink.script.delay(station, 60, to=None if station == "MAIL" else ITO)
    with world.daemon() as daemon:
        a_claim(world)
        said = "MAIL FROM" if station == "MAIL" else f"RCPT TO:<{ITO}>"
        wait_until(lambda: any(said in line for line in world.sink.transcript), otherwise=lambda: daemon.log)
        began = time.monotonic()
        assert daemon.terminate() == 0
        assert time.monotonic() - began < STOPS_WITHIN + 2
    world.sink.script.clear()
    world.sink.close()
    world.runs_once(expect=None)
    rows = [row for row in world.cli("outbox", "list", "--json") if row["to"] == ITO]
    assert [row["state"] for row in rows if row["state"] in state] == [row["state"] for row in rows] != []
    world.sink.open()
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1
