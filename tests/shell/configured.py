"""A configuration as `firstreply init` writes it, with the answers of a test; and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shell.settings import Settings, SettingsError, load, sample

SECRET = "correct horse battery staple"


def filled_in(**answers: str | int | bool | list[str]) -> str:
    necessary: dict[str, str | int | bool | list[str]] = {
        "organisation__name": "Example Refugee Association",
        "mailbox__address": "cases@example.org",
        "imap__host": "imap.example.org",
        "imap__username": "cases@example.org",
        "imap__password": "hunter2",
        "smtp__host": "smtp.example.org",
        "staff__address": "legal@example.org",
    }
    return sample(SECRET, **(necessary | answers))


def settings(folder: Path, text: str, **environ: str) -> Settings:
    file = folder / "firstreply.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return load(file, environ)


def errors(folder: Path, text: str, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        settings(folder, text, **environ)
    return raised.value.sentences
