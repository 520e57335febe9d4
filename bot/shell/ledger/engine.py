"""How the database is spoken to: on SQLite what is decided is on the disk before anybody hears, on PostgreSQL nobody waits for who is gone.

Given its address, gives an engine whose connections are all set like this. Knows no table.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, event
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


def open_engine(url: str, *, is_sqlite: bool) -> Engine:
    """Connects when it is first asked for a connection."""
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False} if is_sqlite else _SERVER
    engine = create_engine(url, connect_args=arguments, pool_pre_ping=not is_sqlite, hide_parameters=True)
    if is_sqlite:
        event.listen(engine, "connect", _durable)
        event.listen(engine, "handle_error", write_nothing_more)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_begin(connection)))
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


def _begin(connection: Connection) -> str:
    return "BEGIN IMMEDIATE" if connection.get_execution_options().get("is_writing", True) else "BEGIN"
