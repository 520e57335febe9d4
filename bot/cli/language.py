"""`firstreply language`: the folder of a further language, ready to be translated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from bot.cli.desk import FAILED, Refusal, read_settings


def register(app: typer.Typer) -> None:
    app.command("language")(language)


def language(code: str = typer.Argument(..., metavar="CODE", help="Its two letters, such as fr.")) -> None:
    """Write what a further language needs, in English, for you to translate; nothing that is there is overwritten.

    Example: firstreply language fr
    """
    from bot.core.tongue import SHIPPED
    from bot.office import own
    from bot.shell.settings.checks import languages

    settings = read_settings()
    if code in SHIPPED:
        raise Refusal(
            f"The language {code} ships. To change one of its letters, copy that template into a folder of your own and change it."
        )
    try:
        languages((code,))
    except ValueError as error:
        raise Refusal(f"The code {error}.") from None
    folder = own(settings, settings.organisation.templates)
    if folder is None:
        raise Refusal('Name a folder of your own first: templates = "our-templates" under [organisation].')
    try:
        written = write(folder, code)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written: {error.strerror}.", code=FAILED) from None
    print(f"{written} files written in {folder / code}. Translate them, add {code!r} to languages, then: firstreply check")


def write(templates: Path, code: str) -> int:
    """What is not there yet; gives the number of files."""
    from bot.office import tongues
    from bot.shell.letters import pages
    from bot.shell.resources import templates_dir

    written = sum(_copy(templates_dir() / page.replace(code, "en", 1), templates / page, code) for page in pages(code))
    data = templates / code / tongues.DATA_FILE
    if data.exists():
        return written
    data.write_text("\n".join(_data(code)) + "\n", encoding="utf-8")
    return written + 1


def _copy(source: Path, place: Path, code: str) -> int:
    if place.exists():
        return 0
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(source.read_text(encoding="utf-8").replace('"en/', f'"{code}/'), encoding="utf-8")
    return 1


def _data(code: str) -> Iterator[str]:
    """The data file with every entry in English and set aside: what is not translated yet is missed by the check."""
    from bot.office import tongues, wanting

    yield f"# The language {code}: take the # from a line when it is translated. What stands in {{braces}} is put in; it stays as it is."
    yield ""
    yield "# names = []          # what its speakers call it; the first is shown to readers"
    yield "\n[commands]            # words beside the English ones, by what they mean"
    yield from (f"# {verb} = []{' ' * (16 - len(verb))}# {words[0]}" for verb, words in tongues.command_words().items())
    section = ""
    for key, english in wanting.WANTED.items():
        if key.partition(".")[0] != section:
            section = key.partition(".")[0]
            yield f"\n[{section}]"
        yield f"# {key.partition('.')[2]} = {json.dumps(english, ensure_ascii=False)}"
