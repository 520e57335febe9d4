"""SpamAssassin as Debian ships it, asked about many messages at once: one process, no network, nothing learned, no rules but its own.

Given messages by name, gives what each scored and the rules that it met. Its tests of hosts and addresses need a way that a message
has come: the last mile is written on top of each.
"""

from __future__ import annotations

import mailbox
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from tests.servers.absence import absent

_CONFIGURATION = [
    "use_bayes 0",
    "dns_available no",
    "report_safe 0",
    "clear_headers",
    "add_header all Status _SCORE_ _TESTSSCORES(,)_",
]


@dataclass(frozen=True, slots=True)
class Score:
    points: float
    rules: str


def scores_of(messages: Mapping[str, bytes], *, now: datetime, folder: Path) -> dict[str, Score]:
    """What each message would score at a mail server that knows nothing of its sender."""
    spamassassin = shutil.which("spamassassin") or absent("SpamAssassin")
    arguments = [part for line in _CONFIGURATION for part in ("--cf", line)]
    box = b"".join(_in_box(name, message, now) for name, message in messages.items())
    told = subprocess.run([spamassassin, "--local", "--nocreate-prefs", "--mbox", *arguments], input=box, capture_output=True, check=True)
    (folder / "told").write_bytes(told.stdout)
    return {str(message["X-Sample"]): _score(message["X-Spam-Status"]) for message in mailbox.mbox(folder / "told")}


def _in_box(name: str, message: bytes, now: datetime) -> bytes:
    way = (
        "Return-Path: <cases@example.org>\nReceived: from mail.example.org (mail.example.org [93.184.216.34])\n"
        f"\tby mx.lawfirm.example with ESMTPS id 4abc;\n\t{format_datetime(now)}\nX-Sample: {name}\n"
    )
    return (
        b"From cases@example.org Mon Nov  2 09:00:00 2026\n"
        + way.encode()
        + message.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        + b"\n"
    )


def _score(status: str) -> Score:
    points, _, rules = " ".join(status.split()).partition(" ")
    return Score(float(points), rules)
