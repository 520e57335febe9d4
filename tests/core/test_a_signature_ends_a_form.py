"""A signature that nothing parts from the form runs into no field that the roster reads, and its writer is shown what was left out."""

from __future__ import annotations

import pytest

from bot.core.signatures import unsigned

NAMES = ("Sato Hanako", "佐藤 花子", "sato@ngo.example", "難民支援の会")
FORM = ("件名：面会", "概要：一回の面会です。", "通訳がいます。")


@pytest.mark.parametrize(
    "below",
    [
        "佐藤花子",
        "佐藤花子\n難民支援の会",
        "\n難民支援の会\n佐藤 花子",
        "\n弁護士 佐藤花子",
        "\n難民支援の会 法務担当\n佐藤花子\n〒100-0001 東京都千代田区1-1\nTEL 03-0000-0001",
        "\n高橋一郎\n東京難民事務所",
        "\n〒100-0001 東京都千代田区1-1\n電話 03-0000-0001",
        "\n佐藤花子\n\n〒100-0001 東京都千代田区1-1\n電話：03-0000-0001\nsato@ngo.example",
        "\nSato Hanako\nLegal desk\n+81 3 0000 0001",
        "\nH. Sato\nTokyo Refugee Association",
        "\nKind regards,\nHanako\nLegal officer",
        "\nよろしくお願いいたします。\n高橋",
        "\n佐藤花子\n【特定非営利活動法人 難民支援の会】\nTEL 03-0000-0001",
        "\n【難民支援の会】\n電話 03-0000-0001",
        "\nSato Hanako\n【Tokyo Refugee Association】",
        "\nSato Hanako\n［法務担当］",
    ],
)
def test_below_what_the_roster_reads_it_is_left_out(below: str) -> None:
    lines = (*FORM, *below.split("\n"))
    found = unsigned(lines, NAMES)
    assert [line for line in found.form if line.strip()] == list(FORM)


@pytest.mark.parametrize(
    "below",
    [
        "",
        "\n二回目は三月です。",
        "\n面談は通訳つき",
        "\n東京地方裁判所",
        "\nJapanese and Dari",
        "\nTwo visits\nOne hearing",
        "\n難民支援の会から依頼を受けました。",
        "佐藤花子が同行します。",
        "\nHer F2 visa has expired",
        "\nShe has M3 status",
        "\n申立人の代表 03 の書面",
    ],
)
def test_text_of_the_field_stays(below: str) -> None:
    lines = (*FORM, *below.split("\n"))
    assert unsigned(lines, NAMES).form == lines


@pytest.mark.parametrize(
    "field", ["担当者：佐藤花子", "担当者：\n佐藤花子", "詳細：事件の経過です。\n\n佐藤花子", "連絡は担当者：佐藤花子"]
)
def test_the_contact_and_the_details_keep_their_names_and_numbers(field: str) -> None:
    lines = ("件名：面会", "概要：一回です。", *field.split("\n"), "東京難民事務所", "電話 03-0000-0001")
    assert unsigned(lines, ()).form == lines


@pytest.mark.parametrize("field", ["【場所】大阪", "［詳細］経過です。", "1.【担当者】佐藤", "【備考】：通訳つき"])
def test_a_field_in_brackets_below_the_name_is_a_field_and_no_office(field: str) -> None:
    lines = (*FORM, "", "佐藤花子", field)
    assert unsigned(lines, NAMES).form == lines


def test_a_form_is_never_cut_down_to_an_empty_field() -> None:
    lines = ("件名：面会", "概要：", "", "佐藤花子の担当する面会", "東京難民事務所")
    assert unsigned(lines, NAMES).form == lines


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("\nよろしくお願いいたします。\n佐藤花子", ()),
        ("\n佐藤花子\nTEL 03-0000-0001", ("佐藤花子", "TEL 03-0000-0001")),
        ("\nKind regards,\nSato Hanako", ()),
        ("\nKind regards,\nSato Hanako\nLegal officer", ("Kind regards,", "Sato Hanako", "Legal officer")),
    ],
)
def test_what_is_told_is_more_than_a_courtesy_and_a_name(below: str, told: tuple[str, ...]) -> None:
    assert unsigned((*FORM, *below.split("\n")), NAMES).left_out == told
