"""How names written in kanji, hangul, Cyrillic or Arabic letters are read, as far as small tables and plain rules reach.

Given a name as `letter_key` folds it, gives where its surname ends, and the other spellings under which the same person may be told of.
The tables hold common surnames and given names only; whatever is in none of them has no reading here.
Never guesses: a word that the tables do not know is no name for this file, and is read in no way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from bot.core.anonymity.east import Words, chinese_and_korean_spellings, table_of

SURNAMES = table_of("""
    佐藤 さとう|鈴木 すずき|高橋 たかはし|田中 たなか|伊藤 いとう|渡辺 わたなべ|渡部 わたなべ わたべ|山本 やまもと|中村 なかむら|小林 こばやし
    加藤 かとう|吉田 よしだ|山田 やまだ|佐々木 ささき|山口 やまぐち|松本 まつもと|井上 いのうえ|木村 きむら|林 はやし|斉藤 さいとう
    清水 しみず|山崎 やまざき やまさき|森 もり|池田 いけだ|橋本 はしもと|阿部 あべ|安部 あべ|石川 いしかわ|山下 やました|中島 なかじま なかしま
    石井 いしい|小川 おがわ|前田 まえだ|岡田 おかだ|長谷川 はせがわ|藤田 ふじた|後藤 ごとう|近藤 こんどう|村上 むらかみ|遠藤 えんどう|青木 あおき
    坂本 さかもと|福田 ふくだ|太田 おおた|西村 にしむら|藤井 ふじい|金子 かねこ|岡本 おかもと|藤原 ふじわら|中野 なかの|三浦 みうら|原田 はらだ
    中川 なかがわ|松田 まつだ|竹内 たけうち|小野 おの|田村 たむら|中山 なかやま|和田 わだ|石田 いしだ|森田 もりた|上田 うえだ|柴田 しばた|酒井 さかい
    宮崎 みやざき|横山 よこやま|内田 うちだ|高木 たかぎ|安藤 あんどう|谷口 たにぐち|大野 おおの|丸山 まるやま|今井 いまい|高田 たかだ|藤本 ふじもと
    河野 こうの かわの|小島 こじま|村田 むらた|武田 たけだ|上野 うえの|杉山 すぎやま|増田 ますだ|平野 ひらの|菅原 すがわら|久保 くぼ|松井 まつい
    小山 こやま おやま|千葉 ちば|岩崎 いわさき|野口 のぐち|松尾 まつお|木下 きのした|菊地 きくち|菊池 きくち|野村 のむら|佐野 さの
    大西 おおにし|杉本 すぎもと|新井 あらい|浜田 はまだ|古川 ふるかわ|桜井 さくらい|市川 いちかわ|水野 みずの|小松 こまつ|島田 しまだ|吉川 よしかわ
    山内 やまうち|高野 たかの|西田 にしだ|菊田 きくた|西川 にしかわ|北村 きたむら|安田 やすだ|五十嵐 いがらし|中田 なかた なかだ|川口 かわぐち
    平田 ひらた|川崎 かわさき|飯田 いいだ|本田 ほんだ|久保田 くぼた|吉村 よしむら|沢田 さわだ|中西 なかにし|川村 かわむら|辻 つじ|関 せき
    岩田 いわた|服部 はっとり|樋口 ひぐち|福島 ふくしま|秋山 あきやま|大塚 おおつか|松岡 まつおか|永井 ながい|田口 たぐち|川上 かわかみ|荒木 あらき
    片山 かたやま|小池 こいけ|原 はら|土屋 つちや|星野 ほしの|荒井 あらい|大島 おおしま|松村 まつむら|堀 ほり|浅野 あさの|岡 おか|望月 もちづき
    山中 やまなか|黒田 くろだ|宮本 みやもと|永田 ながた|熊谷 くまがい|小田 おだ|堀内 ほりうち|須藤 すどう|矢野 やの|小沢 おざわ|岡崎 おかざき
    山川 やまかわ|内山 うちやま|西山 にしやま|北川 きたがわ|大橋 おおはし|大久保 おおくぼ|石原 いしはら|石橋 いしばし|今村 いまむら|岩本 いわもと|植田 うえだ|江口 えぐち|榎本 えのもと
    大川 おおかわ|大谷 おおたに おおや|大石 おおいし|大森 おおもり|岡村 おかむら|奥村 おくむら|尾崎 おざき|小倉 おぐら|金井 かない|金田 かねだ|鎌田 かまた|神田 かんだ|川島 かわしま
    川端 かわばた|川本 かわもと|河合 かわい|河村 かわむら|北野 きたの|桑原 くわばら|小泉 こいずみ|小西 こにし|児玉 こだま|佐久間 さくま|坂口 さかぐち|坂田 さかた|桜田 さくらだ
    篠原 しのはら|下田 しもだ|白石 しらいし|新田 にった|杉浦 すぎうら|杉田 すぎた|瀬戸 せと|関根 せきね|高島 たかしま|高瀬 たかせ|高村 たかむら|滝沢 たきざわ|竹田 たけだ|竹中 たけなか
    竹村 たけむら|田島 たじま|田辺 たなべ|田原 たはら|津田 つだ|土井 どい|戸田 とだ|富田 とみた|中谷 なかたに|中尾 なかお|中原 なかはら|長尾 ながお|長田 おさだ ながた|永野 ながの
    西岡 にしおか|西尾 にしお|西本 にしもと|二宮 にのみや|根本 ねもと|野崎 のざき|野田 のだ|畑中 はたなか|浜口 はまぐち|早川 はやかわ|林田 はやしだ|平井 ひらい|平川 ひらかわ|平山 ひらやま
    福原 ふくはら|福本 ふくもと|藤岡 ふじおか|藤川 ふじかわ|藤沢 ふじさわ|藤村 ふじむら|古田 ふるた|細川 ほそかわ|堀田 ほった|本間 ほんま|牧野 まきの|町田 まちだ|松浦 まつうら|松下 まつした
    松永 まつなが|三宅 みやけ|三好 みよし|水谷 みずたに|宮川 みやがわ|宮下 みやした|向井 むかい|村山 むらやま|森本 もりもと|森下 もりした|森山 もりやま|八木 やぎ|安井 やすい|柳田 やなぎだ
    山岸 やまぎし|山根 やまね|山村 やまむら|吉岡 よしおか|吉野 よしの|吉本 よしもと|米田 よねだ|若林 わかばやし
    高崎 たかさき|島津 しまづ|大村 おおむら|高山 たかやま|栗原 くりはら|関口 せきぐち|中井 なかい|広瀬 ひろせ|宮田 みやた|緑川 みどりかわ
