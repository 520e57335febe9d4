"""What a soak tells at its end: each play is counted once in its sweep, once for each fault that came to pass in it, and by what it broke."""

from __future__ import annotations

from collections import Counter

from tests.soak.figures import COLUMNS, Figures, Lost, Played, WrongHolder, by_fault, by_sweep, document

PLAYS = [
    Played("walk", 1, Figures(7, 9, 1, Counter({"killed: stored": 2, "halts": 1}))),
    Played("walk", 2, Figures(5, 0, 0, Counter({"halts": 3})), Lost("a letter")),
    Played("crashes", 1, Figures(2, 4, 0), WrongHolder("Mori")),
]


def test_each_sweep_and_all_of_them_have_a_row() -> None:
    assert COLUMNS == ("Seeds", "Failed", "Faults", "Messages", "Letters", "Duplicates", "Lost", "Wrong holders")
    assert by_sweep(PLAYS) == [("walk", 2, 1, 6, 12, 9, 1, 1, 0), ("crashes", 1, 1, 0, 2, 4, 0, 0, 1), ("all", 3, 2, 6, 14, 13, 1, 1, 1)]


def test_each_fault_has_a_row_of_the_plays_in_which_it_came_to_pass() -> None:
    assert by_fault(PLAYS) == [("halts", 2, 1, 4, 12, 9, 1, 1, 0), ("killed: stored", 1, 0, 2, 7, 9, 1, 0, 0)]


def test_programs_get_the_same_and_why_a_play_failed() -> None:
    told = document(PLAYS)
    assert told["failed"] == [{"sweep": "walk", "seed": 2, "why": "a letter"}, {"sweep": "crashes", "seed": 1, "why": "Mori"}]
    assert isinstance(told["sweeps"], list) and told["sweeps"][0]["wrong_holders"] == 0 and told["sweeps"][0]["sweep"] == "walk"
