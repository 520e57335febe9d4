"""Where a mail server is: asked of the person where nobody knows it, and reached while they are there.

Given a talk and what is known of the provider, gives a place, and whether anything answered there. Logs in nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.shell.reach import Place, Unreached, parted, place_of
from bot.shell.settings import PORTS

if TYPE_CHECKING:
    from bot.cli.talk import Talk

Protocol = Literal["imap", "smtp"]
_GREETINGS = {"imap": "*", "smtp": "245"}
"""What the first line of each begins with (RFC 3501 7.1, RFC 5321 4.2)."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is as it is written down; one that nothing answered at is kept as it was said."""

    protocol: Protocol
    place: Place
    is_reached: bool

    @property
    def spelled(self) -> str:
        """As a person would write it."""
        return self.place.host if self.place.port in PORTS[self.protocol] else f"{self.place.host}:{self.place.port}"


def found(talk: Talk, protocol: Protocol, suggested: str, *, is_asked: bool) -> Server:
    """One that answers, or the one that the person goes on without; where a provider has the same for everybody it is not asked at first."""
    text = suggested
    while True:
        if is_asked:
            text = talk.ask(f"{protocol}_host", default=text, fit=lambda said: "" if parted(said) else talk.told("not_server", text=said))
        host, port = parted(text) or (text, None)
        usual = PORTS[protocol]
        ports = {port: usual.get(port)} if port else {**usual}
        place = place_of(host, ports, greeting=_GREETINGS[protocol])
        if isinstance(place, Place):
            talk.good("reached", host=place.host, port=place.port, security=place.security.upper())
            return Server(protocol, place, is_reached=True)
        _say_why(talk, protocol, host, place)
        following = talk.goes_on()
        if following == "without":
            first = next(iter(ports))
            return Server(protocol, Place(host, first, usual.get(first, "tls")), is_reached=False)
        is_asked = is_asked or following == "server"


def _say_why(talk: Talk, protocol: Protocol, host: str, place: Unreached) -> None:
    ports = talk.told("either").join(map(str, place.ports))
    talk.bad(f"fault_{place.why}", host=host, port=ports, server=talk.told(f"{protocol}_host"))
