"""The test ground: real counterparts as fixtures, started when first asked for and always ended.

Given what is installed here, gives running servers on loopback; what is missing skips its tests with one sentence (and fails them in
CI). Nothing of this is needed by `tests/core`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import databases
from tests.servers.certificate import Certificate, make_certificate
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres, running_postgres
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """An IMAP server in clear text, empty; a new one costs a twentieth of a second."""
    with Dovecot.start() as post:
        yield post


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    """An SMTP server without log-in and TLS, which takes everything until its script says otherwise."""
    with SmtpSink.start() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """For localhost and 127.0.0.1; `certificate.for_client()` believes it."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_databases` runs on each kind, whatever the others run on."""
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("kind_of_database", databases.KINDS, indirect=True)


@pytest.fixture(autouse=True)
def kind_of_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """What the desk or the story of this test works on; see `databases`."""
    kind = str(getattr(request, "param", databases.USUAL))
    if kind == "sqlite" or request.node.get_closest_marker("sqlite_file"):
        yield "sqlite"
        return
    with databases.on_server(lambda: (request.getfixturevalue("postgres"), request.getfixturevalue("tables"))):
        yield kind


@pytest.fixture(scope="session")
def tables(postgres: Postgres) -> Iterator[str]:
    """A database on the server that has all tables and no rows, to be copied."""
    with databases.with_tables(postgres) as name:
        yield name


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty database of this test's own, as a `postgresql+psycopg://` URL."""
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture(params=databases.KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The test runs twice, once on each kind of database, with all tables and no rows."""
    if request.param == "sqlite":
        yield databases.sqlite_at(tmp_path / "firstreply.db")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with postgres.fresh_database(like=request.getfixturevalue("tables")) as url:
        yield url


@pytest.fixture(params=databases.KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The test runs twice, once on each kind of database, before the first migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'firstreply.db'}"
    return str(request.getfixturevalue("postgres_url"))
