"""A process of its own for what strangers wrote: no message takes more CPU or memory than its share, and none takes the bot with it.

Given a pure function and plain arguments, gives its result. The bounds are the kernel's (setrlimit(2)), so they hold inside C code
too: a call that goes over them ends that process and no other, and the next call begins a new one. Some calls asked together have the
bounds of one between them, and each its own where these are too narrow. The process reads nothing but its pipe and ends with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from math import ceil
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

CPU_SECONDS = 10
MEMORY_BYTES = 256 * 1024 * 1024
WALL_SECONDS = 60
"""Nothing in there waits for anything; this ends a call on a machine that has come to a halt."""

_AT_ONCE = 20
"""Calls that are asked together."""
_LENGTH_BYTES = 8
_KEPT_BYTES = str(4 * 1024 * 1024)
"""So much free memory glibc keeps for the next message: to give it back and ask for it anew at every page costs more than a small page does."""

Call = tuple[Sequence[Any], Mapping[str, Any]]
"""Arguments by place, and by name."""

P = ParamSpec("P")
T = TypeVar("T")


class Overrun(Exception):
    """The call took more than its share, and its process is gone. `reason` is a sentence's end."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Faulty(Exception):
    """The function raised; the name of what it raised and where, without any value that it held."""


class Guard:
    """Calls functions in a process that has the named modules imported already. Thread-safe: one call at a time."""

    def __init__(
        self, *modules: str, cpu_seconds: int = CPU_SECONDS, memory_bytes: int = MEMORY_BYTES, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._modules, self._cpu_seconds, self._memory_bytes, self._wall_seconds = modules, cpu_seconds, memory_bytes, wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin the process now, so that its imports run while the caller does something else. `call` does so by itself."""
        if self._process is None or self._process.poll() is not None:
            bounds = [str(self._cpu_seconds), str(self._memory_bytes)]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, *bounds, *self._modules],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "MALLOC_TRIM_THRESHOLD_": _KEPT_BYTES},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def call(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """What the function gives. Raises `Overrun` or `Faulty`."""
        (result,) = self.call_all(function, [(arguments, named)], beat=lambda: None)
        if isinstance(result, Overrun | Faulty):
            raise result
        return result

    def call_all(self, function: Callable[..., T], calls: Sequence[Call], *, beat: Callable[[], None]) -> list[T | Overrun | Faulty]:
        """What each call gives, or why it gives nothing; one that goes over its bounds spoils no other.

        Some at a time, that the two processes seldom wait for each other's turn. `beat` is called in between, for whoever watches that this
        goes on.
        """
        with self._lock:
            try:
                groups = (calls[start : start + _AT_ONCE] for start in range(0, len(calls), _AT_ONCE))
                return [answer for some in groups for answer in self._answers(function, some, beat=beat)]
            except BaseException:
                self._end()  # an answer that nobody waits for must not be taken for the next one's
                raise

    def _answers(self, function: Callable[..., T], calls: Sequence[Call], *, beat: Callable[[], None]) -> list[T | Overrun | Faulty]:
        """Of some calls, within the bounds of one; where these are too narrow for all of them, each is asked by itself."""
        beat()
        try:
            self._send(pickle.dumps((function, calls), pickle.HIGHEST_PROTOCOL))
            return [result if is_done else Faulty(result) for is_done, result in pickle.loads(self._receive())]
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            process = self._process
            self._end()
            if len(calls) > 1:
                return [answer for call in calls for answer in self._answers(function, [call], beat=beat)]
            return [Overrun(_reason(process.returncode if process else None))]

    def _send(self, asked: bytes) -> None:
        self.start()
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(asked)
        self._process.stdin.flush()

    def _receive(self) -> bytes:
        return self._exactly(int.from_bytes(self._exactly(_LENGTH_BYTES), "big"))

    def _exactly(self, size: int) -> bytes:
        """So many bytes and no more. Raises EOFError where the process has ended, or is ended because time is up."""
        process = self._process
        assert process is not None and process.stdout is not None
        received = bytearray()
        while len(received) < size:
            if not select.select([process.stdout], [], [], self._wall_seconds)[0]:
                process.kill()
            some = os.read(process.stdout.fileno(), size - len(received))
            if not some:
                raise EOFError
            received += some
        return bytes(received)

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):  # what was not yet written when it ended
                        stream.close()


def _reason(code: int | None) -> str:
    if code == -signal.SIGXCPU:
        return "it takes too much computing time to read"
    return f"reading it ended the reader ({signal.Signals(-code).name if code and code < 0 else code})"


def _serve(cpu_seconds: int, memory_bytes: int, modules: list[str]) -> None:
    """In the process: one call after the other, until the pipe ends."""
    # A terminal's ^C and a supervisor's SIGTERM reach the whole group; who finishes the message in hand is the caller.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for module in modules:
        import_module(module)
    gc.freeze()  # what is there by now stays: the collector need not look through it again and again
    _bound_memory(memory_bytes)
    calls, results = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            function, asked = pickle.load(calls)
        except EOFError:
            return
        _bound_cpu(cpu_seconds)
        answer = pickle.dumps([_told(function, *call, is_alone=len(asked) == 1) for call in asked], pickle.HIGHEST_PROTOCOL)
        _bound_cpu(cpu_seconds)  # calls that ended just within their bound must not end the next ones
        results.write(len(answer).to_bytes(_LENGTH_BYTES, "big"))
        results.write(answer)
        results.flush()
        del asked, answer  # the next calls have all of the memory


def _told(function: Callable[..., Any], arguments: Sequence[Any], named: Mapping[str, Any], *, is_alone: bool) -> tuple[bool, Any]:
    """Whether it could be done, and what it gave or where it failed. Memory may be wanting for what others asked beside it."""
    try:
        return True, function(*arguments, **named)
    except Exception as fault:
        if isinstance(fault, MemoryError) and not is_alone:
            raise
        return False, _place(fault)


def _bound_memory(extra: int) -> None:
    """What the process has now, and so much more."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        now = int(pages.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + extra, resource.RLIM_INFINITY))


def _bound_cpu(seconds: int) -> None:
    """Counted from now; the soft bound alone moves, at which the kernel sends SIGXCPU."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time()) + seconds, hard))


def _place(fault: BaseException) -> str:
    """The fault's name and where it arose: `ValueError in fields.py:88`. Never its words, which may quote the message."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(fault).__name__}{where}"


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
