"""A backlog of claims: read from Dovecot, stored whole, decided, answered, filed; beside IMAPClient's bare batch FETCH of the same messages,
and beside the straightforward bot, which takes them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count as numbers

from imapclient import IMAPClient

from bench import one_by_one
from bench.backlog import ARCHIVE, INBOX, WHAT, Backlog, Rates, backlog, on_all_cases
from bench.figures import Figure, Pair, Target, expect, in_turn, pairs, seconds_of
from bench.ground import Ground
from bench.organisation import Organisation
from bot import daemon, reception

BESIDE_IMAPCLIENT = Target(0.10)
BESIDE_ONE_BY_ONE = Target(20)
ON_ONE_CASE = Target(1.0, is_ceiling=True)
AT_ONCE = 200
SETTLED_A_SECOND = 10_000
"""So many claims on one case are to be settled in a second."""


def measure(ground: Ground) -> list[Figure]:
    own = list[Rates]()
    with on_all_cases(ground, "claimed") as waiting:
        taken = in_turn(
            {
                "ours": lambda: waiting.work_off(own),
                "IMAPClient": lambda: _fetch_all(waiting),
                "one by one": lambda: _one_by_one(ground, waiting),
            },
            turns=ground.plan.turns,
        )
    note = f"{waiting.count} claims of {waiting.kilobytes:.1f} kB on {ground.plan.cases} cases"
    frame = Figure(WHAT, "claims/s", f"IMAPClient, {AT_ONCE} a FETCH", ())
    halves = {"read, entered and filed": [one.entered for one in own], "settled and answers written": [one.settled for one in own]}
    return [
        replace(frame, pairs=pairs(taken["ours"], taken["IMAPClient"]), target=BESIDE_IMAPCLIENT, note=note),
        replace(frame, reference="one by one", pairs=pairs(taken["ours"], taken["one by one"]), target=BESIDE_ONE_BY_ONE),
        *(replace(frame, what=f"  of it: {half}", pairs=pairs(rates, taken["IMAPClient"])) for half, rates in halves.items()),
    ]


def measure_on_one_case(ground: Ground) -> list[Figure]:
    """Everybody asks for the same case; all of that is entered, and it is settled again in each turn."""
    with backlog(ground, "one claimed", members=ground.plan.claimants, cases=1) as waiting:
        count = waiting.count
        with waiting.organisation.office() as office, daemon.open_mailbox(office) as mailbox:
            expect("messages entered", reception.look(office, mailbox), count)
            organisation = waiting.organisation.as_left_by(office, "entered")
    taken = [_settle(organisation, count) for _ in range(ground.plan.turns)]
    reference = f"allowed, a second for {SETTLED_A_SECOND:,}"
    allowed = tuple(Pair(1000 * seconds, 1000 * count / SETTLED_A_SECOND) for seconds in taken)
    return [Figure("claims on one case: settled", "ms", reference, allowed, ON_ONE_CASE, f"{count} claims")]


def _settle(organisation: Organisation, count: int) -> float:
    with organisation.office() as office:
        return seconds_of(lambda: expect("claims decided", reception.settle(office), count))


def _fetch_all(waiting: Backlog) -> float:
    """What no reader of this mailbox can do without: the folder opened, the UIDs asked, the bodies sent."""
    with waiting.refilled() as client:
        return waiting.count / seconds_of(lambda: expect("messages fetched", _fetch(client), waiting.count))


def _fetch(client: IMAPClient) -> int:
    client.select_folder(INBOX, readonly=True)
    uids: Sequence[int] = client.search("ALL")
    fetched = 0
    for start in range(0, len(uids), AT_ONCE):
        fetched += len(client.fetch(uids[start : start + AT_ONCE], ["INTERNALDATE", "BODY.PEEK[]"]))
    return fetched


_books = numbers(1)


def _one_by_one(ground: Ground, waiting: Backlog) -> float:
    file = ground.folder / f"one by one {next(_books)}.db"
    with waiting.refilled() as client:
        client.select_folder(INBOX)
        taken = seconds_of(lambda: expect("claims answered one by one", one_by_one.work_off(client, file, into=ARCHIVE), waiting.count))
    return waiting.count / taken
