"""Configuration read once: gathered, checked, frozen.

Given a path and an environment, gives `Settings`, or raises `SettingsError` with every error there is; a secret that everybody on the
machine can read is one.
Reads what the operator wrote, and nothing from strangers. Never changes a file.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from bot.shell.settings.gathering import gather
from bot.shell.settings.schema import Settings
from bot.shell.settings.sentences import SettingsError, explain


def load(path: Path, environ: Mapping[str, str]) -> Settings:
    """`FIRSTREPLY_IMAP__PASSWORD` in the environment goes before `[imap] password` in the file."""
    found = gather(path, environ)
    try:
        settings = Settings.model_validate(found.values)
    except ValidationError as error:
        told = explain(error, file=path.name, origins=found.origins, told=found.told)
        # From None: pydantic's own report would show values in a traceback.
        raise SettingsError([*found.sentences, *told]) from None
    if found.sentences:
        raise SettingsError(found.sentences)
    settings._file = path.resolve()
    open_to_all = [*_open_secrets(settings, found.in_clear, found.secret_files)]
    if open_to_all:
        raise SettingsError(open_to_all)
    return settings


def warnings(settings: Settings) -> list[str]:
    """What is allowed, but should be known: one sentence each."""
    if settings.security.authserv_id:
        return []
    return [
        "[security] authserv_id is empty: a fresh mail cannot prove its sender, so claims that do not answer a letter of ours "
        "are asked for a YES first."
    ]


def _open_secrets(settings: Settings, in_clear: Sequence[str], secret_files: Sequence[Path]) -> Iterator[str]:
    if in_clear and _is_open_to_all(settings.file):
        keys = " and ".join(in_clear)
        yield f"Everybody on this machine can read {settings.file}, which holds {keys}; run `chmod 600 {settings.file}`."
    for path in dict.fromkeys((*secret_files, settings.sign_in_file, *_own_files(settings))):
        if path.exists() and _is_open_to_all(path):
            yield f"Everybody on this machine can read the secrets in {path}; run `chmod 600 {path}`."


def _own_files(settings: Settings) -> Iterator[Path]:
    """Keys, database and post book, where these are files."""
    for url, ends in ((settings.key_store_url, ("",)), (settings.database.url.get_secret_value(), ("", "-wal", ".postbook"))):
        kind, _, place = url.partition(":///")
        if kind == "sqlite" and place not in ("", ":memory:"):
            yield from (Path(f"{place}{end}") for end in ends)


def _is_open_to_all(path: Path) -> bool:
    """Whether anybody can read it, and come to it: a folder on the way that is closed closes it too."""
    whole = path.resolve()
    can_come = all(folder.stat().st_mode & stat.S_IXOTH for folder in whole.parents)
    return can_come and bool(whole.stat().st_mode & stat.S_IROTH)
