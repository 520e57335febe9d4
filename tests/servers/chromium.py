"""Debian's Chromium without a window: a page opened once, what its own script then wrote into it, and nothing asked of any network.

Given a page and a screen, gives the text of an element of that page after it has loaded. Each run has a fresh profile and is ended.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from tests.servers.absence import absent

_QUIET = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
_SCHEMES = {"light": "1", "dark": "0"}


def chromium(*arguments: str | Path, profile: Path) -> str:
    """One run, and what it printed."""
    program = shutil.which("chromium") or absent("Chromium")
    usual = ["--headless", "--no-sandbox", "--disable-gpu", *_QUIET, f"--user-data-dir={profile}"]
    return subprocess.run([program, *usual, *arguments], capture_output=True, timeout=120, check=True).stdout.decode()


def written_by(page: Path, *, scheme: str, profile: Path) -> str:
    """What the page's script left in its element `told`, for a reader who prefers light or dark."""
    shown = chromium("--dump-dom", f"--blink-settings=preferredColorScheme={_SCHEMES[scheme]}", page, profile=profile)
    found = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert found, "the script of the page did not come to its end"
    return unescape(found[1])
