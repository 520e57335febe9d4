"""P-16: what holds a secret is readable by nobody else on the machine, and a start with one that is says which, and how to close it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shell.ledger.locks import file_lock
from bot.shell.settings import SettingsError, load
from tests.shell.configured import filled_in, settings


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody can come to; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def refused(file: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load(file, {})
    return raised.value.sentences


def test_P_16_a_world_readable_configuration_with_secrets_is_refused_with_the_command_that_mends_it(shared: Path) -> None:
    file = settings(shared, filled_in()).file
    file.chmod(0o644)
    (said,) = refused(file)
    assert "[imap] password" in said and said.endswith(f"run `chmod 600 {file}`.")
    file.chmod(0o640)
    assert load(file, {})


def test_P_16_a_world_readable_secret_file_or_key_store_is_refused_too(shared: Path) -> None:
    text = filled_in(security__master_key="").replace("# master_key_file", "master_key_file").replace('\nmaster_key = ""', "")
    secret, keys = shared / "master.secret", shared / "data" / "firstreply.db.keys"
    secret.write_text("a master key of its own")
    secret.chmod(0o600)
    file = settings(shared, text).file
    keys.parent.mkdir()
    keys.touch(mode=0o644)
    assert refused(file) == [f"Everybody on this machine can read the secrets in {keys}; run `chmod 600 {keys}`."]
    keys.chmod(0o600)
    secret.chmod(0o604)
    assert refused(file) == [f"Everybody on this machine can read the secrets in {secret}; run `chmod 600 {secret}`."]


def test_P_16_a_secret_file_that_serves_both_servers_is_named_once(shared: Path) -> None:
    secret = shared / "imap.secret"
    secret.write_text("the password of both")
    secret.chmod(0o600)
    text = re.sub(r'^password = "[^"]*"', 'password_file = "imap.secret"', filled_in(smtp__username="cases"), flags=re.MULTILINE)
    file = settings(shared, re.sub(r"^# password_file.*\n", "", text, flags=re.MULTILINE)).file
    secret.chmod(0o604)
    assert refused(file) == [f"Everybody on this machine can read the secrets in {secret}; run `chmod 600 {secret}`."]


@pytest.mark.parametrize("name", ["firstreply.db", "firstreply.db-wal", "firstreply.db.postbook"])
def test_P_16_a_world_readable_database_or_post_book_is_refused_too(shared: Path, name: str) -> None:
    file = settings(shared, filled_in()).file
    path = shared / "data" / name
    path.parent.mkdir()
    path.touch(mode=0o644)
    assert refused(file) == [f"Everybody on this machine can read the secrets in {path}; run `chmod 600 {path}`."]


def test_P_16_nobody_else_can_hold_a_lock_of_ours(shared: Path) -> None:
    """Who may read a lock file may lock it, and no daemon would start any more; one that an earlier version left open is closed."""
    (shared / "firstreply.db.daemon.lock").touch(mode=0o644)
    with (
        file_lock(shared / "firstreply.db", "daemon", wait_seconds=0) as is_ours,
        file_lock(shared / "firstreply.db", "sender", wait_seconds=0),
    ):
        assert is_ours
        assert {path.stat().st_mode & 0o777 for path in shared.glob("*.lock")} == {0o600}


def test_P_16_what_lies_in_a_closed_folder_is_closed(shared: Path) -> None:
    file = settings(shared, filled_in()).file
    file.chmod(0o644)
    shared.chmod(0o700)
    assert load(file, {})
