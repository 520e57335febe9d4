"""An organisation's own folder comes first, file by file; and what a letter looks like keeps to what every reader can see."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.core.mail import Letter
from bot.shell.letters import Press, Typesetter, missing
from bot.shell.resources import templates_dir
from tests.shell.letters_samples import CODE, HOUSE, ITO, NOW, answer, letter, said


def test_a_template_of_the_organisation_replaces_ours_and_only_that(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "no_cases.j2").write_text(
        '{% extends "frame.j2" %}{% block subject %}Quiet{% endblock %}{% block body %}Nothing.{% endblock %}'
    )
    typesetter = Typesetter(HOUSE, overrides=tmp_path)
    assert typesetter.preview(letter("no_cases", "en"), now=NOW, reader_name="").subject == "Quiet"
    assert "Cases for" in typesetter.preview(letter("round", "en"), now=NOW, reader_name="").subject


OWN = "en/lines/waitlisted.j2"
SLIPS = {
    "a fact that is not there": "{{ line.facts.waiting_plaec }}",
    "a fact of nothing": "{{ linne.facts }}",
    "a phrase that is not there": "{{ say.decisions(line) }}",
    "a filter that is not there": "{{ line.command | shout }}",
    "a sum of words": "{{ line.command + 1 }}",
    "a tag left open": "{% if line %}",
}


def own_template(folder: Path, words: str, page: str = OWN) -> Typesetter:
    """A folder of the organisation's own with this one file: ours, with some words in place of the decision."""
    (folder / page).parent.mkdir(parents=True)
    ours = (templates_dir() / OWN).read_text(encoding="utf-8")
    (folder / page).write_text(ours.replace("{{ say.decision(line) }}", words), encoding="utf-8")
    return Typesetter(HOUSE, overrides=folder)


@pytest.mark.parametrize("words", SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_in_it_stops_no_letter_ours_is_sent_and_where_it_is_stands_on_record(words: str, tmp_path: Path) -> None:
    typesetter, written = own_template(tmp_path, words), answer("en", said("waitlisted"))
    assert typesetter.preview(written, now=NOW, reader_name="Ito") == Typesetter(HOUSE).preview(written, now=NOW, reader_name="Ito")
    ((place, since),) = typesetter.spoilt.items()
    assert re.fullmatch(OWN + r", line \d+", place) and since == NOW


def test_every_reader_of_one_occasion_gets_ours_then(tmp_path: Path) -> None:
    typesetter, written = own_template(tmp_path, SLIPS["a fact that is not there"]), answer("en", said("waitlisted"))
    printed = [
        Press(each).compose(written, message_id=f"<{CODE}@ngo.example>", now=NOW, reader_name="Ito")
        for each in (typesetter, Typesetter(HOUSE))
    ]
    assert printed[0] == printed[1] and typesetter.spoilt


def test_a_letter_in_a_language_of_their_own_goes_out_in_english_then(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "no_cases.j2").write_text("{{ nothing_of_the_kind }}")
    typesetter = Typesetter(HOUSE, overrides=tmp_path)
    assert "No round for" in typesetter.preview(replace(letter("no_cases", "en"), language="fr"), now=NOW, reader_name="").subject


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        (SLIPS["a fact that is not there"], "waiting_plaec, as none of ours does: is it meant to be waiting_place?"),
        (SLIPS["a fact of nothing"], "linne, as none of ours does: is it meant to be line?"),
        (SLIPS["a phrase that is not there"], "decisions, as none of ours does: is it meant to be decision?"),
        ("{{ line.zzzz }}", "zzzz, as none of ours does"),
        ("{% for one in lines %}{{ loop.nextitem }}{{ one.command.title() }}{% endfor %}", ""),
        ("{% macro ours(x) %}{{ x }}{% endmacro %}{{ ours(line.command) }}", ""),
    ],
)
def test_the_check_tells_what_looks_like_a_slip(words: str, remark: str, tmp_path: Path) -> None:
    found = own_template(tmp_path, words).slips(["en", "ja"])
    assert found == ([f"{OWN} names {remark}"] if remark else [])


def test_the_check_tells_a_file_that_no_letter_uses(tmp_path: Path) -> None:
    found = own_template(tmp_path, "", "en/confrimed.j2").slips(["en", "ja"])
    assert len(found) == 1 and found[0].startswith("en/confrimed.j2 is used by no letter: is it meant to be en/")


