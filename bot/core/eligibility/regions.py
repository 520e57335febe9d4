"""Regions as people name them: Japan's prefectures and the districts they lie in, in both scripts; any other place as it is written."""

from __future__ import annotations

from bot.core.eligibility.kinds import parts
from bot.core.fields import name_key

_DISTRICTS = """
北海道 Hokkaido : 北海道 Hokkaido
東北 Tohoku : 青森 Aomori, 岩手 Iwate, 宮城 Miyagi, 秋田 Akita, 山形 Yamagata, 福島 Fukushima
関東 Kanto : 茨城 Ibaraki, 栃木 Tochigi, 群馬 Gunma, 埼玉 Saitama, 千葉 Chiba, 東京 Tokyo, 神奈川 Kanagawa
中部 Chubu : 新潟 Niigata, 富山 Toyama, 石川 Ishikawa, 福井 Fukui, 山梨 Yamanashi, 長野 Nagano, 岐阜 Gifu, 静岡 Shizuoka, 愛知 Aichi
関西 Kansai 近畿 Kinki : 三重 Mie, 滋賀 Shiga, 京都 Kyoto, 大阪 Osaka, 兵庫 Hyogo, 奈良 Nara, 和歌山 Wakayama
中国 Chugoku : 鳥取 Tottori, 島根 Shimane, 岡山 Okayama, 広島 Hiroshima, 山口 Yamaguchi
四国 Shikoku : 徳島 Tokushima, 香川 Kagawa, 愛媛 Ehime, 高知 Kochi
九州 Kyushu : 福岡 Fukuoka, 佐賀 Saga, 長崎 Nagasaki, 熊本 Kumamoto, 大分 Oita, 宮崎 Miyazaki, 鹿児島 Kagoshima, 沖縄 Okinawa
首都圏 : 東京 Tokyo, 神奈川 Kanagawa, 埼玉 Saitama, 千葉 Chiba
"""
_ENDINGS = ("prefecture", "metropolis", "地方", "都", "府", "県")
_ANYWHERE = frozenset(map(name_key, ("anywhere", "any", "nationwide", "all japan", "全国", "不問", "問わない", "どこでも")))


def _read() -> dict[str, frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    for line in _DISTRICTS.strip().splitlines():
        names, _, prefectures = line.partition(" : ")
        pairs = [prefecture.split() for prefecture in prefectures.split(", ")]
        known |= {name_key(name): frozenset({name_key(pair[1])}) for pair in pairs for name in pair}
        known |= {name_key(name): frozenset(name_key(pair[1]) for pair in pairs) for name in names.split()}
    return known


_KNOWN = _read()


def regions(text: str) -> frozenset[str]:
    """The places that a text names, a district as its prefectures; empty where it names none, or all of the country.

    >>> sorted(regions("東京都; Shikoku Prefecture"))
    ['ehime', 'kagawa', 'kochi', 'tokushima', 'tokyo']
    """
    keys = [name_key(part) for part in parts(text)]
    if any(key in _ANYWHERE for key in keys):
        return frozenset()
    return frozenset().union(*(_places(key) for key in keys))


def _places(key: str) -> frozenset[str]:
    """A name as it stands, or without the word for what kind of place it is; so 京都 stays Kyoto and is not cut."""
    bare = next((key.removesuffix(ending) for ending in _ENDINGS if key not in _KNOWN and key.endswith(ending)), key)
    return _KNOWN.get(bare, frozenset({key}))
