"""An older database is put back: what the mailbox has is read again, nobody hears twice, and nothing that was told is decided anew.

The steps are those of docs/operators.md: stop, put the file back, start. With the post book beside the database everything is recognised;
without it whatever may have been sent is kept back for a word of staff.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import timedelta

import pytest

from tests.story.conversation import BOT, SATO, SUZUKI, World
from tests.story.people import Letter

pytestmark = pytest.mark.sqlite_file
ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"

SPAM = b"From: shop@stranger.example\r\nTo: cases@ngo.example\r\nMessage-ID: <1@stranger.example>\r\nSubject: Offers\r\n\r\nBuy now.\r\n"


@pytest.fixture
def desk(world: World) -> World:
    """Ito and Mori, who have had no mail yet; read mail is filed."""
    world.member(ITO, name="Ito")
    world.member(MORI, name="森 健", language="ja")
    world.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "Read"')
    return world


def goes_back(world: World, *, with_book: bool) -> None:
    """Stop, put the file back, start."""
    data = world.folder / "data"
    for name in ("firstreply.db-wal", "firstreply.db-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(world.folder / "copy.db", data / "firstreply.db")
    if not with_book:
        (data / "firstreply.db.postbook").unlink()


def head_in(letter: Letter) -> str:
    """The head of the decision log, as a letter prints it."""
    found = re.search(r"Decision log: (entry .*)", letter.text)
    assert found is not None
    return found[1]


def sent(world: World) -> Counter[tuple[str, str]]:
    return Counter((letter.rcpt[0], letter.subject) for letter in world.sink.letters)


def states(world: World) -> Counter[str]:
    return Counter(row["state"] for row in world.cli("outbox", "list", "--json"))


def a_day_after_the_backup(world: World, case: str) -> str:
    """Two claims, a case that staff brought in and opened, a round: all of it told to people. Gives the id of the case by mail."""
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.runs_once()
    world.writes(SUZUKI, "Title: Detention hearing\nSummary: One visit before it.", subject="NEW CASE", at="09:30")
    world.runs_once()
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI), at="09:40")
    world.runs_once()
    world.sends_the_round()
    return f"{case[:-3]}002"


def test_C_23_G_29_with_the_post_book_all_is_as_it_was_and_nobody_hears_twice(desk: World) -> None:
    case = desk.case("Asylum appeal", details="The client is Client A.")
    desk.runs_once()
    desk.command("backup", "copy.db")
    second = a_day_after_the_backup(desk, case)
    before, ids = sent(desk), {letter.message_id for letter in desk.sink.letters if not letter.message["List-Id"]}
    desk.writes(MORI, f"受任 {second}", answering=desk.last_letter_to(MORI), at="11:00")

    goes_back(desk, with_book=True)
    desk.runs_once()

    assert desk.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert desk.standing(second) == {MORI: "confirmed"}
    assert {row["message_id"] for row in desk.cli("outbox", "list", "--json")} >= ids
    fresh = sent(desk) - before
    assert sorted(to for to, _ in fresh.elements()) == sorted([MORI, SATO, SATO, SUZUKI, SUZUKI])
    assert "Nothing is in doubt" in next(letter for letter in desk.letters_to(SUZUKI) if "put back" in letter.subject).text
    assert [one["letters"] for one in desk.cli("round", "list", "--json")] == [2]
    desk.sends_the_round()
    assert {to for to, _ in sent(desk) - before - fresh} <= {SATO, SUZUKI}
    desk.command("verify")


def test_C_23_F_23_a_head_of_the_time_between_fits_no_more_and_verify_says_why(desk: World) -> None:
    case = desk.case("Asylum appeal")
    desk.sends_the_round()
    desk.command("backup", "copy.db")
    desk.writes(ITO, f"CLAIM {case}")
    desk.runs_once()
    before, between = head_in(desk.letters_to(ITO)[0]), head_in(desk.last_letter_to(ITO))
    goes_back(desk, with_book=True)
    desk.writes(MORI, f"受任 {case}")
    desk.runs_once()
    desk.command("verify", "--head", before)
    assert "This database was put back at" in desk.command("verify", "--head", between, expect=1).err


def test_C_23_what_was_told_is_not_decided_anew_though_an_earlier_mail_has_surfaced_since(desk: World) -> None:
    """Mori's mail arrived first and lay where nobody looked; Ito had been told by then."""
    case = desk.case("Asylum appeal")
    desk.runs_once()
    desk.command("backup", "copy.db")
    desk.writes(ITO, f"CLAIM {case}", at="09:02:11")
    desk.runs_once()
    desk.writes(MORI, f"受任 {case}", at="09:01:00")
    desk.runs_once()
    before, standing = sent(desk), desk.standing(case)
    goes_back(desk, with_book=True)
    desk.runs_once()
    assert desk.standing(case) == standing == {MORI: "waitlisted", ITO: "confirmed"}
    assert sorted(to for to, _ in (sent(desk) - before).elements()) == [SATO, SUZUKI]
    assert "Nothing is in doubt" in desk.last_letter_to(SUZUKI).text


