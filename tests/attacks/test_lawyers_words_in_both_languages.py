"""Every word that a lawyer may write, in both languages, does what the help says; the confirmation brings the deadline along."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.model import Deadline
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk


def state(desk: Desk) -> tuple[str, str | None]:
    with desk.office.ledger.reading() as ledger:
        member = ledger.roster.by_address(ALICE)
    assert member is not None
    return member.state.value, member.paused_until.astimezone(desk.office.rules.zone).date().isoformat() if member.paused_until else None


@pytest.mark.parametrize(
    "text",
    [
        "PAUSE UNTIL 2026-12-20",
        "pause until 20 December 2026.",
        "PAUSE UNTIL December 20, 2026",
        "PAUSE UNTIL Dec 20",
        "PAUSE UNTIL 20/12/2026",
        "PAUSE UNTIL 12/20",
        "Pause until Sunday, 20 December 2026",
        "PAUSE 2026-12-20",
        "休止 2026年12月20日",
        "休止 2026年12月20日まで",
        "休止 12月20日まで",
        "休止１２月２０日",
        "休止 令和8年12月20日",
        "休止　2026/12/20",
        "休止 R8.12.20",
        "pause till 20 December",
        "2026年12月20日まで休止",
        "12月20日まで案内を休止したいです。",
    ],
)
def test_a_pause_ends_after_the_day_as_people_write_it(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert state(desk) == ("paused", "2026-12-21")
    desk.passes(days=32)
    desk.settles()
    assert state(desk)[0] == "active"


@pytest.mark.parametrize("text", ["PAUSE UNTIL", "PAUSE till.", "休止 まで"])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "until which day you wish to pause. Please answer with a line such as “PAUSE UNTIL 2026-12-20”"),
        ("ja", "まだ何も変えていません。「休止2026年12月20日まで」のように1行でご返信ください"),
    ],
)
def test_until_without_a_day_is_told_how_it_is_written_in_the_readers_own_language(desk: Desk, text: str, language: str, told: str) -> None:
    desk.writes(ALICE, f"LANGUAGE {language}")
    desk.writes(ALICE, text)
    letter = desk.last_letter_to(ALICE).flat
    assert state(desk) == ("active", None) and told.replace(" ", "") in letter.replace(" ", "")


@pytest.mark.parametrize("text", ["12月20日まで休止しません", "12月20日までは休止できません"])
def test_a_pause_that_is_denied_is_none(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert state(desk) == ("active", None) and desk.ending() == "for_staff"


@pytest.mark.parametrize("text", ["休止 1/5まで", "休止 1/5", "休止 来年1月5日まで", "休止 来年の1/5まで", "休止 一月五日まで"])
def test_the_month_stands_first_where_the_word_is_japanese(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert state(desk) == ("paused", "2027-01-06")


def test_the_month_stands_first_for_who_reads_japanese_whatever_the_word(desk: Desk) -> None:
    desk.writes(ALICE, "LANGUAGE ja")
    desk.writes(ALICE, "PAUSE UNTIL 1/5")
    assert state(desk) == ("paused", "2027-01-06")


def test_a_day_counts_from_the_arrival_of_the_mail_however_late_it_is_read(desk: Desk) -> None:
    desk.passes(days=40)  # 30 December in Tokyo
    at = desk.clock.after.total_seconds()
    desk.passes(days=3)
    desk.writes(ALICE, "休止 来年1月5日まで", at=at)
    assert state(desk) == ("paused", "2027-01-06")


@pytest.mark.parametrize(
    "text",
    [
        "PAUSE UNTIL 3/4",
        "PAUSE UNTIL next Friday",
        "PAUSE UNTIL 2025-01-01",
        "休止 来月まで",
        "休止 来週まで",
        "来月まで休止します",
        "PAUSE for two weeks",
    ],
)
def test_a_day_that_could_be_two_is_asked_about(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    told = desk.last_letter_to(ALICE).text
    assert state(desk) == ("active", None) and "“PAUSE UNTIL 2026-12-20”" in " ".join(told.split()) and "CLAIM" not in told


@pytest.mark.parametrize(
    ("text", "asked"), [("PAUSE UNTIL next week", "“next week”"), ("PAUSE until Friday", "“Friday”"), ("休止 来月まで", "“来月”")]
)
def test_what_is_asked_about_is_the_day_alone(desk: Desk, text: str, asked: str) -> None:
    desk.writes(ALICE, text)
    assert asked in desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize(("word", "back"), [("PAUSE", "RESUME"), ("休止", "再開")])
def test_a_pause_without_an_end_lasts_until_its_member_says_so(desk: Desk, word: str, back: str) -> None:
    desk.writes(ALICE, word)
    desk.passes(days=400)
    desk.settles()
    assert state(desk) == ("paused", None)
    desk.writes(ALICE, back)
    assert state(desk)[0] == "active"


@pytest.mark.parametrize(
    "text", ["LANGUAGE ja", "LANGUAGE Japanese", "language JA.", "言語 ja", "言語 日本語", "言語：日本語".replace("：", " ")]
)
def test_the_answer_comes_in_the_language_asked_for_and_so_does_all_that_follows(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    desk.writes(ALICE, "STATUS")
    assert "ありません" in "".join(desk.last_letter_to(ALICE).text.split())
    desk.writes(ALICE, "言語 英語")
    desk.writes(ALICE, "状況")
    assert "You hold no case" in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize(("listed", "shown", "standing"), [("LIST", "SHOW", "STATUS"), ("一覧", "詳細", "状況")])
def test_lists_and_cases_and_the_own_standing_are_told(desk: Desk, listed: str, shown: str, standing: str) -> None:
    case = desk.case("Interview at the airport", details="QZX CANARY NAME")
    desk.writes(ALICE, listed)
    assert case in desk.last_letter_to(ALICE).text
    desk.writes(BOB, f"{shown} {case}")
    assert "Interview at the airport" in desk.last_letter_to(BOB).text and "QZX" not in desk.last_letter_to(BOB).text
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, standing)
    assert f"{case} Interview at the airport (yours)" in desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize("text", ["SHOW 2", "show #2.", "詳細 2", "詳細２番"])
def test_a_case_is_shown_by_its_bare_number_too(desk: Desk, text: str) -> None:
    desk.case()
    case = desk.case("Interview at the airport")
    for who in (ALICE, SUZUKI):
        desk.writes(who, text)
        assert case in desk.last_letter_to(who).text and "Interview at the airport" in desk.last_letter_to(who).text
        desk.writes(who, "SHOW 77")
        assert "no case 77 on" in desk.last_letter_to(who).text.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "told"),
    [("LANGUAGE klingon", "“LANGUAGE ja”"), ("言語 クリンゴン語", "“LANGUAGE ja”"), ("LIMIT few", "“LIMIT 3”"), ("上限 少し", "“上限 3”")],
)
def test_a_word_that_is_none_of_ours_is_answered_with_one_that_works(desk: Desk, text: str, told: str) -> None:
    desk.writes(ALICE, text)
    assert told in desk.last_letter_to(ALICE).text and state(desk) == ("active", None) and desk.ending() == "answered"


@pytest.mark.parametrize("word", ["HELP", "ヘルプ"])
def test_help_tells_each_what_they_can_do(desk: Desk, word: str) -> None:
    desk.writes(ALICE, word)
    desk.writes(SUZUKI, word)
    desk.writes("nora@newfirm.example", "JOIN")
    desk.writes("nora@newfirm.example", word)
    member, staff, applicant = (desk.last_letter_to(one).text for one in (ALICE, SUZUKI, "nora@newfirm.example"))
    assert "LIMIT 2" in member and "APPROVE" not in member and " FOR " not in member
    assert "APPROVE" in staff and "not confirmed your application" in " ".join(applicant.split())


def test_a_confirmation_brings_the_deadline_as_a_calendar_file_and_nobody_elses_letter_does(desk: Desk) -> None:
    case = desk.case("QZX CANARY NAME", deadline=Deadline(desk.now + timedelta(days=30), is_day=False))
    for at, who in enumerate((ALICE, BOB)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    (file,) = desk.last_letter_to(ALICE).headers.iter_attachments()
    text = file.get_content()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", f"{case}.ics") and file["content-type"].params[
        "method"
    ] == "PUBLISH"
    assert f"SUMMARY:{case}: deadline" in text and "QZX" not in text and "Alice" not in text
    assert not [one for to in (BOB, SUZUKI) for one in desk.last_letter_to(to).headers.iter_attachments()]


def test_a_promotion_and_an_offer_taken_bring_the_file_too(desk: Desk) -> None:
    case = desk.case(deadline=Deadline(desk.now + timedelta(days=12), is_day=True))
    for at, who in enumerate((ALICE, BOB)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert not list(desk.last_letter_to(BOB).headers.iter_attachments())
    desk.writes(BOB, "YES", answering=desk.last_letter_to(BOB))
    assert [file.get_filename() for file in desk.last_letter_to(BOB).headers.iter_attachments()] == [f"{case}.ics"]


@pytest.mark.parametrize(
    ("text", "told"), [("LANGUAGE fr", "Our letters come in Japanese and English"), ("言語 zh", "Our letters come in")]
)
def test_a_language_that_we_do_not_write_is_answered_with_those_that_we_do(desk: Desk, text: str, told: str) -> None:
    desk.writes(ALICE, text)
    assert told in desk.last_letter_to(ALICE).flat and "“LANGUAGE ja”" in desk.last_letter_to(ALICE).text
    desk.writes(ALICE, "言語 日本語")
    desk.writes(ALICE, text)
    assert "日本語、英語" in desk.last_letter_to(ALICE).text


def test_help_names_the_languages_that_there_are(tmp_path: Path) -> None:
    both, one = tmp_path / "both", tmp_path / "one"
    for folder in (both, one):
        folder.mkdir()
    desk, alone = Desk.open(both), Desk.open(one, case_prefix='case_prefix = "JUS"\nlanguages = ["en", "ja"]')
    for each in (desk, alone):
        each.writes(ALICE, "HELP")
    assert "Japanese: “LANGUAGE ja”; in English: “LANGUAGE en”" in desk.last_letter_to(ALICE).flat
    assert "English: “LANGUAGE en”; in Japanese" in alone.last_letter_to(ALICE).flat
