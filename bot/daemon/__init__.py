"""Wires the rooms, ticks, stops cleanly. No business in here. SIGTERM and SIGINT finish the message in hand."""

from __future__ import annotations

import asyncio
import contextlib
import gc

import structlog

from bot import restoring
from bot.daemon.parts import Daemon
from bot.daemon.passes import met_mailbox, open_mailbox, run_once, send_due, work_off
from bot.office import Office, condition
from bot.shell.ledger import LedgerAway

__all__ = ["AlreadyRunning", "met_mailbox", "open_mailbox", "run", "run_once", "send_due", "work_off"]

log = structlog.get_logger()


class AlreadyRunning(Exception):
    """Another daemon works on this database, which has room for one."""


def run(office: Office) -> None:
    """The daemon, until SIGTERM or SIGINT. Raises `AlreadyRunning` where one is at work."""
    with office.ledger.lock("daemon") as is_ours:
        if not is_ours:
            raise AlreadyRunning
        log.info("started")
        gc.freeze()  # what is there by now stays: the collector, which would look through it again and again, need not
        restoring.begin(office)
        condition.begin(office)
        asyncio.run(Daemon(office).run())
        with contextlib.suppress(LedgerAway), office.ledger.writing() as ledger:
            if not ledger.replicas.all():
                condition.note(office, ledger, (), beat=condition.STOPPED)
        log.info("stopped")
