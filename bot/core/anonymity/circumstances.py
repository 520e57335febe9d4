"""How old a client is and where: ages and places that a confidential part tells and other words tell too.

Given those words, the confidential prose and what the roster reads of the case anyway; gives the pieces, as written in the words.
A place is known by a list of towns, by 市, 区, 駅 and the like behind it, by what is said beside it (在住, "lives in"). Tokyo and Osaka are none.
Never finds a town of no list in other letters than the confidential part has, nor an age that is written out in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.core.anonymity import tables
from bot.core.anonymity.folding import KANJI, KATAKANA, fold, letter_key
from bot.core.anonymity.readings import SURNAMES

_AGES = re.compile(
    r"(?<![\d-])(?P<years>\d{1,3}|[一二三四五六七八九十]{1,3}) ?[歳才](?! ?(?:未満|以上|以下|以降|まで|代))"
    r"|(?<!under )(?<!over )(?<![\d-])(?P<old>\d{1,3})(?:[ -]years?[ -]old\b| years of age\b|-?year-?old\b)"
    r"|\bag(?:ed?|e is|e:) ?(?P<aged>\d{1,3})(?![\d-])"
    r"|\b(?:is|was|turned|woman|man|boy|girl|mother|father|male|female|client|national),? \(?(?P<said>[1-9]\d)\)?(?=,(?!\d)|[.;)]| and\b|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BESIDE = "(?:在住|出身|に(?:住[むみんま]|居住|暮ら|滞在|収容|勾留)|で(?:暮ら|生活)|の(?:収容|拘置|施設|自宅|アパート|マンション|シェルター|実家)|駅|入管)"
_IN_JAPANESE = re.compile(
    rf"(?P<suffixed>[{KANJI}ヶケ]{{1,6}}?)[市町村区郡県](?![市町村区民内外役立場別分域間議長税道制])"
    rf"|(?<![{KANJI}{KATAKANA}])(?P<beside>[{KANJI}ヶケ]{{2,6}}?){_BESIDE}"
)
_IN_ENGLISH = re.compile(
    r"\b(?:in|at|near|from) (?P<place>[A-Z][a-z]{2,20}(?:-[A-Za-z]{2,20})?)"
    r"|\b(?P<suffixed>[A-Z][a-z]{2,20})(?:-(?:shi|ken|machi|ku|gun|mura|eki)\b| (?:City|Prefecture|Town|Ward|Station)\b)"
)
_UP_TO_THE_PREFECTURE = re.compile("^.*?(?:東京都|大阪府|京都府|北海道|県)(?=.)")
_NO_PLACE_IN_JAPANESE = re.compile(
    "[同各全両他当該本都農漁山地学某]|選挙|行政|特別|居住|大都|地方都?|中核|政令|.*[内外国元]|現在?|単身|最寄.*"
)
_NO_PERSON = "(?!さん|様|氏|先生|弁護士|くん|ちゃん)"
_TWO_SPELLINGS = """
    青森 Aomori 岩手 Iwate 宮城 Miyagi 秋田 Akita 山形 Yamagata 福島 Fukushima 茨城 Ibaraki 栃木 Tochigi 群馬 Gunma 埼玉 Saitama 千葉 Chiba
    神奈川 Kanagawa 新潟 Niigata 富山 Toyama 石川 Ishikawa 福井 Fukui 山梨 Yamanashi 長野 Nagano 岐阜 Gifu 静岡 Shizuoka 愛知 Aichi 三重 Mie
    滋賀 Shiga 京都 Kyoto 兵庫 Hyogo 奈良 Nara 和歌山 Wakayama 鳥取 Tottori 島根 Shimane 岡山 Okayama 広島 Hiroshima 山口 Yamaguchi
    徳島 Tokushima 香川 Kagawa 愛媛 Ehime 高知 Kochi 福岡 Fukuoka 佐賀 Saga 長崎 Nagasaki 熊本 Kumamoto 大分 Oita 宮崎 Miyazaki
    鹿児島 Kagoshima 沖縄 Okinawa 北海道 Hokkaido 札幌 Sapporo 函館 Hakodate 旭川 Asahikawa 仙台 Sendai 盛岡 Morioka 水戸 Mito 牛久 Ushiku
    宇都宮 Utsunomiya 前橋 Maebashi 高崎 Takasaki 伊勢崎 Isesaki 大泉 Oizumi 館林 Tatebayashi 川口 Kawaguchi 蕨 Warabi 横浜 Yokohama
    川崎 Kawasaki 相模原 Sagamihara 浜松 Hamamatsu 名古屋 Nagoya 豊橋 Toyohashi 豊田 Toyota 四日市 Yokkaichi 鈴鹿 Suzuka 神戸 Kobe 姫路 Himeji
    高松 Takamatsu 松山 Matsuyama 北九州 Kitakyushu 大村 Omura 那覇 Naha 松本 Matsumoto 金沢 Kanazawa 成田 Narita 甲府 Kofu 八王子 Hachioji
    立川 Tachikawa 町田 Machida 府中 Fuchu 堺 Sakai 上野 Ueno 中野 Nakano 渋谷 Shibuya 目黒 Meguro 品川 Shinagawa 新宿 Shinjuku 池袋 Ikebukuro
    高田馬場 Takadanobaba 新大久保 Shin-Okubo 大久保 Okubo 竹ノ塚 Takenotsuka 西葛西 Nishikasai 葛飾 Katsushika 足立 Adachi 荒川 Arakawa
    江戸川 Edogawa 赤羽 Akabane 日暮里 Nippori 世田谷 Setagaya 練馬 Nerima 板橋 Itabashi 豊島 Toshima
