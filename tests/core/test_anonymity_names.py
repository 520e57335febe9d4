"""A name that staff keep in confidence, or that the text itself introduces, is found in the public text, however it is written there."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.anonymity import Finding, findings
from bot.core.model import CaseFields, Confidential

TODAY = date(2026, 11, 22)


def found(summary: str, *, names: str = "", details: str = "", contact: str = "", title: str = "Asylum appeal") -> list[tuple[str, str]]:
    fields = CaseFields(title=title, summary=summary, confidential=Confidential(details, names, contact))
    return [(finding.kind, finding.found) for finding in findings(fields, today=TODAY)]


@pytest.mark.parametrize(
    ("names", "summary", "written"),
    [
        ("Arman Nilufari", "Help Arman Nilufari with the appeal.", "Arman Nilufari"),
        ("Arman Nilufari", "Help Nilufari Arman.", "Nilufari Arman"),
        ("Arman Nilufari", "Help Nilufari, Arman now.", "Nilufari, Arman"),
        ("Arman Nilufari", "NILUFARI's appeal", "NILUFARI"),
        ("Arman Nilufari", "Arman’s appeal", "Arman"),
        ("Arman Nilufari", "help arman nilufari", "arman nilufari"),
        ("Arman Nilufari", "Arman-Nilufari", "Arman-Nilufari"),
        ("Arman Nilufari", "ＡＲＭＡＮ　ＮＩＬＵＦＡＲＩ様の件", "ＡＲＭＡＮ　ＮＩＬＵＦＡＲＩ"),
        ("Arman Nilufari", "Nilüfari fled", "Nilüfari"),
        ("Arman Nılüfari", "Nilufari fled", "Nilufari"),
        ("Arman Nilufari", "Arman\nNilufari", "Arman"),
        ("Arman Nilufari (fictional)", "アルマン・ニルファリさんの件", "アルマン・ニルファリ"),
        ("Arman Nilufari (fictional)", "ｱﾙﾏﾝ･ﾆﾙﾌｧﾘの件", "ｱﾙﾏﾝ･ﾆﾙﾌｧﾘ"),
        ("Arman Nilufari", "ニルファリ氏の件", "ニルファリ"),
        ("Rania Kestrel", "ケストレルの件", "ケストレル"),
        ("Rania Kestrel", "ラニア ケストレル", "ラニア ケストレル"),
        ("Miriam Solenne", "ミリアム＝ソレンヌの面接", "ミリアム＝ソレンヌ"),
        ("Fatima Mahmoud", "ファティマ・マフムードの件", "ファティマ・マフムード"),
        ("Ahmad Rahimi", "アフマドの申請", "アフマド"),
        ("アルマン・ニルファリ", "Arman Nilufari has a hearing", "Arman Nilufari"),
        ("ｱﾙﾏﾝ ﾆﾙﾌｧﾘ", "アルマンの申請", "アルマン"),
        ("タナカ タロウ", "Tanaka Taro", "Tanaka Taro"),
        ("タナカ タロウ", "TARŌ TANAKA", "TARŌ TANAKA"),
        ("タナカ タロウ", "Tarou Tanaka", "Tarou Tanaka"),
        ("タナカ タロウ", "たなかたろうさん", "たなかたろう"),
        ("たなか たろう", "タナカタロウの件", "タナカタロウ"),
        ("しまづ ちひろ", "Simazu Tihiro", "Simazu Tihiro"),
        ("Shimazu Chihiro", "シマヅ・チヒロ", "シマヅ・チヒロ"),
        ("Satoh Jun", "Satō is waiting", "Satō"),
        ("田中太郎", "田中太郎の申請", "田中太郎"),
        ("田中　太郎", "田中太郎の申請", "田中太郎"),
        ("田中太郎", "田中 太郎の申請", "田中 太郎"),
        ("田中 太郎", "雇用主の田中が", "田中"),
        ("田中太郎", "田中さんの会社", "田中"),
        ("髙﨑 花", "高崎 花の申請", "高崎 花"),
        ("李偉", "配偶者は李偉です", "李偉"),
        ("田中太郎と佐藤花子", "佐藤花子の証言", "佐藤花子"),
        ("雇用主：山田工業株式会社", "山田工業での就労", "山田工業"),
        ("㈱山田工業", "株式会社山田工業での就労", "山田工業"),
        ("Teal Harbour Trading", "work at Teal Harbour Trading", "Teal Harbour Trading"),
        ("Sunrise Maritime Co., Ltd.", "wages from Sunrise Maritime", "Sunrise Maritime"),
        ("Kestrel, Rania", "Rania needs help", "Rania"),
        ("Rania and Yusuf Kestrel", "Yusuf needs help", "Yusuf"),
        ("Samira Al-Hassan", "Samira Al Hassan", "Samira Al Hassan"),
        ("Samira Al-Hassan", "Samira AlHassan", "Samira AlHassan"),
        ("Samira Al-Hassan", "Mrs Alhassan's visa", "Alhassan"),
        ("Brian O'Connell", "OConnell", "OConnell"),
        ("Ірина Шевчук", "Iryna Shevchuk applied", "Iryna Shevchuk"),
        ("Олена Коваленко", "コヴァレンコの件", "コヴァレンコ"),
        ("محمد احمدی", "محمد أحمدي", "محمد أحمدي"),
        ("김철수", "김철수 씨", "김철수"),
        ("မောင်မောင်", "မောင်မောင် ၏", "မောင်မောင်"),
        ("Nguyen Van An", "グエン・ヴァン・アンの件", "グエン・ヴァン・アン"),
        ("Kim Min-jun", "キム・ミンジュンの証言", "キム・ミンジュン"),
        ("Kim Min-jun", "Minjun Kim", "Minjun Kim"),
        ("Mohammed Ali", "モハメド・アリの件", "モハメド・アリ"),
        ("Muhammad Ali", "ムハンマド・アリ氏", "ムハンマド・アリ"),
        ("Abdulrahman Hassan", "アブドゥルラフマンの面接", "アブドゥルラフマン"),
        ("Abdulrahman Hassan", "Abdul Rahman", "Abdul Rahman"),
        ("Kyaw Min", "キャウ・ミンの件", "キャウ・ミン"),
        ("Mya Thandar", "ミャ・タンダーの件", "ミャ・タンダー"),
        ("Ольга Иванова", "オルガ・イワノワの件", "オルガ・イワノワ"),
        ("Serhan Yılmaz", "セルハン・ユルマズの件", "セルハン・ユルマズ"),
        ("Maria Lopez", "ロペスさんの件", "ロペス"),
        ("Dawit Habtemariam", "Habte-Mariam", "Habte-Mariam"),
        ("Dawit Habtemariam", "D. Habtemariam", "Habtemariam"),
        ("おおの ちよ", "Chiyo OHNO", "Chiyo OHNO"),
        ("ホンマ シュンペイ", "Shumpei Homma", "Shumpei Homma"),
        ("渡辺 一郎", "渡邊さん", "渡邊"),
        ("王偉", "依頼者王は2020年に来日", "王"),
        ("王偉", "王家の子ども", "王"),
        ("Zahra Ahmadzai", "アフマドザイ一家", "アフマドザイ"),
        ("健太郎", "ケンタロウくん", "ケンタロウ"),
        ("阿部 洋子", "阿部の陳述", "阿部"),
        ("医療法人緑川病院", "緑川病院での勤務", "緑川病院"),
        ("依頼者は田中花子、3月に来日", "田中花子の件", "田中花子"),
        ("田中花子", "田中の件", "田中"),
        ("田中花子", "Tanaka Hanako", "Tanaka Hanako"),
        ("田中花子", "（たなかはなこ）", "たなかはなこ"),
        ("田中 花子", "ハナコ・タナカ", "ハナコ・タナカ"),
        ("たなかさん", "（たなかはなこ）", "たなか"),
        ("たなかはなこ", "（たなかはなこ）", "たなかはなこ"),
        ("千葉花子", "Chiba Hanako", "Chiba Hanako"),
        ("Рахман Али", "Rakhman", "Rakhman"),
        ("Рахман Али", "Рахмана", "Рахмана"),
        ("محمد علي", "Mohammed", "Mohammed"),
        ("محمد علي", "Muhammad Ali", "Muhammad Ali"),
        ("김민준", "Kim Minjun", "Kim Minjun"),
        ("김민준", "Min-jun Kim", "Min-jun Kim"),
        ("김민준", "김민준의 사건", "김민준"),
        ("王小明", "Wang Xiaoming", "Wang Xiaoming"),
        ("Mueller", "Müller", "Müller"),
        ("Jürgen Müller", "Juergen Mueller", "Juergen Mueller"),
        ("Rahman Ali", "R a h m a n  A l i", "R a h m a n  A l i"),
        ("R a h m a n  A l i", "Rahman Ali", "Rahman Ali"),
        ("Opponent: Mark Hope", "a claim against Mark Hope", "Mark Hope"),
        ("Jordan Turkmen", "The hearing of Jordan Turkmen.", "Jordan Turkmen"),
        ("Chad Georgia", "Georgia, Chad asks for a visit.", "Georgia, Chad"),
        ("Major Chad", "Major Chad was beaten.", "Major Chad"),
        ("タイ・ソン", "タイ・ソンの面接", "タイ・ソン"),
    ],
)  # fmt: skip
def test_every_entry_of_the_conflict_check_is_sought(names: str, summary: str, written: str) -> None:
    assert ("name", written) in found(summary, names=names)


@pytest.mark.parametrize(
    ("details", "summary", "written"),
    [
        ("田中花子", "田中花子は30歳", "田中花子"),
        ("依頼者田中花子は2021年に来日。", "田中の件", "田中"),
        ("RAHMAN ALI", "RAHMAN ALIの件", "RAHMAN ALI"),
        ("RAHMAN ALI", "Rahman Ali", "Rahman Ali"),
        ("Client RAHMAN ALI", "Ｒａｈｍａｎ Ali", "Ｒａｈｍａｎ Ali"),
        ("王小明", "王小明の件", "王小明"),
        ("김민준", "김민준 사건", "김민준"),
        ("Nguyễn Văn An", "case of Nguyen Van An", "Nguyen Van An"),
        ("Client RAHMAN ALI, 田中花子", "RAHMAN ALI and 田中花子 need help", "RAHMAN ALI"),
        ("Client RAHMAN ALI, 田中花子", "RAHMAN ALI and 田中花子 need help", "田中花子"),
        ("Ms. Leila Ahmadzai was detained in 2021.", "Leila has two children", "Leila"),
        ("The client, Karim Haddadi, fled.", "Karim Haddadi fled", "Karim Haddadi"),
        ("Her husband is Karim.", "letters of Karim", "Karim"),
        ("Name: Leila Ahmadzai", "AHMADZAI Leila", "AHMADZAI Leila"),
        ("Statement of Leila bint Ahmadzai attached.", "Leila bint Ahmadzai", "Leila bint Ahmadzai"),
        ("氏名：山本 次郎", "山本次郎の件", "山本次郎"),
        ("Doctor: Dr Tanabe. Sister in Kenya.", "Dr. Tanabe’s report", "Dr. Tanabe"),
        ("Her lawyer was Mr. Rostami. Letters enclosed.", "Rostami wrote", "Rostami"),
        ("The client, J. P. Mukendi. Original attached.", "Mukendi wrote", "Mukendi"),
        ("氏名 アルマン・ニルファリ 男性", "アルマンの件", "アルマン"),
        ("依頼者：レイラ", "レイラの在留資格", "レイラ"),
        ("証人の山本さんに連絡済み。", "山本が証言", "山本"),
        ("支援者の高橋氏より紹介。", "高橋氏の紹介", "高橋"),
        ("Son 高橋 健太郎.", "高橋健太郎が学校で", "高橋健太郎"),
        ("Son 高橋 健太郎.", "健太郎が学校で", "健太郎"),
        ("Son 高橋 健太郎.", "高橋一家の件。", "高橋"),
        ("Son 高橋 健太郎.", "健太郎くん", "健太郎"),
        ("Wife: 田中 美咲. Son 高橋 健太郎(けんたろう)", "美咲の証言", "美咲"),
        ("They live with 高橋 真悟 now.", "高橋の証言", "高橋"),
        ("Son 高橋 健太郎.", "KENTARO at school", "KENTARO"),
        ("Client: son 璃空", "璃空くん", "璃空"),
        ("健太郎", "健太郎が学校で", "健太郎"),
        ("依頼者の長男 健太郎", "健太郎が学校で", "健太郎"),
        ("Her husband is アルマン.", "アルマンの件", "アルマン"),
        ("アルマン・ニルファリは2021年に出国。", "アルマン・ニルファリの出国", "アルマン・ニルファリ"),
    ],
)  # fmt: skip
def test_what_reads_like_a_name_in_the_details_is_sought(details: str, summary: str, written: str) -> None:
    assert ("name", written) in found(summary, details=details)


@pytest.mark.parametrize(
    ("details", "summary", "written"),
    [
        ("The client is Zahra.", "Zahra fled Herat.", "Zahra"),
        ("client: Zahra", "Zahra fled Herat.", "Zahra"),
        ("Client name - Zahra", "Zahra fled Herat.", "Zahra"),
        ("My client Zahra fled.", "Zahra has children.", "Zahra"),
        ("A man called Yusuf helped.", "Yusuf helped her.", "Yusuf"),
        ("Her children Aisha (5), Bilal (3) and Sara.", "Bilal goes to school. Sara is ill.", "Sara"),
        ("Sons: Ali, Bilal", "Bilal goes to school.", "Bilal"),
        ("He goes by Sam.", "Sam is well.", "Sam"),
        ("依頼者はザフラです。", "ザフラの面接", "ザフラ"),
        ("依頼者はザフラです。", "Zahra has an interview.", "Zahra"),
        ("依頼人：ザフラ", "ザフラの面接", "ザフラ"),
        ("ザフラさんは2020年に出国。", "ザフラの面接", "ザフラ"),
        ("ザフラという女性。", "ザフラの面接", "ザフラ"),
        ("ザフラ（34歳）が出国。", "ザフラの面接", "ザフラ"),
        ("夫の名はユスフ。", "ユスフの収容", "ユスフ"),
        ("通称サム", "サムの件", "サム"),
        ("妻の花子が同席。", "花子が証言", "花子"),
        ("依頼者は王さん。", "王さんの件", "王"),
    ],
)  # fmt: skip
def test_whoever_the_details_introduce_by_one_name_is_sought(details: str, summary: str, written: str) -> None:
    assert any(kind == "name" and piece.startswith(written) for kind, piece in found(summary, details=details))


@pytest.mark.parametrize(
    ("details", "summary", "shown"),
    [
        ("妻のアミナがケニアにいる。", "アミナはケニアにいる。", "アミナ"),
        ("妻のアミナがケニアにいる。", "Amina is in Kenya.", "Amina"),
        ("夫ユスフは収容中。", "ユスフの収容", "ユスフ"),
        ("子：アイシャ、ビラル", "ビラルの学校", "ビラル"),
        ("長女：さくら", "さくらが入院", "さくら"),
        ("Zahra is the client.", "Zahra has a hearing.", "Zahra"),
        ("Zahra, 34, fled Herat.", "Zahra has a hearing.", "Zahra"),
        ("Zahra’s husband was killed.", "Zahra has a hearing.", "Zahra"),
        ("Spoke with Zahra today.", "Zahra has a hearing.", "Zahra"),
        ("The client is Grace.", "A grace period. Grace fled.", "Grace"),
        ("Client Zahra Ahmadi", "Ahmadi fled.", "Ahmadi"),
        ("Their son is at Motogo Elementary School.", "A talk with Motogo Elementary School.", "Motogo Elementary School"),
    ],
)  # fmt: skip
def test_whoever_the_details_only_speak_of_is_shown_and_needs_no_reason(details: str, summary: str, shown: str) -> None:
    assert [piece for kind, piece in found(summary, details=details) if kind == "part_of_name"] == [shown]


def test_the_contact_is_sought_too() -> None:
    assert found("Please call Hanako Yamashita.", contact="Hanako Yamashita, Legal desk") == [("name", "Hanako Yamashita")]
    assert found("山下まで", contact="担当：山下 花子") == [("name", "山下")]


@pytest.mark.parametrize("field", ["title", "kind", "summary", "language", "place", "time_frame"])
def test_every_public_field_is_read(field: str) -> None:
    given = {"title": "t", "summary": "s"} | {field: "Visit Nilufari"}
    fields = CaseFields(**given, confidential=Confidential(conflict_names="Arman Nilufari"))
    assert findings(fields, today=TODAY) == (Finding("name", field, "Nilufari"),)


@pytest.mark.parametrize(
    "summary",
    [
        "Mr. Ahmadzai is in hiding",
        "my client named Leila",
        "アフマドさんの件",
        "田中氏が保証人",
        "依頼者のレイラさん",
        "王さんの件",
        "マリさんの件",
    ],
)
def test_a_title_makes_a_name_even_where_the_confidential_part_is_empty(summary: str) -> None:
    assert [kind for kind, _ in found(summary)] == ["person"]


@pytest.mark.parametrize(
    ("summary", "written"),
    [
        ("The client is Zahra from Kabul.", "Zahra"),
        ("Our client Zahra Ahmadi fled.", "Zahra Ahmadi"),
        ("The applicant is Hassan.", "Hassan"),
        ("Her husband, Karim, was arrested.", "Karim"),
        ("依頼者はザフラです。", "ザフラ"),
        ("依頼者はアルマン・ニルファリといいます。", "アルマン・ニルファリ"),
        ("妻は田中花子です。", "田中花子"),
    ],
)
def test_whoever_the_text_itself_introduces_is_shown_and_needs_no_reason(summary: str, written: str) -> None:
    seen = findings(CaseFields(title="Asylum appeal", summary=summary), today=TODAY)
    assert [(finding.kind, finding.found, finding.is_sure) for finding in seen] == [("person", written, False)]


@pytest.mark.parametrize(("names", "summary"), [("Arman Nilufari", "A.N. has a hearing"), ("", "A.N. has a hearing")])
def test_initials_are_found(names: str, summary: str) -> None:
    assert found(summary, names=names, details='The client is "A.N."') == [("initials", "A.N.")]


def test_what_was_found_is_told_as_it_was_written_and_once() -> None:
    assert found("Nilufari, ＮＩＬＵＦＡＲＩ and Nilufari", names="Arman Nilufari") == [("name", "Nilufari"), ("name", "ＮＩＬＵＦＡＲＩ")]
