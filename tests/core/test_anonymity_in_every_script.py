"""One person in several scripts and spellings: who is in the confidential part in one is found in the public text in another."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.anonymity import findings
from bot.core.model import CaseFields, Confidential

TODAY = date(2026, 11, 22)


def found(summary: str, names: str) -> list[tuple[str, str]]:
    fields = CaseFields(title="Asylum appeal", summary=summary, confidential=Confidential(conflict_names=names))
    return [(finding.kind, finding.found) for finding in findings(fields, today=TODAY)]


@pytest.mark.parametrize(
    ("names", "summary", "written"),
    [
        ("金正恩", "Kim Jong-un", "Kim Jong-un"),
        ("Фатима Алиева", "Дело Алиевой", "Алиевой"),
        ("金正恩", "キム・ジョンウンの件", "キム・ジョンウン"),
        ("金正恩", "김정은 사건", "김정은"),
        ("Kim Jong-un", "金正恩氏の件", "金正恩"),
        ("Kim Jong-un", "김정은", "김정은"),
        ("キム・ジョンウン", "Kim Jong-un", "Kim Jong-un"),
        ("朴槿恵", "Park Geun-hye", "Park Geun-hye"),
        ("이민영", "Lee Minyoung", "Lee Minyoung"),
        ("王偉", "Wang Wei", "Wang Wei"),
        ("王 偉", "Wei Wang", "Wei Wang"),
        ("王偉", "ワン・ウェイの件", "ワン・ウェイ"),
        ("王伟", "王偉の件", "王偉"),
        ("王偉", "王伟的案件", "王伟"),
        ("Wang Wei", "依頼者王偉", "王偉"),
        ("ワン・ウェイ", "Wang Wei", "Wang Wei"),
        ("陈美玲", "Chen Mei-ling", "Chen Mei-ling"),
        ("Tanaka Hanako", "田中花子の件", "田中花子"),
        ("Tanaka Hanako", "雇用主の田中が", "田中"),
        ("Tanaka Riku", "田中璃空の学校", "田中璃空"),
        ("Мухаммад Рахимов", "Mukhammad fled", "Mukhammad"),
        ("Мухаммад Рахимов", "Muhammad fled", "Muhammad"),
        ("Юлия Коваленко", "Yulia fled", "Yulia"),
        ("Юлия Коваленко", "Iuliia fled", "Iuliia"),
        ("Юлия Коваленко", "Julia fled", "Julia"),
        ("Юлія Коваленко", "ユリアの件", "ユリア"),
        ("Yulia Kovalenko", "Юлия", "Юлия"),
        ("Сергій Щербак", "Serhii Shcherbak", "Shcherbak"),
        ("Жанна", "Zhanna fled", "Zhanna"),
        ("Ганна", "Hanna fled", "Hanna"),
        ("राजेश", "Rajesh fled", "Rajesh"),
        ("Rajesh Kumar", "राजेश कुमार", "राजेश कुमार"),
        ("মোহাম্মদ", "Mohammad fled", "Mohammad"),
        ("ਸਿੰਘ", "Singh fled", "Singh"),
        ("சிவா", "Siva fled", "Siva"),
        ("முருகன்", "Murugan fled", "Murugan"),
        ("සමන්", "Saman fled", "Saman"),
        ("თამარ", "Tamar fled", "Tamar"),
        ("Tamar", "თამარ", "თამარ"),
        ("Արամ Հակոբյան", "Aram Hakobyan fled", "Aram Hakobyan"),
        ("Tesfaye", "テスファイの件", "テスファイ"),
        ("Rajesh", "ラジェシュの件", "ラジェシュ"),
        ("زهرا احمدی", "Zahra fled", "Zahra"),
        ("Zahra Karimi", "زهراء", "زهراء"),
        ("بلال", "Bilal fled", "Bilal"),
        ("مژگان رستمی", "Mozhgan Rostami", "Mozhgan"),
        ("حمیدالله", "Hamidullah fled", "Hamidullah"),
        ("عبدالحق", "Abdul Haq fled", "Abdul Haq"),
        ("Nguyễn Thị Hương", "Nguyen Thi Huong", "Nguyen Thi Huong"),
        ("Đặng Văn Đức", "DANG VAN DUC", "DANG VAN DUC"),
        ("Şükrü Gökçe", "Sukru fled", "Sukru"),
        ("IBRAHIM CELIK", "İbrahim Çelik", "İbrahim Çelik"),
        ("Zahra Karimi", "Ｚａｈｒａ fled", "Ｚａｈｒａ"),
        ("Zahra Karimi", "Zah\u200bra fled", "Zah\u200bra"),
        ("Zahra Karimi", "Zah\u00adra fled", "Zah\u00adra"),
        ("Zahra Karimi", "Help Zah-\nra now", "Zah-\nra"),
        ("Zahra Karimi", "Zahra’s appeal", "Zahra"),
        ("Rania Kestrel", "the Kestrels fled", "Kestrels"),
        ("Kim Min-jun", "Minjun fled", "Minjun"),
        ("Kim Minjun", "Min-jun fled", "Min-jun"),
        ("Jean-Pierre Mukendi", "Jeanpierre fled", "Jeanpierre"),
        ("田中太郎", "田中\n太郎の件", "太郎"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_another_script_or_spelling(names: str, summary: str, written: str) -> None:
    assert ("name", written) in found(summary, names)


@pytest.mark.parametrize(
    ("names", "summary"),
    [
        ("金正恩; 王偉", "Kimono, Wangari, 金銭、王国、正恩寺"),
        ("Lin Li; Zhou Zhi", "森林、周囲、林道"),
        ("Mori Ken; Ueno Taro; Hayashi Jun", "森林。上野での面会。上野動物園。林道。"),
        ("Олександр Рахимов", "Alexandria"),
        ("زهرا بلال", "Zero balance. The Zohar. A Billing"),
        ("Юлия", "July; in Julian dates"),
        ("Abdi Ibrahim; Deqa Vali", "AI tools, DV shelter, an ID card"),
    ],
)  # fmt: skip
def test_what_only_resembles_it_is_left_alone(names: str, summary: str) -> None:
    assert found(summary, names) == []


@pytest.mark.parametrize(
    ("names", "summary", "written"),
    [
        ("株式会社山川製作所", "山川製作所での就労", "山川製作所"),
        ("山川製作所", "(株)山川製作所での就労", "山川製作所"),
        ("㈱山川製作所", "ヤマカワ製作所での就労", "ヤマカワ製作所"),
        ("株式会社山川製作所", "ヤマカワセイサクショでの就労", "ヤマカワセイサクショ"),
        ("株式会社山川製作所", "work at Yamakawa Seisakusho", "Yamakawa Seisakusho"),
        ("株式会社山川製作所", "work at Yamakawa Works", "Yamakawa Works"),
        ("Yamakawa Seisakusho Co., Ltd.", "山川製作所での就労", "山川製作所"),
        ("山田工業", "YAMADA KŌGYŌ K.K.", "YAMADA KŌGYŌ"),
        ("有限会社鈴木農園", "the Suzuki Farm", "Suzuki Farm"),
        ("さくら水産", "Sakura Suisan", "Sakura Suisan"),
    ],
)  # fmt: skip
def test_a_company_is_found_in_other_letters(names: str, summary: str, written: str) -> None:
    assert ("name", written) in found(summary, names)


@pytest.mark.parametrize("summary", ["Yamakawa, 山川さくら", "Farm work. A factory. 製作所での就労"])
def test_half_the_name_of_a_company_is_not_the_company(summary: str) -> None:
    assert found(summary, "株式会社山川製作所; 有限会社鈴木農園") == []


@pytest.mark.parametrize("summary", ["Client ZA fled.", "ZA氏の件", "Z.A. fled."])
def test_initials_are_found_with_stops_and_without(summary: str) -> None:
    assert [kind for kind, _ in found(summary, "Zahra Atai")] == ["initials"]


@pytest.mark.parametrize(
    ("names", "summary", "written"),
    [
        ("አበበ ተስፋዬ", "Abebe Tesfaye fled.", "Abebe Tesfaye"), ("Abebe Tesfaye", "አበበ fled.", "አበበ"), ("አበበ ተስፋዬ", "アベベさんの件", "アベベ"),
        ("ብርሃን ግርማ", "Birhan Girma fled.", "Birhan Girma"), ("Tesfaye Girma", "ተስፋዬ ግርማ", "ተስፋዬ ግርማ"),
        ("အောင်ဆန်းမြင့်", "Aung San Myint fled.", "Aung San Myint"), ("Aung San Myint", "အောင်ဆန်းမြင့် fled.", "အောင်ဆန်းမြင့်"),
        ("Aung San Myint", "アウンサンミンさんの件", "アウンサンミン"), ("ခင်ခင်ဝင်း", "Daw Khin Khin Win fled.", "Khin Khin Win"),
        ("ခင်ခင်ဝင်း", "キンキンウィンさんの件", "キンキンウィン"),
    ],
)  # fmt: skip
def test_ethiopic_and_burmese_letters_are_read_as_passports_spell_them(names: str, summary: str, written: str) -> None:
    fields = CaseFields(title="Asylum appeal", summary=summary, confidential=Confidential("", names, ""))
    assert written in [finding.found for finding in findings(fields, today=date(2026, 11, 29)) if finding.kind == "name"]
