"""Staff write `Field: value` in two languages; it becomes a case, or the form with each fault beside its field."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intake import FORM_FIELDS, Reading, columns_faults, fault_sentence, from_lines, from_row
from bot.core.model import CaseFields, Fault, Terms
from bot.core.tongue import ENGLISH, JAPANESE

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 22)


def read(text: str) -> Reading:
    return from_lines(text.split("\n"), zone=TOKYO, today=TODAY)


def fields(text: str) -> CaseFields:
    reading = read(text)
    assert reading.fields is not None, reading.faults
    return reading.fields


def faults(text: str) -> list[tuple[str, str]]:
    return [(fault.where, fault.sentence) for fault in read(text).faults]


def test_english_and_japanese_names_are_one_form() -> None:
    assert fields("Title: Appeal\nSummary: Short\nPlaces: 2") == fields("件名：Appeal\n概要：Short\n募集人数：２名")


@pytest.mark.parametrize(
    "name", ["Time frame", "time_frame", "TIME FRAME ", "ｔｉｍｅ　ｆｒａｍｅ", "期間", "Time frame 期間", "- Time-frame", "*Time frame"]
)
def test_a_field_is_known_in_any_case_and_width(name: str) -> None:
    assert fields(f"Title: T\nSummary: S\n{name}: two weeks").time_frame == "two weeks"


def test_a_value_runs_on_until_the_next_field() -> None:
    case = fields(
        "Title: T\nSummary: one\n\ntwo, at 10:30\n10:30 it begins\nhttps://moj.example\nThere are two of them now: a and b\nDetails: d"
    )
    assert case.summary.startswith("one\n\ntwo, at 10:30\n10:30 it begins\nhttps://moj.example\nThere are two of them now: a")
    assert case.confidential.details == "d"


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
    "word", ["none", "None.", "n/a", "N.A.", "no", "-", "なし", "特になし", "該当なし。", "不要", "無し", "Not needed"]
)
@pytest.mark.parametrize("name", ["Conflict check", "利益相反確認"])
def test_no_conflict_check_is_no_name_to_check(name: str, word: str) -> None:
    assert fields(f"Title: T\nSummary: S\n{name}: {word}").confidential.conflict_names == ""
    row = from_row({"title": "T", "summary": "S", "closes": "2026-12-20", name: word}, line=2, zone=TOKYO, today=TODAY)
    assert isinstance(row, CaseFields) and row.confidential.conflict_names == ""


@pytest.mark.parametrize("names", ["No Young-soo", "Na", "無着 成恭", "none of the family but Ahmad Karimi"])
def test_a_name_to_check_is_kept(names: str) -> None:
    assert fields(f"Title: T\nSummary: S\nConflict check: {names}").confidential.conflict_names == names


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


def test_a_value_may_begin_on_the_next_line() -> None:
    assert fields("Title:\nAppeal\nSummary:\nS").title == "Appeal"


def test_a_greeting_before_the_first_field_is_no_part_of_the_case() -> None:
    assert fields("Dear desk,\nplease publish: this\nTitle: T\nSummary: S").title == "T"


def test_what_only_the_holder_may_read_is_kept_apart() -> None:
    case = fields("Title: T\nSummary: S\nDetails: D\nConflict check: A\nB\nContact: C")
    assert (case.confidential.details, case.confidential.conflict_names, case.confidential.contact) == ("D", "A\nB", "C")


def test_one_place_is_offered_where_none_is_named() -> None:
    assert fields("Title: T\nSummary: S\nPlaces:").places == 1


@pytest.mark.parametrize("places", ["3", "3名", "３人", "三名", "三人", "3 places", "三"])
def test_places_are_counted_in_either_numerals(places: str) -> None:
    assert fields(f"Title: T\nSummary: S\nPlaces: {places}").places == 3


@pytest.mark.parametrize("places", ["0", "100", "two", "1.5", "-1", "2-3", "零名", "二十十名"])
def test_places_are_whole_and_from_1_to_99(places: str) -> None:
    assert faults(f"Title: T\nSummary: S\nPlaces: {places}") == [("places", "places")]


def test_every_fault_is_told_at_once_in_the_order_of_the_form() -> None:
    assert faults("Deadline: next week\nPlaces: 0") == [
        ("title", "missing"),
        ("summary", "missing"),
        ("places", "places"),
        ("deadline", "date_relative"),
    ]


def test_the_form_comes_back_filled_in_as_far_as_it_was_understood() -> None:
    reading = read("Title: T\nDeadline: 12月20日 17時\nPlaces: many")
    assert reading.fields is None
    assert reading.entered == {"title": "T", "deadline": "12月20日 17時", "places": "many"}


def test_the_preview_shows_the_date_that_was_understood() -> None:
    assert read("Title: T\nSummary: S\nDeadline: 12月20日 17時").entered["deadline"] == "2026-12-20 17:00"


def test_a_field_given_twice_is_asked_about() -> None:
    assert faults("Title: A\nTitle: B\nSummary: S") == [("title", "given_twice")]
    assert faults("Title: A\nTitle: A\nSummary: S") == []


@pytest.mark.parametrize(("field", "longest"), [("title", 200), ("summary", 2_000), ("details", 20_000), ("place", 200)])
def test_a_text_over_its_length_is_refused_and_at_its_length_taken(field: str, longest: int) -> None:
    given_in = {"title": "T", "summary": "S"}
    assert isinstance(from_row({**given_in, field: "x" * longest}, line=2, zone=TOKYO, today=TODAY), CaseFields)
    over = from_row({**given_in, field: "x" * (longest + 1)}, line=2, zone=TOKYO, today=TODAY)
    assert isinstance(over, tuple) and over[0].sentence == f"too_long:{longest}"


def test_i12_invisible_and_bidirectional_characters_are_dropped() -> None:
    case = fields("Title: a\u202eb\u2066c\u200bd\x00e\x1b]0;f\nSummary: S\u202e")
    assert (case.title, case.summary) == ("abcde]0;f", "S")


def test_a_persian_name_keeps_the_joiner_that_spells_it() -> None:
    assert "\u200c" in fields("Title: T\nSummary: S\nConflict check: علی\u200cرضا").confidential.conflict_names


def test_i02_a_line_break_inside_a_cell_never_stays_in_a_title() -> None:
    case = from_row({"title": "T\r\nBcc: m@e.example", "summary": "S"}, line=2, zone=TOKYO, today=TODAY)
    assert isinstance(case, CaseFields) and case.title == "T Bcc: m@e.example"


def test_replacement_characters_are_asked_about() -> None:
    assert faults("Title: T\ufffd\nSummary: S") == [("title", "unreadable_characters")]


def test_i06_braces_in_a_text_are_text() -> None:
    fault = Fault("deadline", "{value}{fact}{0.__class__}%s", "date_unreadable")
    assert "{value}{fact}{0.__class__}%s" in fault_sentence(fault, ENGLISH)


def test_a_row_names_its_line() -> None:
    found = from_row({"Title": "T", "概要": "S", "期限": "昨日"}, line=4, zone=TOKYO, today=TODAY)
    assert isinstance(found, tuple) and [fault.where for fault in found] == ["line 4, deadline"]


def test_headings_are_told_what_is_unknown_twice_or_missing() -> None:
    found = columns_faults(["Titel", "件名", "Title"])
    assert [(fault.value, fault.sentence) for fault in found] == [
        ("Titel", "column_unknown:title"),
        ("Title", "column_twice:件名"),
        ("summary", "column_missing"),
    ]


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("備考", "column_strange"),
        ("Notes", "column_strange"),
        ("募集人員", "column_unknown:募集人数"),
        ("利益相反", "column_unknown:利益相反確認"),
        ("Dead line date", "column_unknown:deadline"),
        ("Time frames", "column_unknown:time_frame"),
    ],
)
def test_a_heading_is_told_the_like_of_it_in_its_own_script_or_that_there_is_none(column: str, sentence: str) -> None:
    (fault,) = columns_faults(["Title", "Summary", column])
    assert (fault.value, fault.sentence) == (column, sentence)
    assert column in fault_sentence(fault, ENGLISH) and column in fault_sentence(fault, JAPANESE)


def test_columns_stand_in_any_order_and_most_may_be_absent() -> None:
    assert columns_faults(["概要", " TITLE "]) == ()
    assert columns_faults([key for key, _, _ in FORM_FIELDS]) == ()


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    everything = read("Title:\nSummary: \ufffd\nPlaces: x\nDeadline: 3/4\nDeadline: 5/6\nKind: " + "k" * 201).faults
    for fault in everything:
        assert fault_sentence(fault, ENGLISH).endswith((".", "?"))
        assert fault_sentence(fault, JAPANESE).endswith("。")


@given(st.dictionaries(st.sampled_from([key for key, _, _ in FORM_FIELDS]), st.text(max_size=50)))
def test_every_row_is_a_case_or_has_faults(cells: dict[str, str]) -> None:
    found = from_row(cells, line=2, zone=TOKYO, today=TODAY)
    assert isinstance(found, CaseFields) or (found and all(fault_sentence(fault, JAPANESE) for fault in found))


def test_for_whom_a_case_is_is_understood_in_either_language() -> None:
    english = read(
        "Title: T\nSummary: S\nEligible: bengoshi, foreign lawyer\nBeginner-friendly: yes\nLawyer’s gender: female\nRegion: Tokyo\nRemote possible: no"
    )
    japanese = read("件名：T\n概要：S\n資格：弁護士・外国弁護士\n初心者可：可\n弁護士の性別：女性\n地域：Tokyo\nオンライン可：不可")
    assert english.fields == japanese.fields and english.fields is not None
    assert english.fields.terms == Terms(("bengoshi", "foreign-qualified"), True, "", "female", "Tokyo", False)


def test_a_field_that_wants_one_of_a_few_words_says_which() -> None:
    reading = read("Title: T\nSummary: S\nBeginner-friendly: rather\nLawyer's gender: kind")
    assert [(fault.where, fault.sentence) for fault in reading.faults] == [
        ("beginner_friendly", "yes_or_no"),
        ("lawyers_gender", "gender_unknown"),
    ]
