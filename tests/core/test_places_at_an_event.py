"""Places at an event go by group, then by arrival, and never to more of one firm than staff have said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Group, Guest, allot, closes_at, guest
from bot.core.model import PLACED, Case, Claim, ClaimState, Deadline, Event, Lifecycle, MemberState, Verdict
from tests.core.nouns import NINE, case, claim, member

NOON = Deadline(NINE + timedelta(hours=3), is_day=False)
PARTNER, MEMBER, APPLICANT = Group


def event(places: int = 2, *, per_firm: int = 0, **facts: object) -> Case:
    return case(places=places, event=Event(NOON, per_firm), **facts)


def states(verdicts: tuple[Verdict, ...]) -> dict[int, str]:
    return {verdict.claim_id: verdict.state.value for verdict in verdicts}


def test_partner_firms_come_first_then_members_then_applicants_whatever_the_arrival() -> None:
    guests = {1: Guest(APPLICANT), 2: Guest(MEMBER), 3: Guest(PARTNER)}
    verdicts = allot(event(2), [claim(1, 1), claim(2, 2), claim(3, 3)], guests)
    assert states(verdicts) == {3: "confirmed", 2: "confirmed", 1: "waitlisted"}


def test_within_a_group_the_earlier_arrival_comes_first() -> None:
    guests = dict.fromkeys((1, 2, 3), Guest(MEMBER))
    assert states(allot(event(1), [claim(1, 9), claim(2, 3), claim(3, 5)], guests)) == {2: "confirmed", 3: "waitlisted", 1: "waitlisted"}


def test_a_firm_has_its_share_and_the_next_firm_the_rest() -> None:
    guests = {1: Guest(MEMBER, "kita"), 2: Guest(MEMBER, "kita"), 3: Guest(APPLICANT, "minami")}
    verdicts = {one.claim_id: one for one in allot(event(2, per_firm=1), [claim(1, 1), claim(2, 2), claim(3, 3)], guests)}
    assert verdicts[3].state is ClaimState.CONFIRMED
    assert (verdicts[2].state, verdicts[2].reason, verdicts[2].waiting_place) == (ClaimState.WAITLISTED, "firm_full", 1), (
        "not: others came before"
    )


def test_where_places_are_left_the_reason_is_the_share_of_the_firm() -> None:
    guests = dict.fromkeys((1, 2), Guest(PARTNER, "kita"))
    assert [one.reason for one in allot(event(5, per_firm=1), [claim(1), claim(2)], guests)] == ["allotted", "firm_full"]


def test_a_place_that_comes_free_goes_to_the_first_whose_firm_has_not_its_share() -> None:
    guests = {1: Guest(MEMBER, "kita"), 2: Guest(PARTNER, "kita"), 3: Guest(MEMBER, "minami")}
    waits = ClaimState.WAITLISTED
    line = [claim(1, 1, state=ClaimState.CONFIRMED, place_no=1), claim(2, 2, state=waits), claim(3, 3, state=waits)]
    (verdict,) = allot(event(2, per_firm=1), line, guests)
    assert (verdict.claim_id, verdict.reason, verdict.place_no) == (3, "promoted", 2)


def test_who_has_left_is_passed_over() -> None:
    assert states(allot(event(1), [claim(1), claim(2, 5)], dict.fromkeys((1, 2), Guest(MEMBER)), passed_over={1})) == {
        1: "waitlisted",
        2: "confirmed",
    }


def test_an_event_that_staff_have_withdrawn_gives_nothing() -> None:
    (verdict,) = allot(event(lifecycle=Lifecycle.WITHDRAWN), [claim(1)], {1: Guest(MEMBER)})
    assert (verdict.state, verdict.reason) == (ClaimState.REFUSED, "withdrawn")


def test_it_is_decided_when_it_closes_and_only_then() -> None:
    assert closes_at(event(), [claim(1)]) == NOON.at and closes_at(event(), [claim(1, state=ClaimState.RELEASED)]) is None


@pytest.mark.parametrize(
    ("facts", "group"),
    [
        ({"roles": ("Partner",)}, PARTNER),
        ({"roles": ("弁護士", "パートナー")}, PARTNER),
        ({"roles": ("弁護士",)}, MEMBER),
        ({"state": MemberState.APPLIED, "roles": ("partner",)}, APPLICANT),
    ],
)
def test_the_roster_says_who_is_of_which_group(facts: dict[str, object], group: Group) -> None:
    assert guest(member(**facts)).group is group


STATES = st.sampled_from([ClaimState.QUEUED, ClaimState.WAITLISTED])
LINE = st.lists(st.tuples(st.integers(0, 5), STATES, st.sampled_from(Group), st.sampled_from(["", "kita", "minami"])), max_size=10)


@given(line=LINE, places=st.integers(1, 5), per_firm=st.integers(0, 2), seed=st.randoms(use_true_random=False))
def test_whatever_is_asked_the_promises_hold(
    line: list[tuple[int, ClaimState, Group, str]], places: int, per_firm: int, seed: object
) -> None:
    claims = [claim(number, second, state=state) for number, (second, state, _, _) in enumerate(line, start=1)]
    guests = {number: Guest(group, firm) for number, (_, _, group, firm) in enumerate(line, start=1)}
    offered = event(places, per_firm=per_firm)
    verdicts = allot(offered, claims, guests)
    holders = [one.member_id for one in verdicts if one.state in PLACED]
    left = [one for one in claims if one.member_id not in holders]

    assert len(holders) <= places and len({one.place_no for one in verdicts if one.place_no}) == len(holders)
    for firm in ("kita", "minami"):
        assert not per_firm or sum(guests[number].firm == firm for number in holders) <= per_firm
    for waiting in left:
        for holder in (one for one in claims if one.member_id in holders):
            is_earlier = _turn(waiting, guests) < _turn(holder, guests)
            assert not is_earlier or _is_full(guests[waiting.member_id].firm, holders, guests, per_firm)
    if len(holders) < places:
        assert all(_is_full(guests[one.member_id].firm, holders, guests, per_firm) for one in left)

    shuffled = list(claims)
    seed.shuffle(shuffled)
    assert set(allot(offered, shuffled, guests)) == set(verdicts)
    settled = [_given(one, {verdict.claim_id: verdict for verdict in verdicts}) for one in claims]
    assert allot(offered, settled, guests) == ()


def _turn(one: Claim, guests: dict[int, Guest]) -> tuple[object, ...]:
    return (guests[one.member_id].group, one.stamp.order, one.id)


def _is_full(firm: str, holders: list[int], guests: dict[int, Guest], per_firm: int) -> bool:
    return bool(per_firm and firm) and sum(guests[number].firm == firm for number in holders) >= per_firm


def _given(one: Claim, verdicts: dict[int, Verdict]) -> Claim:
    verdict = verdicts.get(one.id)
    return one if verdict is None else replace(one, state=verdict.state, place_no=verdict.place_no)