@pytest.mark.parametrize("words", [SLIPS["a filter that is not there"], "{% if %}", "{{ x", "{% block body %}", "{{ line.case | }}"])
def test_the_check_tells_what_cannot_be_read(words: str, tmp_path: Path) -> None:
    own = own_template(tmp_path, words)
    (fault,) = own.faults("en")
    assert fault.startswith(f"{OWN} cannot be read: line ") and own.slips(["en", "ja"]) == []


FRAMED, SUBJECT, TEXT = '{% extends "frame.j2" %}', "{% block subject %}Quiet{% endblock %}", "{% block body %}Nothing.{% endblock %}"


@pytest.mark.parametrize(
    ("words", "lack"),
    [
        ("Nothing this month.", "no frame"),
        (SUBJECT + TEXT, "no frame"),
        (FRAMED + TEXT, "no Subject"),
        (FRAMED + "{% block subject %} {% endblock %}" + TEXT, "no Subject"),
        (FRAMED + SUBJECT, "no text"),
        (FRAMED + SUBJECT + TEXT, ""),
        ('{% extends "en/own.j2" %}' + SUBJECT, ""),
        ('{% extends "en/own.j2" %}' + TEXT, "no Subject"),
    ],
)
def test_the_check_tells_a_letter_without_its_frame_its_subject_or_its_text(words: str, lack: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "own.j2").write_text(FRAMED + TEXT, encoding="utf-8")
    (tmp_path / "en" / "no_cases.j2").write_text(words, encoding="utf-8")
    found = Typesetter(HOUSE, overrides=tmp_path).faults("en")
    assert [fault.partition(":")[0] for fault in found] == ([f"en/no_cases.j2 has {lack}"] if lack else [])


