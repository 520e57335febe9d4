"""A further language is a folder of templates and one data file: complete it speaks like the two that ship, and what is wanting is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import language
from bot.office.wanting import lacking
from bot.shell.letters import Typesetter
from tests.shell.letters_samples import HOUSE
from tests.story.conversation import SATO, SUZUKI, World

ITO, ROY = "ito@lawfirm.example", "roy@cabinet.example"
TRANSLATED = {
    "names = []": 'names = ["français", "French"]',
    "claim = []": 'claim = ["PRENDRE"]',
    "release = []": 'release = ["RENDRE"]',
    'day = "{weekday} {day} {short_month} {year}"': 'day = "{weekday} {day} {short_month} {year}"',
    'weekdays = "Mon Tue Wed Thu Fri Sat Sun"': 'weekdays = "lun. mar. mer. jeu. ven. sam. dim."',
    'deadline = "{id}: deadline"': 'deadline = "{id} : échéance"',
}


@pytest.fixture
def french(world: World) -> Path:
    """The folder of French, as the command writes it and a translator fills it in."""
    world.configure("case_prefix", 'case_prefix = "JAR"\ntemplates = "letters"\nlanguages = ["ja", "en", "fr"]')
    told = world.command("language", "fr").out
    assert "letters/fr" in told and "firstreply check" in told
    folder = world.folder / "letters" / "fr"
    _translate(folder)
    return folder


def written_out(templates: Path) -> Path:
    """The same without a world around it."""
    language.write(templates, "fr")
    _translate(templates / "fr")
    return templates / "fr"


def _translate(folder: Path) -> None:
    data = folder / "language.toml"
    text = data.read_text(encoding="utf-8")
    for before, after in TRANSLATED.items():
        assert f"# {before}" in text
        text = text.replace(f"# {before}", after, 1)
    text = re.sub(r"^# (\w+) = \[\]", r'\1 = ["\1 F"]', text, flags=re.MULTILINE)
    data.write_text(re.sub(r'^# (\w+ = ")', r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    phrases = folder / "phrases.j2"
    phrases.write_text(phrases.read_text(encoding="utf-8").replace('"Dear "', '"Bonjour "'), encoding="utf-8")


def wanting(world: World) -> list[str]:
    """What `firstreply check` finds wrong with the templates."""
    return next(row["faults"] for row in world.cli("check", "--json") if row["what"] == "templates")


def test_a_complete_third_language_is_spoken_like_the_others(world: World, french: Path) -> None:
    assert wanting(world) == []
    world.member(ROY, name="Roy", language="fr")
    world.member(ITO, name="Ito", language="en")
    case = world.case("Recours", deadline="2027-03-12", details="The client is Client A.")
    world.sends_the_round()
    assert "Bonjour Roy," in world.last_letter_to(ROY).text and "ven. 12 Mar 2027" in world.last_letter_to(ROY).text
    assert "Dear Ito," in world.last_letter_to(ITO).text
    world.writes(ROY, f"PRENDRE {case}", at="09:00")
    world.writes(ITO, "LANGUAGE French", at="09:01")
    world.runs_once()
    assert world.standing(case) == {ROY: "confirmed"} and "Client A" in world.last_letter_to(ROY).text
    assert f"SUMMARY:{case} : échéance" in world.last_letter_to(ROY).files[f"{case}.ics"].decode()
    assert "Bonjour Ito," in world.last_letter_to(ITO).text and "français" in world.last_letter_to(ITO).text
    assert f"{case}" in world.last_letter_to(SATO).text and case in world.last_letter_to(SUZUKI).text
    assert "Bonjour" not in world.last_letter_to(SATO).text + world.last_letter_to(SUZUKI).text


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("round.j2", None, "", "fr lacks fr/round.j2"),
        ("lines/confirmed.j2", None, "", "fr lacks fr/lines/confirmed.j2"),
        ("round.j2", "{% endblock %}", "{% endblok %}", "fr/round.j2 cannot be read: line "),
        ("phrases.j2", "macro greeting()", "macro salut()", "fr/phrases.j2 lacks greeting, which fr/"),
        ("language.toml", 'claim = ["PRENDRE"]', "", "fr/language.toml wants [commands] claim: a word for CLAIM"),
        ("language.toml", 'claim = ["PRENDRE"]', 'claim = ["RELEASE"]', "[commands] RELEASE cannot mean claim, for it means release"),
        ("language.toml", 'claim = ["PRENDRE"]', 'claim = "PRENDRE"', "fr/language.toml cannot be read: names and every entry"),
        ("language.toml", "{id} : échéance", "échéance", "fr/language.toml wants [calendar] deadline: it has no {id}"),
        ("language.toml", "{id} : échéance", "{id} {nom}", "fr/language.toml wants [calendar] deadline: nothing is put in for {nom}"),
        ("language.toml", "weekdays =", "weekday =", "fr/language.toml wants [dates] weekdays: “Mon Tue Wed Thu Fri Sat Sun”"),
        ("language.toml", None, "", "fr lacks fr/language.toml, with its names, its command words and "),
    ],
)
def test_all_that_is_wanting_is_named(tmp_path: Path, file: str, before: str | None, after: str, told: str) -> None:
    french = written_out(tmp_path)
    _break(french / file, before, after)
    typesetter = Typesetter(HOUSE, overrides=tmp_path)
    assert [line for line in lacking("fr", tmp_path, typesetter) if told in line]


def test_a_language_that_was_just_written_lacks_what_is_to_be_translated_and_can_be_read(tmp_path: Path) -> None:
    language.write(tmp_path, "fr")
    lacks = list(lacking("fr", tmp_path, Typesetter(HOUSE, overrides=tmp_path)))
    assert len(lacks) > 100 and all(line.startswith("fr/language.toml wants ") for line in lacks)


def test_templates_that_are_still_english_are_noted(world: World, french: Path) -> None:
    (notes,) = (row["notes"] for row in world.cli("check", "--json") if row["what"] == "templates")
    assert len(notes) == 1 and notes[0].startswith("1") and "templates of fr are still word for word English: fr/" in notes[0]
    assert "fr/phrases.j2" not in notes[0], "that one is translated"


def test_a_language_that_ships_needs_no_folder(world: World) -> None:
    world.configure("case_prefix", 'case_prefix = "JAR"\ntemplates = "letters"')
    assert "The language ja ships." in world.command("language", "ja", expect=2).err and not (world.folder / "letters" / "ja").exists()


def test_nothing_runs_before_all_is_there(world: World, french: Path) -> None:
    _break(french / "lines" / "confirmed.j2", None, "")
    assert "fr lacks fr/lines/confirmed.j2" in world.command("check", expect=1).out
    refusal = world.command("run", "--once", expect=2).err
    assert refusal.startswith("The language fr is not complete: fr lacks fr/lines/confirmed.j2.") and "firstreply check" in refusal


def _break(path: Path, before: str | None, after: str) -> None:
    if before is None:
        path.unlink()
        return
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_command_overwrites_nothing_and_says_what_it_needs(world: World) -> None:
    assert 'templates = "our-templates"' in world.command("language", "fr", expect=2).err
    world.configure("case_prefix", 'case_prefix = "JAR"\ntemplates = "letters"')
    assert "no language code" in world.command("language", "FR!", expect=2).err
    mine = world.folder / "letters" / "fr" / "round.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    world.command("language", "fr")
    assert mine.read_text(encoding="utf-8") == "mine"
    assert world.command("language", "fr").out.startswith("0 files written")
