"""Servers whose Debian packages cannot be installed side by side: `make servers` unpacks them into a folder and leaves the system alone.

The folder is `FIRSTREPLY_TEST_SERVERS`, else /opt/firstreply-test-servers.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.servers.absence import absent

_FOLDER = "/opt/firstreply-test-servers"


def unpacked(program: str, *, of: str) -> Path:
    """A program in there, by its path below the root, such as "usr/lib/cyrus/bin/master"."""
    there = found(program)
    if there is None:
        absent(of)
    return there


def found(program: str) -> Path | None:
    """The same for whoever can do without."""
    there = _root() / program
    return there if there.exists() else None


def libraries() -> str:
    """What LD_LIBRARY_PATH must hold for them."""
    return ":".join(sorted({str(library.parent) for library in _root().rglob("*.so.*")}))


def _root() -> Path:
    return Path(os.environ.get("FIRSTREPLY_TEST_SERVERS", _FOLDER))
