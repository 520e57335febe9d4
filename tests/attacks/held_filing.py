"""`firstreply run`, or whatever else is asked of it, that has not done filing before a file `go on` lies in its folder, and whose clock does not tick meanwhile: whatever
leaves until then, the reader itself has made ready and has woken the sender for. Nothing else differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli import main
from bot.daemon import parts
from bot.reception import reading
from tests.servers import ground

GO_ON = "go on"
AN_HOUR = 3600


def station(name: str) -> None:
    if name == "filed":
        ground.wait_until(Path(GO_ON).exists, otherwise=lambda: "nobody has let the filing go on")


if __name__ == "__main__":
    for room, name, ours in ((parts, "TICK_SECONDS", AN_HOUR), (reading, "station", station)):
        assert hasattr(room, name), f"{room.__name__} has no {name} any more"
        setattr(room, name, ours)
    main(sys.argv[1:] or ["run"])
