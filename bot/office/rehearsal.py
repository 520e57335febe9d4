"""Before anything is sent: one letter of each sort, written by the real typesetter and put to the last look at outgoing bytes (O-02).

Given the office, gives what is wrong, a sentence a letter. A changed interpreter or library, or a template that no longer fits, shows here
and not in a letter to a lawyer. It also makes the first place that is given as quick to tell as the next: its templates are compiled by then.
Writes nothing down and sends nothing; the letters go to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core import trust
from bot.core.mail import Enclosure, Letter, domain_of
from bot.core.model import Case, Member, Told
from bot.office import Office
from bot.shell.letters import UnfitLetter, check_outgoing

_READER = "rehearsal@example.org"
_NAME = "森 大輔, “Mori” <x@y>"
_TITLE = "難民 – refugee, 10 % “of” it"


def faults(office: Office) -> list[str]:
    """Nothing where every sort of letter comes out as it should, in every language."""
    return [fault for letter in _one_of_each(office) if (fault := _fault(office, letter))]


def _one_of_each(office: Office) -> Iterator[Letter]:
    """What a place that is given brings, to who has it, to who waits and to staff; a circulation, a notice with a file."""
    case = Case(f"{office.settings.organisation.case_prefix}-2026-001", _TITLE, "word " * 300)
    came: dict[str, object] = {"arrived_at": office.clock(), "promoted": False}
    answers = (
        Told("", "confirmed", case, {**came, "details": _TITLE, "contact": _NAME}, case.id),
        Told("", "waitlisted", case, {**came, "waiting_place": 1, "decision": 1}, case.id),
    )
    placed = {**came, "case": case, "member": Member(0, _READER, _NAME), "others": 1, "state": "confirmed"}
    file = Enclosure("deadline.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR\r\n" * 20)
    trouble: dict[str, object] = {"finding": "", "since": office.clock(), "told": _TITLE, "is_over": False}
    for language in office.settings.organisation.languages:
        for line in answers:
            told: dict[str, object] = {"lines": (line,)}
            yield Letter("answer", _READER, language, told, in_reply_to="<a@example.org>", references=("<b@example.org>",))
        yield Letter("placed", _READER, language, placed)
        yield Letter("bulletin", _READER, language, {"case": case})
        yield Letter("trouble", _READER, language, trouble, attachments=(file,))


def _fault(office: Office, letter: Letter) -> str:
    code = trust.code_for(trust.handle_from(b"0123456789"), letter.to, key=office.keys[0])
    message_id = trust.message_id(code, domain_of(office.settings.mailbox.address))
    try:
        content = office.typesetter.compose(letter, message_id=message_id, now=office.clock(), reader_name=_NAME)
        check_outgoing(content, letter.to)
    except UnfitLetter as unfit:
        return f"{letter.kind} in {letter.language}: {unfit}"
    except Exception as fault:  # whatever it was, the letter did not come out
        return f"{letter.kind} in {letter.language}: {type(fault).__name__}: {fault}"
    return ""
