"""What members and staff write to each other: it arrives whole, under the writer's name, from proven people only, and gives nothing away."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, CANARIES, MALLORY, SATO, SUZUKI, Desk
from tests.story.people import Letter

QUESTION = "May I bring a trainee to the hearing?"
ANSWER = "Dear Alice,\n\nYes, gladly. Please tell us the name.\n\nSuzuki"


def asked(desk: Desk, text: str = QUESTION, **more: object) -> Letter:
    """Alice asks; gives what Suzuki gets of it."""
    desk.writes(ALICE, text, **more)
    return desk.last_letter_to(SUZUKI)


def answered(desk: Desk, text: str = ANSWER, **more: object) -> Letter:
    """Suzuki answers Alice's question; gives the last letter that Alice gets."""
    desk.writes(SUZUKI, text, answering=asked(desk), **more)
    return desk.last_letter_to(ALICE)


def texts_to(desk: Desk, address: str) -> str:
    return "".join(letter.text + letter.html for letter in desk.letters_to(address))


def test_staff_read_who_asks_where_they_stand_what_came_before_and_what_to_do(desk: Desk) -> None:
    case = desk.case("Detention hearing")
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    question = asked(desk, answering=desk.last_letter_to(ALICE))
    assert all(word in question.text for word in (QUESTION, "Alice Arden", "active", "confirmed", case, "Detention hearing"))
    assert "Please answer this mail" in question.text and "the confirmation of a case" in question.text
    assert desk.ending() == "for_staff" and "person" in desk.last_letter_to(ALICE).subject


def test_words_of_staff_reach_the_lawyer_under_the_writers_name_in_the_lawyers_thread(desk: Desk) -> None:
    desk.writes(ALICE, QUESTION, subject="The hearing", headers={"Message-ID": "<q1@lawfirm.example>"})
    desk.writes(SUZUKI, ANSWER, answering=desk.last_letter_to(SUZUKI))
    letter = desk.last_letter_to(ALICE)
    assert str(letter.headers["From"]).startswith('"Suzuki Taro, Example Refugee Association" <cases@')
    assert letter.headers["In-Reply-To"] == "<q1@lawfirm.example>" and letter.subject == "Re: The hearing"
    assert "Yes, gladly. Please tell us the name." in letter.text and "Alice Arden writes" not in letter.text + letter.html
    assert "Sent to Alice Arden" in desk.last_letter_to(SUZUKI).text and "Yes, gladly" in desk.last_letter_to(SATO).text


@pytest.mark.parametrize("signed", ["Suzuki Taro", "Suzuki", "Sato"])
def test_words_that_are_signed_are_not_signed_again(desk: Desk, signed: str) -> None:
    text = answered(desk, f"Yes, gladly. Please tell us the name of your trainee.\n\n{signed}").text
    assert text.partition("Yes, gladly")[2].partition("Example Refugee")[0].count("Suzuki") == 1


def test_the_lawyers_answer_comes_back_to_staff_in_their_own_thread(desk: Desk) -> None:
    question = asked(desk)
    desk.writes(SUZUKI, ANSWER, answering=question, headers={"Message-ID": "<a1@ngo.example>"})
    desk.writes(ALICE, "Her name is Emi Endo.", answering=desk.last_letter_to(ALICE))
    for person in (SUZUKI, SATO):
        assert "Her name is Emi Endo." in desk.last_letter_to(person).text
    assert desk.last_letter_to(SUZUKI).headers["In-Reply-To"] == "<a1@ngo.example>"
    assert "Alice Arden" in str(desk.last_letter_to(SUZUKI).headers["From"])
    desk.writes(SATO, "受付でお名前をお伝えください。", answering=desk.last_letter_to(SATO))
    assert "受付でお名前をお伝えください。" in desk.last_letter_to(ALICE).text


def test_a_signature_and_the_quotation_stay_behind(desk: Desk) -> None:
    letter = answered(desk, "Gladly.\n\n-- \nSuzuki Taro\nmobile 090-0000-0000")
    assert "Gladly." in letter.text and "090-0000-0000" not in letter.text and QUESTION not in letter.text


def test_each_mail_gets_one_letter_back_and_a_second_delivery_sends_nothing(desk: Desk) -> None:
    question = asked(desk)
    before = len(desk.letters())
    desk.writes(SUZUKI, ANSWER, answering=question)
    assert len(desk.letters()) == before + 3, "the words, the word that they went, and a copy to the colleague"


def test_the_second_of_two_answers_goes_too_and_its_writer_hears_who_was_first(desk: Desk) -> None:
    question = asked(desk)
    theirs = desk.last_letter_to(SATO)
    desk.writes(SUZUKI, ANSWER, answering=question)
    desk.writes(SATO, "はじめまして。歓迎します。", answering=theirs)
    assert "歓迎します" in desk.last_letter_to(ALICE).text and SUZUKI in desk.last_letter_to(SATO).text


def test_yes_is_how_people_begin_an_answer(desk: Desk) -> None:
    assert "Please tell us the name" in answered(desk, "Yes.\n\nPlease tell us the name.").text


