"""G-27: what is not clear is asked about or shown to a person, at the desk as a whole; nothing of it acts."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk

HEAD = (
    f"Return-Path: <{ALICE}>\r\nAuthentication-Results: mx.ngo.example; dkim=pass header.d=lawfirm.example; dmarc=pass header.from=lawfirm.example\r\n"
    f"Received: from mail.lawfirm.example by mx.ngo.example with ESMTPS; Fri, 20 Nov 2026 12:00:00 +0900\r\n"
    f"From: Alice Arden <{ALICE}>\r\nTo: cases@bot.ngo.example\r\nMessage-ID: <a1@lawfirm.example>\r\nSubject: cases\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b0"\r\n\r\n'
)


def both(text: str, html: str) -> bytes:
    """A mail of Alice's, proven, in two forms."""
    parts = (f"--b0\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n" for kind, body in (("plain", text), ("html", html)))
    return f"{HEAD}{''.join(parts)}--b0--\r\n".encode()


@pytest.mark.parametrize(
    "prose", ["I'd like to take {number}.", "{number:03d} please", "{number}番を担当したいです。", "I would love to do {case}!"]
)
def test_prose_that_means_one_open_case_is_asked_and_a_yes_counts_from_its_arrival(desk: Desk, prose: str) -> None:
    desk.case()
    case = desk.case("Detention")
    desk.writes(ALICE, prose.format(number=int(case[-3:]), case=case), at=0)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    question = desk.last_letter_to(ALICE)
    assert case in question.text and desk.standing(case) == {BOB: "queued"}
    desk.writes(ALICE, "YES", answering=question, at=60)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


@pytest.mark.parametrize(
    "wish",
    [
        "I would love to take {number}", "Hello,\n\nI'd like to take case {number}.\n\nBest regards,\nAlice Arden", "CLAIM {number}", "受任 {number}", "Taking {case}, please.",
        "Happy to take {case}!", "{case}", "{case} please", "We would be glad to accept {case}.", "{number}番を担当したいです。", "{case}を担当させていただきます。", "受任希望 {case}",
        "お世話になっております。\n{case}を受任いたします。\nよろしくお願いいたします。",
    ],
)  # fmt: skip
def test_a_wish_that_says_no_more_is_asked_about_and_disturbs_nobody(desk: Desk, wish: str) -> None:
    case = desk.case()
    desk.writes(ALICE, wish.format(number=1, case=case), at=0)
    question = desk.last_letter_to(ALICE)
    assert f"Did you mean to take {case}" in question.subject and desk.ending() == "answered"
    assert {letter.received.rcpt for letter in desk.letters()} == {(ALICE,)} and "a person will read them" in question.flat
    desk.writes(ALICE, "YES", answering=question, at=60)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


@pytest.mark.parametrize(
    "words",
    [
        "I would love to take {case} if the hearing is in Tokyo", "I would love to take {case}, but not before May", "Is {case} still free?", "I'd like to take {case}. Who is the interpreter?",
        "{case}を担当したいのですが、通訳はいますか。", "I'd like to take {case}. I met the client last week.", "{case}: my colleague may be able to", "受任 {case} の場合", "{case} is urgent",
    ],
)  # fmt: skip
def test_a_wish_with_anything_beside_it_is_read_by_a_person_too(desk: Desk, words: str) -> None:
    case = desk.case()
    desk.writes(ALICE, words.format(case=case))
    assert f"Did you mean to take {case}" in desk.last_letter_to(ALICE).subject and desk.ending() == "for_staff"
    assert words.format(case=case)[-20:] in desk.last_letter_to(SUZUKI).flat


def test_the_question_says_that_no_place_is_free_and_how_many_wait(desk: Desk) -> None:
    case = desk.case()
    for at, (who, told) in enumerate(
        ((CHIKA, ""), (BOB, "no place in it is free now;"), (ALICE, "no place in it is free now, and 1 lawyer waits for it;"))
    ):
        desk.writes(who, f"I would love to take {case}", at=at * 400)
        question = desk.last_letter_to(who).flat
        assert told in question and ("waiting list" in question) == bool(told)
        desk.passes(seconds=10)
        desk.writes(who, "YES", answering=desk.last_letter_to(who))
        desk.settles()
    assert desk.standing(case) == {CHIKA: "confirmed", BOB: "waitlisted", ALICE: "waitlisted"}


def test_a_number_of_no_open_case_goes_to_a_person(desk: Desk) -> None:
    desk.case()
    desk.writes(ALICE, "I'd like to take 77.", at=0)
    assert "CLAIM" not in desk.last_letter_to(ALICE).text.partition("##-")[0]


def test_two_numbers_are_not_guessed_between(desk: Desk) -> None:
    cases = [desk.case(), desk.case("Detention")]
    desk.writes(ALICE, "I could take case 1 or case 2.", at=0)
    assert all(f"CLAIM {case}" not in desk.last_letter_to(ALICE).text for case in cases)


