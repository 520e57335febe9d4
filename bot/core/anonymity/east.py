"""How Chinese and Korean names are read: hanzi in pinyin, hanja and hangul in the spellings that passports have.

Given a name as `letter_key` folds it, gives its other spellings, surname first.
The tables hold common surnames and the letters of given names; simplified and full forms are one letter.
Never guesses: a letter that the tables do not know has no reading here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from bot.core.anonymity.folding import letter_key

Words = tuple[str, ...]
_MOST_SPELLINGS = 400


def table_of(text: str) -> dict[str, list[str]]:
    """``王 wang wong``, with ``|`` or a new line between."""
    rows = (row.split() for row in re.split(r"[|\n]", text) if row.strip())
    return {letter_key(written): spellings for written, *spellings in rows}


def _by_reading(text: str) -> dict[str, str]:
    """``wei 偉威``: the letters of each reading; the first row that has a letter counts."""
    rows = [row.split() for row in re.split(r"[|\n]", text) if row.strip()]
    return {letter_key(letter): reading for reading, letters in reversed(rows) for letter in letters}


_CHINESE = table_of("""
    王 wang wong|李 li lee|張 zhang chang|张 zhang|劉 liu|刘 liu|陳 chen chan|陈 chen|楊 yang|杨 yang|趙 zhao|赵 zhao|黄 huang|周 zhou|呉 wu|吴 wu
    徐 xu|孫 sun|孙 sun|朱 zhu|胡 hu|郭 guo|何 he|林 lin|羅 luo|罗 luo|梁 liang|宋 song|鄭 zheng|郑 zheng|謝 xie|谢 xie|韓 han|韩 han|唐 tang|馮 feng
    冯 feng|鄧 deng|邓 deng|曹 cao|彭 peng|曾 zeng|蕭 xiao|萧 xiao|蔡 cai|潘 pan|袁 yuan|董 dong|呂 lu|吕 lu|蒋 jiang|魏 wei|沈 shen|盧 lu|姜 jiang|習 xi|許 xu hsu|葉 ye|蘇 su|馬 ma|賈 jia|陸 lu|顧 gu|鍾 zhong|丁 ding|余 yu|任 ren|方 fang|石 shi|高 gao|田 tian|金 jin|白 bai|江 jiang|夏 xia|范 fan|龍 long|秦 qin|崔 cui|史 shi|毛 mao|邱 qiu
""")
_PINYIN = _by_reading("""
    ai 愛爱艾|an 安|bai 白柏|bao 宝保|bei 貝贝蓓|bin 斌彬浜|bing 冰兵|bo 波博伯|cai 彩才|chang 昌長长常|chao 超朝|chen 晨辰|cheng 成誠诚程承|chong 冲崇
    chuan 川伝|chun 春純纯|da 大達达|dan 丹|de 徳|dong 東冬|en 恩|fan 凡帆|fang 芳方|fei 飛菲|fen 芬|feng 峰鋒锋鳳豊|fu 福富|gang 剛刚|guang 光広|gui 貴贵桂
    guo 国|hai 海|han 涵寒翰漢汉|hao 浩豪昊皓|he 和賀荷|hong 紅宏洪鴻鸿弘|hua 華花|huan 歓欢|hui 慧輝恵会|ji 吉継|jia 佳家嘉|jian 建健剣|jiang 江|jie 傑潔洁
    jin 金進进錦|jing 静晶京敬|jun 軍俊君鈞|kai 凱凯開|kun 坤昆|lan 蘭嵐|lei 磊雷蕾|li 麗力立莉利黎|lian 蓮連|liang 亮良|lin 林琳|ling 玲霊凌|long 竜|lu 璐露路
    mei 美梅|meng 夢梦萌|min 敏民|ming 明|na 娜|nan 楠南|ning 寧宁|peng 鵬|ping 平萍|qi 琪奇琦|qian 倩千|qiang 強|qin 琴勤|qing 青清慶庆|qiu 秋|ran 然|rong 栄蓉
    rui 瑞蕊鋭|shan 山珊|shu 淑書|shuang 双|shui 水|song 松|tao 濤|ting 婷|tian 天|wei 偉威薇維维|wen 文雯|wu 武|xi 希曦|xia 霞夏|xian 賢贤|xiang 祥翔香|xiao 小暁晓
    xin 欣新鑫心|xing 星興兴|xiong 雄|xiu 秀|xu 旭|xue 雪学|ya 雅亜|yan 燕艶岩彦妍|yang 陽阳洋揚|yi 怡一宜義义毅|ying 英穎颖瑩|yong 勇永|you 友|yu 宇玉雨瑜
    yuan 媛元遠远|yue 月悦|yun 雲芸|ze 沢|zhen 珍振真|zheng 正|zhi 志智|zhong 中忠|zi 子紫|zhu 珠竹|jin 近|bian 扁
