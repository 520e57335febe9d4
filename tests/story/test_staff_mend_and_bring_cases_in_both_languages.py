"""Staff change a case, bring a table and answer findings by mail alone, over real servers and in both languages."""

from __future__ import annotations

import pytest

from tests.story.conversation import SATO, SUZUKI, World

ITO = "ito@lawfirm.example"
YES = {SUZUKI: "YES", SATO: "はい"}
BOTH = pytest.mark.parametrize("who", [SUZUKI, SATO], ids=["en", "ja"])


def states(world: World) -> list[str]:
    return [case["state"] for case in world.cli("case", "list", "--json")]


def history(world: World, case: str) -> str:
    return " ".join(note for _, note in world.cli("explain", case, "--json")["history"])


@BOTH
def test_a_change_is_shown_then_made_then_told_to_the_holder(world: World, who: str) -> None:
    world.member(ITO, name="Ito", language="en" if who == SUZUKI else "ja")
    case = world.case("An appeal", place="Tokyo", details="The file.", contact="Sato")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    world.writes(who, f"EDIT {case}")
    world.runs_once()
    form = world.last_letter_to(who)
    assert "The file." in form.text
    fields = "Place: Osaka\nDetails: The new file." if who == SUZUKI else "場所：大阪\n詳細：新しい資料です。"
    world.writes(who, fields, answering=form)
    world.runs_once()
    before = len(world.letters_to(ITO))
    world.writes(who, YES[who], answering=world.last_letter_to(who))
    world.runs_once()
    told = world.letters_to(ITO)[before:]
    place, file = ("Osaka", "The new file.") if who == SUZUKI else ("大阪", "新しい資料です。")
    assert len(told) == 1 and place in told[0].text and file in told[0].text
    assert f"changed by {who}" in history(world, case) and world.standing(case) == {ITO: "confirmed"}


@BOTH
def test_a_table_comes_back_marked_and_once_mended_is_opened_by_one_yes(world: World, who: str) -> None:
    english = "title,summary,deadline\nA hearing,One visit.,next Friday\nAn appeal,Six months.,\n"
    japanese = "件名,概要,期限\n面会,一回です。,来週\n不服申立て,代理をお願いします。,\n"
    table, name = (english, "cases.csv") if who == SUZUKI else (japanese, "案件.csv")
    subject = "NEW CASE" if who == SUZUKI else "新規案件"
    world.writes(who, "", subject=subject, files=((name, "text/csv", table.encode("utf-8" if who == SUZUKI else "cp932")),))
    world.runs_once()
    letter = world.last_letter_to(who)
    marked = letter.files[name].decode("utf-8-sig")
    assert states(world) == [] and ("Which day is" in marked if who == SUZUKI else "何月何日" in marked)
    mended = marked.replace("next Friday", "").replace('"来週"', '""')
    world.writes(who, "", answering=letter, files=((name, "text/csv", mended.encode()),))
    world.runs_once()
    assert states(world) == ["draft", "draft"]
    world.writes(who, YES[who], answering=world.last_letter_to(who))
    world.runs_once()
    assert states(world) == ["open", "open"]


@BOTH
def test_findings_want_a_reason_which_stays_on_record(world: World, who: str) -> None:
    world.member(ITO, name="Ito")
    form = "Title: A hearing in Karimi Town\nSummary: One visit.\nDetails: The client is Mr Ahmad Karimi."
    world.writes(who, form, subject="EMERGENCY")
    world.runs_once()
    preview = world.last_letter_to(who)
    world.writes(who, "SEND", answering=preview)
    world.runs_once()
    assert states(world) == ["draft"] and not world.letters_to(ITO)
    world.writes(who, "SEND WITH it is a town" if who == SUZUKI else "SEND 理由：町の名前です。", answering=preview)
    world.runs_once()
    assert states(world) == ["open"] and len(world.letters_to(ITO)) == 1
    assert ("it is a town" if who == SUZUKI else "町の名前です") in history(world, world.cli("case", "list", "--json")[0]["id"])


@BOTH
def test_a_text_that_names_the_client_is_mended_and_goes_without_a_reason(world: World, who: str) -> None:
    world.member(ITO, name="Ito")
    form = (
        "Title: An appeal for Mr Karimi\nSummary: Call +81-90-1234-5678 before the visit.\nDetails: The client is Mr Ahmad Karimi."
        if who == SUZUKI
        else "件名：カリミさんの不服申立て\n概要：面会の前に090-1234-5678へお電話ください。\n詳細：依頼者はアフマド・カリミさん（Ahmad Karimi）です。"
    )
    world.writes(who, form, subject="NEW CASE" if who == SUZUKI else "新規案件")
    world.runs_once()
    preview = world.last_letter_to(who)
    shown = "".join(preview.text.split())
    assert all(found in shown for found in (("“Karimi”", "+81-90-1234-5678") if who == SUZUKI else ("「カリミ」", "090-1234-5678")))
    world.writes(who, "YES" if who == SUZUKI else "はい", answering=preview)
    world.runs_once()
    (case,) = world.cli("case", "list", "--json")
    assert case["state"] == "draft" and case["id"] in world.last_letter_to(who).text
    mended = "Title: An appeal\nSummary: One visit." if who == SUZUKI else "件名：不服申立て\n概要：一度の面会です。"
    world.writes(who, f"{'EDIT' if who == SUZUKI else '変更'} {case['id']}\n{mended}")
    world.runs_once()
    again = world.last_letter_to(who)
    assert ("Please look at this again" if who == SUZUKI else "もう一度ご覧いただきたい点") not in again.text
    world.writes(who, "YES" if who == SUZUKI else "はい", answering=again)
    world.runs_once()
    assert states(world) == ["open"]
