"""EDIT: what another change has overtaken is shown again as it stands by then, and a YES agrees to nothing that its writer has not read."""

from __future__ import annotations

from tests.attacks.desk import SATO, SUZUKI, Desk


def test_a_yes_to_a_preview_that_another_change_has_overtaken_shows_the_new_text(desk: Desk) -> None:
    case = desk.case(place="Tokyo", language="Dari")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka")
    first = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, f"EDIT {case}\n言語：英語")
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    desk.writes(SUZUKI, "YES", answering=first)
    again = desk.last_letter_to(SUZUKI)
    assert desk.on_file(case)[0].place == "Tokyo" and "英語" in again.text and "changed since" in again.flat
    desk.writes(SUZUKI, "YES", answering=again)
    assert (desk.on_file(case)[0].place, desk.on_file(case)[0].language) == ("Osaka", "英語")


def test_a_draft_that_is_changed_is_shown_again_and_the_earlier_preview_opens_nothing(desk: Desk) -> None:
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE")
    first = desk.last_letter_to(SUZUKI)
    case = "JUS-2026-001"
    desk.writes(SATO, f"EDIT {case}\n概要：二回の面会です。")
    assert "二回の面会です。" in desk.last_letter_to(SATO).text
    desk.writes(SUZUKI, "YES", answering=first)
    assert desk.on_file(case)[0].state == "draft" and "二回の面会です。" in desk.last_letter_to(SUZUKI).text
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    assert desk.on_file(case)[0].state == "open"


def test_whoever_answers_a_preview_second_is_shown_the_text_that_the_first_one_made(desk: Desk) -> None:
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka")
    desk.writes(SATO, f"EDIT {case}\n場所：京都")
    hers, his = desk.last_letter_to(SATO), desk.last_letter_to(SUZUKI)
    desk.writes(SUZUKI, "YES", answering=his)
    desk.writes(SATO, "はい", answering=hers)
    again = desk.last_letter_to(SATO)
    assert desk.on_file(case)[0].place == "Osaka" and "これまで：Osaka" in again.text.replace("\n", "")
    desk.writes(SATO, "はい", answering=again)
    assert desk.on_file(case)[0].place == "京都"


def test_a_preview_answered_second_shows_again_what_only_the_holder_reads_too(desk: Desk) -> None:
    case = desk.case(place="Tokyo", contact="Sato")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka\nContact: Suzuki")
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, f"EDIT {case}\n担当者：高橋")
    desk.writes(SUZUKI, "YES", answering=preview)
    assert desk.on_file(case)[1].contact == "高橋" and "until now: 高橋" in desk.last_letter_to(SUZUKI).text


def test_a_change_of_another_field_by_a_colleague_meanwhile_is_kept(desk: Desk) -> None:
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka")
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, f"EDIT {case}\n担当者：高橋")
    desk.writes(SUZUKI, "YES", answering=preview)
    assert (desk.on_file(case)[0].place, desk.on_file(case)[1].contact) == ("Osaka", "高橋")
