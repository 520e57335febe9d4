"""The evidence about a sender, weighed: our code came back, our provider vouches for the domain, both, or neither.

Given an arrival and all addresses on file of the one person who stands in its From; gives a `Proof`.
Reads from strangers: the arrival's Message-IDs, Subject and header fields, through the rooms beside this one.
Never widens what a code may do: it counts only with a From that belongs to the person it was written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from bot.core.mail import Arrival, canonical, domain_of
from bot.core.trust.results import Results, authentication_results
from bot.core.trust.signing import code_in, codes_in_recipients, codes_in_subject, is_ours

Level = Literal["none", "failed", "domain", "letter", "both"]

_MOST_CODES = 50
"""A thread of years stays below it; each code costs one signature for every address and key."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How far a sender is proven, and by what."""

    level: Level
    by_dkim: bool
    codes: tuple[str, ...]
    """Codes of ours that were written to this person and came back, the nearest first: they tell which question it answers. Empty unless the
    sender is proven, and for a mail that its sender stood by only later: that answers no question any more."""
    bad_codes: int
    """How many looked like ours and were not, or were written to someone else."""
    reason: str
    codes_in_thread: tuple[str, ...] = ()
    """The same codes, whatever else speaks against the sender: which letters the message answers, proven or not."""

    @property
    def is_proven(self) -> bool:
        return self.level in ("domain", "letter", "both")

    @property
    def suffices_for_staff(self) -> bool:
        """A domain that only the delivering server's address speaks for is not enough to act as staff (SMTP smuggling)."""
        return self.level in ("letter", "both") or (self.level == "domain" and self.by_dkim)


def weigh(
    arrival: Arrival,
    *,
    addresses: Sequence[str],
    keys: Sequence[bytes],
    authserv_id: str,
    border_received: str,
    own: Results | None = None,
) -> Proof:
    """The proof of one arrival. `own` is the verdict of `own_dkim`, asked only where the provider said nothing.

    A failed check outweighs a good code: codes are seen by whoever is shown one of our letters, and a domain that publishes how to
    recognise forgeries has just called this message one. The real person is not locked out, for a person looks at it.
    """
    on_file = tuple(dict.fromkeys(canonical(address) for address in addresses))
    if "@" not in arrival.sender or canonical(arrival.sender) not in on_file:
        return Proof("none", False, (), 0, "the sender is not on file")
    results = authentication_results(
        arrival.headers, from_domain=domain_of(arrival.sender), authserv_id=authserv_id, border_received=border_received
    )
    if results.verdict == "none" and own is not None:
        results = own
    candidates = codes_in(arrival)
    codes = tuple(code for code in candidates if _is_written_to(code, on_file, keys=keys))
    return _proof(results, codes, bad_codes=len(candidates) - len(codes))


def codes_in(arrival: Arrival) -> tuple[str, ...]:
    """What is shaped like a code of ours, each once: first the letters it answers, nearest first, then its Subject, then its recipients."""
    written_to = tuple([value for name, value in arrival.headers if len(name) == 2 and name.lower() in ("to", "cc")])
    return _codes_in(arrival.answers, arrival.subject, written_to)


@lru_cache(maxsize=256)
def _codes_in(answers: tuple[str, ...], subject: str, written_to: tuple[str, ...]) -> tuple[str, ...]:
    """Asked about each message several times."""
    answered = (code for answer in answers if (code := code_in(answer)))
    found = [*answered, *codes_in_subject(subject), *codes_in_recipients(written_to)]
    return tuple(islice(dict.fromkeys(found), _MOST_CODES))


def _is_written_to(code: str, on_file: Sequence[str], *, keys: Sequence[bytes]) -> bool:
    return any(is_ours(code, address, keys=keys) for address in on_file)


def _proof(results: Results, codes: tuple[str, ...], *, bad_codes: int) -> Proof:
    if results.verdict == "failed":
        return Proof("failed", False, (), bad_codes, results.reason, codes)
    is_domain = results.verdict == "passed"
    if codes:
        level: Level = "both" if is_domain else "letter"
        return Proof(level, results.by_dkim, codes, bad_codes, f"answers a letter of ours; {results.reason}", codes)
    return Proof("domain" if is_domain else "none", results.by_dkim, (), bad_codes, results.reason)