PAIRS = {
    "other cases": ("CLAIM {a}", "<p>CLAIM {b}</p>"),
    "one more": ("CLAIM {a}", "<p>CLAIM {a}</p><p>CLAIM {b}</p>"),
    "one less": ("CLAIM {a}\r\nCLAIM {b}", "<p>CLAIM {a}</p>"),
    "only in the text": ("CLAIM {a}", "<p>Thank you, not this month.</p>"),
    "only in the page": ("Thank you, not this month.", "<p>CLAIM {a}</p>"),
    "another order": ("CLAIM {a}\r\nCLAIM {b}", "<p>CLAIM {b}</p><p>CLAIM {a}</p>"),
    "another verb": ("CLAIM {a}", "<p>RELEASE {a}</p>"),
    "a digit hidden": ("CLAIM {a}", '<p>CLAIM {a}<span style="font-size:0">1</span></p><p hidden>CLAIM {b}</p><p>CLAIM {b}</p>'),
    "hidden from the page's reader": ("CLAIM {a}", '<p>thank you</p><p style="display:none">CLAIM {a}</p>'),
    "hidden by a class": ("CLAIM {a}", "<style>.x{{display:none}}</style><p>thank you</p><p class=x>CLAIM {a}</p>"),
    "white on white": ("CLAIM {a}", '<p>thank you</p><p style="color:#fff">CLAIM {a}</p>'),
    "struck out": ("CLAIM {a}", "<p><del>CLAIM {a}</del></p>"),
    "a question in one": ("CLAIM {a}", "<p>CLAIM {a}?</p>"),
    "a negation in one": ("CLAIM {a}", "<p>I cannot CLAIM {a}</p>"),
    "quoted in one": ("CLAIM {a}", "<p>thank you</p><blockquote>CLAIM {a}</blockquote>"),
    "no text but invisible signs": ("\u200b\u200b", "<p style='color:white'>CLAIM {a}</p>"),
    "too tangled": ("CLAIM {a}", "<div>" * 2_000 + "CLAIM {a}"),
}


@pytest.mark.parametrize(("text", "html"), PAIRS.values(), ids=PAIRS)
def test_two_forms_of_one_mail_that_differ_do_nothing_and_a_person_looks(desk: Desk, text: str, html: str) -> None:
    a, b = desk.case(), desk.case("Detention")
    desk.arrives(both(text.format(a=a, b=b), html.format(a=a, b=b)), at=0)
    desk.settles()
    assert (desk.standing(a), desk.standing(b), desk.ending()) == ({}, {}, "for_staff")
    assert {letter.received.rcpt[0] for letter in desk.letters()} == {ALICE, "sato@ngo.example", "suzuki@ngo.example"}


@pytest.mark.parametrize("html", ['<p style="color:#fff">CLAIM {case}</p>', "<p><s>CLAIM {case}</s></p>"])
def test_a_claim_in_doubt_is_asked_about_and_keeps_its_place(desk: Desk, html: str) -> None:
    """It may come from a program with a dark screen: staff look, and its sender can say so at once."""
    case = desk.case()
    desk.arrives(both(f"CLAIM {case}", html.format(case=case)), at=0)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE), at=60)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_two_forms_that_name_other_cases_are_not_guessed_between(desk: Desk) -> None:
    a, b = desk.case(), desk.case("Detention")
    desk.arrives(both(f"CLAIM {a}", f"<p>CLAIM {b}</p>"), at=0)
    assert not {a, b} & set(desk.last_letter_to(ALICE).text.split())


@pytest.mark.parametrize(
    "prose",
    ["I cannot take {case}, sorry", "{case}は受任できません", "RELEASE {case} because I am away", "Unfortunately {case} is too far"],
)
def test_words_that_decline_are_no_offer_and_go_to_a_person(desk: Desk, prose: str) -> None:
    case = desk.case()
    desk.writes(ALICE, prose.format(case=case))
    told = desk.last_letter_to(ALICE).text
    assert "Did you mean" not in told and "CLAIM" not in told and desk.ending() == "for_staff"


def test_who_has_just_left_the_line_is_not_asked_whether_to_take_it(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}", at=0)
    desk.writes(ALICE, f"CLAIM {case}", at=5)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.writes(ALICE, f"Thank you, {case} was not for me.")
    assert "Did you mean" not in desk.last_letter_to(ALICE).text


def test_in_the_thread_of_a_case_that_is_placed_words_that_name_none_are_no_offer(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"SHOW {case}")
    desk.writes(ALICE, "Thank you for telling me.", answering=desk.last_letter_to(ALICE))
    assert "Did you mean" not in desk.last_letter_to(ALICE).text
