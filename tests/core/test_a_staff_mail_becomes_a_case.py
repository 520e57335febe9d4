"""Staff write `Field: value` in two languages; it becomes a case, or the form with each fault beside its field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intake import FORM_FIELDS, columns_faults, fault_sentence, from_row
from bot.core.model import CaseFields, Fault, Terms
from bot.core.tongue import ENGLISH, JAPANESE
from tests.core.forms import TODAY, TOKYO, faults, fields, read


def test_a_value_runs_on_until_the_next_field() -> None:
    case = fields(
        "Title: T\nSummary: one\n\ntwo, at 10:30\n10:30 it begins\nhttps://moj.example\nThere are two of them now: a and b\nDetails: d"
    )
    assert case.summary.startswith("one\n\ntwo, at 10:30\n10:30 it begins\nhttps://moj.example\nThere are two of them now: a")
    assert case.confidential.details == "d"


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


def test_a_value_may_begin_on_the_next_line() -> None:
    assert fields("Title:\nAppeal\nSummary:\nS").title == "Appeal"


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
