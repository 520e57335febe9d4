"""G-06: each claim ends in one letter that says what became of it and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.story.conversation import SUZUKI, TOKYO, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@bengo.example"


def three_lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")
    world.member(ABE, name="Abe", language="en")


def test_each_place_is_given_in_order_of_arrival_and_the_rest_wait(world: World) -> None:
    three_lawyers(world)
    case = world.case("Country research", places="2")
    for lawyer, at in ((ITO, "09:02:13"), (MORI, "09:02:11"), (ABE, "09:02:12")):
        world.writes(lawyer, f"受任 {case}", at=at)
    world.runs_once()
    assert world.standing(case) == {MORI: "confirmed", ABE: "confirmed", ITO: "waitlisted"}


def test_F_22_who_waits_reads_the_own_arrival_the_place_in_line_and_nobody_elses_name(world: World) -> None:
    three_lawyers(world)
    case, other = world.case("Country research"), world.case("Another one")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11")
    world.writes(ABE, f"CLAIM {case}", at="09:02:52")
    world.runs_once()
    letter = world.last_letter_to(ABE)
    assert "09:02:52" in letter.text and "number 1" in letter.text and other in letter.text
    assert not any(name in letter.text + letter.html for name in ("Ito", ITO, "09:02:11"))


def test_released_places_go_to_the_next_in_line_who_is_told(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal", details="The client is Client A.")
    for lawyer, at in ((ITO, "09:00:01"), (MORI, "09:00:02"), (ABE, "09:00:03")):
        world.writes(lawyer, f"CLAIM {case}", at=at)
    world.runs_once()
    world.writes(ITO, f"RELEASE {case}", answering=world.last_letter_to(ITO))
    world.runs_once()
    assert world.standing(case) == {ITO: "released", MORI: "confirmed", ABE: "waitlisted"}
    assert "Client A" in world.last_letter_to(MORI).text
    assert len(world.letters_to(ITO)) == 2 and "Client A" not in world.last_letter_to(ITO).text


def test_F_13_claim_release_claim_goes_behind_who_came_between(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal")
    for lawyer, word, at in (
        (ITO, "CLAIM", "09:00:01"),
        (ITO, "RELEASE", "09:00:10"),
        (ABE, "CLAIM", "09:00:15"),
        (ITO, "CLAIM", "09:00:20"),
    ):
        world.writes(lawyer, f"{word} {case}", at=at)
    world.runs_once()
    states = [(claim["member"], claim["state"]) for claim in world.cli("explain", case, "--json")["claims"]]
    assert states == [(ITO, "released"), (ABE, "confirmed"), (ITO, "waitlisted")]


def test_F_12_the_same_lawyer_twice_is_told_that_the_case_is_theirs(world: World) -> None:
    three_lawyers(world)
    case = world.case("Country research", places="2")
    world.writes(ITO, f"CLAIM {case}", at="09:00:01")
    world.runs_once()
    world.writes(ITO, f"CLAIM {case}", at="09:00:02", subject="again")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"}
    assert "already" in world.last_letter_to(ITO).text


def test_F_16_a_claim_after_the_deadline_is_refused_by_its_arrival(world: World) -> None:
    three_lawyers(world)
    deadline = datetime.now(TOKYO).replace(microsecond=0) + timedelta(minutes=10)
    case = world.case("Asylum appeal", deadline=f"{deadline:%Y-%m-%d %H:%M}")
    world.settle_in()
    world.imap.deliver("cases@ngo.example", _claim(case), at=deadline + timedelta(minutes=1))
    world.runs_once()
    assert world.standing(case) == {ITO: "refused"}
    assert "deadline" in world.last_letter_to(ITO).text


def _claim(case: str) -> bytes:
    from tests.story.people import Post

    return Post(ITO, "Ito", "cases@ngo.example", f"CLAIM {case}", datetime.now(TOKYO)).raw()


def test_F_15_unknown_and_unpublished_cases_are_answered_alike(world: World) -> None:
    three_lawyers(world)
    draft = "JAR-" + str(datetime.now(TOKYO).year) + "-001"
    world.writes("sato@ngo.example", "Title: Not yet public\nSummary: A draft", subject="NEW CASE")
    world.runs_once()
    world.writes(ITO, f"CLAIM {draft}")
    world.writes(ABE, f"CLAIM {draft[:-3]}999")
    world.runs_once()
    unpublished, unknown = (world.last_letter_to(to).text.replace(name, "") for to, name in ((ITO, "Ito"), (ABE, "Abe")))
    assert _without_stamp(unpublished) == _without_stamp(unknown.replace("-999", "-001"))


def _without_stamp(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "reached us" not in line)


def test_several_commands_are_answered_by_one_transcript(world: World) -> None:
    three_lawyers(world)
    first, second = world.case("Asylum appeal"), world.case("Interview")
    world.writes(ITO, f"CLAIM {first} {second}\nCLAIM {first[:-3]}999\n状況\n")
    world.runs_once()
    (letter,) = world.letters_to(ITO)
    assert letter.subject.startswith("3 done, 1 not")


def test_staff_hear_of_each_placement(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    letter = world.last_letter_to(SUZUKI)
    assert case in letter.subject and ITO in letter.text


def test_prose_about_one_open_case_is_asked_and_a_yes_counts_from_its_first_arrival(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal")
    world.configure("settle_seconds", "settle_seconds = 1")
    world.writes(ITO, f"I would be glad to take {case}, if it is still free.", at="09:00")
    world.runs_once()
    assert world.standing(case) == {}
    world.writes(ITO, "YES", answering=world.last_letter_to(ITO), at="10:00")
    world.writes(ABE, f"CLAIM {case}", at="09:30")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", ABE: "waitlisted"}


def test_F_06_a_claim_in_junk_keeps_its_place(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal")
    world.writes(ABE, f"CLAIM {case}", at="09:01:00")
    world.writes(ITO, f"CLAIM {case}", at="09:00:00", folder="Junk")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", ABE: "waitlisted"}


def test_F_05_an_earlier_claim_found_after_the_decision_waits_first_and_staff_are_told(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal")
    world.writes(ABE, f"CLAIM {case}", at="09:01:00")
    world.runs_once()
    world.writes(ITO, f"CLAIM {case}", at="09:00:00")
    world.runs_once()
    assert world.standing(case) == {ITO: "waitlisted", ABE: "confirmed"}
    assert any(row["kind"] == "late_surfaced" for row in world.cli("outbox", "list", "--json"))


def test_a_conflict_check_shows_the_names_to_the_holder_alone_and_the_details_after_clear(world: World) -> None:
    three_lawyers(world)
    case = world.case("Asylum appeal", details="The client is Client A.", conflict_check="Opponent Co.")
    world.writes(ITO, f"CLAIM {case}", at="09:00:00")
    world.writes(ABE, f"CLAIM {case}", at="09:01:00")
    world.runs_once()
    held = world.last_letter_to(ITO)
    assert "Opponent Co." in held.text and "Client A" not in held.text
    assert "Opponent Co." not in world.last_letter_to(ABE).text
    world.writes(ITO, f"CONFLICT {case}", answering=held)
    world.runs_once()
    world.writes(ABE, f"CLEAR {case}", answering=world.last_letter_to(ABE))
    world.runs_once()
    assert world.standing(case) == {ITO: "released", ABE: "confirmed"}
    assert "Client A" in world.last_letter_to(ABE).text
