"""Bad input gets a clear sentence and the right exit code, and nothing is half done."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from bot.cli.outage import of_machine
from tests.story.conversation import World

KIM = "kim@lawfirm.example"


def roster(world: World) -> list[dict[str, object]]:
    return list(world.cli("roster", "list", "--json"))


def write(world: World, name: str, content: bytes) -> str:
    (world.folder / name).write_bytes(content)
    return name


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("explain", "JAR-2026-999"), "There is no case"),
        (("case", "show", "nonsense"), "There is no case"),
        (("bulletin", "JAR-2026-999"), "There is no case"),
        (("round", "send", "--month", "2026-13"), "is not a month"),
        (("roster", "import", "nowhere.csv"), "There is no file"),
        (("status", "--config", "nowhere.toml"), "firstreply init"),
        (("stauts",), "stauts"),
        (("case", "add", "--summary", "One visit."), "--title is missing"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_2(world: World, words: tuple[str, ...], says: str) -> None:
    outcome = world.command(*words, expect=2)
    assert says in outcome.err and "Traceback" not in outcome.err and outcome.out == ""


@pytest.mark.parametrize("url", ["sqlite:////proc/nowhere/firstreply.db", "sqlite:////etc/passwd/firstreply.db"])
@pytest.mark.parametrize("words", [("status",), ("check",), ("run", "--once")])
def test_a_database_where_none_can_be_is_named_with_the_configuration(world: World, url: str, words: tuple[str, ...]) -> None:
    outcome = world.command(*words, env={"FIRSTREPLY_DATABASE__URL": url}, expect=2)
    assert "cannot be used" in outcome.err and "firstreply.toml" in outcome.err and "of its own" not in outcome.err


def test_what_this_account_may_not_read_and_what_is_not_installed_is_said_so() -> None:
    config = Path("firstreply.toml")
    assert "sudo -u" in of_machine(PermissionError(errno.EACCES, "Permission denied", "/var/lib/firstreply/fr.db"), config=config)
    assert "firstreply[postgres]" in of_machine(ModuleNotFoundError("No module named 'psycopg'", name="psycopg"), config=config)
    assert "disk is full" in of_machine(OSError(errno.ENOSPC, "No space left on device"), config=config)
    assert not of_machine(ModuleNotFoundError("No module named 'bot.nowhere'", name="bot.nowhere"), config=config)
    assert not of_machine(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), config=config)


def test_an_address_that_is_nobodys_names_the_nearest_one(world: World) -> None:
    world.member(KIM, name="Kim")
    world.settle_in()
    assert f"Did you mean {KIM}?" in world.command("explain", "kimm@lawfirm.example", expect=2).err
    assert "roster list" in world.command("explain", "somebody@elsewhere.example", expect=2).err


def test_a_table_is_taken_whole_or_not_at_all_and_each_bad_row_is_named(world: World) -> None:
    name = write(world, "bad.csv", b"email,name\nkim@lawfirm.example,Kim\nnot an address,Lee\n,Park\n")
    outcome = world.command("roster", "import", name, expect=2)
    assert "line 3" in outcome.err and "line 4" in outcome.err and roster(world) == []


def test_a_table_as_excel_in_japan_writes_it_is_read(world: World) -> None:
    name = write(
        world, "名簿.csv", "メールアドレス,氏名,事務所,言語\r\nmori@houritsu.example,森 健①,髙橋法律事務所,日本語\r\n".encode("cp932")
    )
    world.command("roster", "import", name)
    assert [(row["name"], row["firm"], row["language"]) for row in roster(world)] == [("森 健①", "髙橋法律事務所", "ja")]


def test_a_second_import_keeps_what_its_table_has_no_column_for(world: World) -> None:
    world.command(
        "roster",
        "import",
        write(world, "one.csv", b"email,name,firm,language,aliases\nkim@lawfirm.example,Kim,Kim Law,en,k@home.example\n"),
    )
    world.command("roster", "import", write(world, "two.csv", b"email,name\nkim@lawfirm.example,Kim Min\n"))
    (row,) = roster(world)
    assert (row["name"], row["firm"], row["language"], row["aliases"]) == ("Kim Min", "Kim Law", "en", ["k@home.example"])


def test_an_address_belongs_to_one_member(world: World) -> None:
    world.member(KIM, name="Kim", aliases="k@home.example")
    world.settle_in()
    outcome = world.command("roster", "import", write(world, "two.csv", b"email,name\nk@home.example,Somebody\n"), expect=2)
    assert "already belongs to kim@lawfirm.example" in outcome.err


def test_an_export_is_what_an_import_takes(world: World) -> None:
    world.member(KIM, name="=HYPERLINK(1)", firm="Kim, Law")
    world.settle_in()
    before = roster(world)
    world.command("roster", "export", "out.csv")
    assert b"'=HYPERLINK" in (world.folder / "out.csv").read_bytes()
    world.command("roster", "import", "out.csv")
    assert roster(world) == before


def test_the_configuration_may_stand_before_and_after_the_command(world: World) -> None:
    (world.folder / "firstreply.toml").rename(world.folder / "other.toml")
    for words in (("--config", "other.toml", "case", "list", "--json"), ("case", "list", "--json", "--config=other.toml")):
        assert json.loads(world.command(*words).out) == []


def test_an_unknown_key_names_the_nearest_known_one(world: World) -> None:
    world.configure("settle_seconds", "setle_seconds = 0")
    assert "settle_seconds" in world.command("status", expect=2).err


def test_the_version_is_told_without_a_configuration(world: World) -> None:
    (world.folder / "firstreply.toml").unlink()
    assert world.command("--version").out == f"firstreply {metadata.version('firstreply')}\n"


@pytest.mark.sqlite_file
def test_a_damaged_database_is_said_in_words(world: World) -> None:
    world.command("status")
    (world.folder / "data" / "firstreply.db").write_bytes(b"not a database, just some words\n" * 200)
    for words in (("case", "list"), ("run", "--once"), ("status", "--json")):
        outcome = world.command(*words, expect=1)
        assert "Traceback" not in outcome.err and outcome.out == ""
        assert "data/firstreply.db is damaged" in outcome.err and "newest backup" in outcome.err and "database.url" not in outcome.err
    assert "data/firstreply.db is damaged" in world.command("check", expect=1).out


@pytest.mark.sqlite_file
@pytest.mark.parametrize("spoil", [lambda whole: b"just some words\n" * 400, lambda whole: whole[:5000]], ids=["overwritten", "cut off"])
def test_a_damaged_key_store_is_not_taken_for_the_database(world: World, spoil: Callable[[bytes], bytes]) -> None:
    world.command("case", "add", "--title", "A hearing", "--summary", "One visit.")
    store = world.folder / "data" / "firstreply.db.keys"
    store.write_bytes(spoil(store.read_bytes()))
    outcome = world.command("case", "list", expect=2)
    assert "The key store" in outcome.err and "is damaged" in outcome.err and "newest copy" in outcome.err and "database" not in outcome.err


@pytest.mark.sqlite_file
def test_a_full_disk_is_called_full(world: World) -> None:
    world.command("status")
    data = world.folder / "data"
    held = {file.name: file.read_bytes() for file in data.iterdir()}
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "none", str(data)]
    if os.getuid() != 0 or subprocess.run(mounting, check=False).returncode != 0:
        pytest.skip("a disk of a given size wants the right to mount one")
    try:
        for name, content in held.items():
            (data / name).write_bytes(content)
        with contextlib.suppress(OSError), (data / "filling").open("wb", buffering=0) as filling:
            while filling.write(bytes(4096)):
                pass
        outcome = world.command("run", "--once", expect=1)
        assert "is full" in outcome.err and "Make room" in outcome.err and "Traceback" not in outcome.err
    finally:
        subprocess.run(["umount", str(data)], check=True)


def test_init_writes_a_private_configuration_and_overwrites_nothing(world: World) -> None:
    world.command("init", "fresh")
    path = world.folder / "fresh" / "firstreply.toml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "is there already" in world.command("init", "fresh", expect=2).err


def test_check_says_line_by_line_what_works_and_what_does_not(world: World) -> None:
    assert [row["ok"] for row in world.cli("check", "--json")] == [True] * 5
    world.sink.close()
    outcome = world.command("check", expect=1)
    assert outcome.out.count("ok ") == 4 and "FAILED  SMTP" in outcome.out


@pytest.mark.parametrize("group", ["", "roster", "case", "round", "inbox", "outbox", "keys"])
def test_the_help_of_a_group_has_an_example_too(world: World, group: str) -> None:
    assert "Example: firstreply" in world.command(*group.split(), "--help").out
