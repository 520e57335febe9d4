"""The Containerfile, as far as it can be checked without a container engine: what it copies, what it installs, whom it runs as.

Whether an engine builds it was not tried where this was written; the installation that it runs is the one that `.ci/run` does in an empty
environment.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES = [line for line in (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def said(word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


def test_everything_that_it_copies_is_in_the_repository_and_all_that_the_wheel_needs_is_copied() -> None:
    copied = {source for line in said("COPY") if not line.startswith("--from") for source in line.split()[:-1]}
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert all((ROOT / source).exists() for source in copied)
    assert {*wheel["packages"], *wheel["force-include"], PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= copied


def test_the_sdist_has_all_that_its_pages_speak_of() -> None:
    packed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    kept = {
        name
        for name in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
        if name
    }
    assert all((ROOT / name).exists() for name in packed)
    assert {name.partition("/")[0] for name in kept} - {".gitignore"} <= {*packed}  # .gitignore is packed by itself


def test_it_installs_extras_that_exist_on_a_python_that_is_supported() -> None:
    extras = re.findall(r'"\.\[([a-z,]+)\]"', "\n".join(said("RUN")))[0].split(",")
    assert set(extras) <= set(PROJECT["project"]["optional-dependencies"])
    assert {re.findall(r"python:(\d\.\d+)", line)[0] for line in said("FROM")} <= {
        found for one in PROJECT["project"]["classifiers"] for found in re.findall(r"Python :: (\d\.\d+)", one)
    }


def test_it_runs_the_daemon_as_a_user_without_rights_and_asks_it_how_it_is() -> None:
    (program,) = json.loads(said("ENTRYPOINT")[0])
    assert program in PROJECT["project"]["scripts"] and json.loads(said("CMD")[0]) == ["run"]
    assert said("USER") == ["firstreply"] and "CMD" in said("HEALTHCHECK")[0] and program in said("HEALTHCHECK")[0]
