"""Languages as people name them, in English, in Japanese or by their code (ISO 639-1), so that ペルシア語 and Farsi are one."""

from __future__ import annotations

from bot.core.eligibility.kinds import parts
from bot.core.fields import name_key

_TONGUES = """
ja Japanese 日本語 | en English 英語 | zh Chinese Mandarin 中国語 北京語 普通話 | yue Cantonese 広東語 | ko Korean 韓国語 朝鮮語 | fr French フランス語 仏語
es Spanish スペイン語 西語 | pt Portuguese ポルトガル語 | de German ドイツ語 独語 | it Italian イタリア語 | ru Russian ロシア語 露語 | uk Ukrainian ウクライナ語
ar Arabic アラビア語 | fa Persian Farsi ペルシア語 ペルシャ語 | prs Dari ダリ語 ダリー語 | ps Pashto Pashtu パシュトー語 パシュトゥー語 パシュト語
ku Kurdish Kurmanji Sorani クルド語 クルマンジー語 ソラニー語 | tr Turkish トルコ語 | ur Urdu ウルドゥー語 ウルドゥ語 | hi Hindi ヒンディー語 ヒンディ語
bn Bengali Bangla ベンガル語 | ne Nepali ネパール語 | si Sinhala Sinhalese シンハラ語 シンハリ語 | ta Tamil タミル語 | pa Punjabi Panjabi パンジャブ語 パンジャービー語
my Burmese Myanmar ビルマ語 ミャンマー語 | rhg Rohingya ロヒンギャ語 | th Thai タイ語 | vi Vietnamese ベトナム語 越語 | id Indonesian インドネシア語 | ms Malay マレー語
tl Tagalog Filipino タガログ語 フィリピン語 フィリピノ語 | km Khmer Cambodian クメール語 カンボジア語 | lo Lao ラオ語 ラオス語 | mn Mongolian モンゴル語
ug Uyghur Uighur ウイグル語 | bo Tibetan チベット語 | uz Uzbek ウズベク語 | am Amharic アムハラ語 | ti Tigrinya ティグリニャ語 | om Oromo オロモ語 | so Somali ソマリ語
sw Swahili スワヒリ語 | ha Hausa ハウサ語 | ln Lingala リンガラ語 | lg Luganda Ganda ルガンダ語 ガンダ語 | he Hebrew ヘブライ語
"""
_CODE = {name_key(name): names[0] for entry in _TONGUES.replace("\n", "|").split("|") if (names := entry.split()) for name in names}


def tongues(text: str) -> frozenset[str]:
    """The languages that a text names, each under one word; one that is not known here stays as it is written.

    >>> sorted(tongues("Dari, フランス語（通訳あり）"))
    ['fr', 'prs']
    """
    return frozenset(_CODE.get(name_key(part), name_key(part)) for part in parts(text))
