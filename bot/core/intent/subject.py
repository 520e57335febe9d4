"""The Subject: without what mail programs, lists and gateways put in front of it, and the word that brings in a case."""

from __future__ import annotations

import re

from bot.core import words as own
from bot.core.vocabulary import Vocabulary, plain

_REPLY_MARK = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|sv|vs|antw|tr|rif|r|i|odp|pd|enc|res|rv|返信|転送|答复|回复|转发|回信|회신|전달)(?:\[\d+\])?\s*:|(?P<tag>\[[^\]]{1,40}\]))\s*",
    re.IGNORECASE,
)
_HARMLESS_TAG = re.compile(
    r"\[\s*(?:ext(?:ernal)?(?: (?:e-?mail|mail|sender))?|extern|externe|外部(?:メール)?|社外|社外メール|(?:suspected |possible )?(?:spam|junk)|迷惑メール"
    r"|secure|encrypted|caution|bulk|[a-z0-9_.-]{0,30}[:# ]?\s?#?\d{1,10}|#[a-z0-9-]{1,30}|(?:ml|list|ticket|case|ref|id|no)[: .-][a-z0-9_.-]{1,25})\s*\]",
    re.IGNORECASE | re.ASCII,
)
"""[Tags] of lists, ticket systems and gateways. Any other, such as ``[cancelled]``, is a word about what follows it."""
_NEGATING_TAG = re.compile(r"cancel|not?\b|withdr|void|never|don|stop|取", re.IGNORECASE)
_DAMAGED_CODE = re.compile(r"\s*\[[A-Za-z0-9.]{12,60}\]?$")
"""What is left of a code of ours that a mail program broke: it proves nothing, and it must not spoil the command before it."""
_SUBJECT_MARKS_READ = 12


def bare_subject(subject: str) -> str:
    """The Subject without reply and forward marks of many clients, and without the [tags] that lists and gateways put in front.

    >>> bare_subject("Re: 返信: CLAIM JAR-2026-014")
    'CLAIM JAR-2026-014'
    """
    line = _DAMAGED_CODE.sub("", own.fold(subject).strip())
    for _ in range(_SUBJECT_MARKS_READ):
        mark = _REPLY_MARK.match(line)
        if mark is None or (mark["tag"] and (not _HARMLESS_TAG.fullmatch(mark["tag"]) or _NEGATING_TAG.search(mark["tag"]))):
            break
        line = line[mark.end() :]
    return line


def intake_word(subject_line: str, vocabulary: Vocabulary) -> str:
    said = subject_line.casefold()
    for verb in ("new_case", "new_event", "emergency"):
        for form in vocabulary.words.get(verb, ()):
            word = plain(form)
            if said.startswith(word) and not (said[len(word) : len(word) + 1].isalnum() and word[-1].isascii()):
                return verb
    return ""
