"""The data of a PostgreSQL put back from a dump: the post book, a schema of its own, stays and tells what has left since.

The dump and the way back are those of the operator's page: the schema `public` alone, with the programs of PostgreSQL.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.servers.absence import absent
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


@pytest.fixture
def desk(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink, postgres_url: str) -> World:
    world = World.build(tmp_path, dovecot, sink, database_url=postgres_url)
    world.member(ITO, name="Ito")
    world.member(MORI, name="Mori")
    return world


def postgres(world: World, program: str, *options: str) -> bytes:
    if shutil.which(program) is None:
        absent(program)
    address = make_url(world.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run([program, *options, address], check=True, capture_output=True).stdout


def test_C_23_G_29_a_dump_put_back_is_noticed_and_nobody_hears_twice(desk: World) -> None:
    case = desk.case("Asylum appeal")
    desk.runs_once()
    dump = desk.folder / "data.sql"
    dump.write_bytes(postgres(desk, "pg_dump", "--schema=public", "--clean", "--if-exists"))
    desk.writes(ITO, f"CLAIM {case}", at="09:02:11")
    desk.writes(MORI, f"CLAIM {case}", at="09:02:52")
    desk.runs_once()
    desk.sends_the_round()
    ids = {letter.message_id for letter in desk.sink.letters}

    postgres(desk, "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}")
    assert desk.standing(case) == {}
    desk.runs_once()

    assert desk.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    fresh = [letter for to in (SATO, SUZUKI) for letter in desk.letters_to(to) if letter.message_id not in ids]
    assert len({letter.message_id for letter in desk.sink.letters}) == len(ids) + 2
    assert len(fresh) == 2
    assert "put back" in fresh[-1].subject and "Nothing is in doubt" in fresh[-1].text
    desk.command("verify")
    desk.runs_once()
    assert len({letter.message_id for letter in desk.sink.letters}) == len(ids) + 2
