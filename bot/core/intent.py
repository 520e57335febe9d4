"""What the sender wants: whole lines in the command grammar, and nothing else.

Given the Subject and the sender's own words, gives commands in the order in which they stand, and the cases that prose names.
The text comes from strangers. A line acts only if all of it is a command: no guessing, no questions, no negations, no conditions.
Never decides whether a command may be done; that is `decide`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.core import grounds, retractions
from bot.core import words as own
from bot.core.case_ids import (
    MOST_NAMED,
    Named,
    bare_number,
    case_id,
    cases_named,
    listed,
    number_of,
    numbers_claimed,
    numbers_named,
    tokens_of,
)
from bot.core.mail import Arrival
from bot.core.parsing.machines import ends_absent, says_absent
from bot.core.tongue import SHIPPED

MOST_COMMANDS = 20

WITH_CASES = frozenset({"claim", "release", "clear", "conflict", "show", "bulletin", "explain", "close", "withdraw", "reopen", "edit"})
"""Verbs that take case ids: one, or several for a claim."""

WITH_ARGUMENT = frozenset(
    {"pause", "language", "assign", "approve", "remove", "readdress", "send", "round_send", "yes", "no", "join", "limit", "report"}
)
"""Verbs that may be followed by something else; whoever carries the command out reads it."""

WITH_CASE_AND_ADDRESS = frozenset({"release", "assign"})

ONLY_IN_A_CHECK_IN = frozenset({"ok", "done"})
"""Words that answer “how is the case?”; anywhere else they are prose."""
CHECK_IN_ANSWERS = ONLY_IN_A_CHECK_IN | {"help", "release"}

_MAY_FOLLOW = re.compile(r"[a-z0-9]|なし|[一二三四五六七八九十]件|[、,。.]?\s*理由", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", re.ASCII)
_CODE = re.compile(r"[a-z2-7]{16}\.[a-z2-7]{26}", re.IGNORECASE)

_BEFORE_REASON = {"send": _CODE, "round_send": re.compile(rf"^{_MONTH.pattern}", re.ASCII)}
"""What may stand between the word and its reason."""

_WITH_ADDRESS = WITH_CASE_AND_ADDRESS | {"approve", "remove", "readdress", "claim", "explain"}
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_FOR_SOMEBODY = re.compile(r"(?P<ids>.*\S)\s*(?:(?<=\s)for(?=\s)|代理)\s*[:]?\s*(?P<whom>[^\s,;!、。][^,;!、。]{0,79})", re.IGNORECASE)
"""``CLAIM A B FOR Mori Daisuke``, ``受任 A 代理 森 大輔``: a claim in a colleague's name."""

_ADDRESS_AS_LINK = re.compile(r"<?([^\s<>@]+@[^\s<>@]+?)>?(?:\s*<mailto:[^\s<>]*>)?(?=\s|$)", re.IGNORECASE)
"""Mail programs make a link of an address, and write it in the text part as ``a@b <mailto:a@b>`` or ``<a@b>``."""

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
_DECLINES = re.compile(
    r"\b(?:can(?:not|'t|’t| not)|could(?:n't|n’t| not)|won'?t|will not|unable|not able|unfortunately|declin\w*|releas\w*|no longer|withdraw|not take)\b"
    r"|できません|出来ません|できかね|いたしかね|致しかね|辞退|お断り|見送|残念|難しい|無理で|引き受けられ(?!ます|る)",
    re.IGNORECASE,
)
_FORMS = {
    "release": "{id} ito@lawfirm.example",
    "assign": "{id} ito@lawfirm.example",
    "approve": "ito@lawfirm.example",
    "remove": "ito@lawfirm.example",
    "readdress": "ito@lawfirm.example ito@newfirm.example",
    "report": "2026-11",
    "limit": "3",
}
_LONGEST_ECHO = 80
_LEADS_TO_CLAIM = re.compile(r"\bbut\b.*:\s*$", re.IGNORECASE)
_SUBJECT_MARKS_READ = 12
_LONGEST_LINE = 400


