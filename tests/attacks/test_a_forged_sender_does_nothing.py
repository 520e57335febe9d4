"""Group S of the attacks, results of the mail server: what a mail says it is from is no proof, and neither are results that anybody wrote."""

from __future__ import annotations

import pytest

from bot.core import parsing
from bot.core.mail import RawMail, Stamp
from bot.reception.shunt import set_aside
from tests.attacks.desk import ALICE, BOB, BOT, MALLORY, SATO, SUZUKI, Desk
from tests.attacks.forging import fails, mail, passes

ASKED = ("answered", "sender not proven: asked at the address on file")
BORDER = "mx.ngo.example"
UNDER = f"Received: from inner by {BORDER} with ESMTPS; Fri, 20 Nov 2026 02:59:00 +0000"


def is_asked(desk: Desk, case: str, address: str = ALICE) -> bool:
    """CHALLENGE: one question to the address on file, nothing else to anybody, and the case is open as before."""
    letters = [(letter.received.rcpt, letter.subject) for letter in desk.letters()]
    return letters == [((address,), "Was this you? Please confirm your mail")] and desk.standing(case) == {address: "unverified"}


def test_S_01_a_bare_from_line_is_asked_about_and_blocks_nobody(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=0, proven=None)
    assert (desk.endings(), desk.proof()) == ([ASKED], "none")
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    assert desk.standing(case) == {ALICE: "unverified", BOB: "confirmed"}
    (question,) = desk.letters_to(ALICE)
    assert case in question.text and "Asylum appeal" not in question.text


def test_S_02_a_failed_check_does_nothing_and_staff_hear_of_it_once_a_day(desk: Desk, case: str) -> None:
    for _ in range(3):
        desk.arrives(mail(ALICE, text=f"CLAIM {case}\nthe poison", results=fails("lawfirm.example")))
    desk.settles()
    assert set(desk.endings()) == {("for_staff", "authentication failed: dmarc=fail")} and desk.proof() == "failed"
    assert desk.standing(case) == {}
    assert [letter.received.rcpt[0] for letter in desk.letters()] == [SATO, SUZUKI]
    assert ALICE in desk.last_letter_to(SUZUKI).text and "poison" not in desk.last_letter_to(SUZUKI).text
    desk.passes(days=1)
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=fails("lawfirm.example")))
    assert len(desk.letters_to(SUZUKI)) == 2


def test_S_03_results_of_a_foreign_server_are_no_evidence(desk: Desk, case: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=passes("lawfirm.example", server="mx.evil.example")))
    desk.settles()
    assert is_asked(desk, case) and desk.endings() == [ASKED]


def test_S_04_a_genuine_fail_stands_against_a_pass_forged_below_it(desk: Desk, case: str) -> None:
    forged = f"Authentication-Results: {passes('lawfirm.example')}"
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=fails("lawfirm.example"), below=[UNDER, forged, UNDER]))
    desk.settles()
    assert desk.endings() == [("for_staff", "authentication failed: dmarc=fail")]
    assert desk.standing(case) == {} and not desk.letters_to(ALICE)


@pytest.mark.parametrize("below", [(), (UNDER,)], ids=["directly below", "below a forged border"])
def test_S_04_a_pass_below_the_border_is_the_senders_own_text(desk: Desk, case: str, below: tuple[str, ...]) -> None:
    forged = f"Authentication-Results: {passes('lawfirm.example')}"
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", below=[*below, forged, UNDER]))
    desk.settles()
    assert is_asked(desk, case)


@pytest.mark.parametrize("server", [f"{BORDER}.evil.example", f"evil.example ({BORDER};)", f'"{BORDER}"', f"{BORDER}/2x"])
def test_S_06_an_id_that_looks_like_ours_is_not_ours(desk: Desk, case: str, server: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=f"{server}; dmarc=pass header.from=lawfirm.example"))
    desk.settles()
    assert is_asked(desk, case)


def test_S_06_our_id_is_believed_in_any_case_and_with_its_version(desk: Desk, case: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results="MX.NGO.EXAMPLE 1; dmarc=pass header.from=lawfirm.example"))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.proof() == "domain"


