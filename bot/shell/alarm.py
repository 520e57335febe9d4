"""The second way to tell that something is wrong, for when mail itself is what is broken: a file, a program, a webhook.

Given a text and the same as JSON, gives it to each way that is configured, and says in a sentence which could not be used. Each way has
ten seconds. Never uses a shell, follows no redirection, and tells no more than it was given; the text holds nothing of any case.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Alarm:
    """The ways that are configured; with none of them, nothing is told and nothing fails."""

    file: Path | None = None
    command: tuple[str, ...] = ()
    webhook: str = ""

    @property
    def ways(self) -> list[str]:
        return [name for name, is_set in (("file", self.file), ("command", self.command), ("webhook", self.webhook)) if is_set]

    def tell(self, text: str, document: Mapping[str, Any]) -> dict[str, str]:
        """What went wrong, by way; "" where it was told."""
        told: dict[str, Callable[[], None]] = {
            "file": lambda: _add_line(self.file or Path(), document),
            "command": lambda: _run(self.command, text),
            "webhook": lambda: _post(self.webhook, document),
        }
        return {way: _fault(way, told[way]) for way in self.ways}


def _fault(way: str, tell: Callable[[], None]) -> str:
    try:
        tell()
    except subprocess.TimeoutExpired:
        return f"[alerts] {way} took longer than {SECONDS} seconds."
    except _Failed as failed:
        return f"[alerts] {way} {failed}."
    except urllib.error.URLError as fault:
        return f"[alerts] {way} cannot be reached ({getattr(fault.reason, 'strerror', None) or type(fault.reason).__name__})."
    except (OSError, HTTPException, ValueError) as fault:
        return f"[alerts] {way} cannot be used ({getattr(fault, 'strerror', None) or type(fault).__name__})."
    return ""


class _Failed(Exception):
    """It was there and said no; what it said may hold anything, and is not repeated."""


def _add_line(path: Path, document: Mapping[str, Any]) -> None:
    """One JSON object a line, in one write, so that lines of two processes never mix."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(descriptor, (json.dumps(document, ensure_ascii=True) + "\n").encode())
    finally:
        os.close(descriptor)


def _run(command: tuple[str, ...], text: str) -> None:
    """In a session of its own, so that what it started ends with it."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            process.communicate(text, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise
        except BrokenPipeError:
            process.wait(timeout=SECONDS)
    if process.returncode:
        raise _Failed(f"ended with exit code {process.returncode}")


def _post(url: str, document: Mapping[str, Any]) -> None:
    body = json.dumps(document, ensure_ascii=True).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            answer.read(1)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        raise _Failed(f"answered with status {refusal.code}") from None


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirection would carry the alert to whom nobody has named."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_StayHere)
