"""A letter that was given up leaves once more at a word of the operator, under its Message-ID, and only where it is still so."""

from __future__ import annotations

import pytest

from tests.story.conversation import SUZUKI, World

ITO = "ito@lawfirm.example"


def refused(world: World, *, in_doubt: bool = False) -> tuple[str, str]:
    """The case, and the Message-ID of its confirmation, which was given up; the mail server is well again."""
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    if in_doubt:
        world.sink.script.drop("after DOT", to=ITO, times=2)
    else:
        world.sink.script.refuse("DOT", reply="552 5.3.4 too large", to=ITO)
    world.writes(ITO, f"CLAIM {case}")
    for _ in range(2 if in_doubt else 1):
        world.runs_once(env={"FIRSTREPLY_SMTP__IN_DOUBT_SECONDS": "0"}, expect=None)
    world.sink.script.clear()
    (row,) = rows(world)
    assert (row["kind"], row["state"]) == ("confirmation", "failed")
    return case, str(row["message_id"])


def rows(world: World) -> list[dict[str, object]]:
    return [row for row in world.cli("outbox", "list", "--json") if row["to"] == ITO]


def test_C_07_what_was_refused_leaves_at_a_word_of_the_operator_under_its_message_id(world: World) -> None:
    _, message_id = refused(world)
    assert "firstreply outbox send" in world.cli("outbox", "list") and "firstreply outbox send" in world.cli("status")
    assert "1 letter will be sent" in world.cli("outbox", "send", message_id)
    world.runs_once()
    assert [row["state"] for row in rows(world)] == ["sent"]
    assert [letter.message_id for letter in world.sink.to(ITO)] == [message_id]
    assert "No letter" in world.command("outbox", "send", message_id, expect=2).err


def test_what_may_have_been_delivered_is_sent_again_only_where_that_is_meant(world: World) -> None:
    _, message_id = refused(world, in_doubt=True)
    assert "--yes" in world.command("outbox", "send", message_id, expect=2).err
    world.cli("outbox", "send", message_id, "--yes")
    world.runs_once()
    assert [row["state"] for row in rows(world)] == ["sent"] and len(world.sink.to(ITO)) == 3


@pytest.mark.parametrize(
    ("meanwhile", "why"), [("release", "overtaken"), ("withdraw", "withdrawn"), ("erase", "words"), ("moves", "address")]
)
def test_the_file_goes_to_nobody_who_is_not_to_have_it_by_now(world: World, meanwhile: str, why: str) -> None:
    case, message_id = refused(world)
    if meanwhile == "release":
        world.writes(ITO, f"RELEASE {case}")
        world.runs_once()
    elif meanwhile == "withdraw":
        world.writes(SUZUKI, f"WITHDRAW {case}")
        world.runs_once()
    elif meanwhile == "erase":
        world.command("case", "erase", case, "--yes")
    else:
        world.cli("roster", "address", ITO, "ito@elsewhere.example", "--reason", "told us by telephone")
    told = world.command("outbox", "send", message_id, expect=2).err
    assert why in told and "nothing was changed" in told
    world.runs_once()
    assert [row["state"] for row in rows(world) if row["message_id"] == message_id] == ["failed"]


def test_the_cases_of_one_round_go_to_nobody_after_the_next(world: World) -> None:
    """By then some of them have found somebody."""
    world.member(ITO, name="Ito")
    world.case("Asylum appeal")
    world.sink.script.refuse("DOT", reply="552 5.3.4 too large", to=ITO)
    for month in ("2099-01", "2099-02"):
        world.command("round", "send", "--month", month)
        world.runs_once(expect=None)
    world.sink.script.clear()
    first, second = (str(row["message_id"]) for row in rows(world))
    assert "a later round" in world.command("outbox", "send", first, expect=2).err
    assert "1 letter will be sent" in world.cli("outbox", "send", second)
    world.runs_once()
    assert [row["state"] for row in rows(world)] == ["failed", "sent"]
