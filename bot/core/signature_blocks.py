"""Signature blocks: the lines at the end of a mail by which its writer says who they are, without a sign-off above them.

Given lines and the names of the writer; gives how many lines, from the end, are such a block. Each of its lines is a name that is on file, a
title, a firm, a postal address, a telephone number or the writer's e-mail or web address, and nothing else; one of them gives it away. Whatever
may say something (a sentence, a date, the id of a case, somebody else's name) ends it, and a number that no name stands above is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.core import words

LONGEST = 15
"""Lines of a block that are not blank."""
_LONGEST_LINE = 60

_TITLE = (
    r"(?:(?:senior|junior|managing|associate|legal|staff|general|founding|executive|deputy|assistant|chief|foreign|registered|qualified"
    r"|immigration|refugee|case|pro bono|program(?:me)?|of)[ -]){0,4}"
    r"(?:partner|officer|counsel|attorneys?(?:[ -]at[ -]law)?|lawyer|solicitor|barrister|associate|coordinator|director|manager|paralegal|assistant"
    r"|bengoshi|advocate|trainee|secretary)(?: \(bengoshi\))?"
    r"|(?:代表|主任|上席|客員|外国法事務|シニア|ジュニア|マネージング|カウンセル|アソシエイト|パートナー)*"
    r"(?:弁護士|行政書士|司法書士|パートナー|アソシエイト|カウンセル|パラリーガル)"
    r"|(?:総務|法務|事業|支援|相談|広報)?(?:事務局長?|法務|総務|(?:法務|総務|支援|相談|広報|事業)(?:部|課|室|担当)|担当|相談員|事務員|秘書|代表理事|理事長?|所長|代表)"
)
_IS_TITLE = re.compile(_TITLE, re.IGNORECASE)
_TITLED = re.compile(rf"(?:{_TITLE})(?:[ :]+(?=\S)|(?<=[士長局室課部])(?=\S))", re.IGNORECASE)
_FIRM = re.compile(
    r"(?!(?:Against|Versus|Opposing|Conflict|Except|Other|Not|No)\b)[A-Z][\w'’.-]*(?:,? (?:[A-Z][\w'’.-]*|&|of|and|the|for)){0,6},? (?:Law|LLP|LLC|Partners|(?:Law|Legal) (?:Offices?|Firm|Group)|Associates"
    r"|Attorneys(?: at Law)?|Solicitors|Chambers|& Co\.?)"
    r"|(?:(?:弁護士|司法書士|行政書士)法人 ?)?[^\s、。]{1,20}(?:法律|法務|行政書士|司法書士|総合)(?:特許|会計)?事務所(?: ?[^\s、。]{1,8}(?:オフィス|支店|支所|事務所))?"
    r"|(?:弁護士|司法書士|行政書士)法人 ?[^\s、。]{1,20}|(?:第[一二]東京|[^\s、。]{2,4})弁護士会(?:所属|会員)?"
)
_PARTICLE = re.compile(r"(?<=[一-鿿ァ-ヶーA-Za-z\d])[はがをにで]|(?:から|まで|です|ます|さん|様|先生)")
_NUMBER = r"\+?\(?\d[\d() .–-]{7,18}\d(?: ?\((?:代表?|直通|main|direct)\))?"
_LABEL = r"(?:tel|phone|telephone|fax|mobile|cell|direct|[tmfp]|電話(?:番号)?|携帯(?:電話)?|直通|代表|ファックス|ファクス)(?:/fax)?"
_TELEPHONE = re.compile(
    rf"(?:{_LABEL} ?[.:)]{{0,2}} ?{_NUMBER}|(?:\+|\(?0)[\d() .–-]{{8,18}}\d)(?:[ ,/|・]{{0,3}}(?:{_LABEL}) ?[.:)]{{0,2}} ?{_NUMBER}){{0,3}}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:e-?mail|mail|eメール|メール(?:アドレス)?|url|web(?:site)?|hp|e|ウェブ(?:サイト)?) ?[:.]? ?(?=\S)", re.IGNORECASE
)
_MAIL = re.compile(r"<?(?:mailto:)?([^\s<>@]{1,64}@[^\s<>@]{1,64}?)>?(?: ?<mailto:[^\s<>]*>)?", re.IGNORECASE)
_OF_AN_OFFICE = re.compile(r"(?:info|contact|office|mail|admin|legal)@", re.IGNORECASE)
_SITE = re.compile(r"<?(?:https?://|www\.)[\w.-]{3,60}/?(?:[a-z]{2}/?)?>?", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:〒? ?\d{3}-\d{4},? )?(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{2,3}県|[一-鿿]{1,4}[市区])\S{1,25}\d\S{0,12}(?: ?[^\s]{1,20})?(?: ?\d{1,2}(?:階|F))?|〒 ?\d{3}-?\d{4}(?: .{1,50}|\S{1,50})?"
    r"|\d{1,4}(?:-\d{1,4}){1,3},? (?:[A-Z][\w-]*+[, ]*+){1,8}(?:\d{3}-\d{4})?(?:,? Japan)?|(?:[A-Z][\w-]*+[, ]*+){1,5}\d{3}-\d{4}(?:,? Japan)?"
    r"|\d{1,4}(?:-\d{1,4}){0,3},? (?:[A-Z][\w-]* ){1,4}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane),?(?: [A-Z][\w-]*,?){0,4}"
)
"""A word is taken whole (`*+`): many capitals in a row could be parted into words in billions of ways."""
_BUILDING = re.compile(
    r"[^\s、。]{1,20}(?:ビル(?:ディング)?|タワー|会館) ?(?:\d{1,2} ?(?:階|F))?|(?:[A-Z][\w-]* ){1,4}(?:Building|Bldg\.?|Tower)(?:,? \d{1,2}F)?"
)
_DATED = re.compile(
    r"\d{1,2}[月日時]|\d:\d\d|午[前後]|20\d\d-\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember|day)?\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[|/・／] ?| - |, | & (?=[a-z])", re.IGNORECASE)
_FRAME = " \t　[]【】<>「」*_,."
_MEMBERSHIP = re.compile(r" ?\([^\s()]{2,6}弁護士会(?:所属|会員)?(?: ?登録番号 ?\d{3,6})?\)$")


class _Shape(Enum):
    NONE = auto()
    NAME = auto()
    """The writer's own name or firm, as it is on file."""
    ROLE = auto()
    """A title, or a firm that is known by its kind alone."""
    TITLED = auto()
    """The name with its title or firm."""
    CONTACT = auto()
    """A telephone or postal address."""
    OWN_MAIL = auto()
    BESIDE = auto()
    """What may stand in a block and gives nothing away: a building, a web address."""


