"""What could name a client stands in the preview, before anybody on the roster can read it."""

from __future__ import annotations

from tests.story.conversation import SATO, SUZUKI, World


def test_a_name_from_the_confidential_part_is_found_in_the_summary(world: World) -> None:
    world.writes(
        SUZUKI, "Title: Appeal for Mr. Farrokhzad\nSummary: He needs a lawyer.\nDetails: The client is Mr. Farrokhzad.", subject="NEW CASE"
    )
    world.writes(SATO, "件名：面会の付き添い\n概要：連絡先は090-1234-5678です。\n", subject="新規案件")
    world.runs_once()
    assert "Please look at this again" in world.last_letter_to(SUZUKI).text and "Farrokhzad" in world.last_letter_to(SUZUKI).text
    assert "090-1234-5678" in world.last_letter_to(SATO).text


def test_an_ordinary_summary_raises_nothing(world: World) -> None:
    world.writes(
        SUZUKI, "Title: Asylum appeal\nSummary: An appeal to the district court.\nDetails: The client is Client A.", subject="NEW CASE"
    )
    world.runs_once()
    assert "Please look at this again" not in world.last_letter_to(SUZUKI).text


def test_the_command_line_warns_on_standard_error_and_imports_all_the_same(world: World) -> None:
    (world.folder / "named.csv").write_text("title,summary,details\nA hearing,A visit to Karimi.,The client is Mr Ahmad Karimi.\n")
    outcome = world.command("case", "import", "named.csv")
    assert "summary: “Karimi” is also in the confidential part" in outcome.err and "Karimi" not in outcome.out
    assert [case["state"] for case in world.cli("case", "list", "--json")] == ["open"]
