"""The second way: a file, a program, a webhook. Each is tried for itself, none keeps us waiting, and none leads elsewhere."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.shell import alarm
from bot.shell.alarm import Alarm
from tests.servers.ground import PATIENCE_SECONDS

TEXT, DOCUMENT = "something is wrong\n", {"text": "something is wrong; 障害", "news": []}


@contextmanager
def listener(*, status: int = 200, location: str = "", seconds: float = 0) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A web server on loopback: its address, and what was posted to it."""
    heard: list[tuple[str, bytes]] = []
    over = threading.Event()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((str(self.headers["Content-Type"]), self.rfile.read(int(self.headers["Content-Length"]))))
            over.wait(seconds)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            heard.append(("GET", b""))

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?key=topsecret", heard
    finally:
        over.set()
        server.shutdown()
        server.server_close()


def test_a_file_gets_one_object_a_line(tmp_path: Path) -> None:
    ways = Alarm(file=tmp_path / "alerts.log")
    assert [ways.tell(TEXT, DOCUMENT) for _ in range(2)] == [{"file": ""}, {"file": ""}]
    lines = (tmp_path / "alerts.log").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [DOCUMENT, DOCUMENT]


def test_a_program_reads_the_text_and_no_shell_reads_its_arguments(tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2] + '|' + sys.stdin.read())"
    ways = Alarm(command=(sys.executable, "-c", script, str(tmp_path / "heard"), "$(touch pwned); `id`"))
    assert ways.tell(TEXT, DOCUMENT) == {"command": ""}
    assert (tmp_path / "heard").read_text() == f"$(touch pwned); `id`|{TEXT}"


def test_a_webhook_gets_the_document_as_json() -> None:
    with listener() as (url, heard):
        assert Alarm(webhook=url).tell(TEXT, DOCUMENT) == {"webhook": ""}
    ((kind, body),) = heard
    assert kind == "application/json" and json.loads(body) == DOCUMENT


def test_a_webhook_that_points_elsewhere_is_not_followed() -> None:
    with listener() as (elsewhere, heard), listener(status=302, location=elsewhere) as (url, _):
        assert "302" in Alarm(webhook=url).tell(TEXT, DOCUMENT)["webhook"]
        assert heard == []


@pytest.mark.parametrize("kind", ["command", "webhook"])
def test_who_does_not_answer_is_given_up(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarm, "SECONDS", 0.2)
    began = time.monotonic()
    with listener(seconds=600) as (url, _):
        ways = Alarm(webhook=url) if kind == "webhook" else Alarm(command=("/bin/sh", "-c", "sleep 600 & wait"))
        assert ways.tell(TEXT, DOCUMENT)[kind] != ""
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_what_fails_is_named_without_its_secrets_and_the_other_ways_are_tried(tmp_path: Path) -> None:
    with listener(status=500) as (url, _):
        ways = Alarm(tmp_path / "nowhere" / "alerts.log", ("/no/such/program",), url)
        told = ways.tell(TEXT, DOCUMENT)
    assert list(told) == ["file", "command", "webhook"] and all(told.values())
    assert "topsecret" not in " ".join(told.values()) and "500" in told["webhook"]
    assert Alarm(webhook="http://127.0.0.1:1/topsecret").tell(TEXT, DOCUMENT)["webhook"].endswith("refused).")
    assert Alarm(command=(sys.executable, "-c", "raise SystemExit(3)")).tell(TEXT, DOCUMENT)["command"].endswith("exit code 3.")


def test_with_no_way_nothing_is_told_and_nothing_fails() -> None:
    assert Alarm().tell(TEXT, DOCUMENT) == {}
