"""Staff bring cases and emergencies by mail; nothing reaches the roster before they have seen it and said so."""

from __future__ import annotations

from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
FORM = "Title: Detention hearing\nSummary: A hearing tomorrow morning.\nDetails: The client is Client A.\nPlaces: 1\n"


def two_lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")


def cases(world: World) -> list[str]:
    return [case["state"] for case in world.cli("case", "list", "--json")]


def test_a_new_case_is_shown_first_and_opened_by_yes(world: World) -> None:
    two_lawyers(world)
    world.writes(SUZUKI, FORM, subject="NEW CASE")
    world.runs_once()
    preview = world.last_letter_to(SUZUKI)
    assert cases(world) == ["draft"] and "A hearing tomorrow morning." in preview.text
    world.writes(SUZUKI, "YES", answering=preview, proven=None)
    world.runs_once()
    assert cases(world) == ["open"] and not world.letters_to(ITO)


def test_an_emergency_goes_to_every_active_member_at_once_after_send(world: World) -> None:
    two_lawyers(world)
    world.writes(SATO, "件名：収容者の面会\n概要：明日の朝に\n面会が必要です。\n詳細：依頼者はA氏。\n募集人数：１", subject="緊急")
    world.runs_once()
    assert not world.letters_to(ITO)
    world.writes(SATO, "SEND", answering=world.last_letter_to(SATO))
    world.runs_once()
    assert cases(world) == ["open"]
    assert world.last_letter_to(MORI).subject.count("至急") and "面会が必要です" in world.last_letter_to(ITO).text
    assert not any("A氏" in world.last_letter_to(to).text for to in (ITO, MORI))


def test_a_yes_does_not_send_a_bulletin(world: World) -> None:
    two_lawyers(world)
    world.writes(SUZUKI, FORM, subject="EMERGENCY")
    world.runs_once()
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    assert not world.letters_to(ITO)


def test_no_drops_the_draft(world: World) -> None:
    world.writes(SUZUKI, FORM, subject="NEW CASE")
    world.runs_once()
    world.writes(SUZUKI, "NO", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    assert cases(world) == ["withdrawn"]


def test_what_is_missing_or_wrong_comes_back_as_the_form_and_nothing_is_stored(world: World) -> None:
    world.writes(SUZUKI, "Title: Detention hearing\nDeadline: next Friday\n", subject="NEW CASE")
    world.runs_once()
    letter = world.last_letter_to(SUZUKI)
    assert cases(world) == []
    assert "Detention hearing" in letter.text and "next Friday" in letter.text and "Summary" in letter.text


def test_the_form_may_be_sent_back_in_its_thread(world: World) -> None:
    world.writes(SUZUKI, "Title: Detention hearing\n", subject="NEW CASE")
    world.runs_once()
    world.writes(SUZUKI, FORM, answering=world.last_letter_to(SUZUKI), proven=None)
    world.runs_once()
    assert cases(world) == ["draft"]


def test_S_22_S_29_staff_mail_without_proof_reaches_nobody_but_the_address_on_file(world: World) -> None:
    two_lawyers(world)
    world.writes(SATO, FORM, subject="EMERGENCY", proven=None)
    world.writes(SUZUKI, FORM, subject="EMERGENCY", proven=False)
    world.runs_once()
    warnings = {letter.subject.partition("：")[0].partition(":")[0] for letter in (*world.letters_to(SATO)[1:], *world.letters_to(SUZUKI))}
    assert cases(world) == [] and not world.letters_to(ITO) and warnings == {"ご注意", "Take care"}
    assert "はい" in world.letters_to(SATO)[0].text, "who is named is asked, and colleagues are warned"


def test_an_unproven_staff_mail_goes_on_after_yes(world: World) -> None:
    world.writes(SUZUKI, FORM, subject="NEW CASE", proven=None)
    world.runs_once()
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI), proven=None)
    world.runs_once()
    assert cases(world) == ["draft"]
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI), proven=None)
    world.runs_once()
    assert cases(world) == ["open"]


def test_a_lawyer_cannot_bring_a_case(world: World) -> None:
    two_lawyers(world)
    world.writes(ITO, FORM, subject="NEW CASE")
    world.runs_once()
    assert cases(world) == []


def test_two_approvals_are_two_people(world: World) -> None:
    two_lawyers(world)
    path = world.folder / "firstreply.toml"
    path.write_text(path.read_text() + "\n[bulletin]\napprovals = 2\n")
    world.writes(SUZUKI, FORM, subject="EMERGENCY")
    world.runs_once()
    preview = world.last_letter_to(SUZUKI)
    for _ in range(2):
        world.writes(SUZUKI, "SEND", answering=preview)
        world.runs_once()
    assert not world.letters_to(ITO)
    world.writes(SATO, "SEND", answering=world.last_letter_to(SATO))
    world.runs_once()
    assert world.letters_to(ITO)


def test_a_second_send_sends_nothing_more(world: World) -> None:
    two_lawyers(world)
    world.writes(SUZUKI, FORM, subject="EMERGENCY")
    world.runs_once()
    preview = world.last_letter_to(SUZUKI)
    for _ in range(2):
        world.writes(SUZUKI, "SEND", answering=preview)
        world.runs_once()
    assert len(world.letters_to(ITO)) == 1


def test_what_stands_beside_an_answer_is_told_and_not_dropped(world: World) -> None:
    world.writes(SUZUKI, FORM, subject="NEW CASE")
    world.runs_once()
    world.writes(SUZUKI, "YES\nROUND HOLD", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    assert cases(world) == ["open"] and "mail of its own" in world.last_letter_to(SUZUKI).flat


def test_send_to_a_new_case_says_which_word_it_wants(world: World) -> None:
    world.writes(SUZUKI, FORM, subject="NEW CASE")
    world.runs_once()
    world.writes(SUZUKI, "SEND", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    assert cases(world) == ["draft"] and "“YES”" in world.last_letter_to(SUZUKI).text
