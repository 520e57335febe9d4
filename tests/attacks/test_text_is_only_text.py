"""G-21: group I of the attacks: whatever is written into a mail, a name or a title is printed as it stands, or not at all, and never obeyed."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.core.mail import RawMail
from bot.shell.settings import SettingsError, load
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.hostile_words import a_day_with, is_sound
from tests.attacks.raw_mail import parts, raw
from tests.shell.imap_meetings import INBOX, announces, body, lists, meeting, sends

SEPARATORS = {"CR LF": "\r\n", "LF": "\n", "CR": "\r"}


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
def test_I_02_a_line_break_in_a_name_or_title_starts_no_header(desk: Desk, separator: str) -> None:
    letters = a_day_with(desk, title=f"Appeal{separator}Bcc: m@e.example", name=f"Alice{separator}Bcc: m@e.example")
    assert len(letters) >= 8
    for letter in letters:
        is_sound(letter)
    assert {letter.received.rcpt[0] for letter in letters} <= {ALICE, BOB, SATO, SUZUKI, "chika.@docomo.ne.jp"}


@pytest.mark.parametrize("breaks", ["=0D=0A", "=0A", "=0D"])
def test_I_02_a_display_name_that_decodes_to_a_line_break_starts_no_header(desk: Desk, breaks: str) -> None:
    desk.arrives(raw(f"From: =?utf-8?q?Alice{breaks}Bcc=3A_m=40e.example?= <{ALICE}>", sender=ALICE, body="May I ask you something."))
    assert {letter.received.rcpt[0] for letter in desk.letters()} == {ALICE, SATO, SUZUKI}
    for letter in desk.letters():
        is_sound(letter)
    assert "Alice Bcc: m@e.example" in desk.last_letter_to(SUZUKI).flat, "staff see the name as it was given, on one line"


HOSTILE_IDS = {
    "folded field": "Message-ID: <x@y>\r\n Bcc: m@e.example",
    "5 kB": f"Message-ID: <{'x' * 5000}@y>",
    "spaces": "Message-ID: <a b@c d>",
    "empty": "Message-ID:",
    "no brackets": "Message-ID: x@y",
    "two": "Message-ID: <x@y> <z@y>",
    "not ASCII": "Message-ID: <案@y>",
    "NUL": "Message-ID: <x\0@y>",
    "251 long": f"Message-ID: <{'x' * 247}@yz>",
}


@pytest.mark.parametrize("field", HOSTILE_IDS.values(), ids=HOSTILE_IDS)
def test_I_04_an_unfit_message_id_is_not_quoted_in_our_thread_fields(desk: Desk, field: str) -> None:
    desk.arrives(raw(field, sender=ALICE, body="HELP"))
    answer = desk.last_letter_to(ALICE)
    is_sound(answer)
    assert answer.headers["In-Reply-To"] is None and answer.headers["References"] is None


def test_I_04_a_fit_message_id_is_quoted_as_it_is(desk: Desk) -> None:
    fit = f"<{'x' * 240}@y>"
    desk.arrives(raw(f"Message-ID: {fit}", sender=ALICE, body="HELP"))
    head = desk.last_letter_to(ALICE).headers
    assert (head["In-Reply-To"], head["References"]) == (fit, fit)


IMAP_INJECTION = b'Message-ID: <x"\r\n X1 STORE 1:* +FLAGS (\\Deleted)\r\n X2 EXPUNGE>\r\n'


def test_I_05_nothing_from_a_mail_reaches_the_imap_server_as_a_command(desk: Desk) -> None:
    mail = IMAP_INJECTION + raw("Message-ID: <y@z>", sender=ALICE, body="HELP")
    with meeting(lists(4), announces(4, size=len(mail)), sends(body(4, mail)), exists=4) as (mailbox, server):
        news = mailbox.news(INBOX, uidvalidity=None, above=0)
        for found in mailbox.fetch(news, news.uids):
            assert isinstance(found, RawMail)
            desk.takes_in([found])
        received = server.received
    assert len(desk.endings()) == 1 and b"BODY.PEEK" in received
    assert not re.search(rb"X1|X2|STORE|EXPUNGE|Deleted", received)


@pytest.mark.parametrize("key", ["folder", "junk_folder", "archive_folder"])
def test_I_05_a_folder_with_a_line_break_is_refused_before_any_connection(desk: Desk, tmp_path: Path, key: str) -> None:
    path = tmp_path / "firstreply.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("junk_folder")]
    lines.insert(lines.index("[imap]") + 1, f'{key} = "INBOX\\r\\nX1 DELETE INBOX"')
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SettingsError, match="line break"):
        load(path, {})


TEMPLATES = ["{{7*7}}", "{{cycler.__init__.__globals__.os.environ}}", "{% for x in range(10**9) %}", "${7*7}", "{0.__class__}", "%s%n"]


@pytest.mark.parametrize("payload", TEMPLATES)
def test_I_06_a_template_in_a_title_or_a_name_is_printed_as_it_stands(desk: Desk, payload: str) -> None:
    letters = a_day_with(desk, title=f"Appeal {payload}", name=f"Alice {payload}", summary=f"About {payload}.")
    the_round, confirmed = letters[0], next(letter for letter in letters if "is yours" in letter.subject)
    for letter in (the_round, confirmed):
        assert f"Appeal {payload}" in letter.flat and f"Alice {payload}" in letter.flat
        assert html.escape(f"Appeal {payload}", quote=False) in html.unescape(" ".join(letter.html.split())) or payload in letter.html
    for letter in letters:
        is_sound(letter)
        assert "Appeal 49" not in letter.flat and "PATH" not in letter.text and "only this desk knows" not in letter.text


@pytest.mark.parametrize(
    "field",
    ["Message-ID: <../../../etc/cron.d/x/y@z>", "Subject: CLAIM ../../x", "In-Reply-To: </etc/passwd@x>"],
    ids=["id", "case", "thread"],
)
def test_I_14_no_path_from_a_mail_becomes_a_file(desk: Desk, tmp_path: Path, field: str) -> None:
    before = {path.name for path in tmp_path.rglob("*")}
    kind, mail_body = parts(
        "mixed",
        "Content-Type: text/plain\n\nCLAIM ../../x",
        'Content-Type: text/csv; name="../../etc/cron.d/x"\nContent-Disposition: attachment; filename="../../etc/cron.d/x.csv"\n\ntitle,summary',
    )
    for sender in (ALICE, SATO):
        desk.arrives(raw(field, kind, "MIME-Version: 1.0", sender=sender, body=mail_body))
    assert {path.name for path in tmp_path.rglob("*")} - before <= {"firstreply.db-wal", "firstreply.db-shm"}
    assert "../" not in "".join(line for line in desk.last_letter_to(SUZUKI).text.splitlines() if "Attached" in line)
