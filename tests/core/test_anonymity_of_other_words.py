"""What only looks like the name of a client is left alone, or shown without asking for a reason."""

from __future__ import annotations

import pytest

from bot.core.anonymity import findings
from bot.core.model import CaseFields, Confidential
from tests.core.test_anonymity_names import TODAY, found


@pytest.mark.parametrize(
    "summary",
    [
        "The client is Kurdish. The applicant is Alevi. The wife is Ukrainian-born. Her husband is Congolese.",
        "The client is LGBT. The client is in Kawaguchi. The applicant was Tokyo-based; the client was Christian.",
        "The client speaks English. For the client English is fine. The Client Protection Office. Her son, May 2024. Their son Monday.",
        "The applicant is Rwandese. Our client UNHCR recognised. The claimant is Hindu Tamil.",
        "依頼者はクルド人です。申請者はムスリムです。妻はトルコ国籍です。夫はエンジニアです。本人はトルコです。",
        "先着30名様まで。王様。",
        "依頼者は高校生です。妻は日本人です。長男は大学生です。母は専業主婦です。本人はカブールで、拘束された。",
    ],
)
def test_what_somebody_is_is_no_name(summary: str) -> None:
    assert found(summary) == []


@pytest.mark.parametrize(
    ("names", "summary"),
    [
        ("Arman Nilufari (fictional)", "A fictional example. Fictional person."),
        ("An Do", "An appeal. Do not call."),
        ("Ali Amin", "アリバイの証明があります。アミノ酸。"),
        ("Teal Harbour Trading", "The harbour at night; a trading company; Teal paint."),
        ("Government of Japan; Minister of Justice", "An action against the Minister of Justice and the Government of Japan."),
        ("国; 法務大臣; 東京出入国在留管理局", "国と法務大臣を被告とする訴訟。東京出入国在留管理局へ同行。"),
        ("none", "None of the documents is translated."),
        ("なし", "証拠はなし"),
        ("該当なし", "該当なし"),
        ("N/A", "n/a"),
        ("山口 花子", "山口県の山口地方裁判所。場所は山口。"),
        ("大村 健", "大村入国管理センター"),
        ("森 健", "森林伐採についての調査。健康診断。"),
        ("田中 太郎", "松田中央病院"),
        ("森 かな", "そのつもりかなと思います。"),
        ("平和 花子", "平和的なデモ"),
        ("依頼者の夫（雇用主）", "依頼者の夫が雇用主です。"),
        ("Rania Kestrel", "Urania; the kestrels; Iranian"),
        ("former employer", "A dispute with a former employer"),
        ("Karim Haddadi", "クリームの輸入"),
        ("Camila Rojas", "カメラの輸入"),
        ("Arman Nilufari", "ノン・ルフールマン原則"),
        ("Grace Park", "Ueno Park, in the grace period"),
        ("Li Min", "90 min"),
        ("千葉花子", "Chiba District Court; 千葉地方裁判所"),
        ("今井 花子", "いまいちど確認する"),
        ("市川 花子", "Ichikawa City; 市川市"),
        ("김민준", "Park, Kimono, 민준법"),
        ("王小明", "王国の小説"),
        ("Mark Bluer", "a blur. Blue paint; Blur"),
        ("Arman Nilufari (Iran), Iranian", "A man from Iran. The Iranian embassy."),
        ("Landlord; Employer; Brother; Government; Japan", "The Landlord. Employer: Brother. Government of Japan."),
        ("アルマン・ニルファリ（イラン）、トルコ", "イランの男性。トルコ国籍。"),
    ],
)  # fmt: skip
def test_an_ordinary_word_is_not_a_name(names: str, summary: str) -> None:
    assert found(summary, names=names) == []


@pytest.mark.parametrize(
    ("names", "summary", "shown"),
    [
        ("Zahra Ahmadi", "Ahmadi fears return.", "Ahmadi"),
        ("Fatima Ahmadi", "Ahmadi様の件", "Ahmadi"),
        ("Hope Okafor", "In hope of a stay Hope asks for help.", "Hope"),
        ("Jordan Said", "A man from Jordan.", "Jordan"),
        ("Jordan Turkmen", "A Turkmen who fled.", "Turkmen"),
        ("Chad Georgia", "Friends of Chad in the jordan valley.", "Chad"),
        ("Will Young", "A young man will appear. Will he be heard?", "Will"),
        ("Mohammad Karimi", "Mohamed asks.", "Mohamed"),
        ("Mohammad Karimi", "Muhammad asks.", "Muhammad"),
        ("Grace", "Grace asks for help.", "Grace"),
        ("Arman Nilufari; Hope", "In hope of a stay Hope asks for help.", "Hope"),
        ("Chad", "A friend of Chad.", "Chad"),
        ("Arman Nilufari\nJordan", "Jordan fled.", "Jordan"),
        ("Judge Mark", "Mark was the judge.", "Mark"),
        ("Zahra Karimi", "A visit: zahra fled in 2020.", "zahra"),
        ("Zahra Ahmadzai", "Ahmadzi fled.", "Ahmadzi"),
        ("Zahra Ahmadzai", "The Ahmazdai family.", "Ahmazdai"),
    ],
)  # fmt: skip
def test_a_word_of_a_name_that_is_also_another_or_is_spelt_otherwise_is_shown_and_needs_no_reason(
    names: str, summary: str, shown: str
) -> None:
    fields = CaseFields(title="Asylum appeal", summary=summary, confidential=Confidential("", names, ""))
    seen = findings(fields, today=TODAY)
    assert [(finding.kind, finding.found, finding.is_sure) for finding in seen] == [("part_of_name", shown, False)]


