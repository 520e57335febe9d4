"""The words that stories are told in: who writes what when, what the bot does, and what each receives.

Given a real IMAP server and a real SMTP counterpart, gives a `World` in which the installed command works on a folder of its own.
Members and cases that a story names are imported through the command, as CSV, before the next thing happens. A story looks only at
what people and operators can see: letters, listings, exit codes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.servers import databases
from tests.servers.imap_server import ImapServer
from tests.servers.smtp_sink import SmtpSink
from tests.story import command
from tests.story.book import Book
from tests.story.command import Daemon, Outcome
from tests.story.people import BORDER, Letter, MailtoLink, Post, reply_address

BOT = "cases@ngo.example"
SATO, SUZUKI = "sato@ngo.example", "suzuki@ngo.example"
TOKYO = ZoneInfo("Asia/Tokyo")

_CONFIGURATION = f"""
[organisation]
name = "Example Refugee Association"
timezone = "Asia/Tokyo"
case_prefix = "JAR"
contact = "{SATO}"

[mailbox]
address = "{BOT}"

[imap]
host = "%(imap_host)s"
port = %(imap_port)d
security = "none"
username = "%(username)s"
password = "%(password)s"
junk_folder = "Junk"
poll_seconds = 1

[smtp]
host = "%(smtp_host)s"
port = %(smtp_port)d
security = "none"

[database]
url = "%(database)s"

[round]
schedule = "0 9 1 * *"
preview_hours = 0

[claims]
settle_seconds = 0

[reports]
daily = ""
monthly = ""

[security]
secret = "a secret that only this story knows"
authserv_id = "{BORDER}"

[[staff]]
address = "{SATO}"
name = "Sato Hanako"
language = "ja"

[[staff]]
address = "{SUZUKI}"
name = "Suzuki Taro"
language = "en"
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A mail that somebody wrote, as it lies in the bot's mailbox."""

    uid: int
    raw: bytes
    at: datetime


