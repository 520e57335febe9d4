"""A sender in a process of its own, as on a machine of its own: `python -m bench.sender CONFIGURATION`.

Says that it is ready; at a word sends all that is due, and says how many letters it sent and how many seconds of the processor that took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bot import daemon, logs
from bot.office import open_office
from bot.shell.settings import load


def main() -> None:
    office = open_office(load(Path(sys.argv[1]), {}))
    logs.to_standard_error()
    daemon.send_due(office)  # nothing is owed yet: what is loaded once is loaded before anybody counts
    print("ready", flush=True)
    sys.stdin.readline()
    busy = time.process_time()
    sent = daemon.send_due(office).sent
    print(sent, time.process_time() - busy, flush=True)


if __name__ == "__main__":
    main()
