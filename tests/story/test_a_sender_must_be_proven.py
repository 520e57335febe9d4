"""A From line proves nothing: what acts is the answer to a letter of ours, or an aligned pass of our own mail server."""

from __future__ import annotations

from tests.story.conversation import SATO, SUZUKI, World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"


def a_case_for_two(world: World) -> str:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")
    return world.case("Asylum appeal", details="The client is Client A.")


def test_S_01_an_unproven_claim_is_asked_about_at_the_address_on_file_and_blocks_nobody(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", at="09:00", proven=None)
    world.writes(MORI, f"CLAIM {case}", at="09:05")
    world.runs_once()
    assert world.standing(case) == {ITO: "unverified", MORI: "confirmed"}
    assert "Client A" not in world.last_letter_to(ITO).text


def test_a_yes_from_that_address_counts_from_the_first_arrival(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", at="09:00", proven=None)
    world.runs_once()
    world.configure("settle_seconds", "settle_seconds = 1")
    world.writes(ITO, "YES", answering=world.last_letter_to(ITO), at="10:00", proven=None)
    world.writes(MORI, f"CLAIM {case}", at="09:05")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert "Client A" in world.last_letter_to(ITO).text


def test_a_yes_from_another_address_proves_nothing(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", at="09:00", proven=None)
    world.runs_once()
    world.writes(MORI, "YES", answering=world.last_letter_to(ITO), at="10:00")
    world.runs_once()
    assert world.standing(case) == {ITO: "unverified"}


def test_a_no_ends_the_claim_and_shows_it_to_staff(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", at="09:00", proven=None)
    world.runs_once()
    world.writes(ITO, "いいえ", answering=world.last_letter_to(ITO), at="10:00", proven=None)
    world.runs_once()
    assert world.standing(case) == {ITO: "refused"}
    assert world.letters_to(SUZUKI)


def test_S_02_a_failed_check_is_answered_to_nobody(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", proven=False)
    world.runs_once()
    assert (world.standing(case), world.letters_to(ITO), world.dispositions()) == ({}, [], ["for_staff"])


def test_F_27_many_unproven_claims_make_one_question(world: World) -> None:
    case = a_case_for_two(world)
    for minute in range(5):
        world.writes(ITO, f"CLAIM {case}", at=f"09:0{minute}", proven=None, subject=f"mail {minute}")
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1


def test_the_code_in_a_claim_link_proves_its_member_and_nobody_else(world: World) -> None:
    case = a_case_for_two(world)
    world.sends_the_round()
    link = world.last_letter_to(ITO).link_about(case)
    world.clicks(MORI, link, at="09:00", proven=None)
    world.clicks(ITO, link, at="09:05", proven=None)
    world.runs_once()
    assert world.standing(case) == {MORI: "unverified", ITO: "confirmed"}


def test_S_15_the_answer_goes_to_the_address_on_file_whatever_reply_to_says(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, f"CLAIM {case}", headers={"Reply-To": "mallory@evil.example", "Cc": MORI})
    world.runs_once()
    assert {to for letter in world.sink.letters for to in letter.rcpt} == {ITO, SATO, SUZUKI}


def test_a_member_may_write_from_an_alias_and_is_answered_at_the_address_on_file(world: World) -> None:
    world.member(ITO, name="Ito", aliases="hana@home.example")
    case = world.case("Asylum appeal")
    world.writes("hana@home.example", f"CLAIM {case}")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"}
    assert world.letters_to(ITO) and not world.letters_to("hana@home.example")


def test_L_10_strangers_get_nothing_and_staff_can_see_them(world: World) -> None:
    case = a_case_for_two(world)
    for sender in ("a1@evil.example", "a2@evil.example"):
        world.writes(sender, f"CLAIM {case}")
    world.runs_once()
    assert (world.sink.letters, world.dispositions()) == ([], ["for_staff", "for_staff"])


def test_what_comes_while_a_question_is_open_is_asked_about_with_the_next(world: World) -> None:
    world.member(ITO, name="Ito")
    first, second = world.case("Asylum appeal"), world.case("Interview")
    world.writes(ITO, f"CLAIM {first}", at="09:00", proven=None)
    world.runs_once()
    world.writes(ITO, f"CLAIM {second}", at="09:05", proven=None)
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1
    world.writes(ITO, "YES", answering=world.last_letter_to(ITO), proven=None, at="09:10")
    world.runs_once()
    question = next(
        letter for letter in world.letters_to(ITO) if second in letter.text and letter.headers["Subject"].startswith("Was this you")
    )
    world.writes(ITO, "YES", answering=question, proven=None, at="09:20")
    world.runs_once()
    assert (world.standing(first), world.standing(second)) == ({ITO: "confirmed"}, {ITO: "confirmed"})
    assert set(world.dispositions()) == {"answered"}


def test_a_late_yes_restores_the_first_arrival_over_a_later_claim_of_ones_own(world: World) -> None:
    case = a_case_for_two(world)
    lee = world.member("lee@lawfirm.example", name="Lee")
    world.writes(ITO, f"CLAIM {case}", at="09:00", proven=None)
    world.writes(MORI, f"CLAIM {case}", at="09:01")
    world.writes(lee, f"CLAIM {case}", at="09:02")
    world.writes(ITO, f"CLAIM {case}", at="09:03", subject="again")
    world.runs_once()
    question = next(letter for letter in world.letters_to(ITO) if letter.subject.startswith("Was this you"))
    world.writes(ITO, "YES", answering=question, proven=None)
    world.runs_once()
    claims = [(claim["member"], claim["state"]) for claim in world.cli("explain", case, "--json")["claims"]]
    assert claims == [(ITO, "waitlisted"), (MORI, "confirmed"), (lee, "waitlisted"), (ITO, "released")]


def test_a_claim_with_a_broken_code_is_still_a_claim(world: World) -> None:
    case = a_case_for_two(world)
    world.writes(ITO, "", subject=f"CLAIM {case} [abcdefghijklmnop.qrstuvwxyz234567abcdefghi]")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"}
