"""G-13: group L of the attacks: mail that programs write, however well they hide it, moves no case and brings no answer that could go on for ever."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from bot.core import trust
from tests.attacks.desk import ALICE, BOB, BOT, MALLORY, SATO, SUZUKI, Desk
from tests.attacks.raw_mail import parts, raw
from tests.story.people import Letter

STAFF = {SATO, SUZUKI}


def test_L_01_an_out_of_office_note_that_quotes_our_list_claims_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    before = len(desk.letters())
    desk.writes(ALICE, f"away until Monday\n\n> CLAIM {case}", at=0, answering=the_round, headers={"Auto-Submitted": "auto-replied"})
    desk.settles()
    assert desk.endings() == [("ignored", "auto-submitted: auto-replied")]
    assert (desk.standing(case), len(desk.letters())) == ({}, before)


@pytest.mark.parametrize(
    "fields",
    [
        ("Auto-Submitted: auto-generated (rejected)",),
        ('Auto-Submitted: AUTO-REPLIED; owner-email="x"',),
        ("Auto-Submitted: auto-notified",),
        ("Auto-Submitted: no", "Auto-Submitted: auto-replied"),
    ],
)
def test_L_02_auto_submitted_in_every_form_is_a_machine(desk: Desk, fields: tuple[str, ...]) -> None:
    """What holds a claim in its own words is shown to staff; it still does nothing, and nobody is answered."""
    case = desk.case()
    desk.arrives(raw(*fields, sender=ALICE, body=f"CLAIM {case}"))
    desk.arrives(raw(*fields, sender=ALICE, body="Thank you for your mail."))
    desk.settles()
    assert [disposition for disposition, _ in desk.endings()] == ["for_staff", "ignored"]
    assert desk.standing(case) == {} and addressees(desk) == STAFF


@pytest.mark.parametrize("value", ["no", "No ", "no (manual)"])
def test_L_02_auto_submitted_no_is_a_person(desk: Desk, value: str) -> None:
    case = desk.case()
    desk.arrives(raw(f"Auto-Submitted: {value}", sender=ALICE, body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


LEGACY = [
    "Precedence: bulk",
    "Precedence: junk",
    "Precedence: list",
    "Precedence: auto_reply",
    "X-Autoreply: yes",
    "X-Autorespond: a",
    "X-Autoresponder: b",
    "Delivered-To: Autoresponder",
    "X-FC-Machinegenerated: true",
]


@pytest.mark.parametrize("field", LEGACY)
def test_L_03_older_marks_are_a_machine(desk: Desk, field: str) -> None:
    case = desk.case()
    desk.arrives(raw(field, sender=ALICE, body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {} and desk.letters_to(ALICE) == []
    disposition, reason = desk.endings()[0]
    assert disposition == "for_staff" and reason.startswith("looks automatic (") and reason.endswith("and yet holds a claim")


def test_L_03_a_claim_in_automatic_mail_is_shown_to_staff_once_and_word_for_word(desk: Desk) -> None:
    case = desk.case()
    desk.arrives(raw("Precedence: bulk", sender=ALICE, body=f"CLAIM {case}"))
    letters = desk.letters()
    assert addressees(desk) == STAFF and len(letters) == 2
    assert f"CLAIM {case}" in desk.last_letter_to(SUZUKI).text and "looks automatic" in desk.last_letter_to(SUZUKI).text


ABSENT = {
    "ja": "自動返信: 不在のお知らせ",
    "en": "Automatic reply: Cases for November",
    "en, whole": "Out of Office",
    "de": "Abwesenheitsnotiz: Fälle im November",
    "de, new": "Automatische Antwort: Fälle",
    "fr": "Réponse automatique : Dossiers",
    "es": "Respuesta automática: Casos",
    "it": "Risposta automatica: Casi",
    "pt": "Resposta automática: Casos",
    "nl": "Automatisch antwoord: Zaken",
    "sv": "Autosvar: Ärenden",
    "pl": "Automatyczna odpowiedź: Sprawy",
    "zh-cn": "自动回复: 案件",
    "zh-tw": "自動回覆: 案件",
    "ko": "자동 회신: 사건",
}


@pytest.mark.parametrize("subject", ABSENT.values(), ids=ABSENT)
def test_L_05_a_subject_that_says_out_of_office_is_enough(desk: Desk, subject: str) -> None:
    case = desk.case()
    desk.sends_the_round()
    before = len(desk.letters())
    for _ in range(3):
        desk.writes(ALICE, f"Back on Monday.\n\n> CLAIM {case}", subject=subject, answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert set(desk.endings()) == {("ignored", "subject says out of office")}
    assert desk.standing(case) == {} and len(desk.letters()) == before


NOTES = {
    "en": "Hello,\n\nI am currently out of the office and will read your mail on Monday.",
    "en, thanks": "Thank you for your email. I am on annual leave until 3 May.",
    "ja": "お世話になっております。\n誠に勝手ながら、11月30日まで休暇をいただいております。",
    "ja, short": "ただいま不在にしております。",
    "de": "Guten Tag,\nvielen Dank für Ihre Nachricht. Ich bin derzeit nicht im Büro.",
    "fr": "Bonjour,\nje suis absente jusqu'au 5 mai.",
    "es": "Estoy fuera de la oficina hasta el lunes.",
    "it": "Sono assente dall'ufficio fino a lunedì.",
    "pt": "Estou de férias até segunda-feira.",
    "nl": "Ik ben momenteel afwezig tot maandag.",
    "sv": "Hej! Jag är på semester till måndag.",
    "pl": "Jestem na urlopie do poniedziałku.",
    "zh": "您好，我目前不在办公室，周一回来。",
    "ko": "안녕하세요. 현재 부재중입니다.",
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_L_05_a_note_of_absence_without_any_mark_is_read_by_staff_and_not_answered(desk: Desk, note: str) -> None:
    case = desk.case()
    desk.sends_the_round()
    desk.writes(ALICE, note, answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.endings() == [("for_staff", "says that its writer is away")]
    assert desk.standing(case) == {} and len(desk.letters_to(ALICE)) == 1
    assert note.splitlines()[-1] in desk.last_letter_to(SUZUKI).text.replace("\n", " ") or "away" in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("line", ["CLAIM {}", "CLAIM {} with pleasure", "受任 {}", "受任 {} します"])
def test_L_05_automatic_mail_that_may_claim_is_shown_to_staff_once_and_not_answered(desk: Desk, line: str) -> None:
    """Also where there is more in it, which a person's mail would have passed on with an answer that says so."""
    case = desk.case()
    desk.writes(ALICE, f"{line.format(case)}\n\nI shall be away until 5 December, with no one to ask.", subject="自動返信")
    desk.settles()
    assert desk.ending() == "for_staff" and desk.standing(case) == {}
    assert sorted(letter.received.rcpt[0] for letter in desk.letters()) == sorted(STAFF)


