"""What a supervisor, an operator and a pager learn of a running daemon: over a real datagram socket, by `status`, by the second way."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.ground import PATIENCE_SECONDS, wait_until
from tests.story import command
from tests.story.command import Daemon
from tests.story.conversation import World

ITO = "ito@lawfirm.example"


class Supervisor:
    """systemd's side of sd_notify(3): a datagram socket, and what was said to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + address[1:] if address[0] == "@" else address)
        self.heard: list[str] = []

    def wait_for(self, state: str, *, seconds: float = PATIENCE_SECONDS) -> None:
        until = time.monotonic() + seconds
        while not any(one.startswith(state) for one in self.heard):
            self.socket.settimeout(max(0.01, until - time.monotonic()))
            self.heard += self.socket.recv(4096).decode().split("\n")


@pytest.fixture(params=["a path", "an abstract name"])
def supervisor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Supervisor]:
    address = str(tmp_path / "notify") if request.param == "a path" else f"@firstreply-test-{os.getpid()}-{time.monotonic_ns()}"
    found = Supervisor(address)
    yield found
    found.socket.close()


def test_a_supervisor_hears_that_it_is_ready_alive_well_and_stopping(world: World, supervisor: Supervisor) -> None:
    with Daemon(world.folder, env={"NOTIFY_SOCKET": supervisor.address, "WATCHDOG_USEC": "2000000"}):
        for state in ("READY=1", "WATCHDOG=1", "STATUS=all is well"):
            supervisor.wait_for(state)
        supervisor.heard.clear()
        supervisor.wait_for("WATCHDOG=1")
    supervisor.wait_for("STOPPING=1")


def test_status_shows_the_daemon_and_that_all_is_well(world: World) -> None:
    with world.daemon() as daemon:
        wait_until(lambda: "last sign of life" in world.cli("status"), otherwise=lambda: daemon.log)
        assert world.cli("status").startswith("Health         well\n") and world.cli("status", "--json")["health"] == []
    assert "Daemon         not running" in world.cli("status")


def owes_an_answer_that_is_refused(world: World, *, reply: str) -> None:
    """Ito has claimed a case, and the mail server takes no letter from us."""
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.sink.script.refuse("MAIL", reply=reply)
    world.settle_in()
    world.writes(ITO, f"CLAIM {case}")


def test_C_08_refused_credentials_are_told_by_a_program_and_shown_by_status_and_the_letters_are_kept(world: World) -> None:
    heard = world.folder / "heard"
    path = world.folder / "firstreply.toml"
    path.write_text(path.read_text() + f'\n[alerts]\ncommand = ["/bin/sh", "-c", "cat >> {heard}"]\n')
    owes_an_answer_that_is_refused(world, reply="535 5.7.8 authentication failed")
    with world.daemon() as daemon:
        wait_until(lambda: heard.exists() and "refuses our log-in for sending" in heard.read_text(), otherwise=lambda: daemon.log)
        status = command.run(world.folder, "status")
        assert status.code == 1 and status.out.startswith("FAULT") and "authentication failed" in status.out
        (found,) = json.loads(command.run(world.folder, "status", "--json").out)["health"]
        assert found["name"] == "relay_refused" and found["grade"] == "fault"
        letters = world.cli("outbox", "list", "--json")
        assert {letter["state"] for letter in letters} == {"queued"} and sum(letter["attempts"] for letter in letters) <= 4
    assert heard.read_text().count("refuses our log-in") == 1 and ITO not in heard.read_text()


def test_C_07_a_server_that_takes_no_mail_from_us_is_told_by_the_second_way_and_no_letter_is_lost(world: World) -> None:
    path, heard = world.folder / "firstreply.toml", world.folder / "alerts.jsonl"
    path.write_text(path.read_text() + '\n[alerts]\nfile = "alerts.jsonl"\n')
    owes_an_answer_that_is_refused(world, reply="554 5.7.1 account suspended")
    with world.daemon() as daemon:
        wait_until(lambda: heard.exists() and "takes no mail from our address" in heard.read_text(), otherwise=lambda: daemon.log)
        status = command.run(world.folder, "status")
        assert status.code == 1 and status.out.startswith("FAULT") and "account suspended" in status.out
        world.sink.script.clear()
        wait_until(lambda: {letter["state"] for letter in world.cli("outbox", "list", "--json")} == {"sent"}, otherwise=lambda: daemon.log)
    assert len(world.sink.to(ITO)) == 1


def test_check_gives_a_test_alert_and_names_the_way_that_fails(world: World) -> None:
    assert "[alerts] is empty" in world.cli("check")
    path = world.folder / "firstreply.toml"
    path.write_text(path.read_text() + '\n[alerts]\nfile = "alerts.jsonl"\ncommand = ["/no/such/program"]\n')
    told = world.command("check", expect=1).out
    assert "FAILED  alerts: [alerts] command cannot be used" in told and "given by [alerts] file" in told
    assert "this is a test" in json.loads((world.folder / "alerts.jsonl").read_text())["text"]
