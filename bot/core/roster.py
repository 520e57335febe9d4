"""A row of the roster's table becomes a member's entry, or a list of all that is wrong with it.

Given rows with their line numbers, the organisation's languages and the bot's own address; gives entries, or every fault of every row.
The table comes from outside: an address in look-alike letters is refused, never mended, for it is another person's address.
Never touches who is already on file; the ledger knows that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import eligibility
from bot.core.addresses import DOMAIN, LOCAL_PART, LONGEST_ADDRESS
from bot.core.faults import fault_sentence
from bot.core.fields import by_column, heading_faults, name_key, plain, tidy_line
from bot.core.mail import canonical
from bot.core.model import Fault, Profile

__all__ = ["COLUMNS", "Entry", "RosterReading", "columns_faults", "fault_sentence", "from_rows"]

COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("e-mail address", "mail", "address", "メールアドレス", "メール", "Eメール", "アドレス")),
    ("name", ("full name", "氏名", "名前", "お名前", "弁護士名")),
    ("firm", ("law firm", "organisation", "organization", "事務所", "事務所名", "所属", "所属事務所")),
    ("language", ("言語", "使用言語")),
    ("roles", ("role", "役割", "資格")),
    ("aliases", ("alias", "other addresses", "別アドレス", "別のアドレス", "他のアドレス", "別名")),
    ("capacity", ("capacities", "legal capacity", "kind of legal personnel", "資格区分", "資格の種類", "職種")),
    ("languages", ("spoken languages", "languages spoken", "話せる言語", "対応言語", "対応可能言語")),
    ("gender", ("sex", "性別")),
    ("region", ("area", "地域", "活動地域", "対応地域")),
)
"""Each column and the other names that its heading may have, in any case and width."""

_NAMES = {name_key(form): key for key, others in COLUMNS for form in (key, *others)}
_REQUIRED = ("email", "name")
_LONGEST_TEXT = 200
_LANGUAGE_NAMES = {"日本語": "ja", "和文": "ja", "japanese": "ja", "jp": "ja", "英語": "en", "英文": "en", "english": "en"}

_MACHINE = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|hostmaster|abuse|bounces?)(?:[-+=._].*)?", re.IGNORECASE)
"""Role addresses (RFC 2142) and their kin that nobody answers from. info@ and the like are many a small office's only address."""
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the table has it. Addresses are canonical."""

    email: str
    name: str
    firm: str
    language: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True, slots=True)
class RosterReading:
    """All rows or none: `entries` is empty where there is a fault. `read` has every row as far as it could be read, in any case."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    read: tuple[Entry, ...] = ()


def columns(header: Iterable[str]) -> frozenset[str]:
    """The facts that a table has a column for; what it has none for is left as it is on the roster."""
    return frozenset(_NAMES[key] for heading in header if (key := name_key(heading)) in _NAMES)


def columns_faults(header: Iterable[str]) -> tuple[Fault, ...]:
    """Columns that are unknown, there twice under two names, or missing."""
    return heading_faults(header, _NAMES, required=_REQUIRED)


def from_rows(rows: Sequence[tuple[int, Mapping[str, str]]], *, languages: Sequence[str], bot_address: str) -> RosterReading:
    """Every row, in order. `languages` are the organisation's, the default first."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    first_lines: dict[str, int] = {}
    for line, row in rows:
        cells = by_column(row, _NAMES)
        entry = _entry(cells, languages)
        wrong = (*_row_faults(cells, languages), *_address_faults(entry, line, first_lines, bot_address))
        faults.extend(Fault(f"line {line}, {fault.where}", fault.value, fault.sentence) for fault in wrong)
        entries.append(entry)
    return RosterReading(() if faults else tuple(entries), tuple(faults), tuple(entries))


def _entry(cells: Mapping[str, str], languages: Sequence[str]) -> Entry:
    email = _comparable(_typed_address(cells.get("email", "")))
    aliases = dict.fromkeys(_comparable(one) for one in _typed_aliases(cells.get("aliases", "")))
    roles = (tidy_line(role) for role in re.split(r"[;；,、\n]", cells.get("roles", "")))
    return Entry(
        email=email,
        name=tidy_line(cells.get("name", "")),
        firm=tidy_line(cells.get("firm", "")),
        language=_language(cells.get("language", ""), languages),
        roles=tuple(dict.fromkeys(role for role in roles if role)),
        aliases=tuple(one for one in aliases if one != email),
        profile=Profile(
            capacity=eligibility.kept_capacities(cells.get("capacity", "")),
            languages=tuple(eligibility.parts(cells.get("languages", ""))),
            gender=eligibility.gender(cells.get("gender", "")) or "",
            region=tidy_line(cells.get("region", "")),
        ),
    )


def _row_faults(cells: Mapping[str, str], languages: Sequence[str]) -> Iterator[Fault]:
    """What is wrong with a row by itself."""
    for key in _REQUIRED:
        if not tidy_line(cells.get(key, "")):
            yield Fault(key, "", "missing")
    for key in ("name", "firm", "roles", "capacity", "languages", "region"):
        value = tidy_line(cells.get(key, ""))
        if len(value) > _LONGEST_TEXT:
            yield Fault(key, value, f"too_long:{_LONGEST_TEXT}")
        if "\ufffd" in value:
            yield Fault(key, value, "unreadable_characters")
    if eligibility.gender(gender := cells.get("gender", "")) is None:
        yield Fault("gender", gender, "gender_unknown")
    typed = [("email", _typed_address(cells.get("email", ""))), *(("aliases", one) for one in _typed_aliases(cells.get("aliases", "")))]
    for key, address in typed:
        if address and (wrong := address_fault(address)):
            yield Fault(key, address, wrong)
    language = cells.get("language", "")
    if _language(language, languages) not in languages:
        yield Fault("language", language, f"language_unknown:{', '.join(languages)}")


def _address_faults(entry: Entry, line: int, first_lines: dict[str, int], bot_address: str) -> Iterator[Fault]:
    """What is wrong with a row's addresses beside the rows before it, whose lines are in `first_lines`."""
    for key, address in (("email", entry.email), *(("aliases", one) for one in entry.aliases)):
        if address == canonical(bot_address):
            yield Fault(key, address, "address_of_bot")
        elif address in first_lines:
            yield Fault(key, address, f"address_twice:{first_lines[address]}")
        elif address:
            first_lines[address] = line


def _typed_address(cell: str) -> str:
    """Full-width ASCII typed through a Japanese keyboard is ASCII; letters of other scripts stay what they are."""
    return tidy_line(cell).translate(_FULL_WIDTH)


def _typed_aliases(cell: str) -> tuple[str, ...]:
    return tuple(typed for one in re.split(r"[;,、\s]+", cell.translate(_FULL_WIDTH)) if (typed := _typed_address(one)))


def _comparable(address: str) -> str:
    return canonical(address) if "@" in address else address


def address_fault(address: str) -> str:
    """The word for what is wrong with an address, "" where it can stand on the roster and be written to."""
    strange = next((letter for letter in address if not letter.isascii()), "")
    if strange:
        return f"address_not_ascii:{strange} ({unicodedata.name(strange, 'unnamed').capitalize()})"
    local, at, domain = address.rpartition("@")
    fits = at and len(address) <= LONGEST_ADDRESS and LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(domain)
    if not fits:
        return "address_invalid"
    return "address_of_machine" if _MACHINE.fullmatch(local) else ""


def _language(cell: str, languages: Sequence[str]) -> str:
    """The code of a language as people name it; the first of ours where the cell is empty."""
    word = plain(cell)
    return _LANGUAGE_NAMES.get(word, word) if word else languages[0]
