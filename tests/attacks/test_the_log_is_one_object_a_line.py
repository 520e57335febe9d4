"""I-11: whatever a mail, a library or a fault puts into the log, it is one JSON object a line, in plain printable ASCII."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.desk import ALICE
from tests.attacks.raw_mail import raw
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import environment
from tests.story.conversation import World

FORGED = 'x\r\n{"event":"award","case":"JAR-2026-001","to":"mallory"}'
TERMINAL = "\x1b]0;pwn\x07 \x9b31m \x7f \u2028 \u202e"


@pytest.fixture
def world(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink) -> World:
    return World.build(tmp_path, dovecot, sink)


def events(log: str) -> list[dict[str, object]]:
    """Every line of a log; fails where one is not an object of its own."""
    assert log.isascii() and all(sign.isprintable() or sign == "\n" for sign in log)
    found = [json.loads(line) for line in log.splitlines()]
    assert all(isinstance(event, dict) for event in found)
    return found


def test_I_11_a_subject_forges_no_record(world: World) -> None:
    world.member(ALICE, name=f"Alice {TERMINAL}")
    encoded = "".join(f"={byte:02X}" for byte in f"{FORGED}{TERMINAL}".encode())
    for number, where in enumerate(("Subject: =?utf-8?q?{}?=", "From: =?utf-8?q?{}?= <alice@lawfirm.example>", "Precedence: {}")):
        world.arrives(raw(where.format(encoded if "?q?" in where else FORGED.replace("\r\n", " ")), sender=ALICE, body=f"HELP {number}"))
    log = events(world.runs_once().err)
    assert [event["uid"] for event in log if event["event"] == "message entered"] == [1, 2, 3]
    assert not [event for event in log if event["event"] == "award"] and "mallory" not in json.dumps(log)


NOBODY_CAUGHT = {
    "a thread ended by a fault": "import threading; thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "a fault in a clean-up": "Left = type('Left', (), {'__del__': fail}); Left()",
    "stopped by a fault": "fail()",
}
PROLOGUE = f"""
import atexit, logging, sys
from bot import logs
def fail(*_):
    raise ValueError({(FORGED + TERMINAL)!r})
"""


@pytest.mark.parametrize(("event", "way"), [*NOBODY_CAUGHT.items(), ("a fault in a clean-up", "atexit.register(fail)")])
def test_I_11_what_nobody_caught_is_one_record_without_its_words(event: str, way: str) -> None:
    """In a thread, in a clean-up, at the end: each would be a traceback of many lines, with words of a letter in it (P-08)."""
    ended = said_by(f"{PROLOGUE}\nlogs.to_standard_error()\n{way}")
    (told,) = events(ended.stderr)
    assert (told["event"], told["fault"], told["level"]) == (event, "ValueError", "critical") and "fail" in str(told["at"])
    assert "mallory" not in ended.stderr


def test_I_11_a_library_that_keeps_its_words_from_the_root_makes_a_record_too() -> None:
    ended = said_by(
        f"{PROLOGUE}\nlogs.to_standard_error()\nown = logging.getLogger('own'); own.propagate = False; own.warning('so %s', 'mallory')"
    )
    assert [(event["said"], event["logger"]) for event in events(ended.stderr)] == [("so %s", "own")]


@pytest.mark.parametrize("way", NOBODY_CAUGHT.values())
def test_P_08_a_command_that_is_no_service_tells_a_fault_in_one_sentence_without_its_words(way: str) -> None:
    ended = said_by(f"{PROLOGUE}\nlogs.quiet()\n{way}")
    assert ended.stderr.count("\n") == 1 and "(ValueError)" in ended.stderr and " fail" in ended.stderr and "mallory" not in ended.stderr


def test_P_08_a_fault_of_ours_ends_any_command_in_one_sentence_and_with_1(world: World) -> None:
    world.settle_in()
    faulty = "from bot.cli import cases, main\ndef fail(*_): raise ValueError('mallory')\ncases.open_desk = fail\nmain(['case', 'list'])"
    ended = subprocess.run([sys.executable, "-c", faulty], cwd=world.folder, env=environment(), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1 and "(ValueError)" in ended.stderr and "mallory" not in ended.stderr


def said_by(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)


SPEAKS = f"""
import logging, warnings
import structlog
from bot.logs import to_standard_error
to_standard_error()
hostile = {FORGED + TERMINAL!r}
structlog.get_logger().warning("letter tried", reason=hostile, **{{"na\\nme": hostile}})
logging.getLogger("some.library").error("could not read %s", hostile)
try:
    raise ValueError(hostile)
except ValueError:
    logging.getLogger("some.library").exception("went wrong")
    structlog.get_logger().exception("message could not be digested")
warnings.warn(hostile)
raise RuntimeError(hostile)
"""


def test_I_11_libraries_warnings_and_the_last_fault_are_records_too_without_the_words_they_quote() -> None:
    ended = subprocess.run([sys.executable, "-c", SPEAKS], capture_output=True, text=True, check=False, timeout=60)
    log = events(ended.stderr)
    assert [event["event"] for event in log] == [
        "letter tried",
        "library",
        "library",
        "message could not be digested",
        "library",
        "stopped by a fault",
    ]
    assert [event.get("fault") for event in log] == [None, None, "ValueError", "ValueError", None, "RuntimeError"]
    assert log[1]["said"] == "could not read %s" and "UserWarning" in str(log[4]["said"])
    assert "mallory" not in json.dumps(log[1:]) and ended.returncode == 1
