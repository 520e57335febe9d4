"""A case goes to the earliest arrival at the mailbox, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.claims import Firms, is_ripe, ranks, ripe_at, settle, waiting_places
from bot.core.model import PLACED, Claim, ClaimState, Lifecycle
from tests.core.nouns import NINE, case, claim

TWO_MINUTES = timedelta(seconds=120)


def states(verdicts: object) -> dict[int, str]:
    return {verdict.claim_id: verdict.state.value for verdict in verdicts}


def test_the_earliest_arrival_is_confirmed_and_the_rest_wait_in_order() -> None:
    verdicts = settle(case(), [claim(1, 52), claim(2, 11), claim(3, 30)])
    assert states(verdicts) == {2: "confirmed", 3: "waitlisted", 1: "waitlisted"}
    assert {verdict.claim_id: verdict.waiting_place for verdict in verdicts} == {2: None, 3: 1, 1: 2}


def test_F_02_in_the_same_second_the_lower_uid_is_first() -> None:
    assert states(settle(case(), [claim(1, 5, uid=102), claim(2, 5, uid=101)])) == {2: "confirmed", 1: "waitlisted"}


def test_in_the_same_second_the_inbox_comes_before_junk_whatever_the_uid() -> None:
    assert states(settle(case(), [claim(1, 5, uid=900, rank=0), claim(2, 5, uid=1, rank=1)])) == {1: "confirmed", 2: "waitlisted"}


def test_each_place_has_one_holder() -> None:
    verdicts = settle(case(places=2), [claim(1, 1), claim(2, 2), claim(3, 3)])
    assert states(verdicts) == {1: "confirmed", 2: "confirmed", 3: "waitlisted"}
    assert {verdict.place_no for verdict in verdicts if verdict.place_no} == {1, 2}


def test_a_case_with_a_conflict_check_is_held_not_confirmed() -> None:
    assert states(settle(case(checks_conflicts=True), [claim(1)])) == {1: "held"}


def test_F_05_an_earlier_claim_that_surfaces_late_waits_first_in_line_and_takes_nothing_away() -> None:
    holder = claim(1, 60, state=ClaimState.CONFIRMED, place_no=1)
    (verdict, *rest) = settle(case(), [holder, claim(2, 90, state=ClaimState.WAITLISTED), claim(3, 10)])
    assert (verdict.state, verdict.reason, verdict.waiting_place, rest) == (ClaimState.WAITLISTED, "late_surfaced", 1, [])


def test_when_a_place_comes_free_the_next_in_line_has_it() -> None:
    gone = claim(1, 1, state=ClaimState.RELEASED)
    (verdict,) = settle(case(), [gone, claim(2, 2, state=ClaimState.WAITLISTED), claim(3, 3, state=ClaimState.WAITLISTED)])
    assert (verdict.claim_id, verdict.state, verdict.reason) == (2, ClaimState.CONFIRMED, "promoted")


def test_who_may_take_no_further_place_is_passed_over_and_keeps_the_place_in_line() -> None:
    line = [claim(1, 1, state=ClaimState.WAITLISTED), claim(2, 2, state=ClaimState.WAITLISTED)]
    assert states(settle(case(), line, passed_over={1})) == {2: "confirmed"}


def test_who_asks_again_was_before_nobody_but_themselves() -> None:
    given_back = claim(1, member=7, state=ClaimState.RELEASED, reason="by_member")
    again = claim(2, 60, member=7)
    assert [verdict.reason for verdict in settle(case(), [given_back, again])] == ["first"]
    assert [verdict.reason for verdict in settle(case(), [replace(given_back, member_id=8), again])] == ["first_able"]


def test_who_meets_a_limit_is_told_so_though_nobody_else_asked() -> None:
    assert [verdict.reason for verdict in settle(case(), [claim(1)], passed_over={1})] == ["passed_over"]


def test_of_two_of_a_firm_that_has_its_case_the_later_is_told_of_the_earlier() -> None:
    firms = Firms({1: "Ito Law", 2: "Ito Law"}, frozenset({"Ito Law"}))
    verdicts = settle(case(), [claim(1), claim(2, 60)], firms=firms, now=NINE + timedelta(days=2))
    assert {verdict.claim_id: verdict.reason for verdict in verdicts} == {1: "first", 2: "after_others"}


def test_a_claim_on_a_case_that_was_closed_meanwhile_is_refused_with_the_reason() -> None:
    (verdict,) = settle(case(lifecycle=Lifecycle.CLOSED), [claim(1)])
    assert (verdict.state, verdict.reason) == (ClaimState.REFUSED, "closed")


def test_nothing_is_decided_before_a_full_look_that_began_after_the_window() -> None:
    waiting = [claim(1, 0), claim(2, 100)]
    assert ripe_at(waiting, settle=TWO_MINUTES) == NINE + TWO_MINUTES
    assert not is_ripe(waiting, settle=TWO_MINUTES, scanned_from=NINE + timedelta(seconds=119))
    assert is_ripe(waiting, settle=TWO_MINUTES, scanned_from=NINE + TWO_MINUTES)


def test_a_mailbox_clock_that_runs_ahead_holds_no_decision_back() -> None:
    ahead = replace(claim(1, 3600), entered_at=NINE)
    assert ripe_at([ahead], settle=TWO_MINUTES) == NINE + TWO_MINUTES


def test_without_a_window_any_finished_look_will_do() -> None:
    assert is_ripe([claim(1, 500)], settle=timedelta(0), scanned_from=NINE)


def test_ranks_count_every_claim_that_ever_was_and_waiting_places_only_those_in_line() -> None:
    claims = [claim(1, 30, state=ClaimState.WAITLISTED), claim(2, 10, state=ClaimState.RELEASED), claim(3, 20, state=ClaimState.WAITLISTED)]
    assert ranks(claims) == {2: 1, 3: 2, 1: 3}
    assert waiting_places(claims) == {3: 1, 1: 2}


ARRIVALS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(1, 50)), min_size=1, max_size=8, unique_by=lambda one: one[1:]
)


@given(arrivals=ARRIVALS, places=st.integers(1, 3), seed=st.randoms(use_true_random=False))
def test_whatever_the_order_in_which_claims_are_read_the_holders_are_the_same(
    arrivals: list[tuple[int, int, int]], places: int, seed: object
) -> None:
    claims = [claim(number, second, uid=uid, rank=rank) for number, (second, rank, uid) in enumerate(arrivals, start=1)]
    shuffled = list(claims)
    seed.shuffle(shuffled)
    expected = {one.id for one in sorted(claims, key=lambda one: one.stamp.order)[:places]}
    for order in (claims, shuffled):
        holders = {verdict.claim_id for verdict in settle(case(places=places), order) if verdict.state in PLACED}
        assert holders == expected


@given(arrivals=ARRIVALS, places=st.integers(1, 3))
def test_settling_twice_changes_nothing(arrivals: list[tuple[int, int, int]], places: int) -> None:
    claims = [claim(number, second, uid=uid, rank=rank) for number, (second, rank, uid) in enumerate(arrivals, start=1)]
    verdicts = {verdict.claim_id: verdict for verdict in settle(case(places=places), claims)}
    settled = [_given(one, verdicts) for one in claims]
    assert settle(case(places=places), settled) == ()


def _given(one: Claim, verdicts: dict[int, object]) -> Claim:
    verdict = verdicts[one.id]
    return replace(one, state=verdict.state, place_no=verdict.place_no)


@pytest.mark.parametrize("places", [1, 2, 3])
def test_there_are_never_more_holders_than_places(places: int) -> None:
    verdicts = settle(case(places=places), [claim(number, number) for number in range(1, 9)])
    assert sum(verdict.state in PLACED for verdict in verdicts) == places