_BEGINS = frozenset({_Shape.NAME, _Shape.ROLE, _Shape.TITLED})
_GIVES_AWAY = frozenset({_Shape.ROLE, _Shape.TITLED, _Shape.CONTACT})
_IS_OWN = frozenset({_Shape.NAME, _Shape.TITLED, _Shape.OWN_MAIL})


@dataclass(frozen=True, slots=True)
class Writer:
    """Who may have signed. `is_named` says of words whether they are the writer's name or firm, and nothing else."""

    names: tuple[str, ...]
    is_named: Callable[[str], bool]


def begins_at(lines: Sequence[str], writer: Writer, *, is_courtesy: Callable[[str], bool]) -> int:
    """The first line of the block at the end; the number of lines where there is none. Courtesies may stand between and below its lines."""
    shapes: list[tuple[int, _Shape]] = []
    for number in range(len(lines) - 1, -1, -1):
        if not lines[number].strip():
            continue
        shape = _shape(lines[number], writer)
        if shape is not _Shape.NONE:
            shapes.append((number, shape))
        elif not is_courtesy(lines[number]):
            break
        if len(shapes) > LONGEST:
            return len(lines)
    while shapes and shapes[-1][1] not in _BEGINS:
        shapes.pop()
    seen = {shape for _, shape in shapes}
    is_block = bool(seen & _GIVES_AWAY) and bool(seen & _IS_OWN)
    return shapes[-1][0] if is_block else len(lines)


def _shape(line: str, writer: Writer) -> _Shape:
    if len(line) > _LONGEST_LINE:
        return _Shape.NONE
    text = " ".join(words.fold(line).split()).strip(_FRAME)
    text = text[1:-1] if text.startswith("(") and text.endswith(")") else _MEMBERSHIP.sub("", text)
    if not text or "?" in text or line.rstrip().endswith(("。", "!", "！")):
        return _Shape.NONE
    if _TELEPHONE.fullmatch(text):
        return _Shape.CONTACT
    bare = _LABELLED.sub("", text, count=1)
    if mail := _MAIL.fullmatch(bare):
        return _Shape.OWN_MAIL if _is_own_mail(mail[1], writer) else _Shape.NONE
    if _SITE.fullmatch(bare):
        return _Shape.BESIDE
    if _DATED.search(text):
        return _Shape.NONE
    if _is_place(text):
        return _Shape.CONTACT
    if _BUILDING.fullmatch(text) and not _PARTICLE.search(text):
        return _Shape.BESIDE
    return _of_person(text, writer)


def _is_place(text: str) -> bool:
    """The address without the sentence that it may be a part of."""
    return _PLACE.fullmatch(text) is not None and not _PARTICLE.search(text)


def _is_own_mail(address: str, writer: Writer) -> bool:
    own = {words.fold(name).casefold() for name in writer.names if "@" in name}
    folded = address.casefold()
    return folded in own or (_OF_AN_OFFICE.match(folded) is not None and folded.partition("@")[2] in {one.partition("@")[2] for one in own})


def _of_person(text: str, writer: Writer) -> _Shape:
    """「弁護士 高橋 結衣」, ``Partner | Harbour Law``: each part a title, a firm or the writer's own name."""
    if writer.is_named(text):
        return _Shape.NAME
    if _is_role(text):
        return _Shape.ROLE
    parts = [part.strip(_FRAME) for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        parts = _firm_and_person(text)
    found = {_of_part(part, writer) for part in parts}
    if not found or _Shape.NONE in found:
        return _Shape.NONE
    return _Shape.ROLE if found == {_Shape.ROLE} else _Shape.TITLED


def _of_part(part: str, writer: Writer) -> _Shape:
    if writer.is_named(part):
        return _Shape.NAME
    if _is_role(part):
        return _Shape.ROLE
    titled = _TITLED.match(part)
    rest = part[titled.end() :].strip(_FRAME) if titled else ""
    return _Shape.TITLED if rest and writer.is_named(rest) else _Shape.NONE


def _firm_and_person(text: str) -> list[str]:
    """「みなと法律事務所 弁護士 高橋結衣」, parted before its title; else the text as it is."""
    firm, blank, rest = text.partition(" ")
    return [firm, rest] if blank and _FIRM.fullmatch(firm) and not _PARTICLE.search(firm) else [text]


def _is_role(part: str) -> bool:
    return _IS_TITLE.fullmatch(part) is not None or (_FIRM.fullmatch(part) is not None and not _PARTICLE.search(part))
