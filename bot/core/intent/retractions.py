"""Retractions: whether the words beside a command take it back, forbid it, or put a condition on it.

Given the lines of a mail and the commands that each of them holds; gives a short reason why none may act, or "".
Reads strangers' English and Japanese. Kept narrow: greetings, thanks, facts and signatures never stop a command; a condition or a
negation counts where it stands in one sentence with the command, a taking back anywhere.
Never says what was meant: that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.core.intent.command import Command
from bot.core.words import fold

TAKEN_BACK = "one part of it takes back another"
CONTRADICTS = "of two requests each undoes the other"
"""Of words that only staff may write: for them the two lines are named, and all else is done."""
_DOES = frozenset({"claim", "release", "assign", "close", "withdraw", "reopen", "leave", "clear"})
"""Verbs that give something away or cannot be undone."""
_GIVES = frozenset({"claim", "assign"})
"""Verbs under which a plain negation in the body is no reason given, as it may be under a RELEASE or CLOSE."""
_UNDONE_BY = {"claim": "release", "assign": "release", "close": "reopen", "withdraw": "reopen"}

_NEGATES = re.compile(
    r"\b(?:not|no longer|never|cannot|cancel(?:l?ed|ling)?|withdraw\w*)\b|n't\b|n’t\b"
    r"|ません|ありませぬ|しない(?:で|。|$)|できない|ではない|取り?消|取りやめ|やめ(?:ます|て|たい|る)|止めます|いらない|不要です|見送|辞退|撤回"
)
_BENIGN = re.compile(
    r"\b(?:do not|don't|don’t|please do not) hesitate\b|\bnot (?:a problem|at all)\b|\bif not\b|\bnot only\b|\b(?:do not|don't|don’t) (?:worry|mind)\b"
    r"|[^.!。]{0,80}\b(?:conflict|objection|problem|issue)s?\b[^.!。]{0,80}"
    r"|すみません|すいません|(?:申し?訳|間違い|相違|問題|支障|差し?支え|異議|異存|異論|利害関係|利益相反)(?:は|が|も)?(?:ございません|ありません)"
    r"|利益相反[^。]{0,20}|差し?支えありません|構いません|かまいません|恐れ入りますが|かもしれません|(?:すれば|いただけ)ませんか|いたしかねませんが"
)
_TAKES_BACK = re.compile(
    r"\b(?:ignore|disregard|forget|scratch) (?:the above|the line above|this|that|it|my (?:claim|mail|e-?mail|message|request))\b"
    r"|\bon second thoughts?\b|\bchanged my mind\b|^(?:no,? )?wait\b|^(?:sorry,? )?(?:just )?kidding\b|\bnot really\b|^not!?$|^no,? (?:sorry|thanks|thank you)\b"
    r"|(?:というのは)?冗談|というのは嘘|(?:上記|今の)は?(?:無視|撤回|取り?消)|やっぱり?(?:やめ|辞め|なし)|やはり(?:やめ|辞め|見送|辞退)"
)
_GOES_ON = re.compile(
    r"(?:if|but|unless|only|not|except|provided|as long as)\b|(?:Unless|Only if|But only|Provided|Except)\b|[?？]+$"
    r"|(?:ただし|但し|というのは|では(?:ありません|ない)|を?(?:希望し|しません)|は(?:できません|見送|取り?消|やめ)|の場合|なら(?!び)|とは)"
)
"""How a line begins that goes on with the sentence of the command above it."""
_LEADS_ON = re.compile(
    r"(?:\b(?:not|never|unless|if|cannot|to|whether|without|before|than|instead of|or)|n't|n’t)$"
    r"|^(?:(?:but|only|and) )?(?:if|unless|should|in case|provided|as long as|only if)\b.*[:,]$"
    r"|(?:なら|ならば|れば|たら|場合(?:は|に|には|のみ|に限り)?)[、,:]?$"
)
"""How a line ends that leads on into the command below it."""


def doubt(subject: Sequence[Command], lines: Sequence[str], read: Sequence[Sequence[Command]]) -> str:
    """Why nothing of the mail may act. `subject` are the commands of the Subject, `read` those of each of `lines`."""
    said = (*subject, *(command for commands in read for command in commands))
    if not any(command.verb in _DOES for command in said):
        return ""
    written = [(_plain(line), commands) for line, commands in zip(lines, read, strict=True) if line.strip()]
    prose = [line for line, commands in written if not commands]
    undone = _undone(said)
    is_doubtful = (
        any(not (_is_of_staff(one) and _is_of_staff(other)) for one, other in undone)
        or any(_TAKES_BACK.search(line.casefold()) for line in prose)
        or (any(command.verb in _GIVES for command in subject) and any(_negates(line) for line in prose))
        or _is_inside_a_sentence(written)
    )
    if is_doubtful:
        return TAKEN_BACK
    return CONTRADICTS if undone else ""


def conditional(lines: Iterable[str]) -> bool:
    """Whether the words beside a YES put a condition on it: ``but only if …``, ``ただし…``."""
    return any(_GOES_ON.match(_plain(line)) or _TAKES_BACK.search(_plain(line).casefold()) for line in lines if line.strip())


def undoing(command: Command, said: Sequence[Command]) -> Command | None:
    """The one of the commands that undoes this one, or is undone by it; None where there is none."""
    against = (pair[1 - pair.index(command)] for pair in _undone(said) if command in pair)
    return next(against, None)


def _undone(said: Sequence[Command]) -> list[tuple[Command, Command]]:
    """CLAIM and RELEASE of one case for one person, or CLOSE and REOPEN, each beside the other: neither can have been meant."""
    asked = {(one.verb, one.case_id, one.argument.casefold()): one for one in said}
    undone = ((one, asked.get((_UNDONE_BY.get(verb, ""), case_id, whom))) for (verb, case_id, whom), one in asked.items())
    return [(one, other) for one, other in undone if other is not None]


def _is_of_staff(command: Command) -> bool:
    return command.verb in ("close", "withdraw", "reopen", "assign") or (command.verb == "release" and bool(command.argument))


def _negates(line: str) -> bool:
    return _NEGATES.search(_BENIGN.sub(" ", line.casefold())) is not None


def _is_inside_a_sentence(written: Sequence[tuple[str, Sequence[Command]]]) -> bool:
    """Whether the line right above a command leads on into it, or the next words below go on with it."""
    above = [("", ()), *written]
    below = [*written[1:], ("", ())]
    for (before, led), (_, commands), (after, more) in zip(above, written, below, strict=False):
        if not any(command.verb in _DOES for command in commands):
            continue
        if (not led and _LEADS_ON.search(before.casefold())) or (not more and _GOES_ON.match(after)):
            return True
    return False


def _plain(line: str) -> str:
    return fold(line[:400]).strip().strip("*_\"“”' ")
