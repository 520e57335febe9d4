"""The round beside GNU Mailman 3 with a copy of its own for each member: the way from the post in the queue to the last letter handed over."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from bench.fetched import python_with
from bench.figures import Figure, Target, Wrong, in_turn, pairs
from bench.ground import Ground
from bench.measures.sending import Letters, letters_of, send_round

TARGET = Target(25.0)
MAILMAN = "mailman>=3.3.10,<3.4"
_SCRIPT = Path(__file__).parents[1] / "mailman_round.py"


def measure(ground: Ground) -> list[Figure]:
    count = ground.plan.letters
    python = python_with(MAILMAN, ground.folder / "mailman")
    organisation = ground.organisation(members=count)
    letters = letters_of(organisation, count, ground)
    works = {
        "ours": lambda: send_round(organisation, count, []),
        "Mailman": lambda: _by_mailman(python, letters, ground),
    }
    taken = in_turn(works, turns=ground.plan.turns)
    what = "round: ledger, letter, sink, recorded"
    return [Figure(what, "letters/s", f"GNU Mailman 3, personalised, {count} members", pairs(taken["ours"], taken["Mailman"]), TARGET)]


def _by_mailman(python: Path, letters: Letters, ground: Ground) -> float:
    count = len(letters.envelopes)
    with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
        words = [str(word) for word in (python, _SCRIPT, folder, ground.sink.port, letters.file, count)]
        said = subprocess.run(words, capture_output=True, text=True, check=False)
    if said.returncode:
        raise Wrong(f"GNU Mailman: {said.stderr.strip()}")
    return count / float(said.stdout.split()[-1])
