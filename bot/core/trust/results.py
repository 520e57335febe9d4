"""What our own mail provider found out about the domain that a message comes from (RFC 8601).

Given the raw header fields, topmost first, and the names that the configuration trusts; gives a verdict on one From domain.
Reads from strangers: every field below our border is the sender's own text, and so are parts of those above it.
Never believes a field by its name alone: only its place above our border's Received and the exact authserv-id count,
the worst of several results stands, and no domain vouches for another because their ends are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.mail import domain_of
from bot.core.trust.grammar import Field, Result, read_field, without_instance

MICROSOFT = "microsoft"
"""The `authserv_id` that stands for Microsoft 365, whose fields name no server."""

MICROSOFT_BORDER = ".mail.protection.outlook.com"
_BY = re.compile(r"\bby(?=\s+([^\s;()\[\]]+)(\s+with\s+lmtps?a?\b)?)", re.IGNORECASE)
"""Each `by` is looked at even where one follows the other, as in the HELO of a forger who would hide the second."""


@dataclass(frozen=True, slots=True)
class Results:
    """`by_dkim`: the domain is proven by a signature and not by the address of the delivering server alone, which can be smuggled past."""

    verdict: Literal["none", "failed", "passed"]
    by_dkim: bool
    reason: str


def authentication_results(headers: Sequence[tuple[str, str]], *, from_domain: str, authserv_id: str, border_received: str) -> Results:
    """The verdict of `authserv_id` on `from_domain`.

    A `border_received` that begins with a dot names every host of that domain, for providers whose border has many.
    """
    trusted, domain = authserv_id.strip().lower(), domain_of(from_domain.strip())
    if not trusted or not domain:
        return Results("none", False, "no server is trusted" if domain else "no From domain")
    is_microsoft = trusted == MICROSOFT
    border = border_of(authserv_id, border_received)
    above = above_border(headers, border.rstrip("."))
    if above is None:
        return Results("none", False, "not received by our border")
    fields = stamps(_directly_above(above)) if is_microsoft else stamps(above)
    return _judge([field for _, field in fields if field.server == ("" if is_microsoft else trusted)], domain)


def border_of(authserv_id: str, border_received: str) -> str:
    """The `by` host that marks our border, as both settings together name it."""
    trusted = authserv_id.strip().lower()
    return border_received.strip().lower() or (MICROSOFT_BORDER if trusted == MICROSOFT else trusted)


def received_by(value: str) -> str:
    """The host that a Received names behind its last `by`, lowered; "" where it names none."""
    hosts = [host for host, _ in _BY.findall(value)]
    return hosts[-1].rstrip(".").lower() if hosts else ""


def above_border(headers: Sequence[tuple[str, str]], border: str) -> Sequence[tuple[str, str]] | None:
    """The fields that were written after the message had passed our border; None where it never did."""
    for place, (name, value) in enumerate(headers):
        if name.strip().lower() == "received" and _is_by(value, border):
            return headers[:place]
    return None


def _is_by(received: str, border: str) -> bool:
    """Whether a Received may have been written by the border.

    It reads on through comments on purpose: a HELO of ``(((`` must not hide our border and let a forged one further down take its
    place. To see the border too high up only means to believe less. Only a hand-over by LMTP (RFC 2033) is passed by: it is the last
    step inside one machine, of the border's own name, and every result would stand below it.
    """
    hosts = (host.rstrip(".").lower() for host, lmtp in _BY.findall(received) if not lmtp)
    return any(host.endswith(border) if border.startswith(".") else host == border for host in hosts)


def _directly_above(above: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The fields between the border's Received and the next one: what names no server is believed by its place alone."""
    for place in range(len(above) - 1, -1, -1):
        if above[place][0].strip().lower() == "received":
            return above[place + 1 :]
    return above


def stamps(headers: Iterable[tuple[str, str]]) -> list[tuple[int, Field]]:
    """The Authentication-Results among these fields, with their places. Google writes them above its border only as ARC (RFC 8617)."""
    fields = []
    for place, (name, value) in enumerate(headers):
        match name.strip().lower():
            case "authentication-results":
                fields.append((place, read_field(value)))
            case "arc-authentication-results" if (payload := without_instance(value)) is not None:
                fields.append((place, read_field(payload)))
    return fields


def _judge(fields: Sequence[Field], domain: str) -> Results:
    results = [result for field in fields for result in field.results]
    dmarc = [result for result in results if result.method == "dmarc"]
    if any(result.result == "fail" for result in dmarc):
        return Results("failed", False, "dmarc=fail")
    if not all(field.is_readable for field in fields):
        return Results("none", False, "a trusted result cannot be read")
    if any(_from_domain(result) not in ("", domain) for result in dmarc):
        return Results("none", False, "a trusted result speaks of another From domain")
    if _is_signed(fields, domain):
        return Results("passed", True, "an aligned dkim=pass")
    if dmarc and all(result.result == "pass" and _from_domain(result) == domain for result in dmarc):
        # Some providers state the conclusion only; where the grounds are stated too and are no aligned signature, SPF was the ground.
        is_bare = not any(result.method in ("dkim", "spf") for result in results)
        return Results("passed", is_bare, "dmarc=pass" if is_bare else "dmarc=pass without an aligned dkim=pass")
    return Results("none", False, "no aligned pass")


def _is_signed(fields: Sequence[Field], domain: str) -> bool:
    """Whether every field that reports on signatures reports a good one of this domain. A second, broken signature does no harm."""
    reports = [[result for result in field.results if result.method == "dkim"] for field in fields]
    return any(reports) and all(any(_is_aligned(result, domain) for result in report) for report in reports if report)


def _is_aligned(result: Result, domain: str) -> bool:
    signer, agent = result.only("header.d"), domain_of(result.only("header.i"))
    if result.result != "pass":
        return False
    # RFC 6376 3.5: the agent is the signing domain or lies below it; a verifier that says otherwise is mistaken.
    is_below = not signer or agent == signer or agent.endswith("." + signer)
    return signer == domain or (agent == domain and is_below)


def _from_domain(result: Result) -> str:
    return domain_of(result.only("header.from").strip("<>"))
