"""What an SMTP server is told to do wrong, and when.

Given orders by a test (`refuse`, `drop`, `delay`), gives the dialogue what to do at one station of one message. A station is a
verb, or GREETING, or DOT: the end of the message. Never acts itself, and forgets an order that has been carried out `times` times.

>>> script = Script()
>>> script.refuse("RCPT", reply="550 5.1.1 no such user", to="x@y.example", times=1)
>>> script.at("RCPT", recipients=("x@y.example",), message_no=1).reply
'550 5.1.1 no such user'
>>> script.at("RCPT", recipients=("x@y.example",), message_no=2)
Fault(reply=None, seconds=0.0, drop=None)
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

Moment = Literal["before", "after", "after reply"]
STATIONS = frozenset({"GREETING", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "DOT", "RSET", "NOOP", "QUIT"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at one station; nothing does where all is as by default."""

    reply: str | None = None
    seconds: float = 0.0
    drop: Moment | None = None


@dataclass(slots=True)
class _Order:
    station: str
    fault: Fault
    to: str | None
    nth: int | None
    left: int | None

    def is_for(self, station: str, recipients: tuple[str, ...], message_no: int) -> bool:
        return (
            self.station == station
            and self.left != 0
            and self.nth in (None, message_no)
            and (self.to is None or self.to.lower() in (recipient.lower() for recipient in recipients))
        )


@dataclass(slots=True)
class Script:
    """Orders may be given while the server runs. `to` waits for a recipient, `nth` for the nth MAIL since the start (1-based)."""

    _orders: list[_Order] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refuse(self, station: str, *, reply: str, to: str | None = None, nth: int | None = None, times: int | None = None) -> None:
        """Answers with this reply instead. Its lines are parted by a line feed; a 421 also ends the connection (RFC 5321 3.8)."""
        self._give(station, Fault(reply=reply), to=to, nth=nth, times=times)

    def drop(self, when: str, *, to: str | None = None, nth: int | None = None, times: int | None = 1) -> None:
        """Ends the connection.

        "before DOT": the message has come and is not taken. "after DOT": it is taken and no reply says so. "after DOT reply": the reply
        has left. The same for each verb.
        """
        moment, station = _read_moment(when)
        self._give(station, Fault(drop=moment), to=to, nth=nth, times=times)

    def delay(self, station: str, seconds: float, *, to: str | None = None, nth: int | None = None, times: int | None = None) -> None:
        """Does what it was asked to at once, and replies late."""
        self._give(station, Fault(seconds=seconds), to=to, nth=nth, times=times)

    def clear(self) -> int:
        """Gives how many orders had not been carried out as often as they were to be."""
        with self._lock:
            left = len([order for order in self._orders if order.left != 0])
            self._orders.clear()
            return left

    def at(self, station: str, *, recipients: tuple[str, ...], message_no: int) -> Fault:
        """All orders for this station as one; where two give a reply or a drop, the earlier order's counts."""
        with self._lock:
            due = [order for order in self._orders if order.is_for(station, recipients, message_no)]
            for order in due:
                order.left = None if order.left is None else order.left - 1
        faults = [order.fault for order in due]
        reply = next((fault.reply for fault in faults if fault.reply), None)
        drop = next((fault.drop for fault in faults if fault.drop), None)
        return Fault(reply, sum((fault.seconds for fault in faults), 0.0), drop)

    def _give(self, station: str, fault: Fault, *, to: str | None, nth: int | None, times: int | None) -> None:
        if station not in STATIONS:
            raise ValueError(f"no such station: {station}; there are {', '.join(sorted(STATIONS))}")
        with self._lock:
            self._orders.append(_Order(station, fault, to, nth, times))


def _read_moment(when: str) -> tuple[Moment, str]:
    match when.split():
        case ["before", station]:
            return "before", station
        case ["after", station]:
            return "after", station
        case ["after", station, "reply"]:
            return "after reply", station
    raise ValueError(f"say 'before DOT', 'after DOT' or 'after DOT reply', not {when!r}")
