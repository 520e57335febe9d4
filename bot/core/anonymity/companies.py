"""How a company in kanji is told of in other letters: 山川製作所 is ヤマカワ製作所, Yamakawa Seisakusho and Yamakawa Works.

Given the name of a company as `letter_key` folds it, gives its sounds and the forms in mixed letters.
The stem is a surname of the table or written in kana; what the company does is one of the words below.
Never takes the stem alone for the company: it is the name of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.core.anonymity.east import table_of
from bot.core.anonymity.folding import is_hiragana, letter_key
from bot.core.anonymity.readings import SURNAMES
from bot.core.anonymity.sounds import sound

_TRADES = table_of("""
    製作所 seisakusho seisakujo works|工業 kogyo industries industry|建設 kensetsu construction|商事 shoji trading|食品 shokuhin foods food|水産 suisan fisheries
    農園 noen farm|農場 nojo farm|牧場 bokujo farm|病院 byoin hospital|医院 iin clinic|クリニック clinic|運輸 unyu transport|運送 unso transport|産業 sangyo industries
    興業 kogyo|物産 bussan|商店 shoten store|商会 shokai|工務店 komuten|組 gumi|学園 gakuen|大学 daigaku university|工場 kojo factory|組合 kumiai union cooperative
    旅館 ryokan inn|食堂 shokudo|寺 ji dera|教会 kyokai church|鉄工所 tekkosho tekkojo ironworks|鉄工 tekko|電機 denki electric|電気 denki electric|自動車 jidosha motors
    製麺 seimen|製菓 seika|製パン seipan|造船 zosen shipbuilding|塗装 toso painting|解体 kaitai demolition|土木 doboku|印刷 insatsu printing|木材 mokuzai lumber
    縫製 hosei sewing|紡織 boshoku|精機 seiki|化学 kagaku chemical|製薬 seiyaku pharmaceutical|不動産 fudosan realty|設備 setsubi|機械 kikai machinery|金属 kinzoku metal
    プレス press|フーズ foods|クリーニング cleaning|ファーム farm|製鋼 seiko steel|製材 seizai|水道 suido|舗道 hodo|警備 keibi security|介護 kaigo care
""")


@lru_cache(maxsize=1_024)
def company_sounds(name: str) -> frozenset[str]:
    """As `sound` has them.

    >>> sound("yamadakogyo") in company_sounds("山田工業")
    True
    """
    return frozenset(sound(stem) + sound(trade) for stem, trades in _split(name) for trade in _TRADES[trades] if sound(stem))


def company_in_kana(name: str) -> Iterator[str]:
    """``やまだ工業`` for 山田工業."""
    yield from (stem + trade for stem, trade in _split(name) if stem + trade != name)


def _split(name: str) -> Iterator[tuple[str, str]]:
    for length in range(len(name) - 1, 0, -1):
        stem, trade = name[:length], name[length:]
        if trade in _TRADES:
            yield from ((reading, trade) for reading in SURNAMES.get(stem, [stem] if all(map(is_hiragana, letter_key(stem))) else []))
