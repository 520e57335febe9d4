"""A real browser: Debian's Chromium, driven by playwright, for one test module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.servers.absence import absent

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        absent("Chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=[*_QUIET])
        try:
            yield chromium
        finally:
            chromium.close()
