"""What does not fit between a member and a case is named, in whatever words and script staff have written it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.claims import LONG_WAIT, Firms, settle
from bot.core.eligibility import capacity, gender, kept_capacities, misfits, regions, tongues, unmet, yes_or_no
from bot.core.model import PLACED, ClaimState, Profile, Terms
from tests.core.nouns import NINE, case, claim, member


def wrong(terms: Terms, profile: Profile, *, language: str = "", **facts: object) -> tuple[str, ...]:
    return misfits(case(terms=terms, language=language), member(profile=profile, **facts))


def test_a_case_that_asks_for_nothing_is_for_everybody() -> None:
    assert wrong(Terms(), Profile(("paralegal",), ("Korean",), "male", "Osaka")) == ()


def test_everything_that_does_not_fit_is_named() -> None:
    terms = Terms(("bengoshi",), gender="female", region="東京")
    assert wrong(terms, Profile(("paralegal",), ("韓国語",), "male", "Osaka"), language="Dari") == (
        "capacity",
        "gender",
        "language",
        "region",
    )


def test_only_what_fits_nobody_is_unmet() -> None:
    asked = case(terms=Terms(("bengoshi",), gender="female"), language="Dari")
    attorney = member(profile=Profile(("bengoshi",), ("English",), "male"))
    paralegal = member(profile=Profile(("paralegal",), ("English",), "female"))
    assert unmet(asked, [attorney, paralegal]) == ("language",)
    assert unmet(asked, [attorney, paralegal, member(profile=Profile(languages=("Dari",)))]) == ()
    assert unmet(asked, []) == ()


def test_what_a_member_has_not_told_hinders_no_wish_but_does_not_make_an_attorney() -> None:
    assert wrong(Terms(("bengoshi",), gender="female", region="Tokyo"), Profile(), language="Dari") == ("capacity",)


def test_one_of_several_capacities_is_enough() -> None:
    assert wrong(Terms(("bengoshi", "gyoseishoshi")), Profile(("gyoseishoshi", "student"))) == ()


def test_a_roster_whose_roles_name_the_capacity_need_not_name_it_again() -> None:
    assert wrong(Terms(("foreign-qualified",)), Profile(), roles=("外国法事務弁護士", "partner")) == ()
    assert wrong(Terms(("bengoshi",)), Profile(("paralegal",)), roles=("弁護士",)) == ("capacity",)


def test_a_kind_of_the_organisation_s_own_is_compared_as_it_is_written() -> None:
    assert wrong(Terms(kept_capacities("Social Worker")), Profile(kept_capacities("social  worker"))) == ()


def test_what_can_be_done_remotely_has_no_region() -> None:
    assert wrong(Terms(region="Fukuoka", is_remote=True), Profile(region="Tokyo")) == ()


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Dari, English", "英語"),
        ("ペルシア語", "Farsi"),
        ("フランス語（通訳あり）", "French; Japanese"),
        ("Wolof", "ｗｏｌｏｆ"),
        ("Kurdish or Turkish", "Kurmanji"),
    ],
)
def test_languages_are_one_in_every_script(wanted: str, told: str) -> None:
    assert tongues(wanted) & tongues(told)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("Tokyo", "東京都"), ("関東", "Saitama"), ("Kyoto Prefecture", "京都"), ("Hokkaidō", "hokkaidō"), ("大阪府、兵庫県", "近畿")],
)
def test_regions_are_one_in_every_script(wanted: str, told: str) -> None:
    assert regions(wanted) & regions(told)


def test_other_regions_are_other_regions() -> None:
    assert not regions("東京都") & regions("京都府") and not regions("Nationwide")


@pytest.mark.parametrize(
    ("written", "kept"),
    [("弁護士・行政書士", ("bengoshi", "gyoseishoshi")), ("不問", ()), ("Foreign lawyer / Notary", ("foreign-qualified", "Notary"))],
)
def test_capacities_are_read_as_people_write_them(written: str, kept: tuple[str, ...]) -> None:
    assert kept_capacities(written) == kept and {capacity(one) for one in kept} == {
        capacity(one) for one in kept_capacities(";".join(kept))
    }


@pytest.mark.parametrize(("written", "read"), [("女性", "female"), ("M", "male"), ("問わない", ""), ("", ""), ("maybe", None)])
def test_a_gender_is_read_or_asked_about(written: str, read: str | None) -> None:
    assert gender(written) == read


@pytest.mark.parametrize(("written", "read"), [("可", True), ("ＹＥＳ", True), ("不可", False), ("no", False), ("perhaps", None)])
def test_yes_and_no_are_read_or_asked_about(written: str, read: bool | None) -> None:
    assert yes_or_no(written) == read


STATES = st.sampled_from([ClaimState.QUEUED, ClaimState.WAITLISTED])
LINE = st.lists(st.tuples(st.integers(0, 5), STATES, st.booleans(), st.sampled_from(["", "Kita", "Minami"])), min_size=1, max_size=8)


@given(line=LINE, places=st.integers(1, 3), served=st.sets(st.sampled_from(["Kita", "Minami"])))
def test_nobody_without_a_word_of_staff_has_a_place_and_no_firm_has_two(
    line: list[tuple[int, ClaimState, bool, str]], places: int, served: set[str]
) -> None:
    claims = [claim(number, second, state=state) for number, (second, state, _, _) in enumerate(line, start=1)]
    unfit = {number: ("capacity",) for number, (_, _, is_unfit, _) in enumerate(line, start=1) if is_unfit}
    firms = Firms({number: firm for number, (_, _, _, firm) in enumerate(line, start=1)}, frozenset(served))
    verdicts = settle(case(places=places), claims, misfits=unfit, firms=firms)
    holders = [one.member_id for one in verdicts if one.state in PLACED]
    theirs = [firm for number in holders if (firm := firms.of[number])]
    assert len(holders) <= places and not set(holders) & set(unfit)
    assert len(theirs) == len(set(theirs)) and not set(theirs) & served


@given(line=LINE)
def test_who_does_not_fit_holds_nobody_up(line: list[tuple[int, ClaimState, bool, str]]) -> None:
    """The holder is the same as if the others had not asked."""
    claims = [claim(number, second, state=state) for number, (second, state, _, _) in enumerate(line, start=1)]
    unfit = {number: ("gender",) for number, (_, _, is_unfit, _) in enumerate(line, start=1) if is_unfit}
    with_them = [one.claim_id for one in settle(case(), claims, misfits=unfit) if one.state in PLACED]
    without = [one.claim_id for one in settle(case(), [one for one in claims if one.id not in unfit]) if one.state in PLACED]
    assert with_them == without


@given(line=LINE, served=st.sets(st.sampled_from(["Kita", "Minami"])), agreed=st.booleans())
def test_who_has_waited_a_week_is_asked_before_the_place_is_theirs_whatever_their_firm(
    line: list[tuple[int, ClaimState, bool, str]], served: set[str], agreed: bool
) -> None:
    by = {"agreed_by": "sato@ngo.example", "agreed_at": NINE, "reason": "misfit capacity"} if agreed else {}
    claims = [claim(number, second, state=state, **(by if is_unfit else {})) for number, (second, state, is_unfit, _) in enumerate(line, 1)]
    unfit = {number: ("capacity",) for number, (_, _, is_unfit, _) in enumerate(line, start=1) if is_unfit}
    firms = Firms({number: firm for number, (_, _, _, firm) in enumerate(line, start=1)}, frozenset(served))
    verdicts = settle(case(places=2), claims, misfits=unfit, firms=firms, now=NINE + LONG_WAIT + timedelta(minutes=1))
    was = {one.id: one.state for one in claims}
    assert {one.claim_id for one in verdicts if one.is_offer} == {
        one.claim_id for one in verdicts if one.state in PLACED and was[one.claim_id] is ClaimState.WAITLISTED
    }
