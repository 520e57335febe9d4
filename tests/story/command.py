"""The installed command, run as its own process: what an operator types, and the daemon that a supervisor keeps.

Given words and a folder, gives exit code and output. The environment is the tests' own but for FIRSTREPLY_… variables, so that no
setting of a developer's machine gets in. A daemon is always ended by whoever started it.

A command costs a second of imports before its first line. `run` forks it from a process that has them done; where a test gives an
environment of its own, or is about the start itself, the interpreter is started as a shell would (`run_fresh`). Only the place at which
the process kills itself is told to the forked one, too.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.ground import PATIENCE_SECONDS

_ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot.cli")
_CRASH_AT = "FIRSTREPLY_CRASH_AT"
_SECONDS = 300
WARM = multiprocessing.get_context("forkserver")
WARM.set_forkserver_preload(["bot.cli", "bot.daemon", "alembic.command", "bot.shell.sheets", "bot.shell.migrations"])


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


def run(folder: Path, *words: str, env: Mapping[str, str] | None = None, stdin: str = "", largest_file: int = 0) -> Outcome:
    """One command, to its end, in a process of its own; `largest_file` is where the disk is full for it, in bytes."""
    if env and set(env) != {_CRASH_AT}:
        return run_fresh(folder, *words, env=env, stdin=stdin)
    with tempfile.TemporaryDirectory() as aside:
        streams = [Path(aside) / name for name in ("in", "out", "err")]
        streams[0].write_text(stdin, encoding="utf-8")
        process = WARM.Process(target=_play, args=(str(folder), words, environment(env), [str(stream) for stream in streams], largest_file))
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise AssertionError(f"firstreply {' '.join(words)} did not end within {_SECONDS} s")
        return Outcome(process.exitcode, *(stream.read_text(encoding="utf-8") for stream in streams[1:]))


def _play(folder: str, words: tuple[str, ...], env: dict[str, str], streams: list[str], largest_file: int) -> None:
    """In the forked process: become the command."""
    from bot import stations
    from bot.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    importlib.reload(stations)  # it reads the environment once, which it did before this process was
    for number, (stream, flags) in enumerate(zip(streams, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)):
        os.dup2(os.open(stream, flags, 0o600), number)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    main(list(words))


def run_fresh(folder: Path, *words: str, env: Mapping[str, str] | None = None, stdin: str = "") -> Outcome:
    """One command, to its end, from the very start of its interpreter."""
    ended = subprocess.run(
        [*COMMAND, *words], cwd=folder, env=environment(env), input=stdin, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTREPLY_")}
    return {**ours, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", **(more or {})}


class Daemon:
    """`firstreply run`, from its readiness to its end: stopped with SIGTERM on leaving the block, and then its exit code is 0."""

    def __init__(self, folder: Path, *, env: Mapping[str, str] | None = None, program: Sequence[str] = (*COMMAND, "run")) -> None:
        self._log = folder / f"daemon-{time.monotonic_ns()}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                program, cwd=folder, env=environment(env), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        was_running = self.process.poll() is None
        code = self.terminate() if kind is None else self.kill()
        if kind is None and was_running:
            assert code == 0, f"the daemon ended with {code}:\n{self.log}"

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def wait_for(self, words: str, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Until the log has the words; fails where the daemon ends before, or never writes them."""
        until = time.monotonic() + seconds
        while words not in self.log:
            assert self.process.poll() is None, f"the daemon ended with {self.process.returncode} before “{words}”:\n{self.log}"
            assert time.monotonic() < until, f"no “{words}” in {seconds} s:\n{self.log}"
            time.sleep(0.02)

    def halt(self) -> None:
        """SIGSTOP: every thread of it stands still, wherever it is, and none of them knows."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def terminate(self, *, seconds: float = PATIENCE_SECONDS) -> int:
        """SIGTERM, and what it ended with."""
        return self._end(signal.SIGTERM, seconds)

    def kill(self) -> int:
        """SIGKILL: not another instruction is carried out."""
        return self._end(signal.SIGKILL, _SECONDS)

    def wait(self, *, seconds: float = _SECONDS) -> int:
        """Until it ends by itself, such as at a crash point."""
        return self.process.wait(seconds)

    def _end(self, how: signal.Signals, seconds: float) -> int:
        self.process.send_signal(how)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the daemon did not stop within {seconds} s:\n{self.log}") from None
