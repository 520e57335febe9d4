"""`firstreply backup` as an operator meets it: beside a running daemon, in a cron job, and with a mistake in its words."""

from __future__ import annotations

import json

import pytest

from tests.story.conversation import World

ITO = "ito@lawfirm.example"


@pytest.mark.sqlite_file
def test_beside_the_running_daemon_and_what_is_in_it_can_be_read(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    with world.daemon():
        world.writes(ITO, f"CLAIM {case}")
        world.sink.wait_for(1, to=ITO)
        told = json.loads(world.command("backup", "copy.db", "--json").out)
    copy = world.folder / "copy.db"
    assert told["bytes"] == copy.stat().st_size and copy.stat().st_mode & 0o777 == 0o600
    keys = world.folder / "data" / "firstreply.db.keys"
    database = {"FIRSTREPLY_DATABASE__URL": f"sqlite:///{copy}", "FIRSTREPLY_SECURITY__KEY_STORE": str(keys)}
    found = json.loads(world.command("explain", case, "--json", env=database).out)
    assert [claim["state"] for claim in found["claims"]] == ["confirmed"]


@pytest.mark.sqlite_file
def test_a_lost_key_store_keeps_nobody_from_making_one(world: World) -> None:
    """It needs no key; whatever opens something is refused with what to do."""
    case = world.case("Asylum appeal")
    world.runs_once()
    keys = world.folder / "data" / "firstreply.db.keys"
    keys.rename(world.folder / "keys.elsewhere")
    assert "newest copy" in world.command("status", expect=2).err and not keys.exists()
    world.command("backup", "copy.db")
    database = {"FIRSTREPLY_DATABASE__URL": f"sqlite:///{world.folder / 'copy.db'}"}
    database["FIRSTREPLY_SECURITY__KEY_STORE"] = str(world.folder / "keys.elsewhere")
    assert "Asylum appeal" in world.command("case", "show", case, env=database).out


def test_status_tells_when_the_last_one_was_made(world: World) -> None:
    assert world.cli("status", "--json")["last_backup"] is None
    told = json.loads(world.command("backup", "copy.db", "--json").out)
    assert world.cli("status", "--json")["last_backup"] == told["made_at"]


def test_a_folder_gets_a_file_named_after_the_hour(world: World) -> None:
    (world.folder / "backups").mkdir()
    world.command("backup", "backups")
    (made,) = (world.folder / "backups").iterdir()
    assert made.name.startswith(f"firstreply-{world.clock('12:00').year}-") and made.suffix == ".db"


def test_a_file_that_is_there_stays_unless_force_is_said(world: World) -> None:
    precious = world.folder / "precious.db"
    precious.write_bytes(b"something else")
    assert "--force" in world.command("backup", "precious.db", expect=2).err
    assert precious.read_bytes() == b"something else"
    world.command("backup", "precious.db", "--force")
    assert precious.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.sqlite_file
def test_the_database_itself_is_no_place_for_it(world: World) -> None:
    world.command("status")
    for name in ("firstreply.db", "firstreply.db-wal"):
        assert "belongs to the database" in world.command("backup", f"data/{name}", "--force", expect=2).err
    assert world.cli("status", "--json")["last_backup"] is None


def test_a_folder_that_is_not_there_is_named(world: World) -> None:
    assert "There is no folder" in world.command("backup", "nowhere/copy.db", expect=2).err