def test_S_08_a_pass_for_another_domain_is_not_aligned(desk: Desk, case: str) -> None:
    results = f"{BORDER}; spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; dmarc=none header.from=lawfirm.example"
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=results))
    desk.settles()
    assert is_asked(desk, case)


@pytest.mark.parametrize("signer", ["notlawfirm.example", "lawfirm.example.evil.example", "example"])
def test_S_09_no_domain_vouches_for_another_because_their_ends_are_alike(desk: Desk, case: str, signer: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=f"{BORDER}; dkim=pass header.d={signer}"))
    desk.settles()
    assert is_asked(desk, case)


def test_S_15_the_answer_goes_to_the_address_on_file_and_never_to_reply_to(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=0, headers={"Reply-To": MALLORY})
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
    assert {letter.received.rcpt[0] for letter in desk.letters()} == {ALICE, SATO, SUZUKI}
    assert MALLORY not in "".join(letter.text for letter in desk.letters())


CONTROL_FIELDS = ("X-Bot-Role: staff", "X-Bot-Auth: pass", "X-Resolved-Lawyer: L002", f"Bcc: {MALLORY}", f"Resent-To: {MALLORY}")


def test_S_30_control_fields_from_outside_act_on_nothing_and_are_copied_nowhere(desk: Desk, case: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}\nCLOSE {case}", results=passes("lawfirm.example"), fields=CONTROL_FIELDS))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
    sent = b"".join(letter.received.raw for letter in desk.letters())
    assert not [word for word in (b"X-Bot", b"X-Resolved", b"L002", MALLORY.encode()) if word in sent]


def test_S_30_control_fields_prove_nothing(desk: Desk, case: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", fields=CONTROL_FIELDS))
    desk.settles()
    assert is_asked(desk, case)


def test_S_31_what_a_stranger_writes_reaches_no_mail_of_ours(desk: Desk, case: str) -> None:
    secret = "Your verification code is 482913"
    stranger = "no-reply@service.example"
    desk.arrives(mail(stranger, text=f"{secret}\nCLAIM {case}", subject=secret, results=passes("service.example")))
    desk.settles()
    assert (desk.letters(), desk.standing(case), desk.endings()) == ([], {}, [("for_staff", "not on the roster")])


def test_S_31_nor_does_it_where_the_mail_is_set_aside(desk: Desk, case: str) -> None:
    raw = mail("no-reply@service.example", subject="Your verification code is 482913", results=passes("service.example"))
    aside = RawMail(Stamp("INBOX", 1, 7, desk.now), raw, len(raw))
    desk.received[7] = raw
    set_aside(desk.office, aside, "could not be digested", arrival=parsing.read(raw, own_address=BOT))
    letter = desk.last_letter_to(SUZUKI)
    assert "no-reply@service.example" in letter.text and "482913" not in letter.text + letter.subject


TWICE = {
    "Sender": "Sender: alice@lawfirm.example",
    "Reply-To": "Reply-To: alice@lawfirm.example",
    "To": "To: cases@bot.ngo.example",
    "Subject": "Subject: x",
    "Date": "Date: Fri, 20 Nov 2026 03:00:00 +0000",
    "Message-ID": "Message-ID: <other@out.example>",
    "In-Reply-To": "In-Reply-To: <a@b.example>",
    "References": "References: <a@b.example>",
    "Content-Type": "Content-Type: text/plain",
    "MIME-Version": "MIME-Version: 1.0",
}


@pytest.mark.parametrize("field", TWICE.values(), ids=TWICE)
def test_a_field_that_may_stand_once_and_stands_twice_is_for_a_person(desk: Desk, case: str, field: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=passes("lawfirm.example"), fields=[field, field]))
    desk.settles()
    assert desk.ending() == "for_staff" and "it has two" in desk.endings()[0][1]
    assert desk.standing(case) == {}


@pytest.mark.parametrize("result", ["dmarc=temperror header.from=lawfirm.example", "dkim=temperror header.d=lawfirm.example"])
def test_a_check_that_had_no_answer_is_no_pass(desk: Desk, case: str, result: str) -> None:
    desk.arrives(mail(ALICE, text=f"CLAIM {case}", results=f"{BORDER}; {result}"))
    desk.settles()
    assert is_asked(desk, case)
