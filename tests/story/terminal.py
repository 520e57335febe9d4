"""The installed command at a terminal: a pseudo-terminal of a certain width, what is typed, and what is shown.

Given words and a folder, gives the text as it came, with and without its escape codes. The command is always ended by whoever started it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.story.command import COMMAND, environment

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_])")
_SECONDS = 60.0


def _heed_interrupts() -> None:
    """As at a terminal, also where the tests themselves were begun in the background, which hears none."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """`with Terminal(folder, "init") as talk: …`; `code` is there once it has ended."""

    def __init__(self, folder: Path, *words: str, columns: int = 80, rows: int = 40, env: Mapping[str, str] | None = None) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        own = {name: value for name, value in environment().items() if name not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")}
        surroundings = {**own, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=folder,
            env=surroundings,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_heed_interrupts,
        )
        os.close(theirs)
        self.raw = ""
        self._seen = 0
        self._bytes = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None and kind is not None:
            self.process.kill()
        if kind is None:
            self.end()
        self.process.wait()
        os.close(self._ours)

    @property
    def text(self) -> str:
        """All that was shown, without escape codes."""
        return _ESCAPES.sub("", self.raw).replace("\r\n", "\n")

    @property
    def code(self) -> int:
        return self.process.wait(_SECONDS)

    def until(self, words: str) -> str:
        """What was shown since the last time, up to these words; fails where they never come."""
        ends = time.monotonic() + _SECONDS
        while words not in self.text[self._seen :]:
            assert time.monotonic() < ends, f"no “{words}” in:\n{self.text[self._seen :]}"
            assert self._reads(1.0) is not None, f"ended before “{words}”:\n{self.text[self._seen :]}"
        came = self.text[self._seen :]
        upto = came.index(words) + len(words)
        self._seen += upto
        return came[:upto]

    def say(self, line: str) -> None:
        os.write(self._ours, f"{line}\r".encode())

    def say_unseen(self, line: str) -> None:
        """A password: what is typed before the echo is off would be thrown away."""
        ends = time.monotonic() + _SECONDS
        while termios.tcgetattr(self._ours)[3] & termios.ECHO:
            assert time.monotonic() < ends, "the echo stays on"
            self._reads(0.02)
        self.say(line)

    def interrupt(self) -> None:
        """Ctrl-C, which a shell's terminal turns into this."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> str:
        """All that was shown until it ended by itself."""
        ends = time.monotonic() + _SECONDS
        while self._reads(1.0) is not None:
            assert time.monotonic() < ends, f"it did not end:\n{self.text}"
        return self.text

    def _reads(self, seconds: float) -> bool | None:
        """Whether something came; None at the end."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            return None
        self._bytes += piece
        self.raw = self._bytes.decode(errors="replace")
        return True if piece else None
