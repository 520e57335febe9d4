"""What time brings, on real servers: drafts near a deadline, the balance, the figures, reminders, check-ins. Days pass in the book only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.story.conversation import SATO, SUZUKI, TOKYO, World
from tests.story.people import Letter

pytestmark = pytest.mark.both_databases
ITO, MORI, NORA = "ito@lawfirm.example", "mori@houritsu.example", "nora@newfirm.example"


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
    assert "2 mails = 1 answered + 0 ignored + 1 waiting for you + 0 pending" in english.flat
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
    year = world.cli("report", "--year", told["period"][:4], "--json")
    assert year["period"] == f"{told['period'][:4]}-01/{told['period'][:4]}-12" and year["cases"] == told["cases"]
    text = world.cli("report", "--svg", "month.svg", "--html", "month.html", "--language", "ja")
    assert "█" in text and "placed: 6" in text
    assert "<svg" in (world.folder / "month.svg").read_text(encoding="utf-8")
    assert "種別ごとの案件" in (world.folder / "month.html").read_text(encoding="utf-8")
    assert "placed: 6" in world.last_letter_to(SUZUKI).text


def test_a_month_that_is_none_is_refused_in_a_sentence(world: World) -> None:
    assert "YYYY-MM" in world.command("report", "--month", "2026-13", expect=2).err
    assert "write it as YYYY" in world.command("report", "--year", "26", expect=2).err
    assert "not for both" in world.command("report", "--year", "2026", "--month", "2026-11", expect=2).err
    assert "languages are en, ja" in world.command("report", "--language", "fr", expect=2).err


def test_a_conflict_check_is_remembered_and_lapses_for_one_after_the_other_each_in_their_language(world: World) -> None:
    two_lawyers(world)
    world.member(NORA, name="Nora", language="en")
    case = world.case("Appeal", conflict_check="A. N.")
    for minute, (who, word) in enumerate(((ITO, "CLAIM"), (MORI, "受任"), (NORA, "CLAIM"))):
        world.writes(who, f"{word} {case}", at=f"09:0{minute}")
    world.runs_once()
    theirs = {
        ITO: ("Please check for conflicts", "Half the time is over", "No longer kept for you"),
        MORI: ("利益相反のご確認をお願いします", "利益相反のご確認をお待ちしています", "取り置きを終えました"),
    }
    for who, (asked, half_time, over) in theirs.items():
        assert world.standing(case)[who] == "held" and len(about(world.letters_to(who), asked)) == 1
        assert world.book.ages("claim", "decided_at", where="state = 'held'", hours=47) == 1
        for moment in ("created_at", "sent_at"):
            world.book.ages("letter", moment, where="kind = 'hold'", hours=47)
        world.runs_once()
        assert not about(world.letters_to(who), half_time), "half the time to the hold's end is not over yet"
        for _ in range(2):
            assert world.book.ages("claim", "hold_until", where="state = 'held'", hours=40) == 1
            world.runs_once()
            world.runs_once()
        assert len(about(world.letters_to(who), half_time)) == len(about(world.letters_to(who), over)) == 1
    assert world.standing(case) == {ITO: "lapsed", MORI: "lapsed", NORA: "held"}
    assert len(about(world.letters_to(SUZUKI), "No answer to the conflict check")) == 2
    assert len(about(world.letters_to(SATO), "利益相反の確認にお返事がありませんでした")) == 2
    for who, word in ((ITO, "CLEAR"), (MORI, "利益相反なし")):
        world.writes(who, f"{word} {case}")
    world.writes(NORA, f"CLEAR {case}")
    world.runs_once()
    assert world.standing(case) == {ITO: "lapsed", MORI: "lapsed", NORA: "confirmed"}
    assert "The time for the conflict check" in world.last_letter_to(ITO).flat
    assert "確認の期日を過ぎていた" in world.last_letter_to(MORI).text.replace("\n", "")
    assert "You were next in line" in world.last_letter_to(NORA).flat, "and not: came first"


def test_holders_are_asked_how_the_case_is_and_answer_by_a_word_or_not_at_all(world: World) -> None:
    two_lawyers(world)
    cases = [world.case(title) for title in ("Appeal", "Interview", "Detention", "Visa", "Family", "Work")]
    words = {ITO: ("CLAIM", "HELP", "DONE", "RELEASE"), MORI: ("受任", "ヘルプ", "終結", "辞退")}
    theirs = {ITO: cases[:3], MORI: cases[3:]}
    for who, (claim, *_) in words.items():
        world.writes(who, f"{claim} {' '.join(theirs[who])}")
    world.runs_once()
    assert world.book.ages("claim", "decided_at", days=92) == 6
    world.runs_once()
    world.runs_once()
    asks = {ITO: "How is", MORI: "その後いかがでしょうか"}
    questions = {(who, case): about(about(world.letters_to(who), asks[who]), case) for who in words for case in theirs[who]}
    assert {len(letters) for letters in questions.values()} == {1}
    for who, (_, helps, done, _) in words.items():
        for case, word in zip(theirs[who], (helps, done), strict=False):
            world.writes(who, word, answering=questions[who, case][0])
    world.runs_once()
    for who, told in {
        ITO: ("Somebody will get in touch", "Thank you for this case"),
        MORI: ("職員からご連絡します", "ありがとうございました"),
    }.items():
        assert [len(about(about(world.letters_to(who), words), case)) for words, case in zip(told, theirs[who], strict=False)] == [1, 1]
    for who, told in {SUZUKI: ("Asks for help", "Said to be over"), SATO: ("ご相談の希望があります", "終結の連絡がありました")}.items():
        assert [len(about(world.letters_to(who), words)) for words in told] == [2, 2]
    assert [world.standing(case) for case in (cases[1], cases[4])] == [{ITO: "confirmed"}, {MORI: "confirmed"}], "DONE closes nothing"
    assert world.book.ages("question", "asked_at", where="question = 'check_in' AND answer = ''", days=15) == 2
    world.runs_once()
    world.runs_once()
    for who, words_of_silence in {SUZUKI: "No answer", SATO: "お返事がありません"}.items():
        assert [len(about(about(world.letters_to(who), words_of_silence), case)) for case in (cases[2], cases[5])] == [1, 1]
    for who, (*_, release) in words.items():
        world.writes(who, release, answering=questions[who, theirs[who][2]][0])
    world.runs_once()
    assert (world.standing(cases[2]), world.standing(cases[5])) == ({ITO: "released"}, {MORI: "released"})
