"""Templates compiled once a process, however many typesetters are made: compiling takes longer than setting a hundred letters.

Given what bears on the code, gives the place where Jinja finds it again by the template's path and source. Jinja works out at compile time
what filters make of constants, so typesetters share code only where their filters agree. Nothing is written to disk.
"""

from __future__ import annotations

from functools import cache
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class _InMemory(BytecodeCache):
    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


@cache
def compiled(medium: str, case_prefix: str, command_words: frozenset[str]) -> BytecodeCache:
    """The arguments are all that a typesetter's filters differ by."""
    return _InMemory()