""")
SURNAMES_IN_KANA = frozenset(kana for spellings in SURNAMES.values() for kana in spellings if len(kana) > 2) - {
    "あらい",
    "いまい",
    "はやし",
    "かない",
    "こだま",
    "たはら",
}
"""Those that begin no common word of hiragana."""
_GIVEN = table_of("""
    花子 はなこ|太郎 たろう|次郎 じろう|一郎 いちろう|三郎 さぶろう|健 けん たけし|健一 けんいち|健太 けんた|健太郎 けんたろう|翔太 しょうた|大輔 だいすけ|誠 まこと
    隆 たかし|浩 ひろし|博 ひろし|明 あきら|明美 あけみ|由美 ゆみ|由美子 ゆみこ|真由美 まゆみ|恵子 けいこ|恵美 えみ|恵 めぐみ|愛 あい|美咲 みさき
    陽子 ようこ|洋子 ようこ|和子 かずこ|幸子 さちこ|京子 きょうこ|久美子 くみこ|智子 ともこ|直美 なおみ|直樹 なおき|直子 なおこ|裕子 ゆうこ ひろこ
    優子 ゆうこ|順子 じゅんこ|純子 じゅんこ|純 じゅん|淳 じゅん あつし|学 まなぶ|剛 つよし|豊 ゆたか|茂 しげる|清 きよし|実 みのる|勇 いさむ
    拓也 たくや|哲也 てつや|達也 たつや|和也 かずや|和夫 かずお|正 ただし|正夫 まさお|桜 さくら|美穂 みほ|美香 みか|理恵 りえ|千代 ちよ|千尋 ちひろ
    香織 かおり|花 はな|葵 あおい|結衣 ゆい|陽菜 ひな|蓮 れん|大翔 ひろと|悠真 ゆうま|文子 ふみこ|節子 せつこ|良子 よしこ|弘 ひろし|進 すすむ
