"""A server that is away is tried again, said once, and nothing is lost; a letter that cannot be delivered is told to staff."""

from __future__ import annotations

import json
import signal

import pytest

from tests.story.conversation import SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def a_claim(world: World) -> str:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.settle_in()
    world.writes(ITO, f"CLAIM {case}")
    return case


def letters_of(world: World, kind: str) -> list[dict[str, object]]:
    return [row for row in world.cli("outbox", "list", "--json") if row["kind"] == kind]


def test_while_the_relay_is_away_letters_stay_owed_and_go_when_it_is_back(world: World) -> None:
    case = a_claim(world)
    world.sink.close()
    world.runs_once(expect=1)
    assert world.standing(case) == {ITO: "confirmed"}
    assert [row["state"] for row in letters_of(world, "confirmation")] == ["queued"]
    world.sink.open()
    _make_due(world)
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1


def test_while_the_mailbox_is_away_owed_letters_go_out_all_the_same(world: World) -> None:
    world.member(ITO, name="Ito")
    world.case("Asylum appeal")
    world.sink.close()
    world.sends_the_round()
    world.sink.open()
    world.imap.close()
    _make_due(world)
    assert "mailbox" in world.runs_once(expect=1).err
    assert len(world.letters_to(ITO)) == 1


def test_C_06_a_refused_confirmation_is_told_to_staff_and_not_tried_again(world: World) -> None:
    world.sink.script.refuse("RCPT", to=ITO, reply="550 5.1.1 no such user")
    case = a_claim(world)
    world.runs_once()
    world.runs_once()
    assert [(row["state"], row["attempts"]) for row in letters_of(world, "confirmation")] == [("failed", 1)]
    assert world.standing(case) == {ITO: "confirmed"} and "5.1.1" in world.last_letter_to(SUZUKI).text


def test_C_05_a_temporary_refusal_is_tried_again_later(world: World) -> None:
    world.sink.script.refuse("RCPT", to=ITO, reply="451 4.7.1 greylisted", times=1)
    a_claim(world)
    world.runs_once()
    assert [(row["state"], row["attempts"]) for row in letters_of(world, "confirmation")] == [("queued", 1)]
    _make_due(world)
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1


def test_C_02_after_a_lost_reply_the_same_letter_goes_once_more_and_no_more(world: World) -> None:
    world.sink.script.drop("after DOT", to=ITO, times=9)
    a_claim(world)
    world.runs_once(expect=0)
    assert [row["state"] for row in letters_of(world, "confirmation")] == ["unknown"]
    for _ in range(3):
        _make_due(world)
        world.runs_once()
    copies = world.letters_to(ITO)
    assert len(copies) == 2 and len({copy.received.raw for copy in copies}) == 1
    assert [row["state"] for row in letters_of(world, "confirmation")] == ["failed"] and world.letters_to(SUZUKI)


def test_C_09_one_refused_member_does_not_stop_the_round(world: World) -> None:
    lawyers = [world.member(f"m{number}@lawfirm.example", name=f"Member {number}") for number in range(5)]
    world.case("Asylum appeal")
    world.sink.script.refuse("RCPT", to=lawyers[2], reply="550 5.1.1 no such user")
    world.sends_the_round()
    assert [len(world.letters_to(lawyer)) for lawyer in lawyers] == [1, 1, 0, 1, 1]


def test_confirmations_never_wait_behind_a_circulation(world: World) -> None:
    case = a_claim(world)
    world.sink.close()
    world.member(MORI, name="森 健", language="ja")
    world.sends_the_round()
    world.runs_once(expect=1)
    world.sink.open()
    _make_due(world)
    world.runs_once()
    subjects = [letter.message["Subject"] for letter in world.sink.letters]
    assert case in subjects[0] or case in subjects[1]


def test_the_daemon_says_once_that_a_server_is_away_and_goes_on_when_it_is_back(world: World) -> None:
    case = a_claim(world)
    with world.daemon() as daemon:
        world.sink.wait_for(1, 20, to=ITO)
        world.imap.close(how=signal.SIGKILL)
        daemon.wait_for("the mailbox is away")
        world.imap.open()
        world.member(MORI, name="森 健", language="ja")
        world.settle_in()
        world.writes(MORI, f"受任 {case}")
        world.sink.wait_for(1, 40, to=MORI)
        assert daemon.log.count("the mailbox is away") == 1
        events = [json.loads(line) for line in daemon.log.splitlines()]
    assert all("event" in event for event in events)


def test_a_claim_is_decided_when_its_window_closes_without_any_further_mail(world: World) -> None:
    world.configure("settle_seconds", "settle_seconds = 3")
    with world.daemon():
        case = a_claim(world)
        world.sink.wait_for(1, 20, to=ITO)
    assert world.standing(case) == {ITO: "confirmed"}


def test_run_once_beside_a_daemon_is_safe(world: World) -> None:
    world.member(ITO, name="Ito")
    with world.daemon():
        case = world.case("Asylum appeal")
        world.writes(ITO, f"CLAIM {case}")
        world.runs_once()
        world.sink.wait_for(1, 20, to=ITO)
    assert len(world.letters_to(ITO)) == 1


@pytest.mark.sqlite_file
def test_F_11_a_second_daemon_on_a_file_refuses_by_whatever_name_it_has(world: World) -> None:
    world.member(ITO, name="Ito")
    with world.daemon():
        assert "room for one" in world.command("run", expect=1).err
        other = world.folder / "elsewhere" / "link.db"
        other.parent.mkdir()
        other.symlink_to(world.folder / "data" / "firstreply.db")
        world.configure("url", f'url = "sqlite:///{other}"')
        refused = world.command("run", expect=1)
    assert "room for one" in refused.err and "Traceback" not in refused.err


def _make_due(world: World) -> None:
    """As if the wait before the next try were over."""
    world.book.change("UPDATE letter SET next_try_at = created_at WHERE state IN ('queued', 'unknown')")
