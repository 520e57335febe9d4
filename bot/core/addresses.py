"""What an address may be made of, in patterns (RFC 5322 3.2.3, RFC 5321 4.1.2 and 4.5.3.1). Knows no address."""

from __future__ import annotations

import re

_ATEXT = r"A-Za-z0-9!#$%&'*+\-/=?^_`{|}~"
DOT_ATOM = re.compile(rf"[{_ATEXT}]+(?:\.[{_ATEXT}]+)*")
"""RFC 5322 3.2.3."""
ATOMS_AND_DOTS = re.compile(rf"[{_ATEXT}.]+")
"""The same with dots anywhere, as Japanese carriers gave out for years: ``a..b``, ``chika.``; valid only in quotes."""
LOCAL_PART = re.compile(rf"[{_ATEXT}.]{{1,64}}|\"[{_ATEXT}.]{{1,62}}\"")
DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])")
LONGEST_ADDRESS = 254
"""What people may give as an address: RFC 5321 4.1.2 and 4.5.3.1, but with dots anywhere in the local-part."""
