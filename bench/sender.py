"""A sender in a process of its own, as on a machine of its own: `python -m bench.sender CONFIGURATION`.

Says that it is ready; at a word sends all that is due, and says how many letters it sent.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot import daemon, logs
from bot.office import open_office
from bot.shell.settings import load


def main() -> None:
    office = open_office(load(Path(sys.argv[1]), {}))
    logs.to_standard_error()
    print("ready", flush=True)
    sys.stdin.readline()
    print(daemon.send_due(office).sent, flush=True)


if __name__ == "__main__":
    main()
