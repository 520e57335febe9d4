"""Letters set in type: the words stand once per language, the two ways to show them are two sets of parts.

Given a letter, renders its template twice, with the parts of `templates/text` and those of `templates/html`, and makes the page a message.
An organisation's own folder comes first, so any file may be replaced one by one; where one of these fails, ours writes the letter.
Facts come from strangers and are only ever values.
Never renders a template that came by mail, never leaves a gap silently: a fact that a template misses is an error (StrictUndefined).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.core.mail import Letter
from bot.core.model import Case, Deadline, Told
from bot.core.tongue import ENGLISH, SHIPPED, Tongue
from bot.shell.letters import catalogue, completeness, forms, layout, spoilt, times
from bot.shell.letters.engine import SEAM, Templates
from bot.shell.letters.house import House, Page, Reader
from bot.shell.letters.lead import led
from bot.shell.letters.links import mailto
from bot.shell.letters.modules import AT_HAND
from bot.shell.letters.parts import Sheet
from bot.shell.letters.post import assemble
from bot.shell.letters.scrub import Commands, one_line, scrub
from bot.shell.resources import templates_dir

_AS_WRITTEN = ("(as written) ", "（原文）")
PHRASES = {"marks.as_written": _AS_WRITTEN[0], **times.PHRASES}
"""What a further language needs beside its templates, in English."""
_LONGEST_SUBJECT = 160
_LONGEST_NAME = 80


class Typesetter:
    """Made once. `command_words` are further words, beside those that ship, that no line of a letter may begin with.

    `tongues` are the languages that the organisation has data of its own for; `told` hears once of each place where a template is spoilt.
    """

    def __init__(
        self,
        house: House,
        *,
        overrides: Path | None = None,
        command_words: Iterable[str] = (),
        tongues: Iterable[Tongue] = (),
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._house: House = scrub(house)
        self._tongues = {tongue.code: tongue for tongue in tongues} or SHIPPED
        words = frozenset({*catalogue.COMMAND_WORDS, *command_words})
        self.shipped = Typesetter(house, command_words=words, tongues=self._tongues.values()) if overrides else None
        """What writes a letter that the organisation's own templates cannot; None where these are the only ones."""
        self._told = told
        self.spoilt: dict[str, datetime] = {}
        """Where templates of the organisation's own could not be used, and since when."""
        self._commands = Commands(words)
        self.folders: tuple[Path, ...] = (*((overrides,) if overrides else ()), templates_dir())
        templates = Templates(self.folders, self._house.case_prefix, words, self._commands, self._said_by)
        self._text, self._html = templates.engine("text"), templates.engine("html")

    def compose(self, letter: Letter, *, message_id: str, now: datetime, reader_name: str) -> bytes:
        """The complete message: CRLF, multipart/alternative, text first."""
        code = code_of(letter, message_id)
        page = self.preview(letter, now=now, reader_name=reader_name, code=code)
        return self.bind(Sheet.of(page), letter, message_id=message_id, now=now, reader_name=reader_name, code=code)

    def preview(self, letter: Letter, *, now: datetime, reader_name: str, code: str = "") -> Page:
        """The letter as it will be read, without headers."""
        return self.page(letter, now=now, name=name_in_letter(reader_name), code=code)

    def page(self, letter: Letter, *, now: datetime, name: str, code: str, fell_back: Callable[[], None] = lambda: None) -> Page:
        """The letter set in type, from the templates that ship where the organisation's cannot be used: that is told, and stops no letter."""
        try:
            return self.strict_page(letter, now=now, name=name, code=code)
        except Exception as fault:  # whatever a template does that somebody else wrote
            if self.shipped is None:
                raise
            # Where the one that ships cannot either, the fault is not theirs.
            page = self.shipped.page(for_shipped(letter), now=now, name=name, code=code)
            self._note(fault, letter, now)
            fell_back()
            return page

    def _note(self, fault: Exception, letter: Letter, now: datetime) -> None:
        place = spoilt.place(fault, self.folders[0], page=f"{letter.language}/{letter.kind}.j2")
        if place not in self.spoilt:
            self.spoilt[place] = now
            self._told(place)

    def strict_page(self, letter: Letter, *, now: datetime, name: str, code: str) -> Page:
        """The letter set in type from the templates as they are; `name` is printed as it stands."""
        names = self._names(letter, now=now, name=name, code=code)
        template = f"{letter.language}/{letter.kind}.j2"
        subject, seam, text = self._text.get_template(template).render(names | {AT_HAND: {}}).partition(SEAM)
        if not seam or not subject.strip():
            raise ValueError("a letter without its frame, or without a Subject")
        return Page(
            subject=_shorten(one_line(subject), _LONGEST_SUBJECT),
            text=self._guard(layout.tidy(text), letter.language),
            html=self._led(self._html.get_template(template).render(names | {AT_HAND: {}}).strip() + "\n"),
        )

    def _led(self, html: str) -> str:
        return led(html, case_prefix=self._house.case_prefix, is_command=self._commands.starts)

    def bind(self, page: Sheet, letter: Letter, *, message_id: str, now: datetime, reader_name: str, code: str) -> bytes:
        """A page with its header fields; `code` is the letter's `code_of`."""
        return assemble(page, letter, house=self._house, message_id=message_id, now=now, reader_name=scrub(reader_name), code=code)

    def deadline(self, value: Deadline, language: str) -> str:
        """A deadline as a letter in this language has it."""
        return times.deadline(value, tongue=self._tongue(language), zone=self._house.zone)

    def moment(self, at: datetime, language: str) -> str:
        """An hour of arrival as a letter in this language has it."""
        return times.moment(at, tongue=self._tongue(language), zone=self._house.zone)

    def is_command(self, words: str) -> bool:
        """Whether a reader of mail might take these words for a command."""
        return self._commands.starts(words)

    def faults(self, language: str) -> list[str]:
        """What keeps this language from being written, for the language check."""
        return completeness.faults(self._text, language, self.folders)

    def slips(self, languages: Iterable[str]) -> list[str]:
        """What in the organisation's own folder looks like a slip, or is not translated yet."""
        if self.shipped is None:
            return []
        own, shipped, spoken = self.folders[0], templates_dir(), tuple(languages)
        english = (completeness.untranslated(own, shipped, one) for one in spoken if one not in SHIPPED)
        return [*completeness.slips(self._text, own, shipped, spoken), *filter(None, english)]

    def _names(self, letter: Letter, *, now: datetime, name: str, code: str) -> dict[str, object]:
        facts: dict[str, Any] = scrub(letter.facts)
        told: dict[str, Any] = _answer(facts["lines"]) if letter.kind == "answer" else {}
        code = str(facts.get("code") or code)
        return {
            "head": None,
            **facts,
            **told,
            **self._vocabulary(letter.language),
            "facts": facts,
            "house": self._house,
            "reader": Reader(name, letter.language),
            "own_address": letter.to,
            "language": letter.language,
            "kind": letter.kind,
            "is_circulation": letter.kind in catalogue.CIRCULATIONS,
            "tongues": {code: (*one.names, code)[0] for code, one in self._tongues.items()},
            "is_asked_how": not catalogue.CHECK_INS.isdisjoint({letter.kind, *(line.outcome for line in told.get("lines", ()))}),
            "now": now,
            "code": code,
            "link": partial(_link, self._house.address, code),
            "form_link": partial(forms.as_mail, self._house.address, letter.language),
        }

    def _vocabulary(self, language: str) -> dict[str, object]:
        """Ways to write times and values in this letter's language."""
        zone, tongue = self._house.zone, self._tongue(language)
        return {
            "deadline": partial(times.deadline, tongue=tongue, zone=zone),
            "moment": partial(times.moment, tongue=tongue, zone=zone),
            "hour": partial(times.hour, tongue=tongue, zone=zone),
            "day": partial(times.local_day, tongue=tongue, zone=zone),
            "month_name": partial(times.month, tongue=tongue),
            "period_name": partial(times.period, tongue=tongue),
            "span": partial(times.span, tongue=tongue),
            "tame": partial(self._commands.tame, note=_note(tongue)),
        }

    def _said_by(self, words: str, name: str, *, language: str) -> str:
        """A person's words; a line that could be taken for a command stands behind the name of who said it, and not behind a mark of ours."""
        stop = "：" if self._tongue(language).is_japanese else ": "
        return "\n".join(f"{one_line(name)}{stop}{line.strip()}" if self._commands.starts(line) else line for line in words.split("\n"))

    def _tongue(self, language: str) -> Tongue:
        return self._tongues.get(language, ENGLISH)

    def _guard(self, text: str, language: str) -> str:
        """No line of the text may look like a command, whatever a fact made of it."""
        note = _note(self._tongue(language))
        return "\n".join(self._tamed(line, note) for line in text.split("\n"))

    def _tamed(self, line: str, note: str) -> str:
        bare = line.lstrip(" ")
        return line[: len(line) - len(bare)] + note + bare if self._commands.starts(bare) else line


