"""G-12: group S of the attacks, staff: who can broadcast or end a case must be proven, and sees it before anybody else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.forging import fails, mail, passes

EMERGENCY = "Title: Detention hearing\nSummary: A hearing tomorrow morning; one visit before it."
LAWYERS = {ALICE, BOB, CHIKA}
BORDER = "mx.ngo.example"


def lawyers_written_to(desk: Desk) -> set[str]:
    return {letter.received.rcpt[0] for letter in desk.letters()} & LAWYERS


def test_S_22_a_forged_emergency_reaches_no_lawyer_and_both_of_staff_hear_of_it(desk: Desk, case: str) -> None:
    desk.arrives(mail(SATO, text=f"{EMERGENCY}\npoison", subject="EMERGENCY", results=fails("ngo.example")))
    desk.settles()
    assert lawyers_written_to(desk) == set() and desk.ending() == "for_staff"
    assert [letter.received.rcpt[0] for letter in desk.letters()] == [SATO, SUZUKI]
    assert all("poison" not in letter.text and "hearing" not in letter.text for letter in desk.letters())
    assert all(letter.subject.startswith(("Take care", "ご注意")) for letter in desk.letters())


def test_S_22_an_unproven_emergency_is_asked_about_and_the_colleagues_know(desk: Desk, case: str) -> None:
    desk.arrives(mail(SATO, text=EMERGENCY, subject="EMERGENCY"))
    desk.arrives(mail(SATO, text=EMERGENCY, subject="緊急"))
    desk.settles()
    assert lawyers_written_to(desk) == set() and desk.proof() == "none"
    assert [letter.received.rcpt[0] for letter in desk.letters()] == [SATO, SUZUKI]
    assert "本人" in desk.last_letter_to(SATO).subject and "not confirmed" in desk.last_letter_to(SUZUKI).subject
    assert "hearing" not in desk.last_letter_to(SUZUKI).text
    with desk.office.ledger.reading() as ledger:
        assert [one.id for one in ledger.cases.all()] == [case]


@pytest.mark.parametrize(
    "command", ["ROUND SEND", "CLOSE {}", "ASSIGN {} alice@lawfirm.example", "REMOVE bob@bengo.example", "BULLETIN {}"]
)
@pytest.mark.parametrize("results", [None, fails("ngo.example")], ids=["none", "fail"])
def test_S_22_no_word_of_staff_acts_on_a_bare_from(desk: Desk, case: str, command: str, results: str | None) -> None:
    desk.arrives(mail(SATO, text=command.format(case), results=results))
    desk.settles()
    assert lawyers_written_to(desk) == set() and desk.standing(case) == {} and desk.members()[BOB] == "active"
    with desk.office.ledger.reading() as ledger:
        assert [one.state for one in ledger.cases.all()] == ["open"] and ledger.rounds.all() == []


def test_S_23_an_emergency_of_staff_goes_out_only_at_the_word_that_answers_its_preview(desk: Desk, case: str) -> None:
    desk.arrives(mail(SATO, text=EMERGENCY, subject="EMERGENCY", results=passes("ngo.example")))
    desk.settles()
    assert lawyers_written_to(desk) == set()
    preview = desk.last_letter_to(SATO)
    for text in ("SEND", "SEND aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb", "YES"):
        desk.arrives(mail(SATO, text=text, results=passes("ngo.example")))
    desk.writes(ALICE, "SEND", answering=preview)
    desk.settles()
    assert not [letter for letter in desk.letters() if "Detention hearing" in letter.text and letter.received.rcpt[0] in LAWYERS]
    desk.writes(SATO, "SEND", answering=preview)
    bulletins = [letter.received.rcpt[0] for letter in desk.letters() if letter.headers["List-Id"]]
    assert sorted(bulletins) == sorted(LAWYERS)


INSIDE = "X-MS-Exchange-Organization-AuthAs: Internal"


@pytest.mark.parametrize("server", [BORDER, "microsoft"])
@pytest.mark.parametrize("origin", ["inside", "outside"])
def test_S_25_a_header_that_says_internal_is_no_proof_and_the_mail_is_not_dropped(tmp_path: Path, server: str, origin: str) -> None:
    desk = Desk.open(tmp_path, authserv_id=f'authserv_id = "{server}"')
    case = desk.case()
    border = "AB1.mail.protection.outlook.com" if origin == "outside" else "inner.prod.outlook.com"
    desk.arrives(mail(SATO, text=f"CLOSE {case}", fields=[INSIDE], border=border))
    desk.settles()
    assert desk.endings() == [("answered", "sender not proven: asked at the address on file")]
    assert [letter.received.rcpt for letter in desk.letters()] == [(SATO,)]
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO), proven=None)
    with desk.office.ledger.reading() as ledger:
        assert [one.state for one in ledger.cases.all()] == ["closed"]
    oracles.hold(desk)


SPF_ONLY = f"{BORDER}; spf=pass smtp.mailfrom=ngo.example; dkim=none; dmarc=pass header.from=ngo.example"


@pytest.mark.parametrize("more", [{"subject": "NEW CASE", "text": EMERGENCY}, {"text": "ROUND SEND"}, {"text": "CLOSE {}"}])
def test_S_29_the_delivering_server_alone_does_not_prove_staff(desk: Desk, case: str, more: dict[str, str]) -> None:
    subject, words = (more.get(name, "").format(case) for name in ("subject", "text"))
    desk.arrives(mail(SATO, results=SPF_ONLY, subject=subject, text=words))
    desk.settles()
    assert desk.endings() == [("answered", "sender not proven: asked at the address on file")] and desk.proof() == "domain"
    assert [letter.received.rcpt for letter in desk.letters()] == [(SATO,)]
    with desk.office.ledger.reading() as ledger:
        assert [(one.id, one.state) for one in ledger.cases.all()] == [(case, "open")] and ledger.rounds.all() == []


def test_S_29_it_proves_a_lawyer(desk: Desk, case: str) -> None:
    desk.arrives(
        mail(ALICE, text=f"CLAIM {case}", results=SPF_ONLY.replace("ngo.example;", "NGO.example;", 0).replace("=ngo.", "=lawfirm."))
    )
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_S_29_a_signature_proves_staff(desk: Desk, case: str) -> None:
    desk.arrives(mail(SATO, text=f"CLOSE {case}", results=f"{BORDER}; dkim=pass header.d=ngo.example; dmarc=pass header.from=ngo.example"))
    with desk.office.ledger.reading() as ledger:
        assert [one.state for one in ledger.cases.all()] == ["closed"]
    assert not desk.letters_to(SUZUKI)
