"""What the sender wants: whole lines in the command grammar, and nothing else.

Given the Subject and the sender's own words, gives commands in the order in which they stand, and the cases that prose names.
The text comes from strangers. A line acts only if all of it is a command: no guessing, no questions, no negations, no conditions.
Never decides whether a command may be done; that is `decide`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core import words as own
from bot.core.mail import Arrival

MOST_COMMANDS = 20

WITH_CASES = frozenset({"claim", "release", "clear", "conflict", "show", "bulletin", "explain", "close", "withdraw", "reopen", "edit"})
"""Verbs that take case ids: one, or several for a claim."""

WITH_ARGUMENT = frozenset({"pause", "language", "assign", "approve", "remove", "send", "yes", "join", "limit", "report"})
"""Verbs that may be followed by something else; whoever carries the command out reads it."""

WITH_CASE_AND_ADDRESS = frozenset({"release", "assign"})

ONLY_IN_A_CHECK_IN = frozenset({"ok", "done"})
"""Words that answer “how is the case?”; anywhere else they are prose."""
CHECK_IN_ANSWERS = ONLY_IN_A_CHECK_IN | {"help", "release"}

_WITH_ADDRESS = WITH_CASE_AND_ADDRESS | {"approve", "remove"}
_ADDRESS_AS_LINK = re.compile(r"<?([^\s<>@]+@[^\s<>@]+?)>?(?:\s*<mailto:[^\s<>]*>)?(?=\s|$)", re.IGNORECASE)
"""Mail programs make a link of an address, and write it in the text part as ``a@b <mailto:a@b>`` or ``<a@b>``."""

_REPLY_MARK = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|sv|vs|antw|tr|rif|r|i|odp|pd|enc|res|rv|返信|転送|答复|回复|转发|回信|회신|전달)(?:\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*",
    re.IGNORECASE,
)
_DAMAGED_CODE = re.compile(r"\s*\[[A-Za-z0-9.]{12,60}\]?$")
"""What is left of a code of ours that a mail program broke: it proves nothing, and it must not spoil the command before it."""
_SUBJECT_MARKS_READ = 12
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Vocabulary:
    """Command words by verb (``{"claim": ("CLAIM", "受任", "担当"), …}``) and the prefix of case ids."""

    words: Mapping[str, Sequence[str]]
    prefix: str

    @cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """(word, verb) with the longest words first, so that 利益相反なし is not read as another word that it begins with."""
        pairs = [(_plain(word), verb) for verb, forms in self.words.items() for word in forms]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `argument` is what follows the ids, as written; `said` is how the answer names it."""

    verb: str
    case_id: str | None
    argument: str
    said: str


@dataclass(frozen=True, slots=True)
class Intent:
    """All that a message asks for. `doubt` says why nothing in it may act."""

    commands: tuple[Command, ...] = ()
    intake: str = ""
    """``new_case`` or ``emergency`` where the Subject begins with those words."""
    lines: tuple[str, ...] = ()
    """The sender's own words."""
    named: tuple[str, ...] = ()
    """Case ids that the own words mention, whether or not a command names them."""
    dropped: int = 0
    """How many commands stood beyond the first twenty."""
    doubt: str = ""


def understand(arrival: Arrival, vocabulary: Vocabulary, *, subject: str, quoted: Iterable[str] = (), marker: str = "") -> Intent:
    """Read one message. `subject` is its Subject without our codes; `quoted` the lines of the letters of ours that it answers."""
    spoken = own.own_words(
        arrival.text, arrival.html, quoted=quoted, marker=marker, command_like=lambda line: bool(read_line(line, vocabulary))
    )
    subject_line = bare_subject(subject)
    found: list[Command] = []
    for line in (subject_line, *spoken.lines):
        read = (command for command in read_line(line, vocabulary) if command.verb not in ONLY_IN_A_CHECK_IN)
        found.extend(command for command in read if command not in found)
    return Intent(
        commands=tuple(found[:MOST_COMMANDS]),
        intake=_intake_word(subject_line, vocabulary),
        lines=spoken.lines,
        named=_cases_named((subject_line, *spoken.lines), vocabulary.prefix),
        dropped=max(0, len(found) - MOST_COMMANDS),
        doubt=spoken.doubt,
    )


def bare_subject(subject: str) -> str:
    """The Subject without reply and forward marks of many clients, and without [tags] that gateways put in front.

    >>> bare_subject("Re: 返信: CLAIM JAR-2026-014")
    'CLAIM JAR-2026-014'
    """
    line = _DAMAGED_CODE.sub("", own.fold(subject).strip())
    for _ in range(_SUBJECT_MARKS_READ):
        shorter = _REPLY_MARK.sub("", line, count=1)
        if shorter == line:
            break
        line = shorter
    return line


