"""The languages of the letters that the organisation has.

A further language is a folder of templates and, in it, one data file (`language.toml`): its names, command words, and the sentences that
stand in no template. Given the settings, reads both; a file that cannot be read is no language, and the check says why (`wanting`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.core.tongue import SHIPPED, Tongue
from bot.shell import resources

DATA_FILE = "language.toml"


def command_words(more: Path | None = None, tongues: Iterable[Tongue] = ()) -> dict[str, tuple[str, ...]]:
    """The command words that ship with the product, by verb; behind them those of other languages and of an organisation's own file."""
    words = _words_in(resources.data_dir() / "words.toml")
    for further in (*(tongue.commands for tongue in tongues), _words_in(more) if more else {}):
        for verb, forms in further.items():
            words[verb] = tuple(dict.fromkeys((*words.get(verb, ()), *forms)))
    return words


def spoken(codes: Iterable[str], templates: Path | None) -> dict[str, Tongue]:
    """The organisation's languages by code, with what its own folder has of each."""
    found: dict[str, Tongue] = {}
    for code in codes:
        try:
            found[code] = read(code, templates)
        except ValueError:
            found[code] = SHIPPED.get(code, Tongue(code))
    return found


def read(code: str, templates: Path | None) -> Tongue:
    """One language with what the folder has of it; a ValueError where its file cannot be read or is none."""
    shipped = SHIPPED.get(code, Tongue(code))
    path = templates / code / DATA_FILE if templates else None
    if path is None or not path.is_file():
        return shipped
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    names, commands = told.pop("names", list(shipped.names)), told.pop("commands", {})
    sections = {section: entries for section, entries in told.items() if isinstance(entries, dict)}
    sentences = {f"{section}.{name}": sentence for section, entries in sections.items() for name, sentence in entries.items()}
    if len(sections) < len(told) or not _are_lists([names] if names else []) or not _are_lists(commands.values()):
        raise ValueError('names and every entry of [commands] are lists of words, such as ["TAKE"]; all else stands in a section')
    if not all(isinstance(sentence, str) for sentence in sentences.values()):
        raise ValueError("every sentence stands in quotation marks")
    return Tongue(code, tuple(names), sentences, {verb: tuple(forms) for verb, forms in commands.items()})


def _are_lists(values: Iterable[Any]) -> bool:
    return all(isinstance(value, list) and value and all(isinstance(word, str) and word.strip() for word in value) for value in values)


def _words_in(path: Path) -> dict[str, tuple[str, ...]]:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return {verb: tuple(forms) for verb, forms in read.get("commands", {}).items()}
