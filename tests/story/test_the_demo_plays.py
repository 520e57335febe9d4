"""`firstreply demo`, as somebody sees it who has just installed it: the whole story, and an open house for any mail program."""

from __future__ import annotations

import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from imapclient import IMAPClient

from bot.demo.example import weeks_ahead
from tests.servers.ground import PATIENCE_SECONDS
from tests.story import command

MORI = "d.mori@kitahama-partners.example"
CLAIM = f"From: {MORI}\r\nTo: cases@refugee-desk.example\r\nSubject: CLAIM JAR-%s\r\n\r\n"
SABOTAGE = "import bot.core.parsing.arrival as arrival\narrival.machine_reason = lambda signs: ''\n"


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str
    seconds: float
    folder: Path

    def mails(self, name: str = "*") -> list[EmailMessage]:
        raws = [path.read_bytes() for path in sorted(self.folder.glob(f"{name}.eml"))]
        return [mail for raw in raws if isinstance(mail := message_from_bytes(raw, policy=default), EmailMessage)]


def tell(folder: Path, *words: str, env: dict[str, str] | None = None) -> Told:
    begun = time.monotonic()
    ended = command.run_fresh(folder, "demo", "--keep", "story", *words, env={"TMPDIR": str(folder)} | (env or {}))
    return Told(ended.code, ended.out, ended.err, time.monotonic() - begun, folder / "story")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("demo"))


def test_it_goes_as_it_is_told(told: Told) -> None:
    assert (told.code, told.err) == (0, "")
    assert "went as it was told" in told.out and "BROKEN" not in told.out


def test_it_fits_a_terminal_of_eighty_columns(told: Told) -> None:
    from rich.cells import cell_len

    shown = [line.rstrip() for line in told.out.splitlines() if "--config" not in line]
    assert max(cell_len(line) for line in shown) <= 80 and "\x1b" not in told.out


def test_the_timeline_says_who_got_what_and_why(told: Told) -> None:
    timeline = told.out.partition("Who got what, and why")[2]
    rows = re.findall(r"^ \d\d:\d\d:\d\d +(.+?)  ", timeline, re.MULTILINE)
    assert rows[:5] == ["10 lawyers", "林 健一", "伊藤 明子", "Emma Clarke", "森 大輔"] and rows[-1] == "Samuel Okoro"
    index = (told.folder / "index.html").read_text(encoding="utf-8")
    assert all(why in index for why in ("handed back by the member", "was next in line", "no. 3 to arrive"))


def test_every_mail_is_kept_with_a_page_and_the_index_names_it(told: Told) -> None:
    index = (told.folder / "index.html").read_text(encoding="utf-8")
    names = sorted(path.stem for path in told.folder.glob("*.eml"))
    assert len(names) == 47 and [name[:2] for name in names] == [f"{number:02}" for number in range(1, 48)]
    assert all((told.folder / f"{name}.html").exists() and f'href="{name}.html"' in index for name in names)


def test_nothing_went_to_the_out_of_office_sender_but_the_circulars(told: Told) -> None:
    assert len(told.mails("*-from-hayashi")) == 1
    assert [mail["Auto-Submitted"] for mail in told.mails("*-to-hayashi")] == ["auto-generated", "auto-generated"]


def test_the_mails_of_people_look_like_their_mail_programs(told: Told) -> None:
    mori, ito = told.mails("*-from-d.mori")[0], told.mails("*-from-akiko.ito")[0]
    assert mori.get_content_charset() == "iso-2022-jp" and "受任　ＪＡＲ" in mori.get_content()
    assert str(ito["Subject"]).startswith("CLAIM JAR-") and told.mails("*-from-emma*")[0].get_content_type() == "multipart/alternative"


def test_the_books_stay_usable_and_private(told: Told) -> None:
    config = told.folder / "desk" / "firstreply.toml"
    shown = command.run_fresh(told.folder, "--config", str(config), "case", "list", "--json")
    assert shown.code == 0 and shown.out.count("JAR-") == 9 and config.stat().st_mode & 0o777 == 0o600


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "story" / "desk").mkdir(parents=True)
    (tmp_path / "story" / "desk" / "firstreply.toml").write_text("[organisation]\n")
    refused = tell(tmp_path)
    assert refused.code == 2 and "name an empty or a new folder" in refused.err and refused.out == ""
    assert [path.name for path in (tmp_path / "story").rglob("*.toml")] == ["firstreply.toml"]


def test_a_bot_that_answers_machines_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SABOTAGE)
    ended = tell(tmp_path, env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{command.environment()['PYTHONPATH']}"})
    assert ended.code == 1 and "Traceback" not in ended.err
    assert "BROKEN: the out-of-office mail did nothing" in ended.out


def test_the_deadlines_lie_ahead_in_any_year() -> None:
    for today in (date(2026, 11, 22), date(2027, 2, 1), date(2040, 2, 29)):
        first = date(2027, 1, 15) + weeks_ahead([date(2027, 6, 4), date(2027, 1, 15)], today=today)
        assert timedelta(days=7) <= first - today < timedelta(days=14) and first.weekday() == date(2027, 1, 15).weekday()


@contextmanager
def open_house(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """`demo --interactive` from its readiness; ended here where a test did not."""
    out = folder / "out.txt"
    with out.open("wb") as stream:
        words = [sys.executable, "-m", "bot.cli", "demo", "--interactive"]
        env = command.environment({"TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"})
        process = subprocess.Popen(words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while "Ctrl-C closes everything" not in out.read_text():
            assert process.poll() is None and time.monotonic() < until, out.read_text()
            time.sleep(0.1)
        yield process, out
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def test_any_mail_program_can_play_a_lawyer_until_ctrl_c(tmp_path: Path) -> None:
    with open_house(tmp_path) as (process, out):
        shown = out.read_text()
        imap, smtp = (int(re.findall(rf"{name} +127\.0\.0\.1 +(\d+)", shown)[0]) for name in ("IMAP", "SMTP"))
        assert re.search(rf"{re.escape(MORI)} +lawyer", shown)
        assert "007" in claimed_by_mail(imap, smtp, case=re.findall(r"JAR-(\d{4}-007)", shown)[0])
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0 and "Nothing is left running" in out.read_text()
    assert [path for path in tmp_path.iterdir() if path != out] == []


def claimed_by_mail(imap: int, smtp: int, *, case: str) -> str:
    """Sends a claim and gives the Subject of the answer."""
    client = IMAPClient("127.0.0.1", imap, ssl=False, timeout=PATIENCE_SECONDS)
    client.login(MORI, "lawyer")
    client.select_folder("INBOX")
    before = len(client.search())
    with smtplib.SMTP("127.0.0.1", smtp, timeout=PATIENCE_SECONDS) as sender:
        sender.login(MORI, "lawyer")
        sender.sendmail(MORI, ["cases@refugee-desk.example"], (CLAIM % case).encode())
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := client.search()) == before and time.monotonic() < until:
        time.sleep(0.2)
        client.noop()
    raw = client.fetch(found[-1:], ["BODY.PEEK[]"])[found[-1]][b"BODY[]"]
    client.logout()
    return str(message_from_bytes(raw, policy=default)["Subject"])
