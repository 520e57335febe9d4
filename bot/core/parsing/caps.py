"""Caps: how much of one message is looked at. One message may cost time, never the service (RFC 5321 4.5.3.1 sets only floors)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caps:
    """Beyond a cap a message is still read as far as it goes, and says so in its defects; `references` is cut silently."""

    header_bytes: int = 256 * 1024
    address_field_bytes: int = 4096
    parameter_bytes: int = 8192
    parameters: int = 100
    fields: int = 2000
    parts: int = 100
    depth: int = 20
    body_bytes: int = 1_000_000
    references: int = 50
    attachment_bytes: int = 5_000_000
    subject_characters: int = 1000
    report_bytes: int = 100_000