@dataclass(frozen=True)
class Vocabulary:
    """Command words by verb (``{"claim": ("CLAIM", "受任", "担当"), …}``) and the prefix of case ids."""

    words: Mapping[str, Sequence[str]]
    prefix: str
    tongues: Mapping[str, str] = field(
        default_factory=lambda: {name.casefold(): one.code for one in SHIPPED.values() for name in one.names}
    )
    """What people call a language, and its code."""

    @cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """(word, verb) with the longest words first, so that 利益相反なし is not read as another word that it begins with."""
        pairs = [(_plain(word), verb) for verb, forms in self.words.items() for word in forms]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def spelt(self) -> dict[str, str]:
        """How an answer writes each word of `spoken`, so that whoever wrote 受任 reads 受任."""
        return {_plain(word): word for forms in self.words.values() for word in forms}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `argument` is what follows the ids, as written; `said` is how the answer names it, in the sender's own word for it."""

    verb: str
    case_id: str | None
    argument: str
    said: str = field(compare=False)
    grounds: str = ""
    """Of an override: the reason given behind it."""

    @property
    def code(self) -> str:
        """Of a SEND from outside its thread: the code of the preview."""
        found = _CODE.match(self.argument)
        return found[0].lower() if found else ""

    @property
    def month(self) -> str:
        """Of a ROUND SEND: the month that it names, "" for none."""
        found = _MONTH.match(self.argument)
        return found[0] if found else ""

    @property
    def why(self) -> str | None:
        """Of a YES, NO or SEND: the reason given with it, "" where the word for it stands alone; None for the bare word."""
        found = grounds.BEHIND_A_WORD.search(self.argument)
        return found["why"].strip() if found else None


@dataclass(frozen=True, slots=True)
class Intent:
    """All that a message asks for. `doubt` says why nothing in it may act."""

    commands: tuple[Command, ...] = ()
    intake: str = ""
    """``new_case``, ``new_event`` or ``emergency`` where the Subject begins with those words."""
    lines: tuple[str, ...] = ()
    """The sender's own words."""
    prose: tuple[str, ...] = ()
    """Those of `lines` that are no command."""
    leading: tuple[Command, ...] = ()
    """The commands of the Subject and of the first of `lines`: what the mail begins with."""
    named: tuple[str, ...] = ()
    """Case ids that the own words mention, whether or not a command names them; the first twenty."""
    names_in_subject_alone: bool = False
    """Whether `named` comes from the Subject and from none of `lines`."""
    declines: bool = False
    """Whether the own words speak of not taking, or of handing back; such words are never taken for an offer."""
    numbers: tuple[int, ...] = ()
    """Bare numbers by which the own words may mean a case, as in "I'd like to take 14": only ever asked about."""
    unsure: Named = field(default_factory=Named)
    """What stands behind the word for a claim and is no id of a claim that is carried out: asked about too, and before all else."""
    dropped: int = 0
    """How many commands stood beyond the first twenty."""
    doubt: str = ""


def understand(arrival: Arrival, vocabulary: Vocabulary, *, subject: str, quoted: Iterable[str] = (), marker: str = "") -> Intent:
    """Read one message. `subject` is its Subject without our codes; `quoted` the lines of the letters of ours that it answers."""
    spoken = own.own_words(
        arrival.text, arrival.html, quoted=quoted, marker=marker, command_like=lambda line: bool(read_line(line, vocabulary))
    )
    subject_line = bare_subject(subject)
    lines = (subject_line, *spoken.lines)
    read = [_outside_check_ins(line, vocabulary) for line in lines]
    found = _without_echoes(command for commands in read for command in commands)
    intake = _intake_word(subject_line, vocabulary)
    return Intent(
        commands=found[:MOST_COMMANDS],
        intake=intake,
        lines=spoken.lines,
        prose=tuple(line for line, commands in zip(spoken.lines, read[1:], strict=True) if not commands),
        leading=tuple(command for commands in read[:2] for command in commands),
        named=cases_named(lines, vocabulary.prefix),
        names_in_subject_alone=not cases_named(spoken.lines, vocabulary.prefix),
        declines=any(_DECLINES.search(own.fold(line[:_LONGEST_LINE])) for line in lines),
        numbers=numbers_named(lines),
        unsure=_unsure(lines, read, vocabulary),
        dropped=max(0, len(found) - MOST_COMMANDS),
        doubt=spoken.doubt or ("" if intake else _doubt(spoken.lines, read)),
    )


