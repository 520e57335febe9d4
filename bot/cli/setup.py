"""`firstreply init`: the configuration written, after a conversation where there is a person to talk with."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import DEFAULT_CONFIG, FAILED, Refusal

if TYPE_CHECKING:
    from bot.cli.doors import Answers
    from bot.cli.talk import Talk

SECRET_FILES = ("imap.secret", "smtp.secret")
SIGN_IN = Path("data") / "firstreply.db.signin"


def register(app: typer.Typer) -> None:
    app.command("init")(init)


def init(
    folder: Path = typer.Argument(Path(), metavar="[DIR]", help="Where to write it; this folder if none is named."),
    language: str = typer.Option("", "--language", help="Of the questions, en or ja; if none is named, as the terminal is set."),
    plain: bool = typer.Option(False, "--plain", help="Ask nothing, also at a terminal."),
) -> None:
    """Write a commented firstreply.toml with a fresh secret; at a terminal, ask and try each answer. Nothing that is there is overwritten.

    Example: firstreply init /etc/firstreply
    """
    path = folder / DEFAULT_CONFIG
    for name in (DEFAULT_CONFIG, *SECRET_FILES, SIGN_IN):
        if (folder / name).exists():
            raise Refusal(f"{folder / name} is there already; nothing was changed. Edit it, or move it away first.")
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _write(folder, {DEFAULT_CONFIG: _filled(None)})
        print(f"{path} is written, with a secret of its own. Fill in what it asks for, then: firstreply --config {path} check")
        return
    from bot.cli.talk import Talk

    spoken = _spoken(language)
    with tempfile.TemporaryDirectory() as aside:
        talk = Talk.of(spoken)
        answers = _interviewed(talk, Path(aside) / SIGN_IN.name, language=spoken)
        signed_in = Path(aside) / SIGN_IN.name
        kept = {str(SIGN_IN): signed_in.read_text(encoding="utf-8")} if signed_in.exists() else {}
        _write(folder, {**answers.secrets, **kept, DEFAULT_CONFIG: _filled(answers)})
    _end(talk, answers, folder)


def _end(talk: Talk, answers: Answers, folder: Path) -> None:
    """What is written, what is still open, and the next command."""
    path = folder / DEFAULT_CONFIG
    talk.step("done_in_part" if answers.unsettled else "done")
    talk.good("written", path=path)
    for name in answers.secrets:
        talk.good("secret_written", path=folder / name)
    for name, facts in answers.unsettled:
        talk.wanting(name, **facts)
    if answers.unsettled:
        talk.say("mend", path=path)
    if any(name == "not_signed_in" for name, _ in answers.unsettled):
        talk.show("next_sign_in", path=path)
    talk.show("next", path=path)


def _interviewed(talk: Talk, sign_in_file: Path, *, language: str) -> Answers:
    from bot.cli.interview import interview

    return interview(talk, sign_in_file, language=language)


def _spoken(language: str) -> str:
    """As asked for, else as the terminal is set (POSIX: LC_ALL, then LC_MESSAGES, then LANG)."""
    if language not in ("", "en", "ja"):
        raise Refusal(
            f"The questions are in en or ja, not in {language}; letters may have further languages: firstreply language {language}"
        )
    setting = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return language or ("ja" if setting.startswith("ja") else "en")


def _filled(answers: Answers | None) -> str:
    from bot.shell.settings import sample

    return sample(secrets.token_urlsafe(32), **(answers.settings if answers else {}))


def _write(folder: Path, files: dict[str, str]) -> None:
    """Each new, and readable by its owner only."""
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise Refusal(f"{path} cannot be written: {error.strerror}.", code=FAILED) from None
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
