"""An address that only looks like one on file is told apart, and staff can be warned of it (S-16)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.trust import lookalike, odd_letters

ALICE = "alice@lawfirm.example"
ON_FILE = {"bob@bengo.example": "Bob Bengo", ALICE: "Alice Arden", "chika.@docomo.ne.jp": "千佳", "モリ@例え.jp": ""}

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


NEAR = {
    "hyphen in the domain": "alice@law-firm.example",
    "dot in the domain": "alice@law.firm.example",
    "a letter more": "alice@lawfirms.example",
    "a letter less": "alice@lawfirm.exampl",
    "another letter": "alice@lawfirn.example",
    "letters changed places": "alice@lawfrim.example",
    "dot in the local part": "a.lice@lawfirm.example",
    "subaddress": "alice+cases@lawfirm.example",
}


@pytest.mark.parametrize("sender", NEAR.values(), ids=NEAR)
def test_S_16_an_address_one_step_away_is_recognised_by_its_local_part(sender: str) -> None:
    assert lookalike(sender, ON_FILE) == ALICE


def test_S_16_a_near_domain_is_recognised_by_the_persons_name_too() -> None:
    assert lookalike("a.arden@lawfirrn.example", ON_FILE, name="Alice Arden") == ALICE
    assert lookalike("a.arden@lawfirm.example", ON_FILE, name="Alice Arden") is None, "the very domain: a colleague, or herself"
    assert lookalike("a.arden@lawfirms.example", ON_FILE, name="ARDEN, Alice") == ALICE
    assert lookalike("a.arden@lawfirms.example", ON_FILE, name="Carol") is None


@pytest.mark.parametrize(
    ("on_file", "sender"),
    [
        ("info@lawfirm.example", "info@lawfirms.example"),
        ("ito@abc.jp", "ito@abd.jp"),
        ("ito@lawfirm.example", "mori@lawfirms.example"),
        ("ito@gmail.com", "sato@gmail.com"),
        ("ito@yahoo.co.jp", "ito@yahoo.com"),
    ],
    ids=["a shared local part", "a short domain", "another person", "the same provider", "another country"],
)
def test_honest_neighbours_raise_no_alarm(on_file: str, sender: str) -> None:
    assert lookalike(sender, {on_file: "Ito"}) is None


def test_the_letters_that_give_a_lookalike_away_are_named() -> None:
    assert odd_letters("\u0430lice@xn--lwfirm-3nf.example") == ("\u0430 = CYRILLIC SMALL LETTER A",)
    assert odd_letters("alice@lawfirn.example") == ()


@settings(deadline=None)
@given(st.text(max_size=400), st.dictionaries(st.text(max_size=80), st.text(max_size=20), max_size=5), st.text(max_size=20))
def test_no_address_raises_anything(sender: str, on_file: dict[str, str], name: str) -> None:
    found = lookalike(sender, on_file, name=name)
    assert found is None or found != sender