def _doubt(lines: Sequence[str], read: Sequence[tuple[Command, ...]]) -> str:
    """A claim in the note of somebody who is away may come from a program, unless the note itself leads to it: “…, but this one is for me:”."""
    is_claim = any(command.verb == "claim" for commands in read for command in commands)
    is_led_to = any(_LEADS_TO_CLAIM.search(own.fold(line[:_LONGEST_LINE])) for line in lines)
    if is_claim and not is_led_to and (says_absent(lines) or ends_absent(lines)):
        return "a claim stands in a note of absence"
    if any(commands and commands[0].verb in grounds.MAY_HAVE_GROUNDS for commands in read) and not is_claim:
        lines = ["" if grounds.is_line(line) else line for line in lines]  # why, and no part of the sentence with the command
    return retractions.doubt(read[0], lines, read[1:])


def _without_echoes(commands: Iterable[Command]) -> tuple[Command, ...]:
    """A command said twice is done once, unless another about the same case (or, where they name none, any such) stands between."""
    kept: list[Command] = []
    last: dict[str | None, Command] = {}
    for command in commands:
        if last.get(command.case_id) != command:
            kept.append(command)
            last[command.case_id] = command
    return tuple(kept)


def misspelt(lines: Iterable[str], vocabulary: Vocabulary, verbs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(line, the form that would work) of each line that begins with the word of one of these verbs and is no command.

    >>> misspelt(["CLOSE 2026-14 please"], Vocabulary({"close": ("CLOSE",)}, "JAR"), ["close"])
    (('CLOSE 2026-14 please', 'CLOSE JAR-2026-014'),)
    """
    wanted = frozenset(verbs)
    found: dict[str, str] = {}
    for line in lines:
        text = own.fold(line[:_LONGEST_LINE]).strip()
        word, verb = next(((word, verb) for word, verb in vocabulary.spoken if verb in wanted and _after(text, word) is not None), ("", ""))
        if verb and not read_line(line, vocabulary):
            example = next(iter(cases_named([text], vocabulary.prefix)), f"{vocabulary.prefix}-2026-014")
            form = _FORMS.get(verb, "{id}" if verb in WITH_CASES else "").format(id=example)
            found[text[:_LONGEST_ECHO]] = f"{vocabulary.spelt[word]} {form}".strip()
    return tuple(found.items())[:MOST_COMMANDS]


def grounds_of(command: Command, lines: Sequence[str], vocabulary: Vocabulary) -> str:
    """The reason given with an override: behind it, else in the next line below it that gives one; "" for none."""
    place = next((number for number, line in enumerate(lines) if command in read_line(line, vocabulary)), -1)
    return grounds.kept(command.grounds or grounds.line_in(lines[place + 1 :]))


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


def _outside_check_ins(line: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    return tuple(command for command in read_line(line, vocabulary) if command.verb not in ONLY_IN_A_CHECK_IN)


def read_line(line: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    """The commands of one line; empty unless the whole line is in the grammar.

    A final full stop is ignored, a question mark anywhere never acts. ``CLAIM A B`` is two commands.
    """
    text = re.sub(r" +", " ", own.fold(line)).strip() if len(line) <= _LONGEST_LINE else ""
    if not text or "?" in text:
        return ()
    text = text[:-1].rstrip() if text[-1] in ".。" else text
    lowered = text.casefold()
    for word, verb in vocabulary.spoken:
        rest = _after(text, word) if lowered.startswith(word) else None
        if rest is not None:
            read = _with_rest(verb, rest, word, vocabulary)
            if read:
                return read
    return ()


def check_in_answer(lines: Iterable[str], case: str, vocabulary: Vocabulary) -> Command | None:
    """The first line that as a whole is one of the words a check-in asks for; a bare RELEASE means its case.

    A line that names a case is a command of its own, not an answer.
    """
    for line, verb in bare_words(lines, CHECK_IN_ANSWERS, vocabulary).items():
        about = case if verb == "release" else None
        return Command(verb, about, "", f"{vocabulary.spelt[word_alone(line)]} {about or ''}".strip())
    return None


def bare_words(lines: Iterable[str], verbs: frozenset[str], vocabulary: Vocabulary) -> dict[str, str]:
    """The lines that as a whole are a word for one of these verbs, and its verb, in the order in which they stand."""
    words = {word: verb for word, verb in vocabulary.spoken if verb in verbs}
    return {line: words[said] for line in lines if (said := word_alone(line)) in words}


def _with_rest(verb: str, rest: str, spoken: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    word = vocabulary.spelt[spoken]
    rest, why = grounds.parted(rest) if verb in grounds.MAY_HAVE_GROUNDS else (rest, "")
    if verb in _WITH_ADDRESS:
        rest = _ADDRESS_AS_LINK.sub(r"\1", rest)
    if verb == "explain" and _ADDRESS.fullmatch(rest):
        return (Command(verb, None, rest, f"{word} {rest}"),)
    if verb == "claim":
        return _claims(rest, word, vocabulary)
    if verb in WITH_CASES or verb in WITH_CASE_AND_ADDRESS:
        tokens = [token for token in re.split(r"[ ,、]+", rest) if token]
        address = tokens.pop() if verb in WITH_CASE_AND_ADDRESS and len(tokens) == 2 and "@" in tokens[-1] else ""
        if verb == "show" and len(tokens) == 1 and bare_number(tokens[0]) is not None:
            return (Command(verb, None, tokens[0], f"{word} {tokens[0]}"),)
        one = case_id(tokens[0], vocabulary.prefix) if len(tokens) == 1 else None
        if one is None or (verb == "assign" and not address):
            return ()
        if verb == "release" and why and not address:
            return ()  # a lawyer's own words: a person is to read them
        return (Command(verb, one, address, f"{word} {one} {address}".rstrip(), why),)
    if rest and verb not in WITH_ARGUMENT:
        return ()
    return (Command(verb, None, rest, f"{word} {rest}".strip(), why),) if not rest or _is_fit_argument(verb, rest, vocabulary) else ()


def _claims(rest: str, word: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    """One for each id. What else stands in the list may only be numbers and slips of ids, and is left to `_unsure`: a slip costs no other case."""
    ids, whom = _for_whom(rest)
    named = listed(tokens_of(ids), vocabulary.prefix)
    said = f" {'FOR' if word.isascii() else '代理'} {whom}" if whom else ""
    return tuple(Command("claim", one, whom, f"{word} {one}{said}") for one in named.ids) if named else ()


def _for_whom(rest: str) -> tuple[str, str]:
    """The list of a claim, and in whose name it is; "" for the sender's own."""
    found = _FOR_SOMEBODY.fullmatch(rest)
    return (found["ids"], found["whom"].strip()) if found else (rest, "")


def _unsure(lines: Sequence[str], read: Sequence[tuple[Command, ...]], vocabulary: Vocabulary) -> Named:
    """What the lines that begin with the word for a claim name beside the cases that they claim: to be asked about, or told as unknown.

    Nothing of a line that declines, and no number of a claim in somebody's name: a YES would make it the sender's own.
    """
    claimed = {command.case_id for commands in read for command in commands if command.verb == "claim" and command.case_id}
    found = [_unsure_in(line, commands, vocabulary) for line, commands in zip(lines, read, strict=True)]
    known = {number_of(one) for one in claimed}
    return Named(
        tuple(dict.fromkeys(one for named in found for one in named.ids if one not in claimed))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.numbers if one not in known))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.slips))[:MOST_NAMED],
    )


