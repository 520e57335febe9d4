"""Group S of the attacks, the From field: who is meant is read from one plain address, and nothing that looks like one on file passes for it."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, MALLORY, SATO, SUZUKI, Desk
from tests.attacks.forging import mail, passes


def is_kept_for_staff(desk: Desk, case: str) -> bool:
    """QUARANTINE: nobody was written to, nothing was claimed, and a person can see it in the listing."""
    return desk.letters() == [] and desk.standing(case) == {} and desk.ending() == "for_staff"


@pytest.mark.parametrize("domain", ["evil.example", "lawfirm.example"])
def test_S_10_a_display_name_is_no_address(desk: Desk, case: str, domain: str) -> None:
    desk.arrives(mail(f'"{ALICE}" <{MALLORY}>', text=f"CLAIM {case}", results=passes(domain)))
    desk.settles()
    assert desk.endings() == [("for_staff", "not on the roster")] and is_kept_for_staff(desk, case)


CONFUSING = [
    f"{ALICE} <{MALLORY}>",
    f"{ALICE}){MALLORY}",
    f"<{ALICE}>{MALLORY}",
    f"{ALICE}(<{MALLORY}>)",
    f"Group: {ALICE};",
    f"<@evil.example:{ALICE}>",
    f"{ALICE},",
    f"{ALICE} {ALICE}",
    f"=?utf-8?q?{ALICE}?= <{MALLORY}>, {ALICE}",
]


@pytest.mark.parametrize("domain", ["evil.example", "lawfirm.example"])
@pytest.mark.parametrize("sender", CONFUSING)
def test_S_11_a_from_field_that_two_readers_read_differently_is_nobodys(desk: Desk, case: str, sender: str, domain: str) -> None:
    desk.arrives(mail(sender, text=f"CLAIM {case}", results=passes(domain)))
    desk.settles()
    assert is_kept_for_staff(desk, case) and desk.endings()[0][1] != "not on the roster"


@pytest.mark.parametrize("domain", ["evil.example", "lawfirm.example"])
@pytest.mark.parametrize("senders", [(ALICE, MALLORY), (MALLORY, ALICE), (ALICE, ALICE)])
def test_S_12_two_from_fields_are_nobodys(desk: Desk, case: str, senders: tuple[str, ...], domain: str) -> None:
    desk.arrives(mail(*senders, text=f"CLAIM {case}", results=passes(domain)))
    desk.settles()
    assert is_kept_for_staff(desk, case) and "two From fields" in desk.endings()[0][1]


@pytest.mark.parametrize("senders", [f"{ALICE}, {MALLORY}", f"{MALLORY}, {ALICE}", f"Alice <{ALICE}>, {ALICE}"])
def test_S_13_two_addresses_in_one_from_field_are_nobodys_whatever_sender_says(desk: Desk, case: str, senders: str) -> None:
    desk.arrives(mail(senders, text=f"CLAIM {case}", results=passes("lawfirm.example"), fields=[f"Sender: {ALICE}"]))
    desk.settles()
    assert is_kept_for_staff(desk, case)


HOMOGRAPHS = {
    "Cyrillic letter": ("\u0430lice@lawfirm.example", "CYRILLIC SMALL LETTER A"),
    "Cyrillic letter in the domain": ("alice@l\u0430wfirm.example", "CYRILLIC SMALL LETTER A"),
    "the same in its ASCII form": ("alice@xn--lwfirm-3nf.example", "CYRILLIC SMALL LETTER A"),
    "full width": ("\uff41lice@lawfirm.example", ""),
    "ideographic full stop": ("alice@lawfirm\u3002example", ""),
    "rn for m": ("alice@lawfirrn.example", ""),
    "digit one for l": ("a1ice@lawfirm.example", ""),
    "hyphen": ("alice@law-firm.example", ""),
    "one letter more": ("alice@lawfirms.example", ""),
}


@pytest.mark.parametrize(("sender", "gives_away"), HOMOGRAPHS.values(), ids=HOMOGRAPHS)
def test_S_16_a_lookalike_is_a_stranger_and_staff_are_warned_once_a_day(desk: Desk, case: str, sender: str, gives_away: str) -> None:
    for _ in range(2):
        desk.arrives(mail(f"Alice Arden <{sender}>", text=f"CLAIM {case}\nthe poison", results=passes(sender.rpartition("@")[2])))
    desk.settles()
    assert set(desk.endings()) == {("for_staff", f"not on the roster; the address looks like {ALICE}")}
    assert desk.standing(case) == {}
    assert [letter.received.rcpt[0] for letter in desk.letters()] == [SATO, SUZUKI]
    warning = desk.last_letter_to(SUZUKI)
    assert warning.subject.startswith("Take care") and ALICE in warning.text and gives_away in warning.text
    assert "poison" not in warning.text
    desk.passes(days=1)
    desk.arrives(mail(sender, text=f"CLAIM {case}"))
    assert len(desk.letters_to(SUZUKI)) == 2


def test_S_16_staff_too_are_on_file(desk: Desk, case: str) -> None:
    desk.arrives(mail("sato@ng0.example", subject="EMERGENCY", results=passes("ng0.example")))
    assert "looks like sato@ngo.example" in desk.endings()[0][1] and "sato@ng0.example" in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("sender", ["info@lawfirms.example", "carol@lawfirm.example", "alice@home.example", "bob@lawfirm.example"])
def test_S_16_an_honest_stranger_raises_no_alarm(desk: Desk, case: str, sender: str) -> None:
    desk.arrives(mail(f"Carol <{sender}>", text=f"CLAIM {case}", results=passes(sender.rpartition("@")[2])))
    desk.settles()
    assert desk.endings() == [("for_staff", "not on the roster")] and is_kept_for_staff(desk, case)


def test_S_17_the_address_on_file_in_capitals_is_the_same_address(desk: Desk, case: str) -> None:
    desk.arrives(mail("ALICE@LAWFIRM.EXAMPLE", text=f"CLAIM {case}", results=passes("lawfirm.example")))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and len(desk.letters_to(ALICE)) == 1


@pytest.mark.parametrize("sender", ["alice+x@lawfirm.example", "a.lice@lawfirm.example"])
def test_S_17_a_variant_of_it_is_a_stranger_until_it_is_an_alias(desk: Desk, case: str, sender: str) -> None:
    desk.arrives(mail(sender, text=f"CLAIM {case}", results=passes("lawfirm.example")))
    desk.settles()
    assert desk.standing(case) == {} and not desk.letters_to(ALICE)
    assert sender in desk.last_letter_to(SUZUKI).text, "staff can ask her, or her claim would be lost in silence"
    desk.joins("dana@lawfirm.example", name="Dana", aliases=("dana+x@lawfirm.example",))
    desk.arrives(mail("dana+x@lawfirm.example", text=f"CLAIM {case}", results=passes("lawfirm.example")))
    desk.settles()
    assert desk.standing(case) == {"dana@lawfirm.example": "confirmed"}
