"""The log: one JSON object a line on standard error, without client data and without what proves anything.

Events carry ids, states and reasons only. A traceback is reduced to where it happened: the words of an exception may quote a letter.
Of the code in a Message-ID the handle stays, by which a letter is found, and not the signature that an answer brings back.
"""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO, cast

# structlog looks for rich, to draw tracebacks that our lines of JSON do not have; that it finds none spares each start a fifteenth.
_rich = sys.modules.pop("rich", None)
cast(dict[str, object], sys.modules)["rich"] = None  # how Python marks what is not to be had
import structlog  # noqa: E402  # after the line above, or it would be of no use

del sys.modules["rich"]
if _rich:
    sys.modules["rich"] = _rich


def to_standard_error() -> None:
    """Log every event from now on; without this only warnings are kept to themselves."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            _without_signatures,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _Patient())),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Others(logging.WARNING)], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught


def quiet() -> None:
    """Say nothing: commands speak for themselves."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL), logger_factory=structlog.WriteLoggerFactory(file=sys.stderr)
    )


class _Patient:
    """Standard error, where a full disk or a closed pipe costs the line and not the message that was being entered (C-20)."""

    def write(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(line)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


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


def _uncaught(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """What ends the process is an event too; Python's own traceback would be many lines, with words in them."""
    structlog.get_logger().critical("stopped by a fault", fault=kind.__name__, at=_places(trace))


def _without_words(_logger: object, _name: str, event: Any) -> Any:
    """Type and place of a fault, never what it said."""
    if given := event.pop("exc_info", None):
        kind, _, trace = sys.exc_info() if given is True else (type(given), given, given.__traceback__)
        event["fault"] = kind.__name__ if kind else ""
        event["at"] = _places(trace)
    return event


_SIGNED = re.compile(r"\b([a-z2-7]{16})\.[a-z2-7]{26}\b", re.IGNORECASE)


def _without_signatures(_logger: object, _name: str, event: Any) -> Any:
    return {name: _SIGNED.sub(r"\1.*", value) if isinstance(value, str) and "." in value else value for name, value in event.items()}


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-8:]
