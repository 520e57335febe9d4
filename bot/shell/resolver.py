"""DNS, for the one question that a signature check asks: the TXT record that holds a signer's key.

Given a name that a stranger's mail chose; gives the record's bytes or None. Bounded in time; an answer that does not come is no answer.
"""

from __future__ import annotations

import dns.exception
import dns.resolver

_SECONDS = 5.0


def txt_record(name: str) -> bytes | None:
    """The first TXT record of a name, its strings joined (RFC 6376 3.6.2.2); None where there is none."""
    try:
        answer = dns.resolver.resolve(name.rstrip("."), "TXT", lifetime=_SECONDS)
    except (dns.exception.DNSException, ValueError, OSError):
        return None
    return next((b"".join(record.strings) for record in answer), None)
