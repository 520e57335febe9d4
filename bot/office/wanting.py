"""What a language of the organisation's own still lacks: sentences, command words, pages. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.core import anonymity, calendar_file, faults, reasons
from bot.core.tongue import SHIPPED, Tongue, lacks
from bot.office.tongues import DATA_FILE, command_words, read
from bot.shell.letters import PHRASES, Typesetter

WANTED: dict[str, str] = {**PHRASES, **calendar_file.PHRASES, **faults.PHRASES, **anonymity.PHRASES, **reasons.PHRASES}
"""Every sentence that stands in no template, in English, by its section and name."""


def lacking(code: str, templates: Path | None, typesetter: Typesetter) -> Iterator[str]:
    """A sentence for all that one language of the letters still wants; none for one that is complete."""
    for page in typesetter.faults(code):
        yield f"{code} lacks {page}" if page.endswith(".j2") else page
    if code in SHIPPED:
        return
    try:
        tongue = read(code, templates)
    except ValueError as fault:
        yield f"{code}/{DATA_FILE} cannot be read: {fault}"
        return
    if templates is None or not (templates / code / DATA_FILE).is_file():
        yield f"{code} lacks {code}/{DATA_FILE}, with its names, its command words and {len(WANTED)} sentences"
        return
    shipped = command_words()
    yield from (f"{code}/{DATA_FILE} wants {remark}" for remark in lacks(tongue, WANTED, shipped))
    yield from (f"{code}/{DATA_FILE}: {remark}" for remark in _taken(tongue, shipped))


def _taken(tongue: Tongue, shipped: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Words that would mean two things."""
    owners = {word.casefold(): verb for verb, forms in shipped.items() for word in forms}
    for verb, forms in tongue.commands.items():
        for word in forms:
            owner = owners.setdefault(word.casefold(), verb)
            if owner != verb:
                yield f"[commands] {word} cannot mean {verb}, for it means {owner}"
