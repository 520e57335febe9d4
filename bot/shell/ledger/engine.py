"""How the database is spoken to: on SQLite what is decided is on the disk before anybody hears, on PostgreSQL nobody waits for who is gone.

Given its address, gives an engine whose connections are all set like this. Knows no table.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, RootTransaction, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import create_engine

from bot.shell.ledger.dialect import set_pragmas, write_nothing_more

BUSY_SECONDS: Final = 30
"""How long whoever writes to SQLite waits for another who does."""
IDLE_SECONDS: Final = 15
"""A transaction whose process does nothing for so long is ended by PostgreSQL, so that a stopped one keeps no lock from the others."""
_SERVER: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that is gone without a word is noticed within half a minute."""
_PATIENT: Final = "firstreply"
_ONLY_READS: Final = "only reads"
"""What a connection is told of the transaction that it begins next."""


def open_engine(url: str, *, is_sqlite: bool) -> Engine:
    """Connects when it is first asked for a connection."""
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False} if is_sqlite else _SERVER
    address = make_url(url).set(drivername=f"sqlite+{_PATIENT}") if is_sqlite else url
    engine = create_engine(address, connect_args=arguments, pool_pre_ping=not is_sqlite, hide_parameters=True)
    if is_sqlite:
        event.listen(engine, "connect", _durable)
        event.listen(engine, "handle_error", write_nothing_more)
    else:
        event.listen(engine, "connect", _impatient)
    return engine


def _durable(connection: Any, _record: object) -> None:
    """WAL with a sync at every commit but of what is only noted: a letter that left was decided on disk. Deleted client data is overwritten."""
    connection.isolation_level = None  # the driver begins nothing by itself
    set_pragmas(
        connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={BUSY_SECONDS * 1000}"
    )


def _impatient(connection: Any, _record: object) -> None:
    """Let the server end the transactions of a process that was stopped in the middle of one."""
    connection.autocommit = True
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
    connection.autocommit = False


def begin(connection: Connection, *, is_writing: bool) -> RootTransaction:
    """One that only reads sees the same all the time."""
    if not is_writing and connection.dialect.name == "sqlite":
        connection.info[_ONLY_READS] = True
    elif not is_writing:
        connection.execution_options(isolation_level="REPEATABLE READ")
    return connection.begin()


class PatientSQLite(SQLiteDialect_pysqlite):
    """Waits for its turn to write when a transaction begins, not in the middle of it.

    As an event it would have to be looked for at every statement of every transaction, which makes a short one half as dear again.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        cursor = dbapi_connection.cursor()
        cursor.execute("BEGIN" if dbapi_connection.info.pop(_ONLY_READS, False) else "BEGIN IMMEDIATE")
        cursor.close()


registry.register(f"sqlite.{_PATIENT}", __name__, PatientSQLite.__name__)