"""
"""Towns, wards and quarters where clients of such desks are often told of, each in both spellings."""


@cache
def _spellings() -> dict[str, frozenset[str]]:
    """A town in either spelling, in small letters, with both."""
    written = _TWO_SPELLINGS.lower().split()
    pairs = [frozenset(pair) for pair in zip(written[::2], written[1::2], strict=True)]
    return {spelling: pair for pair in pairs for spelling in pair}


@cache
def _known_alone() -> re.Pattern[str]:
    """Towns that need nothing beside them: those that are no surname."""
    towns = {one for pair in _spellings().values() if not any(town in SURNAMES for town in pair) for one in pair if len(one) > 1}
    return re.compile("|".join(_looked_for(town) for town in sorted(towns, key=len, reverse=True)), re.IGNORECASE)


def circumstances(words: str, prose: str, public: str) -> tuple[str, ...]:
    """Ages and places of `words` that `prose` has as well and `public` has not.

    >>> circumstances("She is 34 and lives in Ushiku.", "34歳、牛久に収容中。", "東京")
    ('34', 'Ushiku')
    """
    text = fold(words)
    ages = _ages(prose) - _ages(public)
    told = [text.written(*_number(match)) for match in _AGES.finditer(text.text) if _years(match) in ages]
    return tuple(dict.fromkeys((*told, *_places_told(words, _places(prose), fold(public).text))))


@lru_cache(maxsize=512)
def _ages(text: str) -> frozenset[int]:
    return frozenset(_years(match) for match in _AGES.finditer(fold(text).text))


def _number(match: re.Match[str]) -> tuple[int, int]:
    """Where the age stands; with 歳 behind it, which is how it reads."""
    group = match.lastgroup or 0
    return match.start(group), match.end() if group == "years" else match.end(group)


def _years(match: re.Match[str]) -> int:
    written = match[match.lastgroup or 0]
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (max(digits.find(tens or "一"), 1) * 10 if ten else 0) + max(digits.find(ones or "〇"), 0)


@lru_cache(maxsize=512)
def _places(prose: str) -> frozenset[str]:
    """The places that a text tells, in small letters and without 市 and the like."""
    text = fold(prose).text
    found = {match[0].lower() for match in _known_alone().finditer(text)}
    for match in _IN_JAPANESE.finditer(text):
        stem = _UP_TO_THE_PREFECTURE.sub("", match[match.lastgroup or 0])
        if not _NO_PLACE_IN_JAPANESE.fullmatch(stem) and not any(word in stem for word in tables.DESCRIPTIONS):
            found.add(stem)
    for match in _IN_ENGLISH.finditer(text):
        key = letter_key(match[match.lastgroup or 0])
        if not {key, *key.split("-")} & tables.ORDINARY:
            found.add(key)
    return frozenset(found) - tables.LARGE_PLACES


def _places_told(words: str, places: frozenset[str], public: str) -> Iterator[str]:
    """Of each place that the words name, the spelling that they use."""
    text = fold(words)
    for place in sorted(places):
        pattern = re.compile("|".join(_looked_for(one) for one in sorted(_spellings().get(place, {place}))), re.IGNORECASE)
        match = pattern.search(text.text)
        if match and not pattern.search(public):
            yield text.written(match.start(), match.end())


def _looked_for(place: str) -> str:
    """A town of one letter needs 市 or the like behind it."""
    if place.isascii():
        return rf"(?<![A-Za-z]){re.escape(place)}(?![A-Za-z])"
    return re.escape(place) + ("[市区町村県駅]" if len(place) == 1 else _NO_PERSON)
