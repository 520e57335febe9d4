"""The board in a real browser: who gets in and how, what each page shows and never shows, and what becomes of a word given there."""

from __future__ import annotations

import http.client
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, text

from bot.board import kept
from tests.servers import ground
from tests.servers.browser import browser
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import COMMAND, Daemon
from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
SECRET, NAMES = "served on 14 September at the shelter", "Canary Vogelsang"
ROOT = Path(__file__).parents[2]
PAGES = ("/", "/round", "/waiting", "/figures", "/log", "/health")
LANGUAGES = {SUZUKI: "en", SATO: "ja"}
PICTURES = os.environ.get("FIRSTREPLY_PICTURES", "")
"""A folder into which every page that is looked at is drawn, for a person to look at too."""


@dataclass
class Board:
    world: World
    port: int
    browser: Browser
    case: str
    other: str
    inside: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, **how: Any) -> Page:
        page = self.browser.new_context(viewport={"width": 1100, "height": 800}, **how).new_page()
        page.set_default_timeout(ground.PATIENCE_SECONDS * 1000)
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((self.url("/"), "data:")) else self.complaints.append(asked.url))
        return page

    def link_for(self, person: str) -> str:
        """Asks for a link on the first page, and reads the letter that brings it."""
        before = len(self.world.letters_to(person))
        page = self.page()
        page.goto(self.url("/"))
        page.fill("#address", person)
        page.get_by_role("button").click()
        ground.wait_until(lambda: len(self.world.letters_to(person)) > before, otherwise=lambda: f"no link came to {person}")
        found = re.search(rf"{re.escape(self.url('/enter/'))}\S+", self.world.last_letter_to(person).text)
        assert found
        return found[0]

    def signed_in(self, person: str) -> Page:
        if person not in self.inside:
            page = self.page(color_scheme="dark" if person == SATO else "light")
            page.goto(self.link_for(person))
            page.get_by_role("button").click()
            page.wait_for_url(self.url("/"))
            self.inside[person] = page
        return self.inside[person]

    def form_token(self, person: str) -> str:
        page = self.signed_in(person)
        page.goto(self.url("/"))
        return page.locator("input[name=token]").first.input_value()


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with Dovecot.start() as post, SmtpSink.start() as sink, browser() as chromium:
        world = World.build(tmp_path_factory.mktemp("board"), post, sink)
        for address, name, language in ((ITO, "Ito Akiko", "en"), (MORI, "森 大輔", "ja")):
            world.member(address, name=name, language=language, firm="Harbour Law")
        far = f"{datetime.now() + timedelta(days=110):%Y-%m-%d}"
        case = world.case("Court action against a refusal", kind="Litigation", deadline=far, details=SECRET)
        other = world.case("収容中の方との面会", "入管に収容されている方との面会をお願いします。", conflict_check=NAMES)
        world.sends_the_round()
        world.writes(MORI, f"受任 {case}", answering=world.last_letter_to(MORI), at="09:02:52")
        world.clicks(ITO, world.last_letter_to(ITO).link_about(case), at="09:02:11")
        world.writes(SUZUKI, "Title: Detention hearing\nSummary: A hearing tomorrow morning.\nPlace: Tokyo", subject="EMERGENCY")
        world.writes(MORI, "面会は何時ごろでしょうか。", subject="おたずね")
        world.runs_once()
        with serving(world) as port:
            yield Board(world, port, chromium, case, other)


@contextmanager
def serving(world: World) -> Iterator[int]:
    port = ground.free_port()
    with Daemon(world.folder, program=(*COMMAND, "board", "--port", str(port))) as process:
        process.wait_for("The board is on")
        ground.wait_until(lambda: _answers(port), otherwise=lambda: process.log)
        yield port
    ground.give_back(port)


def _answers(port: int) -> bool:
    try:
        return _asked(port, "GET", "/enter")[0] == 200
    except OSError:
        return False


