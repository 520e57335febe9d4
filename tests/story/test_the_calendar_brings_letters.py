"""What time brings, on real servers: drafts near a deadline, the balance, the figures, reminders, check-ins. Days pass in the book only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.story.conversation import SATO, SUZUKI, TOKYO, World
from tests.story.people import Letter

pytestmark = pytest.mark.both_databases
ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def two_lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")


def a_minute_ago() -> str:
    moment = datetime.now(TOKYO) - timedelta(minutes=1)
    return f"{moment.minute} {moment.hour} * * *"


def about(letters: list[Letter], words: str) -> list[Letter]:
    return [letter for letter in letters if words in letter.subject]


def test_a_case_near_its_deadline_is_put_before_staff_and_goes_out_at_their_word(world: World) -> None:
    two_lawyers(world)
    case = world.case("Detention hearing", deadline=f"{datetime.now(TOKYO) + timedelta(days=5):%Y-%m-%d}")
    world.runs_once()
    world.runs_once()
    (draft,) = about(world.letters_to(SUZUKI), "shall this bulletin go out")
    assert not world.letters_to(ITO) and len(world.letters_to(SATO)) == 1
    world.writes(SUZUKI, "SEND", answering=draft)
    world.runs_once()
    assert case in world.last_letter_to(ITO).text and "案件" in world.last_letter_to(MORI).text
    world.clicks(ITO, world.last_letter_to(ITO).link_about(case))
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"}


def test_the_balance_of_the_day_comes_once_in_each_language(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    world.configure("daily", f'daily = "{a_minute_ago()}"')
    world.writes(ITO, "LIST")
    world.writes("stranger@example.net", "Hello", subject="A question")
    world.runs_once()
    assert not about(world.letters_to(SUZUKI), "Today: "), "an hour before the first start is not caught up"
    assert world.book.ages("mark", "at", where="name = 'first_start'", days=1) == 1
    world.runs_once()
    world.runs_once()
    (english,) = about(world.letters_to(SUZUKI), "Today: 1 thing to look at, 2 mails in")
    assert "2 mails = 1 answered + 0 ignored + 1 waiting for you + 0 pending" in " ".join(english.text.split())
    assert "stranger@example.net" in english.text
    assert len(about(world.letters_to(SATO), "本日のまとめ")) == 1


def test_the_month_is_told_by_mail_on_the_screen_and_as_a_picture(world: World) -> None:
    two_lawyers(world)
    cases = [world.case(f"Appeal {number}", kind="Appeal") for number in range(12)]
    world.sends_the_round()
    for case in cases[:6]:
        world.writes(ITO, f"CLAIM {case}")
    world.writes(SUZUKI, "REPORT")
    world.runs_once()
    world.writes(SUZUKI, "REPORT")
    world.runs_once()
    told = world.cli("report", "--json")
    assert (told["cases"], told["placed"], told["unplaced"], told["claims"]) == (12, 6, 6, 6)
    assert told["kinds"] == [{"label": "Appeal", "placed": 6, "unplaced": 6}]
    text = world.cli("report", "--svg", "month.svg", "--html", "month.html", "--language", "ja")
    assert "█" in text and "placed: 6" in text
    assert "<svg" in (world.folder / "month.svg").read_text(encoding="utf-8")
    assert "種別ごとの案件" in (world.folder / "month.html").read_text(encoding="utf-8")
    assert "placed: 6" in world.last_letter_to(SUZUKI).text


def test_a_month_that_is_none_is_refused_in_a_sentence(world: World) -> None:
    assert "YYYY-MM" in world.command("report", "--month", "2026-13", expect=2).err
    assert "languages are en, ja" in world.command("report", "--language", "fr", expect=2).err


def test_a_conflict_check_is_remembered_lapses_and_moves_on(world: World) -> None:
    two_lawyers(world)
    case = world.case("Appeal", conflict_check="A. N.")
    world.writes(ITO, f"CLAIM {case}", at="09:00")
    world.writes(MORI, f"受任 {case}", at="09:01")
    world.runs_once()
    assert world.book.ages("claim", "decided_at", where="state = 'held'", hours=47) == 1
    world.runs_once()
    world.runs_once()
    assert not about(world.letters_to(ITO), "Half the time is over"), "half the time to the hold's end is not over yet"
    assert world.book.ages("claim", "hold_until", where="state = 'held'", hours=40) == 1
    world.runs_once()
    world.runs_once()
    assert len(about(world.letters_to(ITO), "Half the time is over")) == 1
    assert world.book.ages("claim", "hold_until", where="state = 'held'", hours=40) == 1
    world.runs_once()
    world.runs_once()
    assert world.standing(case) == {ITO: "lapsed", MORI: "held"}
    assert len(about(world.letters_to(ITO), "No longer kept for you")) == 1
    assert len(about(world.letters_to(MORI), "利益相反のご確認をお願いします")) == 1


def test_a_holder_is_asked_how_the_case_is_and_may_call_for_help(world: World) -> None:
    two_lawyers(world)
    case = world.case("Appeal")
    world.writes(MORI, f"受任 {case}")
    world.runs_once()
    assert world.book.ages("claim", "decided_at", days=92) == 1
    world.runs_once()
    world.runs_once()
    (question,) = about(world.letters_to(MORI), "その後いかがでしょうか")
    world.writes(MORI, "ヘルプ", answering=question)
    world.runs_once()
    assert about(world.letters_to(SUZUKI), "Asks for help") and "職員からご連絡します" in world.last_letter_to(MORI).subject
    world.writes(MORI, "辞退", answering=question)
    world.runs_once()
    assert world.standing(case) == {MORI: "released"}