def _unsure_in(line: str, commands: tuple[Command, ...], vocabulary: Vocabulary) -> Named:
    text = own.fold(line[:_LONGEST_LINE]).strip()
    words = (word for word, verb in vocabulary.spoken if verb == "claim")
    rest = next((behind for word in words if (behind := _after(text, word)) is not None), None)
    if rest is None or any(command.verb != "claim" for command in commands):
        return Named()
    ids, whom = _for_whom(rest.rstrip(".。 "))
    if commands:
        tokens = tokens_of(ids)
        named = listed(tokens, vocabulary.prefix) or Named()
        return Named(slips=tuple(one for one in tokens if case_id(one, vocabulary.prefix) is None)) if whom else replace(named, ids=())
    if whom or _DECLINES.search(text):
        return Named()
    return Named(cases_named([text], vocabulary.prefix), tuple(dict.fromkeys((*numbers_named([text]), *numbers_claimed(rest)))))


def _is_fit_argument(verb: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Prose that happens to begin with a command word is no command: only forms that somebody can carry out pass."""
    if verb in ("approve", "remove"):
        return _ADDRESS.fullmatch(rest) is not None
    if verb == "readdress":
        return len(words := rest.split()) == 2 and all(_ADDRESS.fullmatch(word) for word in words)
    if verb in ("yes", "no", "send", "round_send"):
        bare = _BEFORE_REASON[verb].sub("", rest, count=1).strip() if verb in _BEFORE_REASON else rest
        return not bare or grounds.BEHIND_A_WORD.match(bare) is not None
    if verb == "language":
        return re.fullmatch(r"[a-z]{2,3}", rest, re.IGNORECASE) is not None or rest.casefold() in vocabulary.tongues
    if verb == "limit":
        return limit_in(rest) is not None
    if verb == "report":
        return _MONTH.fullmatch(rest) is not None
    if verb == "pause":
        return re.match(r"until\b|まで|[\d令]|\S{1,12}まで$", rest, re.IGNORECASE) is not None and len(rest) <= 40
    return False


def limit_in(argument: str) -> int | None:
    """The number that ``LIMIT 3``, ``LIMIT three``, ``上限3件``, ``上限 三件`` or ``LIMIT none`` sets, 0 for none; None where it is no such thing."""
    if re.fullmatch(r"none|no limit|off|なし|無し|無制限|解除", argument, re.IGNORECASE):
        return 0
    number = re.fullmatch(r"(\d{1,2}|[a-z]{3,5}|[一二三四五六七八九十])\s*(?:件|cases?)?", argument, re.IGNORECASE | re.ASCII)
    if number is None:
        return None
    return int(number[1]) if number[1].isdigit() else _IN_WORDS.get(number[1].casefold())


_IN_WORDS = {
    word: number
    for words in ("one two three four five six seven eight nine ten".split(), "一二三四五六七八九十")
    for number, word in enumerate(words, start=1)
}


def _after(text: str, word: str) -> str | None:
    """What follows a command word at the start of a line; None where the word is not there as a word of its own.

    Japanese is written without spaces, so an id, 理由 or なし may follow a Japanese word directly; a Latin word must end where it ends.
    """
    if not text.casefold().startswith(word):
        return None
    rest = text[len(word) :]
    if rest and not rest.startswith(" ") and (word[-1].isascii() or not _MAY_FOLLOW.match(rest)):
        return None
    return rest.strip()


def _intake_word(subject_line: str, vocabulary: Vocabulary) -> str:
    for verb in ("new_case", "new_event", "emergency"):
        for form in vocabulary.words.get(verb, ()):
            word = _plain(form)
            rest = subject_line.casefold()[len(word) :]
            if subject_line.casefold().startswith(word) and not (rest[:1].isalnum() and word[-1].isascii()):
                return verb
    return ""


def word_alone(line: str) -> str:
    """A line as the words of `Vocabulary.spoken` are written, without its full stop."""
    return _plain(line).rstrip(".。").rstrip()


def _plain(word: str) -> str:
    return own.fold(word).strip().casefold()
