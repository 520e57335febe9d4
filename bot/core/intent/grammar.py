"""One line, and the commands that it is: the whole line, or nothing.

No guessing, no questions, no negations: what only looks like a command is prose, and is asked about elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core import dates, grounds
from bot.core import words as own
from bot.core.case_ids import bare_number, case_id, listed, tokens_of
from bot.core.intent.command import CHECK_IN_ANSWERS, CODE, MONTH, NEVER_ALONE, WITH_ARGUMENT, WITH_CASE_AND_ADDRESS, WITH_CASES, Command
from bot.core.vocabulary import LONGEST_LINE, Vocabulary, after, bare_words, word_alone
from bot.core.words.numerals import in_digits

_BEFORE_REASON = {"send": CODE, "round_send": re.compile(rf"^{MONTH.pattern}", re.ASCII)}
"""What may stand between the word and its reason."""

_BLANKS = re.compile("  +")
_WITH_ADDRESS = WITH_CASE_AND_ADDRESS | {"approve", "remove", "readdress", "claim", "explain"}
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_FOR_SOMEBODY = re.compile(r"(?P<ids>.*\S)\s*(?:(?<=\s)for(?=\s)|代理)\s*[:]?\s*(?P<whom>[^\s,;!、。][^,;!、。]{0,79})", re.IGNORECASE)
"""``CLAIM A B FOR Mori Daisuke``, ``受任 A 代理 森 大輔``: a claim in a colleague's name."""

_ADDRESS_AS_LINK = re.compile(r"<?([^\s<>@]+@[^\s<>@]+?)>?(?:\s*<mailto:[^\s<>]*>)?(?=\s|$)", re.IGNORECASE)
"""Mail programs make a link of an address, and write it in the text part as ``a@b <mailto:a@b>`` or ``<a@b>``."""


_UNTIL_FIRST = re.compile(
    r"(.{1,30}?)まで(?:の間)?[、,]? ?(?:配信を|(?:ご)?案内を|しばらく)?休止(?:(?:いた)?します|したいです|を?(?:希望|お願い)(?:いた)?します)?"
)
"""「1月10日まで休止します」, as Japanese puts it. 「裁判所は1月10日まで休止します」 tells of somebody else, and 「再開とお書きになるまで休止します」 is in a letter of ours."""


def read_line(line: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    """The commands of one line; empty unless the whole line is in the grammar.

    A final full stop is ignored, a question mark anywhere never acts. ``CLAIM A B`` is two commands.
    """
    text = _BLANKS.sub(" ", own.fold(line)).strip() if len(line) <= LONGEST_LINE else ""
    if not text or "?" in text:
        return ()
    text = text[:-1].rstrip() if text[-1] in ".。" else text
    if "休止" in text and (until := _UNTIL_FIRST.fullmatch(text)) and dates.is_time_alone(until[1]):
        text = f"休止 {until[1]}まで"
    lowered = text.casefold()
    if not lowered.startswith(vocabulary.beginnings):
        return ()
    for word, verb in vocabulary.spoken:
        rest = after(text, word) if lowered.startswith(word) else None
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
    if verb not in WITH_ARGUMENT if rest else verb in NEVER_ALONE:
        return ()
    return (Command(verb, None, rest, f"{word} {rest}".strip(), why),) if not rest or _is_fit_argument(verb, rest, vocabulary) else ()


def _claims(rest: str, word: str, vocabulary: Vocabulary) -> tuple[Command, ...]:
    """One for each id. What else stands in the list may only be numbers and slips of ids, and is left to `unsure`: a slip costs no other case."""
    ids, whom = for_whom(rest)
    named = listed(tokens_of(ids), vocabulary.prefix)
    said = f" {'FOR' if word.isascii() else '代理'} {whom}" if whom else ""
    return tuple(Command("claim", one, whom, f"{word} {one}{said}") for one in named.ids) if named else ()


def for_whom(rest: str) -> tuple[str, str]:
    """The list of a claim, and in whose name it is; "" for the sender's own."""
    found = _FOR_SOMEBODY.fullmatch(rest)
    return (found["ids"], found["whom"].strip()) if found else (rest, "")


def hands_back_for(line: str, vocabulary: Vocabulary) -> str:
    """The case that a line like ``RELEASE ID FOR name`` would hand back in somebody's name; "" for any other. Such a line is no command."""
    text = _BLANKS.sub(" ", own.fold(line)).strip() if len(line) <= LONGEST_LINE else ""
    rests = (after(text, word) or "" for word, verb in vocabulary.spoken if verb == "release")
    named = (case_id(ids, vocabulary.prefix) for ids, whom in map(for_whom, rests) if whom)
    return next((one for one in named if one), "")


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
        return re.fullmatch(r"20\d\d(?:年度?|-(?:0[1-9]|1[0-2])|年(?:0?[1-9]|1[0-2])月分?)?", rest, re.ASCII) is not None
    if verb == "pause":
        return (
            re.match(r"(?:until|till)\b|for .{1,20}\b(?:days?|weeks?|months?)\b|まで|[\d令]|r\d|\S{1,12}まで$", rest, re.IGNORECASE)
            is not None
            and len(rest) <= 40
        )
    return False


def limit_in(argument: str) -> int | None:
    """The number that ``LIMIT 3``, ``LIMIT three``, ``上限3件``, ``上限 三件`` or ``LIMIT none`` sets, 0 for none; None where it is no such thing."""
    if re.fullmatch(r"none|no limit|off|なし|無し|無制限|解除", argument, re.IGNORECASE):
        return 0
    number = re.fullmatch(r"(\d{1,2}|[a-z]{3,5})\s*(?:[件名人]|cases?)?", in_digits(argument), re.IGNORECASE | re.ASCII)
    if number is None:
        return None
    return int(number[1]) if number[1].isdigit() else _IN_WORDS.get(number[1].casefold())


_IN_WORDS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)}
