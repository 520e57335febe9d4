"""What an operator sees at a terminal: whole help, screens that fit, colour only where it is wanted, and what Tab offers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.cells import cell_len

from bot.cli import app
from bot.cli.menu import PARTS
from tests.story import command
from tests.story.conversation import World
from tests.story.terminal import Terminal

ITO = "ito@lawfirm.example"


def commands(group: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The words that call each command and each group."""
    for name, found in group.commands.items():
        yield (*path, name)
        if hasattr(found, "commands"):
            yield from commands(found, *path, name)


ALL = list(commands(typer.main.get_command(app)))


@pytest.fixture
def desk(world: World) -> World:
    world.member(ITO, name="Ito Akiko")
    world.case("Court action against a refusal of refugee status, with a title that is longer than a line of a narrow terminal can be")
    world.settle_in()
    return world


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example_of_itself(words: tuple[str, ...]) -> None:
    group: Any = typer.main.get_command(app)
    for word in words:
        group = group.commands[word]
    assert f"Example: firstreply {' '.join(words[:1])}" in " ".join(group.help.split())


@pytest.mark.parametrize("part", ["case", "inbox", "keys", "outbox", "roster", "round"])
def test_what_stands_below_a_command_is_named_in_whole_sentences_too(tmp_path: Path, part: str) -> None:
    _, _, told = command.run(tmp_path, part, "--help").out.partition("Commands:\n")
    assert told.rstrip().endswith(".") and "..." not in told


def test_the_first_page_names_each_command_once_in_a_whole_sentence(tmp_path: Path) -> None:
    told = command.run(tmp_path, "--help").out
    for name in {words[0] for words in ALL}:
        assert sum(line.startswith(f"  {name} ") for line in told.splitlines()) == 1, name
    assert "..." not in told.replace("[ARGS]...", "") and [title for title, _ in PARTS if f"{title}:" not in told] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(["stauts"], "'status'"), (["roster", "lst"], "'list'"), (["status", "--wach"], "--watch"), (["case", "exprt"], "'export'")],
)
def test_a_slip_of_the_fingers_is_answered_with_what_was_meant(tmp_path: Path, typed: list[str], meant: str) -> None:
    refused = command.run(tmp_path, *typed)
    assert refused.code == 2 and meant in refused.err


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(desk: World, columns: int) -> None:
    desk.case("収容中の方との面会をお願いする、とても長い件名の案件でありまして折り返しが必要です")
    desk.settle_in()
    showing = [["case", "show", "JAR-2026-001"], ["case", "show", "JAR-2026-002"], ["explain", "JAR-2026-001"]]
    for words in (["status"], ["case", "list"], ["roster", "list"], *showing):
        with Terminal(desk.folder, *words, columns=columns) as shown:
            text = shown.end()
        assert max(map(cell_len, text.splitlines())) <= columns, f"{words}:\n{text}"


def test_cases_with_an_hour_are_a_table_on_eighty_columns(desk: World) -> None:
    desk.case("Motion to stay a removal", deadline="2027-01-15 17:00")
    desk.settle_in()
    with Terminal(desk.folder, "case", "list", columns=80) as shown:
        text = shown.end()
    assert re.search(r"^ *Case +State +Free +Deadline +(?:urgent +)?Title", text, re.MULTILINE) and "2027-01-15 17:00" in text


def test_a_case_is_shown_in_the_words_of_people(desk: World) -> None:
    case = desk.case("Motion to stay a removal", deadline="2027-01-15 17:00", remote_possible="no")
    text = desk.command("case", "show", case).out
    assert "Deadline           2027-01-15 17:00" in text and re.search("Remote possible +no", text)
    assert not re.search(r"True|False|None|Erased|Region|T17:00", text)


def test_a_case_is_found_by_its_number_as_by_mail(desk: World) -> None:
    for typed in (("case", "show", "1"), ("case", "show", "#１"), ("explain", "1")):
        assert "Court action against" in desk.command(*typed).out
    assert re.search(r"Did you mean JAR-\d{4}-001\?", desk.command("bulletin", "1", expect=2).err), "what reaches the roster is named whole"


def test_an_address_is_never_cut(desk: World) -> None:
    with Terminal(desk.folder, "roster", "list", columns=60) as shown:
        text = shown.end()
    assert "…" not in text and "Also writes" not in text and ITO in text


