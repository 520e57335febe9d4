"""Programs to stand beside that come from PyPI: each has an environment of its own, apart from ours."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

from bench.figures import Absent


def python_with(requirement: str, folder: Path) -> Path:
    """The Python of an environment that has this, such as ``mailman>=3.3.10,<3.4``; raises Absent where PyPI cannot be reached."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    said = subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], capture_output=True, text=True, check=False)
    if said.returncode:
        raise Absent(f"{requirement} could not be installed: {said.stderr.strip().splitlines()[-1]}")
    return python
