"""A name server (RFC 1035) with TXT records of its own, for checks that ask the DNS: on loopback, and nothing else is known to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def answering(records: Mapping[str, bytes]) -> Iterator[None]:
    """Names to TXT records; while the block lasts this process asks here."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(door, records), daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], door.getsockname()[1]
        before, dns.resolver.default_resolver = dns.resolver.default_resolver, resolver
        try:
            yield
        finally:
            dns.resolver.default_resolver = before
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", door.getsockname())
            thread.join(5)


def _serve(door: socket.socket, records: Mapping[str, bytes]) -> None:
    while True:
        asked, sender = door.recvfrom(4096)
        if not asked:
            return
        question = dns.message.from_wire(asked)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.AA
        name = question.question[0].name
        record = records.get(name.to_text(omit_final_dot=True))
        if record is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            pieces = " ".join(f'"{record[start : start + 250].decode()}"' for start in range(0, len(record), 250))
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", pieces))
        door.sendto(answer.to_wire(), sender)
