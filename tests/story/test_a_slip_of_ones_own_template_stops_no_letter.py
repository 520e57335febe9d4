"""An organisation's own template may hold a slip: the letter goes out all the same, everybody else's too, and staff hear where it is."""

from __future__ import annotations

import json

from bot.shell.resources import templates_dir
from tests.story import command
from tests.story.conversation import SUZUKI, World

ITO, ABE, MORI = "ito@lawfirm.example", "abe@harbour.example", "mori@houritsu.example"
PAGE = "en/lines/waitlisted.j2"


def with_a_slip(world: World) -> None:
    """The line of who comes second asks for a fact that is not there."""
    world.configure("case_prefix", 'case_prefix = "JAR"\ntemplates = "letters"')
    own = world.folder / "letters" / PAGE
    own.parent.mkdir(parents=True)
    ours = (templates_dir() / PAGE).read_text(encoding="utf-8")
    own.write_text(f"{ours}\n{{% macro aside(line) %}}{{{{ line.facts.waiting_plaec }}}}{{% endmacro %}}", encoding="utf-8")
    own.write_text(own.read_text(encoding="utf-8").replace("{{ say.decision(line) }}", "{{ aside(line) }}"), encoding="utf-8")


def status(world: World) -> str:
    return " ".join(command.run(world.folder, "status").out.split())


def test_everybody_is_answered_and_staff_hear_where_it_is(world: World) -> None:
    with_a_slip(world)
    world.member(ITO, name="Ito Akiko", firm="Ito Law")
    world.member(ABE, name="Abe Ken", firm="Harbour")
    world.member(MORI, name="森 大輔", firm="森法律事務所", language="ja")
    case, other = world.case("Asylum appeal"), world.case("Country research")
    for member, wanted in ((ITO, case), (ABE, case), (MORI, other)):
        world.writes(member, f"CLAIM {wanted}")
    assert f'"place": "{PAGE}, line ' in world.runs_once().err
    assert world.standing(case) == {ITO: "confirmed", ABE: "waitlisted"} and world.standing(other) == {MORI: "confirmed"}
    assert "number 1 on the waiting list" in world.last_letter_to(ABE).flat and other in world.last_letter_to(MORI).subject
    assert "A letter template of your own cannot be used" in status(world) and f"It is: {PAGE}, line " in status(world)
    world.runs_once()
    assert "Please look: a template of your own cannot be used" in [letter.subject for letter in world.letters_to(SUZUKI)]


def test_who_writes_letters_by_a_command_hears_it_there(world: World) -> None:
    with_a_slip(world)
    (world.folder / "letters" / "en" / "round.j2").write_text("Cases, cases, cases.", encoding="utf-8")
    world.member(ITO, name="Ito Akiko")
    world.case("Asylum appeal")
    sent = world.command("round", "send", "--json")
    assert json.loads(sent.out)["letters"] == 1
    assert "A letter template of your own cannot be used, so ours takes its place. It is: en/round.j2" in sent.err


def test_what_a_command_met_staff_hear_and_status_tells_until_it_is_mended(world: World) -> None:
    world.configure("case_prefix", 'case_prefix = "JAR"\ntemplates = "letters"')
    spoilt = world.folder / "letters" / "en" / "round.j2"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text("Cases, cases, cases.", encoding="utf-8")
    world.member(ITO, name="Ito Akiko")
    world.case("Asylum appeal")
    world.command("round", "preview")
    assert "cannot be used" not in status(world)  # whoever tries a template out sees it there
    world.command("round", "send")
    assert "A letter template of your own cannot be used" in status(world) and "It is: en/round.j2." in status(world)
    spoilt.unlink()
    world.runs_once()
    world.runs_once()
    assert "Please look: a template of your own cannot be used" in [letter.subject for letter in world.letters_to(SUZUKI)]
    assert "cannot be used" not in status(world)


def test_the_check_notes_it_before(world: World) -> None:
    with_a_slip(world)
    (notes,) = (row["notes"] for row in world.cli("check", "--json") if row["what"] == "templates")
    assert notes == [f"{PAGE} names waiting_plaec, as none of ours does: is it meant to be waiting_place?"]
