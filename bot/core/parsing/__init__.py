"""Parsing: raw bytes become an `Arrival`, whatever the bytes are.

Given the bytes of one message, our own address and caps; gives fields, texts, signs of a machine, a delivery report and defects.
Reads what strangers send (RFC 5322, RFC 2045-2047, RFC 2231, RFC 3464, RFC 3834). It never raises: what cannot be read is a defect.
Never decides what a message means or whether its sender is who it says; and `Date` is never read as a time.
"""

from bot.core.parsing.arrival import read
from bot.core.parsing.caps import Caps

__all__ = ["Caps", "read"]