def test_a_table_that_does_not_fit_is_told_line_by_line_with_every_word_whole(desk: World) -> None:
    desk.configure("settle_seconds", "settle_seconds = 0")
    desk.writes(ITO, "CLAIM JAR-2026-001", at="09:02:11")
    desk.runs_once()
    for columns in (60, 120):
        with Terminal(desk.folder, "explain", "JAR-2026-001", columns=columns) as shown:
            text = shown.end()
        assert all(re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text) for word in (ITO, "confirmed", "first")), text
        assert max(map(cell_len, text.splitlines())) <= columns
        assert bool(re.search(r"^Rank +1 *$", text, re.MULTILINE)) == (columns == 60)


def test_colour_is_for_a_terminal_that_wants_it(desk: World) -> None:
    with Terminal(desk.folder, "status") as shown:
        shown.end()
    with Terminal(desk.folder, "status", env={"NO_COLOR": "1"}) as plain:
        plain.end()
    assert "\x1b[32m" in shown.raw and "\x1b[3" not in plain.raw
    assert "\x1b" not in (told := desk.command("status").out) and told.startswith("Health         well\n")
    assert shown.text.split() == told.split()


def test_watch_shows_what_is_new_and_gives_the_terminal_back(desk: World) -> None:
    with Terminal(desk.folder, "status", "--watch") as shown:
        shown.until("1 open")
        desk.case("Another case")
        desk.settle_in()
        shown.until("2 open")
        shown.interrupt()
        shown.end()
    assert shown.code == 0 and shown.raw.rindex("\x1b[?1049l") > shown.raw.index("\x1b[?1049h")


@pytest.mark.parametrize("words", [["status", "--watch"], ["status", "--watch", "--json"]])
def test_watch_is_for_people(desk: World, words: list[str]) -> None:
    assert "wants a terminal" in desk.command(*words, expect=2).err


def test_a_long_piece_of_work_shows_how_far_it_is_at_a_terminal_only(desk: World) -> None:
    (desk.folder / "more.csv").write_text("title,summary\n" + "".join(f"Case {n},An appeal\n" for n in range(30)), encoding="utf-8")
    with Terminal(desk.folder, "case", "import", "more.csv") as shown:
        shown.end()
    assert "30/30" in shown.text and "30 cases imported and open" in shown.text
    outcome = desk.command("verify")
    assert outcome.err == "" and "\x1b" not in outcome.out


def test_a_run_by_hand_shows_how_far_it_is_with_the_mail(desk: World) -> None:
    desk.configure("settle_seconds", "settle_seconds = 0")
    for number in range(12):
        desk.writes(ITO, f"SHOW JAR-2026-001\nHELP {number}")
    desk.writes(ITO, "CLAIM JAR-2026-001")
    with Terminal(desk.folder, "run", "--once") as shown:
        shown.end()
    assert shown.code == 0
    for bar in ("Reading mail", "13/13", "Deciding cases", "1/1", "Handing over letters"):
        assert bar in shown.text, bar
    assert '{"' not in shown.text and "/?" not in shown.text
    desk.writes(ITO, "LIST")
    assert all(line.startswith("{") for line in desk.runs_once().err.splitlines())


def test_a_round_shows_how_many_letters_have_left(desk: World) -> None:
    with Terminal(desk.folder, "round", "send", "--reason", "the hearing is on Friday") as shown:
        shown.end()
    assert "Handing over letters" in shown.text and "1/1" in shown.text and "is on its way to 1 member." in shown.text


def test_tab_offers_cases_and_addresses_that_begin_so(desk: World) -> None:
    def offered(line: str) -> list[str]:
        words = line.split(" ")
        told = {"_FIRSTREPLY_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        return command.run_fresh(desk.folder, env=told).out.split()

    (case,) = (row["id"] for row in desk.cli("case", "list", "--json"))
    assert offered("firstreply case show J") == [case]
    assert offered("firstreply explain it") == [ITO]
    assert offered("firstreply --config nowhere.toml explain J") == []
    assert "roster" in offered("firstreply ro")


def test_status_loads_nothing_that_it_does_not_need(desk: World) -> None:
    """Each of these would cost a tenth of its start, or more."""
    dear = ["rich", "dkim", "dns", "openpyxl", "imapclient", "aiosmtplib", "apscheduler", "msal", "requests", "bot.reception"]
    dear += ["holidays.countries"]  # all 250 of them, where the organisation has one
    dear += ["bot.core.decide", "bot.core.intent", "bot.core.parsing", "bot.core.anonymity"]  # where no mail is read, nothing decided
    program = (
        "import json, sys\nfrom bot.cli import main\ntry: main(['status', '--json'])\nexcept SystemExit: pass\n"
        f"print(json.dumps([name for name in {dear} if name in sys.modules]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=desk.folder, env=command.environment(), capture_output=True, text=True, check=True
    )
    assert json.loads(ended.stdout.splitlines()[-1]) == []