def test_what_begins_with_a_command_is_carried_out_and_not_sent_on(desk: Desk) -> None:
    case = desk.case()
    before = len(desk.letters_to(ALICE)) + 1
    answered(desk, f"CLOSE {case}\n\nthe client has left the country")
    assert len(desk.letters_to(ALICE)) == before, "only the word that a person will answer"
    told = desk.last_letter_to(SUZUKI).text
    assert "closed" in told and "No words of yours went to Alice Arden" in told


def test_a_command_that_staff_only_mention_goes_along_with_the_words(desk: Desk) -> None:
    case = desk.case()
    letter = answered(desk, f"Dear Alice,\n\nto take it, answer with\nCLAIM {case}\nas a line of its own.")
    assert f"CLAIM {case}" in letter.text and desk.standing(case) == {}
    desk.writes(ALICE, "Thank you!", answering=letter)
    assert desk.standing(case) == {}, "quoted back, it is no claim"


def test_a_lawyers_command_that_staff_write_first_acts_on_nothing(desk: Desk) -> None:
    case = desk.case()
    answered(desk, f"CLAIM {case}")
    assert desk.standing(case) == {} and "Not sent to Alice Arden" in desk.last_letter_to(SUZUKI).text


def test_an_empty_answer_is_not_sent(desk: Desk) -> None:
    assert "person" in answered(desk, "").subject
    assert "no words of yours" in desk.last_letter_to(SUZUKI).flat


def test_a_machine_in_the_thread_is_not_passed_on(desk: Desk) -> None:
    before = len(desk.letters_to(ALICE)) + 1
    answered(desk, "I am away until Monday.", headers={"Auto-Submitted": "auto-replied"})
    assert (desk.ending(), len(desk.letters_to(ALICE))) == ("ignored", before)


def test_too_long_an_answer_is_not_cut_in_silence(desk: Desk) -> None:
    answered(desk, "A long story.\n" * 1000)
    assert "longer than 10000" in desk.last_letter_to(SUZUKI).flat
    assert "A long story" not in texts_to(desk, ALICE)


def test_attachments_are_named_and_stay_behind(desk: Desk) -> None:
    raw = (
        f"From: Alice <{ALICE}>\r\nTo: cases@bot.ngo.example\r\nSubject: The plan\r\nMessage-ID: <p@lawfirm.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease see the plan.\r\n'
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="pl\\"an<img>.pdf"\r\n\r\n12345\r\n--b--\r\n'
    )
    desk.arrives(raw.encode())
    letter = desk.last_letter_to(SUZUKI)
    assert "an<img>.pdf" in letter.text and "<img" not in letter.html and "12345" not in letter.text


@pytest.mark.parametrize("canary", CANARIES)
def test_what_only_the_holder_may_read_is_asked_about_first(desk: Desk, canary: str) -> None:
    desk.case(
        details=f"The client is {CANARIES[0]}, reached at {CANARIES[1]}, file {CANARIES[2]}.",
        conflict_names=f"{CANARIES[0]}\n{CANARIES[3]}",
    )
    answered(desk, f"It is about {canary}, as you know.")
    assert canary not in texts_to(desk, ALICE)
    question = desk.last_letter_to(SUZUKI)
    assert canary in question.text and "YES" in question.text
    desk.writes(SUZUKI, "YES", answering=question)
    assert canary in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize("words", ["依頼者は34歳の方でしたが、別の先生にお願いしました。", "The client lives in Ushiku."])
def test_an_age_or_a_place_of_the_details_is_asked_about_first(desk: Desk, words: str) -> None:
    desk.case(details="34歳。牛久の施設に収容中。")
    answered(desk, words)
    assert words not in texts_to(desk, ALICE) and "Not sent to Alice Arden yet" in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert words in desk.last_letter_to(ALICE).text


def test_what_stands_in_the_public_part_is_passed_on_at_once(desk: Desk) -> None:
    desk.case(details="牛久の施設に収容中。", place="茨城県牛久市")
    assert "in Ushiku" in answered(desk, "The centre is in Ushiku.").text


def test_a_no_or_a_new_text_keeps_the_first_one_here(desk: Desk) -> None:
    desk.case(details=f"The client is {CANARIES[0]}.", conflict_names=CANARIES[0])
    answered(desk, f"It is about {CANARIES[0]}.")
    desk.writes(SUZUKI, "It is about the client.", answering=desk.last_letter_to(SUZUKI))
    assert "It is about the client." in desk.last_letter_to(ALICE).text and CANARIES[0] not in texts_to(desk, ALICE)
    answered(desk, f"It is about {CANARIES[0]}.")
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    assert CANARIES[0] not in texts_to(desk, ALICE)


def test_the_confirmed_lawyer_may_be_told_everything_of_the_own_case(desk: Desk) -> None:
    case = desk.case(details=f"The client is {CANARIES[0]}.")
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    assert CANARIES[0] in answered(desk, f"{CANARIES[0]} will come at nine.").text


