"""ROUND SEND is for the month whose turn it is: what has gone out does not go again, and whoever names another month is told the next."""

from __future__ import annotations

import pytest

from bot import rounds
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk


def test_soon_after_one_round_the_next_goes_only_by_its_name(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND SEND")
    desk.passes(days=10, hours=12)
    desk.writes(SUZUKI, "ROUND PREVIEW")
    rounds.preview_due(desk.office)
    desk.writes(SUZUKI, "ROUND SEND")
    told = desk.last_letter_to(SUZUKI).flat
    assert len(desk.letters_to(ALICE)) == 1 and "“ROUND SEND 2026-12”" in told and "The round for November 2026 went out" in told
    desk.writes(SUZUKI, "ROUND SEND 2026-12")
    assert len(desk.letters_to(ALICE)) == 2


@pytest.mark.parametrize("word", ["ROUND SEND", "ROUND SEND 2026-11", "ROUND SEND 2026-12"])
def test_after_a_round_that_was_sent_early_the_next_month_is_offered(desk: Desk, word: str) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND PREVIEW")
    desk.writes(SATO, "月例確認")
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, word)
    told = desk.last_letter_to(SUZUKI).flat
    assert (
        len(desk.letters_to(ALICE)) == 1
        and f"The round for December 2026 went out on Fri 20 Nov 2026, 12:00:00 JST (03:00:00 UTC), at the word of {SUZUKI}" in told
    )
    assert "January 2027 and goes out on Mon 4 Jan 2027, 09:00 JST" in told and "“ROUND SEND 2027-01”" in told and "November" not in told
    desk.writes(SUZUKI, "ROUND SEND 2027-01", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 2
    desk.writes(SATO, "送信", answering=desk.last_letter_to(SATO))
    desk.writes(SATO, "月例送信 2026-12")
    assert len(desk.letters_to(ALICE)) == 2


@pytest.mark.parametrize("month", ["2027-01", "2027-02", "2036-12", "2026-10", "2026-08"])
def test_a_month_whose_turn_it_is_not_is_not_sent_by_its_name_and_the_next_is_told(desk: Desk, month: str) -> None:
    desk.case()
    desk.passes(days=9)
    desk.writes(SUZUKI, f"ROUND SEND {month}")
    desk.writes(SATO, f"月例送信 {month}")
    told = desk.last_letter_to(SUZUKI).flat
    assert not desk.letters_to(ALICE) and desk.last_letter_to(SUZUKI).subject == "Not done"
    assert "The next round is the one for December 2026, which goes out on Tue 1 Dec 2026, 09:00 JST" in told
    assert "“ROUND SEND 2026-12”" in told and "「月例送信2026-12」" in "".join(desk.last_letter_to(SATO).text.split())
    desk.writes(SUZUKI, "ROUND SEND 2026-12", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 1


def test_who_holds_the_next_round_is_told_to_who_names_a_later_one(desk: Desk) -> None:
    desk.case()
    desk.writes(SATO, "月例保留")
    desk.writes(SUZUKI, "ROUND SEND 2027-02")
    assert f"the one for December 2026, which {SATO} holds back" in desk.last_letter_to(SUZUKI).flat
    assert not desk.letters_to(ALICE)


def test_a_month_that_went_out_long_ago_is_told_as_sent(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND SEND")
    desk.passes(days=100)
    desk.writes(SUZUKI, "ROUND SEND 2026-11")
    assert "The round for November 2026 went out on Fri 20 Nov 2026" in desk.last_letter_to(SUZUKI).flat
