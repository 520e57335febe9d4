"""The unit for systemd is one that it takes, leaves little to an intruder, and speaks of the places of the pages."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path

from tests.servers.absence import absent
from tests.shell.pages import COMMANDS, UNIT, WRITTEN


def systemd_analyze(*words: str | Path) -> tuple[int, str, str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        absent("systemd-analyze")
    found = subprocess.run([program, *words], capture_output=True, text=True, timeout=60, check=False)
    return found.returncode, found.stderr, found.stdout


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    # Only the path of the program is another one: it is checked, and need not be installed where this test runs.
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace("/opt/firstreply/bin/firstreply", shutil.which("true") or "/bin/true"))
    assert systemd_analyze("verify", "--man=no", here) == (0, "", "")


def test_the_unit_leaves_little_to_an_intruder() -> None:
    code, _, report = systemd_analyze("security", "--offline=true", "--threshold=20", "--no-pager", UNIT)
    assert code == 0, report


class UnitFile(configparser.RawConfigParser):
    """Its names are written with capitals, and stay as they are."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def test_the_unit_and_the_readme_speak_of_the_same_places() -> None:
    unit = UnitFile(strict=False)
    unit.read_string(UNIT.read_text())
    program, *words = unit["Service"]["ExecStart"].split()
    assert "firstreply " + " ".join(words) in COMMANDS
    config = unit["Service"]["Environment"].partition("FIRSTREPLY_CONFIG=")[2]
    state = f"/var/lib/{unit['Service']['StateDirectory']}"
    assert all(place in WRITTEN for place in (program, config, state, Path(program).name, f"sqlite:///{state}/"))