def test_C_23_G_29_without_it_all_that_may_have_been_sent_waits_for_staff(desk: World) -> None:
    case = desk.case("Asylum appeal")
    desk.runs_once()
    desk.command("backup", "copy.db")
    a_day_after_the_backup(desk, case)
    before = sent(desk)

    goes_back(desk, with_book=False)
    desk.runs_once()

    told = desk.last_letter_to(SUZUKI)
    assert {to for to, _ in (sent(desk) - before)} == {SATO, SUZUKI} and sum((sent(desk) - before).values()) == 2
    assert "put back" in told.subject and "the confirmation of a case to ito@lawfirm.example" in told.text
    assert desk.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    kept = [row for row in desk.cli("outbox", "list", "--json") if row["last_error"].startswith("kept back")]
    assert len(kept) == desk.cli("status", "--json")["kept_back"] > 3

    (confirmation,) = [row["message_id"] for row in kept if row["kind"] == "confirmation"]
    desk.command("outbox", "send", confirmation)
    desk.command("outbox", "drop", "--all")
    desk.runs_once()
    assert sum(to == ITO for to, _ in (sent(desk) - before).elements()) == 1
    assert desk.cli("status", "--json")["kept_back"] == 0 and states(desk)["queued"] == states(desk)["unknown"] == 0


@pytest.mark.parametrize("with_book", [True, False])
def test_G_29_a_round_that_was_on_its_way_when_the_backup_was_made_is_not_sent_again(desk: World, with_book: bool) -> None:
    desk.case("Asylum appeal")
    desk.runs_once()
    desk.command("round", "send", env={"FIRSTREPLY_CRASH_AT": "taken"}, expect=-9)
    desk.command("backup", "copy.db")
    desk.runs_once()
    before = sent(desk)
    assert sum("@lawfirm" in to or "@houritsu" in to for to, _ in before.elements()) == 2

    goes_back(desk, with_book=with_book)
    desk.runs_once()
    desk.sends_the_round()

    assert {to for to, _ in (sent(desk) - before)} == {SATO, SUZUKI}
    assert states(desk)["unknown"] == (0 if with_book else 2)


def test_G_29_an_id_that_is_out_in_letters_never_names_another_case(desk: World) -> None:
    """A case from the command line is lost with the database, and its id stands in the round that went out."""
    desk.case("Asylum appeal")
    desk.runs_once()
    desk.command("backup", "copy.db")
    lost = desk.case("A lost case")
    desk.sends_the_round()
    goes_back(desk, with_book=False)
    desk.runs_once()
    other = desk.cli("case", "add", "--title", "Another", "--summary", "Another one.", "--json")
    assert other["id"] > lost


def put_back(world: World) -> None:
    """A snapshot of the whole machine: post book, keys and all."""
    shutil.rmtree(world.folder / "data")
    shutil.copytree(world.folder / "snapshot", world.folder / "data")


