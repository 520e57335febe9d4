"""G-13: L-01, L-03, L-05: who is away has claimed nothing, and what might be a claim is shown to a person once."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.attacks.raw_mail import raw
from tests.attacks.test_machines_start_no_loop import STAFF, addressees


def test_L_01_an_out_of_office_note_that_quotes_our_list_claims_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    before = len(desk.letters())
    desk.writes(ALICE, f"away until Monday\n\n> CLAIM {case}", at=0, answering=the_round, headers={"Auto-Submitted": "auto-replied"})
    desk.settles()
    assert desk.endings() == [("ignored", "auto-submitted: auto-replied")]
    assert (desk.standing(case), len(desk.letters())) == ({}, before)


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
