"""An event over real servers: from a spreadsheet into the round, and from the wishes to the places."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.story.conversation import SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


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
