"""Names in texts that put no space between words: found letter by letter, and judged by what stands before and behind.

Given a folded text and the index of the confidential part, gives spans of the kinds `name` and `part_of_name`.
The text is Japanese, or holds kanji, kana or hangul; spaces and middle dots between the parts of a name do not count.
Never takes a name out of the middle of a longer word: 田中 is not in 松田中央病院.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.anonymity import tables
from bot.core.anonymity.east import is_surname
from bot.core.anonymity.folding import Folded, is_hiragana, is_kanji, squeeze
from bot.core.anonymity.index import Index
from bot.core.anonymity.patterns import Span

_HONORIFICS = ("さん", "氏", "様", "さま", "ちゃん", "くん", "君", "殿", "夫妻", "夫婦", "一家", "先生")
_AFTER_SURNAME = frozenset("家宅夫妻氏様殿君嬢側")
_BEFORE_SURNAME = frozenset("者人夫妻父母子兄弟姉妹告名主方女男員手長")


def written(folded: Folded, index: Index) -> Iterator[Span]:
    """Found in the squeezed text, told in places of the folded one."""
    squeezed = squeeze(folded)
    place_of = {start: at for at, start in reversed(list(enumerate(folded.starts)))}
    for wanted, rule in index.written:
        at = squeezed.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if _RULES[rule](squeezed, at, end):
                yield Span(
                    "part_of_name" if rule == "word" else "name", place_of[squeezed.starts[at]], place_of[squeezed.starts[end - 1]] + 1
                )
            at = squeezed.text.find(wanted, at + 1)


def _is_apart(squeezed: Folded, at: int, end: int) -> bool:
    text = squeezed.text
    if text.startswith(_HONORIFICS, end):
        return True
    if text[at:end] in tables.TOWNS | tables.QUARTERS | tables.ORDINARY_GIVEN_NAMES | tables.LARGE_PLACES:
        return False
    before, after = text[at - 1 : at], text[end : end + 1]
    begins = not is_kanji(before) or before in _BEFORE_SURNAME or squeezed.ends[at - 1] < squeezed.starts[at]
    ends = not is_kanji(after) or after in _AFTER_SURNAME or squeezed.ends[end - 1] < squeezed.starts[end]
    return begins and ends


def _is_honoured(squeezed: Folded, at: int, end: int) -> bool:
    before = squeezed.text[at - 1 : at]
    begins = not is_kanji(before) or before in _BEFORE_SURNAME if is_kanji(squeezed.text[at]) else _begins_kana(squeezed, at)
    return begins and (squeezed.text.startswith(_HONORIFICS, end) or (end - at == 1 and _is_bare_surname(squeezed, at, end)))


def _is_bare_surname(squeezed: Folded, at: int, end: int) -> bool:
    """The 王 of 依頼者王は and 王家の: too short to count anywhere else."""
    text = squeezed.text
    is_of_house = text.startswith(("家の", "家は", "家が", "家と"), end) and not is_kanji(text[at - 1 : at])
    return is_surname(text[at]) and (is_of_house or (text[at - 1 : at] in ("者", "人") and not is_kanji(text[end : end + 1])))


def _is_kana_name(squeezed: Folded, at: int, end: int) -> bool:
    """Hiragana runs on without spaces: a long name counts anywhere, a short one where nothing but a particle stands before it."""
    if not is_hiragana(squeezed.original[squeezed.starts[at]]):
        return False
    if end - at >= 6 or not is_hiragana(squeezed.text[at - 1 : at]):
        return True
    return _begins_kana(squeezed, at) and squeezed.text.startswith(_HONORIFICS, end)


def _begins_kana(squeezed: Folded, at: int) -> bool:
    before = squeezed.text[at - 1 : at]
    return not is_hiragana(before) or before in "のはがともにへや" or not is_hiragana(squeezed.original[squeezed.starts[at - 1]])


def _is_kana_word(squeezed: Folded, at: int, end: int) -> bool:
    """The girl さくら is written as the cherry is."""
    return _leads_kana(squeezed, at, end) and squeezed.text[end : end + 1] in ("が", "は", "の", "を", "に", "も", "と", "、", "。")


def _leads_kana(squeezed: Folded, at: int, _end: int) -> bool:
    return is_hiragana(squeezed.original[squeezed.starts[at]]) and not is_hiragana(squeezed.text[at - 1 : at])


def _begins_hangul(squeezed: Folded, at: int, _end: int) -> bool:
    return at == 0 or not "가" <= squeezed.text[at - 1] <= "힣" or squeezed.ends[at - 1] < squeezed.starts[at]


_RULES = {
    "always": lambda *_: True,
    "hangul": _begins_hangul,
    "leading": _leads_kana,
    "apart": _is_apart,
    "kana": _is_kana_name,
    "honoured": _is_honoured,
    "word": _is_kana_word,
}
