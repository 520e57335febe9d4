"""Configuration read once: gathered, checked, frozen.

Given a path and an environment, gives `Settings`, or raises `SettingsError` with every error there is.
Reads what the operator wrote, and nothing from strangers. Never changes a file.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
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
    settings._secrets_in_clear = tuple(found.in_clear)
    settings._secret_files = tuple(found.secret_files)
    return settings


def warnings(settings: Settings) -> list[str]:
    """What is allowed, but should be known: one sentence each."""
    said: list[str] = []
    if settings._secrets_in_clear and _is_open_to_all(settings.file):
        keys = " and ".join(settings._secrets_in_clear)
        said.append(f"Everybody on this machine can read {settings.file}, which holds {keys}; run `chmod 600 {settings.file}`.")
    said.extend(
        f"Everybody on this machine can read the secret in {path}; run `chmod 600 {path}`."
        for path in settings._secret_files
        if _is_open_to_all(path)
    )
    if not settings.security.authserv_id:
        said.append(
            "[security] authserv_id is empty: a fresh mail cannot prove its sender, so claims that do not answer a letter of ours "
            "are asked for a YES first."
        )
    return said


def _is_open_to_all(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IROTH)