def _note(tongue: Tongue) -> str:
    return tongue.says("marks.as_written", *_AS_WRITTEN)


def _answer(lines: Iterable[Any]) -> dict[str, Any]:
    """The lines of an answer; the cases that are still open are told once, below them all."""
    told = [_told(line) for line in lines]
    asides = [line for line in told if line.outcome in catalogue.ASIDES]
    told = [line for line in told if line not in asides] or asides
    open_cases = next((line.facts["open_cases"] for line in told if line.facts.get("open_cases")), ())
    return {"lines": told, "asides": asides if told != asides else [], "open_cases": open_cases}


def _told(line: Any) -> Told:
    """A line ready to print. One on record names its case; where the command names none, the letter has no number to show."""
    case = getattr(line, "case", None)
    case_id = line.case_id or (case.id if isinstance(case, Case) else "")
    return Told(one_line(line.command), line.outcome, case, dict(line.facts), case_id)


def _link(address: str, code: str, command: str) -> str:
    """The mailto that gives a command with the reader's own code, which proves the sender."""
    return mailto(address, f"{command} [{code}]" if code else command)


def code_of(letter: Letter, message_id: str) -> str:
    """The reader's code: the letter's own, else that of its Message-ID, which is signed for this reader alone."""
    return str(letter.facts.get("code") or message_id.strip("<>").partition("@")[0])


def for_shipped(letter: Letter) -> Letter:
    """The letter in a language that ships."""
    return letter if letter.language in SHIPPED else replace(letter, language=ENGLISH.code)


def name_in_letter(reader_name: str) -> str:
    """A reader's name, fit to be printed; "" for an address, which nobody is greeted by."""
    return "" if "@" in reader_name else _shorten(one_line(scrub(reader_name)), _LONGEST_NAME)


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
