"""The named moments at which a stop must do no harm, for the tests that stop the process there.

`FIRSTREPLY_CRASH_AT=entered` kills this process the first time it passes that station, `entered:3` the third time. Unset, which it is
outside tests, a station costs one look at a constant.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

_CRASH_AT, _, _TIMES = os.environ.get("FIRSTREPLY_CRASH_AT", "").partition(":")
_passed: Counter[str] = Counter()


def station(name: str) -> None:
    """Mark a moment. Mail in: fetched, stored, decided, entered, filed. Places: given, settled. Overtaken: written anew. Mail out: taken, each verb (`MAIL sent`,
    `MAIL answered`, `RCPT …`, `DATA …`), body begins, body sent, dot sent, dot answered, handed over, recorded.
    """
    if name != _CRASH_AT:
        return
    _passed[name] += 1
    if _passed[name] == int(_TIMES or 1):
        os.kill(os.getpid(), signal.SIGKILL)
