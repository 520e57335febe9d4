"""The pages for probes: what is asked for is answered, to nobody but this machine, and whoever dawdles holds nobody up."""

from __future__ import annotations

import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shell import probe
from bot.shell.probe import Answer
from tests.servers.ground import PATIENCE_SECONDS, free_port, give_back


@pytest.fixture
def port() -> Iterator[int]:
    number = free_port()
    pages = {"/health": lambda: Answer(503, "application/json", "{}"), "/metrics": lambda: Answer(200, "text/plain", "a 1\n")}
    with probe.serving(number, pages):
        yield number
    give_back(number)


def said(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(4096), b""))


def test_pages_are_answered_with_their_status(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE_SECONDS) as answer:
        assert (answer.status, answer.read()) == (200, b"a 1\n")
    with pytest.raises(urllib.error.HTTPError, match="503") as refused:
        urllib.request.urlopen(f"http://localhost:{port}/health", timeout=PATIENCE_SECONDS)
    refused.value.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"HEAD /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n", b" 200 "),
        (b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", b" 404 "),
        (b"GET /metrics?x HTTP/1.0\r\nHost: localhost\r\n\r\n", b" 404 "),
        (b"POST /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n", b" 501 "),
        (b"GET /metrics HTTP/1.0\r\nHost: evil.example:8000\r\n\r\n", b" 421 "),
        (b"GET /metrics HTTP/1.0\r\n\r\n", b" 421 "),
    ],
)
def test_nothing_else_is_served(port: int, request_: bytes, status: bytes) -> None:
    answer = said(port, request_)
    assert status in answer.partition(b"\r\n")[0] and b"Python" not in answer and (b"a 1" in answer) is False


def test_whoever_dawdles_holds_nobody_up(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as slow:
        slow.sendall(b"GET /met")
        assert b"a 1" in said(port, b"GET /metrics HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")


def test_it_listens_on_loopback_alone(port: int) -> None:
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    listening = [columns[1] for columns in sockets if columns[3] == "0A"]
    assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_with_port_0_nothing_is_served() -> None:
    with probe.serving(0, {}):
        pass


def test_O7_whoever_hangs_up_in_the_middle_leaves_no_lines_in_the_log(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close(2) resets it
    line.sendall(b"GET /metr")
    line.close()
    said(port, b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
    until_no_thread_answers()
    assert capfd.readouterr().err == ""


def test_O7_a_fault_of_a_page_goes_where_those_of_every_thread_go(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Answer:
        raise ValueError("the words of a letter")

    met = list[str]()
    monkeypatch.setattr(threading, "excepthook", lambda about: met.append(about.exc_type.__name__))
    number = free_port()
    with probe.serving(number, {"/health": fails}):
        assert said(number, b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n") == b""
        until_no_thread_answers()
    give_back(number)
    assert met == ["ValueError"] and capfd.readouterr().err == ""


def until_no_thread_answers() -> None:
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join(PATIENCE_SECONDS)
