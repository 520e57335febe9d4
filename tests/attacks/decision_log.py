"""The decision log as its reader sees it, what is wrong with it, and the database in the hands of who owns it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from bot.core.model import Head
from bot.office import audit
from tests.attacks.desk import Desk
from tests.story.people import Letter


def fault(desk: Desk, printed: Head | None = None) -> tuple[int, str] | None:
    with desk.office.ledger.reading() as ledger:
        found = audit.check(ledger, printed=printed).fault
    return (found.number, found.sentence) if found else None


def head(desk: Desk) -> Head:
    with desk.office.ledger.reading() as ledger:
        return ledger.decisions.head()


def entries(desk: Desk) -> list[dict[str, Any]]:
    with desk.office.ledger.reading() as ledger:
        return [json.loads(content) for _, _, content, _ in ledger.decisions.rows()]


def head_in(letter: Letter) -> Head | None:
    found = re.search(r"Decision log: (entry .*)|決定の記録 (第.*)", letter.text)
    return audit.printed_head(found[1] or found[2]) if found else None


@contextmanager
def as_owner(desk: Desk) -> Iterator[Connection]:
    """The database in the hands of who owns it: the triggers are gone."""
    with desk.office.ledger.engine.begin() as connection:
        if desk.office.ledger.is_sqlite:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE decision DISABLE TRIGGER USER"))
        yield connection
