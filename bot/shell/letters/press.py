"""Letters of one occasion, a circulation or the answers to many claims: those alike are set in type once, and each reader gets a print.

Given letters one by one, gives the bytes that the typesetter would give for each alone. A page is printed again only for a letter that tells
the very same but for what is its reader's own, and it is set for nobody: signs that no fact can hold stand for the name and for those digits,
and its code is the first reader's, which nobody could guess before it was made. Whose name might ask for other lines has a page alone, and
so has every letter that holds what only its reader may know. Lines with nothing of the reader's own are made ready for the wire once, for all.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Final

from markupsafe import escape

from bot.core.mail import Letter
from bot.shell.letters import layout
from bot.shell.letters.catalogue import CIRCULATIONS
from bot.shell.letters.headers import unstructured
from bot.shell.letters.house import Page
from bot.shell.letters.parts import Part, Sheet
from bot.shell.letters.personal import ADDRESS, Parted, parted, shared_line
from bot.shell.letters.scrub import SIGNS
from bot.shell.letters.typesetter import Typesetter, code_of, for_shipped, name_in_letter

NOBODY = "\ue010"
"""Stands for the reader's name. A private-use sign: scrubbing takes it out of every fact and every name."""

_LOST: Final = re.compile(f"{ADDRESS}|%EE%80%9[01]|%F0%9D%9F")
"""Percent-encoded, these signs begin like this."""
_GREETING: Final = re.compile(f".{{0,12}}{NOBODY}.{{0,12}}\\n?")
"""The one line of its paragraph, however wide a plain name is."""
_NOBODY: Final = NOBODY.encode("utf-8")
_SIGNS: Final = [sign.encode("utf-8") for sign in SIGNS]
_DIGITS: Final = {str(digit): b"%d" % digit for digit in range(10)}
_MOST_FORMS: Final = 32
_WIDEST_NAME: Final = 40
"""Columns that leave a greeting on one line in every language."""


class _Form:
    """A page set for nobody, in which each piece that stands for something of the reader's is replaced."""

    def __init__(self, page: Page, code: str) -> None:
        own = re.compile(f"({NOBODY}|{re.escape(code)}|[{SIGNS}])")
        self._code = code.encode("utf-8")
        self._subject = [piece.encode("utf-8") for piece in own.split(page.subject)]
        self._ready = unstructured(page.subject) if len(self._subject) == 1 else ""
        self._text, self._html = Part("plain", page.text, own=own), Part("html", page.html, own=own)

    def print_for(self, name: str, code: str, digits: str) -> Sheet:
        own = {**dict(zip(_SIGNS, map(_DIGITS.__getitem__, digits), strict=False)), self._code: code.encode("utf-8")}
        own[_NOBODY] = name.encode("utf-8")
        subject = self._ready or unstructured(b"".join(map(own.get, self._subject, self._subject)).decode("utf-8"))
        text = self._text.coded(own)
        own[_NOBODY] = escape(name).encode("utf-8")
        return Sheet(subject, text, self._html.coded(own))


class Press:
    """Made for one occasion."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._forms: list[tuple[tuple[object, ...], _Form | None]] = []
        """What their letters tell, and the form; none where a template asks for more than to print what is the reader's own."""
        self._shipped = Press(typesetter.shipped) if typesetter.shipped else None
        self._spoilt: set[tuple[str, ...]] = set()
        """Letters that the organisation's own templates could not write: the one that ships prints the others of the same kind."""

    def compose(self, letter: Letter, *, message_id: str, now: datetime, reader_name: str) -> bytes:
        """The complete message, as `Typesetter.compose` gives it."""
        name, code = name_in_letter(reader_name), code_of(letter, message_id)
        sheet = self._print(letter, now=now, name=name, code=code) or self._alone(letter, now=now, name=name, code=code)
        return self._typesetter.bind(sheet, letter, message_id=message_id, now=now, reader_name=reader_name, code=code)

    def _alone(self, letter: Letter, *, now: datetime, name: str, code: str) -> Sheet:
        fell_back = partial(self._spoilt.add, _kind(letter))
        return Sheet.of(self._typesetter.page(letter, now=now, name=name, code=code, fell_back=fell_back))

    def _print(self, letter: Letter, *, now: datetime, name: str, code: str) -> Sheet | None:
        if self._shipped and _kind(letter) in self._spoilt:
            return self._shipped._print(for_shipped(letter), now=now, name=name, code=code)
        line = shared_line(letter)
        if (line is None and letter.kind not in CIRCULATIONS) or not self._is_plain(name):
            return None
        own = parted(letter, line, moment=partial(self._typesetter.moment, language=letter.language))
        form = self._form(letter, own, now=now, name=NOBODY if name else "", code=code)
        return form.print_for(name, code, own.digits) if form else None

    def _form(self, letter: Letter, own: Parted, *, now: datetime, name: str, code: str) -> _Form | None:
        told = (letter.kind, letter.language, name, own.shapes, own.told)
        for known, form in self._forms:
            if known == told:
                return form
        if len(self._forms) == _MOST_FORMS:
            self._forms.clear()
        form = self._set(own.for_nobody(letter), now=now, name=name, code=code)
        self._forms.append((told, form))
        return form

    def _set(self, letter: Letter, *, now: datetime, name: str, code: str) -> _Form | None:
        try:
            page = self._typesetter.strict_page(letter, now=now, name=name, code=code)
        except Exception:  # whatever a template makes of the signs: where the letter is at fault itself, setting it alone says so
            return None
        return _Form(page, code) if _is_printable(page) else None

    def _is_plain(self, name: str) -> bool:
        return layout.width(name) <= _WIDEST_NAME and not self._typesetter.is_command(name)


def _kind(letter: Letter) -> tuple[str, ...]:
    """What is written from the same templates."""
    line = shared_line(letter)
    return letter.kind, letter.language, line.outcome if line else ""


def _is_printable(page: Page) -> bool:
    """Whether all that stands for what is the reader's own can be filled in: nothing has come into a link, say, and a name moves no line."""
    is_greeting = all(_GREETING.fullmatch(part) for part in page.text.split("\n\n") if NOBODY in part)
    return is_greeting and not any(_LOST.search(part) for part in (page.subject, page.text, page.html))
