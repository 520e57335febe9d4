"""What README.md and docs/ show and say is what the product does: letters, outputs, commands, keys, words, rooms, and the unit for a server.

Their letters are compared with those of the story below, played on real servers. Numbers, days, codes and line breaks may differ,
words may not, and “…” stands for whatever was left out. Where such a test fails, change the page to what now comes out.
"""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
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
from tests.servers.absence import absent
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import SUZUKI, World

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("[RC][EO]*.md")), *sorted(ROOT.glob("docs/*.md"))]
}
WRITTEN = "\n".join(PAGES.values())
UNIT = ROOT / "data" / "systemd" / "firstreply.service"
ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@harbour.example"

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


def blocks(kind: str) -> list[str]:
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", WRITTEN, re.MULTILINE | re.DOTALL)


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


def leaves(group: Any, path: str = "firstreply") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        here = f"{path} {name}"
        yield from leaves(command, here) if hasattr(command, "commands") else [(here, command)]


COMMANDS = dict(leaves(typer.main.get_command(app)))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A round, three claims of one case of which one is not proven, a claim of the other, a case with faults, and an emergency that waits for its SEND."""
    with Dovecot.start() as post, SmtpSink.start() as sink:
        world = World.build(tmp_path_factory.mktemp("readme"), post, sink)
        case, other = the_roster_and_its_cases(world)
        world.sends_the_round()
        world.writes(MORI, f"受任 {case}", answering=world.last_letter_to(MORI), at="09:02:52")
        world.clicks(ITO, world.last_letter_to(ITO).link_about(case), at="09:02:11")
        world.writes(ABE, f"CLAIM {case}", at="09:03:40", proven=None)
        world.writes(MORI, f"受任 {other}", answering=world.last_letter_to(MORI), at="09:04:10")
        world.writes(SUZUKI, "Title: Detention hearing\nDeadline: next Friday", subject="NEW CASE")
        emergency = "Title: Detention hearing\nSummary: A hearing tomorrow morning; one visit before it.\nPlace: Tokyo"
        world.writes(SUZUKI, emergency, subject="EMERGENCY")
        world.runs_once()
        yield world


def the_roster_and_its_cases(world: World) -> tuple[str, str]:
    for address, name, language in ((ITO, "Ito Akiko", "en"), (MORI, "森 大輔", "ja"), (ABE, "Abe Ken", "en")):
        world.member(address, name=name, language=language)
    case = world.case(
        "Court action against a refusal of refugee status",
        "The administrative appeal was dismissed. The action must be filed within the time limit; country evidence has been collected.",
        kind="Litigation",
        language="Persian, Japanese",
        place="Tokyo District Court",
        time_frame="about a year",
        deadline=f"{datetime.now() + timedelta(days=110):%Y-%m-%d}",
        details="The client is the fictional “A.N.”; the decision was served on 14 September.",
        contact="Legal desk, 03-0000-0001",
    )
    other = world.case(
        "Accompanying a refugee status interview",
        "An interview of about three hours.",
        details="依頼者は「A.N.」さん（仮名）です。面接は11月30日午前10時に始まります。",
        contact="法律支援部、03-0000-0001",
    )
    return case, other


def essence(text: str) -> str:
    """Without what differs from one day to the next: numbers, days, months, codes, rules of tables, space."""
    text = re.sub(r"[a-z2-7]{16}\.[a-z2-7]{26}", "", text)
    text = re.sub(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|\([月火水木金土日]\)", "DAY", text)
    text = re.sub(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", "MONTH", text)
    return re.sub(r"\s", "", re.sub(r"─+", "─", re.sub(r"\d+", "0", text)))


def assert_is_shown(shown: str, real: str) -> None:
    """Every piece between two “…” stands in the real text, in this order."""
    rest = essence(real)
    for piece in shown.split("…"):
        assert essence(piece) in rest, f"this does not come out:\n{piece}\nthis does:\n{real}"
        rest = rest[rest.index(essence(piece)) + len(essence(piece)) :]


@pytest.mark.parametrize("shown", blocks("letter"), ids=lambda block: block.split("Subject: ")[1][:30])
def test_a_letter_on_a_page_is_one_that_is_sent(story: World, shown: str) -> None:
    head, _, body = shown.partition("\n\n")
    to, subject = (line.partition(": ")[2] for line in head.splitlines())
    sent = [letter for letter in story.letters_to(to) if essence(letter.subject) == essence(subject)]
    assert sent, f"{to} got {[letter.subject for letter in story.letters_to(to)]}"
    assert_is_shown(body, sent[0].text)


@pytest.mark.parametrize("shown", blocks("story"), ids=lambda block: block.splitlines()[0][2:])
def test_an_output_on_a_page_is_what_the_command_prints(story: World, shown: str) -> None:
    first, _, output = shown.partition("\n")
    ids = [case["id"] for case in story.cli("case", "list", "--json")]
    words = [ids[0] if word.startswith("JAR-") else word for word in first.split()[2:]]
    assert_is_shown(output, story.cli(*words))


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


def systemd_analyze(*words: str | Path) -> tuple[int, str, str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        absent("systemd-analyze")
    found = subprocess.run([program, *words], capture_output=True, text=True, timeout=60, check=False)
    return found.returncode, found.stderr, found.stdout


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    # Only the path of the program is another one: it is checked, and need not be installed where this test runs.
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace("/opt/firstreply/bin/firstreply", shutil.which("true") or "/bin/true"))
    assert systemd_analyze("verify", "--man=no", here) == (0, "", "")


def test_the_unit_leaves_little_to_an_intruder() -> None:
    code, _, report = systemd_analyze("security", "--offline=true", "--threshold=20", "--no-pager", UNIT)
    assert code == 0, report


class UnitFile(configparser.RawConfigParser):
    """Its names are written with capitals, and stay as they are."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def test_the_unit_and_the_readme_speak_of_the_same_places() -> None:
    unit = UnitFile(strict=False)
    unit.read_string(UNIT.read_text())
    program, *words = unit["Service"]["ExecStart"].split()
    assert "firstreply " + " ".join(words) in COMMANDS
    config = unit["Service"]["Environment"].partition("FIRSTREPLY_CONFIG=")[2]
    state = f"/var/lib/{unit['Service']['StateDirectory']}"
    assert all(place in WRITTEN for place in (program, config, state, Path(program).name, f"sqlite:///{state}/"))
