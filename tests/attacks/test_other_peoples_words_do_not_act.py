"""Words of somebody else act nowhere, however their writer or a mail program marks them; where it cannot be told, it is asked."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, Desk
from tests.attacks.raw_mail import parts, raw

ANNOUNCED = [
    "Bobさんは書きました:",
    "以下転送です。",
    "以下、引用",
    "「引用」",
    "[引用]",
    "(quote)",
    "-- Bob wrote --",
    "### Bob said ###",
    "Bob wrote earlier today",
    "FYI, see what my colleague sent:",
    "Bobさんからのメールです。",
    "注意：本メールには機密情報が含まれています。",
]


def test_below_a_line_that_announces_a_quotation_nothing_acts(desk: Desk) -> None:
    cases = [desk.case(line) for line in ANNOUNCED]
    desk.arrive(
        *(raw(sender=ALICE, body=f"Thank you, noted.\n\n{line}\n\nCLAIM {case}") for line, case in zip(ANNOUNCED, cases, strict=True))
    )
    desk.settles()
    assert [line for line, case in zip(ANNOUNCED, cases, strict=True) if desk.standing(case)] == []


@pytest.mark.parametrize("indent", ["\t", "    "])
def test_a_command_that_is_moved_to_the_right_is_asked_about(desk: Desk, indent: str) -> None:
    case = desk.case()
    desk.writes(ALICE, f"Thank you, noted.\n\n{indent}Hello all,\n{indent}CLAIM {case}\n{indent}bye")
    desk.settles()
    assert desk.standing(case) == {} and f"Did you mean to take {case}" in desk.last_letter_to(ALICE).subject


@pytest.mark.parametrize(
    "text", ["    CLAIM {case}\n    Alice", "\tCLAIM {case}", "Hello,\n  CLAIM {case}", "I wrote to Bob.\nCLAIM {case}"]
)
def test_a_mail_that_is_moved_to_the_right_as_a_whole_acts(desk: Desk, text: str) -> None:
    case = desk.case()
    desk.writes(ALICE, text.format(case=case))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


PAGES = [
    '<p>Thanks</p><div style="border-left:2px solid blue;padding-left:5px">Bob:<br>CLAIM {case}</div>',
    '<p>Thanks</p><div style="border:none;border-left:solid blue 1.5pt">CLAIM {case}</div>',
    '<p>Thanks</p><div class="moz-cite-prefix">Bob schrieb</div>CLAIM {case}',
    '<div style="display:inline">I do not want to </div><div style="display:inline">CLAIM {case}</div>',
]


def test_in_a_page_what_is_drawn_as_a_quotation_or_stands_on_one_line_is_read_so(desk: Desk) -> None:
    cases = [desk.case(page) for page in PAGES]
    html = "Content-Type: text/html; charset=utf-8"
    desk.arrive(*(raw(html, sender=ALICE, body=page.format(case=case)) for page, case in zip(PAGES, cases, strict=True)))
    desk.settles()
    assert [page for page, case in zip(PAGES, cases, strict=True) if desk.standing(case)] == []


@pytest.mark.parametrize(
    "page",
    [
        '<div>CLAIM {case}</div><div class="moz-cite-prefix">Bob wrote:</div><blockquote>hello</blockquote>',
        '<div class="moz-cite-prefix">Bob wrote:</div><blockquote>hello</blockquote><div>CLAIM {case}</div>',
        '<div style="border-left:none">CLAIM {case}</div>',
    ],
)
def test_beside_a_marked_quotation_ones_own_words_act(desk: Desk, page: str) -> None:
    case = desk.case()
    desk.arrive(raw("Content-Type: text/html; charset=utf-8", sender=ALICE, body=page.format(case=case)))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_text_whose_page_hides_the_same_words_is_asked_about(desk: Desk) -> None:
    case = desk.case()
    text = f"Content-Type: text/plain\n\nCLAIM {case}"
    field, body = parts("alternative", text, f'Content-Type: text/html\n\n<p style="display:none">CLAIM {case}</p>')
    desk.arrive(raw(field, sender=ALICE, body=body))
    desk.settles()
    assert desk.standing(case) == {} and f"Did you mean to take {case}" in desk.last_letter_to(ALICE).subject
