"""Changes to bytes as accidents and attackers make them, the same on every machine for the same number.

Given seeds and a number, gives one message. Knows nothing of mail but the pieces of the dictionary.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

LARGEST = 20_000
_MOST_CHANGES = 6


def mutated(number: int, *, seeds: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """The message of this number: a seed with a few changes, some of them taken from another seed."""
    chance = random.Random(number)
    message = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        _change(message, chance, seeds=seeds, pieces=pieces)
    return bytes(message[:LARGEST])


def _change(message: bytearray, chance: random.Random, *, seeds: Sequence[bytes], pieces: Sequence[bytes]) -> None:
    """One of: other bytes, a piece put in, a stretch dropped, repeated, moved, or replaced by one of another message."""
    at = chance.randint(0, len(message))
    end = min(len(message), at + int(chance.expovariate(1 / 40)))
    match chance.randrange(8):
        case 0:
            message[at:end] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
        case 1 | 2 | 3:
            message[at:at] = chance.choice(pieces)
        case 4:
            del message[at:end]
        case 5:
            message[at:at] = message[at:end] * chance.choice((1, 2, 30))
        case 6:
            lines = message.split(b"\n")
            lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
            message[:] = b"\n".join(lines)
        case _:
            other = chance.choice(seeds)
            start = chance.randint(0, len(other))
            message[at:end] = other[start : start + chance.randint(1, 400)]