def test_the_check_tells_a_frame_without_the_seam_below_the_subject(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    frame = (templates_dir() / "text" / "frame.j2").read_text(encoding="utf-8")
    (tmp_path / "text" / "frame.j2").write_text(frame.replace("{{ seam }}", ""), encoding="utf-8")
    assert Typesetter(HOUSE, overrides=tmp_path).faults("en") == ["frame.j2 lacks {{ seam }} between the Subject and the text"]


def test_the_check_tells_a_file_that_is_not_in_utf_8(tmp_path: Path) -> None:
    own = own_template(tmp_path, "")
    (tmp_path / OWN).write_text("Déjà pris.", encoding="latin-1")
    assert own.faults("en") == [f"{OWN} cannot be read: it is not in UTF-8"]


def test_the_check_tells_what_is_extended_and_not_there(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "no_cases.j2").write_text('{% extends "en/own.j2" %}' + SUBJECT, encoding="utf-8")
    assert Typesetter(HOUSE, overrides=tmp_path).faults("en") == ["en/own.j2 is extended by another template, and is not there"]


def test_the_check_tells_a_line_of_an_answer_that_lacks_what_the_answer_asks_of_it(tmp_path: Path) -> None:
    own = own_template(tmp_path, "")
    (tmp_path / OWN).write_text("You are on the waiting list.", encoding="utf-8")
    assert own.faults("en") == [f"{OWN} lacks {name}, which en/answer.j2 uses" for name in ("body", "headline", "is_done", "subject")]


def test_a_line_that_lacks_what_the_answer_asks_of_it_is_named_itself(tmp_path: Path) -> None:
    typesetter, written = own_template(tmp_path, ""), answer("en", said("waitlisted"))
    (tmp_path / OWN).write_text("You are on the waiting list.", encoding="utf-8")
    assert typesetter.preview(written, now=NOW, reader_name="Ito") == Typesetter(HOUSE).preview(written, now=NOW, reader_name="Ito")
    assert list(typesetter.spoilt) == [OWN]


def test_a_part_of_the_organisation_changes_every_letter(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    frame = (templates_dir() / "html" / "frame.j2").read_text(encoding="utf-8")
    (tmp_path / "html" / "frame.j2").write_text(frame.replace("#17505c", "#704214"), encoding="utf-8")
    page = Typesetter(HOUSE, overrides=tmp_path).preview(letter("round", "en"), now=NOW, reader_name="")
    assert "color:#704214" in page.html


def test_a_half_translated_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "round.j2").write_text("")
    lacking = missing("fr", Typesetter(HOUSE, overrides=tmp_path).folders)
    assert "fr/round.j2" not in lacking and "fr/phrases.j2" in lacking


def test_a_fact_that_is_not_there_stops_the_letter() -> None:
    with pytest.raises(UndefinedError):
        Typesetter(HOUSE).preview(Letter("bulletin", ITO.email, "en"), now=NOW, reader_name="")


def test_their_template_is_not_blamed_for_a_fact_that_ours_misses_too(tmp_path: Path) -> None:
    typesetter = own_template(tmp_path, "As you know.")
    with pytest.raises(UndefinedError):
        typesetter.preview(Letter("bulletin", ITO.email, "en"), now=NOW, reader_name="")
    assert not typesetter.spoilt


@pytest.mark.parametrize("words", ["Nothing this month.", '{% extends "frame.j2" %}{% block body %}Nothing this month.{% endblock %}', ""])
def test_a_letter_without_a_frame_or_a_subject_is_a_slip_too(words: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "no_cases.j2").write_text(words)
    typesetter, written = Typesetter(HOUSE, overrides=tmp_path), letter("no_cases", "en")
    assert typesetter.preview(written, now=NOW, reader_name="Ito") == Typesetter(HOUSE).preview(written, now=NOW, reader_name="Ito")
    assert list(typesetter.spoilt) == ["en/no_cases.j2"]


def test_without_a_name_the_greeting_is_still_polite() -> None:
    texts = [Typesetter(HOUSE).preview(answer(language, said("declined")), now=NOW, reader_name=" ").text for language in ("en", "ja")]
    assert "\nHello,\n" in texts[0] and "\nご担当者 様\n" in texts[1]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_names_its_language_and_both_colour_schemes(language: str) -> None:
    html = Typesetter(HOUSE).preview(letter("round", language), now=NOW, reader_name="", code=CODE).html
    assert f'<html lang="{language}">' in html and 'content="light dark"' in html and "<h1" in html and "italic" not in html


LIGHT = {
    "#ffffff": ["#1f272b", "#5a6367", "#17505c", "#96340f"],
    "#faf9f5": ["#1f272b", "#5a6367", "#96340f"],
    "#f4f2ec": ["#1f272b", "#646b6e", "#5a6367", "#17505c"],
}
DARK = {
    "#1d2326": ["#ebe8e2", "#aab3b6", "#93d1dc", "#ffb792"],
    "#252d31": ["#ebe8e2", "#aab3b6", "#ffb792"],
    "#14181a": ["#ebe8e2", "#aab3b6", "#93d1dc"],
}
BARS = {"#ffffff": ["#0072b2", "#d55e00"], "#1d2326": ["#56b4e9", "#e69f00"]}
PRESSED = {"#17505c": ["#ffffff"], "#93d1dc": ["#0f2a30"], "#f3f7f7": ["#1f272b", "#17505c", "#96340f"]}


@pytest.mark.parametrize(
    ("ground", "ink"), [(ground, ink) for pairs in (LIGHT, DARK, PRESSED) for ground, inks in pairs.items() for ink in inks]
)
def test_every_colour_stands_out_from_its_ground(ground: str, ink: str) -> None:
    """WCAG 2 AA for text: 4.5 to 1."""
    light, dark = sorted((_luminance(ground), _luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(("ground", "bar"), [(ground, bar) for ground, bars in BARS.items() for bar in bars])
def test_every_bar_stands_out_from_its_ground(ground: str, bar: str) -> None:
    """WCAG 2 AA for what is drawn: 3 to 1."""
    light, dark = sorted((_luminance(ground), _luminance(bar)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_the_colours_of_the_templates_are_those_that_were_measured() -> None:
    used = {
        found
        for part in ("frame", "parts")
        for found in re.findall(
            r"(?<![\w-])(?:background-)?color:\s*(#\w{6})", (templates_dir() / "html" / f"{part}.j2").read_text(encoding="utf-8")
        )
    }
    measured = {colour for pairs in (LIGHT, DARK, PRESSED, BARS) for ground, inks in pairs.items() for colour in (ground, *inks)}
    assert used <= measured


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_round_of_thirty_cases_is_not_cut_by_gmail(language: str) -> None:
    """Gmail shows the first 102 kB of HTML."""
    cases = [letter("bulletin", language).facts["case"]] * 30
    page = Typesetter(HOUSE).preview(letter("round", language, cases=cases), now=NOW, reader_name="Ito", code=CODE)
    assert len(page.html.encode()) < 102_000


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
