"""The board of one organisation, served by the installed command and looked at in a real browser or asked as a program asks."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from tests.servers import ground
from tests.servers.browser import browser
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import COMMAND, Daemon
from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
SECRET, NAMES = "served on 14 September at the shelter", "Canary Vogelsang"


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


@contextmanager
def opened(folder: Path) -> Iterator[Board]:
    """The board of an organisation with two cases, an emergency that waits for its SEND, and a question of a lawyer."""
    with Dovecot.start() as post, SmtpSink.start() as sink, browser() as chromium:
        world = World.build(folder, post, sink)
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
        return asked(port, "GET", "/enter")[0] == 200
    except OSError:
        return False


def asked(port: int, method: str, path: str, *, body: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    """One request as a program makes it: its status, and where it leads or what it says."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    line.request(method, path, urlencode(body) if body is not None else None, {**form, **headers})
    answer = line.getresponse()
    return answer.status, answer.headers.get("location") or answer.read().decode()
