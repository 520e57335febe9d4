"""How old a client is and where is found in other words too: in both languages, whichever of them the confidential part is in."""

from __future__ import annotations

import pytest

from bot.core.anonymity import exposed
from bot.core.model import Confidential

DETAILS = "依頼者はドー・キン・ミャさん（34歳）。高田馬場在住、以前は牛久の施設に収容。柏市の工場で働く。"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("依頼者は34歳、別の先生にお願いしました。", "34歳"),
        ("三十四歳の方です。", "三十四歳"),
        ("She is a 34-year-old mother.", "34"),
        ("The client, 34, speaks Burmese.", "34"),
        ("高田馬場にお住まいです。", "高田馬場"),
        ("She lives in Takadanobaba.", "Takadanobaba"),
        ("The centre is in Ushiku; the bus takes 20 minutes.", "Ushiku"),
        ("柏市までは30分ほどです。", "柏市"),
    ],
)
def test_an_age_or_a_place_of_the_details_is_found(words: str, found: str) -> None:
    assert exposed(words, Confidential(details=DETAILS)) == (found,)


@pytest.mark.parametrize(
    "words",
    [
        "依頼者は35歳の方です。",
        "34名が参加します。34か月前のことです。The fee is 34,000 yen, on page 34.",
        "34歳以上の方が対象です。",
        "会場は東京です。We meet in Tokyo, at the Legal Centre.",
        "上野駅でお会いしましょう。See you in Ueno.",
    ],
)
def test_other_numbers_and_places_are_not(words: str) -> None:
    assert exposed(words, Confidential(details=DETAILS)) == ()


def test_what_the_roster_reads_of_the_case_anyway_may_be_said() -> None:
    assert exposed("The centre is in Ushiku.", Confidential(details=DETAILS), public="場所：牛久") == ()
    assert exposed("34歳の方です。", Confidential(details=DETAILS), public="34歳の女性の在留資格") == ()


def test_a_lawyer_who_is_called_like_a_town_may_be_addressed() -> None:
    secret = Confidential(details="川口市在住。")
    assert exposed("川口先生、ありがとうございます。", secret) == ()
    assert exposed("川口にお住まいです。", secret) == ("川口",)
    assert exposed("Dear Kawaguchi Ken,", secret, known=["Kawaguchi Ken"]) == ()
