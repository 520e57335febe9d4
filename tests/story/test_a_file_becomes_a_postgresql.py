"""`firstreply move`: all that is on record goes from the file to a PostgreSQL, once and whole, and life goes on there."""

from __future__ import annotations

import json

from sqlalchemy import create_engine, text

from tests.story.conversation import SUZUKI, World
from tests.story.test_the_first_to_answer_gets_the_case import ITO, MORI, two_lawyers


def lived_in(world: World) -> str:
    """A round went out, one lawyer has the case, another waits for it, and a mail of staff is under way."""
    case = two_lawyers(world)
    world.sends_the_round()
    world.writes(ITO, f"CLAIM {case}", answering=world.last_letter_to(ITO), at="09:02:11")
    world.writes(MORI, f"受任 {case}", answering=world.last_letter_to(MORI), at="09:02:52")
    world.writes(SUZUKI, "Title: Detention\nSummary: A visit, and a \N{BLACK STAR}.", subject="NEW CASE")
    world.runs_once()
    return case


def statement(url: str, words: str) -> int:
    engine = create_engine(url)
    with engine.begin() as book:
        found = book.execute(text(words))
        count = int(found.scalar_one()) if found.returns_rows else found.rowcount
    engine.dispose()
    return count


def test_all_of_it_arrives_and_the_case_goes_on_there(world: World, postgres_url: str) -> None:
    case = lived_in(world)
    listings = [("explain", case, "--json"), ("inbox", "list", "--json"), ("outbox", "list", "--json"), ("case", "list", "--json")]
    before = [world.cli(*words) for words in listings]
    told = {row["table"]: row["rows"] for row in json.loads(world.command("move", "-", "--json", stdin=postgres_url).out)}
    assert told["claim"] == 2 and told["arrival"] == 3 and told["round"] == 1 and "leader" not in told

    world.configure("url", f'url = "{postgres_url}"')
    assert [world.cli(*words) for words in listings] == before
    world.writes(ITO, f"RELEASE {case}", answering=world.last_letter_to(ITO))
    with world.daemon():
        world.sink.wait_for(3, 40, to=MORI)
    assert world.standing(case) == {ITO: "released", MORI: "confirmed"}
    assert len(world.dispositions()) == 4


def test_the_file_is_left_as_it_was_and_refuses_to_go_on(world: World, postgres_url: str) -> None:
    lived_in(world)
    letters = statement(world.database_url, "SELECT count(*) FROM letter")
    world.command("move", postgres_url)
    for words in (("run",), ("run", "--once"), ("status",), ("move", postgres_url)):
        refused = world.command(*words, expect=1)
        assert "was moved to 127.0.0.1" in refused.err and "database.url" in refused.err and "postgres:" not in refused.err
    assert "was moved to" in world.command("check", expect=1).out
    assert statement(world.database_url, "SELECT count(*) FROM letter") == letters


def test_one_that_was_stopped_before_its_last_step_is_done_again(world: World, postgres_url: str) -> None:
    lived_in(world)
    world.command("move", postgres_url)
    assert statement(world.database_url, "DELETE FROM mark WHERE name = 'moved'") == 1
    world.command("move", postgres_url)
    assert "was moved to" in world.command("status", expect=1).err


def test_a_database_with_something_in_it_is_refused(world: World, postgres_url: str) -> None:
    lived_in(world)
    world.command("move", postgres_url)
    statement(world.database_url, "DELETE FROM mark WHERE name = 'moved'")
    statement(postgres_url, "UPDATE member SET name = 'Somebody else' WHERE id = 1")
    refused = world.command("move", postgres_url, expect=1).err
    assert "is not empty" in refused and "member" in refused
    assert world.cli("status", "--json")["members"] == {"active": 2}


def test_what_arrives_otherwise_than_it_left_is_not_taken_for_moved(world: World, postgres_url: str) -> None:
    """The target spoils a row on its way: nothing is there afterwards, and the file goes on."""
    lived_in(world)
    other = f"{postgres_url}"
    world.command("move", other)
    statement(other, "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.firm := 'another'; RETURN NEW; END $$")
    statement(other, "CREATE TRIGGER spoil BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION spoil()")
    statement(other, "ALTER TABLE decision DISABLE TRIGGER USER")
    statement(other, "TRUNCATE legal_case, member, arrival, letter, question, round, mark, folder, case_number, decision CASCADE")
    statement(other, "ALTER TABLE decision ENABLE TRIGGER USER")
    statement(world.database_url, "DELETE FROM mark WHERE name = 'moved'")
    assert "other rows in member. " in world.command("move", other, expect=1).err
    assert statement(other, "SELECT count(*) FROM member") == 0
    assert world.cli("status", "--json")["members"] == {"active": 2}


def test_a_running_daemon_is_not_moved_from_under(world: World, postgres_url: str) -> None:
    world.member(ITO, name="Ito")
    with world.daemon():
        assert "Stop it first" in world.command("move", postgres_url, expect=1).err
    assert world.cli("status", "--json")["members"] == {"active": 1}


def test_an_address_that_leads_nowhere_is_said_in_a_sentence(world: World, postgres_url: str) -> None:
    for wrong, said in (("postgresql://x/y", "names the driver"), ("sqlite:///other.db", "firstreply backup")):
        assert said in world.command("move", wrong, expect=2).err
    assert "Nothing was moved" in world.command("move", "postgresql+psycopg://nobody@127.0.0.1:1/nothing", expect=1).err
    world.configure("url", f'url = "{postgres_url}"')
    assert "PostgreSQL already" in world.command("move", postgres_url, expect=2).err
