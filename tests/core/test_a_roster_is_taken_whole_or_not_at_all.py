"""Rows of a roster become members' entries; one bad row, and none does."""

from __future__ import annotations

import pytest

from bot.core.model import Profile
from bot.core.roster import Entry, RosterReading, columns_faults, fault_sentence, from_rows
from bot.core.tongue import ENGLISH, JAPANESE


def read(*rows: dict[str, str]) -> RosterReading:
    return from_rows(list(enumerate(rows, start=2)), languages=("ja", "en"), bot_address="Cases@example.org")


def faults(*rows: dict[str, str]) -> list[tuple[str, str]]:
    return [(fault.where, fault.sentence.partition(":")[0]) for fault in read(*rows).faults]


def member(email: str, **more: str) -> dict[str, str]:
    return {"email": email, "name": "N", **more}


def test_only_address_and_name_are_needed() -> None:
    assert read(member("a@b.example")).entries == (Entry("a@b.example", "N", "", "ja", (), ()),)


def test_the_header_may_be_japanese() -> None:
    row = {
        "メールアドレス": "ito@law.example",
        "氏名": "伊藤",
        "事務所": "伊藤法律事務所",
        "言語": "英語",
        "役割": "弁護士；通訳",
        "別アドレス": "i@p.example",
    }
    assert columns_faults(row) == ()
    assert read(row).entries == (Entry("ito@law.example", "伊藤", "伊藤法律事務所", "en", ("弁護士", "通訳"), ("i@p.example",)),)


@pytest.mark.parametrize(
    ("written", "code"), [("ja", "ja"), ("Japanese", "ja"), ("日本語", "ja"), ("ＥＮ", "en"), ("English", "en"), (" ", "ja")]
)
def test_a_language_is_understood_by_name(written: str, code: str) -> None:
    assert read(member("a@b.example", language=written)).entries[0].language == code


def test_a_language_without_letters_is_refused() -> None:
    assert faults(member("a@b.example", language="fr")) == [("line 2, language", "language_unknown")]


def test_addresses_are_kept_as_they_are_compared() -> None:
    entry = read(member('"Chika."@DOCOMO.ne.jp', aliases="X@Y.example; x@y.example;chika.@docomo.ne.jp")).entries[0]
    assert (entry.email, entry.aliases) == ("chika.@docomo.ne.jp", ("x@y.example",))


def test_full_width_typing_is_understood() -> None:
    assert read(member("ｔａｒｏ＠ｌａｗ．ｅｘａｍｐｌｅ")).entries[0].email == "taro@law.example"


@pytest.mark.parametrize("address", ["chika.@docomo.ne.jp", "a..b@ezweb.ne.jp", ".x@docomo.ne.jp", "o'neil+law@b.example"])
def test_addresses_that_really_exist_are_taken(address: str) -> None:
    assert faults(member(address)) == []


@pytest.mark.parametrize(
    "address",
    ["", "Taro", "a@b", "a b@c.example", "a@b.example>", "<a@b.example>", "a@-b.example", "a@b@c.example", "x" * 65 + "@b.example"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert [where for where, _ in faults(member(address))] == ["line 2, email"]


def test_o14_a_look_alike_letter_is_refused_and_named() -> None:
    reading = read(member("alice@firm.example"), member("\u0430lice@firm.example"))
    assert reading.entries == ()
    assert "Cyrillic small letter a" in fault_sentence(reading.faults[0], ENGLISH)


def test_o14_two_columns_swapped_are_refused_in_every_row() -> None:
    assert [where for where, _ in faults({"email": "Ito", "name": "a@b.example"}, {"email": "Mori", "name": "c@d.example"})] == [
        "line 2, email",
        "line 3, email",
    ]


def test_one_address_belongs_to_one_person_aliases_included() -> None:
    reading = read(member("a@b.example", aliases="c@d.example"), member("C@D.example"), member("e@f.example", aliases="A@b.example"))
    assert [(fault.where, fault.sentence) for fault in reading.faults] == [
        ("line 3, email", "address_twice:2"),
        ("line 4, aliases", "address_twice:2"),
    ]


def test_the_bot_cannot_be_a_member_of_its_own_roster() -> None:
    assert faults(member("cases@example.org"), member("a@b.example", aliases="CASES@example.org")) == [
        ("line 2, email", "address_of_bot"),
        ("line 3, aliases", "address_of_bot"),
    ]


def test_every_bad_row_is_named_and_no_good_row_is_taken() -> None:
    reading = read(member("a@b.example"), member("x"), {"email": "c@d.example", "name": " "})
    assert [fault.where for fault in reading.faults] == ["line 3, email", "line 4, name"]
    assert reading.entries == ()


def test_i02_i12_a_name_holds_no_line_break_and_nothing_invisible() -> None:
    assert read({"email": "a@b.example", "name": "Al\u202eice\r\nBcc: m@e.example"}).entries[0].name == "Alice Bcc: m@e.example"


def test_headings_that_are_missing_or_unknown_are_named() -> None:
    assert [(fault.value, fault.sentence) for fault in columns_faults(["mail", "nmae"])] == [
        ("nmae", "column_unknown:name"),
        ("name", "column_missing"),
    ]


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    bad = read({"email": "cases@example.org", "language": "fr", "firm": "f" * 201, "roles": "\ufffd"}, member("x@y.example\u0430"))
    assert len(bad.faults) == 6
    for fault in bad.faults:
        assert fault_sentence(fault, ENGLISH).endswith(".")
        assert fault_sentence(fault, JAPANESE).endswith("。")


def test_what_a_member_can_do_may_stand_in_columns_of_their_own() -> None:
    row = member("a@b.example", 資格区分="弁護士", 対応言語="日本語、Dari", 性別="女性", 地域="東京")
    assert columns_faults(row) == ()
    assert read(row).entries[0].profile == Profile(("bengoshi",), ("日本語", "Dari"), "female", "東京")


def test_a_gender_that_is_not_understood_is_asked_about() -> None:
    assert faults(member("a@b.example", gender="lawyer")) == [("line 2, gender", "gender_unknown")]