def read_line(line: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    """The commands of one line; empty unless the whole line is in the grammar.

    A final full stop is ignored, a question mark anywhere never acts. ``CLAIM A B`` is two commands.
    """
    text = own.fold(line).strip() if len(line) <= _LONGEST_LINE else ""
    if not text or "?" in text:
        return ()
    text = text[:-1].rstrip() if text[-1] in ".。" else text
    for word, verb in vocabulary.spoken:
        rest = _after(text, word)
        if rest is not None:
            read = _with_rest(verb, rest, vocabulary)
            if read:
                return read
    return ()


def check_in_answer(lines: Iterable[str], case: str, vocabulary: Vocabulary) -> Command | None:
    """The first line that as a whole is one of the words a check-in asks for; a bare RELEASE means its case.

    A line that names a case is a command of its own, not an answer.
    """
    words = {word: verb for word, verb in vocabulary.spoken if verb in CHECK_IN_ANSWERS}
    for line in lines:
        said = _plain(line).rstrip(".。").rstrip()
        verb = words.get(said)
        if verb is not None:
            about = case if verb == "release" else None
            return Command(verb, about, "", f"{vocabulary.words[verb][0]} {about or ''}".strip())
    return None


def case_id(token: str, prefix: str) -> str | None:
    """The canonical form of a case id as people write it: any case, missing zeros, missing prefix; None for anything else.

    >>> case_id("2026-14", "JAR"), case_id("jar-2026-0014", "JAR"), case_id("XJAR-2026-014", "JAR")
    ('JAR-2026-014', None, None)
    """
    match = re.fullmatch(rf"(?:{re.escape(prefix)}-?)?(\d{{4}})-(\d{{1,6}})", token, re.IGNORECASE | re.ASCII)
    if not match:
        return None
    year, digits = match.groups()
    canonical = f"{int(digits):03d}"
    return f"{prefix}-{year}-{canonical}" if len(digits) <= len(canonical) else None


def _with_rest(verb: str, rest: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    word = vocabulary.words[verb][0]
    if verb in _WITH_ADDRESS:
        rest = _ADDRESS_AS_LINK.sub(r"\1", rest)
    if verb in WITH_CASES or verb in WITH_CASE_AND_ADDRESS:
        tokens = [token for token in re.split(r"[ ,、]+", rest) if token]
        address = tokens.pop() if verb in WITH_CASE_AND_ADDRESS and len(tokens) == 2 and "@" in tokens[-1] else ""
        ids = [case_id(token, vocabulary.prefix) for token in tokens]
        if not ids or None in ids or (len(ids) > 1 and verb != "claim") or (verb == "assign" and not address):
            return ()
        return tuple(Command(verb, one, address, f"{word} {one}{' ' + address if address else ''}") for one in ids)
    if rest and verb not in WITH_ARGUMENT:
        return ()
    return (Command(verb, None, rest, f"{word} {rest}".strip()),) if not rest or _is_fit_argument(verb, rest) else ()


def _is_fit_argument(verb: str, rest: str) -> bool:
    """Prose that happens to begin with a command word is no command: only forms that somebody can carry out pass."""
    if verb in ("approve", "remove"):
        return re.fullmatch(r"[^\s@]+@[^\s@]+", rest) is not None
    if verb == "send":
        return re.fullmatch(r"[a-z2-7]{16}\.[a-z2-7]{26}", rest, re.IGNORECASE) is not None
    if verb == "language":
        return re.fullmatch(r"[a-z]{2}|日本語|英語|japanese|english", rest, re.IGNORECASE) is not None
    if verb == "report":
        return re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", rest) is not None
    if verb == "pause":
        return re.match(r"until\b|まで|[\d令]", rest, re.IGNORECASE) is not None and len(rest) <= 40
    return False


def _after(text: str, word: str) -> str | None:
    """What follows a command word at the start of a line; None where the word is not there as a word of its own.

    Japanese is written without spaces, so an id may follow a Japanese word directly; a Latin word must end where it ends.
    """
    if not text.casefold().startswith(word):
        return None
    rest = text[len(word) :]
    if rest and not rest.startswith(" ") and (word[-1].isascii() or not re.match(r"[a-z0-9]", rest, re.IGNORECASE)):
        return None
    return rest.strip()


def _intake_word(subject_line: str, vocabulary: Vocabulary) -> str:
    for verb in ("new_case", "emergency"):
        for form in vocabulary.words.get(verb, ()):
            word = _plain(form)
            rest = subject_line.casefold()[len(word) :]
            if subject_line.casefold().startswith(word) and not (rest[:1].isalnum() and word[-1].isascii()):
                return verb
    return ""


def _cases_named(lines: Iterable[str], prefix: str) -> tuple[str, ...]:
    named: dict[str, None] = {}
    pattern = re.compile(rf"(?<![A-Za-z0-9-])(?:{re.escape(prefix)}-?)?\d{{4}}-\d{{1,6}}(?![A-Za-z0-9-])", re.IGNORECASE | re.ASCII)
    for line in lines:
        for match in pattern.finditer(own.fold(line[:_LONGEST_LINE])):
            one = case_id(match.group(), prefix)
            if one:
                named.setdefault(one)
    return tuple(named)


def _plain(word: str) -> str:
    return own.fold(word).strip().casefold()
