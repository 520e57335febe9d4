"""What people write beside CLEAR or CONFLICT that may mean the other one.

Given one folded line in small letters, says whether it speaks against the word. A needless question costs a mail, a file in the wrong hands a
client: so whoever tells of a tie to somebody, in whatever words, is asked, and only words that surely tell of none are let pass.
"""

from __future__ import annotations

import re

_AGAINST_CLEAR = re.compile(
    r"\bmeant conflict\b|(?<!\bno )(?<!\bany )\bconflicts?\b(?! (?:check|database|search|list))|\bhowever\b|\bunless\b|\bprovided\b|\b(?:only|even) if\b|\bas long as\b|\bsubject to\b|\bnot (?:yet|sure|certain|really)\b"
    r"|\b(?:have|has|need|want|will|going|must) (?:still )?(?:to )?(?:check|confirm|verify|ask (?:my|our|the|a) (?:partner|firm|colleague|office)s?)\b|\bstill (?:checking|waiting|to)\b|^\W*not\b"
    r"|\b(?:act|acts|acted|acting|appear\w*|represent\w*|advis\w+|retained|instructed) (?:for|by|the|her|his|their|them|him|one|both)\b"
    r"|\b(?:i|we|partner|firm|colleague) (?:once |also |already )?(?:know|knows|knew|met|represent\w*|advis\w+) "
    r"|利益相反(?!(?:は|が|も)?(?:なし|無し|ない|あり?ません|ございません))|ただし|但し|未確認|確認(?:中|が済|でき(?:て|ま))|確認(?:いた|致)?します|代理人|顧問|相談を受け|依頼を受け"
)
"""A conflict, a condition, or a check that is not done yet."""
_TIE = re.compile(
    r"\b(?:have|has|had|'ve|’ve) (?:once |already |also |previously |briefly |ever )?(?:met|known|advised|represented|acted|worked|dealt)\b"
    r"|\b(?:former|past|existing|current|previous|our|firm's|firm’s|a) clients? of|\b(?:former|past|existing|previous|our|firm's|firm’s) clients?\b"
    r"|\b(?:husband|wife|spouse|ex|landlord|employer|opponent|opposing|other (?:side|party)|defendant|plaintiff)(?:'s|’s)?\b"
    r"|\b(?:friends?|neighbou?rs?|relatives?|related to|cousins?|classmates?|acquainted|acquaintances?|former colleagues?|at (?:school|university|college) with)\b"
    r"|\bon the board\b|\b(?:board|committee) (?:member|of)\b|\b(?:shareholder|director|trustee|adviser|advisor)s?\b|\b(?:used to|previously|formerly|years ago|last year)\b"
    r"|面識|知人|友人|知り合い|親族|親戚|同級生|同窓|元(?:の)?(?:依頼者|クライアント|顧客|同僚|勤務先)|以前[、,]?.{0,20}(?:担当|受任|相談|会|勤務|関)|会ったこと|お会いし"
    r"|お目にかかったこと|取締役|監査役|株主|社外役員|(?:ご)?主人|(?<![丈工])夫|妻|奥様|配偶者|相手方|雇用主|勤務先|大家さん"
)
"""A tie to somebody, or one who may be on the other side."""
_NO_TIE = re.compile(
    r"\b(?:no|any) (?:conflicts?|connections?|relations?|ties|links?|dealings)\b|\b(?:not|n't|n’t|never|neither|none)\b.{0,40}\b(?:know|known|met|acted|represented|advised|aware|related|clients?|connected)\b"
    r"|利益相反(?:は|が|も)?(?:なし|無し|ない|ありません|ございません)|(?:関係|面識|つながり|交際|取引|相談|こと)(?:は|も|が)?(?:一切|全く)?(?:なく|ない|ありません|ございません)"
)
_AGAINST_CONFLICT = re.compile(r"\b(?:no|any) conflicts?\b|\bmeant clear\b|利益相反(?:は|が|も)?(?:なし|無し|ない|ありません|ございません)")


def speak_against_clear(line: str) -> bool:
    """
    >>> speak_against_clear("the husband is a former client of our firm."), speak_against_clear("i have never met the husband.")
    (True, False)
    """
    return _AGAINST_CLEAR.search(line) is not None or (_TIE.search(line) is not None and not _NO_TIE.search(line))


def speak_against_conflict(line: str) -> bool:
    """
    >>> speak_against_conflict("there is no conflict")
    True
    """
    return _AGAINST_CONFLICT.search(line) is not None
