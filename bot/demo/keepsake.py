"""What stays of the story: every mail as .eml and as a page, numbered in the order of arrival, and an index with the timeline.

Given a folder and the mails, writes files; the pages need nothing but a browser and load nothing from anywhere. A mail's own HTML is shown in
a frame that may run and fetch nothing. Never writes into a folder that holds something else than an earlier story.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from bot.demo import example
from bot.demo.cast import DESK
from bot.demo.example import ZONE
from bot.demo.letter import Letter
from bot.demo.reckoning import COLUMNS, Promise
from bot.demo.stage import CONFIG
from bot.shell import resources

DESK_FOLDER: Final = "desk"
_OURS: Final = re.compile(r"\d\d-(?:to|from)-.+\.(?:eml|html)|index\.html")


class Occupied(Exception):
    """The folder holds something else."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail of the story under its number."""

    number: int
    owner: str
    letter: Letter

    @property
    def is_to_desk(self) -> bool:
        return self.owner == DESK.address

    @property
    def name(self) -> str:
        who = str(self.letter.message["From"] if self.is_to_desk else self.letter.message["To"])
        local = re.sub(r".*<|@.*", "", who)
        return f"{self.number:02}-{'from' if self.is_to_desk else 'to'}-{re.sub(r'[^A-Za-z0-9.]+', '-', local)}"

    @property
    def clock(self) -> str:
        return self.letter.at.astimezone(ZONE).strftime("%H:%M:%S")


def make_room(folder: Path) -> Path:
    """The folder, new or emptied of an earlier story; raises `Occupied` where it holds anything else, and OSError where it cannot be made."""
    folder.mkdir(parents=True, exist_ok=True)
    found = list(folder.iterdir())
    if found and not _is_story(folder, found):
        raise Occupied
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return folder


def _is_story(folder: Path, found: Sequence[Path]) -> bool:
    """A real desk is no story, whatever its folder is called: only a configuration of our own writing marks one."""
    if any(path.name != DESK_FOLDER and not _OURS.fullmatch(path.name) for path in found):
        return False
    try:
        return (folder / DESK_FOLDER / CONFIG).read_text(encoding="utf-8").startswith(example.MARK)
    except (OSError, UnicodeDecodeError):
        return False


def keep(folder: Path, mails: Sequence[Kept], *, rows: Sequence[Sequence[str]], promises: Sequence[Promise], ending: str) -> None:
    """Writes the whole story."""
    for place, mail in enumerate(mails):
        (folder / f"{mail.name}.eml").write_bytes(mail.letter.raw)
        before = mails[place - 1].name if place else "index"
        after = mails[place + 1].name if place + 1 < len(mails) else "index"
        (folder / f"{mail.name}.html").write_text(_page(mail, before=before, after=after), encoding="utf-8")
    filled = {
        "style": _shipped("style.css"),
        "ending": html.escape(ending),
        "promises": "\n".join(_promise(promise) for promise in promises),
        "columns": _cells("th", COLUMNS),
        "timeline": "\n".join(f"<tr>{_cells('td', row)}</tr>" for row in rows),
        "mails": "\n".join(_line(mail) for mail in mails),
    }
    (folder / "index.html").write_text(Template(_shipped("index.html")).substitute(filled), encoding="utf-8")


def _page(mail: Kept, *, before: str, after: str) -> str:
    letter = mail.letter
    heads = [("From", letter.sender), ("To", letter.recipient), ("Subject", letter.subject), ("Date", str(letter.message["Date"] or ""))]
    heads.append(("Arrived", letter.at.astimezone(ZONE).strftime("%a, %d %b %Y %H:%M:%S %z")))
    frame = f'<iframe sandbox="allow-same-origin" title="the letter" srcdoc="{html.escape(letter.html)}"></iframe>' if letter.html else ""
    text = f"<pre>{html.escape(letter.text)}</pre>"
    filled = {
        "style": _shipped("style.css"),
        "title": html.escape(letter.subject),
        "heads": "\n".join(f"<tr><th>{name}</th><td>{html.escape(value)}</td></tr>" for name, value in heads),
        "body": f"{frame}<details><summary>The same as plain text</summary>{text}</details>" if frame else text,
        "raw": f"{mail.name}.eml",
        "before": f"{before}.html",
        "after": f"{after}.html",
        "side": "theirs" if mail.is_to_desk else "ours",
    }
    return Template(_shipped("mail.html")).substitute(filled)


def _line(mail: Kept) -> str:
    letter, side = mail.letter, "theirs" if mail.is_to_desk else "ours"
    who = re.sub(r"\s*<.*", "", letter.sender if mail.is_to_desk else letter.recipient) or letter.recipient
    cells = [
        f"<td>{mail.number}</td><td>{mail.clock}</td>",
        f"<td>{'from' if mail.is_to_desk else 'to'} {html.escape(who)}</td>",
        f'<td><a href="{mail.name}.html">{html.escape(letter.subject)}</a></td><td><a href="{mail.name}.eml">.eml</a></td>',
    ]
    return f'<tr class="{side}">{"".join(cells)}</tr>'


def _promise(promise: Promise) -> str:
    words = promise.words if promise.is_kept else f"{promise.words}; instead: {promise.otherwise}"
    return f'<li class="{"kept" if promise.is_kept else "broken"}">{html.escape(words)}</li>'


def _cells(tag: str, values: Sequence[str]) -> str:
    return "".join(f"<{tag}>{html.escape(value)}</{tag}>" for value in values)


def _shipped(name: str) -> str:
    return (resources.data_dir() / "demo" / name).read_text(encoding="utf-8")
