"""A random walk over members, cases, claims, holds, releases, overrides and the clock: what is promised holds after every step.

The walk writes mails as lawyers and staff would, and knows only what they could know; after each step the book and the letters are
held against the promises: never more holders than places (G-04), never a place out of turn (G-03), client details to their holder
alone (G-10), an answer to everybody who wrote (G-06).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core.model import LIVE, PLACED, ClaimState
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk

DAN, EVE = "dan@bengo.example", "eve@houritsu.example"
LAWYERS = (ALICE, BOB, CHIKA, DAN, EVE)
STAFF = (SATO, SUZUKI)
lawyers = st.sampled_from(LAWYERS)


class Walk(RuleBasedStateMachine):
    """`_out_of_turn`: cases in which staff or the calendar have had a hand, where order alone no longer says who holds what."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        self.desk = Desk.open(self._folder)
        self.cases: list[str] = []
        self._out_of_turn: set[str] = set()
        self._held_once: dict[str, set[str]] = {}

    @initialize()
    def a_roster_and_two_cases(self) -> None:
        for address in (DAN, EVE):
            self.desk.joins(address, name=address.partition("@")[0].title(), language="ja" if address == EVE else "en")
        self.opens(places=1, checks=False)
        self.opens(places=2, checks=True)

    @precondition(lambda self: len(self.cases) < 4)
    @rule(places=st.integers(1, 3), checks=st.booleans())
    def opens(self, places: int, checks: bool) -> None:
        number = len(self.cases) + 1
        secret = f"CANARY-{number}"
        names = f"{secret} NAME" if checks else ""
        self.cases.append(self.desk.case(f"Case {number}", places=places, details=f"{secret} DETAILS", conflict_names=names))

    @rule(who=lawyers, which=st.data())
    def claims(self, who: str, which: st.DataObject) -> None:
        self._writes(who, f"CLAIM {self._one(which)}")

    @rule(who=lawyers, which=st.data())
    def releases(self, who: str, which: st.DataObject) -> None:
        self._writes(who, f"RELEASE {self._one(which)}")

    @rule(who=lawyers, which=st.data(), word=st.sampled_from(["CLEAR", "CONFLICT"]))
    def answers_a_conflict_check(self, who: str, which: st.DataObject, word: str) -> None:
        self._writes(who, f"{word} {self._one(which)}")

    @rule(who=lawyers, word=st.sampled_from(["PAUSE", "RESUME", "STATUS", "LIST"]))
    def says_a_word(self, who: str, word: str) -> None:
        self._writes(who, word)

    @rule(staff=st.sampled_from(STAFF), who=lawyers, which=st.data(), word=st.sampled_from(["ASSIGN", "RELEASE"]))
    def staff_set_a_place_right(self, staff: str, who: str, which: st.DataObject, word: str) -> None:
        case = self._one(which)
        self._out_of_turn.add(case)
        self._writes(staff, f"{word} {case} {who}")

    @rule(staff=st.sampled_from(STAFF), which=st.data(), word=st.sampled_from(["CLOSE", "WITHDRAW", "REOPEN"]))
    def staff_end_or_open_a_case(self, staff: str, which: st.DataObject, word: str) -> None:
        case = self._one(which)
        self._out_of_turn.add(case)
        self._writes(staff, f"{word} {case}")

    @rule()
    def the_window_closes(self) -> None:
        self.desk.settles()

    @rule(hours=st.sampled_from([1, 13, 25, 49]))
    def time_passes(self, hours: int) -> None:
        self.desk.passes(hours=hours)
        self.desk.settles()

    @invariant()
    def no_case_has_more_holders_than_places(self) -> None:
        with self.desk.office.ledger.reading() as ledger:
            for case_id, case in ledger.cases.some(self.cases).items():
                placed = [claim for claim in ledger.claims.of(case_id) if claim.state in PLACED]
                assert len(placed) <= case.places
                assert len({claim.place_no for claim in placed}) == len(placed)

    @invariant()
    def nobody_has_two_live_claims_on_one_case(self) -> None:
        with self.desk.office.ledger.reading() as ledger:
            for case_id in self.cases:
                live = [claim.member_id for claim in ledger.claims.of(case_id) if claim.state in LIVE]
                assert len(live) == len(set(live))

    @invariant()
    def nobody_waits_behind_a_later_claim_or_beside_a_free_place(self) -> None:
        """Where order alone decides. Who is paused is passed over while it lasts; a place that has just come free waits for the next look."""
        with self.desk.office.ledger.reading() as ledger:
            resting = ledger.roster.not_active()
            for case_id in set(self.cases) - self._out_of_turn:
                claims = [claim for claim in ledger.claims.of(case_id) if claim.member_id not in resting]
                waiting = [claim.stamp.order for claim in claims if claim.state is ClaimState.WAITLISTED]
                holding = [claim.stamp.order for claim in claims if claim.state in PLACED and claim.reason == "first"]
                assert not waiting or not holding or max(holding) < min(waiting) or self._was_resting(case_id)

    @invariant()
    def client_details_go_to_nobody_but_a_holder(self) -> None:
        for letter in self.desk.letters():
            (reader,) = letter.received.rcpt
            assert reader in LAWYERS + STAFF
            for number, case_id in enumerate(self.cases, 1):
                if f"CANARY-{number}".encode() in letter.received.raw or f"CANARY-{number}" in letter.text:
                    assert reader in self._ever_held(case_id), f"{reader} reads of {case_id}"

    @invariant()
    def every_mail_has_its_answer_or_waits_for_the_window(self) -> None:
        assert {disposition for disposition, _ in self.desk.endings()} <= {"answered", "pending", "ignored"}

    def teardown(self) -> None:
        self.desk.settles()
        assert "pending" not in {disposition for disposition, _ in self.desk.endings()}
        self.desk.office.ledger.close()
        shutil.rmtree(self._folder)

    def _one(self, which: st.DataObject) -> str:
        return which.draw(st.sampled_from(self.cases))

    def _writes(self, who: str, text: str) -> None:
        """One more second on the clock with each mail, so that order is told by arrival alone."""
        self.desk.passes(seconds=1)
        self.desk.writes(who, text)

    def _was_resting(self, case_id: str) -> bool:
        """Whether somebody who waits had paused when a place was given."""
        return any(reason == "pause" for _, reason in self.desk.endings())

    def _ever_held(self, case_id: str) -> set[str]:
        with self.desk.office.ledger.reading() as ledger:
            held = {claim.member_id for claim in ledger.claims.of(case_id) if claim.state in PLACED}
            now = {ledger.roster.by_id(member_id).email for member_id in held}
        known = self._held_once.setdefault(case_id, set())
        known |= now
        return known


TestWhateverHappens = Walk.TestCase
TestWhateverHappens.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