""")
_IN_PROSE = frozenset(
    letter_key(
        "小明偉芳娜敏静麗強磊軍洋勇艶傑濤超秀英華慧建国文平紅玉蘭鳳霞飛志海龍波輝鵬雪梅春花永大新天宇浩然子涵欣怡佳美雲東立斌峰俊婷琳"
    )
)
"""Those of which, behind a surname, no common word is made."""
_SURNAMES_IN_PROSE = frozenset(letter_key("王李張劉陳楊趙黄周呉徐孫朱胡郭何林羅梁宋鄭謝韓唐馮鄧曹彭曾蕭蔡潘袁董呂蒋魏沈盧姜"))
_NO_CHINESE = ("韓国", "王国", "王子", "周波", "沈静")
_KOREAN = table_of("""
    김 kim gim|이 lee yi rhee|박 park pak|최 choi choe|정 jung jeong chung|강 kang|조 cho jo|윤 yoon yun|장 jang chang|임 lim im|한 han|오 oh|서 seo suh
    신 shin sin|권 kwon|황 hwang|안 ahn an|송 song|유 yoo yu|류 ryu|전 jeon jun|홍 hong|고 ko go|문 moon mun|양 yang|손 son|배 bae|백 baek paik|허 heo hur
    남 nam|노 noh roh|심 shim sim|하 ha|곽 kwak|성 sung seong|차 cha|주 joo ju|우 woo|구 koo gu|민 min|진 jin|나 na|지 ji|엄 um eom|채 chae|원 won
""")
_HANJA_SURNAMES = _by_reading("""
    김 金|이 李|박 朴|최 崔|정 鄭丁|강 姜康|조 趙曹|윤 尹|장 張|임 林任|한 韓|오 呉|서 徐|신 申辛|권 権權|황 黄黃|안 安|송 宋|유 柳兪劉|홍 洪|전 全田|고 高|문 文|양 梁楊|손 孫
    배 裵裴|백 白|허 許|남 南|심 沈|노 盧|하 河|곽 郭|성 成|차 車|주 朱|우 禹|구 具|민 閔|진 陳|지 池|엄 厳|채 蔡|원 元
""")
_HANJA = _by_reading("""
    정 正貞廷静晶|은 恩銀|영 英永栄泳映|명 明|박 博|재 在宰載|인 仁寅|민 民敏旻|준 俊準|철 哲|수 洙秀守寿|숙 淑|희 姫熙喜|순 順淳|미 美|경 京慶景|혜 恵慧|근 槿根|지 智志知|현 賢鉉玄
    우 宇雨佑|성 成聖誠性|진 鎮真珍|태 泰|호 浩鎬虎|상 相尚|동 東|훈 勲|길 吉|용 容竜勇|기 基起|원 元源|선 善宣仙|대 大|중 中|일 一日|윤 潤允|석 錫碩|병 炳|창 昌|규 奎圭
    환 煥|욱 旭|혁 赫|덕 徳|옥 玉|자 子|춘 春|화 花華|연 妍延|아 雅|주 珠周|세 世|종 鍾宗|만 万|복 福|남 男|광 光|해 海|승 承勝|형 亨|식 植|택 沢|학 学|문 文|건 建健|국 国|유 有裕|의 義|천 天