""")
_GIVEN_LETTERS = frozenset(
    "子美恵香奈菜代江枝乃佳紀里沙太郎一二三男夫雄彦介助輔之人也哉樹司志治次明弘博浩和義信行幸光正隆孝誠健翔大輝斗真悟花咲桜"
    "優結衣陽葵莉愛由真理絵裕祐悠有友智知朋久哲達拓俊駿秀英栄勝克直純淳順潤洋京恭清静節文史章彰昭晶良吉芳慶敬啓圭桂桃梨杏蓮"
    "凛涼亮遼諒稔実豊茂繁学剛毅武猛勇勉努進晋伸慎新千尋穂歩歌音春夏秋冬月雪星空海波渚翼鷹龍竜虎彩綾文弥也之麻亜衣沙耶紗希貴尚"
)
_ENDS_GIVEN = frozenset("子郎美太也介輔男夫雄彦樹香恵奈江乃穂")
_NO_GIVEN = frozenset("男子 王子 実子 里子 真子 様子 太子 三男 二男 美男 大男 大夫 英雄 新郎 知恵".split())
_ARABIC = table_of("""
    محمد mohammed mohammad mohamed mohamad muhammad muhammed muhammet|احمد ahmed ahmad|علی ali|حسن hassan hasan|حسین hussein hussain hossein husain
    محمود mahmoud mahmud|مصطفی mustafa mostafa|ابراهیم ibrahim ebrahim|یوسف yusuf youssef yousef|عمر omar umar|عثمان osman othman|خالد khalid khaled
    عبدالله abdullah abdallah|عبدالرحمن abdulrahman abdelrahman|رحمن rahman|رحمان rahman|کریم karim kareem|رضا reza rida|مهدی mahdi mehdi|جعفر jafar
    فاطمه fatima fatemeh|زهرا zahra|مریم maryam mariam|عایشه aisha ayesha|خدیجه khadija|زینب zainab zeinab|لیلی leila layla|لیلا leila|سعید said saeed
    احمدی ahmadi|حسینی hosseini hussaini|محمدی mohammadi|رحیمی rahimi|کریمی karimi|نور noor nur|حمید hamid|رشید rashid|طارق tariq tarek|سمیره samira|امنه amina amna amineh
    امینه amina amineh|گل gul gol|اغا agha aqa|نادیا nadia|هدی huda hoda|امل amal|رنا rana|سلمی salma|عمار ammar|انس anas|ایمان iman eman
""")
_INFLECTED = re.compile(r"(?<=[а-яёіїє]{4})(?:а|я|у|ю|ом|ем|ои|еи|ы|и|е|ого|ому|ым|ою)$")


def parts_of(kanji: str, *, is_name: bool = False) -> Words:
    """Surname and given name of a Japanese name written in one; () where the table does not know the surname, or letters of names do not follow.

    `is_name`: that it is a name is known already, so that any letters may follow.

    >>> parts_of("田中花子"), parts_of("山口地方")
    (('田中', '花子'), ())
    """
    for length in (3, 2, 1):
        surname, given = kanji[:length], kanji[length:]
        if (
            surname in SURNAMES
            and 1 <= len(given) <= 3
            and len(kanji) > 2
            and (is_name or given in _GIVEN or _GIVEN_LETTERS.issuperset(given))
        ):
            return surname, given
    return ()


def is_given_name(kanji: str) -> bool:
    """Whether two or three kanji by themselves are a Japanese given name: ``健太郎``, but not ``男子``."""
    if not 2 <= len(kanji) <= 3 or kanji in _NO_GIVEN:
        return False
    return kanji in _GIVEN or (kanji[-1] in _ENDS_GIVEN and _GIVEN_LETTERS.issuperset(kanji))


def other_spellings(words: Words) -> Iterator[Words]:
    """Kana of kanji, Latin letters of hangul, Arabic and Chinese names, and the kh of a Cyrillic х; word by word in the same order."""
    joined = "".join(words)
    japanese = words if len(words) > 1 else parts_of(joined, is_name=True)
    if len(japanese) == 2 and japanese[0] in SURNAMES:
        yield from product(SURNAMES[japanese[0]], *([_GIVEN[japanese[1]]] if japanese[1] in _GIVEN else []))
    elif joined in SURNAMES:
        yield from ((kana,) for kana in SURNAMES[joined])
    elif joined in _GIVEN:
        yield from ((kana,) for kana in _GIVEN[joined])
    yield from chinese_and_korean_spellings(joined)
    if all(word in _ARABIC for word in words):
        yield from product(*(_ARABIC[word] for word in words))
    elif any(word in _ARABIC for word in words):
        yield from ((spelling,) for word in words if word in _ARABIC for spelling in _ARABIC[word])
    if "х" in joined:
        yield tuple(word.replace("х", "кх") for word in words)


def uninflected(word: str) -> str:
    """A Cyrillic word without the ending of its case: ``рахмана`` is ``рахман``."""
    return _INFLECTED.sub("", word)