def test_C_23_a_snapshot_that_took_the_post_book_back_shows_by_mail_that_lies_filed(desk: World) -> None:
    """Mori had claimed, was confirmed and the mail was filed, be it in the second in which the snapshot's last look was: without a look
    there the case would be offered to all once more."""
    case = desk.case("Asylum appeal")
    desk.runs_once()
    shutil.copytree(desk.folder / "data", desk.folder / "snapshot")
    desk.writes(MORI, f"受任 {case}")
    desk.runs_once()
    before = sent(desk)
    put_back(desk)
    desk.writes(ITO, f"CLAIM {case}")
    desk.runs_once()
    assert desk.standing(case) == {MORI: "confirmed", ITO: "waitlisted"}
    assert sorted(to for to, _ in (sent(desk) - before).elements()) == [SATO, SUZUKI]
    told = desk.last_letter_to(SUZUKI)
    assert "put back" in told.subject and "a snapshot" in told.text and MORI in told.text
    desk.command("outbox", "drop", "--all")
    desk.runs_once()
    assert sum("put back" in letter.subject for letter in desk.letters_to(SUZUKI)) == 1


def test_C_23_a_snapshot_that_took_the_post_book_back_shows_by_an_answer_to_a_letter_that_is_not_on_record(desk: World) -> None:
    desk.configure("archive_folder", 'archive_folder = ""')
    case = desk.case("Asylum appeal")
    desk.runs_once()
    shutil.copytree(desk.folder / "data", desk.folder / "snapshot")
    desk.writes(ITO, f"CLAIM {case}")
    desk.runs_once()
    put_back(desk)
    before = sent(desk)
    desk.writes(ITO, "Thank you; does the client speak English?", answering=desk.last_letter_to(ITO))
    desk.writes(MORI, "LIST")
    desk.runs_once()
    assert sent(desk) == before
    desk.runs_once()
    assert desk.standing(case) == {ITO: "confirmed"}
    assert {to for to, _ in sent(desk) - before} == {SATO, SUZUKI} and "a snapshot" in desk.last_letter_to(SUZUKI).text


def test_mail_of_strangers_that_somebody_files_by_hand_is_no_sign_of_going_back(desk: World) -> None:
    desk.runs_once()
    desk.imap.deliver(BOT, SPAM, folder="Read")
    assert "went back" not in desk.runs_once().err


def test_before_the_mailbox_has_been_read_again_no_command_sends_anything(desk: World) -> None:
    desk.case("Asylum appeal")
    desk.runs_once()
    desk.command("backup", "copy.db")
    desk.sends_the_round()
    before = sent(desk)
    goes_back(desk, with_book=True)
    assert "reads the mailbox again first" in desk.sends_the_round().out
    assert sent(desk) == before


def test_C_23_C_28_mail_that_was_filed_since_the_backup_is_read_where_it_was_filed_and_not_told_as_gone(desk: World) -> None:
    """One of them had arrived days before the backup, while nobody read; and what people do take out later is still told."""
    case = desk.case("Asylum appeal")
    desk.writes(MORI, "LIST", at="08:00")
    desk.runs_once()
    desk.command("backup", "copy.db")
    desk.day -= timedelta(days=9)
    desk.writes(ITO, f"CLAIM {case}", at="09:02:11")
    desk.day += timedelta(days=9)
    desk.runs_once()
    goes_back(desk, with_book=True)
    outcomes = [desk.runs_once()]
    assert desk.standing(case) == {ITO: "confirmed"} and len(desk.letters_to(ITO)) == 1
    assert "the same message" not in desk.cli("inbox", "list")
    desk.writes(MORI, "STATUS")
    outcomes.append(desk.runs_once())
    assert "gone before" not in "".join(outcome.err for outcome in outcomes)
    taken = desk.writes(MORI, "LIST")
    desk.imap.move(BOT, taken.uid, from_folder="INBOX", to_folder="Trash")
    desk.writes(MORI, "STATUS")
    assert "gone before" in desk.runs_once().err