@dataclass(slots=True)
class World:
    """One organisation, its lawyers, its mail. The day of the story is yesterday, so that every clock time in it has passed."""

    folder: Path
    imap: ImapServer
    sink: SmtpSink
    database_url: str
    names: dict[str, str] = field(default_factory=lambda: {SATO: "佐藤 花子", SUZUKI: "Suzuki Taro"})
    day: datetime = field(default_factory=lambda: _midnight() - timedelta(days=1))
    _members: list[dict[str, str]] = field(default_factory=list)
    _cases: list[dict[str, str]] = field(default_factory=list)
    _case_count: int = 0

    @classmethod
    def build(cls, folder: Path, imap: ImapServer, sink: SmtpSink, *, database_url: str = "") -> World:
        database_url = database_url or databases.fresh_url(folder / "data" / "firstreply.db")
        account = imap.account(BOT)
        names = {"imap_host": imap.host, "imap_port": imap.port, "username": account.username, "password": account.password}
        names |= {"smtp_host": sink.host, "smtp_port": sink.port, "database": database_url}
        configuration = folder / "firstreply.toml"
        configuration.write_text(_CONFIGURATION % names, encoding="utf-8")
        configuration.chmod(0o600)
        return cls(folder, imap, sink, database_url)

    def configure(self, key: str, line: str) -> None:
        """Another value for one line of the configuration, such as `configure("settle_seconds", "settle_seconds = 2")`."""
        path = self.folder / "firstreply.toml"
        lines = path.read_text(encoding="utf-8").split("\n")
        places = [number for number, found in enumerate(lines) if found.startswith(f"{key} =")]
        assert len(places) == 1, f"{key} stands {len(places)} times in the configuration"
        lines[places[0]] = line
        path.write_text("\n".join(lines), encoding="utf-8")

    def member(self, email: str, *, name: str, language: str = "en", firm: str = "", aliases: str = "") -> str:
        """A lawyer on the roster, from the next command on."""
        self._members.append({"email": email, "name": name, "firm": firm, "language": language, "roles": "", "aliases": aliases})
        self.names[email] = name
        return email

    def case(self, title: str, summary: str = "An appeal against a refusal of refugee status.", **fields: str) -> str:
        """An open case, from the next command on; gives its id."""
        self._cases.append({"title": title, "summary": summary, **fields})
        self._case_count += 1
        return f"JAR-{datetime.now(TOKYO).year}-{self._case_count:03}"

    def writes(self, sender: str, text: str, *, at: str | None = None, to: str = "", folder: str = "INBOX", **more: Any) -> Written:
        """A mail to the bot, arrived at a clock time of the story's day, or now. See `Post` for what more can be said of it."""
        answering: Letter | None = more.get("answering")
        moment = self.clock(at) if at else datetime.now(TOKYO).replace(microsecond=0)
        to = to or (reply_address(answering) if answering else BOT)
        raw = Post(sender, self.names.get(sender, ""), to, text, moment, **more).raw()
        return Written(self.imap.deliver(BOT, raw, at=moment, folder=folder), raw, moment)

    def clicks(self, sender: str, link: MailtoLink, *, at: str | None = None, proven: bool = True) -> Written:
        """Sends what a link of a letter fills in, unchanged."""
        return self.writes(sender, link.body, subject=link.subject, to=link.to, at=at, proven=proven)

    def arrives(self, raw: bytes, *, at: str | None = None, folder: str = "INBOX") -> int:
        """Bytes that no mail program would have written."""
        return self.imap.deliver(BOT, raw, at=self.clock(at) if at else None, folder=folder)

    def clock(self, time_of_day: str) -> datetime:
        hour, minute, *second = (int(part) for part in time_of_day.split(":"))
        return self.day.replace(hour=hour, minute=minute, second=second[0] if second else 0)

    def runs_once(self, *, env: Mapping[str, str] | None = None, expect: int | None = 0, largest_file: int = 0) -> Outcome:
        """`expect` None: any end will do, the test looks at it. `largest_file`: where the disk is full for this run, in bytes."""
        self.settle_in()
        return self._run("run", "--once", env=env, expect=expect, largest_file=largest_file)

    def sends_the_round(self) -> Outcome:
        return self.command("round", "send")

    def cli(self, *words: str) -> Any:
        """What a command tells: its JSON document where --json was asked for, else its text."""
        out = self.command(*words).out
        return json.loads(out) if "--json" in words else out

    def command(self, *words: str, env: Mapping[str, str] | None = None, expect: int | None = 0, stdin: str = "") -> Outcome:
        """One command to its end, after all that the story has named so far is imported."""
        self.settle_in()
        return self._run(*words, env=env, expect=expect, stdin=stdin)

    @property
    def book(self) -> Book:
        """What is on record, to be looked at and changed behind the product's back."""
        return Book(self.database_url)

    @contextmanager
    def daemon(self, *, crash_at: str = "", waits: bool = True) -> Iterator[Daemon]:
        """`firstreply run` until the end of the block; `crash_at` names the point at which it kills itself."""
        self.settle_in()
        with Daemon(self.folder, env={"FIRSTREPLY_CRASH_AT": crash_at} if crash_at else None) as running:
            if waits:
                running.wait_for('"ready"')
            yield running

    def settle_in(self) -> None:
        """Imports the members and cases that were named since the last time."""
        for noun, rows in (("roster", self._members), ("case", self._cases)):
            if rows:
                path = self.folder / f"{noun}.csv"
                columns = list(dict.fromkeys(column for row in rows for column in row))
                with path.open("w", encoding="utf-8", newline="") as out:
                    table = csv.DictWriter(out, columns, restval="")
                    table.writeheader()
                    table.writerows(rows)
                rows.clear()
                self._run(noun, "import", path.name)

    def letters_to(self, address: str) -> list[Letter]:
        return [Letter(received) for received in self.sink.to(address)]

    def last_letter_to(self, address: str) -> Letter:
        letters = self.letters_to(address)
        assert letters, f"{address} was sent nothing; there went mail to {sorted({to for each in self.sink.letters for to in each.rcpt})}"
        return letters[-1]

    def standing(self, case_id: str) -> dict[str, str]:
        """Who stands how with a case, in order of arrival."""
        return {claim["member"]: claim["state"] for claim in self.cli("explain", case_id, "--json")["claims"]}

    def dispositions(self) -> list[str]:
        """How every mail that was read ended, in the order of the listing."""
        return [row["disposition"] for row in self.cli("inbox", "list", "--json")]

    def _run(
        self, *words: str, env: Mapping[str, str] | None = None, expect: int | None = 0, stdin: str = "", largest_file: int = 0
    ) -> Outcome:
        outcome = command.run(self.folder, *words, env=env, stdin=stdin, largest_file=largest_file)
        assert expect is None or outcome.code == expect, (
            f"firstreply {' '.join(words)} ended with {outcome.code}:\n{outcome.out}\n{outcome.err}"
        )
        return outcome


def _midnight() -> datetime:
    return datetime.now(TOKYO).replace(hour=0, minute=0, second=0, microsecond=0)
