"""`firstreply run` that has not done filing before a file `go on` lies in its folder, and whose clock does not tick meanwhile: whatever
leaves until then, the reader itself has made ready and has woken the sender for. Nothing else differs.
"""

from __future__ import annotations

from pathlib import Path

from bot.cli import main
from bot.daemon import parts
from bot.reception import reading
from tests.servers import ground

GO_ON = "go on"
TICK, AN_HOUR = "TICK_SECONDS", 3600


def station(name: str) -> None:
    if name == "filed":
        ground.wait_until(Path(GO_ON).exists, otherwise=lambda: "nobody has let the filing go on")


if __name__ == "__main__":
    assert hasattr(parts, TICK)
    setattr(parts, TICK, AN_HOUR)
    reading.station = station
    main(["run"])
