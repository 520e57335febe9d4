"""What lawyers do by mail, line by line, as conversations in each language: the same things happen, and each reads their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.story.conversation import SATO, SUZUKI, TOKYO, World
from tests.story.people import Letter

ITO, MORI, NORA = "ito@lawfirm.example", "mori@houritsu.example", "nora@newfirm.example"


@dataclass(frozen=True, slots=True)
class Speech:
    """One language as it is written to the desk, and what its letters say."""

    code: str
    staff: str
    claim: str
    clear: str
    conflict: str
    release: str
    yes: str
    yours: str
    check: str
    waits: str
    willing: str
    why: str
    over: str


ENGLISH = Speech(
    *("en", SUZUKI, "CLAIM {}", "CLEAR {}", "CONFLICT {}", "RELEASE {}", "YES"),
    *("is yours", "Please check for conflicts", "number 1 on the waiting list", "Still willing?", "what is due next", "No longer with you"),
)
JAPANESE = Speech(
    *("ja", SATO, "受任 {}", "利益相反なし {}", "利益相反あり {}", "辞退 {}", "はい"),
    *("担当をお願いします", "利益相反のご確認", "順番待ち1番目", "今もお引き受けいただけますか", "手放される理由", "担当"),
)


@pytest.fixture(params=[ENGLISH, JAPANESE], ids=lambda speech: speech.code)
def speech(request: pytest.FixtureRequest) -> Speech:
    spoken: Speech = request.param
    return spoken


def three_lawyers(world: World, speech: Speech) -> None:
    for who, name in ((ITO, "Ito"), (MORI, "Mori"), (NORA, "Nora")):
        world.member(who, name=name, language=speech.code, firm="Example Law")


def in_days(days: int) -> str:
    return f"{datetime.now(TOKYO) + timedelta(days=days):%Y-%m-%d}"


def last(world: World, who: str) -> Letter:
    return world.last_letter_to(who)


def long_ago(world: World, days: int) -> None:
    """As if every claim had arrived so many days before."""
    for table in ("arrival", "claim"):
        assert world.book.ages(table, "arrived_at", days=days) >= 1


def test_line_8_a_conflict_check_passes_from_one_to_the_next_and_the_file_goes_to_who_is_clear(world: World, speech: Speech) -> None:
    three_lawyers(world, speech)
    case = world.case("Appeal", conflict_check="Client A", details="The file of client A.")
    for second, who in enumerate((ITO, MORI, NORA), 1):
        world.writes(who, speech.claim.format(case), at=f"09:00:0{second}")
    world.runs_once()
    assert speech.check in last(world, ITO).subject and "Client A" in last(world, ITO).text
    assert "Client A" not in last(world, MORI).text + last(world, NORA).text
    world.writes(ITO, speech.conflict.format(case), answering=last(world, ITO))
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "held", NORA: "waitlisted"} and "Client A" in last(world, MORI).text
    world.writes(MORI, speech.clear.format(case), answering=last(world, MORI))
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "confirmed", NORA: "waitlisted"}
    assert speech.yours in last(world, MORI).text + last(world, MORI).subject and "The file of client A." in last(world, MORI).text
    assert not [who for who in (ITO, NORA) for letter in world.letters_to(who) if "The file" in letter.text]
    assert [row["state"] for row in world.cli("roster", "list", "--json")] == ["active"] * 3, "a conflict is no mark against anybody"


def test_line_9_a_case_that_is_handed_back_asks_why_and_finds_the_next_in_line(world: World, speech: Speech) -> None:
    three_lawyers(world, speech)
    near, far = world.case("Near", deadline=in_days(10)), world.case("Far")
    for second, who in enumerate((ITO, MORI), 1):
        world.writes(who, f"{speech.claim.format(near)}\n{speech.claim.format(far)}", at=f"09:00:0{second}")
    world.runs_once()
    assert world.standing(near) == {ITO: "confirmed", MORI: "waitlisted"} == world.standing(far)
    world.writes(ITO, speech.release.format(far), answering=last(world, ITO))
    world.runs_once()
    assert world.standing(far) == {ITO: "released", MORI: "confirmed"} and speech.why in last(world, ITO).flat
    world.writes(ITO, speech.release.format(near))
    world.runs_once()
    assert world.standing(near) == {ITO: "released", MORI: "held"} and speech.willing in last(world, MORI).subject
    (urgent,) = (letter for letter in world.letters_to(SUZUKI) if letter.subject.startswith("Urgent, handed back"))
    assert near in urgent.subject
    world.writes(ITO, "The brief is due on the 4th.", answering=last(world, ITO))
    world.writes(MORI, speech.yes, answering=last(world, MORI))
    world.runs_once()
    assert world.standing(near)[MORI] == "confirmed" and list(last(world, MORI).files) == [f"{near}.ics"]
    assert [letter for letter in world.letters_to(speech.staff) if "The brief is due on the 4th." in letter.text]


def test_line_9_after_a_week_on_the_list_nobody_is_surprised(world: World, speech: Speech) -> None:
    three_lawyers(world, speech)
    case = world.case("Appeal")
    for second, who in enumerate((ITO, MORI), 1):
        world.writes(who, speech.claim.format(case), at=f"09:00:0{second}")
    world.runs_once()
    assert speech.waits in last(world, MORI).subject
    long_ago(world, 8)
    world.writes(ITO, speech.release.format(case))
    world.runs_once()
    assert speech.willing in last(world, MORI).subject and world.standing(case)[MORI] == "held"
    world.writes(MORI, speech.yes, answering=last(world, MORI))
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "confirmed"}


DAILY = {
    "en": (
        *(
            ("LIST", "Open cases: 1"),
            ("SHOW {}", "Appeal"),
            ("STATUS", "You hold no case"),
            ("LIMIT 1", "Your own limit: 1 case"),
            ("HELP", "RELEASE"),
        ),
        *(("PAUSE UNTIL 20 December 2030", "Fri 20 Dec 2030"), ("RESUME", "Welcome back"), ("LANGUAGE ja", "今後は日本語")),
    ),
    "ja": (
        *(("一覧", "1件"), ("詳細 {}", "Appeal"), ("状況", "お待ちの案件も"), ("上限 1", "上限は同時に1件"), ("ヘルプ", "辞退")),
        *(("休止 令和12年12月20日", "2030年12月20日(金)"), ("再開", "ご案内を再開"), ("言語 英語", "in English from now on")),
    ),
}


def test_line_10_every_word_of_a_lawyer_is_answered(world: World, speech: Speech) -> None:
    three_lawyers(world, speech)
    case = world.case("Appeal")
    for who, words in zip((ITO, MORI), (DAILY[speech.code][:4], DAILY[speech.code][4:]), strict=True):
        for text, _ in words:
            world.writes(who, text.format(case))
    world.runs_once()
    for who, words in zip((ITO, MORI), (DAILY[speech.code][:4], DAILY[speech.code][4:]), strict=True):
        told = [f"{letter.subject}\n{letter.text}" for letter in world.letters_to(who)]
        assert len(told) == len(words) and [says for _, says in words if not any(says in letter for letter in told)] == []


def test_line_10_a_coordinator_claims_for_a_colleague_and_an_alias_is_its_owner(world: World, speech: Speech) -> None:
    roster = world.folder / "roster.csv"
    rows = (f"{ITO},Ito,Example Law,{speech.code},coordinator,", f"{MORI},Mori Daisuke,Example Law,{speech.code},,mori@phone.example")
    roster.write_text("email,name,firm,language,roles,aliases\n" + "\n".join(rows) + "\n", encoding="utf-8")
    world.command("roster", "import", str(roster))
    case, other = world.case("Appeal", details="The file."), world.case("Interview")
    for_mori = {"en": "CLAIM {} FOR Mori Daisuke", "ja": "受任 {} 代理 Mori Daisuke"}[speech.code]
    world.writes(ITO, for_mori.format(case), at="09:00:01")
    world.writes("mori@phone.example", speech.claim.format(other), at="09:00:02")
    world.runs_once()
    assert world.standing(case) == {MORI: "confirmed"} == world.standing(other)
    assert "The file." in "".join(letter.text for letter in world.letters_to(MORI)) and "The file." not in last(world, ITO).text
    assert not world.letters_to("mori@phone.example")


def test_line_11_an_event_and_a_case_for_attorneys_only(world: World, speech: Speech) -> None:
    roster = world.folder / "roster.csv"
    rows = (f"{ITO},Ito,Ito Law,{speech.code},,paralegal", f"{MORI},Mori,Mori Law,{speech.code},partner,bengoshi")
    roster.write_text("email,name,firm,language,roles,capacity\n" + "\n".join(rows) + "\n", encoding="utf-8")
    world.command("roster", "import", str(roster))
    new = {
        "en": ("NEW EVENT", "Title: Training\nSummary: One afternoon.\nPlaces: 1\nCloses: {}"),
        "ja": ("新規研修", "件名：研修\n概要：半日の研修です。\n募集人数：1\n締切：{}"),
    }
    subject, form = new[speech.code]
    world.writes(speech.staff, form.format(in_days(30)), subject=subject)
    world.runs_once()
    world.writes(speech.staff, speech.yes, answering=last(world, speech.staff))
    world.runs_once()
    (event,) = (row["id"] for row in world.cli("case", "list", "--json"))
    case = event.replace("001", "002")
    (world.folder / "cases.csv").write_text("title,summary,eligible\nAppeal,An appeal,bengoshi\n")
    world.command("case", "import", "cases.csv")
    world.writes(ITO, f"{speech.claim.format(event)}\n{speech.claim.format(case)}", at="09:00:01")
    world.writes(MORI, speech.claim.format(event), at="09:00:02")
    world.runs_once()
    assert world.standing(case) == {ITO: "waitlisted"} and world.standing(event) == {ITO: "queued", MORI: "queued"}
    world.writes(speech.staff, speech.yes, answering=last(world, speech.staff))
    world.book.change(f"UPDATE legal_case SET closes_at = {world.book.written(world.clock('10:00'))} WHERE closes_at IS NOT NULL")
    world.runs_once()
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"} and world.standing(event) == {ITO: "waitlisted", MORI: "confirmed"}


def test_line_12_the_deadline_moves_in_the_calendar_and_the_quarterly_question_takes_one_word(world: World, speech: Speech) -> None:
    three_lawyers(world, speech)
    case = world.case("Appeal of client A", deadline=in_days(200))
    world.writes(ITO, speech.claim.format(case), at="09:00:01")
    world.runs_once()
    first = last(world, ITO).files[f"{case}.ics"].decode()
    assert "METHOD:PUBLISH" in first and "client A" not in first and "Ito" not in first
    world.writes(speech.staff, f"{ {'en': 'Deadline', 'ja': '期限'}[speech.code] }: {in_days(220)}", subject=f"EDIT {case}")
    world.runs_once()
    world.writes(speech.staff, speech.yes, answering=last(world, speech.staff))
    world.runs_once()
    moved = last(world, ITO).files[f"{case}.ics"].decode()
    assert f"{datetime.now(TOKYO) + timedelta(days=220):%Y%m%d}" in moved and _property(first, "UID") == _property(moved, "UID")
    assert world.book.ages("claim", "decided_at", days=92) >= 1
    world.runs_once()
    question = last(world, ITO)
    world.writes(ITO, {"en": "OK", "ja": "順調"}[speech.code], answering=question)
    world.runs_once()
    assert {"en": "Thank you", "ja": "ありがとう"}[speech.code] in last(world, ITO).subject + last(world, ITO).text
    world.writes(speech.staff, f"RELEASE {case} {ITO}")
    world.runs_once()
    assert "METHOD:CANCEL" in last(world, ITO).files[f"{case}.ics"].decode() and speech.over in last(world, ITO).subject


def _property(entry: str, name: str) -> str:
    return next(line for line in entry.splitlines() if line.startswith(f"{name}:"))
