"""Addresses, numbers and birthdays by which a person could be found are found first, and nothing that only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.anonymity import findings
from bot.core.model import CaseFields

TODAY = date(2026, 11, 22)


def found(summary: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.found) for finding in findings(CaseFields(title="Asylum appeal", summary=summary), today=TODAY)]


SAMPLES = {
    "email": [
        "leila@example.org", "le.ila+x@mail.example.co.jp", "ｌｅｉｌａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "leila [at] example.org",
        "leila (at) example (dot) org",
        "leila at example dot org", "leila at gmail", "leila.k@gmail",
    ],
    "phone": [
        "03-1234-5678", "０３－１２３４－５６７８", "03(1234)5678", "(03) 1234-5678", "090-1234-5678", "09012345678",
        "０９０ー１２３４ー５６７８",
        "+81 90 1234 5678", "+81-3-1234-5678", "+1 (212) 555-0123", "212-555-0123", "+44 20 7946 0958", "0120-123-456", "0312345678",
        "٠٩٠-١٢٣٤-٥٦٧٨", "tel: 5555 1234", "電話 1234-5678", "090‐1234‐5678", "+989121234567",
        "〇九〇-一二三四-五六七八", "〇三一二三四五六七八", "〇九〇ー一二三四ー五六七八",
        "090 12 34 56 78", "090・1234・5678", "090.1234.5678", "090 / 1234 / 5678", "０９０＿１２３４＿５６７８", "0081 90 1234 5678", "90-1234-5678",
        "〇九〇 一二三四 五六七八", "090-1234-五六七八", "〇九〇の一二三四の五六七八", "81-90-1234-5678", "zero nine zero, 1234 5678",
    ],
    "link": [
        "https://example.org/a?b=c", "http://example.jp", "www.example.org", "example.com/leila", "bit.ly/3xYzAb", "t.me/leila_k",
        "@leila_k",
        "LINE ID: leila90", "Telegram: leila_90", "LINE ID：leila.k", "facebook account: leila90",
        "example[.]com/leila", "leilapage dot com", "Instagram: leila.karimi", "インスタ leila_k", "insta: leila_karimi", "FB: leila.karimi.5", "フェイスブックのleila.karimi", "example。com/leila", "YouTube channel 'Leila in Japan'",
    ],
    "residence_card": ["AB12345678CD", "ＡＢ１２３４５６７８ＣＤ", "AB 12345678 CD", "ab12345678cd", "AB 1234 5678 CD", "AB1234-5678CD",
                       "在留カード番号：AB1234567", "A B 1 2 3 4 5 6 7 8 C D", "residence card ending 34AB", "カード番号末尾CD", "在留カード末尾CD"],
    "passport": ["TR1234567", "passport no. P 1234567", "Passport P-1234567", "旅券番号は AB123456", "パスポート番号：12345678", "passport number: X1234567", "passport no. is TR 123 4567",
                 "旅券番号：TR 123-4567", "passport: TR 123 4567", "passport ending 4567", "passport number ends in 4567", "旅券末尾4567", "旅券の下4桁は4567", "旅券 ****4567", "passport (last four: 4567",
                 "last four digits of the passport: 4567"],
    "alien_registration": ["外国人登録番号 第123456789号", "alien registration no. 123456789", "(B)第123456789号"],
    "case_number": [
        "東入審判第1234号",
        "令和8年(行ウ)第12号", "令和８年（行ウ）第１２号", "平成30年(ワ)第12345号", "令和元年（行コ）第３号", "2026年（行ウ）第12号",
        "（行ツ）第5号", "R8(行ウ)12号",
        "A000-424-242", "A123456789", "A 123 456 789", "PA/01234/2026", "UI-2024-001234", "1:26-cv-01234", "123-12C01234", "東難認第123号",
        "事件番号：2026-1234", "申請番号 12-3456", "case no. 2026/1234", "Application number: JP-26-00123", "receipt number MSC2190012345",
        "行ウ123", "行コ第45号", "R5(gyo-u)123", "R5(行ウ)123",
        "令和六年（行ウ）第五六号", "令和八年(ワ)第百二十三号", "（行ツ）第五号", "Reiwa 8 (Gyo-U) No. 123", "Heisei 30 (wa) No. 12345",
        "Reiwa 8 (2026) (Gyo-U) No. 123", "REIWA 8 GYO-U 123",
        "東京 難 2023-123", "難民2023-123号", "受付番号 東-2024-123", "2026(gyo-u)123", "TO-2024-01234",
    ],
    "id_number": ["マイナンバー 1234 5678 9012", "個人番号：123456789012", "national ID number: 1234-56789", "123456789", "普通 1234567", "普通預金口座 1234567",
                  "bank account no. 1234567", "savings account: 1234567", "口座番号：1234567"],
    "address": [
        "〒160-0023", "西新宿二丁目8番1号", "西新宿2丁目", "霞が関1-1-3", "新宿区西新宿2-8-1", "川口市芝123番地", "大字久野123番地の4",
        "新宿区西新宿２ー８ー１", "12番3号", "221B Baker Street", "10 Downing Street", "1-1-3 Kasumigaseki", "2-chome",
        "Shinjuku-ku, Nishi-Shinjuku 2-8-1", "SW1A 2AA",
        "Sakura-so 203", "Midori Heights 101", "さくら荘203", "サンハイツ 101号室", "港区虎ノ門4-1", "郵便番号1600023",
        "Nishi-Shinjuku 2-8-1", "NISHI-SHINJUKU 2-8-1", "Kasumigaseki 1-1-3", "Roppongi, 6-10-1", "Room 203, Green Heights", "Rm. 203 Sakura-so",
        "芝園団地15号棟", "Shibazono Danchi 15-402", "川口市芝園町3番", "コーポ田中202", "flat 402 of Shibazono", "zip 333-0853",
        "西川口在住", "高田馬場在住", "西川口駅近くに住む", "西川口で生活", "西川口のアパート", "蕨駅前のマンション", "flat in Nishi Kawaguchi", "西新宿二の八の一", "新宿区西新宿2の8の1",
        "2-8-1-402 Nishishinjuku", "蕨駅近くに在住", "西川口駅から徒歩5分のアパート",
        "lives in Nishi-Kawaguchi", "living near Takadanobaba station",
    ],
    "birth_date": [
        "1990-05-01", "1990年5月1日", "1 May 1990", "May 1, 1990", "1st of May 1990", "01/05/1990", "昭和60年5月1日", "平成２年５月１日",
        "S60.5.1", "H2/5/1",
        "昭和六十年五月一日", "一九九〇年五月一日", "19900501", "1990.5.1", "平成元年5月1日", "平２・５・１", "昭60.5.1", "first of May 1990",
        "twenty-first May, 1990",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "sample"), [(kind, sample) for kind, samples in SAMPLES.items() for sample in samples])
@pytest.mark.parametrize("around", ["{}", "See {} for more.", "連絡は {} です。", "（{}）", "before\n{}\nafter"])
def test_each_is_found_as_it_was_written(kind: str, sample: str, around: str) -> None:
    assert found(around.format(sample)) == [(kind, sample)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("born on 3 March 2020", "3 March 2020"), ("Date of birth: 2019-04-05", "2019-04-05"),
        ("DOB 5/4/19", "5/4/19"), ("2020年3月3日生まれ", "2020年3月3日"),
        ("2020年3月3日生の長女", "2020年3月3日"), ("生年月日：令和2年3月3日", "令和2年3月3日"), ("生年月日：85/1/2", "85/1/2"), ("生年月日 85.1.2", "85.1.2"),
        ("born in May 1990", "May 1990"), ("1990年5月生まれ", "1990年5月"),
        ("誕生日は5月1日", "5月1日"), ("3 March 2020 (birth)", "3 March 2020"), ("子は2026年5月1日に出生", "2026年5月1日"),
        ("She turned 18 on 3 June 2026", "3 June 2026"), ("will be 18 on 3 June", "3 June"), ("6月3日に18歳になる", "6月3日"),
        ("born on the first of May", "first of May"), ("生年月日：85/1/2", "85/1/2"),
    ],
)  # fmt: skip
def test_any_day_with_a_word_of_birth_beside_it_is_a_birthday(text: str, written: str) -> None:
    assert found(text) == [("birth_date", written)]


@pytest.mark.parametrize(
    "text",
    [
        "Interview on 20 January 2027, 10:00-16:00.", "2027年1月20日 10:00-16:00", "Decision served on 14 September.", "9月14日に受領",
        "2024年から現在まで",
        "The 1951 Convention of 28 July 1951 and the Protocol of 31 January 1967.", "1951年7月28日の条約", "昭和26年政令第319号",
        "平成16年法律第73号",
        "平成16年6月2日法律第73号による改正", "最判昭和53年10月4日", "最高裁昭和53年10月4日大法廷判決",
        "Supreme Court judgment of 4 October 1978",
        "入管法61条の2の9第4項", "入管法第61条の2第1項第1号", "行政事件訴訟法14条1項", "Article 1A(2), section 3.2", "28 U.S.C. 1746",
        "8 CFR 208.13",
        "20-30 hours, 2-3 weeks, 10:00-16:00, pages 12-15", "10-15ページ、2-3週間、9-17時、100-200頁", "約200ページ、12点、3,000,000円",
        "300000000円",
        "birth certificate issued on 1 May 2026", "2026年5月1日に出生届を提出", "生活保護、生命、生存権", "第3号被告", "別記第74号様式",
        "甲第1号証から第12号証",
        "See JAR-2026-014.", "case number 3 of the list", "three cases; case no. 5", "Room 401, 12 Tokyo District Court judges",
        "3 Supreme Court decisions",
        "e.g. reports, i.e. letters; etc.and so on", "and/or, he/she, 24/7", "Facebook: posts and photographs",
        "LINEの記録、WhatsApp messages", "meet @ 5 pm",
        "2026-12-20", "20261220", "12/20/2026", "COVID-19, G20, F-35", "東京地方裁判所 第419号法廷", "本人尋問は第2回期日",
        "町村会、都道府県、市区町村", "3番目の争点",
        "港区内で10-15時間", "四番目", "審査請求第二回", "難民認定申請3回目",
        "A4 pages, B2 level, N1 Japanese", "18歳未満",
        "2026年(令和8年)", "(1) 12号室", "（注）第3号", "9.30 a.m.", "1.5 hours", "USD 1,000,000", "2-year-old decision of 2026",
        "Phase 1-2-3",
        "the rest of 2026 and so 203 pages", "困難 2023-24年", "銀行ウェブ", "避難2023-24", "令和8年(予定)3月", "二〇二三年-二〇二四年", "apartment 3",
        "Reiwa 8 (2026) No. 3", "IN 2024-2026 HE", "in 1234 5678 of", "二ー三回", "令和六年（予定）三月", "Heisei 30 (appeal) of 2018",
        "Hearing 12-3-2027", "Deadline 20-12-27", "Received 3-12-26", "Section 4-2-1", "Step 1-2-3", "Follow-up 1-2-3", "Room 401, Family Court",
        "普通 1000000円", "普通は2026年", "a bank account of 1,000,000 yen", "口座 100000円",
        "Passport of 2026, 12 pages", "2026年(ア)3月",
        "The passport ends in December", "We use it. At Gmail", "an account at gmail", "provider at Gmail", "入管法61の2の9", "上野公園で暮らしていた", "入管法第61条の2の9", "南京のアパート", "Her passport ends in 2027", "東京駅から徒歩5分の事務所", "大阪在住の弁護士", "北関東在住の方", "東日本に住む方",
        "北部地域に住む方", "仙台在住", "東京都内在住", "新潟県在住", "埼玉県在住", "川口市在住", "公営団地に住む", "最寄駅近くに住む",
        "living in Shinjuku", "stays near a Police Station", "LINE, WhatsApp etc.and so on", "市営住宅 2-3年", "港区役所3番窓口", "a first May hearing",
    ],
)  # fmt: skip
def test_ordinary_numbers_and_legal_words_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "written",
    ["090-1234-5678", "03-1234-5678", "+81-90-1234-5678", "leila@example.org", "example.com/leila", "www.example.org", "@leila_k",
     "AB12345678CD", "12345678", "212-555-0123", "TR1234567"],
)  # fmt: skip
def test_japanese_without_spaces_hides_nothing(written: str) -> None:
    assert [one for _, one in found(f"面会の前に{written}へご連絡ください。")] == [written]
    assert [one for _, one in found(f"連絡先は{written}です。")] == [written]
