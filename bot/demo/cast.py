"""Who plays: the members of the example roster, one person of the staff, and the desk's own mailbox.

Given the rows of the roster, gives people with a name, an address and a password for the embedded post office.
All of them are invented, and so are their passwords: the post office answers only on this machine and forgets everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a mailbox."""

    name: str
    address: str
    password: str
    language: str = "en"
    firm: str = ""


ORGANISATION: Final = "Example Refugee Association"
BORDER: Final = "mx.refugee-desk.example"
DESK: Final = Person("Pro bono desk", "cases@refugee-desk.example", "desk")
STAFF: Final = Person("Hanako Sato", "hanako.sato@refugee-desk.example", "staff")


@dataclass(frozen=True, slots=True)
class Cast:
    """The members by the parts that they play."""

    members: tuple[Person, ...]

    @classmethod
    def of(cls, roster: Iterable[Mapping[str, str]]) -> Cast:
        """From the rows of a roster, as its file names the columns."""
        return cls(tuple(Person(row["name"], row["email"], "lawyer", row["language"], row["firm"]) for row in roster))

    @property
    def first(self) -> Person:
        return self._named("akiko.ito@")

    @property
    def second(self) -> Person:
        return self._named("emma.clarke@")

    @property
    def third(self) -> Person:
        return self._named("d.mori@")

    @property
    def absent(self) -> Person:
        return self._named("hayashi@")

    @property
    def rescuer(self) -> Person:
        return self._named("samuel.okoro@")

    def who(self, address: str) -> str:
        """A name for an address; the address itself where it belongs to nobody of the story."""
        known = (person for person in (*self.members, STAFF, DESK) if person.address == address.lower())
        return next((person.name for person in known), address)

    def address_in(self, sender: str) -> str:
        """The address of a From field."""
        return parseaddr(sender)[1].lower()

    def _named(self, beginning: str) -> Person:
        return next(person for person in self.members if person.address.startswith(beginning))
