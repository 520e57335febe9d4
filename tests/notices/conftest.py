"""What the calendar brings is tried on the desk without wires: its clock can be moved by months."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """In Berlin, whose clocks go back on 25 October 2026 and forward on 28 March 2027."""
    return Desk.open(tmp_path, timezone='timezone = "Europe/Berlin"', ladder_days="ladder_days = [14, 7, 3]")
