"""An organisation to measure: a configuration with the defaults, a roster, a month's cases; made by the commands that a user would type.

Given a folder and the sink's port, gives fresh offices over copies of one database, so that every turn begins with the same books.
The log is written to a file, as under a supervisor.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.figures import Wrong
from bot import logs
from bot.office import Office, open_office
from bot.shell.settings import load

BOT = "cases@desk.example"
_ROOT = Path(__file__).parents[1]
_CONFIGURATION = """
[organisation]
name = "Example Refugee Association"

[mailbox]
address = "{bot}"

[imap]
host = "127.0.0.1"
security = "none"
username = "{bot}"
password = "unused"

[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"

[security]
secret = "a secret that only the bench knows"

[[staff]]
address = "legal@desk.example"
name = "Legal officer"
language = "en"
"""
_KINDS = ("訴訟 / Litigation", "面接同行 / Interview", "調査 / Research", "書面 / Drafting", "収容 / Detention")
_SUMMARY = (
    "審査請求が棄却された方の取消訴訟です。出訴期間内の提起が必要です。\n"
    "The administrative appeal was dismissed; the action must be filed within the time limit. Country evidence has been collected."
)


@dataclass(frozen=True, slots=True)
class Organisation:
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def found(cls, folder: Path, *, members: int, cases: int, smtp_port: int, database_url: str = "") -> Organisation:
        """Configured, with this many members, every other one Japanese; its mailbox does not exist yet. A file of SQLite, or another database."""
        folder.mkdir()
        organisation = cls(folder)
        database = f'[database]\nurl = "{database_url}"\n' if database_url else ""
        organisation.configuration.write_text(_CONFIGURATION.format(bot=BOT, smtp_port=smtp_port) + database, encoding="utf-8")
        organisation.configuration.chmod(0o600)
        organisation._import("roster", _members(members))
        organisation._import("case", _cases(cases))
        return organisation

    @property
    def configuration(self) -> Path:
        return self.folder / "firstreply.toml"

    def with_mailbox(self, *, port: int, password: str) -> Organisation:
        return self._with(IMAP__PORT=str(port), IMAP__PASSWORD=password)

    def with_archive(self, folder: str) -> Organisation:
        """Whose mail is filed once it is read."""
        return self._with(IMAP__ARCHIVE_FOLDER=folder)

    def with_relay(self, *, port: int) -> Organisation:
        return self._with(SMTP__PORT=str(port))

    def with_connections(self, count: int) -> Organisation:
        """As many as its mail server allows, to hand letters over."""
        return self._with(SMTP__CONNECTIONS=str(count))

    def without_settling(self) -> Organisation:
        """Each claim is decided as it comes."""
        return self._with(CLAIMS__SETTLE_SECONDS="0")

    def _with(self, **settings: str) -> Organisation:
        return replace(self, environment={**self.environment, **{f"FIRSTREPLY_{name}": value for name, value in settings.items()}})

    @contextmanager
    def office(self) -> Iterator[Office]:
        """An office over a copy of the books as they are now; the copy goes with the block."""
        with self.copied() as folder:
            office = open_office(load(folder / "firstreply.toml", self.environment))
            try:
                with (folder / "log").open("w", encoding="utf-8") as log, redirect_stderr(log):
                    logs.to_standard_error()
                    office.ledger.migrate()
                    yield office
            finally:
                logs.quiet()
                office.ledger.close()

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """The folder of the configuration and the books as they are now, once more until the end of the block."""
        folder = self.folder.with_name(f"{self.folder.name}, copy")
        shutil.copytree(self.folder, folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    def as_left_by(self, office: Office, name: str) -> Organisation:
        """The organisation whose books begin where those of an office end; no more is written by that office."""
        office.ledger.close()
        folder = self.folder.with_name(f"{self.folder.name}, {name}")
        shutil.copytree(office.settings.file.parent, folder)
        return replace(self, folder=folder)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """`firstreply run` on the books themselves, in a process of its own, until the end of the block."""
        with (
            (self.folder / "log").open("w", encoding="utf-8") as log,
            subprocess.Popen([*firstreply(), "run"], cwd=self.folder, env={**os.environ, **self.environment}, stderr=log) as process,
        ):
            try:
                yield
            finally:
                process.terminate()

    @contextmanager
    def importing(self, noun: str) -> Iterator[subprocess.Popen[bytes]]:
        """The table from which this organisation was founded is brought in again, in a process of its own, which ends with the block."""
        command = [*firstreply(), noun, "import", f"{noun}.csv"]
        with subprocess.Popen(command, cwd=self.folder, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL) as process:
            yield process

    def command(self, *words: str) -> None:
        said = subprocess.run([*firstreply(), *words], cwd=self.folder, capture_output=True, text=True, check=False)
        if said.returncode:
            raise Wrong(f"firstreply {' '.join(words)}: {said.stderr.strip()}")

    def _import(self, noun: str, rows: Iterable[dict[str, str]]) -> None:
        path = self.folder / f"{noun}.csv"
        listed = list(rows)
        with path.open("w", encoding="utf-8", newline="") as out:
            table = csv.DictWriter(out, list(listed[0]))
            table.writeheader()
            table.writerows(listed)
        self.command(noun, "import", path.name)


def firstreply() -> Sequence[str]:
    """The installed command of this environment."""
    installed = Path(sys.executable).with_name("firstreply")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "bot.cli"]


def _members(count: int) -> Iterator[dict[str, str]]:
    for number in range(1, count + 1):
        language, name = ("ja", f"弁護士 {number}番") if number % 2 else ("en", f"Lawyer {number}")
        yield {"email": f"lawyer{number}@firm{number % 97}.example", "name": name, "firm": f"Firm {number % 97}", "language": language}


def _cases(count: int) -> Iterator[dict[str, str]]:
    today = datetime.now(UTC).date()
    for number in range(1, count + 1):
        yield {
            "title": f"難民不認定処分取消訴訟 {number} / Appeal against a refusal of refugee status {number}",
            "kind": _KINDS[number % len(_KINDS)],
            "summary": _SUMMARY,
            "details": f"依頼者は架空の人物です。The client is the fictional person number {number}.",
            "language": "Persian, Japanese",
            "place": "東京地方裁判所 / Tokyo District Court",
            "deadline": (today + timedelta(days=20 * number)).isoformat(),
            "time_frame": "1年程度 / about a year",
            "places": str(1 + number % 2),
            "contact": "事務局 法務担当 / Legal desk, 03-0000-0001",
        }
