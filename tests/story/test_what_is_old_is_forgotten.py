"""P-11, G-30: what has had its time goes from the database and from the mailbox, and nothing that is needed or that is somebody else's."""

from __future__ import annotations

import pytest

from tests.story.conversation import BOT, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
CANARY = "QZX CANARY NAME"


@pytest.fixture
def desk(world: World) -> World:
    world.member(ITO, name="Ito")
    path = world.folder / "firstreply.toml"
    path.write_text(path.read_text() + "\n[retention]\nraw_mail_days = 90\n")
    return world


def ages(world: World, days: int) -> None:
    """Everything on record is so much older."""
    moments = [("arrival", "entered_at"), ("letter", "created_at"), ("letter", "sent_at"), ("claim", "entered_at"), ("claim", "decided_at")]
    moments += [("legal_case", "created_at"), ("legal_case", "approved_at"), ("question", "asked_at"), ("mark", "at")]
    for table, column in moments:
        world.book.ages(table, column, days=days)


def counts(world: World, *words: str) -> dict[str, int]:
    return {one["class"]: one["count"] for one in world.cli("purge", *words, "--json")}


def kept(world: World, what: str = "SELECT count(*) FROM raw_mail") -> int:
    return int(world.book.found(what))


SUBJECTS = "SELECT count(*) FROM arrival WHERE subject <> ''"


def test_P_11_mail_goes_from_database_and_mailbox_when_its_time_has_come(desk: World) -> None:
    desk.writes(ITO, f"A question about {CANARY}. Could you help?", subject=f"On {CANARY}")
    desk.writes(ITO, "LIST")
    desk.runs_once()
    ages(desk, 200)
    assert counts(desk, "--dry-run")["mailbox"] == 2
    assert kept(desk) == kept(desk, SUBJECTS) + 1 == len(desk.imap.messages(BOT)) == 2

    gone = counts(desk)

    assert (gone["raw_mail"], gone["set_aside"], gone["mailbox"]) == (1, 1, 2)
    assert kept(desk) == kept(desk, SUBJECTS) == 0 and desk.imap.messages(BOT) == []
    assert [row["sender"] for row in desk.cli("inbox", "list", "--json")] == [ITO, ITO]
    assert set(counts(desk).values()) == {0}


def test_P_11_what_was_filed_goes_from_the_archive_and_what_a_person_put_there_stays(desk: World) -> None:
    desk.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "Read"')
    desk.writes(ITO, "LIST")
    desk.runs_once()
    desk.arrives(b"From: a@b.example\r\nSubject: mine\r\n\r\nKept by hand.\r\n", folder="Read")
    ages(desk, 200)
    counts(desk)
    assert [b"Kept by hand" in one.raw for one in desk.imap.messages(BOT, "Read")] == [True]


def test_P_11_mail_that_was_never_read_here_and_mail_marked_by_others_stay_in_the_mailbox(desk: World) -> None:
    desk.writes(ITO, "LIST")
    desk.runs_once()
    ages(desk, 200)
    kept = desk.arrives(b"From: a@b.example\r\nSubject: new\r\n\r\nNew.\r\n")
    desk.imap.mark(BOT, kept, "\\Deleted")
    counts(desk)
    assert [one.uid for one in desk.imap.messages(BOT)] == [kept]


def test_P_11_mail_that_is_needed_to_decide_stays_however_old(desk: World) -> None:
    """A claim on an open case, and a claim whose sender has not been proven."""
    case = desk.case("Asylum appeal", places="2")
    desk.member(MORI, name="Mori")
    desk.writes(ITO, f"CLAIM {case}")
    desk.writes(MORI, f"CLAIM {case}", proven=None)
    desk.runs_once()
    ages(desk, 100)
    assert counts(desk)["raw_mail"] == 0 and len(desk.imap.messages(BOT)) == 2


def test_P_11_a_case_that_is_over_keeps_its_ids_states_and_times_and_no_word(desk: World) -> None:
    case = desk.case(f"Title {CANARY}", f"Summary {CANARY}", details=f"Details {CANARY}", contact=CANARY, place=CANARY)
    desk.writes(ITO, f"CLAIM {case}", at="09:02:11")
    desk.runs_once()
    desk.writes(SUZUKI, f"CLOSE {case}")
    desk.runs_once()
    before = desk.cli("explain", case, "--json")
    ages(desk, 364)
    assert counts(desk)["closed_cases"] == 0
    assert CANARY in desk.command("case", "show", case, "--with-details").out  # which is on record, so its year begins anew
    ages(desk, 366)
    desk.command("backup", "copy.db")
    assert counts(desk)["closed_cases"] == 1
    assert CANARY not in desk.command("case", "show", case, "--with-details").out
    desk.command("keys", "copy", "keys.copy")
    earlier = {
        "FIRSTREPLY_DATABASE__URL": f"sqlite:///{desk.folder / 'copy.db'}",
        "FIRSTREPLY_SECURITY__KEY_STORE": "keys.copy",
    }
    assert CANARY not in desk.command("case", "show", case, "--with-details", env=earlier).out
    after = desk.cli("explain", case, "--json")
    assert [claim["state"] for claim in after["claims"]] == ["confirmed"] and after["claims"] == before["claims"]
    assert desk.cli("case", "list", "--json")[0]["state"] == "closed"
    desk.command("verify")


def test_P_11_the_text_of_a_letter_goes_a_month_after_it_was_sent_and_the_round_stays_to_be_quoted(desk: World) -> None:
    desk.case("Asylum appeal")
    desk.sends_the_round()
    desk.writes(ITO, "LIST")
    desk.runs_once()
    ages(desk, 31)
    gone = counts(desk)
    assert (gone["letters"], gone["circulations"]) == (1, 0)
    assert len(desk.cli("outbox", "list", "--json")) == 2


def test_G_30_it_happens_by_itself_every_day_with_one_line_in_the_log_that_says_nothing_of_what_went(desk: World) -> None:
    desk.writes(ITO, f"A question about {CANARY}. Could you help?")
    desk.runs_once()
    ages(desk, 200)
    first = desk.runs_once()  # after a long time nothing goes at once: the clock may be wrong
    assert '"purged"' not in first.err and kept(desk) == 1
    ages(desk, 1)
    (line,) = [line for line in desk.runs_once().err.splitlines() if '"purged"' in line]
    assert '"set_aside": 1' in line and ITO not in line and CANARY not in line
    assert '"expunged"' in desk.runs_once().err and desk.imap.messages(BOT) == []


def test_a_mailbox_that_is_away_is_told_and_the_rest_is_done(desk: World) -> None:
    desk.writes(ITO, "LIST")
    desk.runs_once()
    ages(desk, 200)
    desk.imap.close()
    outcome = desk.command("purge", expect=1)
    assert "mail as it came" in outcome.out and "mailbox could not be reached" in outcome.err
    desk.imap.open()
    assert counts(desk)["mailbox"] == 1


def test_with_zero_days_it_is_kept_for_ever(desk: World) -> None:
    path = desk.folder / "firstreply.toml"
    path.write_text(
        path.read_text().replace("raw_mail_days = 90", "raw_mail_days = 0\nset_aside_days = 0\nletter_days = 0\nclosed_case_days = 0")
    )
    desk.writes(ITO, "LIST")
    desk.runs_once()
    ages(desk, 4000)
    assert counts(desk) == {} and len(desk.imap.messages(BOT)) == 1