def _asked(port: int, method: str, path: str, *, body: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    """One request as a program makes it: its status, and where it leads or what it says."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    line.request(method, path, urlencode(body) if body is not None else None, {**form, **headers})
    answer = line.getresponse()
    return answer.status, answer.headers.get("location") or answer.read().decode()


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
    assert _asked(board.port, "GET", path) == (303, "/enter")


def test_the_way_in_speaks_the_browsers_language_and_else_the_organisations(board: Board) -> None:
    wanted = ["", "en-US,en;q=0.9,ja;q=0.5", "fr, ja;q=0.8", "fr", "ja;q=0.4, en; q=0.6", "en;q=0, fr", "eng; q=much, en-GB"]
    pages = [_asked(board.port, "GET", "/enter", **({"Accept-Language": one} if one else {}))[1] for one in wanted]
    assert [re.findall(r'<html lang="(\w+)"', page)[0] for page in pages] == ["ja", "en", "ja", "ja", "en", "ja", "en"]


def test_a_link_goes_to_staff_alone_and_the_page_does_not_tell_who_that_is(board: Board) -> None:
    def said_to(address: str) -> str:
        return _asked(board.port, "POST", "/enter", body={"address": address})[1]

    letters = len(board.world.letters_to(ITO))
    board.signed_in(SUZUKI)
    assert said_to(ITO) == said_to("stranger@elsewhere.example") == said_to(SUZUKI)
    assert len(board.world.letters_to(ITO)) == letters


def test_a_link_is_good_once_and_looking_at_it_does_not_use_it_up(board: Board) -> None:
    with serving(board.world) as port:
        fresh = Board(board.world, port, board.browser, board.case, board.other)
        path = fresh.link_for(SUZUKI).removeprefix(fresh.url(""))
        assert [_asked(port, "GET", path)[0] for _ in range(2)] == [200, 200]
        assert _asked(port, "POST", path) == (303, "/")
        assert (_asked(port, "POST", path)[0], _asked(port, "GET", path)[0]) == (410, 410)


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
        bool(re.search(pattern, row)) for pattern, row in zip((r"Ito Akiko.*confirmed", r"森 大輔.*in line"), _flat(rows), strict=True)
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


def test_holding_the_round_is_a_mail_of_whoever_holds_it_and_what_waits_then_is_what_status_tells(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url("/round"))
    page.fill("#hold-why", "a client is in danger")
    page.get_by_role("button", name="Hold the round").click()
    assert "in the mailbox" in page.get_by_role("status").inner_text()
    board.world.runs_once()
    page.goto(board.url("/round"))
    assert f"Held back by {SUZUKI}" in page.content() and "a client is in danger" in page.content()
    answers = [letter.text for letter in board.world.letters_to(SUZUKI)]
    assert any("is held back" in answer for answer in answers)
    for person, asked, held in (
        (SUZUKI, "Send the bulletin?", "is held back by"),
        (SATO, "確認のメールへのお返事待ち", "保留中"),
    ):
        page = board.signed_in(person)
        page.goto(board.url("/waiting"))
        shown = page.locator("main").inner_text()
        assert asked in shown and held in shown and shown.count("JAR-2026-003") == 1


def test_giving_a_case_out_of_turn_goes_the_way_of_every_assign(board: Board) -> None:
    page = board.signed_in(SATO)
    page.goto(board.url(f"/case/{board.other}"))
    page.select_option("#member", ITO)
    page.fill("#assign-why", "本人の希望")
    page.get_by_role("button", name="担当にする").click()
    board.world.runs_once()
    assert board.world.standing(board.other) == {ITO: "held"}
    page.goto(board.url(f"/case/{board.other}"))
    assert "本人の希望" in page.content()


def test_a_bulletin_is_sent_by_the_answer_to_its_preview(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url("/waiting"))
    page.locator("form", has_text="Send the bulletin?").get_by_role("button", name="Send", exact=True).click()
    board.world.runs_once()
    assert [letter.subject for letter in board.world.letters_to(MORI) if "Detention hearing" in letter.subject] != []


@pytest.mark.parametrize(
    "form",
    [
        {"do": "hold"},
        {"do": "hold", "token": "guessed"},
        {"do": "assign", "case": "JAR-2026-001", "member": f"{ITO}\nROUND SEND", "token": "*"},
        {"do": "send", "letter": "<somebody.elses@letter.example>", "token": "*"},
        {"do": "yes; drop", "token": "*"},
    ],
    ids=["no token", "wrong token", "two lines", "another's letter", "no such word"],
)
def test_a_forged_form_puts_no_word_into_the_mailbox(board: Board, form: dict[str, str]) -> None:
    token = board.form_token(SUZUKI)
    cookie = next(one for one in board.signed_in(SUZUKI).context.cookies() if one["name"] == "firstreply_board")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    before = len(board.world.dispositions())
    sent = {**form, **({"token": token} if form.get("token") == "*" else {})}
    status, place = _asked(board.port, "POST", "/word", body=sent, Cookie=f"firstreply_board={cookie['value']}")
    assert status == 303 and (place == "/enter" or place.endswith("said=unclear"))
    board.world.runs_once()
    assert len(board.world.dispositions()) == before


def test_a_page_of_elsewhere_that_gives_itself_our_address_gets_nothing(board: Board) -> None:
    assert _asked(board.port, "GET", "/enter", Host="evil.example")[0] == 400


def test_signing_out_ends_it(board: Board) -> None:
    with serving(board.world) as port:
        fresh = Board(board.world, port, board.browser, board.case, board.other)
        page = fresh.signed_in(SATO)
        page.get_by_role("button", name="サインアウト").click()
        page.goto(fresh.url("/log"))
        assert page.url == fresh.url("/enter")
