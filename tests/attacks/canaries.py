"""The scanner for what must not be there: a text in every dress that bytes on disk may wear (ATTACKS (h) 7).

Given bytes, or a whole database, gives which canaries it shows and how: plain, UTF-16, base64 at its three alignments, quoted-printable,
ISO-2022-JP, percent-encoded, each also inside whatever was packed with gzip or deflate.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from quopri import encodestring
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier

from tests.attacks.desk import CANARIES

_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def forms(canary: str) -> dict[str, bytes]:
    plain = canary.encode()
    found = {
        "plain": plain,
        "UTF-16": canary.encode("utf-16-le"),
        "UTF-16, big end first": canary.encode("utf-16-be"),
        "quoted-printable": encodestring(plain, quotetabs=False).strip(),
        "percent": quote(canary).encode(),
        "JSON": canary.encode("ascii", "backslashreplace"),
        "hexadecimal": plain.hex().encode(),
    }
    if not canary.isascii():
        found["ISO-2022-JP"] = canary.replace(" ", "").encode("iso2022_jp")[3:-3]
    for shift in range(3):
        coded = b64encode(bytes(shift) + plain).rstrip(b"=")
        found[f"base64 at {shift}"] = coded[(0, 2, 3)[shift] : len(coded) - bool((shift + len(plain)) % 3)]
    return found


def shown(content: bytes, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    """What stands in these bytes, such as “QZX CANARY NAME as base64 at 1”."""
    layers = [layer for one in (content, *_unpacked(content)) for layer in (one, re.sub(rb"=?\r?\n", b"", one))]
    return [f"{canary} as {name}" for canary in canaries for name, form in forms(canary).items() if any(form in layer for layer in layers)]


def shown_in_files(folder: Path, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    return [f"{path.name}: {what}" for path in sorted(folder.rglob("*")) if path.is_file() for what in shown(path.read_bytes(), canaries)]


def shown_in_server(url: str, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    """In any column of any table of a PostgreSQL database."""
    return [f"{table}: {what}" for table, content in _tables(url) for what in shown(content, canaries)]


def shown_at_rest(url: str, folder: Path, canaries: tuple[str, ...] = CANARIES) -> list[str]:
    """In the files of SQLite, with its log and its key store; or in the server's tables, and in no file."""
    server = [] if url.startswith("sqlite") else shown_in_server(url, canaries)
    return [*server, *shown_in_files(folder, canaries)]


def _tables(url: str) -> Iterator[tuple[str, bytes]]:
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        names = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('public', 'firstreply_keys')"
        ).fetchall()
        for schema, name in names:
            rows = connection.execute(SQL("SELECT * FROM {}").format(Identifier(schema, name))).fetchall()
            values = [value for row in rows for value in row]
            yield name, b"\n".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in values)


def _unpacked(content: bytes) -> Iterator[bytes]:
    for start in (match.start() for match in _PACKED.finditer(content)):
        unpacking = zlib.decompressobj(wbits=47)
        try:
            yield unpacking.decompress(content[start : start + 1_000_000], 10_000_000)
        except zlib.error:
            continue