@pytest.mark.parametrize(
    ("details", "summary"),
    [
        ("The Tokyo District Court dismissed it. Human Rights Watch report attached.", "Tokyo District Court; Human Rights Watch."),
        ("The client speaks English and Dari. Medical Certificate enclosed.", "The client speaks English; Medical Certificate enclosed."),
        ("She lived in Addis Ababa until 2019.", "Events in Addis Ababa."),
        ("Period: March 2024 to the present. UNHCR Tokyo was told.", "UNHCR Tokyo, March 2024"),
        ("依頼者は「特定活動」の在留資格。", "特定活動からの変更です。"),
        ("山口地方裁判所、福島第一、石川県、林道、森林、千葉大学", "山口地方裁判所、福島第一、石川県、林道、森林、千葉大学"),
        ("中国国籍、韓国語、王国、張本人、陳述書、関係者、高等裁判所", "中国国籍、韓国語、王国、張本人、陳述書、関係者、高等裁判所"),
        ("이민국, 한국어, 신청자, 지금은.", "이민국, 한국어, 신청자, 지금은"),
        ("URGENT: HEARING NOTICE ENCLOSED", "URGENT: HEARING NOTICE ENCLOSED"),
        ("UNHCR TOKYO and IOM JAPAN wrote.", "UNHCR TOKYO, IOM JAPAN"),
        ("依頼者は女性。申請者：難民申請者。", "女性の弁護士を希望。難民申請者です。"),
        ("皆様に感謝。お客様。患者さん。仕様、多様。", "皆様のご協力を。お子さん、患者さんも同席。同様に多様な様式、氏名、摂氏。"),
        ("担当：法務担当 連絡先：事務局", "法務担当、事務局まで"),
        ("ソーシャル・ワーカーが同席。", "ソーシャル・ワーカーの同席"),
        ("依頼者はトラック運転手。", "トラック運転手の事故"),
        ("Client 難民申請中. Wife 永住者, son 小学校. Husband 特定活動.", "難民申請中。永住者の家族。小学校。特定活動。"),
        ("男子 知恵 三男 実子 千葉 支部", "男子、知恵、三男、実子、千葉支部"),
        ("Client: トルコ. Applicant トルコ国籍.", "トルコ、トルコ国籍"),
        ("妻のパスポート、夫のアルバイト、友人のアパート。兄のスマートフォン。", "パスポート、アルバイト、アパート、スマートフォン"),
        ("依頼者はネパール国籍。申請者はタリバンに追われ、本人はメールで連絡。", "ネパール国籍。タリバンの迫害。メール"),
        ("息子はインターナショナルスクール、父はドライバー、母はパート。", "インターナショナルスクール、ドライバー、パート"),
        ("Client: Hazara. Child: School in Kobe. Son Japanese national.", "Hazara, School, Japanese"),
        ("The Taliban said that, Kabul, 12, and Monday (30). We met Caritas.", "Taliban in Kabul. Caritas. Monday"),
        ("Her children Japanese citizens, her parents Christian.", "Japanese, Christian"),
        ("さくらの季節", "さくらが咲く"),
        ("St Mary Hospital in Tokyo, the District Court, a High School.", "District Court, High School, a hospital. Tokyo Hospital"),
        ("Yesterday Evacuation Order came. The evacuation order is attached.", "Evacuation Order of the city"),
    ],
)  # fmt: skip
def test_words_that_both_parts_share_are_not_names(details: str, summary: str) -> None:
    assert found(summary, details=details) == []


@pytest.mark.parametrize("summary", ["Aさんの件です。甲氏と乙氏。", "Mr. A and Ms. X", "U.S. and U.K. reports, 9 a.m."])
def test_a_letter_in_place_of_a_name_is_no_name(summary: str) -> None:
    assert found(summary, names="Umar Salim; Usman Karimov") == []
