"""The board in a real browser: what each page shows, in either language, on desk and phone, and what it never shows."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.board import kept
from tests.story.board import NAMES, SECRET, Board, asked, opened
from tests.story.conversation import SATO, SUZUKI, World

ROOT = Path(__file__).parents[2]
PAGES = ("/", "/round", "/waiting", "/figures", "/log", "/health")
LANGUAGES = {SUZUKI: "en", SATO: "ja"}
PICTURES = os.environ.get("FIRSTREPLY_PICTURES", "")
"""A folder into which every page that is looked at is drawn, for a person to look at too."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with opened(tmp_path_factory.mktemp("board")) as one:
        yield one


def book(world: World) -> list[tuple[str, int]]:
    """How many rows each table has that a decision could touch."""
    engine = create_engine(world.database_url)
    tables = ("arrival", "claim", "legal_case", "decision", "letter", "question", "mark", "member")
    with engine.connect() as rows:
        counted = [(table, int(rows.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())) for table in tables]
    engine.dispose()
    return counted


@pytest.mark.parametrize("path", [*PAGES, "/case/JAR-2026-001"])
def test_nobody_sees_anything_before_they_have_signed_in(board: Board, path: str) -> None:
    assert asked(board.port, "GET", path) == (303, "/enter")


def test_the_way_in_speaks_the_browsers_language_and_else_the_organisations(board: Board) -> None:
    wanted = ["", "en-US,en;q=0.9,ja;q=0.5", "fr, ja;q=0.8", "fr", "ja;q=0.4, en; q=0.6", "en;q=0, fr", "eng; q=much, en-GB"]
    pages = [asked(board.port, "GET", "/enter", **({"Accept-Language": one} if one else {}))[1] for one in wanted]
    assert [re.findall(r'<html lang="(\w+)"', page)[0] for page in pages] == ["ja", "en", "ja", "ja", "en", "ja", "en"]


@pytest.mark.parametrize("person", [SUZUKI, SATO], ids=LANGUAGES.get)
@pytest.mark.parametrize("width", [1100, 360])
def test_every_page_reads_well_in_either_language_on_desk_and_phone(board: Board, person: str, width: int) -> None:
    page = board.signed_in(person)
    page.set_viewport_size({"width": width, "height": 800})
    board.complaints.clear()
    for path in (*PAGES, f"/case/{board.case}", f"/case/{board.other}", "/case/JAR-2026-999"):
        page.goto(board.url(path))
        assert page.locator("h1").count() == 1 and page.locator("html").get_attribute("lang") == LANGUAGES[person]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert not re.search(r"\b(?:state|claim|log|mail|letter|question|left|contact|nav)_\w+", page.content()), path
        if width == 360:
            places = "[...document.querySelectorAll('td > :not(br)')].map(one => one.offsetLeft - one.parentElement.offsetLeft)"
            assert all(place > 100 for place in page.evaluate(places)), path  # beside its label, not below it
        if PICTURES:
            drawn = Path(PICTURES) / f"{path.strip('/').replace('/', '-') or 'cases'}.{LANGUAGES[person]}.{width}.png"
            page.screenshot(path=drawn, full_page=True)
    assert [said for said in board.complaints if "404" not in said] == []


def test_what_only_a_confirmed_lawyer_may_read_is_on_no_page(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    for path in (*PAGES, f"/case/{board.case}", f"/case/{board.other}"):
        page.goto(board.url(path))
        assert SECRET not in page.content() and NAMES not in page.content()


def test_a_case_shows_its_queue_in_order_of_arrival_with_the_reasons(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url(f"/case/{board.case}"))
    rows = page.locator("tbody").first.locator("tr").all_inner_texts()
    assert [
        bool(re.search(pattern, row))
        for pattern, row in zip((r"Ito Akiko.*:\d\d JST.*confirmed", r"森 大輔.*in line"), _flat(rows), strict=True)
    ] == [
        True,
        True,
    ]


def test_why_a_mail_waits_for_a_person_is_told_in_the_readers_language(board: Board) -> None:
    shown = {}
    for person in (SUZUKI, SATO):
        page = board.signed_in(person)
        page.goto(board.url("/waiting"))
        shown[LANGUAGES[person]] = page.locator("main").inner_text()
    assert "holds no word that we can carry out" in shown["en"] and "プログラムが扱える言葉がありません" in shown["ja"]
    assert not re.search(r"no command|on the roster|emergency", shown["ja"])


def test_the_board_knows_every_reason_for_which_mail_waits() -> None:
    """Those that stand in the code in so many words; what a parser found wrong with a mail is told as it is."""
    source = "".join(path.read_text() for path in sorted((ROOT / "bot").glob("*/**/*.py")) if "board" not in path.parts)
    reasons = re.findall(r'FOR_STAFF,\s*f?"(\w[^"]+)"', source) + re.findall(
        r'reason = f?"(not on the roster[^"{]*|authentication failed: )', source
    )
    words = tomllib.loads((ROOT / "templates" / "board" / "words.toml").read_text(encoding="utf-8"))
    names = {reason: kept.told(reason)[0] for reason in reasons}
    assert len(names) > 8 and "kept_unreadable" not in names.values() and {*names.values()} <= {*words}


def _flat(rows: list[str]) -> list[str]:
    return [" ".join(row.split()) for row in rows]


def test_looking_changes_nothing(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    before = book(board.world)
    for path in (*PAGES, f"/case/{board.case}", "/case/JAR-2026-999", "/log?before=3", "/?q=面会"):
        page.goto(board.url(path))
    assert book(board.world) == before


def test_the_search_works_without_a_script_and_narrows_while_one_types_with_it(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url("/?q=面会"))
    assert page.locator("tbody tr").count() == 1
    page.goto(board.url("/"))
    page.locator("#q").press_sequentially("court")
    assert page.locator("tbody tr:visible").count() == 1


def test_the_keyboard_is_enough(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(board.url("/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(board.url("/round"))
