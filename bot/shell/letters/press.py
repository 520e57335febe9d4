"""The letters of one circulation: each language's page is set once, and every reader gets a print of it with their own name and code.

Given letters that tell the same facts, gives the bytes that the typesetter would give for each alone. The page itself is set for nobody:
a sign that no fact can hold stands for the name, and its code is the first reader's, which nobody could guess before it was made.
Whose name might ask for other lines has a page of their own. Lines without name and code are made ready for the wire once, for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import escape

from bot.core.mail import Letter
from bot.shell.letters import layout
from bot.shell.letters.house import Page
from bot.shell.letters.parts import Lines, Sheet, runs
from bot.shell.letters.typesetter import Typesetter, code_of, name_in_letter

NOBODY = "\ue010"
"""Stands for the reader's name. A private-use sign: scrubbing takes it out of every fact and every name."""

_WIDEST_NAME = 40
"""Columns that leave a greeting on one line in every language."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A page set for nobody, and the code in its links."""

    subject: str
    text: Sequence[Lines | str]
    html: Sequence[Lines | str]
    code: str

    @classmethod
    def of(cls, page: Page, code: str) -> _Form:
        def is_personal(line: str) -> bool:
            return NOBODY in line or code in line

        return cls(page.subject, runs(page.text, is_personal=is_personal), runs(page.html, is_personal=is_personal), code)

    def print_for(self, name: str, code: str) -> Sheet:
        return Sheet(self.subject, self._with(self.text, name, code), self._with(self.html, escape(name), code))

    def _with(self, lines: Sequence[Lines | str], name: str, code: str) -> Sequence[Lines]:
        return [Lines(run.replace(NOBODY, name).replace(self.code, code)) if isinstance(run, str) else run for run in lines]


class Press:
    """Made for one circulation, whose letters differ in nothing but their readers."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._forms: dict[str, _Form] = {}

    def compose(self, letter: Letter, *, message_id: str, now: datetime, reader_name: str) -> bytes:
        """The complete message, as `Typesetter.compose` gives it."""
        name, code = name_in_letter(reader_name), code_of(letter, message_id)
        if self._is_plain(name):
            page = self._form(letter, now=now, code=code).print_for(name, code)
        else:
            page = Sheet.of(self._typesetter.page(letter, now=now, name=name, code=code))
        return self._typesetter.bind(page, letter, message_id=message_id, now=now, reader_name=reader_name)

    def _form(self, letter: Letter, *, now: datetime, code: str) -> _Form:
        form = self._forms.get(letter.language)
        if form is None:
            form = _Form.of(self._typesetter.page(letter, now=now, name=NOBODY, code=code), code)
            self._forms[letter.language] = form
        return form

    def _is_plain(self, name: str) -> bool:
        return bool(name) and layout.width(name) <= _WIDEST_NAME and not self._typesetter.is_command(name)
