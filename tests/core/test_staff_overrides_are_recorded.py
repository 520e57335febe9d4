"""Every override of staff says in the decision who made it; a line sees what the lines above it have done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.decide import Message, decide
from bot.core.intent import Intent, Vocabulary, read_line
from bot.core.mail import Arrival, Stamp
from bot.core.model import AssignClaim, Case, ClaimState, Decision, EndClaim, Lifecycle, Member, MemberState, MoveCase, Outlook, Staff, View
from bot.core.reasons import sentence
from bot.core.rules import Rules
from bot.core.tongue import ENGLISH, JAPANESE
from bot.core.trust import Proof
from tests.core.nouns import NINE, case, claim, member

SATO = Staff("sato@ngo.example", "Sato", "ja")
WORDS = {
    word.casefold().replace(" ", "_"): (word,)
    for word in [
        "ROUND SEND",
        "ROUND HOLD",
        "ROUND PREVIEW",
        *"CLOSE WITHDRAW REOPEN ASSIGN RELEASE EXPLAIN STATUS REMOVE APPROVE CLAIM".split(),
    ]
}
RULES = Rules(ZoneInfo("Asia/Tokyo"), Vocabulary(WORDS, "JAR"), (SATO,))
ID = "JAR-2026-001"
ITO, MORI = member(1), member(2)


def world(*, of: Case | None = None, **facts: object) -> View:
    """Ito (1) holds the one place of the case, Mori (2) waits."""
    known = of or case(free_places=0)
    claims = (claim(1, state=ClaimState.CONFIRMED, place_no=1), claim(2, 1, state=ClaimState.WAITLISTED))
    people = {one.email: one for one in (ITO, MORI)}
    view = View(
        NINE,
        staff=SATO,
        cases={ID: known},
        claims={ID: claims},
        people=people,
        claimants={1: ITO, 2: MORI},
        theirs={1: claims[:1], 2: claims[1:]},
        recipients=2,
        outlook=Outlook("2026-12", NINE, to_send="2026-12", offered=(ID,)),
    )
    return replace(view, **facts)


def says(view: View, *lines: str) -> Decision:
    commands = tuple(command for line in lines for command in read_line(line, RULES.vocabulary))
    arrival = Arrival("<a@b>", SATO.address, "Sato", "", (), "", "")
    proof = Proof("both", True, (), 0, "")
    return decide(Message(Stamp("INBOX", 1, 9, NINE), arrival, Intent(commands, lines=lines), proof, 5), view, RULES)


def outcomes(decision: Decision) -> list[str]:
    return [str(line.facts.get("reason") or line.outcome) for line in decision.lines]


@pytest.mark.parametrize("until", [None, datetime(2026, 12, 20, tzinfo=UTC)])
def test_whoever_gives_a_case_to_one_who_pauses_reads_so(until: datetime | None) -> None:
    paused = replace(MORI, state=MemberState.PAUSED, paused_until=until)
    facts = says(world(of=case(), claims={ID: ()}, people={MORI.email: paused}), f"ASSIGN {ID} {MORI.email}").lines[0].facts
    assert facts["is_pausing"] and facts["until"] == (until.isoformat() if until else None)
    assert "is_pausing" not in says(world(of=case(), claims={ID: ()}), f"ASSIGN {ID} {MORI.email}").lines[0].facts


@pytest.mark.parametrize(("word", "lifecycle"), [("CLOSE", Lifecycle.CLOSED), ("WITHDRAW", Lifecycle.WITHDRAWN)])
def test_a_case_is_ended_by_name_and_its_waiting_claims_with_it(word: str, lifecycle: Lifecycle) -> None:
    decision = says(world(), f"{word} {ID}")
    assert decision.changes == (MoveCase(ID, lifecycle, SATO.address, lifecycle.value), EndClaim(2, ClaimState.LAPSED, lifecycle.value))
    assert decision.reason == f"{word} {ID} by {SATO.address}"


def test_only_a_withdrawal_is_told_to_the_holder() -> None:
    told = {word: [letter.to for letter in says(world(), f"{word} {ID}").letters] for word in ("CLOSE", "WITHDRAW")}
    assert told == {"CLOSE": [MORI.email], "WITHDRAW": [ITO.email, MORI.email]}


def test_a_conflict_check_ends_with_its_case() -> None:
    held = claim(1, state=ClaimState.HELD, place_no=1)
    decision = says(world(claims={ID: (held,)}), f"CLOSE {ID}")
    assert decision.changes[1:] == (EndClaim(1, ClaimState.LAPSED, "closed"),) and decision.letters[0].facts["was"] == "held"


def test_a_release_says_who_spoke_it() -> None:
    decision = says(world(), f"RELEASE {ID} {ITO.email}")
    assert decision.changes == (EndClaim(1, ClaimState.RELEASED, f"released by {SATO.address}"),)


def test_a_place_that_the_line_above_frees_may_be_given_out_of_turn() -> None:
    decision = says(world(), f"RELEASE {ID} {ITO.email}", f"ASSIGN {ID} {MORI.email}")
    assert decision.changes[1] == AssignClaim(ID, 2, 2, ClaimState.CONFIRMED, 1, SATO.address)


def test_no_more_is_given_than_there_are_places() -> None:
    free = world(of=case(places=2, free_places=2), claims={ID: ()})
    more = {**free.people, "m3@lawfirm.example": member(3)}
    lines = [f"ASSIGN {ID} {address}" for address in more]
    decision = says(replace(free, people=more), *lines)
    assert outcomes(decision) == ["assigned", "assigned", "no_place"]
    assert [change.place_no for change in decision.changes if isinstance(change, AssignClaim)] == [1, 2]


@pytest.mark.parametrize("state", [MemberState.LEFT, MemberState.SUSPENDED, MemberState.APPLIED])
def test_nobody_off_the_roster_is_given_a_case(state: MemberState) -> None:
    gone = replace(MORI, state=state)
    assert outcomes(says(world(of=case(), claims={ID: ()}, people={gone.email: gone}), f"ASSIGN {ID} {gone.email}")) == ["not_active"]


def test_who_was_removed_a_line_above_is_given_nothing() -> None:
    decision = says(world(), f"RELEASE {ID} {ITO.email}", f"REMOVE {MORI.email}", f"ASSIGN {ID} {MORI.email}")
    assert outcomes(decision) == ["taken", "removed", "not_active"]


def test_a_claim_that_this_mail_makes_is_ended_by_another_mail() -> None:
    people = {one.email: one for one in (ITO, MORI)} | {"ito@home.example": ITO}
    known = world(of=case(), claims={ID: ()}, people=people)
    decision = says(known, f"ASSIGN {ID} {ITO.email}", f"RELEASE {ID} ito@home.example", f"CLOSE {ID}")
    assert outcomes(decision) == ["assigned", "same_mail", "same_mail"]


def test_two_lines_that_undo_each_other_are_not_done_and_the_one_beside_them_is() -> None:
    decision = says(world(of=case(), claims={ID: ()}), f"ASSIGN {ID} {ITO.email}", f"RELEASE {ID} {ITO.email}", f"CLOSE {ID}")
    assert outcomes(decision) == ["contradicts", "contradicts", "case_moved"]


def test_a_round_goes_out_once_and_never_empty() -> None:
    open_case = world(of=case())
    assert outcomes(says(open_case, "ROUND SEND")) == ["round_sent"]
    assert outcomes(says(open_case, f"CLOSE {ID}", "ROUND SEND")) == ["case_moved", "nothing_to_send"]
    gone = replace(open_case, outlook=replace(open_case.outlook, sent_at=NINE, sent_by="suzuki@ngo.example"))
    assert says(gone, "ROUND SEND").lines[0].facts["by"] == "suzuki@ngo.example"


def test_a_second_hold_hears_whose_the_first_was() -> None:
    held = replace(world().outlook, held_by="suzuki@ngo.example", held_at=NINE)
    line = says(world(outlook=held), "ROUND HOLD").lines[0]
    assert (line.facts["reason"], line.facts["by"]) == ("held_before", "suzuki@ngo.example")


@pytest.mark.parametrize("written", ["ito@x.example <mailto:ito@x.example>", "<ito@x.example>", "ito@x.example<mailto:ito@x.example>."])
def test_an_address_that_a_mail_program_made_a_link_of_is_read(written: str) -> None:
    for word in (f"ASSIGN {ID}", f"RELEASE {ID}", "REMOVE"):
        (command,) = read_line(f"{word} {written}", RULES.vocabulary)
        assert command.argument == "ito@x.example"


def test_a_release_without_an_address_asks_whose() -> None:
    assert outcomes(says(world(), f"RELEASE {ID}")) == ["say_whose"]


def test_staff_who_are_on_the_roster_hand_back_their_own() -> None:
    decision = says(world(member=Member(1, SATO.address, "Sato")), f"RELEASE {ID}", f"EXPLAIN {ID}")
    assert decision.changes[0] == EndClaim(1, ClaimState.RELEASED, "by_member") and outcomes(decision) == ["released", "explained"]


def test_an_override_on_record_is_a_sentence_in_both_languages() -> None:
    assert sentence("assigned by a@b.example", ENGLISH) == "assigned by a@b.example" and "a@b.example" in sentence(
        "released by a@b.example", JAPANESE
    )
    assert "i@x.example" in sentence("assigned by a@b.example for i@x.example", JAPANESE)
