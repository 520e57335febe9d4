"""What a test does when its counterpart is not on this machine.

Given the name of what is missing; skips the test with a sentence that says how to get it. In CI (environment variable CI) it
fails instead: a suite that skips its servers there proves nothing and would still be green.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(what: str, *, how_to_get: str = "make servers") -> NoReturn:
    sentence = f"{what} is not installed here: {how_to_get}"
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
