"""The log: one JSON object a line on standard error, without client data.

Events carry ids, states and reasons only. A traceback is reduced to where it happened: the words of an exception may quote a letter.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog


def to_standard_error() -> None:
    """Log every event from now on; without this only warnings are kept to themselves."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def quiet() -> None:
    """Say nothing: commands speak for themselves."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL), logger_factory=structlog.WriteLoggerFactory(file=sys.stderr)
    )


def _without_words(_logger: object, _name: str, event: Any) -> Any:
    """Type and place of a fault, never what it said."""
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        event["fault"] = kind.__name__ if kind else ""
        event["at"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-8:]
    return event
