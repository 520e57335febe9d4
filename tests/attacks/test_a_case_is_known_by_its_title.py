"""Who names one open case by its exact title, and speaks of taking it, is asked “did you mean …?”; staff read which case it is."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk

TITLE = "在留特別許可の相談"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"「{TITLE}」の件、ぜひお引き受けしたく存じます。", ""), ("ぜひ担当させてください。", f"{TITLE}の件"), ("I am glad to take “ＡＳＹＬＵＭ　ｉｎｔｅｒｖｉｅｗ”.", ""), ("I can take the asylum  interview", ""),
    ],
)  # fmt: skip
def test_its_title_is_asked_about_and_counts_from_the_first_mail(desk: Desk, text: str, subject: str) -> None:
    case = desk.case(TITLE if "I " not in text else "Asylum Interview")
    desk.case("相談")
    desk.writes(BOB, text, at=0, **({"subject": subject} if subject else {}))
    desk.writes(ALICE, f"CLAIM {case}", at=5)
    asked = desk.last_letter_to(BOB)
    assert "Did you mean to take" in asked.subject and case in asked.subject
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert "What it is about" in told and case in told and "(open)" in told
    desk.writes(BOB, "YES", answering=asked, at=60)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed", ALICE: "waitlisted"}


@pytest.mark.parametrize(
    "text", [f"{TITLE}の面談はいつですか。", f"{TITLE}は今回はお引き受けできません。", "特別許可の相談を担当したいです。"]
)
def test_without_words_of_taking_or_the_whole_title_it_is_not(desk: Desk, text: str) -> None:
    desk.case(TITLE)
    desk.writes(BOB, text)
    assert "Did you mean" not in desk.last_letter_to(BOB).subject


def test_a_title_that_two_open_cases_have_is_not_asked_about(desk: Desk) -> None:
    for _ in range(2):
        desk.case(TITLE)
    desk.writes(BOB, f"{TITLE}を担当したいです。")
    assert "Did you mean" not in desk.last_letter_to(BOB).subject