def test_S_22_words_in_the_name_of_staff_are_not_passed_on_unproven(desk: Desk) -> None:
    question = asked(desk)
    before = texts_to(desk, ALICE)
    desk.writes(SUZUKI, ANSWER, answering=question, proven=False)
    assert texts_to(desk, ALICE) == before, "the border called it a forgery"
    desk.writes(SUZUKI, "Send your files to evil@evil.example", headers={"In-Reply-To": "<nothing@ours.example>"})
    assert texts_to(desk, ALICE) == before, "outside the thread nothing is passed on"


def test_a_colleague_who_answers_a_mail_that_was_shown_around_must_be_proven(desk: Desk) -> None:
    question = asked(desk)
    before = texts_to(desk, ALICE)
    desk.writes(SATO, "どうぞお連れください。", answering=question, proven=None)
    assert texts_to(desk, ALICE) == before and "ご本人" in desk.last_letter_to(SATO).text
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO), proven=None)
    assert "どうぞお連れください。" in desk.last_letter_to(ALICE).text


def test_a_staff_answer_from_an_unknown_address_reaches_nobody_and_its_owner_hears(desk: Desk) -> None:
    question = asked(desk)
    before, sato = texts_to(desk, ALICE), len(desk.letters_to(SATO))
    desk.writes("suzuki@private.example", ANSWER, answering=question)
    assert texts_to(desk, ALICE) == before and not desk.letters_to("suzuki@private.example") and len(desk.letters_to(SATO)) == sato
    assert "address that we do not know" in desk.last_letter_to(SUZUKI).flat


def test_a_stranger_who_writes_gets_nothing_and_tells_nobody(desk: Desk) -> None:
    desk.writes(MALLORY, QUESTION)
    assert desk.letters() == [] and desk.ending() == "for_staff"


def test_staff_who_are_on_the_roster_answer_as_staff_also_from_an_alias(desk: Desk) -> None:
    desk.joins(SUZUKI, name="Suzuki Taro", aliases=("taro@home.example",))
    desk.writes("taro@home.example", ANSWER, answering=asked(desk))
    assert "Yes, gladly" in desk.last_letter_to(ALICE).text


def test_staff_who_are_on_the_roster_ask_their_colleagues_as_lawyers(desk: Desk) -> None:
    desk.joins(SUZUKI, name="Suzuki Taro")
    case = desk.case()
    desk.writes(SUZUKI, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(SUZUKI, "Where is the interpreter?", answering=next(one for one in desk.letters_to(SUZUKI) if "is yours" in one.subject))
    assert "Where is the interpreter?" in desk.last_letter_to(SATO).text
    desk.writes(SATO, "受付におります。", answering=desk.last_letter_to(SATO))
    assert "受付におります。" in desk.last_letter_to(SUZUKI).text


def test_L_11_the_cap_withholds_answers_and_never_a_question(desk: Desk) -> None:
    for number in range(8):
        desk.writes(ALICE, f"Question number {number}: may I come?")
    assert len(desk.letters_to(ALICE)) == 6 and desk.last_letter_to(ALICE).subject == "No more automatic answers today"
    assert all(f"Question number {number}" in texts_to(desk, SUZUKI) for number in range(8))
    assert "and were told that a person reads" in " ".join(
        [one for one in desk.letters_to(SUZUKI) if "writes" in one.subject][-1].text.split()
    )
    desk.writes(SUZUKI, "Yes, come.", answering=[one for one in desk.letters_to(SUZUKI) if "writes" in one.subject][-1])
    assert "Yes, come." in desk.last_letter_to(ALICE).text


def test_an_empty_mail_of_a_lawyer_is_no_question(desk: Desk) -> None:
    desk.sends_the_round() if desk.case() else None
    desk.writes(ALICE, "", answering=desk.last_letter_to(ALICE))
    assert desk.letters_to(SUZUKI) == [] and "did not understand" in desk.last_letter_to(ALICE).subject


def test_hostile_words_are_printed_and_do_nothing(desk: Desk) -> None:
    hostile = "Well,\n<img src=//evil.example/p.png>{{7*7}}\n.\nMAIL FROM:<e@e>\nBcc: m@e.example\n\x1b]0;pwn\x07 \u202eexe"
    question = asked(desk, hostile)
    assert "<img" not in question.html and "{{7*7}}" in question.text and question.headers["Bcc"] is None and "\x1b" not in question.text
    desk.writes(SUZUKI, hostile.replace("Well,", "Thus:").replace("\n", "\nWorse: "), answering=question)
    letter = desk.last_letter_to(ALICE)
    assert "<img" not in letter.html and "{{7*7}}" in letter.text and letter.headers["Bcc"] is None and "\u202e" not in letter.text


def test_staff_prose_that_reaches_nobody_is_told_so_with_the_lawyers_address(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SUZUKI, "Thank you so much for taking this one!", answering=desk.last_letter_to(SUZUKI))
    told = desk.last_letter_to(SUZUKI).flat
    assert "sent to nobody" in told and ALICE in told and "goes to a person" not in told
