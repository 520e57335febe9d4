"""O-15: the same case comes twice, by mail or in a table. Each preview says which of the two to keep, so that nobody drops both."""

from __future__ import annotations

from tests.attacks.desk import SATO, SUZUKI, Desk
from tests.attacks.tables import GOOD, sends

EMERGENCY = "Title: A hearing\nSummary: One visit."


def test_of_an_emergency_that_is_mailed_twice_one_preview_alone_says_drop_me(desk: Desk) -> None:
    for _ in range(2):
        desk.writes(SUZUKI, EMERGENCY, subject="EMERGENCY")
    first, second = (letter for letter in desk.letters_to(SUZUKI) if "answer SEND" in letter.subject)
    assert "keep that one and drop this with “NO”" in second.flat and "Its preview (JUS-2026-001) still waits for an answer" in second.flat
    desk.passes(hours=25)
    desk.writes(SUZUKI, "SEND", answering=first)
    again = desk.last_letter_to(SUZUKI)
    assert "look once more" in again.flat and "drop this" not in again.flat
    assert "came again as JUS-2026-002. If that is the same case, keep this one and answer “NO” to the other" in again.flat
    desk.writes(SATO, EMERGENCY, subject="EMERGENCY")
    told = "".join(desk.last_letter_to(SATO).text.split())
    assert "JUS-2026-001、JUS-2026-002。" in told and "そちらを残し、この確認に「いいえ」とご返信ください" in told


def test_the_one_that_is_open_is_the_one_to_keep(desk: Desk) -> None:
    for _ in range(2):
        desk.writes(SUZUKI, EMERGENCY, subject="EMERGENCY")
    first, second = (letter for letter in desk.letters_to(SUZUKI) if "answer SEND" in letter.subject)
    desk.writes(SUZUKI, "SEND", answering=second)
    desk.passes(hours=25)
    desk.writes(SUZUKI, "SEND", answering=first)
    again = desk.last_letter_to(SUZUKI).flat
    assert "on record already: JUS-2026-002. If this is the same case, keep that one and drop this with “NO”" in again
    assert "waits for an answer" not in again.partition("on record already")[2].partition("Your answer")[0]


def test_of_two_rows_of_a_table_that_read_the_same_one_is_to_go(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD + "A hearing, One  visit. ,Kobe,\n")
    told = desk.last_letter_to(SUZUKI).flat
    assert told.count("on record already") == 1 and "on record already: JUS-2026-001. If this is the same case, answer “NO”" in told
