"""The board's addresses: who may see them, and what becomes of a word given there.

Every GET is harmless and changes nothing, the log-in link's too: a page with one button stands behind it. A POST needs a session and the
token of its form. Every page tells the browser to load nothing from elsewhere and to be framed by nobody.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.board import word
from bot.board.doorway import SESSION_LIVES, Doorway, Session
from bot.board.pages import Pages
from bot.board.reading import Reader
from bot.core.mail import Letter, canonical
from bot.core.model import Staff
from bot.office import Office
from bot.shell.mailbox import FilingRefused, MailboxAway
from bot.shell.resources import templates_dir

COOKIE = "firstreply_board"
LOCAL = ("127.0.0.1", "localhost")
"""Names under which it answers: a page of elsewhere that points its own name here gets nothing (DNS rebinding)."""

_LONGEST_FIELD = 400

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(office: Office, doorway: Doorway, *, address: str, hand_over: Callable[[], object]) -> Starlette:
    """`address` is where people reach it (``http://127.0.0.1:8600``); `hand_over` sends the letter with the link, if no daemon does."""
    desk = _Desk(office, doorway, Pages(office), address, hand_over)
    routes = [
        Route("/", desk.seen("cases", lambda reader, request: reader.cases(request.query_params.get("q", "")))),
        Route("/case/{id}", desk.seen("case", lambda reader, request: reader.case(request.path_params["id"]))),
        Route("/round", desk.seen("round", lambda reader, _: reader.round())),
        Route("/waiting", desk.seen("waiting", lambda reader, _: reader.waiting())),
        Route("/log", desk.seen("log", lambda reader, request: reader.log(_number(request.query_params.get("before", ""))))),
        Route("/health", desk.seen("health", lambda reader, _: reader.health())),
        Route("/figures", desk.seen("figures", lambda reader, request: reader.figures(request.query_params.get("month", "")))),
        Route("/word", desk.word, methods=["POST"]),
        Route("/leave", desk.leave, methods=["POST"]),
        Route("/enter", desk.ask, methods=["GET"]),
        Route("/enter", desk.invite, methods=["POST"]),
        Route("/enter/{secret}", desk.threshold, methods=["GET"]),
        Route("/enter/{secret}", desk.admit, methods=["POST"]),
        Mount("/static", StaticFiles(directory=templates_dir() / "board" / "static")),
    ]
    board = Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL))])
    board.add_middleware(_Sealed)
    return board


class _Sealed:
    """Puts the same headers on every answer."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        async def sealed(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            await send(message)

        await self._app(scope, receive, sealed)


class _Desk:
    """What the addresses share: the office, the doorway, the pages."""

    def __init__(self, office: Office, doorway: Doorway, pages: Pages, address: str, hand_over: Callable[[], object]) -> None:
        self._office, self._doorway, self._pages, self._address, self._hand_over = office, doorway, pages, address, hand_over

    def seen(self, page: str, read: Callable[[Reader, Request], dict[str, Any] | None]) -> Callable[[Request], Response]:
        """The page for whoever is in; the way in for everybody else."""
        return partial(self._show, page, read)

    def _show(self, page: str, read: Callable[[Reader, Request], dict[str, Any] | None], request: Request) -> Response:
        session, person = self._who(request)
        if session is None or person is None:
            return RedirectResponse("/enter", status_code=303)
        with self._office.ledger.reading() as ledger:
            shown = read(Reader(self._office, ledger, person), request)
            if shown is None:
                return self._pages.show("missing", request, person, session, {}, status=404)
            return self._pages.show(page, request, person, session, {**shown, "said": request.query_params.get("said", "")})

    async def word(self, request: Request) -> Response:
        """A word of staff for the mailbox: the round held or sent, a bulletin asked for, a case assigned, a question answered."""
        form = {name: str(value)[:_LONGEST_FIELD] for name, value in (await request.form()).items()}
        return await run_in_threadpool(self._word, request, form)

    def _word(self, request: Request, form: dict[str, str]) -> Response:
        session, person = self._who(request)
        if session is None or person is None or not session.owns(form.get("token", "")):
            return RedirectResponse("/enter", status_code=303)
        asked = word.from_form(form, self._office.rules.vocabulary)
        if not asked.line or not self._may_answer(person, asked.answering):
            return _back(asked.back, "unclear")
        try:
            word.say(self._office, person, asked.line, why=form.get("why", ""), answering=asked.answering)
        except (MailboxAway, FilingRefused):
            return _back(asked.back, "away")
        return _back(asked.back, "done")

    def _may_answer(self, person: Staff, letter: str) -> bool:
        """Only a letter to this person, whose question still waits."""
        if not letter:
            return True
        with self._office.ledger.reading() as ledger:
            return letter in {one["letter"] for one in Reader(self._office, ledger, person).questions()}

    def ask(self, request: Request) -> Response:
        return self._pages.show_outside("enter", request, {"is_asked": False})

    async def invite(self, request: Request) -> Response:
        """The answer is the same, and as quick, for an address on file and for any other: the letter is written behind it."""
        form = await request.form()
        person = self._office.staff(canonical(str(form.get("address", ""))[:_LONGEST_FIELD]))
        secret = self._doorway.invite(person.address, self._office.clock()) if person else None
        behind = BackgroundTask(self._write_to, person, secret) if person and secret else None
        return self._pages.show_outside("enter", request, {"is_asked": True}, behind=behind)

    def _write_to(self, person: Staff, secret: str) -> None:
        with self._office.ledger.writing() as ledger:
            self._office.owe(ledger, Letter("board_link", person.address, person.language, {"url": f"{self._address}/enter/{secret}"}))
        self._hand_over()

    def threshold(self, request: Request) -> Response:
        is_good = self._doorway.is_good(request.path_params["secret"], self._office.clock())
        return self._pages.show_outside("threshold", request, {"is_good": is_good}, status=200 if is_good else 410)

    def admit(self, request: Request) -> Response:
        admitted = self._doorway.admit(request.path_params["secret"], self._office.clock())
        if admitted is None:
            return self._pages.show_outside("threshold", request, {"is_good": False}, status=410)
        answer = RedirectResponse("/", status_code=303)
        lives = int(SESSION_LIVES.total_seconds())
        answer.set_cookie(COOKIE, admitted[0], max_age=lives, httponly=True, samesite="strict")
        return answer

    async def leave(self, request: Request) -> Response:
        session, _ = self._who(request)
        form = await request.form()
        if session is not None and session.owns(str(form.get("token", ""))):
            self._doorway.leave(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/enter", status_code=303)
        answer.delete_cookie(COOKIE)
        return answer

    def _who(self, request: Request) -> tuple[Session | None, Staff | None]:
        """Whoever has a session and is staff still."""
        session = self._doorway.session(request.cookies.get(COOKIE, ""), self._office.clock())
        return session, self._office.staff(session.address) if session else None


def _back(page: str, said: str) -> Response:
    return RedirectResponse(f"{page}?said={said}", status_code=303)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
