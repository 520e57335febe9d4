"""What README.md and docs/ say is what there is: commands, keys, words, fields, rooms, links, places."""

from __future__ import annotations

import re
import shlex
import tomllib
from typing import Any

import pytest
import typer
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot.cli import app
from bot.cli.desk import take_config
from bot.core.decide import lawyers, staff
from bot.core.intake import FORM_FIELDS
from bot.shell.settings import Settings
from bot.shell.settings.sentences import section_model
from tests.shell.pages import COMMANDS, PAGES, ROOT, UNIT, WRITTEN, blocks

KEYS = [
    (f"[[{section}]]" if section == "staff" else f"[{section}]", section, key)
    for section in Settings.model_fields
    for key in section_model(section).model_fields
]
VERBS = tomllib.loads((ROOT / "data" / "words.toml").read_text(encoding="utf-8"))["commands"]
BESIDE = {"bulletin", "send", "hold", "yes", "no", "new_case", "new_event", "emergency", "ok", "done"}
"""Verbs that are carried out elsewhere than in the two tables of verbs."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


def section(page: str, heading: str) -> str:
    return PAGES[f"docs/{page}.md"].split(f"\n## {heading}\n")[1].split("\n## ")[0]


def documented(heading: str) -> dict[str, list[str]]:
    """The table under a heading: what stands in code in its first column, with the other columns."""
    rows = [
        [cell.strip() for cell in row.strip("|").split(" | ")]
        for row in section("reference", heading).splitlines()
        if row.startswith("| `")
    ]
    return {row[0].strip("| `"): row[1:] for row in rows}


def test_every_command_is_documented_and_no_other() -> None:
    rows = [re.sub(r" \[?(?:[A-Z-]).*", "", command) for command in documented("Commands")]
    assert sorted(rows) == sorted(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_documented(path: str) -> None:
    options = {option for parameter in COMMANDS[path].params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if f"{option}`" not in WRITTEN and f"{option} " not in WRITTEN} == set()


@pytest.mark.parametrize("line", re.findall(r".*bin/firstreply .*", "".join(blocks("console"))))
def test_every_example_is_understood(line: str) -> None:
    words = take_config(shlex.split(line.partition("bin/firstreply ")[2]))
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(line, words)


@pytest.mark.parametrize("word", sorted(word for words in VERBS.values() for word in words))
def test_every_command_word_is_documented(word: str) -> None:
    assert re.search(rf"`{word}[ `]", WRITTEN)


@pytest.mark.parametrize(("page", "verbs"), [("lawyers", lawyers.VERBS), ("staff", staff.VERBS)])
def test_a_word_that_acts_stands_in_its_table(page: str, verbs: dict[str, Any]) -> None:
    table = section(page, "What you can write")
    assert [verb for verb in verbs if not re.search(rf"^\| .*`{VERBS[verb][0]}[ `]", table, re.MULTILINE)] == []


@pytest.mark.parametrize("verb", [*staff.VERBS, "bulletin", "send", "hold"])
def test_a_word_of_staff_has_its_japanese_in_the_same_row(verb: str) -> None:
    table = section("staff", "What you can write")
    forms = [form for form in VERBS[verb] if not form.isascii()]
    row = re.search(rf"^\| [^|]*`{VERBS[verb][0]}[ `][^|]*\| ([^|]*) \|", table, re.MULTILINE)
    assert forms and row and [form for form in forms if not re.search(rf"`{form}[ `]", row[1])] == []


def test_every_word_acts() -> None:
    assert set(VERBS) - set(lawyers.VERBS) - set(staff.VERBS) - BESIDE == set()


def test_the_two_front_doors_have_the_same_rooms() -> None:
    """As many headings, examples and rows in the same order, and the same commands and places."""
    english, japanese = (
        re.sub(r"^\[(?:日本語|English)\].*\n", "", PAGES[page], flags=re.MULTILINE) for page in ("README.md", "README.ja.md")
    )
    for shape in (r"^#+ ", r"^```console\n(.*?)^```$", r"^```story\n(.*?)^```$", r"^\| `[^`]*` \|", r"^- \*\*"):
        found = [re.findall(shape, page, re.MULTILINE | re.DOTALL) for page in (english, japanese)]
        assert found[0] == found[1]
    for shape in (r"^```letter$", r"^For you alone$|^ご担当者限りの情報$", r"^\| `.*$"):
        shown = [[re.findall(r"`[^`]+`", line) for line in re.findall(shape, page, re.MULTILINE)] for page in (english, japanese)]
        assert shown[0] == shown[1]
    assert set(re.findall(r"\]\((docs/[a-z]+\.md)", english)) == set(re.findall(r"\]\((docs/[a-z]+\.md)", japanese))


def anchors(text: str) -> set[str]:
    """What a link may name on this page, as a forge makes it of a heading."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("page", "link"), [(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\(([^)]+)\)", text)])
def test_every_link_leads_somewhere(page: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent.joinpath(path).resolve() if path else ROOT / page
    assert target.is_file()
    assert not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("english", "japanese"), [(english, japanese) for _, english, japanese in FORM_FIELDS])
def test_every_field_of_a_case_is_documented(english: str, japanese: str) -> None:
    assert re.search(rf"^\| `{english}`[^|]*\| `{japanese}` \|", WRITTEN, re.MULTILINE)


@pytest.mark.parametrize(("written", "section", "key"), KEYS)
def test_every_key_is_documented_with_its_default(written: str, section: str, key: str) -> None:
    default = documented("Configuration")[f"{written} {key}"][0]
    field = section_model(section).model_fields[key]
    if field.default is PydanticUndefined or (section, key) == ("imap", "password"):
        assert default == "needed"
    elif field.default is None:
        assert default == "none"
    else:
        assert tomllib.loads(f"value = {default.strip('`')}")["value"] == plain(field.default)


def plain(value: Any) -> Any:
    """As TOML has it."""
    value = value.get_secret_value() if isinstance(value, SecretStr) else value
    return list(value) if isinstance(value, tuple) else value


def test_no_key_is_documented_that_does_not_exist() -> None:
    assert sorted(documented("Configuration")) == sorted(f"{written} {key}" for written, _, key in KEYS)


@pytest.mark.parametrize("room", [room.strip() for layer in LAYERS for room in layer.split("|")])
def test_every_room_is_in_the_house(room: str) -> None:
    assert re.search(rf"^\| .*`{re.escape(room)}`.* \|", section("architecture", "The house"), re.MULTILINE)


TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("said", sorted(set(re.findall(r"`make ([a-z]+)|^\$ make ([a-z]+)", WRITTEN, re.MULTILINE))))
def test_every_make_target_that_is_named_is_there(said: tuple[str, str]) -> None:
    assert "".join(said) in TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_named(target: str) -> None:
    assert target in ("clean", "fuzz") or re.search(rf"`make {target}\b", WRITTEN)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:bot|tests|templates|data|docs)/[\w./-]+)`", WRITTEN))))
def test_every_path_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists() or path.startswith("bot/data") or "NAME" in path


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    assert f"\n## {version} - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(re.findall(r"firstreply-([\d.]+)-py3", WRITTEN)) == {version}


def test_it_names_no_place_of_the_machine_that_it_was_written_on() -> None:
    assert not re.search(r"/(?:work|home|root|tmp)/|localhost:\d|pypi\.|files\.python", WRITTEN + UNIT.read_text())
