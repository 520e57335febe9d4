"""What identifies a person by its shape alone: addresses of every kind, telephone numbers, numbers of papers and cases.

Given a folded text, gives spans with the kind of each, those of the surest shape first; no stretch of text twice.
The text is free prose in English or Japanese; every pattern is bounded, so that the time taken grows with the length alone.
Never looks at names; and a number that a law, an amount or a range of hours carries is none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.core.anonymity.folding import HIRAGANA, KANJI, KANJI_DIGITS, KATAKANA

_K = f"{KANJI}{KATAKANA}"
_UNIT = (
    r"(?! ?(?:[時月日名人頁週年回分万件点円%:/~〜]|ページ|か月|ヶ月|カ月|時間|hours?\b|pages?\b|days?\b|weeks?\b|months?\b|people\b|min))"
)
_NUMBER_SIGN = r"(?: ?(?:番号|ナンバー|№|#|(?:no|nr|number|num)\b\.?))"
_IS = r"(?: is|は|の)? ?[:.=]? ?"
_URL_END = r"(?<![.,;:!?)\]}'\"])"
_TOP_LEVEL = r"(?:com|org|net|jp|info|io|gov|edu|int|eu|app|dev|uk|de|fr|ch|tv|xyz|site|example)"
_NETWORK = r"\b(?:LINE|Telegram|WhatsApp|Signal|Skype|WeChat|Instagram|Facebook|Twitter|Messenger|Viber|KakaoTalk|インスタ(?:グラム)?)"
_ERA_YEAR = r"(?:(?:令和|平成|昭和|(?<![A-Za-z])[RHS]) ?(?:\d{1,2}|元|[〇一二三四五六七八九十]{1,3}) ?年? ?|\d{4} ?年 ?)"
_COUNTED = r"(?:case|docket|application|receipt|file|reference|ref|appeal|claim) ?(?:no\b\.?|number\b|num\b\.?|nr\b\.?|#|№)"
_OWN_ID = r"[A-Z]{2,6}-\d{4}-\d{3}\b"
"""A case of ours, which the roster knows by this id."""
_PAPER = r"(?:身分証(?:明書)?|運転免許(?:証)?|社員|学籍|口座|保険証|national id|id card|identity card|tazkira|driver'?s licen[cs]e)"
_KANJI_DIGITS = "".join(sorted(KANJI_DIGITS))
_KANJI_NUMBER = f"[{_KANJI_DIGITS}十百千]{{1,8}}"
_HOUSE = r"(?:-s[oō][uh]?|[- ](?:heights|haitsu|mansion|corpo|copo|kopo|maison|residence|apartments?|apts?\.?))"
_HOUSE_IN_JAPANESE = "(?:荘|ハイツ|コーポ|マンション|アパート|メゾン|レジデンス|ハイム)"
_STREET = r"(?:Street|Avenue|Ave|Road|Rd|Lane|Boulevard|Blvd|Drive|Crescent|Terrace|Square|St(?!\.? [A-Z]))"
_PARTLY = (
    rf"(?: ?(?:{_NUMBER_SIGN}|card))?(?: ?(?:は|の|is|that|which|,))? ?"
    r"(?:(?:ends?|ending|beginning|starting|begins?|starts?)(?: (?:in|with))?|末尾|下 ?[2-6二三四五六] ?桁|頭 ?[2-6二三四五六] ?桁)(?:は|が|の|:| )*"
    r"(?!(?<=in )(?:19|20)\d\d\b)(?=[A-Z]{0,6}\d|(?-i:[A-Z]{2}))[A-Z0-9]{2,8}(?![A-Z0-9])"
)
_COUNT = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_SPOKEN_DIGIT = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_REGIONS = "東京|東海|東北|東日本|西日本|北日本|北関東|南関東|北朝鮮|北陸|北海|北九州|新潟|南米|北米|中南米|西欧|東欧|北欧|東南|西洋|仙台|高台|舞台|最寄|[公国市県都区]営|.部|.側"
_QUARTER = (
    rf"(?<![{KANJI}])(?!{_REGIONS})(?:[西東北南新][{KANJI}]{{2,3}}|[{KANJI}]{{1,3}}(?:馬場|ヶ丘|が丘|久保|団地|新田|銀座|浜町|台))"
    "(?<![部側域方県都府市区町村郡道外内])"
)
_LIVES = r"(?:lives?|living|resid(?:es?|ing)|stay(?:s|ing)|home|flat|apartment)"
_MORA = "(?:[kstp]?(?:[kgnhbpmr]y|sh|ch|ts|[kgsztdnhbpmyrwfj])?[aiueoōū]n?)"
_IN_ROMAJI = rf"(?:(?:nishi|higashi|kita|minami|naka|shin|kami|shimo|moto|hon|oku|o)-{_MORA}{{2,9}}|{_MORA}{{3,9}})"
_TEL = r"(?:電話|携帯|ファクス|FAX|\bTEL|\b(?:tele)?phone|\bmobile|\bcell|\bwhatsapp|\bsignal)(?: ?(?:番号|no\b\.?|number))?"

# In this order: what a former pattern has taken is not looked at again.
_RULES: tuple[tuple[str, str], ...] = (
    ("email", r"[A-Z0-9][A-Z0-9._%+'-]{0,63} ?(?:@|[(\[{] ?(?:at|アット|@) ?[)\]}]) ?[A-Z0-9-]{1,63}"
              r"(?:(?:\.| ?[(\[] ?dot ?[)\]] ?)[A-Z0-9-]{1,63}){1,5}"),
    ("email", r"\b[A-Z0-9._%+-]{1,64} at [A-Z0-9-]{1,63} dot [A-Z]{2,10}\b"),
    ("email", r"(?<![\w@.])(?!(?:e?-?mails?|accounts?|address(?:es)?|mailbox) )[A-Z0-9][A-Z0-9._+-]{0,39}[A-Z0-9](?:@[A-Z]{3,20}|(?-i: (?:at|アット) (?:gmail|hotmail|icloud|protonmail)))\b(?!\.[A-Z])"),
    ("link", rf"\b[A-Z0-9-]{{2,63}} ?(?:\[\.\]|\(\.\)|[\[(] ?dot ?[\])]| dot ) ?{_TOP_LEVEL}\b(?:/[!-~]{{0,300}}{_URL_END})?"),
    ("link", r"(?<![A-Z0-9])[A-Z0-9-]{2,40}。(?:com|org|net|jp)\b(?:/[A-Z0-9._-]{1,60})?"),
    ("link", rf"\b(?:https?|ftp|hxxps?)://[^\s<>\"「」、。{KANJI}{HIRAGANA}]{{1,500}}{_URL_END}"),
    ("link", rf"\bwww\.[A-Z0-9.-]{{2,200}}(?:/[!-~]{{0,300}})?{_URL_END}"),
    ("link", rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_TOP_LEVEL}\b(?:/[!-~]{{0,300}}{_URL_END})?"),
    ("link", rf"(?<![\w@.-])[a-z0-9-]{{1,63}}\.[a-z]{{2,6}}/[A-Z0-9_+@-][!-~]{{1,300}}{_URL_END}"),
    ("link", r"(?<![\w@.])@[A-Z0-9_.]{2,30}\b"),
    ("link", rf"{_NETWORK} ?(?:ID|アカウント|account|user ?name){_IS}(?=[a-z._-]{{0,40}}(?-i:[0-9_A-Z.]))[A-Z0-9][A-Z0-9._-]{{2,40}}"),
    ("link", rf"{_NETWORK}(?: ID)? ?[:=] ?(?=[a-z._-]{{0,30}}[0-9_])[a-z0-9._-]{{3,40}}"),
    ("link", rf"(?:{_NETWORK}|(?:インスタ(?:グラム)?|ツイッター|フェイスブック|\b(?:insta|FB)(?=[:=])))(?:[:=]| ?[はの/]| )? ?(?!etc\.)(?-i:[a-z][a-z_]{{1,30}}[._][a-z0-9][a-z0-9._]{{0,30}})"),
    ("link", r"\b(?:YouTube|TikTok|Instagram|Facebook|Twitter) (?:channel|account|page|handle|profile)(?: is| named| called)?:? ?"
             r"['\"“‘][^'\"”’\n]{3,40}['\"”’]"),
    ("residence_card", r"(?<![A-Z0-9])(?-i:(?<![A-Z0-9] )[A-Z] [A-Z])(?: \d){8}(?-i: [A-Z] [A-Z])(?![A-Z0-9])"),
    ("residence_card", r"(?<![A-Z0-9])[A-Z]{2} ?-?\d{8} ?-?[A-Z]{2}(?![A-Z0-9])"),
    ("residence_card", r"(?<![A-Z0-9])(?-i:[A-Z]{2}) ?-?(?!(?:19|20)\d\d[ -](?:19|20))\d{4}[ -]\d{4} ?-?(?-i:[A-Z]{2})(?![A-Z0-9])"),
    ("residence_card", rf"(?:在留カード|residence card|zairyu card){_NUMBER_SIGN}?{_IS}[A-Z]{{0,2}}\d{{5,12}}[A-Z]{{0,2}}"),
    ("alien_registration", rf"(?:外国人登録(?:証明書?)?|特別永住者証明書|alien registration(?: card)?){_NUMBER_SIGN}?{_IS}"
                           r"\(?[A-Z]?\)? ?第? ?\d{6,12} ?号?"),
    ("alien_registration", r"(?<![A-Z0-9])\([A-Z]\) ?第? ?\d{8,10} ?号?"),
    ("passport", rf"(?:passport|旅券|パスポート){_NUMBER_SIGN}?{_IS}\(?[A-Z]{{0,3}}[ -]?\d{{5,10}}(?!\d)"),
    ("passport", rf"(?:passport|旅券|パスポート)(?:{_NUMBER_SIGN}{_IS}[A-Z]{{0,3}}|{_IS}[A-Z]{{1,2}}) ?\d(?:[ -]?\d){{5,9}}(?!\d)"),
    ("case_number", r"(?<![A-Z0-9])(?-i:A)(?:[- ]?\d{3}[- ]\d{3}[- ]\d{3}|[- ]?\d{8,9})(?!\d)"),
    ("passport", rf"(?:passport|旅券|パスポート){_PARTLY}"),
    ("residence_card", rf"(?:カード番号|在留カード|residence card|zairyu card){_PARTLY}"),
    ("passport", r"(?:passport|旅券|パスポート)[^\w\n]{0,3}(?:(?:last|first) (?:two|three|four|five|\d)(?: digits)?[: ]{1,2}|[*x•]{2,} ?)(?=[A-Z]?\d)[A-Z0-9]{2,6}\b"),
    ("id_number", rf"(?:マイナンバー|個人番号|my number){_PARTLY}"),
    ("passport", r"\b(?:last|first|final) (?:\w{1,6} )?(?:digits?|numbers?|characters?) (?:of|on|in) (?:\w{1,8} ){0,2}(?:passport|residence card)"
                 r"[^\n.\w]{0,3}(?:are |is |were )?(?=[A-Z]{0,6}\d)[A-Z0-9]{2,8}\b"),
    ("passport", r"(?<![A-Z0-9])(?-i:[A-Z])(?:(?-i:[A-Z])\d{7}|\d{8})(?![A-Z0-9])"),
    ("case_number", rf"{_ERA_YEAR}\( ?[{KANJI}{HIRAGANA}{KATAKANA}]{{1,4}} ?\) ?第? ?(?:\d{{1,6}}|{_KANJI_NUMBER}) ?号"),
    ("case_number", r"\b(?:Reiwa|Heisei|Sh[oō]wa) ?\d{1,2},? ?(?:\(\d{4}\) ?)?(?:\( ?[a-zō]{1,6}(?:-[a-z]{1,4})? ?\)|gy[oō]-[a-z]{1,3})"
                    r",? ?(?:no\b\.?|#)? ?\d{1,6}(?![\d年月日])"),
    ("case_number", rf"{_ERA_YEAR}\( ?(?:[行家人少医特労刑]?[ァ-ヶ]|[a-z]{{1,4}}-[a-z]{{1,3}}) ?\) ?(?:第|no\b\.?)? ?\d{{1,6}}(?![\d年月日])"),
    ("case_number", rf"(?<![{_K}])行[ウコツサスヒフクケノ] ?第? ?\d{{1,6}}(?!\d)(?: ?号)?"),
    ("case_number", rf"(?<=年)行[ウコツサスヒフクケノ] ?第? ?(?:\d{{1,6}}(?!\d)(?: ?号)?|{_KANJI_NUMBER} ?号)"),
    ("case_number", r"\b(?:19|20)\d\d ?\( ?gyo-[a-z]{1,3} ?\) ?(?:no\.? ?)?\d{1,6}\b"),
    ("case_number", rf"(?:(?<![{KANJI}])[一-龥]{{1,3}} ?)?(?<![困災苦非避盗])難(?:民|認)? ?第? ?\d{{4}}-\d{{1,6}}(?![\d-])(?: ?号)?"),
    ("case_number", rf"\( ?[行家人少医特労刑][ァ-ヶあ-ん] ?\) ?第? ?(?:\d{{1,6}}|{_KANJI_NUMBER}) ?号"),
    ("case_number", r"[一-龥]{0,3}(?:難(?:民)?[認申審異判]?|審[査判]?|退令|収令|異)(?:第 ?\d{1,6}|\d{3,6})(?:-\d{1,4})? ?号(?!様式)"),
    ("case_number", r"(?<![A-Z0-9])(?-i:(?:PA|HU|EA|DC|RP|LP|IA|AA|DA|VA|OA)/\d{5}/\d{4}|UI-\d{4}-\d{6})(?!\d)"),
    ("case_number", r"(?<![\d-])(?:\d:)?\d{2}-?(?:cv|cr|mc)-\d{3,6}\b|(?<![\d-])\d{3}-\d{2}C\d{5}(?!\d)"),
    ("case_number", rf"(?:(?:事件|申請|受付|受理|整理|照会|登録|許可|ファイル)番号|\b{_COUNTED}){_IS}(?!{_OWN_ID})"
                    r"(?=[A-Z/-]{0,8}\d[A-Z/-]{0,3}\d)[A-Z0-9][A-Z0-9/-]{2,25}(?! ?(?:of|年))"),
    ("case_number", rf"(?:事件|申請|受付|受理|整理|登録|ファイル)番号{_IS}[一-龥]{{1,2}} ?-? ?\d{{2,4}}-\d{{2,8}}(?!\d)"),
    ("case_number", r"(?<![A-Z0-9-])(?-i:[A-Z]{2,4})-(?:19|20)\d\d-\d{5,8}(?![\d-])"),
    ("id_number", rf"(?:マイナンバー|個人番号|my number) ?(?:card)?{_IS}\d{{4}}[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)"),
    ("id_number", r"(?:(?:普通|当座|貯蓄)(?:預金)?(?:口座)?|口座|\b(?:bank|savings) account)(?: ?(?:番号|(?:no|number)\b\.?))?(?: is|は)? ?[:.]? ?"
                  r"\d{6,8}(?![\d-]|,\d| ?[円名人件万年])"),
    ("id_number", rf"{_PAPER}{_NUMBER_SIGN}{_IS}[A-Z0-9-]{{4,20}}"),
    ("phone", r"(?<![\w+])\+ ?\d{1,3}[ ().-]{0,2}(?:\d[ ().-]{0,2}){6,12}\d(?!\d)"),
    ("phone", r"(?<![\w.-])(?=(?:[ ()-]{0,2}\d){10,11}(?![ -]?\d))(?:\(0\d{1,4}\)|0\d{1,4})[ -]?\(?\d{1,4}\)?[ -]?\d{3,4}(?!\d)"),
    ("phone", r"(?<![\w.,-])0[5789]0(?:(?:[ .・_()-]| ?/ ?){0,3}\d){8}(?![\d-])"),
    ("phone", r"(?<![\w.,-])00[1-9]\d{0,2}(?:[ ().-]{1,2}\d{1,5}){2,5}(?![\d-])"),
    ("phone", r"(?<![\w.,-])(?:[5789]0|81-\d{1,2})-\d{3,4}-\d{4}(?![\d-])"),
    ("phone", rf"(?<![\w.,-])0[5789]0[ -]?[\d{_KANJI_DIGITS}]{{4}}[ -]?[\d{_KANJI_DIGITS}]{{4}}(?![\d{_KANJI_DIGITS}])"),
    ("phone", rf"\bzero[ -](?:five|seven|eight|nine)[ -]zero(?:[ ,-]{{1,3}}(?:\d{{1,4}}|{_SPOKEN_DIGIT})\b){{2,8}}"),
    ("phone", r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])"),
    ("phone", rf"(?<![{KANJI}])(?=(?:[ の-]?[{_KANJI_DIGITS}]){{10,11}}(?![{_KANJI_DIGITS}]))[〇○零][{_KANJI_DIGITS} の-]{{9,13}}(?<![ の])"),
    ("phone", rf"{_TEL}{_IS}\(?(?:\d[ ()-]{{0,2}}){{6,14}}\d(?!\d)"),
    ("address", rf"〒 ?\d{{3}}-?\d{{4}}|郵便番号{_IS}\d{{3}}-?\d{{4}}|(?<![\d-])\d{{3}}-\d{{4}}(?= ?[{KANJI}]{{2,4}}[都道府県市区])"),
    ("address", rf"\b(?:zip|postal|post) ?(?:code)?{_IS}\d{{3}}-?\d{{4}}(?![\d-])"),
    ("address", rf"[{_K}が]{{0,12}}(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}) ?丁目"
                r"(?: ?\d{1,4}(?:番地?(?: ?\d{1,4} ?号?)?|(?:-\d{1,4}){1,2}))?"),
    ("address", rf"[{_K}]{{0,12}}(?:\d{{1,5}}|[一二三四五六七八九十百]{{1,5}}) ?番"
                r"(?:地(?:の ?\d{1,4})?|(?: ?\d{1,4}|[一二三四五六七八九十]{1,3}) ?号)"),
    ("address", rf"[{_K}]{{1,8}}[市区町村郡][{_K}]{{0,10}} ?\d{{1,4}}-\d{{1,4}}(?:-\d{{1,4}}){{0,2}}(?!\d){_UNIT}"),
    ("address", rf"[{_K}が]{{1,12}}(?<![第法条和成]) ?(?<!\d)\d{{1,3}}-\d{{1,3}}-\d{{1,4}}(?![\d-])"),
    ("address", rf"(?<![\w-])\d{{1,5}}[A-Z]?,? (?:(?-i:[A-Z])[\wÀ-ÿ'.]{{1,20}}[ -]){{1,3}}{_STREET}\b"),
    ("address", rf"\b(?-i:[A-Z])[a-zō]{{1,20}}{_HOUSE},? ?(?:#|no\.? ?|room ?)?\d{{3,4}}(?![\d,]|-\d)"),
    ("address", rf"[{_K}{HIRAGANA}]{{1,12}}{_HOUSE_IN_JAPANESE} ?\d{{3,4}}(?!\d)(?: ?号室?|室)?{_UNIT}"),
    ("address", rf"[{_K}]{{2,12}}(?<![法条第項令号]) ?{_COUNT}の ?{_COUNT}の ?{_COUNT}(?![条項号の])"),
    ("address", r"(?<![\w-])(?!\d\d-\d\d-\d\d\b)\d{1,3}-\d{1,3}-\d{1,4}(?:-\d{1,4})?,? (?-i:[A-Z])[a-z]{2,20}"),
    ("address", r"\b(?:room|rm|apt|unit)\b\.? ?\d{2,4},? (?:(?-i:[A-Z])[a-zō]{1,20}[ -]){1,2}(?:heights|haitsu|mansion|corpo|copo|kopo|maison|"
                r"residence|apartments?|house|so|sō|sou)\b"),
    ("address", r"(?:\b(?-i:[A-Z])[a-z]{3,20} )?\b\d{1,2}[- ]ch[oō]me\b"),
    ("address", r"\b(?-i:[A-Z])[a-z]{1,20}-(?:ku|cho|machi|shi|gun|mura),? (?:(?-i:[A-Z])[a-z-]{1,20},? ){0,2}\d{1,3}(?:-\d{1,4}){1,2}"),
    ("address", rf"\b(?=(?-i:[A-Z])){_IN_ROMAJI},? (?!\d\d-\d\d-\d\d\b)\d{{1,3}}-\d{{1,3}}-\d{{1,2}}(?![\d-])"),
    ("address", rf"[{_K}]{{1,10}}(?:団地|住宅)(?:の|第)? ?\d{{1,3}}(?:号?棟| ?- ?\d{{1,4}}(?!\d){_UNIT})(?: ?\d{{1,4}} ?号室?)?"),
    ("address", r"\b(?-i:[A-Z])[a-zō]{2,20} (?:danchi|jutaku),? (?:no\.? ?|building ?)?\d{1,3}(?:-\d{1,4})?(?!\d)"),
    ("address", rf"[{_K}]{{1,8}}[市区郡][{_K}]{{1,10}}[町村字]? ?\d{{1,4}} ?番(?![目組手線地号窓出])"),
    ("address", rf"(?:コーポ|ハイツ|メゾン|レジデンス|マンション|アパート)[{_K}]{{1,8}} ?\d{{3,4}}(?!\d)(?: ?号室?|室)?{_UNIT}"),
    ("address", r"\b(?:apartment|flat|apt\.?) (?:no\.? ?|number |#)?\d{2,4},? (?:of|at|in) (?:the )?(?-i:[A-Z])[a-z-]{2,20}"),
    ("address", rf"{_QUARTER}(?:駅(?:近く|周辺|付近|そば|の近く|前)?)?(?:在住|に(?:住[むみん]|居住|暮ら)|で(?:暮ら|生活)"
                r"|の(?:アパート|マンション|自宅|借家|一軒家))"),
    ("address", rf"(?<![{KANJI}])(?!最寄|同駅)[{KANJI}{KATAKANA}]{{1,8}}駅(?:近く|周辺|付近|そば|の近く|前)?(?:に?在住|[にで]?(?:住[むみん]|居住|暮ら)"
                r"|の(?:アパート|マンション|自宅|借家)|から徒歩 ?\d{1,2} ?分の(?:アパート|自宅|住居|家|部屋))"),
    ("address", rf"\b{_LIVES}[^.;\n]{{0,24}}?\b(?:in|at|near|by|around|from) (?-i:(?:Nishi|Higashi|Kita|Minami|Shin)[- ]?[A-Z][a-z]{{2,20}})\b"),
    ("address", rf"\b{_LIVES}[^.;\n]{{0,30}}?\b(?-i:(?!Police|Fire|Bus|Train|Railway|Gas|Power)[A-Z][a-z-]{{2,20}}(?: (?!Police|Fire)[A-Z][a-z-]{{2,20}})?)(?:-eki| station)\b"),
    ("address", r"(?<![\w-])(?-i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)"),
    ("id_number", r"(?<![\w.,¥$€£-])(?!(?:19|20)\d{2}[01]\d[0-3]\d(?!\d))\d{8,20}(?![\d,.]?\d| ?[円名人件万])"),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Only where text is looked at: it is the dearest thing in the start of every command.

    Japanese is written without spaces: a number or an address ends where its own letters end, whatever stands beside it.
    """
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.ASCII)) for kind, pattern in _RULES)


@dataclass(frozen=True, slots=True)
class Span:
    """Something at ``text[start:end]``."""

    kind: str
    start: int
    end: int


def spans(text: str) -> Iterator[Span]:
    """Each stretch that has one of the shapes, under the first kind that takes it."""
    taken = bytearray(len(text))
    for kind, pattern in _compiled():
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                yield Span(kind, match.start(), match.end())
