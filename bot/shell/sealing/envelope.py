"""The form of a sealed value: which keys it needs, and what they close.

    version (1) | how many keys (2) | their ids (8 each) | nonce (12) | ciphertext and tag

What is sealed under several keys needs every one of them: it is closed under a key derived from all (HKDF, RFC 5869), so it goes with
the first that is destroyed. `where` names the place that a value belongs to; in any other it does not open.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
ID_BYTES = 8
_NONCE_BYTES = 12
_COUNT_BYTES = 2


class Broken(Exception):
    """What is stored is no sealed value, was altered, or belongs to another place."""


def seal(plain: bytes, *, where: str, keys: Mapping[bytes, bytes]) -> bytes:
    """`keys` is id → key, in any order; one at least."""
    ids = sorted(keys)
    head = _VERSION + len(ids).to_bytes(_COUNT_BYTES, "big") + b"".join(ids)
    nonce = os.urandom(_NONCE_BYTES)
    return head + nonce + AESGCM(_joined([keys[one] for one in ids])).encrypt(nonce, plain, head + where.encode("utf-8"))


def key_ids(sealed: bytes) -> tuple[bytes, ...]:
    """The ids of the keys that open it. Raises `Broken` for what was never sealed."""
    start = 1 + _COUNT_BYTES
    count = int.from_bytes(sealed[1:start], "big")
    if sealed[:1] != _VERSION or not count or len(sealed) < start + count * ID_BYTES + _NONCE_BYTES:
        raise Broken("it was never sealed")
    return tuple(sealed[at : at + ID_BYTES] for at in range(start, start + count * ID_BYTES, ID_BYTES))


def unseal(sealed: bytes, *, where: str, keys: Sequence[bytes]) -> bytes:
    """`keys` in the order of `key_ids`."""
    end = 1 + _COUNT_BYTES + len(keys) * ID_BYTES
    try:
        return AESGCM(_joined(keys)).decrypt(
            sealed[end : end + _NONCE_BYTES], sealed[end + _NONCE_BYTES :], sealed[:end] + where.encode("utf-8")
        )
    except InvalidTag:
        raise Broken(f"{where} was altered, or belongs to another place") from None


def _joined(keys: Sequence[bytes]) -> bytes:
    if len(keys) == 1:
        return keys[0]
    return HKDF(SHA256(), 32, salt=None, info=b"firstreply: several keys 1").derive(b"".join(keys))
