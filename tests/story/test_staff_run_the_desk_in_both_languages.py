"""A day of staff, by mail alone and in either language: overrides with their reasons, the form, the round, the ladder, the accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from tests.story.conversation import SATO, SUZUKI, TOKYO, World
from tests.story.people import Letter
from tests.story.test_bounces_and_machines import report

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


class Words(NamedTuple):
    """What one of staff writes and reads."""

    who: str
    colleague: str
    yes: str
    send: str
    hold: str


ENGLISH = Words(SUZUKI, SATO, "YES", "SEND", "HOLD")
JAPANESE = Words(SATO, SUZUKI, "はい", "送信", "保留")
BOTH = pytest.mark.parametrize("said", [ENGLISH, JAPANESE], ids=["en", "ja"])


def two_lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")


def says(world: World, who: str, text: str, *, answering: Letter | None = None, subject: str = "") -> Letter:
    world.writes(who, text, answering=answering, subject=subject)
    world.runs_once()
    return next(letter for letter in reversed(world.letters_to(who)) if letter.headers["In-Reply-To"])


def plain(letter: Letter) -> str:
    return "".join(letter.text.split())


def about(letters: list[Letter], words: str) -> list[Letter]:
    return [letter for letter in letters if words in letter.subject]


@BOTH
def test_several_words_with_their_reasons_are_one_transcript_and_the_colleague_hears_what_is_undone(world: World, said: Words) -> None:
    two_lawyers(world)
    one, two = world.case("Country research"), world.case("Interpreting")
    says(world, said.colleague, f"ASSIGN {one} {ITO}")
    wanted = (
        f"RELEASE {one} {ITO} WITH she is away\nASSIGN {one} {MORI}\nCLOSE {two} WITH the family has left\nCLOSE JAR-2020-999"
        if said is ENGLISH
        else f"担当解除 {one} {ITO} 理由：ご不在です\n割当 {one} {MORI}\n終了 {two} 理由：転居されました\n終了 JAR-2020-999"
    )
    told = says(world, said.who, wanted)
    assert told.subject.startswith("3 done, 1 not" if said is ENGLISH else "ご依頼4点の結果：完了3点、未完了1点")
    reasons = ("she is away", "the family has left") if said is ENGLISH else ("ご不在です", "転居されました")
    assert all(reason.replace(" ", "") in plain(told) for reason in reasons)
    assert world.standing(one) == {ITO: "released", MORI: "confirmed"}
    undone = about(world.letters_to(said.colleague), "決定を変更しました" if said is ENGLISH else "has decided otherwise")
    assert len(undone) == 1 and said.who in undone[0].text and reasons[0].replace(" ", "") in plain(undone[0])
    history = " ".join(note for _, note in world.cli("explain", two, "--json")["history"])
    assert f"closed by {said.who} (reason given: {reasons[1]})" in history
    assert reasons[1].replace(" ", "") in plain(says(world, said.who, f"EXPLAIN {two}" if said is ENGLISH else f"経緯 {two}"))


@BOTH
def test_an_empty_mail_brings_the_form_and_what_is_unclear_in_it_is_asked_back(world: World, said: Words) -> None:
    form = says(world, said.who, "", subject="NEW CASE" if said is ENGLISH else "新規案件")
    filled = (
        "Title: Detention hearing\nSummary: One visit to the bureau.\n\nIt takes about two hours;\nan interpreter comes along.\nPlaces: 2\n"
        if said is ENGLISH
        else "件名：収容者の面会\n概要：入管での面会に\n一度同行していただきます。\n\n通訳が同行します。\n募集人数：２\n"
    )
    unclear, clear = ("Deadline: next Friday", "Deadline: 20 December") if said is ENGLISH else ("期限：来週の金曜日", "期限：１２月２０日")
    asked = says(world, said.who, filled + unclear, answering=form)
    assert ("Which day is" if said is ENGLISH else "何月何日") in asked.text and world.cli("case", "list", "--json") == []
    preview = says(world, said.who, filled + clear, answering=asked)
    says(world, said.who, said.yes, answering=preview)
    (case,) = world.cli("case", "list", "--json")
    assert (case["state"], case["places"], case["deadline"][5:10]) == ("open", 2, "12-20")
    shown = world.cli("case", "show", case["id"])
    assert ("an interpreter comes along." if said is ENGLISH else "通訳が同行します。") in shown


@BOTH
def test_a_round_is_shown_with_who_gets_it_and_silence_sends_it(world: World, said: Words) -> None:
    two_lawyers(world)
    now = datetime.now(TOKYO)
    month_ends = (now.replace(day=28) + timedelta(days=4)).replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(minutes=1)
    ahead = min(now + timedelta(hours=3), month_ends)
    world.case("Country research", deadline=f"{now + timedelta(days=9):%Y-%m-%d}")
    world.configure("schedule", f'schedule = "{ahead.minute} {ahead.hour} {ahead.day} * *"\nbusiness_days_only = false')
    world.configure("preview_hours", "preview_hours = 24")
    world.runs_once()
    (preview,) = about(world.letters_to(said.who), "Please read: the round" if said is ENGLISH else "ご確認ください：")
    assert ("InEnglish:1member" if said is ENGLISH else "英語版：1名") in plain(preview) and "> * JAR-" in preview.text
    assert ("Deadlines before the next round" if said is ENGLISH else "次回のご案内までに期限を迎える案件") in preview.text
    ago = now - timedelta(minutes=1)
    world.configure("schedule", f'schedule = "{ago.minute} {ago.hour} {ago.day} * *"')
    assert world.book.ages("mark", "at", where="name = 'first_start'", days=1) == 1
    world.runs_once()
    world.runs_once()
    assert len(world.letters_to(ITO)) == len(world.letters_to(MORI)) == 1


@BOTH
def test_a_case_near_its_deadline_is_offered_goes_out_once_and_expires_aloud(world: World, said: Words) -> None:
    two_lawyers(world)
    case = world.case("Detention hearing", deadline=f"{datetime.now(TOKYO) + timedelta(days=5):%Y-%m-%d}")
    world.runs_once()
    world.runs_once()
    drafts = {who: world.last_letter_to(who) for who in (SATO, SUZUKI)}
    assert not world.letters_to(ITO)
    says(world, said.who, said.send, answering=drafts[said.who])
    second = says(world, said.colleague, "SEND" if said is JAPANESE else "送信", answering=drafts[said.colleague])
    assert said.who in second.text and ("送信" if said is ENGLISH else "SEND") in second.text and f"{datetime.now(TOKYO):%Y}" in second.text
    assert len(world.letters_to(ITO)) == len(world.letters_to(MORI)) == 1
    assert world.book.ages("legal_case", "deadline_at", days=30) >= 1
    world.runs_once()
    world.runs_once()
    assert world.cli("case", "list", "--json")[0]["state"] == "expired"
    expired = about(world.letters_to(said.who), "Expired" if said is ENGLISH else "期限を過ぎました")
    assert len(expired) == 1 and case in expired[0].text


@BOTH
def test_a_silent_day_is_told_too_and_a_loud_one_with_what_wants_a_person(world: World, said: Words) -> None:
    two_lawyers(world)
    case = world.case("Appeal", conflict_check="A. N.")
    ago = datetime.now(TOKYO) - timedelta(minutes=1)
    world.configure("daily", f'daily = "{ago.minute} {ago.hour} * * *"')
    world.runs_once()
    assert world.book.ages("mark", "at", where="name = 'first_start'", days=1) == 1
    world.runs_once()
    today = "Today" if said is ENGLISH else "本日のまとめ"
    (quiet,) = about(world.letters_to(said.who), today)
    assert ("nothing waits for you, 0 mails in" if said is ENGLISH else "対応が必要なものはありません（受信0通）") in quiet.subject
    world.writes(MORI, "一覧")
    world.writes(ITO, f"CLAIM {case}")
    world.writes("stranger@example.net", "Hello", subject="A question")
    world.runs_once()
    world.arrives(report(world.last_letter_to(MORI).message_id, MORI))
    world.runs_once()
    earlier = ago - timedelta(minutes=2)
    world.configure("daily", f'daily = "{earlier.minute} {earlier.hour} * * *"')
    assert world.book.ages("mark", "at", where="name = 'daily_balance'", days=1) == 1
    world.runs_once()
    loud = about(world.letters_to(said.who), today)[-1]
    lapses = "Conflict checks that end within 48 hours" if said is ENGLISH else "48時間以内に終わる利益相反の確認"
    assert lapses in loud.text and case in loud.text and "stranger@example.net" in loud.text
    assert ("Camebackalettertomori" if said is ENGLISH else "不達：mori") in plain(loud).replace(":", "")


@BOTH
def test_the_month_comes_with_its_picture(world: World, said: Words) -> None:
    two_lawyers(world)
    cases = [world.case(f"Appeal {number}", kind="Appeal") for number in range(10)]
    world.sends_the_round()
    for case in cases[:5]:
        world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    report = says(world, said.who, "REPORT" if said is ENGLISH else "実績")
    assert ("placed: 5" if said is ENGLISH else "決定 5") in report.text
    ago = datetime.now(TOKYO) - timedelta(minutes=1)
    world.configure("monthly", f'monthly = "{ago.minute} {ago.hour} * * *"')
    assert world.book.ages("mark", "at", where="name = 'first_start'", days=1) == 1
    world.runs_once()
    letter = about(world.letters_to(said.who), "in figures" if said is ENGLISH else "実績")[-1]
    (picture,) = letter.files.values()
    assert picture.startswith(b"<svg") and ("Cases" if said is ENGLISH else "案件").encode() in picture


@BOTH
def test_a_lawyers_address_changes_by_mail_and_by_hand_and_both_addresses_hear(world: World, said: Words) -> None:
    two_lawyers(world)
    new = "ito@newfirm.example"
    words = f"CHANGE ADDRESS {ITO} {new} WITH a new firm" if said is ENGLISH else f"アドレス変更 {ITO} {new} 理由：事務所を移られました"
    told = says(world, said.who, words)
    assert ("has a new address" if said is ENGLISH else "アドレスを変更しました") in told.text
    assert len(world.letters_to(new)) == len(world.letters_to(ITO)) == 1 and new in world.last_letter_to(ITO).text
    (row,) = (one for one in world.cli("roster", "list", "--json") if one["name"] == "Ito")
    assert (row["email"], row["aliases"]) == (new, [ITO])
    assert "another member" in world.command("roster", "address", new, MORI, expect=2).err
    world.command("roster", "address", new, ITO, "--reason", "back again")
    world.runs_once()
    assert len(world.letters_to(new)) == len(world.letters_to(ITO)) == 2
    history = plain(says(world, said.who, f"EXPLAIN {ITO}" if said is ENGLISH else f"経緯 {ITO}"))
    assert "backagain" in history and ("anewfirm" if said is ENGLISH else "事務所を移られました") in history
