"""G-13: L-14 to L-17: receipts, filters that want a proof, lists that wrap their writer, and mail that came by two ways."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, MALLORY, SUZUKI, Desk
from tests.attacks.raw_mail import parts, raw
from tests.attacks.test_machines_start_no_loop import STAFF, addressees

RECEIPTS = {
    "read receipt": parts(
        "report",
        "Content-Type: text/plain\n\nYour message was read. CLAIM {case}",
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n",
        more="; report-type=disposition-notification",
    ),
    "calendar answer": parts(
        "alternative",
        "Content-Type: text/plain\n\nAlice has accepted.",
        "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
    ),
    "calendar answer, method inside": parts(
        "mixed",
        "Content-Type: text/plain\n\nDeclined",
        "Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
    ),
    "calendar counter-proposal": parts(
        "alternative", "Content-Type: text/plain\n\nx", "Content-Type: text/calendar; method=COUNTER\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
    ),
    "S/MIME receipt": ("Content-Type: application/pkcs7-mime; smime-type=signed-receipt; name=smime.p7m", "MIIB"),
    "S/MIME receipt, signed": parts(
        "signed",
        "Content-Type: application/pkcs7-mime; smime-type=signed-receipt; name=smime.p7m\n\nMIIB",
        "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB",
        more="; protocol=application/pkcs7-signature",
    ),
}


@pytest.mark.parametrize(("kind", "body"), RECEIPTS.values(), ids=RECEIPTS)
def test_L_14_receipts_and_calendar_answers_are_ignored(desk: Desk, kind: str, body: str) -> None:
    desk.case()
    desk.sends_the_round()
    letters = len(desk.letters())
    desk.arrives(raw(kind, f"In-Reply-To: {desk.last_letter_to(ALICE).message_id}", "MIME-Version: 1.0", sender=ALICE, body=body))
    assert desk.ending() == "ignored" and len(desk.letters()) == letters


CHALLENGES = {
    "plain": "To have your message delivered click here: https://x.example/1",
    "Spam Arrest": "Alice here. I'm protecting myself from receiving junk mail. Just click the link below. Powered by Spam Arrest.",
    "Boxbe": "Hello, your message about Cases was waitlisted. Please add yourself to my Guest List, see boxbe.com",
    "TMDA": "This message was created automatically by mail delivery software (TMDA). Your message is being held until you confirm it"
    " by a reply to this message.",
    "EarthLink": "I apologize for this automatic reply to your email. To control spam, I now allow incoming messages only from senders"
    " I have approved beforehand. If you would like to be added to my list of approved senders, please fill out the short request form"
    " (see link below). Once I approve you, I will receive your original message in my inbox.",
    "Mailinblack": "Bonjour, pour me protéger du spam, ma messagerie est équipée de Mailinblack. Cliquez ici.",
    "reply": "Just reply to this message and your original message will be delivered.",
    "robot": "Please prove you are not a robot, then this mail will be released.",
    "de": "Damit Ihre Nachricht zugestellt werden kann, klicken Sie bitte auf den folgenden Link.",
    "fr": "Votre message est en attente : merci de vous authentifier en cliquant ici.",
    "es": "Para que su mensaje sea entregado, haga clic en el enlace.",
    "it": "Affinché il suo messaggio possa essere consegnato, clicchi qui.",
    "pt": "Para que a sua mensagem seja entregue, clique aqui.",
    "nl": "Om uw bericht te laten bezorgen, klik op de link.",
    "ja": "このメールをお届けするには、次のリンクをクリックして認証してください。",
    "zh": "请点击以下链接验证您的身份，邮件才能送达。",
    "ko": "메일이 전달되려면 아래 링크를 클릭해 주세요.",
}


@pytest.mark.parametrize("text", CHALLENGES.values(), ids=CHALLENGES)
def test_L_15_a_filter_that_wants_a_proof_is_told_to_staff_as_a_mailbox_we_do_not_reach(desk: Desk, text: str) -> None:
    desk.case()
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    for _ in range(3):
        desk.writes("verify@filter.example", text, answering=the_round, quoting=False, proven=None)
    assert desk.endings() == [("ignored", "challenge-response filter")] * 3
    assert [letter.subject for letter in desk.letters_to(SUZUKI)] == [f"Our letters do not reach {ALICE}"]
    assert len(desk.letters_to(ALICE)) == 1 and desk.letters_to("verify@filter.example") == []


def test_L_15_the_note_goes_when_the_member_answers_a_letter_and_comes_again_with_the_next_challenge(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    desk.writes(ALICE, CHALLENGES["plain"], answering=the_round, quoting=False)
    assert noted(desk) == [ALICE]
    desk.writes(ALICE, f"CLAIM {case}", quoting=False)
    assert noted(desk) == [ALICE], "a mail that answers no letter of ours does not show that they arrive"
    desk.writes(ALICE, "STATUS", answering=the_round, quoting=False)
    assert noted(desk) == []
    desk.passes(days=30)
    desk.writes(ALICE, CHALLENGES["plain"], answering=the_round, quoting=False)
    assert noted(desk) == [ALICE] and sum("do not reach" in letter.subject for letter in desk.letters_to(SUZUKI)) == 2


def test_L_15_a_challenge_that_nothing_ties_to_a_member_is_only_recorded(desk: Desk) -> None:
    desk.writes(MALLORY, CHALLENGES["plain"])
    desk.writes(ALICE, CHALLENGES["plain"], proven=False)
    assert [disposition for disposition, _ in desk.endings()] == ["ignored"] * 2 and desk.letters() == [] and noted(desk) == []


@pytest.mark.parametrize(
    "text",
    ["メールを送信しましたのでご確認ください。", "The court requires you to confirm the address. Please click the link there.", "ok"],
)
def test_L_15_people_who_ask_for_a_look_are_no_filter(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert desk.ending() == "for_staff" and noted(desk) == []


def noted(desk: Desk) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return ledger.marks.filtered()


WRAPPED = ('From: "Alice via Lawyers" <lawyers@lawfirm.example>', "List-Id: <lawyers.lawfirm.example>", f"X-Original-From: {ALICE}")


def test_L_16_a_list_that_wraps_its_writer_is_nobody_on_file_and_says_why(desk: Desk) -> None:
    case = desk.case()
    desk.arrives(raw(*WRAPPED, sender="lawyers@lawfirm.example", body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {} and desk.letters() == []
    assert desk.endings() == [("for_staff", "not on the roster; re-sent by a mailing list, whose own address hides who wrote it")]


def test_L_16_even_under_a_members_own_address_a_list_is_put_before_a_person(desk: Desk) -> None:
    desk.joins("lawyers@lawfirm.example", name="Alice's other address")
    case = desk.case()
    desk.arrives(raw(*WRAPPED, sender="lawyers@lawfirm.example", body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {} and desk.endings() == [("for_staff", "list mail")] and addressees(desk) >= STAFF


def test_L_17_a_claim_that_a_filter_redirects_as_well_counts_once(desk: Desk) -> None:
    case = desk.case()
    direct = raw(sender=ALICE, body=f"CLAIM {case}")
    trace = f"Return-Path: <{BOB}>\r\nReceived: from mail.bengo.example by mx.ngo.example; Fri, 20 Nov 2026 12:00:09 +0900\r\n"
    redirected = f"{trace}Resent-From: {BOB}\r\nResent-Date: Fri, 20 Nov 2026 12:00:05 +0900\r\n".encode() + direct.partition(b"\r\n")[2]
    desk.arrives(direct, at=0)
    desk.arrives(redirected, at=5)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and len(desk.letters_to(ALICE)) == 1 and desk.letters_to(BOB) == []
    assert desk.endings()[1] == ("ignored", "the same message as INBOX/101")


def test_L_17_the_redirected_copy_alone_is_still_alices_own_claim(desk: Desk) -> None:
    """SPF fails on the way through Bob, DKIM passes: DMARC, which our border reports, needs only one of them."""
    case = desk.case()
    desk.arrives(raw(f"Resent-From: {BOB}", sender=ALICE, body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.letters_to(BOB) == []
