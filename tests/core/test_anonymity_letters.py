"""A letter in place of a name still tells who it is: it is found where it is the first of a name of this case, or where there are several."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.anonymity import findings
from bot.core.model import CaseFields, Confidential

TODAY = date(2026, 11, 29)


def found(summary: str, names: str = "") -> list[tuple[str, str]]:
    fields = CaseFields(title="Asylum appeal", summary=summary, confidential=Confidential("", names, ""))
    return [(finding.kind, finding.found) for finding in findings(fields, today=TODAY)]


@pytest.mark.parametrize(
    ("summary", "names", "written"),
    [
        ("Appeal of client Z., a mother.", "Zahra Ahmadi", "client Z"),
        ("Mr. W came in 2023.", "Wang Wei", "Mr. W"),
        ("Her husband, K, was detained.", "Karim Ahmadzai", "husband, K"),
        ("Wさんは2023年に来日。", "王偉", "Wさん"),
        ("Ｚさんは2023年に来日。", "ザフラ・アミニ", "Ｚさん"),
        ("依頼者Fは控訴した。", "Фатима Алиева", "依頼者F"),
        ("妻のZ氏", "زهرا حسینی", "Z氏"),
        ("Tさんの件", "田中 美咲", "Tさん"),
    ],
)  # fmt: skip
def test_a_letter_that_stands_for_somebody_of_the_case_is_found(summary: str, names: str, written: str) -> None:
    assert ("initials", written) in found(summary, names)


@pytest.mark.parametrize("written", ["W.W.さん", "K・Mさん", "Mr. Z.A.", "client K.M."])
def test_several_letters_with_a_title_are_found_whoever_they_are(written: str) -> None:
    assert found(f"面会：{written}") == [("initials", written)]


@pytest.mark.parametrize(
    "summary",
    ["Client A and client B", "Aさんの件", "X氏", "Yさん", "the client I represent", "client U.S. citizen", "client E-mails us", "申請者D案件", "Part Z"],
)  # fmt: skip
def test_letters_for_those_whom_one_does_not_name_are_left_alone(summary: str) -> None:
    assert found(summary, "Wang Wei; Zahra Karimi") == []
