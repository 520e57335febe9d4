"""Which line of a staff mail begins which field: in brackets, in bold, in a list, in either language; what only looks like one is asked about."""

from __future__ import annotations

import pytest

from tests.core.forms import faults, fields, read


def test_english_and_japanese_names_are_one_form() -> None:
    assert fields("Title: Appeal\nSummary: Short\nPlaces: 2") == fields("件名：Appeal\n概要：Short\n募集人数：２名")


@pytest.mark.parametrize(
    "name", ["Time frame", "time_frame", "TIME FRAME ", "ｔｉｍｅ　ｆｒａｍｅ", "期間", "Time frame 期間", "- Time-frame", "*Time frame"]
)
def test_a_field_is_known_in_any_case_and_width(name: str) -> None:
    assert fields(f"Title: T\nSummary: S\n{name}: two weeks").time_frame == "two weeks"


@pytest.mark.parametrize(
    "line", ["Notes: The client is Zahra", "備考：依頼者は江東区に住む", "連絡先：弟さん", "・備考：Zahra", "Phone: 090-1234-5678"]
)
@pytest.mark.parametrize("above", ["Title: T", "Summary: S", "Place: Osaka", "利益相反確認：A社"])
def test_a_label_that_is_no_field_is_asked_about_beside_the_field_above(above: str, line: str) -> None:
    rest = "\n".join(one for one in ("Summary: S", "Title: T") if one != above)
    found = read(f"{rest}\n{above}\n{line}")
    assert found.fields is None and [(fault.value, fault.sentence) for fault in found.faults] == [(line, "no_field")]
    assert "Zahra" not in found.entered["title"] and "Zahra" not in found.entered.get("place", "")


@pytest.mark.parametrize(
    "text",
    [
        "【件名】控訴\n【概要】面会1回：通訳あり\n【詳細】依頼者は験証さん",
        "１．件名：控訴\n２．概要：面会1回：通訳あり\n３．詳細：依頼者は験証さん",
        "1) 件名：控訴\n2) 概要：面会1回：通訳あり\n3) 詳細：依頼者は験証さん",
        "［件名］控訴\n［概要］面会1回：通訳あり\n［詳細］依頼者は験証さん",
        "[件名]控訴\n[概要] 面会1回：通訳あり\n[詳細]\n依頼者は験証さん",
        "1. [Title] 控訴\n2. [ Summary ] 面会1回：通訳あり\n3. [Details]: 依頼者は験証さん",
        "1.【件名】控訴\n2. 【概要】面会1回：通訳あり\n（3）【詳細】依頼者は験証さん",
        "【 件名 】　控訴\n■【概要】：面会1回：通訳あり\n【詳細】\n依頼者は験証さん",
    ],
)
def test_fields_in_brackets_or_with_numbers_are_fields(text: str) -> None:
    case = fields(text)
    assert (case.title, case.summary, case.confidential.details) == ("控訴", "面会1回：通訳あり", "依頼者は験証さん")


@pytest.mark.parametrize(
    "line", ["【備考】依頼者は験証さん", "［備考］依頼者は験証さん", "1.【備考】依頼者は験証さん", "【Notes】She is ill"]
)
def test_a_heading_in_brackets_that_is_no_field_is_asked_about(line: str) -> None:
    assert faults(f"件名：T\n概要：S\n{line}") == [("summary", "no_field")]


@pytest.mark.parametrize(
    "line",
    [
        "[Detials] She is ill",
        "[詳 細]] 依頼者は験証さん",
        "[Conflict check] A社",
        "[Conflict chek]\nA Corp",
        "[Client name] Zahra",
        "[氏名] 験証さん",
    ],
)
def test_the_slip_of_a_confidential_field_in_half_width_brackets_never_reaches_the_roster(line: str) -> None:
    found = read(f"Title: T\nSummary: S\n{line}")
    assert found.fields is None or line.split("]")[-1].strip() not in found.fields.summary


@pytest.mark.parametrize("line", ["[the client] fled in 2019.", "[redacted]", "[1] See the decision.", "[https://example.org]"])
def test_whatever_else_stands_in_half_width_brackets_is_text(line: str) -> None:
    assert fields(f"Title: T\nSummary: S\n{line}").summary == f"S\n{line}"
    assert fields(f"[External] Sent from outside\nTitle: T\nSummary: S\n{line}").title == "T"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("1. 場所：川越のシェルター（非公開）", "場所"),
        ("(2) 言語：ダリ語", "言語"),
        ("【場所】川越のシェルター（非公開）", "場所"),
        ("【場所】\n川越のシェルター（非公開）", "場所"),
        ("1) Place: the shelter", "Place"),
        ("［場所］川越のシェルター（非公開）", "場所"),
        ("[場所] 川越のシェルター（非公開）", "場所"),
        ("1. [Place] the shelter", "Place"),
        ("1.【場所】川越のシェルター（非公開）", "場所"),
        ("【Place】the shelter", "Place"),
        ("・場所：川越のシェルター（非公開）", "場所"),
        ("- Place: her sister's flat", "Place"),
    ],
)
@pytest.mark.parametrize("above", ["詳細：経過です。", "2. 詳細：経過です。", "利益相反確認：A社", "担当者：佐藤"])
def test_a_point_of_a_list_in_what_the_roster_never_reads_is_no_field_of_it(above: str, line: str, field: str) -> None:
    found = read(f"件名：T\n概要：S\n{above}\n{line}")
    ((value, sentence),) = [(fault.value, fault.sentence) for fault in found.faults]
    assert (value, sentence) == (line.split("\n")[0], f"field_within:{field}")
    assert not found.entered.keys() & {"place", "languages"} and "川越" not in found.entered["summary"]


