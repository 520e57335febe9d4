"""The file that `firstreply init` writes has every key with a comment, and complains only of what a person must fill in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.shell.settings import SAMPLE, Settings, SettingsError, load, sample
from bot.shell.settings.sentences import keys_of

KEYS = [(section, key) for section in Settings.model_fields for key in keys_of(section)]


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_stands_in_its_section_with_a_comment(section: str, key: str) -> None:
    body = re.split(r"^\[+\w+\]+", re.split(rf"^\[+{section}\]+", SAMPLE, flags=re.MULTILINE)[1], flags=re.MULTILINE)[0]
    assert re.search(rf"^(?:# )?{key} = .*\S +# \S", body, flags=re.MULTILINE)


def test_it_is_valid_toml_and_knows_no_other_key() -> None:
    found = tomllib.loads(SAMPLE)
    sections = {section: (values[0] if section == "staff" else values) for section, values in found.items()}
    assert {(section, key) for section, values in sections.items() for key in values} <= set(KEYS)


def test_unchanged_it_asks_only_for_what_a_person_must_say(tmp_path: Path) -> None:
    (tmp_path / "firstreply.toml").write_text(sample("x" * 32), encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load(tmp_path / "firstreply.toml", {})
    asked = [re.findall(r"firstreply.toml: (.*?) is missing: ", sentence) for sentence in raised.value.sentences]
    assert asked == [
        ["[organisation] name"],
        ["[mailbox] address"],
        ["[imap] host"],
        ["[imap] username"],
        ["[imap] password"],
        ["[smtp] host"],
        ["[[staff]] number 1, address"],
    ]


@pytest.mark.parametrize("value", ['a "quoted" \\ name', "事務局", "x\ty\x7f", "", "\\1 \\g<0>"])
def test_an_answer_is_written_so_that_it_reads_back(value: str) -> None:
    assert tomllib.loads(sample("s", organisation__name=value))["organisation"]["name"] == value


def test_an_answer_goes_into_its_own_section_and_keeps_the_comment() -> None:
    text = sample("s", smtp__port=587, imap__idle=False, organisation__languages=["en"])
    found = tomllib.loads(text)
    assert (found["imap"]["port"], found["smtp"]["port"], found["imap"]["idle"], found["organisation"]["languages"]) == (
        993,
        587,
        False,
        ["en"],
    )
    changed, unchanged = (next(line for line in file.split("\n") if "465 for tls" in line) for file in (text, SAMPLE))
    assert changed.startswith("port = 587 ") and changed.index("#") == unchanged.index("#")
    long = "imap.a-long-name.example.org"
    assert f'\nhost = "{long}"   # "imap' in sample("s", imap__host=long)


def test_a_key_that_does_not_exist_cannot_be_answered() -> None:
    with pytest.raises(KeyError):
        sample("s", smtp__folder="x")
