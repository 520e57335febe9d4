"""P-08, P-15, P-16: a fault while a client's details are in memory, logging turned up as far as it goes, and the process as others see it."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot import logs
from bot.core.mail import Letter
from bot.shell.letters import Typesetter
from tests.attacks.canaries import shown
from tests.attacks.desk import ALICE, CANARIES, SUZUKI, Desk
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import environment
from tests.story.conversation import World

DETAILS = " ".join(CANARIES)
SIGNED = re.compile(r"[a-z2-7]{16}\.[a-z2-7]{26}")
SECRET = "a secret that only this story knows"


@pytest.fixture
def world(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink) -> World:
    return World.build(tmp_path, dovecot, sink)


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The product's own log from now on: what it says, as one text."""
    for where, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"), (logging, "lastResort")):
        monkeypatch.setattr(where, hook, getattr(where, hook))
    logs.to_standard_error()
    yield lambda: capfd.readouterr().err
    structlog.reset_defaults()


def test_P_08_a_fault_in_rendering_shows_where_and_not_what(desk: Desk, told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case, compose = desk.case(details=DETAILS), Typesetter.compose

    def fails(self: Typesetter, letter: Letter, **more: Any) -> bytes:
        if letter.kind == "answer":
            raise ValueError(f"cannot render {letter.facts}")
        return compose(self, letter, **more)

    monkeypatch.setattr(Typesetter, "compose", fails)
    desk.writes(SUZUKI, f"EDIT {case}")
    said = told()
    assert '"fault": "ValueError"' in said and "test_faults" in said and not shown(said.encode())
    assert "could not be written: a fault of the program's own (ValueError)" in desk.last_letter_to(SUZUKI).flat
    assert not any(shown(letter.received.raw) for letter in desk.letters())


def test_P_08_a_fault_in_the_database_shows_neither_values_nor_parameters(desk: Desk, told: Any) -> None:
    case = desk.case(details=DETAILS)
    with desk.office.ledger.engine.begin() as connection:
        connection.execute(text("CREATE TRIGGER no BEFORE INSERT ON letter WHEN NEW.kind = 'form' BEGIN SELECT RAISE(ABORT, 'no'); END"))
    desk.writes(SUZUKI, f"EDIT {case}")
    said = told()
    assert '"fault": "IntegrityError"' in said and not shown(said.encode())
    assert desk.endings()[-1] == ("for_staff", "could not be digested (IntegrityError)")


def test_P_08_an_error_of_the_driver_carries_no_parameters(desk: Desk) -> None:
    with pytest.raises(IntegrityError) as raised, desk.office.ledger.writing() as ledger:
        ledger.session.execute(text("INSERT INTO mark (name, at) VALUES (:name, NULL)"), {"name": DETAILS})
    assert "hidden" in str(raised.value) and not shown(str(raised.value).encode())


DEBUG = """
import logging, sys
from bot import logs
quiet = logs.to_standard_error
def loud(**how):
    quiet(**how)
    for name in ("", *logging.root.manager.loggerDict, "imapclient.imaplib", "aiosmtplib", "asyncio", "sqlalchemy.engine", "sqlalchemy.pool"):
        logging.getLogger(name).setLevel(logging.DEBUG)
logs.to_standard_error = loud
from bot.cli import main
main(["run", "--once"])
"""


def test_P_15_debugging_turned_on_everywhere_shows_no_body_no_log_in_and_no_code(world: World) -> None:
    world.member(ALICE, name="Alice")
    case = world.case("Asylum appeal", details=DETAILS)
    world.sends_the_round()
    world.writes(ALICE, f"CLAIM {case}\n\n{CANARIES[3]}", answering=world.last_letter_to(ALICE))
    ran = subprocess.run([sys.executable, "-c", DEBUG], cwd=world.folder, env=environment(), capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0 and CANARIES[0] in world.last_letter_to(ALICE).text
    events = [json.loads(line) for line in ran.stderr.splitlines()]
    assert "letter tried" in [event["event"] for event in events] and not [event for event in events if event["event"] == "library"]
    password = world.imap.account("cases@ngo.example").password
    assert not shown(ran.stderr.encode()) and not SIGNED.search(ran.stderr) and SECRET not in ran.stderr and password not in ran.stderr


def test_P_16_the_process_shows_no_secret_and_leaves_no_core(world: World) -> None:
    with world.daemon() as daemon:
        process = Path("/proc") / str(daemon.process.pid)
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        limits = (process / "limits").read_text()
    password = world.imap.account("cases@ngo.example").password
    assert SECRET.encode() not in seen and password.encode() not in seen
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)


def test_O_04_a_master_key_that_does_not_fit_stops_the_daemon_in_one_sentence_and_sends_nothing(world: World) -> None:
    world.member(ALICE, name="Alice")
    case = world.case("Asylum appeal", details=DETAILS)
    world.settle_in()
    world.configure("secret", 'secret = "another secret altogether, and no old one"')
    world.writes(ALICE, f"CLAIM {case}")
    ended = world.command("run", "--once", expect=2)
    assert ended.err.count("\n") == 1 and "firstreply.db.keys" in ended.err and "master_key" in ended.err and not world.sink.letters
    world.configure("secret", f'secret = "another secret altogether, and no old one"\nold_secrets = ["{SECRET}"]')
    assert "locked with a former master key" in world.cli("keys", "rotate")
    world.command("keys", "copy", "copy.keys")
    assert (world.folder / "copy.keys").stat().st_mode & 0o777 == 0o600
    world.configure("old_secrets", "")
    world.runs_once()
    assert CANARIES[0] in world.last_letter_to(ALICE).text


@pytest.mark.parametrize("wrong", ["another secret altogether, and no old one", None])
def test_O_04_O_07_a_service_that_cannot_begin_for_want_of_its_keys_is_told_by_the_second_way_once(world: World, wrong: str | None) -> None:
    """Its supervisor starts it again and again, and nobody looks: a master key that does not fit, or a key store that is lost."""
    store = world.folder / "data" / "firstreply.db.keys"
    world.case("Asylum appeal", details=DETAILS)
    world.settle_in()
    world.configure("monthly", 'monthly = ""\n[alerts]\nfile = "alerts.jsonl"')
    if wrong:
        world.configure("secret", f'secret = "{wrong}"')
    else:
        store.rename(store.with_suffix(".lost"))
    for _ in range(2):
        assert world.command("run", "--once", expect=2).err.count("\n") == 1
    assert turns(world) == [("keys_unfit", "begun")] and not world.sink.letters
    world.configure("secret", f'secret = "{SECRET}"')
    if not wrong:
        store.with_suffix(".lost").rename(store)
    world.runs_once()
    assert turns(world) == [("keys_unfit", "begun"), ("keys_unfit", "over")]


def turns(world: World) -> list[tuple[str, str]]:
    lines = (world.folder / "alerts.jsonl").read_text().splitlines()
    assert not shown("".join(lines).encode())
    return [(one["name"], one["turn"]) for line in lines for one in json.loads(line)["news"]]