@pytest.mark.parametrize(
    "text",
    [
        "【件名】T\n【概要】S\n【詳細】経過です。\n【場所】大阪",
        "［件名］T\n［概要］S\n［詳細］経過です。\n［場所］大阪",
        "[件名] T\n[概要] S\n[詳細] 経過です。\n[場所] 大阪",
        "1.【件名】T\n2.【概要】S\n3.【詳細】経過です。\n4.【場所】大阪",
        "１．件名：T\n２．概要：S\n３．詳細：経過です。\n４．場所：大阪",
        "・件名：T\n・概要：S\n・詳細：経過です。\n・場所：大阪",
        "*件名：* T\n*概要：* S\n*詳細：* 経過です。\n*場所：* 大阪",
    ],
)
def test_a_field_that_goes_on_as_the_one_above_is_written_ends_it(text: str) -> None:
    assert (fields(text).place, fields(text).confidential.details) == ("大阪", "経過です。")


@pytest.mark.parametrize("name", ["題名", "タイトル", "案件名", "Heading", "Headline"])
def test_the_title_is_known_by_what_people_call_it_without_the_form(name: str) -> None:
    assert fields(f"{name}: Deportation\n概要: S").title == "Deportation"


def test_what_stands_above_the_first_field_is_told_where_a_field_is_missing_and_else_a_greeting() -> None:
    (missing, unheard) = sorted(read("Hi all,\nMotto: Deportation\nTel: 03-1234-5678\nSummary: S").faults, key=lambda one: one.value)
    assert (missing.sentence, unheard.value, unheard.sentence) == ("missing", "Motto: Deportation", "above_fields")
    assert fields("To the desk: please open this\nTitle: T\nSummary: S").title == "T"


@pytest.mark.parametrize(
    "line",
    "**Details:** X|**Details**: X|__Details:__ X|* *Details:* X|・**詳細**：X|【詳細】：X|[Details] X|詳細︰X|詳細∶X|詳細﹕X|Ｄｅｔａｉｌｓ ： X|Details\tX|詳細:\tX".split(
        "|"
    ),
)
def test_a_label_in_bold_or_with_another_colon_is_its_field(line: str) -> None:
    found = fields(f"Title: T\nSummary: S\n{line}\nPlace: Osaka")
    assert (found.summary, found.confidential.details, found.place) == ("S", "X", "Osaka")


@pytest.mark.parametrize(
    "line",
    "<Details> X|Details - X|Details – X|Details; X|詳細\u3000X|詳細／X|# Details|詳細|「詳細」X|Details (to the lawyer alone): X"
    "|Details of the family: X|詳細（非公開）：X|Conflict check - A B|利益相反確認\u3000A社|担当者＝佐藤".split("|"),
)
@pytest.mark.parametrize("above", ["Summary: S", "Place: Osaka"])
def test_the_name_of_a_confidential_field_without_its_colon_is_asked_about(above: str, line: str) -> None:
    rest = "\n".join(one for one in ("Place: Osaka", "Summary: S") if one != above)
    ((where, sentence),) = faults(f"Title: T\n{rest}\n{above}\n{line}\nX lives in Koto")
    assert where in ("summary", "place") and sentence.startswith("field_unmarked:")
    assert faults(f"{line}\nTitle: T\nSummary: S") == [("title", sentence)]


@pytest.mark.parametrize(
    "line",
    "Details will follow in January.|詳細は面談でお話しします。|担当者が同席します。|Contact the desk by mail.|Contacts with the embassy must be avoided.".split(
        "|"
    ),
)
def test_a_sentence_that_begins_with_the_name_of_a_field_is_text(line: str) -> None:
    assert fields(f"Title: T\nSummary: S\n{line}").summary == f"S\n{line}"


def test_among_the_details_only_the_names_of_a_check_are_missed() -> None:
    assert fields("Title: T\nSummary: S\nDetails: D\n詳細\nContact - by phone").confidential.details == "D\n詳細\nContact - by phone"
    assert faults("Title: T\nSummary: S\nDetails: D\nConflict check - A B") == [("details", "field_unmarked:Conflict check")]


@pytest.mark.parametrize(
    "line", ["Full name of the client: Zahra", "Date and place of birth: 1990, Kabul", "本人の氏名および生年月日：ザフラ"]
)
def test_a_long_label_that_announces_who_somebody_is_is_asked_about(line: str) -> None:
    assert faults(f"Title: T\nSummary: S\n{line}") == [("summary", "no_field")]


def test_a_label_below_a_line_that_has_ended_is_not_lost_without_a_word() -> None:
    assert faults("Title: T\nSummary: S\nPlace: Osaka\n\nNotes: she is ill") == [("place", "no_field")]
    assert fields("Title: T\nSummary: S\nPlace: Osaka\n\nTel: 03-1234-5678").place == "Osaka"


def test_what_only_the_lawyer_reads_may_hold_labels_but_no_slip_of_a_field() -> None:
    assert fields("Title: T\nSummary: S\nDetails: D\nNotes: N\nContact: Sato\nTel: 1").confidential.details == "D\nNotes: N"
    assert faults("Title: T\nSummary: S\nDetails: D\nDeadlin: 2026-12-20") == [("details", "field_misspelt:Deadline")]
    assert faults("件名：T\n概要：S\n詳細：D\n募集人員：2") == [("details", "field_misspelt:募集人数")]


def test_a_greeting_before_the_first_field_is_no_part_of_the_case() -> None:
    assert fields("Dear desk,\nplease publish: this\nTitle: T\nSummary: S").title == "T"
