"""What holds at any moment, also between a kill and the next start; looked at after each step of a walk.

Never more holders than places, nobody before an earlier claim, each message at most once and whole, each letter to somebody on file, client details to
who has had the case alone, no letter in two versions, and none twice but after a reply to it that was lost (`doubt`).
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import LIVE, PLACED, Claim
from tests.soak import oracles
from tests.soak.doubt import Doubt
from tests.soak.figures import WrongHolder
from tests.soak.waiting import Queue
from tests.story.conversation import World
from tests.story.people import Letter


class Watch:
    def __init__(self, world: World) -> None:
        world.settle_in()
        self.held: set[str] = set()
        """Who has or had a case."""
        self._world, self._office = world, oracles.office_of(world)
        self._doubt = Doubt(world.sink, self._office)
        self._letters_seen = 0

    def looks(self, queues: Mapping[str, Queue], *, replies: int) -> None:
        """`replies`: how many of the SMTP server's can have been lost since the last look."""
        with self._office.ledger.reading() as ledger:
            claims = {case_id: sorted(ledger.claims.of(case_id), key=lambda claim: claim.stamp.order) for case_id in queues}
            address = {member.id: member.email for member in ledger.roster.all()}
        for case_id, queue in queues.items():
            self._places_go_in_order(case_id, claims[case_id], queue.places)
            self.held |= {address[claim.member_id] for claim in claims[case_id] if claim.state in PLACED}
        self._letters_are_for_their_readers(set(address.values()))
        self._doubt.looks(replies=replies)

    def letters_in_hand(self) -> bool:
        """Whether some are still leased to a process that is no more."""
        with self._office.ledger.reading() as ledger:
            return bool(ledger.outbox.count_by_state().get("sending"))

    def given_up(self) -> int:
        with self._office.ledger.reading() as ledger:
            return ledger.outbox.count_by_state().get("failed", 0)

    def close(self) -> None:
        self._office.ledger.close()

    def _places_go_in_order(self, case_id: str, claims: list[Claim], places: int) -> None:
        live = [claim for claim in claims if claim.state in LIVE]
        placed = [claim for claim in live if claim.state in PLACED]
        if len(placed) > places or placed != live[: len(placed)]:
            raise WrongHolder(f"{case_id}, {places} places: {[(claim.stamp.order, claim.state.value) for claim in live]}")

    def _letters_are_for_their_readers(self, lawyers: set[str]) -> None:
        staff = {person.address for person in self._office.rules.staff}
        received = self._world.sink.letters
        for one in received[self._letters_seen :]:
            (reader,) = one.rcpt
            assert reader in lawyers | staff, f"{reader} is not on file"
            letter = Letter(one)
            shows = oracles.CANARY in f"{letter.text}{letter.html}{letter.headers}"
            assert not shows or reader in self.held | staff, f"a canary to {reader}"
        self._letters_seen = len(received)
