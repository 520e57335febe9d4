"""A month's round reaches each active member once, in their language, whatever happens."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.story.conversation import BOT, SUZUKI, TOKYO, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def two_lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")


def test_each_member_reads_the_open_cases_in_the_own_language_with_a_link_each(world: World) -> None:
    two_lawyers(world)
    urgent_day = datetime.now(TOKYO) + timedelta(days=5)
    plain = world.case("Country research", kind="Research", place="Osaka", language="French", time_frame="spring")
    urgent = world.case("Detention hearing", deadline=f"{urgent_day:%Y-%m-%d}", details="The client is Client A.")
    world.sends_the_round()
    english, japanese = world.last_letter_to(ITO), world.last_letter_to(MORI)
    assert english.text.index(urgent) < english.text.index(plain)
    assert all(word in english.text for word in ("Research", "Osaka", "French", "spring"))
    assert "案件" in japanese.subject and "案件" in japanese.text
    for letter in (english, japanese):
        assert letter.link_about(plain).to == BOT and letter.link_about("PAUSE") and letter.link_about("LEAVE")
        assert "Client A" not in letter.text + letter.html


def test_P_02_no_letter_holds_another_members_name_or_code(world: World) -> None:
    two_lawyers(world)
    case = world.case("Country research")
    world.sends_the_round()
    for one, other in ((ITO, MORI), (MORI, ITO)):
        raw = world.last_letter_to(one).received.raw.decode()
        assert other not in raw and world.last_letter_to(other).link_about(case).subject not in world.last_letter_to(one).text


def test_G_09_headers_are_those_of_a_circulation_to_one_reader(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    world.sends_the_round()
    letter = world.last_letter_to(ITO)
    assert letter.received.rcpt == [ITO] or tuple(letter.received.rcpt) == (ITO,)
    assert letter.headers["Auto-Submitted"] == "auto-generated" and letter.headers["X-Auto-Response-Suppress"] == "All"
    assert letter.headers["List-Id"] and "mailto:" in letter.headers["List-Unsubscribe"]
    assert len(letter.message_id) <= 70 and letter.headers["Cc"] is None and letter.headers["Bcc"] is None


def test_twice_for_one_month_sends_nothing_the_second_time(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    world.sends_the_round()
    world.sends_the_round()
    assert len(world.sink.letters) == 2


def test_who_pauses_or_left_gets_no_round(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    world.writes(ITO, "PAUSE")
    world.writes(MORI, "退会")
    world.runs_once()
    world.sends_the_round()
    assert not [row for row in world.cli("outbox", "list", "--json") if row["kind"] == "round"]


def test_a_month_without_cases_sends_the_roster_nothing_and_tells_staff(world: World) -> None:
    two_lawyers(world)
    world.sends_the_round()
    assert not world.letters_to(ITO) and world.letters_to(SUZUKI)
    world.case("Country research")
    world.sends_the_round()
    assert world.letters_to(ITO)


def test_the_scheduled_round_goes_out_by_itself_and_after_a_sleep(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    world.configure("schedule", f'schedule = "{_a_minute_ago()}"\nbusiness_days_only = false')
    world.command("status")
    world.runs_once()
    assert not world.letters_to(ITO), "an hour before the first start is not caught up"
    _pretend_first_start(world)
    world.runs_once()
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1


def _a_minute_ago() -> str:
    moment = datetime.now(TOKYO) - timedelta(minutes=1)
    return f"{moment.minute} {moment.hour} {moment.day} * *"


def _pretend_first_start(world: World) -> None:
    """As if the daemon had been set up a day earlier."""
    world.book.change(f"UPDATE mark SET at = {world.book.written(datetime.now(TOKYO) - timedelta(days=1))} WHERE name = 'first_start'")


def test_staff_see_the_round_its_hours_before(world: World) -> None:
    two_lawyers(world)
    world.case("Country research")
    ahead = datetime.now(TOKYO) + timedelta(hours=3)
    world.configure("schedule", f'schedule = "{ahead.minute} {ahead.hour} {ahead.day} * *"\nbusiness_days_only = false')
    world.configure("preview_hours", "preview_hours = 24")
    world.runs_once()
    world.runs_once()
    assert [letter.subject for letter in world.letters_to(SUZUKI)] and len(world.letters_to(SUZUKI)) == 1
    assert not world.letters_to(ITO)
