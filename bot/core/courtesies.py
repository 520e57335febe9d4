"""Courtesies: what a mail says without asking or telling anything. What is left over is for a person to read.

Given the lines that stand beside the commands of a mail and the names of its writer; gives the lines that say something.
The lines are a stranger's, in English or Japanese. A sentence counts as courtesy only where all of it is one that is known here.
Never drops what it does not know: a needless mail to staff costs a minute, a question that nobody reads may cost a client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from bot.core import signature_blocks, words

_SORRY = r"(?:大変|誠に)?(?:恐れ入ります|恐縮(?:です|でございます|に存じます)|申し?訳(?:ありません|ございません)|失礼(?:いた|致)?します)"
_TROUBLE = (
    rf"(?:(?:お忙しい(?:ところ|中|なか)|ご多[忙用](?:の)?(?:ところ|中|なか))[、, ]*{_SORRY}|恐れ入ります|お手数です"
    rf"|お手数(?:を)?お[か掛]け(?:(?:いた|致)?します|(?:いた|致)?し(?:て|まして)[、, ]*{_SORRY}))"
)
"""For the trouble: a courtesy by itself, or before another."""
_GREETINGS = (
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b.{0,60}",
    r"to whom it may concern",
    r".{1,40}(?:様|さま|御中|各位|先生|殿|ご担当者)",
    r"(?:いつも|平素(?:より|は)?|日頃(?:より|から)?)?[、, ]*(?:大変|格別に?)?お世話に?(?:なって(?:おります|います)|なります)",
    r"(?:こんにちは|こんばんは|おはようございます|拝啓|前略|お疲れ(?:様|さま)(?:です|でございます)|初めまして|はじめまして)",
    r"(?:突然|夜分|早朝)?(?:の(?:ご連絡|メール))?(?:に)?失礼(?:いた)?します",
    _TROUBLE,
    r"(?:ご連絡|ご案内|メール|お知らせ|ご返信|ご対応)(?:を)?(?:いただき|くださり|下さり|頂き)?[、,]?(?:誠に)?"
    r"(?:有難|有り難|ありがと)うございま(?:す|した)",
)
_THANKS = (
    r"(?:many |again,? )?(?:thanks|thank you)(?: (?:again|so much|very much|a lot|kindly|in advance|you))*",
    r"(?:many )?(?:thanks|thank you)(?: (?:very|so) much)? for (?:your|the|this) (?:e-?mail|mail|letter|message|help|time|work|round|list|information"
    r"|kind(?:ness)?|consideration|efforts?|(?:hard )?work|understanding|support|reply|quick reply)(?: and .{1,30})?",
    r"(?:i )?(?:very much )?appreciate (?:it|this|your (?:help|work))",
    r"(?:どうも|いつも|平素より|日頃より|この度は|このたびは)?[、, ]*(?:誠に|大変)?(?:ありがとう|有難う|有り難う)(?:ございます|ございました)?",
    rf"(?:{_TROUBLE}が[、, ]*)?(?:(?:以上|何卒|どうぞ|どうか|今後とも|引き続き|では|それでは|取り急ぎ)[、, ]*)?(?:(?:何卒|どうぞ|どうか)[、, ]*)?"
    r"(?:(?:ご(?:確認|対応|検討|査収|手配)(?:の(?:ほど|程))?|の(?:ほど|程))[、, ]*)?"
    r"(?:(?:何卒|どうぞ|どうか)[、, ]*)?(?:よろしく|宜しく)(?:お願い(?:いた|致)?し(?:ます|ておきます)|お願い申し上げます|お願い(?:いた|致)したく存じます)?",
)
_SIGN_OFFS = (
    r"(?:(?:with )?(?:my )?(?:very |all )?(?:best|kind|kindest|warm|warmest)(?: (?:regards|wishes|greetings))?|regards|sincerely(?: yours)?"
    r"|yours(?: (?:sincerely|faithfully|truly))?|cheers|respectfully|cordially|all the best|take care|best)",
    r"(?:敬具|草々|早々|以上|かしこ|取り急ぎ(?:ご(?:連絡|返信)まで)?|取急ぎご連絡まで)",
)
_SAME_AGAIN = (
    r"i(?: would|'d|’d)? ?(?:like|be (?:happy|glad|pleased|honou?red)|am (?:happy|glad|pleased)) to (?:take|claim|accept|handle)(?: on)? "
    r"(?:it|this(?: case| one)?|the case|(?:the )?case \S{5,20})",
    r"i(?: will|'ll|’ll) (?:take|claim|accept) (?:it|this(?: case| one)?|the case)",
    r"please (?:see|find) my (?:claim|answer|reply)(?: below| above)?",
    r"(?:こちら|本件|この案件|上記(?:の)?(?:案件)?|下記(?:の)?(?:案件)?)?(?:を|は|について)?[、, ]?"
    r"(?:担当|受任|お引き受け|引き受け)(?:を希望|させて(?:いただ|頂)き(?:たい(?:と(?:思い|存じ)))?|(?:いた|致)し|し)?(?:たく存じ)?(?:ます|たいです|ますので)?",
    r"(?:下記|以下|上記)の?(?:とおり|通り)[、, ]*(?:ご連絡|ご返信|お返事|申し出|お申し出|(?:よろしく)?お願い)?(?:(?:いた|致)?します|申し上げます|です)?",
    r"(?:承知|了解|かしこま)(?:いた|致)?(?:し|り)ました",
)
_INTRODUCTION = re.compile(r"(?:.{1,30}の)?(?P<who>.{1,20}?)(?:です|でございます|と申します|より)")

_GREETED = re.compile(r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b[^,]{0,60},(?P<said>.+)")
_WHO = re.compile(r"(?:(?:mr|ms|mrs|dr|prof)\.? )?[^\s,]+(?: (?:san|sensei))?")
"""Whom a greeting is for, behind its comma."""
_COURTESY = re.compile("|".join(f"(?:{one})" for one in (*_GREETINGS, *_THANKS, *_SIGN_OFFS, *_SAME_AGAIN)))
_CLOSING = re.compile("|".join(f"(?:{one})" for one in (*_SIGN_OFFS, _THANKS[-1])))
_SENTENCES = re.compile(r"(?<=[.!。！])\s*|\s{2,}")
_ASKS = re.compile(r"[?？]|\bp\.? ?s\b|追伸|質問|(?:です|ます|でしょう)か\b", re.IGNORECASE)
_ASKS_INDIRECTLY = re.compile(
    r"\b(?:know|tell (?:me|us)|say|confirm|check|wondering|wonder|ask) (?:whether|if|which|when|what|where|how|who)\b"
    r"|(?:か|かどうか|どちら|いつ|どこ)(?:[、,を]?|[をが]\S{1,8})(?:ご?確認|お知らせ|お?教え|お聞かせ|ご?連絡|ご?返信|お?返事|伺)",
    re.IGNORECASE,
)
_WISHES = (
    r"\b(?:i|we)(?: would|'d|’d| should)? (?:like|love|want|prefer|hope|need|wish) (?:(?:you|us) )?to "
    r"(?:meet|talk|speak|discuss|call|phone|see|visit|come|have|arrange|ask|know|hear|join|bring|postpone|move|change|suggest|propose)\b"
    r"|\blet (?:me|us) know (?:if|whether|when|what|which|where|how|who)\b"
)
_PROPOSES = re.compile(
    _WISHES + r"|"
    r"\b(?:suggest|propose|how about|what about|let us|let's|let’s|please (?:also )?(?:confirm|call|ring|phone|come|meet|join|agree))\b"
    r"|(?:^|[.!;:]\s+)(?:(?:so|and|then|also),? )?(?:(?:can|could|would|will|shall|should|may|might|do|did|are|were|have) (?:you|we|i)"
    r"|(?:is|was|are|does|did|would|will|could|can|has) (?:it|that|this|there|\w+day)) "
    r"|いかが|どう(?:でしょう|です|しましょう)|ご都合|提案|(?:お電話|ご連絡|お越し|ご参加|ご確認|ご出席|ご同席)(?:を)?(?:ください|下さい|お願い)",
    re.IGNORECASE | re.MULTILINE,
)
_EDGE = " \t　.,!。、！:：;-–—~〜*^()（）\"'“”「」🙏😊👍"
_BETWEEN_WORDS = re.compile(r"[\s,.&・、/|]+")
_LONGEST_SIGNATURE_LINE = 60
LONGEST_SIGNATURE = 15
_MOST_READ = 400


def substance(lines: Sequence[str], *, names: Iterable[str] = (), also: re.Pattern[str] | None = None) -> tuple[str, ...]:
    """The lines that say more than a courtesy; `names` are the writer's own and their firm's, and a sentence of `also` says no more either.

    >>> substance(("Dear desk,", "I can only meet in January, is that fine?", "Best regards,", "Ito Akiko"), names=("Ito Akiko",))
    ('I can only meet in January, is that fine?',)
    """
    left: list[str] = []
    is_signing = False
    names = tuple(names)
    writer = _Writer(names)
    for line in lines[: _end(lines, writer, names)]:
        if not line.strip() or (is_signing and _may_sign(line)):
            continue
        if _is_courtesy(line, writer, also):
            is_signing = is_signing or any(_CLOSING.fullmatch(sentence) for sentence in sentences(line))
        else:
            left.append(line)
    return tuple(left)


def _end(lines: Sequence[str], writer: _Writer, names: tuple[str, ...]) -> int:
    """Where the signature block at the end begins, if there is one."""
    signed = signature_blocks.Writer(names, lambda text: _is_name(text.casefold(), writer))
    return signature_blocks.begins_at(lines, signed, is_courtesy=lambda line: _is_courtesy(line, writer))


def without_signature(lines: Sequence[str], *, names: Iterable[str], is_text: Callable[[str], bool]) -> tuple[str, ...]:
    """The lines above a sign-off, or above the writer's own name, where nothing but a short signature is below. `is_text` knows what is none.

    >>> without_signature(("Summary: One visit.", "", "Kind regards,", "Taro"), names=(), is_text=lambda line: "Summary" in line)
    ('Summary: One visit.', '')
    """
    writer = _Writer(names)
    last = max((number for number, line in enumerate(lines) if is_text(line)), default=-1)
    for number in range(last + 1, len(lines)):
        below = [line for line in lines[number + 1 :] if line.strip()]
        if _begins_signature(lines, number, writer) and len(below) <= LONGEST_SIGNATURE and all(map(may_end, below)):
            return tuple(lines[:number])
    return tuple(lines)


def _begins_signature(lines: Sequence[str], number: int, writer: _Writer) -> bool:
    said = sentences(lines[number]) if len(lines[number]) <= _LONGEST_SIGNATURE_LINE else []
    if any(_CLOSING.fullmatch(sentence) for sentence in said):
        return _is_courtesy(lines[number], writer)
    return number > 0 and not lines[number - 1].strip() and bool(said) and all(_is_name(sentence, writer) for sentence in said)


def may_end(line: str) -> bool:
    """Whether a line may stand in a signature: it is short and no sentence, or a courtesy."""
    return _may_sign(line) or _is_courtesy(line, _Writer(()))


def is_signed(line: str, names: Iterable[str]) -> bool:
    """Whether a line is one of these names, and nothing else."""
    said, writer = sentences(line), _Writer(names)
    return bool(said) and all(_is_name(sentence, writer) for sentence in said)


def asks(line: str) -> bool:
    """Whether a line asks something.

    >>> asks("Where do we meet?"), asks("どちらへ伺えばよいでしょうか。"), asks("I shall be there at ten.")
    (True, True, False)
    """
    return _ASKS.search(line) is not None


def asks_indirectly(text: str) -> bool:
    """Whether a text wants to know something without asking.

    >>> asks_indirectly("Please let us know whether Monday suits you."), asks_indirectly("月曜日でよいかお知らせください。")
    (True, True)
    >>> asks_indirectly("Let me know by tomorrow."), asks_indirectly("明日までにお知らせください。")
    (False, False)
    """
    return _ASKS_INDIRECTLY.search(text) is not None


def proposes(text: str) -> bool:
    """Whether a text proposes or wants something to which a yes or a no would be the answer, without a mark that says so.

    >>> proposes("I would like to meet on Monday."), proposes("Please let me know if Monday suits you.")
    (True, True)
    >>> proposes("I suggest Monday at ten."), proposes("Thanks. Could we meet on Monday."), proposes("月曜日のご都合をお知らせください。")
    (True, True, True)
    >>> proposes("Of course, take your time."), proposes("You could take until Friday."), proposes("もちろんです。お急ぎにならなくて結構です。")
    (False, False, False)
    """
    return _PROPOSES.search(text) is not None


def _is_courtesy(line: str, writer: _Writer, also: re.Pattern[str] | None = None) -> bool:
    return not asks(line) and len(line) <= _MOST_READ and all(_says_no_more(sentence, writer, also) for sentence in sentences(line))


def _says_no_more(sentence: str, writer: _Writer, also: re.Pattern[str] | None) -> bool:
    """Whether a sentence is a courtesy that is known, also behind a greeting and its comma; a greeting hides nothing else."""
    greeted = _GREETED.fullmatch(sentence)
    said = greeted["said"].strip(_EDGE) if greeted else sentence
    if also is not None and (also.fullmatch(sentence) or also.fullmatch(said)):
        return True
    if asks_indirectly(sentence) or proposes(sentence):
        return False
    is_known = _COURTESY.fullmatch(said) or (greeted and _WHO.fullmatch(said))
    return bool(is_known) or _is_name(said, writer) or _introduces(said, writer)


def sentences(line: str) -> list[str]:
    """What a line says, sentence by sentence: folded, in small letters, without the marks around it.

    >>> sentences("All is well.  Thank you!")
    ['all is well', 'thank you']
    """
    pieces = (piece.strip(_EDGE) for piece in _SENTENCES.split(words.fold(line[:_MOST_READ]).casefold()))
    return [piece for piece in pieces if piece]


def _is_name(sentence: str, writer: _Writer) -> bool:
    """The writer's name and firm, in whatever order, and nothing else."""
    return bool(writer.words) and set(_words(sentence)) <= writer.words


def _introduces(sentence: str, writer: _Writer) -> bool:
    """「森法律事務所の森です」: who writes, by a name that is on file."""
    found = _INTRODUCTION.fullmatch(sentence)
    return found is not None and (found["who"] in writer.words or any(len(word) > 1 and word in sentence for word in writer.words))


def _may_sign(line: str) -> bool:
    """Below a sign-off: a short line without the end of a sentence belongs to the signature."""
    return len(line.strip()) <= _LONGEST_SIGNATURE_LINE and not asks(line) and not line.rstrip().endswith((".", "!", "。", "！"))


class _Writer:
    """Who wrote, by their own names and their firm's: most mails say nothing for which these have to be looked at."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    @cached_property
    def words(self) -> set[str]:
        """The words of these names, and each name as a whole without its spaces, as Japanese writes it."""
        parted = [_words(name) for name in self._names]
        return {word for words_of in parted for word in words_of} | {"".join(words_of) for words_of in parted if words_of}


def _words(name: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(words.fold(name).casefold()) if word]
