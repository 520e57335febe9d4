"""A case for attorneys only, over real servers: the roster's and the case's tables say who fits, staff decide about who does not."""

from __future__ import annotations

from tests.story.conversation import SUZUKI, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@kasumi.example"


def test_a_paralegal_has_the_case_after_a_yes_and_a_spreadsheet_says_who_is_one(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(
        f"email,name,firm,language,資格区分,対応言語\n{ITO},Ito,Ito Law,en,paralegal,English\n{MORI},森,森法律,ja,弁護士,日本語\n"
    )
    world.command("roster", "import", str(roster))
    cases = world.folder / "cases.csv"
    cases.write_text("title,summary,eligible,lawyers_gender,remote_possible\nAppeal,An appeal,弁護士,不問,可\n")
    world.command("case", "import", str(cases))
    (case,) = world.cli("case", "list", "--json")
    assert (case["eligible"], case["lawyers_gender"], case["remote_possible"]) == (["bengoshi"], "", True)

    world.writes(ITO, f"CLAIM {case['id']}")
    world.runs_once()
    assert world.standing(case["id"]) == {ITO: "waitlisted"} and "staff have been asked" in world.last_letter_to(ITO).subject
    world.writes(SUZUKI, "YES", answering=world.last_letter_to(SUZUKI), proven=None)
    world.runs_once()
    assert world.standing(case["id"]) == {ITO: "confirmed"}


def test_staff_read_before_an_emergency_goes_out_that_nobody_fits(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(f"email,name,language,languages\n{ITO},Ito,en,English\n{MORI},Mori,en,Dari\n")
    world.command("roster", "import", str(roster))
    for language in ("Dari", "Tamil"):
        form = f"Title: Detention hearing\nSummary: A hearing, with somebody who speaks {language}.\nLanguage: {language}\n"
        world.writes(SUZUKI, form, subject="EMERGENCY")
    world.runs_once()
    shown = [letter.text for letter in world.letters_to(SUZUKI) if "SEND" in letter.subject]
    dari, tamil = (next(text for text in shown if f"speaks {language}" in " ".join(text.split())) for language in ("Dari", "Tamil"))
    assert "Nobody on the roster" not in dari and "Nobody is entered with a language of the case (Tamil)" in tamil


def test_what_is_offered_besides_is_neither_given_in_the_same_hour_nor_asked_for_already(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(f"email,name,language,capacity\n{ITO},Ito,en,paralegal\n{MORI},Mori,en,paralegal\n{ABE},Abe,en,attorney\n")
    world.command("roster", "import", str(roster))
    appeal = world.case("Asylum appeal")
    advice, research = (world.case(title, eligible="attorney") for title in ("Advice", "Research"))
    world.writes(ITO, f"CLAIM {advice}", at="09:00:00")
    world.writes(MORI, f"CLAIM {research}", at="09:05:00")
    world.writes(ABE, f"CLAIM {appeal}", at="09:10:00")
    world.runs_once()
    asked = next(letter for letter in world.letters_to(SUZUKI) if advice in letter.subject)
    world.writes(SUZUKI, "YES", answering=asked, proven=None, at="09:20:00")
    world.writes(MORI, f"CLAIM {appeal}", at="09:30:00")
    world.runs_once()
    assert world.standing(advice) == {ITO: "confirmed"}
    told = world.last_letter_to(MORI).text
    assert "waiting list" in told and "Still looking" not in told


def test_an_exported_roster_can_be_imported_again(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(f"email,name,capacity,languages,gender,region\n{ITO},Ito,弁護士; Notary,Dari; 英語,F,東京\n")
    world.command("roster", "import", str(roster))
    before = world.cli("roster", "list", "--json")
    world.command("roster", "export", str(roster))
    header = roster.read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.replace('"', "") == "email,name,firm,language,roles,aliases,capacity,languages,gender,region"
    world.command("roster", "import", str(roster))
    assert world.cli("roster", "list", "--json") == before and before[0]["capacity"] == ["bengoshi", "Notary"]


def test_a_roster_without_the_columns_leaves_what_is_known(world: World) -> None:
    roster = world.folder / "roster.csv"
    roster.write_text(f"email,name,capacity\n{ITO},Ito,弁護士\n")
    world.command("roster", "import", str(roster))
    roster.write_text(f"email,name\n{ITO},Ito Akiko\n")
    world.command("roster", "import", str(roster))
    assert world.cli("roster", "list", "--json")[0]["capacity"] == ["bengoshi"]
