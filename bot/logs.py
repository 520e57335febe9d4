"""The log: one JSON object a line on standard error, without client data and without what proves anything.

Events carry ids, states and reasons only. A traceback is reduced to where it happened: the words of an exception may quote a letter.
Of the code in a Message-ID the handle stays, by which a letter is found, and not the signature that an answer brings back.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TextIO, cast

# structlog looks for rich, to draw tracebacks that our lines of JSON do not have; that it finds none spares each start a fifteenth.
_rich = sys.modules.pop("rich", None)
cast(dict[str, object], sys.modules)["rich"] = None  # how Python marks what is not to be had
import structlog  # noqa: E402  # after the line above, or it would be of no use

del sys.modules["rich"]
if _rich:
    sys.modules["rich"] = _rich


def to_standard_error(*, least: int = logging.INFO) -> None:
    """Log every event from now on that is worth as much; without this only warnings are kept to themselves."""
    structlog.configure(
        processors=[
            _without_words,
            _without_signatures,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _as_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _Patient())),
        cache_logger_on_first_use=False,
    )
    others = _Others(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[others], force=True)
    logging.lastResort = others  # for a library that keeps its words from the root, and has nobody else to tell
    logging.captureWarnings(True)
    _tell_faults(_as_event)


def quiet() -> None:
    """Say nothing: commands speak for themselves, and tell a fault of ours in one sentence."""
    _tell_faults(_as_sentence)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL), logger_factory=structlog.WriteLoggerFactory(file=sys.stderr)
    )


class _Patient:
    """Standard error, where a full disk or a closed pipe costs the line and not the message that was being entered (C-20)."""

    def write(self, line: str) -> None:
        try:
            sys.stderr.write(line)
            sys.stderr.flush()
        except (OSError, ValueError):
            pass

    def flush(self) -> None:
        """Each line is, by itself."""


class _Others(logging.Handler):
    """What the libraries log, in our form: their words as they stand in the source, without the values that may quote a letter.

    Nothing below a warning, whatever level somebody has set: that is their talk with the servers, log-ins and letters and all.
    """

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        fault = record.exc_info[0] if record.exc_info else None
        where = {"fault": fault.__name__, "at": _places(record.exc_info[2])} if record.exc_info and fault else {}
        # A warning of Python's is one text: file, line and kind stand before its words.
        said = ": ".join(record.getMessage().split(": ")[:2]) if record.name == "py.warnings" else str(record.msg).partition("\n")[0]
        told = log.error if record.levelno >= logging.ERROR else log.warning
        told("library", said=said[:200], logger=record.name, **where)


_Tell = Callable[[str, type[BaseException] | None, TracebackType | None], None]


def stopped(fault: BaseException) -> None:
    """A fault of ours has ended the command. Told here, because the library of the command line has put a hook of its own in ours' place."""
    _manner.tell("stopped by a fault", type(fault), fault.__traceback__)


def _tell_faults(tell: _Tell) -> None:
    """What nobody caught, in whatever thread or clean-up. Python's own tracebacks are many lines, with words in them that may quote a letter."""
    _manner.tell = tell
    sys.excepthook = lambda kind, _, trace: tell("stopped by a fault", kind, trace)
    threading.excepthook = lambda about: tell("a thread ended by a fault", about.exc_type, about.exc_traceback)
    sys.unraisablehook = lambda about: tell("a fault in a clean-up", about.exc_type, about.exc_traceback)


def _as_event(what: str, kind: type[BaseException] | None, trace: TracebackType | None) -> None:
    structlog.get_logger().critical(what, fault=kind.__name__ if kind else "", at=_places(trace))


def _as_sentence(what: str, kind: type[BaseException] | None, trace: TracebackType | None) -> None:
    name, places = kind.__name__ if kind else "unknown", ", ".join(_places(trace))
    with contextlib.suppress(OSError, ValueError):
        print(f"firstreply: {what} of its own ({name}). Please report it with these words: {places}", file=sys.stderr)


@dataclass(slots=True)
class _Manner:
    tell: _Tell = _as_sentence


_manner = _Manner()


def _without_words(_logger: object, _name: str, event: Any) -> Any:
    """Type and place of a fault, never what it said."""
    if given := event.pop("exc_info", None):
        kind, _, trace = sys.exc_info() if given is True else (type(given), given, given.__traceback__)
        event["fault"] = kind.__name__ if kind else ""
        event["at"] = _places(trace)
    return event


_SIGNATURE = re.compile(r"(?<=\b[a-z2-7]{16}\.)[a-z2-7]{26}\b", re.IGNORECASE)


def _without_signatures(_logger: object, _name: str, event: Any) -> Any:
    for name, value in event.items():
        if isinstance(value, str) and "." in value:
            event[name] = _SIGNATURE.sub("*", value)
    return event


_JSON = json.JSONEncoder(default=repr)


def _as_line(_logger: object, _name: str, event: Any) -> str:
    return _JSON.encode(event)


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-8:]
