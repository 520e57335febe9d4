"""An address that only looks like one on file is told apart, and staff can be warned of it (S-16)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.trust import lookalike

ALICE = "alice@lawfirm.example"
ON_FILE = ["bob@bengo.example", ALICE, "chika.@docomo.ne.jp", "モリ@例え.jp"]

HOMOGRAPHS = {
    "Cyrillic letter": "аlice@lawfirm.example",
    "Cyrillic letter in the domain": "alice@lаwfirm.example",
    "the same in its ASCII form": "alice@xn--lwfirm-3nf.example",
    "its ASCII form before an ideographic full stop": "alice@xn--lwfirm-3nf。example",
    "full-width at sign": "alice＠lawfirm.example",
    "full width": "ａlice@lawfirm.example",
    "ideographic full stop": "alice@lawfirm。example",
    "half-width ideographic full stop": "alice@lawfirm｡example",
    "Greek letter": "alιce@lawfirm.example",
    "capital I for l": "aIice@lawfirm.example",
    "digit": "a1ice@lawfirm.example",
    "rn for m": "alice@lawfirrn.example",
    "accent": "alicé@lawfirm.example",
    "invisible character": "ali\u200bce@lawfirm.example",
}


@pytest.mark.parametrize("sender", HOMOGRAPHS.values(), ids=HOMOGRAPHS)
def test_S_16_a_homograph_is_recognised(sender: str) -> None:
    assert lookalike(sender, ON_FILE) == ALICE


@pytest.mark.parametrize("sender", [ALICE, "ALICE@LawFirm.example", "BOB@bengo.example", '"chika."@docomo.ne.jp', "モリ@例え.jp"])
def test_an_address_on_file_is_no_lookalike(sender: str) -> None:
    assert lookalike(sender, ON_FILE) is None


@pytest.mark.parametrize(
    "sender", ["", "@", "carol@lawfirm.example", "alice@lawfirm.example.evil.example", "alice@xn--999999999.example", "a" * 500]
)
def test_a_stranger_is_no_lookalike(sender: str) -> None:
    assert lookalike(sender, ON_FILE) is None


@settings(deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=5))
def test_no_address_raises_anything(sender: str, on_file: list[str]) -> None:
    found = lookalike(sender, on_file)
    assert found is None or found != sender
