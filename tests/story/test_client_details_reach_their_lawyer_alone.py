"""P-01 over real servers: a case's whole life, told in each language, and a client whose name stands in the one lawyer's letters alone."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from tests.attacks.leaks import found_in, found_in_letter
from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI, NORA = "ito@lawfirm.example", "mori@houritsu.example", "nora@newfirm.example"
NAME, PHONE, NUMBER, KANJI = CANARIES = ("QZX CANARY NAME", "+81-90-0000-4242", "A000-424-242", "験証 漏子")
INTAKE = f"Title: Appeal\nSummary: An appeal against a refusal.\nDetails: {NAME}, {PHONE}\nContact: {NUMBER}\nConflict check: {KANJI}\nDeadline: 2027-06-30"
WORDS = {
    "en": ("CLAIM {}", "CLEAR {}", "RELEASE {}", "YES", "Let me know how old {} is."),
    "ja": ("受任 {}", "利益相反なし {}", "辞退 {}", "はい", "{}の依頼者について教えてください。"),
}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_P_01_the_client_stands_in_the_holders_letters_and_nowhere_else(world: World, language: str) -> None:
    claim, clear, release, yes, prose = WORDS[language]
    for who, name in ((ITO, "Ito"), (MORI, "Mori"), (NORA, "Nora")):
        world.member(who, name=name, language=language)
    staff = SUZUKI if language == "en" else SATO
    told: list[str] = []

    def runs() -> None:
        done = world.runs_once()
        told.extend((done.out, done.err))

    world.writes(staff, INTAKE, subject="NEW CASE")
    runs()
    world.writes(staff, yes, answering=world.last_letter_to(staff))
    runs()
    (case,) = (row["id"] for row in world.cli("case", "list", "--json"))
    world.sends_the_round()
    world.writes(ITO, claim.format(case), at="09:00:00")
    world.writes(MORI, claim.format(case), at="09:00:01")
    world.writes(NORA, prose.format(case), at="09:00:02")
    runs()
    assert world.standing(case) == {ITO: "held", MORI: "waitlisted"} and KANJI in world.last_letter_to(ITO).text
    world.writes(ITO, clear.format(case), answering=world.last_letter_to(ITO))
    runs()
    assert all(secret in world.last_letter_to(ITO).text for secret in (NAME, PHONE, NUMBER))
    world.writes(ITO, f"STATUS\n{release.format(case)}", answering=world.last_letter_to(ITO))
    world.arrives(_bounce_of(world.last_letter_to(ITO).received.raw))
    runs()
    assert world.standing(case) == {ITO: "released", MORI: "held"}
    world.writes(MORI, clear.format(case), answering=world.last_letter_to(MORI))
    runs()
    assert NAME in world.last_letter_to(MORI).text
    shown = [world.command(*words).out for words in looked_at(case)]

    assert found_in("\n".join([*told, *shown]).encode(), CANARIES) == set()
    may_read = {ITO, MORI, staff}
    read = {letter.rcpt[0]: found for letter in world.sink.letters if (found := found_in_letter(letter.raw, CANARIES))}
    assert set(read) <= may_read and NORA not in read
    assert {entry["event"] for text in told for line in text.splitlines() if (entry := json.loads(line))} >= {
        "message entered",
        "claim decided",
    }


def looked_at(case: str) -> list[list[str]]:
    """Whatever an operator may look at without asking for details."""
    return [
        *(["case", "list"], ["case", "list", "--json"], ["case", "show", case], ["case", "show", case, "--json"], ["case", "export"]),
        *(["explain", case], ["explain", case, "--json"], ["inbox", "list", "--json"], ["outbox", "list", "--json"], ["status", "--json"]),
        *(["roster", "list", "--json"], ["roster", "export"], ["round", "list", "--json"], ["report"], ["check"]),
    ]


def _bounce_of(letter: bytes) -> bytes:
    """P-05: a report that returns the whole letter, details and all."""
    lines = (
        "From: MAILER-DAEMON@lawfirm.example",
        "To: cases@ngo.example",
        "Subject: Undelivered",
        "MIME-Version: 1.0",
        "Message-ID: <b1@lawfirm.example>",
    )
    head = "\r\n".join((*lines, 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", ""))
    status = f"Reporting-MTA: dns; lawfirm.example\r\n\r\nFinal-Recipient: rfc822; {ITO}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    parts = f"--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    return head.encode() + parts.encode() + letter + b"\r\n--b--\r\n"


def test_P_17_an_export_holds_no_details_unless_asked_and_who_asked_is_on_record(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Appeal", details=NAME, contact=PHONE, conflict_check=KANJI)
    plain = world.command("case", "export").out
    assert found_in(plain.encode(), CANARIES) == set() and "details" not in plain.splitlines()[0]
    assert "read" not in world.cli("explain", case)
    world.command("case", "export", "out.csv", "--with-details")
    written = world.folder / "out.csv"
    assert found_in(written.read_bytes(), CANARIES) == {NAME, PHONE, KANJI} and written.stat().st_mode & 0o077 == 0
    (row,) = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig")))
    assert row["details"] == NAME
    world.command("case", "show", case, "--with-details")
    assert world.cli("explain", case).count("client's details read by ") == 2


SPEAKS = """
import logging
from bot.logs import to_standard_error
to_standard_error()
for name in ("imapclient", "imapclient.imaplib", "aiosmtplib", "asyncio", "sqlalchemy.engine"):
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).debug("> b'A1 LOGIN cases QZX CANARY NAME'")
    logging.getLogger(name).info("INSERT QZX CANARY NAME")
    logging.getLogger(name).warning("slow %s", "QZX CANARY NAME")
"""


def test_P_15_libraries_that_are_set_to_debug_tell_no_bodies_and_no_credentials() -> None:
    told = subprocess.run([sys.executable, "-c", SPEAKS], capture_output=True, text=True, check=True, timeout=60).stderr
    assert found_in(told.encode(), CANARIES) == set() and [json.loads(line)["said"] for line in told.splitlines()] == ["slow %s"] * 5
