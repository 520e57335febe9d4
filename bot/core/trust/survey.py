"""What the mails that lie in a mailbox show of its provider: who writes results into them, where, and what they would prove.

Given the newest mails, read, and the settings; gives counts, for `advice` to put into sentences.
Reads from strangers: most fields of a mail are its sender's text. A guess at the provider is made only from the topmost results, and only
where every Received above them is of the organisation that received the mail; the settings decide, this room never does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.mail import Arrival, domain_of
from bot.core.trust.grammar import Field
from bot.core.trust.results import MICROSOFT, MICROSOFT_BORDER, above_border, authentication_results, border_of, received_by, stamps

_MICROSOFT_DOMAINS = ("outlook.com", "office365.com", "microsoft.com")
_SECOND_LEVELS = frozenset("ac ad co com ed edu go gov gr lg ne net or org".split())
_RARE = 10
"""An id in fewer than one of so many mails came with a forwarded one."""
_INSIDE = (".internal", ".local", ".localdomain", ".lan", ".arpa")


@dataclass(frozen=True, slots=True)
class Profile:
    """A pair of settings: whose results are believed, and above which Received. `border_received` is "" where the id names it."""

    authserv_id: str
    border_received: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a profile makes of the sample, in numbers of mails."""

    profile: Profile
    bordered: int
    """Received by the border that the profile names."""
    stated: int
    """With results of this id above that border."""
    passed: int
    failed: int
    by_server_alone: int
    """Passed, but only by the address of the delivering server (SPF): not enough for a word of staff."""
    below: int
    """With results of this id below the border only, where anybody could have written them."""
    unreadable: int
    methods: tuple[str, ...]
    """Those among dmarc, dkim, spf that were stated at all."""


@dataclass(frozen=True, slots=True)
class Survey:
    mails: int
    configured: Trial | None
    seen: Trial | None
    """The profile that most mails suggest, whatever is configured."""
    names_seen: int
    """How many ids stand where the provider's should, rare ones left out; more than one where each of its servers has its own."""
    foreign: tuple[str, ...]
    """Ids found only where a sender could have written them."""


def survey(mails: Sequence[Arrival], *, authserv_id: str, border_received: str) -> Survey:
    """What the sample shows; `authserv_id` and `border_received` as configured."""
    guesses = [guess for mail in mails if (guess := _guess(mail))]
    servers = Counter(server for server, _ in guesses)
    configured = _trial(mails, Profile(authserv_id.strip().lower(), border_received.strip().lower())) if authserv_id.strip() else None
    seen = None
    if servers:
        server = servers.most_common(1)[0][0]
        seen = _trial(mails, Profile(server, _border([host for name, host in guesses if name == server], server)))
    everywhere = {field.server or MICROSOFT for mail in mails for _, field in stamps(mail.headers)}
    usual = sum(number * _RARE >= len(guesses) for number in servers.values())
    return Survey(len(mails), configured, seen, usual, tuple(sorted(everywhere - set(servers))))


def _trial(mails: Sequence[Arrival], profile: Profile) -> Trial:
    border = border_of(profile.authserv_id, profile.border_received)
    counts: Counter[str] = Counter()
    methods: set[str] = set()
    for mail in mails:
        above = above_border(mail.headers, border.rstrip("."))
        ours = [field for _, field in stamps(above or ()) if _is_of(field, profile)]
        everywhere = [field for _, field in stamps(mail.headers) if _is_of(field, profile)]
        verdict = authentication_results(
            mail.headers,
            from_domain=domain_of(mail.sender),
            authserv_id=profile.authserv_id,
            border_received=profile.border_received,
        )
        counts["bordered"] += above is not None
        counts["stated"] += bool(ours)
        counts["below"] += bool(everywhere and not ours)
        counts["unreadable"] += any(not field.is_readable for field in ours)
        counts[verdict.verdict] += 1
        counts["by_server_alone"] += verdict.verdict == "passed" and not verdict.by_dkim
        methods |= {result.method for field in ours for result in field.results}
    return Trial(
        profile,
        bordered=counts["bordered"],
        stated=counts["stated"],
        passed=counts["passed"],
        failed=counts["failed"],
        by_server_alone=counts["by_server_alone"],
        below=counts["below"],
        unreadable=counts["unreadable"],
        methods=tuple(method for method in ("dmarc", "dkim", "spf") if method in methods),
    )


def _is_of(field: Field, profile: Profile) -> bool:
    return field.server == ("" if profile.authserv_id == MICROSOFT else profile.authserv_id)


def _guess(mail: Arrival) -> tuple[str, str] | None:
    """Who wrote the topmost results, and the border beneath them; None where a sender could have written them."""
    place, field = next(iter(stamps(mail.headers)), (-1, Field("")))
    received = [(at, received_by(value)) for at, (name, value) in enumerate(mail.headers) if name.strip().lower() == "received"]
    beneath = next((host for at, host in received if at > place), "")
    if place < 0 or not beneath or not all(_is_inside(host, beneath) for at, host in received if at < place):
        return None
    if field.server:
        return field.server, beneath
    return (MICROSOFT, beneath) if beneath.endswith(MICROSOFT_BORDER) else None


def _is_inside(host: str, border: str) -> bool:
    """Whether a Received above the results may be one of the provider's inner steps."""
    has_domain = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    if not has_domain or host.endswith(_INSIDE):
        return True
    one, other = _organisation(host), _organisation(border)
    return one == other or (one in _MICROSOFT_DOMAINS and other in _MICROSOFT_DOMAINS)


def _organisation(host: str) -> str:
    """A guess, good enough for advice: ``mx.bengo.co.jp`` and ``imap.bengo.co.jp`` are one organisation."""
    labels = host.split(".")
    is_deeper = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3 if is_deeper else -2 :])


def _border(hosts: Sequence[str], server: str) -> str:
    """One host as it is, many as the domain that they share; "" where the id, or Microsoft's own rule, says it already."""
    if server == MICROSOFT or set(hosts) == {server}:
        return ""
    if len(set(hosts)) == 1:
        return hosts[0]
    shared = hosts[0].split(".")
    while shared and not all(host.endswith("." + ".".join(shared)) for host in hosts):
        shared = shared[1:]
    most = Counter(hosts).most_common(1)[0][0]
    return "." + ".".join(shared) if len(shared) > 1 else "" if most == server else most
