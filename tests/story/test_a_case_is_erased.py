"""`firstreply case erase`: afterwards the client is nowhere, neither here nor in the mailbox nor in an older backup, and all goes on."""

from __future__ import annotations

import shutil

import pytest

from tests.attacks.canaries import shown, shown_in_files
from tests.attacks.desk import CANARIES
from tests.story.conversation import BOT, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
NAME, PHONE, PAPER, KANJI = CANARIES


@pytest.fixture
def placed(world: World) -> str:
    """A case that came by mail, was claimed and confirmed, and is spoken of in every folder; gives its id."""
    world.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "Read"')
    world.member(ITO, name="Ito")
    world.member(MORI, name="Mori")
    world.writes(
        SUZUKI, f"Title: Asylum appeal\nSummary: An appeal.\nDetails: {NAME} {PHONE}\nContact: {PAPER} {KANJI}", subject="NEW CASE"
    )
    world.runs_once()
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    (case,) = (row["id"] for row in world.cli("case", "list", "--json"))
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    confirmation = world.last_letter_to(ITO)
    assert NAME in confirmation.text
    world.writes(ITO, f"Does {NAME} speak English?\n\n> {PHONE}", answering=confirmation)
    world.runs_once()
    world.configure("archive_folder", 'archive_folder = ""')
    world.writes(ITO, f"And {KANJI}?", answering=confirmation, folder="Junk")
    world.writes(MORI, "LIST")
    world.runs_once()
    world.configure("archive_folder", 'archive_folder = "Read"')
    return str(case)


def in_the_mailbox(world: World) -> list[str]:
    """The canaries that any folder of the mailbox still shows."""
    return [what for folder in world.imap.folders(BOT) for one in world.imap.messages(BOT, folder) for what in shown(one.raw)]


@pytest.mark.sqlite_file
def test_P_10_after_erasing_the_client_is_nowhere_not_even_in_an_older_backup(world: World, placed: str) -> None:
    world.command("backup", "copy.db")
    world.runs_once()
    before = sum(len(world.imap.messages(BOT, folder)) for folder in world.imap.folders(BOT))
    assert in_the_mailbox(world) and NAME in world.cli("case", "show", placed, "--with-details")
    assert "add --yes" in world.command("case", "erase", placed, expect=2).err
    said = world.command("case", "erase", placed, "--yes")
    assert placed in said.out and not said.err and not shown(said.out.encode())
    assert in_the_mailbox(world) == [] and before > sum(len(world.imap.messages(BOT, one)) for one in world.imap.folders(BOT)) > 0
    assert shown_in_files(world.folder) == []
    assert "erased for good" in world.cli("explain", placed) and world.cli("case", "show", placed, "--json")["erased"]
    assert world.standing(placed) == {ITO: "confirmed"} and world.cli("verify", "--json")["erased_cases"] == 1
    world.runs_once()
    assert f"Erased: {placed}" in [letter.subject for letter in world.letters_to(SUZUKI)]
    copy = {"FIRSTREPLY_DATABASE__URL": f"sqlite:///{world.folder / 'copy.db'}"}
    copy["FIRSTREPLY_SECURITY__KEY_STORE"] = str(world.folder / "data" / "firstreply.db.keys")
    assert "1 erased case (1 of them since this copy was made)" in world.command("verify", env=copy).out
    goes_back(world)
    assert not shown(world.command("case", "show", placed, "--with-details").out.encode())
    world.runs_once()
    assert world.cli("case", "show", placed, "--json")["erased"] and shown_in_files(world.folder) == []


def test_P_10_the_copies_of_its_letters_go_from_the_folder_of_sent_mail_and_no_other_mail_does(world: World, placed: str) -> None:
    """As providers do it: each letter that was sent lies there, byte for byte."""
    world.configure("archive_folder", 'archive_folder = "Read"\nsent_folder = "Sent"')
    for letter in world.sink.letters:
        world.imap.deliver(BOT, letter.raw, folder="Sent")
    own = b"From: sato@ngo.example\r\nMessage-ID: <own@ngo.example>\r\nSubject: Lunch\r\n\r\nAt one?\r\n"
    world.imap.deliver(BOT, own, folder="Sent")
    before = len(world.imap.messages(BOT, "Sent"))
    assert NAME in "".join(in_the_mailbox(world))
    world.command("case", "erase", placed, "--yes")
    left = world.imap.messages(BOT, "Sent")
    assert in_the_mailbox(world) == [] and 1 < len(left) < before and left[-1].raw == own


@pytest.mark.sqlite_file
def test_P_10_an_older_backup_opens_with_the_key_store_of_its_time(world: World, placed: str) -> None:
    """So that the test above means something: it is the destroyed key that closes it."""
    world.command("backup", "copy.db")
    keys = world.folder / "data" / "firstreply.db.keys"
    shutil.copy(keys, world.folder / "keys.then")
    world.command("case", "erase", placed, "--yes")
    goes_back(world)
    shutil.copy(world.folder / "keys.then", keys)
    assert NAME in world.cli("case", "show", placed, "--with-details")


def test_P_10_with_the_mailbox_away_the_copies_go_at_the_next_contact(world: World, placed: str) -> None:
    world.imap.close()
    said = world.command("case", "erase", placed, "--yes")
    assert "at the next contact" in said.err
    world.imap.open()
    assert in_the_mailbox(world)
    world.runs_once()
    assert in_the_mailbox(world) == []


@pytest.mark.sqlite_file
def test_P_10_G_05_who_was_told_that_it_is_theirs_keeps_an_erased_case_also_after_going_back_to_before_that(world: World) -> None:
    """The backup has the claim as it waited; since then it was confirmed, the other waitlisted, and the case erased."""
    for email, name in ((ITO, "Ito"), (MORI, "Mori")):
        world.member(email, name=name)
    case = world.case("Asylum appeal", details=NAME)
    world.configure("settle_seconds", "settle_seconds = 3600")
    world.writes(ITO, f"CLAIM {case}")
    world.writes(MORI, f"CLAIM {case}")
    world.runs_once()
    assert world.standing(case) == {ITO: "queued", MORI: "queued"}
    world.command("backup", "copy.db")
    world.configure("settle_seconds", "settle_seconds = 0")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    world.command("case", "erase", case, "--yes")
    world.runs_once()
    before = len(world.letters_to(ITO)), len(world.letters_to(MORI))
    standing = world.standing(case)
    goes_back(world)
    world.runs_once()
    assert world.standing(case) == standing == {ITO: "confirmed", MORI: "lapsed"}
    assert world.cli("case", "show", case, "--json")["erased"]
    assert (len(world.letters_to(ITO)), len(world.letters_to(MORI))) == before
    world.command("verify")


def test_erasing_twice_says_so(world: World, placed: str) -> None:
    world.command("case", "erase", placed, "--yes")
    assert "was erased before" in world.command("case", "erase", placed, "--yes").out


def goes_back(world: World) -> None:
    """As docs/operators.md has it: the file is put back, and everything else in the folder stays."""
    data = world.folder / "data"
    for name in ("firstreply.db-wal", "firstreply.db-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(world.folder / "copy.db", data / "firstreply.db")
