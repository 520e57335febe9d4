"""A random walk over members, cases, claims, holds, releases, overrides and the clock: what is promised holds after every step.

The walk writes mails as lawyers and staff would, and knows only what they could know; after each step the book and the letters are
held against the promises: never more holders than places (G-04), never a place out of turn (G-03), never a letter to somebody whom it
is not for (G-10), exactly one answer to everybody who wrote (G-06), a decision log that leads to the very states on record (G-07).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core.model import LIVE, PLACED, Claim, ClaimState, Deadline
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.story.people import Letter

DAN, EVE = "dan@bengo.example", "eve@houritsu.example"
LAWYERS = (ALICE, BOB, CHIKA, DAN, EVE)
STAFF = (SATO, SUZUKI)
UNANSWERED = {"answers for today are used up", "too old to be answered: it only asked how things stood"}
"""Why a mail of somebody on file may go without an answer: it changed nothing, and five such were answered that day."""
lawyers = st.sampled_from(LAWYERS)


class Walk(RuleBasedStateMachine):
    """What a step changed is held against what stood before it: so the order is watched also where staff or the calendar have had a hand."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        self.desk = Desk.open(self._folder)
        self.cases: list[str] = []
        self._written: dict[str, str] = {}
        """Sender by Message-ID."""
        self._before: dict[int, Claim] = {}
        self._limits: dict[int, int] = {}
        self._held_once: dict[str, set[str]] = {}
        self._letters_seen = 0

    @initialize()
    def a_roster_and_three_cases(self) -> None:
        for address in (DAN, EVE):
            self.desk.joins(address, name=address.partition("@")[0].title(), language="ja" if address == EVE else "en")
        self.opens(places=1, checks=False, days=0)
        self.opens(places=2, checks=True, days=0)
        self.opens(places=1, checks=True, days=10)

    @precondition(lambda self: len(self.cases) < 4)
    @rule(places=st.integers(1, 3), checks=st.booleans(), days=st.sampled_from([0, 5, 30]))
    def opens(self, places: int, checks: bool, days: int) -> None:
        number = len(self.cases) + 1
        secret = f"CANARY-{number}"
        names = f"{secret} NAME" if checks else ""
        deadline = Deadline(self.desk.now + timedelta(days=days), is_day=False) if days else None
        more = {"places": places, "details": f"{secret} DETAILS", "conflict_names": names, "deadline": deadline}
        self.cases.append(self.desk.case(f"Case {number}", **more))

    @rule(who=lawyers, which=st.data())
    def claims(self, who: str, which: st.DataObject) -> None:
        self._writes(who, f"CLAIM {self._one(which)}")

    @rule(who=lawyers, first=lawyers, which=st.data())
    def two_claim_and_are_read_in_the_other_order(self, who: str, first: str, which: st.DataObject) -> None:
        case = self._one(which)
        self.desk.passes(seconds=2)
        at = self.desk.clock.after.total_seconds()
        self._writes(who, f"CLAIM {case}", at=at)
        self._writes(first, f"CLAIM {case}", at=at - 1)

    @rule(who=lawyers, which=st.data())
    def releases(self, who: str, which: st.DataObject) -> None:
        self._writes(who, f"RELEASE {self._one(which)}")

    @rule(who=lawyers, which=st.data(), word=st.sampled_from(["CLEAR", "CONFLICT"]))
    def answers_a_conflict_check(self, who: str, which: st.DataObject, word: str) -> None:
        self._writes(who, f"{word} {self._one(which)}")

    @rule(who=lawyers, word=st.sampled_from(["YES", "NO", "はい", "OK"]))
    def answers_whatever_came_last(self, who: str, word: str) -> None:
        """“Still willing?”, “leave, and hand back?”, or nothing that asks."""
        letters = self.desk.letters_to(who)
        if letters:
            self._writes(who, word, answering=letters[-1])

    @rule(who=lawyers, word=st.sampled_from(["PAUSE", "RESUME", "STATUS", "LIST", "LIMIT 1", "LIMIT none", "LEAVE", "JOIN"]))
    def says_a_word(self, who: str, word: str) -> None:
        self._writes(who, word)

    @rule(staff=st.sampled_from(STAFF), who=lawyers, which=st.data(), word=st.sampled_from(["ASSIGN", "RELEASE"]))
    def staff_set_a_place_right(self, staff: str, who: str, which: st.DataObject, word: str) -> None:
        self._writes(staff, f"{word} {self._one(which)} {who}")

    @rule(staff=st.sampled_from(STAFF), which=st.data(), word=st.sampled_from(["CLOSE", "WITHDRAW", "REOPEN"]))
    def staff_end_or_open_a_case(self, staff: str, which: st.DataObject, word: str) -> None:
        self._writes(staff, f"{word} {self._one(which)}")

    @rule(staff=st.sampled_from(STAFF), who=lawyers, word=st.sampled_from(["APPROVE", "REMOVE"]))
    def staff_let_in_or_out(self, staff: str, who: str, word: str) -> None:
        self._writes(staff, f"{word} {who}")

    @rule()
    def the_window_closes(self) -> None:
        self.desk.settles()

    @rule(hours=st.sampled_from([1, 13, 25, 49, 24 * 8]))
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
        for case_id in self.cases:
            live = [claim.member_id for claim in self._claims(case_id) if claim.state in LIVE]
            assert len(live) == len(set(live))

    @invariant()
    def nobody_is_given_a_place_past_an_earlier_claim_that_waits(self) -> None:
        """Whoever is given a place by order was the first of those who waited; only staff give one out of turn, and it says so."""
        now = {claim.id: claim for case_id in self.cases for claim in self._claims(case_id)}
        before, limits = self._before, self._limits
        self._before, self._limits = now, self._most_open()
        with self.desk.office.ledger.reading() as ledger:
            resting = ledger.roster.not_active(member.id for member in ledger.roster.all())
        for claim in now.values():
            was = before.get(claim.id)
            is_new = claim.state in PLACED and (was is None or was.state not in PLACED) and not claim.reason.startswith("assigned by ")
            if not is_new:
                continue
            passed_over = [
                other
                for other in now.values()
                if (other.case_id, other.state) == (claim.case_id, ClaimState.WAITLISTED)
                and other.stamp.order < claim.stamp.order
                and other.id in before
                and other.member_id not in resting
                and not self._is_full(other.member_id, (before, now), limits)
            ]
            assert not passed_over, f"{claim} was given a place before {passed_over[0]}"

    @invariant()
    def every_letter_is_for_whom_it_goes_to(self) -> None:
        """Client details go to a holder alone, staff's letters to staff alone, and no lawyer reads another's name or address."""
        letters = self.desk.letters()
        for letter in letters[self._letters_seen :]:
            (reader,) = letter.received.rcpt
            assert reader in LAWYERS + STAFF
            raw = letter.received.raw
            for number, case_id in enumerate(self.cases, 1):
                if f"CANARY-{number}".encode() in raw or f"CANARY-{number}" in letter.text:
                    assert reader in self._ever_held(case_id), f"{reader} reads of {case_id}"
            if reader in LAWYERS:
                others = [other for other in LAWYERS if other != reader and (other.encode() in raw or other in letter.text)]
                assert not others, f"{reader} reads of {others}"
        self._letters_seen = len(letters)

    def teardown(self) -> None:
        self.desk.settles()
        oracles.the_log_fits(self.desk)  # every step is an entry, so once at the end holds them all
        endings = dict(zip(self._written, self.desk.endings(), strict=True))
        answers = Counter(str(letter.headers["In-Reply-To"]) for letter in self.desk.letters() if self._is_answer(letter))
        for message_id, (disposition, reason) in endings.items():
            if disposition == "ignored":
                assert reason in UNANSWERED, reason
            else:
                assert disposition in ("answered", "for_staff"), f"{disposition}: {reason}"
                # What becomes of a claim later, a promotion say, comes in the thread of the claim as well.
                is_answered = answers[message_id] >= 1 if "claim" in reason else answers[message_id] == 1
                assert is_answered, f"{answers[message_id]} answers to {self._written[message_id]}: {reason}"
        self.desk.office.ledger.close()
        shutil.rmtree(self._folder)

    def _is_answer(self, letter: Letter) -> bool:
        """To the very person who wrote; colleagues of staff may be shown the same."""
        return letter.received.rcpt == (self._written.get(str(letter.headers["In-Reply-To"])),)

    def _one(self, which: st.DataObject) -> str:
        return which.draw(st.sampled_from(self.cases))

    def _writes(self, who: str, text: str, **more: Any) -> None:
        """One more second on the clock with each mail, so that order is told by arrival alone."""
        self.desk.passes(seconds=1)
        uid = self.desk.writes(who, text, **more)
        message = message_from_bytes(self.desk.received[uid], policy=policy.default)
        self._written[str(message["Message-ID"])] = who

    def _claims(self, case_id: str) -> list[Claim]:
        with self.desk.office.ledger.reading() as ledger:
            return list(ledger.claims.of(case_id))

    def _most_open(self) -> dict[int, int]:
        with self.desk.office.ledger.reading() as ledger:
            return {member.id: member.most_open for member in ledger.roster.all()}

    def _is_full(self, member_id: int, books: tuple[dict[int, Claim], ...], limits: dict[int, int]) -> bool:
        """Whether a member has as many cases as they wish to have, before the step or after it."""
        held = max(sum(claim.member_id == member_id and claim.state in PLACED for claim in book.values()) for book in books)
        most = [limit for limit in (limits.get(member_id, 0), self._limits.get(member_id, 0)) if limit]
        return bool(most) and held >= min(most)

    def _ever_held(self, case_id: str) -> set[str]:
        with self.desk.office.ledger.reading() as ledger:
            now = {ledger.roster.by_id(claim.member_id).email for claim in ledger.claims.of(case_id) if claim.state in PLACED}
        known = self._held_once.setdefault(case_id, set())
        known |= now
        return known


TestWhateverHappens = Walk.TestCase
TestWhateverHappens.settings = settings(
    max_examples=int(os.environ.get("FIRSTREPLY_WALKS", "8")),
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
