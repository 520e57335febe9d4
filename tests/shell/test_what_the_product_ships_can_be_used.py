"""The example roster and cases import without a fault, and every command word of the contract is in the data."""

from __future__ import annotations

import tomllib
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.core import intake, roster
from bot.core.model import CaseFields
from bot.shell import resources, sheets

CONTRACT = {
    "claim": ("CLAIM", "受任", "担当"),
    "release": ("RELEASE", "辞退"),
    "clear": ("CLEAR", "利益相反なし"),
    "conflict": ("CONFLICT", "利益相反あり"),
    "list": ("LIST", "一覧"),
    "show": ("SHOW", "詳細"),
    "status": ("STATUS", "状況"),
    "pause": ("PAUSE", "休止"),
    "resume": ("RESUME", "再開"),
    "language": ("LANGUAGE", "言語"),
    "join": ("JOIN", "登録"),
    "leave": ("LEAVE", "退会"),
    "yes": ("YES", "はい"),
    "no": ("NO", "いいえ"),
    "help": ("HELP", "ヘルプ"),
    "new_case": ("NEW CASE", "新規案件"),
    "emergency": ("EMERGENCY", "緊急"),
    "round_hold": ("ROUND HOLD",),
    "send": ("SEND",),
}


def example(name: str) -> sheets.Table:
    return sheets.read((resources.data_dir() / "example" / name).read_bytes(), name)


def test_the_example_roster_is_ten_members_in_two_languages() -> None:
    table = example("roster.csv")
    found = roster.from_rows([(row.line, row.cells) for row in table.rows], languages=("ja", "en"), bot_address="cases@example.org")
    assert roster.columns_faults(table.header) == () == found.faults
    assert [entry.language for entry in found.entries].count("ja") == 6 and len(found.entries) == 10
    assert all(entry.email.endswith(".example") for entry in found.entries)


def test_the_example_cases_are_eight_and_one_has_two_places() -> None:
    table = example("cases.yaml")
    today, zone = date(2026, 12, 1), ZoneInfo("Asia/Tokyo")
    found = [intake.from_row(row.cells, line=row.line, zone=zone, today=today) for row in table.rows]
    cases = [case for case in found if isinstance(case, CaseFields)]
    assert intake.columns_faults(table.header) == () and len(cases) == len(found) == 8
    assert sorted(case.places for case in cases)[-2:] == [1, 2]


@pytest.mark.parametrize("verb", CONTRACT)
def test_the_command_words_are_those_of_the_contract(verb: str) -> None:
    words = tomllib.loads((resources.data_dir() / "words.toml").read_text(encoding="utf-8"))["commands"]
    assert tuple(words[verb])[: len(CONTRACT[verb])] == CONTRACT[verb]


def test_no_word_means_two_things() -> None:
    words = tomllib.loads((resources.data_dir() / "words.toml").read_text(encoding="utf-8"))["commands"]
    spoken = [word.casefold() for forms in words.values() for word in forms]
    assert len(set(spoken)) == len(spoken)


def test_templates_and_data_are_folders() -> None:
    assert resources.templates_dir().is_dir() and resources.data_dir().is_dir()
