"""An event over real servers: from a spreadsheet into the round, and from the wishes to the places."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.story.conversation import SUZUKI, World

ITO, MORI, NORA = "ito@lawfirm.example", "mori@houritsu.example", "nora@newfirm.example"
AKI, KEN = "aki@lawfirm.example", "ken@houritsu.example"


def the_month_passes(world: World) -> None:
    """No story waits a month: the event is made to have closed an hour after the wishes arrived."""
    world.book.change(f"UPDATE legal_case SET closes_at = {world.book.written(world.clock('10:00'))}")


def test_wishes_are_collected_and_the_partner_firm_has_the_place(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(f"email,name,firm,language,roles\n{ITO},Ito,Ito Law,en,\n{MORI},森,森法律,ja,partner\n")
    world.command("roster", "import", str(roster))
    closes = datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(days=30)
    table = world.folder / "events.csv"
    table.write_text(f"title,summary,kind,places,closes,per_firm\nTraining,One afternoon.,研修,1,{closes:%Y-%m-%d},1\n")
    world.command("case", "import", str(table))
    (event,) = world.cli("case", "list", "--json")
    assert (event["closes"], event["per_firm"]) == (f"{closes:%Y-%m-%d}", 1)

    world.sends_the_round()
    assert "Training and other events" in world.last_letter_to(ITO).text
    world.clicks(ITO, world.last_letter_to(ITO).link_about(event["id"]), at="09:00:00")
    world.clicks(MORI, world.last_letter_to(MORI).link_about(event["id"]), at="09:00:05")
    world.runs_once()
    assert world.standing(event["id"]) == {ITO: "queued", MORI: "queued"} and event["id"] in world.last_letter_to(ITO).subject

    the_month_passes(world)
    world.runs_once()
    world.runs_once()
    assert world.standing(event["id"]) == {ITO: "waitlisted", MORI: "confirmed"}
    assert "ご参加いただけます" in world.last_letter_to(MORI).subject and "waiting list" in world.last_letter_to(ITO).subject
    assert [letter.subject.startswith("Places given") for letter in world.letters_to(SUZUKI)].count(True) == 1


def test_a_firm_has_so_many_places_and_one_case_a_month_and_a_late_wish_hears_so(world: World) -> None:
    """Each thing happens once to somebody who reads English, and once to somebody who reads Japanese."""
    world.configure("settle_seconds", "settle_seconds = 0\none_per_firm = true")
    for who, name, language, firm in (
        *((ITO, "Ito", "en", "Kita Law"), (AKI, "秋 健", "ja", "KITA LAW"), (MORI, "森 健", "ja", "森法律")),
        *((NORA, "Nora", "en", "Nora Law"), (KEN, "剣 健", "ja", "剣法律")),
    ):
        world.member(who, name=name, language=language, firm=firm)
    closes = f"{datetime.now(ZoneInfo('Asia/Tokyo')) + timedelta(days=30):%Y-%m-%d}"
    first, second = (world.case(title, places="2", closes=closes, per_firm="1") for title in ("Training", "Lecture"))
    appeal, visa, work = (world.case(title) for title in ("Appeal", "Visa", "Work"))
    for at, who, word, case in (
        *(("09:00:01", ITO, "CLAIM", first), ("09:00:02", AKI, "受任", first), ("09:00:03", MORI, "受任", first)),
        *(("09:00:04", AKI, "受任", second), ("09:00:05", ITO, "CLAIM", second), ("09:00:06", NORA, "CLAIM", second)),
        *((None, ITO, "CLAIM", f"{appeal} {visa}"), (None, AKI, "受任", work)),
    ):
        world.writes(who, f"{word} {case}", at=at)
    world.runs_once()
    assert [world.standing(case) for case in (appeal, visa, work)] == [{ITO: "confirmed"}, {ITO: "waitlisted"}, {AKI: "waitlisted"}]
    assert any("Your firm has taken a case of this month already" in letter.flat for letter in world.letters_to(ITO))
    assert "同じ事務所の方が今月すでに案件を受任されている" in world.last_letter_to(AKI).flat.replace(" ", "")
    assert world.book.ages("claim", "arrived_at", where="state <> 'queued'", hours=25) == 3
    the_month_passes(world)
    for who, word, event in ((NORA, "CLAIM", first), (KEN, "受任", second)):
        world.writes(who, f"{word} {event}", at="10:00:01")
    world.runs_once()
    world.runs_once()
    assert (world.standing(visa), world.standing(work)) == ({ITO: "confirmed"}, {AKI: "confirmed"}), "nobody of another firm has asked"
    assert world.standing(first) == {ITO: "confirmed", AKI: "waitlisted", MORI: "confirmed", NORA: "refused"}
    assert world.standing(second) == {AKI: "confirmed", ITO: "waitlisted", NORA: "confirmed", KEN: "refused"}
    told = {who: " ".join(letter.flat for letter in world.letters_to(who)) for who in (ITO, AKI, NORA, KEN)}
    assert "as many places as one firm may have (1)" in told[ITO] and "一事務所あたりの人数（1名）" in told[AKI].replace(" ", "")
    assert f"Applications for {first} had closed" in told[NORA] and "締切" in told[KEN]
