"""The master key: made from the operator's secret, it wraps the keys of cases and months and closes nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Master:
    """`mark` tells master keys apart and says nothing about them."""

    mark: str
    key: bytes = field(repr=False)


def master_from(secret: str) -> Master:
    """The same secret gives the same master key (HKDF, RFC 5869), on every machine."""
    given = secret.encode("utf-8")
    return Master(_derived(given, b"firstreply: mark of the master key 1", 6).hex(), _derived(given, b"firstreply: master key 1", 32))


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def wrap(key: bytes, *, name: str, master: Master) -> bytes:
    """`name` is bound to it: a wrapped key does not open under another name."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(master.key).encrypt(nonce, key, name.encode("utf-8"))


def unwrap(wrapped: bytes, *, name: str, master: Master) -> bytes | None:
    """The key; None where this master key, or this name, is not the one it was wrapped with."""
    try:
        return AESGCM(master.key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], name.encode("utf-8"))
    except InvalidTag:
        return None


def _derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret)