@pytest.mark.parametrize("line", ["STATUS", "LIST", "RELEASE {}"])
def test_L_05_automatic_mail_with_any_other_command_is_not_answered(desk: Desk, line: str) -> None:
    case = desk.case()
    desk.writes(ALICE, f"{line.format(case)}\n\nPlease turn to my colleague Ms Mori in urgent matters.", subject="自動返信")
    desk.settles()
    assert desk.letters() == []


def test_L_05_a_claim_in_a_note_of_absence_is_asked_about_and_shown_to_staff_once(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}\n\nI am out of the office until 5 December.")
    desk.settles()
    assert sorted(letter.received.rcpt[0] for letter in desk.letters()) == sorted((ALICE, *STAFF))
    assert "away" in desk.last_letter_to(SUZUKI).text


def test_L_05_a_claim_under_a_note_of_absence_is_a_claim(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"I am out of the office until Monday, but this one is for me:\nCLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_L_05_a_colleague_who_is_away_is_not_written_to_about_being_away(desk: Desk) -> None:
    desk.writes(SATO, "I am out of the office until Monday.")
    assert desk.endings() == [("for_staff", "says that its writer is away")] and desk.letters() == []


@pytest.mark.parametrize("text", ["My client was away until Monday; may I bring her along?", "The office of my client is out of paper."])
def test_L_05_a_person_who_speaks_of_an_absence_is_answered(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert desk.ending() == "for_staff" and len(desk.letters_to(ALICE)) == 1


def bounce_of(letter: Letter, *, field: str = "Return-Path: <>") -> bytes:
    kind, body = parts(
        "report",
        "Content-Type: text/plain\n\nThe address does not exist.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.lawfirm.example\n\n"
        f"Final-Recipient: rfc822; {ALICE}\nAction: failed\nStatus: 5.1.1\n",
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {letter.message_id}\nSubject: x\n",
        more="; report-type=delivery-status",
    )
    return raw(field, kind, sender="mailer-daemon@lawfirm.example", body=body, proven=None)


def test_L_07_a_genuine_bounce_marks_the_letter_tells_staff_and_answers_nobody(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.arrives(bounce_of(desk.last_letter_to(ALICE)))
    with desk.office.ledger.reading() as ledger:
        states = {letter.to: letter.state for letter in ledger.outbox.all() if letter.kind == "confirmation"}
    assert states == {ALICE: "bounced"} and desk.endings()[-1] == ("ignored", "delivery report: 5.1.1 failed")
    assert len(desk.letters_to(ALICE)) == 1 and "Not delivered" in desk.last_letter_to(SUZUKI).subject


def test_L_07_a_bounce_that_names_no_letter_of_ours_changes_nothing(desk: Desk) -> None:
    desk.case()
    desk.sends_the_round()
    genuine = desk.last_letter_to(ALICE)
    letters = len(desk.letters())
    desk.arrives(bounce_of(genuine).replace(genuine.message_id.encode(), b"<" + b"a" * 16 + b"." + b"b" * 26 + b"@bot.ngo.example>"))
    assert desk.endings() == [("ignored", "delivery report without a signature of ours")] and len(desk.letters()) == letters


@pytest.mark.parametrize("sender", ["<>", "MAILER-DAEMON@x.example", "postmaster@x.example"])
def test_L_08_null_and_daemon_senders_get_nothing(desk: Desk, sender: str) -> None:
    case = desk.case()
    desk.arrives(raw(f"From: {sender}", sender="postmaster@x.example", body=f"CLAIM {case}"))
    desk.settles()
    assert [disposition for disposition, _ in desk.endings()] == ["ignored"]
    assert desk.standing(case) == {} and desk.letters() == []


def returned(letter: Letter, *fields: str) -> bytes:
    """A letter of ours as it lies in our own mailbox: delivered to an alias that leads back, perhaps with a list's marks on it."""
    return ("".join(f"{field}\r\n" for field in ("Delivered-To: everybody@ngo.example", *fields))).encode() + letter.received.raw


def test_L_09_our_own_mail_comes_back_and_the_third_in_a_day_is_told_once(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    told: list[int] = []
    for _ in range(4):
        desk.arrives(returned(desk.letters_to(ALICE)[0]))
        told.append(sum("coming back" in letter.subject for letter in desk.letters_to(SUZUKI)))
    desk.settles()
    assert desk.endings() == [("ignored", "our own mail")] * 4 and told == [0, 0, 1, 1]
    assert "3 letters" in desk.last_letter_to(SUZUKI).text and desk.standing(case) == {} and len(desk.letters_to(ALICE)) == 1


@pytest.mark.parametrize("kept", ["List-Id", "Message-ID"])
def test_L_09_a_list_that_rewrites_from_does_not_hide_our_mail(desk: Desk, kept: str) -> None:
    desk.case()
    desk.sends_the_round()
    letter = desk.letters_to(ALICE)[0]
    desk.arrives(raw("From: Desk via Alice <alice@lawfirm.example>", f"{kept}: {letter.headers[kept]}", sender=ALICE, body=letter.text))
    assert desk.endings() == [("ignored", "our own mail")] and len(desk.letters_to(ALICE)) == 1


def test_L_09_the_next_day_counts_anew(desk: Desk) -> None:
    desk.case()
    desk.sends_the_round()
    for hours in (0, 0, 25, 0):
        desk.passes(hours=hours)
        desk.arrives(returned(desk.letters_to(ALICE)[0]))
    assert desk.letters_to(SUZUKI) == []


def test_L_10_a_thousand_strangers_get_not_one_reply(desk: Desk) -> None:
    for number in range(1, 1001):
        desk.arrives(raw(sender=f"a{number}@evil.example", body="HELP"))
    assert desk.letters() == [] and set(desk.endings()) == {("for_staff", "not on the roster")} and len(desk.endings()) == 1000


def ping_pong(desk: Desk, player: str, rounds: int) -> None:
    """Whatever we write to the player is answered at once with HELP, unmarked, a new mail each time."""
    answered = -1
    for _ in range(rounds):
        ours = desk.letters_to(player)
        if len(ours) == answered:
            desk.writes(player, "HELP")
            continue
        answered = len(ours)
        desk.writes(player, "HELP", answering=ours[-1] if ours else None)


def test_L_11_two_machines_stop_after_five_answers_and_staff_hear_of_it_once(desk: Desk) -> None:
    ping_pong(desk, ALICE, 100)
    assert len(desk.letters_to(ALICE)) == 6 and desk.last_letter_to(ALICE).subject == "No more automatic answers today"
    assert [letter.subject for letter in desk.letters_to(SUZUKI)] == [f"No more answers today to {ALICE}"]
    assert [disposition for disposition, _ in desk.endings()] == ["answered"] * 5 + ["ignored"] * 95


def test_L_11_a_machine_in_a_staff_mailbox_stops_too(desk: Desk) -> None:
    ping_pong(desk, SUZUKI, 30)
    helps = [letter for letter in desk.letters_to(SUZUKI) if "No more answers" not in letter.subject]
    assert len(helps) == 5 and len(desk.letters_to(SUZUKI)) == 6 and len(desk.letters_to(SATO)) == 1


def test_L_11_a_claim_a_release_and_a_word_of_staff_are_answered_beyond_the_cap(desk: Desk) -> None:
    case = desk.case()
    ping_pong(desk, ALICE, 10)
    ping_pong(desk, SATO, 10)
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    assert desk.standing(case) == {ALICE: "released"} and len(desk.letters_to(ALICE)) == before + 2
    for number in range(8):
        told = len(desk.letters_to(SATO))
        desk.writes(SATO, "LIST", subject=f"The {number}th time")
        assert len(desk.letters_to(SATO)) == told + 1


def test_L_11_the_next_day_has_five_answers_again(desk: Desk) -> None:
    ping_pong(desk, ALICE, 10)
    desk.passes(hours=25)
    ping_pong(desk, ALICE, 10)
    assert len(desk.letters_to(ALICE)) == 12


@pytest.mark.parametrize("text", ["PAUSE UNTIL 1/2", "LANGUAGE French"])
def test_L_11_a_change_that_is_not_clear_is_never_met_with_silence(desk: Desk, text: str) -> None:
    for _ in range(5):
        desk.writes(ALICE, "STATUS")
    for _ in range(3):
        desk.writes(ALICE, text)
        assert desk.ending() == "for_staff"
    read = [letter for letter in desk.letters_to(SUZUKI) if "and were told that a person reads" in " ".join(letter.text.split())]
    assert len(read) == 3 and all(text in letter.text for letter in read)
    assert [letter.subject for letter in desk.letters_to(ALICE)][5:] == ["No more automatic answers today"]
    assert "JUS" not in desk.last_letter_to(ALICE).text
    desk.writes(ALICE, "PAUSE UNTIL 2027-01-10")
    assert desk.members()[ALICE] == "paused" and len(desk.letters_to(ALICE)) == 7


def test_L_12_every_letter_on_its_way_bears_the_marks_of_a_machine(desk: Desk) -> None:
    """One of each template is looked at in `tests/shell/test_letters_leave_as_sound_mail.py`; here, a day's real mail."""
    case = desk.case()
    desk.sends_the_round()
    desk.writes(ALICE, f"CLAIM {case}", answering=desk.last_letter_to(ALICE))
    desk.writes(BOB, "May I bring a trainee?")
    desk.writes(SATO, "Title: X\nSummary: y", subject="NEW CASE")
    desk.settles()
    kinds = {"auto-generated": 0, "auto-replied": 0}
    for letter in desk.letters():
        head = letter.headers
        kinds[str(head["Auto-Submitted"])] += 1
        assert head["X-Auto-Response-Suppress"] == "All" and is_signed_for_its_reader(desk, letter)
        assert not {"return-receipt-to", "disposition-notification-to", "x-confirm-reading-to", "reply-to"} & names_in(head)
        assert (head["Precedence"] == "list") == (head["List-Unsubscribe"] is not None) == ("Cases for November" in letter.subject)
        assert (head["Auto-Submitted"] == "auto-replied") == (head["In-Reply-To"] is not None)
    assert kinds["auto-generated"] >= 3 and kinds["auto-replied"] >= 3


def names_in(head: EmailMessage) -> set[str]:
    return {name.lower() for name in head}


def is_signed_for_its_reader(desk: Desk, letter: Letter) -> bool:
    """Our Message-ID is what a bounce is known by, where others use a return path of its own for each reader (VERP)."""
    code = trust.code_in(letter.message_id)
    return code is not None and trust.is_ours(code, letter.received.rcpt[0], keys=desk.office.keys)


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


def addressees(desk: Desk) -> set[str]:
    return {letter.received.rcpt[0] for letter in desk.letters()} - {BOT}
