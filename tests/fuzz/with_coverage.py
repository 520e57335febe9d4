"""Coverage-guided fuzzing of the reader: `make fuzz`, or ``python -m tests.fuzz.with_coverage [seconds] [folder of mails …]``.

Needs atheris, which is no dependency of the project: ``pip install "atheris>=3,<4"`` (Linux, CPython 3.11 to 3.13).
Starts from the seeds, from what earlier runs found (`.fuzz/corpus`) and from every file below the folders given. Each message that
breaks a rule of `invariants`, or takes more than a second, is written to `.fuzz/` and stops the run: make it a test, then mend.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit('Fuzzing needs atheris: .venv/bin/pip install "atheris>=3,<4" (Linux, Python 3.11 to 3.13), then once more.')

with atheris.instrument_imports(include=["bot.core", "flufl.bounce"]):
    from tests.fuzz.invariants import check
    from tests.fuzz.mutations import LARGEST
    from tests.fuzz.seeds import dictionary, seeds

FOLDER = Path(".fuzz")
SLOW_SECONDS = 3.0
"""Instrumented code runs some three times slower than the daemon's."""


def one_message(raw: bytes) -> None:
    """What the fuzzer calls, with bytes of its own making."""
    started = time.process_time()
    check(raw)
    taken = time.process_time() - started
    if taken > SLOW_SECONDS:
        raise TimeoutError(f"{taken:.1f} s")


def _escaped(piece: bytes) -> str:
    """As the fuzzer reads a dictionary: every byte by its number."""
    return "".join(f"\\x{byte:02x}" for byte in piece)


def main(seconds: int, folders: list[str]) -> None:
    corpus = FOLDER / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, raw in seeds().items():
        (corpus / f"seed {name}").write_bytes(raw)
    words = FOLDER / "dictionary"
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in dictionary()))
    options = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-dict={words}", f"-artifact_prefix={FOLDER}/", "-timeout=60"]
    atheris.Setup([sys.argv[0], *options, str(corpus), *folders], one_message)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600, sys.argv[2:])
