"""A word of staff, given on the board: one mail from them to the desk, put into the desk's own mailbox.

Given the office, who speaks and the line they would write, appends the mail by IMAP (RFC 3501 6.3.11). The daemon reads it like any other,
in its place among all that arrives; its answer goes to whoever spoke, and the mail stays as the proof. It counts as theirs because it
answers a letter that was written to them: the one whose question it answers, else the one by which they came in. Decides nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.core.intent import Vocabulary, read_line
from bot.core.mail import domain_of
from bot.core.model import Staff
from bot.daemon import met_mailbox
from bot.office import Office

PROGRAM = "firstreply board"


@dataclass(frozen=True, slots=True)
class Word:
    """One line as staff would write it, the letter that it answers, and the page to go back to. `line` is "" where it is none."""

    line: str
    back: str
    answering: str = ""


def from_form(form: Mapping[str, str], vocabulary: Vocabulary) -> Word:
    """What a form of the board asks for. Whatever is not exactly one command of that kind is none."""
    do, case_id, month = form.get("do", ""), form.get("case", ""), form.get("month", "")
    verb, line, back = {
        "hold": ("round_hold", _spelt(vocabulary, "round_hold"), "/round"),
        "send_round": ("round_send", f"{_spelt(vocabulary, 'round_send')} {month}", "/round"),
        "bulletin": ("bulletin", f"{_spelt(vocabulary, 'bulletin')} {case_id}", f"/case/{case_id}"),
        "assign": ("assign", f"{_spelt(vocabulary, 'assign')} {case_id} {form.get('member', '').strip()}", f"/case/{case_id}"),
        **{answer: (answer, _spelt(vocabulary, answer), "/waiting") for answer in ("yes", "no", "send")},
    }.get(do, ("", "", "/"))
    read = read_line(line, vocabulary) if "\n" not in line else ()
    if [command.verb for command in read] != [verb]:
        return Word("", back if read or not case_id else "/")
    return Word(line, back, form.get("letter", "") if do in ("yes", "no", "send") else "")


def _spelt(vocabulary: Vocabulary, verb: str) -> str:
    return vocabulary.words[verb][0]


def say(office: Office, person: Staff, line: str, *, why: str = "", answering: str = "") -> None:
    """Put the line into the inbox. `answering` is the Message-ID of the letter whose question it answers; "" where it answers none.

    Raises `MailboxAway`, `MailboxRefused` or `FilingRefused` where the mailbox does not take it; then nothing was said.
    """
    now = office.clock()
    domain = domain_of(office.settings.mailbox.address)
    if not answering:
        with office.ledger.reading() as ledger:
            answering = ledger.correspondence.newest("board_link", to=person.address)
    mail = EmailMessage()
    mail["From"], mail["To"] = person.address, office.settings.mailbox.address
    mail["Subject"], mail["Date"] = "", format_datetime(now)
    mail["Message-ID"] = f"<board.{os.urandom(12).hex()}@{domain}>"
    mail["In-Reply-To"] = answering
    mail["User-Agent"] = PROGRAM
    mail.set_content(f"{line} WITH {' '.join(why.split())}\n" if why.strip() else f"{line}\n")
    with met_mailbox(office) as mailbox:
        mailbox.bring(office.settings.imap.folder, mail.as_bytes(policy=SMTP))
