"""Group S of the attacks, codes: what we signed for one reader proves that reader, for as long as they are on the roster, and acts once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.core.model import ChangeMember, MemberState
from bot.core.trust import code_for, handle_of
from tests.attacks.desk import ALICE, BOB, BOT, SATO, SUZUKI, Desk
from tests.attacks.forging import mail, passes
from tests.attacks.test_a_forged_sender_does_nothing import ASKED

_CODE = re.compile(r"[a-z2-7]{16}\.[a-z2-7]{26}")


def code_written_to(desk: Desk, address: str) -> str:
    """The code of the last letter to this address, from its Message-ID."""
    found = _CODE.search(str(desk.last_letter_to(address).headers["Message-ID"]))
    assert found
    return found[0]


def circulated(desk: Desk) -> str:
    """The round has gone out; gives Alice's code in it."""
    desk.sends_the_round()
    return code_written_to(desk, ALICE)


def in_thread(code: str) -> list[str]:
    return [f"In-Reply-To: <{code}@bot.ngo.example>"]


BAD = {
    "one character changed": lambda code: code[:-1] + ("a" if code[-1] != "a" else "b"),
    "cut to half": lambda code: code[: len(code) // 2],
    "an unsigned handle": handle_of,
    "signed with a foreign key": lambda code: code_for(handle_of(code), ALICE, key=b"another desk's secret"),
    "written to Bob": lambda code: "",
}


@pytest.mark.parametrize("carrier", ["thread", "subject", "recipient"])
@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_S_18_a_bad_code_proves_nothing(desk: Desk, case: str, change: object, carrier: str) -> None:
    good = circulated(desk)
    before = len(desk.letters())
    assert callable(change)
    bad = change(good) or code_written_to(desk, BOB)
    fields = {"thread": in_thread(bad), "subject": [], "recipient": [f"Cc: <cases+{bad}@bot.ngo.example>"]}[carrier]
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", fields=fields, subject=f"CLAIM {case} [{bad}]" if carrier == "subject" else ""))
    desk.settles()
    assert desk.standing(case) == {ALICE: "unverified"} and desk.endings() == [ASKED] and desk.proof() == "none"
    assert [letter.received.rcpt for letter in desk.letters()[before:]] == [(ALICE,)]


def test_S_18_a_good_code_proves_in_any_case_and_width(desk: Desk, case: str) -> None:
    good = circulated(desk)
    desk.arrives(mail(ALICE, subject=f"CLAIM {case} ［{good.upper()}］"))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.proof() == "letter"


def test_S_18_a_good_code_in_the_address_proves_where_the_thread_was_dropped(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, address=f'address = "{BOT}"\nsubaddressing = true')
    desk.joins(ALICE)
    case = desk.case()
    desk.sends_the_round()
    letter = desk.last_letter_to(ALICE)
    code = code_written_to(desk, ALICE)
    assert str(letter.headers["Reply-To"]) == f"Pro bono desk <cases+{code}@bot.ngo.example>" and BOT in str(letter.headers["From"])
    desk.arrives(mail(ALICE, text=f"CLAIM {case}").replace(f"To: {BOT}".encode(), f"To: {letter.headers['Reply-To']}".encode()))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.proof() == "letter"


def test_where_the_provider_knows_no_subaddresses_answers_go_to_the_plain_address(desk: Desk) -> None:
    desk.writes(ALICE, "HELP")
    assert "Reply-To" not in desk.last_letter_to(ALICE).headers


def guesses(desk: Desk, case: str, number: int) -> None:
    for guess in range(number):
        made_up = code_for(f"{'abcdefghijklmnopqrstuvwxyz'[guess]}" * 16, ALICE, key=b"a guess")
        desk.arrives(mail(ALICE, text=f"CLAIM {case}", fields=in_thread(made_up), subject=f"guess {guess}"))


def test_S_18_more_than_twenty_bad_codes_in_an_hour_are_told_to_staff_once(desk: Desk, case: str) -> None:
    guesses(desk, case, 20)
    desk.settles()
    assert not desk.letters_to(SUZUKI)
    guesses(desk, case, 2)
    for _ in range(3):
        desk.settles()
    assert len(desk.letters_to(SATO)) == len(desk.letters_to(SUZUKI)) == 1
    assert "guessing our codes" in desk.last_letter_to(SUZUKI).subject and "22 codes" in desk.last_letter_to(SUZUKI).text


def test_S_18_twenty_one_over_a_day_are_no_attack(desk: Desk, case: str) -> None:
    for _ in range(3):
        guesses(desk, case, 7)
        desk.settles()
        desk.passes(hours=2)
    assert not desk.letters_to(SUZUKI)


def test_S_20_a_code_proves_its_reader_and_claims_nothing_by_itself(desk: Desk, case: str) -> None:
    other = desk.case("Interview")
    desk.writes(ALICE, f"SHOW {other}")
    code = code_written_to(desk, ALICE)
    desk.arrives(mail(ALICE, text="I have read it.", fields=in_thread(code)))
    desk.settles()
    assert desk.standing(case) == {} and desk.standing(other) == {}
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", fields=in_thread(code)))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.standing(other) == {}


@pytest.mark.parametrize("state", [MemberState.LEFT, MemberState.SUSPENDED, MemberState.APPLIED])
@pytest.mark.parametrize("words", ["CLAIM {}", "SHOW {}", "LIST", "STATUS", "HELP", "RESUME", "PAUSE", "I might take {}."])
def test_S_21_who_is_not_on_the_roster_now_is_given_no_case_and_told_of_none(desk: Desk, case: str, words: str, state: MemberState) -> None:
    code = circulated(desk)
    letters = len(desk.letters())
    with desk.office.ledger.deciding() as ledger:
        member = ledger.roster.by_address(ALICE)
        assert member is not None
        ledger.roster.change(ChangeMember(member.id, state=state))
    desk.passes(days=1)
    desk.arrives(mail(ALICE, text=words.format(case), fields=in_thread(code), results=passes("lawfirm.example")))
    desk.settles()
    assert "confirmed" not in desk.standing(case).values() and desk.proof() == "both"
    answers = desk.letters()[letters:]
    (answer,) = [letter for letter in answers if letter.received.rcpt == (ALICE,)]
    assert "Asylum appeal" not in answer.text + answer.subject and "refusal" not in answer.text
    assert desk.members()[ALICE] == state.value, "nobody lets oneself in again"


@pytest.mark.parametrize("change", ["nothing", "blanks that a relaxed signature forgives", "line ends"])
def test_S_28_a_second_delivery_after_a_release_claims_nothing(desk: Desk, case: str, change: str) -> None:
    genuine = mail(ALICE, text=f"CLAIM {case}\nkind  regards", results=passes("lawfirm.example"))
    desk.arrives(genuine)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    assert desk.standing(case) == {ALICE: "released"}
    letters = len(desk.letters())
    desk.passes(hours=1)
    head, _, body = genuine.partition(b"\r\n\r\n")
    if change == "line ends":
        head, body = head, body.replace(b"\r\n", b"\n") + b"\n\n"
    elif change != "nothing":
        head, body = head.replace(b"Subject: ", b"subject:  "), body.replace(b"kind  regards", b"kind \t regards  ")
    again = b"Received: from evil.example by mx.ngo.example with ESMTPS; Fri, 20 Nov 2026 05:00:00 +0000\r\n" + head + b"\r\n\r\n" + body
    desk.arrives(again.replace(b"Received", passes_line() + b"Received", 1))
    desk.settles()
    assert desk.standing(case) == {ALICE: "released"} and len(desk.letters()) == letters
    assert desk.endings()[-1] == ("ignored", "the same message as INBOX/101")


def passes_line() -> bytes:
    return f"Authentication-Results: {passes('lawfirm.example')}\r\n".encode()
