"""We wrote the letter that is answered: its lines are quotation in any language and any mail program, marked or not."""

from __future__ import annotations

import pytest

from bot.core.words import own_words

LETTER = (
    "Dear Ms Ito,",
    "",
    "JAR-2026-014  Appeal against a refusal of refugee status, Tokyo, deadline 20 November",
    "JAR-2026-015  Detention, Nagoya",
    "",
    "To take a case on, answer with the word CLAIM and its number, for instance CLAIM JAR-2026-014 in the first line.",
    "案件の受任をご希望の方は、このメールに「受任」と案件番号をお書きのうえご返信ください。",
)
QUOTED = "\n".join(LETTER)
CLAIM = "CLAIM JAR-2026-014"


def test_an_unmarked_quotation_without_any_attribution_is_known() -> None:
    assert own_words(f"thank you\n\n{QUOTED}", "", quoted=LETTER).lines == ("thank you",)


def test_a_claim_above_it_is_the_senders_even_where_the_letter_names_the_same_words() -> None:
    found = own_words(f"{CLAIM}\n\n{QUOTED}", "", quoted=LETTER)
    assert (found.lines, found.doubt) == ((CLAIM,), "")


def test_the_letter_is_known_after_its_lines_were_wrapped() -> None:
    wrapped = "To take a case on, answer with the word CLAIM and its number, for instance\nCLAIM JAR-2026-014\nin the first line."
    found = own_words(f"thank you\n\nsomeone's strange attribution\n{wrapped}", "", quoted=LETTER)
    assert CLAIM not in found.lines and found.doubt == ""


def test_the_letter_is_known_in_full_width_and_with_strange_quote_marks() -> None:
    assert own_words(
        "はい\n※ＪＡＲ－２０２６－０１５　　Ｄｅｔｅｎｔｉｏｎ，　Ｎａｇｏｙａ".replace("※", "* "), "", quoted=LETTER
    ).lines == ("はい",)


def test_a_claim_written_into_the_unmarked_letter_is_asked_about() -> None:
    """It may be the sender's, or the rest of an older conversation."""
    found = own_words(f"{LETTER[2]}\n{CLAIM}\n{LETTER[3]}", "", quoted=LETTER)
    assert found.doubt


def test_a_claim_written_below_the_unmarked_letter_is_asked_about() -> None:
    text = f"On 2 Nov 2026, Desk <cases@example.org> wrote:\n\n{QUOTED}\n\n{CLAIM} please\nCLAIM JAR-2026-015"
    assert own_words(text, "", quoted=LETTER).doubt


def test_a_greeting_that_both_sides_use_raises_no_doubt() -> None:
    assert own_words(f"Dear Ms Ito,\n{CLAIM}", "", quoted=LETTER) == own_words(CLAIM, "")


def test_an_unmarked_letter_below_a_claim_raises_no_doubt() -> None:
    text = f"{CLAIM}\n\nOn 2 Nov 2026, Desk <cases@example.org> wrote:\n\n{QUOTED}"
    assert own_words(text, "", quoted=LETTER) == own_words(CLAIM, "")


@pytest.mark.parametrize("width", [20, 33, 48, 60, 72])
@pytest.mark.parametrize("prefix", ["", "> "])
def test_no_wrapping_of_the_letter_ever_makes_a_command(width: int, prefix: str) -> None:
    """The client breaks long lines and marks only their beginnings."""
    lines = [prefix + "\n".join(line[at : at + width] for at in range(0, max(len(line), 1), width)) for line in LETTER]
    found = own_words("thank you\n\n" + "\n".join(lines), "", quoted=LETTER)
    assert found.doubt or not any(line.upper().startswith("CLAIM") for line in found.lines)


def test_the_letter_as_html_is_known_too() -> None:
    html = "<p>thank you</p>" + "".join(f"<p>{line}</p>" for line in LETTER)
    assert own_words("", html, quoted=LETTER).lines == ("thank you",)
