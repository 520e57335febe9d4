"""Own words: bytes of any charset become text, and text is freed of everything that somebody else wrote.

Given bytes, a raw header field or a message's two bodies; gives text, or the lines that the sender wrote.
Reads whatever strangers send, in linear time, and never raises.
Never decides what a line means, and where it cannot tell who wrote a line, it says so instead of guessing.
"""

from bot.core.words.broken import REASON_LABEL
from bot.core.words.charsets import decode_bytes
from bot.core.words.folding import clean, fold
from bot.core.words.headers import decode_header
from bot.core.words.own import OwnWords, own_words

__all__ = ["REASON_LABEL", "OwnWords", "clean", "decode_bytes", "decode_header", "fold", "own_words"]
