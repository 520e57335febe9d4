"""The bench starts a whole Postfix: what that says yes to lies on the disk, and nothing of it is left afterwards."""

from __future__ import annotations

import os
import pwd
import smtplib
import socket
import tempfile
from pathlib import Path

import pytest

from bench.figures import Absent
from bench.queueing import Postfix, durable_postfix
from tests.servers.absence import absent
from tests.servers.ground import LOOPBACK, PATIENCE_SECONDS, wait_until
from tests.servers.unpacked import found

_LETTER = b"From: desk@desk.example\r\nTo: ito@firm.example\r\nSubject: The month's cases\r\n\r\nNone.\r\n"


@pytest.fixture(autouse=True)
def _there_is_one() -> None:
    if os.getuid() != 0 or not (found("usr/sbin/postfix") or Path("/usr/sbin/postfix").exists()):
        absent("Postfix, which starts as root only")


def write_to(postfix: Postfix) -> None:
    with smtplib.SMTP(LOOPBACK, postfix.port, timeout=PATIENCE_SECONDS) as smtp:
        smtp.sendmail("desk@desk.example", ["ito@firm.example"], _LETTER)


def test_what_it_says_yes_to_lies_in_its_queue_until_that_is_emptied() -> None:
    with durable_postfix() as postfix:
        write_to(postfix)
        write_to(postfix)
        assert postfix.queued() == 2
        postfix.forget()
        assert postfix.queued() == 0


@pytest.mark.parametrize("fault", [None, RuntimeError("in the midst of a turn")])
def test_when_the_block_ends_no_process_no_port_and_no_folder_of_it_is_left(fault: Exception | None) -> None:
    kept: list[Postfix] = []
    try:
        with durable_postfix() as postfix:
            kept.append(postfix)
            write_to(postfix)
            if fault:
                raise fault
    except RuntimeError as raised:
        assert raised is fault
    (postfix,) = kept
    wait_until(lambda: not _is_alive(postfix.process.pid), otherwise=lambda: "a process of Postfix is still there")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, postfix.port), timeout=PATIENCE_SECONDS)
    assert not postfix.home.exists()


def test_where_it_may_not_be_started_the_bench_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: pwd.getpwnam("nobody").pw_uid)
    with pytest.raises(Absent, match="as root only"), durable_postfix():
        pass


def test_where_the_folder_is_in_memory_the_bench_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")
    before = set(Path("/dev/shm").iterdir())
    with pytest.raises(Absent, match="set TMPDIR to a folder on a disk"), durable_postfix():
        pass
    assert set(Path("/dev/shm").iterdir()) == before


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
