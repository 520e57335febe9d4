"""What a lawyer writes beside a command reaches staff, with its case, and the answer to the command says so."""

from __future__ import annotations

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk


def test_prose_beside_a_command_goes_to_staff_and_the_answer_says_so(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}\n\nI can only meet in January, is that fine?", at=0)
    assert "only meet in January" in desk.last_letter_to(SUZUKI).text and case in desk.last_letter_to(SUZUKI).text
    desk.settles()
    (answer,) = desk.letters_to(ALICE)
    assert desk.standing(case) == {ALICE: "confirmed"} and "is yours" in answer.subject
    assert "A person reads the rest" in answer.text


def test_a_courtesy_beside_a_command_goes_to_nobody(desk: Desk) -> None:
    case = desk.case()
    desk.writes(
        ALICE, f"Dear all,\n\nCLAIM {case}\n\nThank you very much for your work.\n\nBest regards,\nAlice Arden\nTel 03-1111-2222", at=0
    )
    assert desk.letters_to(SUZUKI) == []


def test_prose_beside_a_command_in_japanese(desk: Desk) -> None:
    desk.joins("mori@houritsu.example", name="森 大輔", language="ja", firm="森法律事務所")
    case = desk.case()
    desk.writes("mori@houritsu.example", f"お世話になっております。森法律事務所の森です。\n受任 {case}\n\nよろしくお願いいたします。", at=0)
    assert desk.letters_to(SATO) == []
    desk.writes("mori@houritsu.example", f"辞退 {case}\n\n通訳の費用はどなたの負担でしょうか。", at=5)
    assert "通訳の費用" in desk.last_letter_to(SATO).text
    assert "職員からお返事いたします" in desk.last_letter_to("mori@houritsu.example").text.replace("\n", "")


def test_prose_beside_an_unproven_command_goes_to_staff_when_its_sender_stood_by_it(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}\n\nThe client's hearing is tomorrow!", at=0, proven=None)
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE), at=60, proven=None)
    assert "hearing is tomorrow" in desk.last_letter_to(SUZUKI).text
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_prose_in_the_thread_of_a_letter_brings_its_case_along(desk: Desk) -> None:
    case = desk.case("Detention hearing")
    desk.writes(BOB, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(BOB, "Which floor is it?", answering=desk.last_letter_to(BOB))
    assert case in desk.last_letter_to(SUZUKI).text and "Detention hearing" in desk.last_letter_to(SUZUKI).text


def test_show_and_list_do_not_ask_staff_to_take_a_case(desk: Desk) -> None:
    case = desk.case()
    for command in (f"SHOW {case}", "LIST"):
        desk.writes(SUZUKI, command)
        assert "To take" not in (told := desk.last_letter_to(SUZUKI).text) and f"CLAIM {case}" not in told and "mailto:" not in told
