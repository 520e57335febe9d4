"""The board's pages set in type: templates, the words of the reader's language, times in the organisation's zone.

Given what a page shows, gives the answer. Everything is escaped by the templates; no word for people stands in code.
"""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from bot.board.doorway import Session
from bot.core.model import Case, Staff
from bot.core.tongue import SHIPPED
from bot.office import Office
from bot.shell.resources import templates_dir

_LIKED = re.compile(r"(?P<code>[A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?(?:\s*;\s*q=(?P<weight>[01](?:\.\d{0,3})?))?")


class Pages:
    def __init__(self, office: Office) -> None:
        folder = templates_dir() / "board"
        self._office = office
        self._words: dict[str, dict[str, str]] = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
        self._templates = Jinja2Templates(directory=folder)

    def show(self, page: str, request: Request, person: Staff, session: Session, shown: dict[str, Any], *, status: int = 200) -> Response:
        """A page for somebody who is in."""
        inside = {"person": person, "token": session.form_token, "page": page}
        return self._set(page, request, self._language(person.language), {**shown, **inside}, status=status)

    def show_outside(
        self, page: str, request: Request, shown: dict[str, Any], *, status: int = 200, behind: BackgroundTask | None = None
    ) -> Response:
        """A page of the way in, in the browser's language, else the organisation's first; `behind` is done when it has been sent."""
        liked = _liked(request.headers.get("accept-language", ""))
        language = next((code for code in liked if code in SHIPPED), self._language(self._office.rules.languages[0]))
        return self._set(page, request, language, shown, status=status, behind=behind)

    def _set(
        self, page: str, request: Request, language: str, shown: dict[str, Any], *, status: int, behind: BackgroundTask | None = None
    ) -> Response:
        common = {
            "t": partial(self._word, language),
            "when": self._when,
            "due": self._due,
            "tongue": lambda code: next(iter(self._office.tongue(code).names), code),
            "language": language,
            "house": self._office.settings.organisation,
        }
        return self._templates.TemplateResponse(request, f"{page}.j2", {**common, **shown}, status_code=status, background=behind)

    def _language(self, wanted: str) -> str:
        return "ja" if self._office.tongue(wanted).is_japanese else "en"

    def _word(self, tongue: str, name: str, /, **facts: object) -> str:
        """The words of that name; the name itself, made readable, where it has none."""
        words = self._words.get(name)
        return words[tongue].format(**facts) if words else name.replace("_", " ")

    def _due(self, case: Case) -> str:
        """The last day, or the moment, of a case's deadline; "" where it has none."""
        if case.deadline is None:
            return ""
        return self._when(case.deadline.at - timedelta(seconds=1))[:10] if case.deadline.is_day else self._when(case.deadline.at)

    def _when(self, moment: datetime | None, *, seconds: bool = False) -> str:
        """A moment in the organisation's zone, which it names: whoever reads it may be abroad; "" for none."""
        written = "%Y-%m-%d %H:%M:%S %Z" if seconds else "%Y-%m-%d %H:%M %Z"
        return moment.astimezone(self._office.rules.zone).strftime(written) if moment else ""


def _liked(header: str) -> list[str]:
    """The languages that a browser asks for, the most wanted first; what has a weight of 0 is not wanted (RFC 9110 12.5.4).

    >>> _liked("ja;q=0.5, en-GB, fr;q=0")
    ['en', 'ja']
    """
    weights: dict[str, float] = {}
    for part in header.split(","):
        if match := _LIKED.fullmatch(part.strip()):
            weights.setdefault(match["code"].lower(), float(match["weight"] or 1))
    return sorted((code for code in weights if weights[code]), key=lambda code: -weights[code])