""")
_NO_KOREAN = frozenset(
    "한국어 한국인 한국의 이민국 이민자 이주민 신청자 신청인 신청서 정부의 정부가 전화번 고등법 조사관 주민등 유엔의 이름은 이유로 우리는 우리가 나이는 "
    "지금은 지금도 주소는 고향은 고향에 문서는 남편은 남편의 남편이 차별을 노동자 강제로 조사를 서류는 서류를 진술서 성명은 성별은 구금된".split()
)
_HANGUL = re.compile("[가-힣]{2,4}")
_LEADS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAILS = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
_FREER = (
    (re.compile("yeo"), ("yeo", "yo", "you", "yu")),
    (re.compile("(?<!y)eo"), ("eo", "o", "u")),
    (re.compile("eu"), ("eu", "u")),
    (re.compile("(?<![eyo])u"), ("u", "oo", "woo")),
    (re.compile("^g"), ("g", "k")),
    (re.compile("^j"), ("j", "ch")),
    (re.compile("^hui$"), ("hee", "hui")),
)
"""How passports spell what the Revised Romanization writes in one way."""


def is_chinese_name(kanji: str) -> bool:
    """Whether three kanji begin with a Chinese surname and go on as given names do."""
    return len(kanji) == 3 and kanji[0] in _SURNAMES_IN_PROSE and _IN_PROSE.issuperset(kanji[1:]) and not kanji.startswith(_NO_CHINESE)


def is_surname(kanji: str) -> bool:
    """Whether one kanji is a surname in Chinese or Korean."""
    return kanji in _CHINESE or kanji in _HANJA_SURNAMES


def is_korean_name(word: str) -> bool:
    """Whether three syllables begin with a common Korean surname."""
    return len(word) == 3 and bool(_HANGUL.fullmatch(word)) and word[0] in _KOREAN and word not in _NO_KOREAN


def chinese_and_korean_spellings(joined: str) -> Iterator[Words]:
    """Of two or three kanji: pinyin, hangul and the spellings of that; of hangul: the spellings."""
    if 2 <= len(joined) <= 3:
        surname, given = joined[0], joined[1:]
        if surname in _CHINESE and _PINYIN.keys() >= set(given):
            yield from product(_CHINESE[surname], ["".join(_PINYIN[letter] for letter in given)])
        if surname in _HANJA_SURNAMES and _HANJA.keys() >= set(given):
            hangul = _HANJA_SURNAMES[surname] + "".join(_HANJA[letter] for letter in given)
            yield (hangul,)
            yield from _korean_spellings(hangul)
    if _HANGUL.fullmatch(joined):
        yield from _korean_spellings(joined)


def _korean_spellings(hangul: str) -> Iterator[Words]:
    if hangul[0] in _KOREAN:
        given = ("".join(syllables) for syllables in product(*(_freely(_romanised(syllable)) for syllable in hangul[1:])))
        yield from islice(product(_KOREAN[hangul[0]], islice(given, _MOST_SPELLINGS)), _MOST_SPELLINGS)


def _freely(syllable: str) -> list[str]:
    spellings = {syllable}
    for pattern, ways in _FREER:
        spellings |= {pattern.sub(way, spelling) for spelling in spellings for way in ways}
    return sorted(spellings)


def _romanised(syllable: str) -> str:
    """As the Revised Romanization has it, letter by letter."""
    at = ord(syllable) - 0xAC00
    return (_LEADS[at // 588] + _VOWELS[at % 588 // 28] + _TAILS[at % 28]).replace("_", "")
