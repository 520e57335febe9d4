"""Staff set things right by a word in a mail: what they may, who hears of it, and what stays on record."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.story.conversation import SATO, SUZUKI, TOKYO, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@bengo.example"


def lawyers(world: World) -> None:
    world.member(ITO, name="Ito", language="en")
    world.member(MORI, name="森 健", language="ja")
    world.member(ABE, name="Abe", language="en")


def says(world: World, text: str, *, sender: str = SUZUKI) -> str:
    """Staff write, the bot works, and the letter that comes back is read."""
    world.writes(sender, text)
    world.runs_once()
    letter = next(one for one in reversed(world.letters_to(sender)) if one.headers["In-Reply-To"])
    return f"{letter.subject}\n{letter.text}"


def ito_then_mori(world: World, **fields: str) -> str:
    """A case of one place: Ito has it, Mori waits."""
    lawyers(world)
    case = world.case("Country research", details="The client is Client A.", **fields)
    world.writes(ITO, f"CLAIM {case}", at="9:00")
    world.writes(MORI, f"受任 {case}", at="9:01")
    world.runs_once()
    return case


def subjects(world: World, address: str) -> list[str]:
    return [letter.subject for letter in world.letters_to(address)]


def previewed_round(world: World) -> None:
    """A round that goes out in three hours, or sooner where the month, whose round it is, ends before; staff have its preview."""
    now = datetime.now(TOKYO)
    next_month = (now.replace(day=1, hour=0, minute=0) + timedelta(days=32)).replace(day=1)
    ahead = now + min(timedelta(hours=3), (next_month - now) / 2)
    world.configure("schedule", f'schedule = "{ahead.minute} {ahead.hour} {ahead.day} * *"\nbusiness_days_only = false')
    world.configure("preview_hours", "preview_hours = 24")
    world.runs_once()


def test_a_closed_case_ends_for_those_who_wait_and_stays_with_its_holder(world: World) -> None:
    case = ito_then_mori(world)
    before = len(world.letters_to(ITO))
    told = says(world, f"CLOSE {case}")
    assert world.standing(case) == {ITO: "confirmed", MORI: "lapsed"} and ITO in told
    assert "募集を終わりました" in world.last_letter_to(MORI).subject and len(world.letters_to(ITO)) == before


def test_who_is_not_yet_decided_hears_once_by_the_answer_to_the_own_mail(world: World) -> None:
    lawyers(world)
    world.configure("settle_seconds", "settle_seconds = 3600")
    case = world.case("Country research")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    says(world, f"CLOSE {case}")
    assert world.standing(case) == {ITO: "lapsed"} and subjects(world, ITO) == [f"No longer open: {case}"]


def test_a_withdrawn_case_is_told_to_its_holder_too(world: World) -> None:
    case = ito_then_mori(world)
    says(world, f"WITHDRAW {case}")
    assert "withdrawn" in world.last_letter_to(ITO).subject.lower() and "取り下げ" in world.last_letter_to(MORI).subject
    assert world.cli("case", "list", "--json")[0]["state"] == "withdrawn"


def test_a_reopened_case_keeps_its_holder_and_takes_claims_again(world: World) -> None:
    case = ito_then_mori(world)
    says(world, f"CLOSE {case}")
    says(world, f"REOPEN {case}")
    world.writes(ABE, f"CLAIM {case}")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "lapsed", ABE: "waitlisted"}


def test_who_holds_a_case_that_was_withdrawn_hears_that_it_goes_on_and_has_its_deadline_in_the_calendar_again(world: World) -> None:
    lawyers(world)
    case = world.case("Asylum appeal", deadline=f"{datetime.now(TOKYO) + timedelta(days=40):%Y-%m-%d}")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    says(world, f"WITHDRAW {case}")
    assert b"METHOD:CANCEL" in world.last_letter_to(ITO).files[f"{case}.ics"]
    says(world, f"REOPEN {case}")
    told = world.last_letter_to(ITO)
    assert "goes on, and is with you as before" in told.flat and b"METHOD:PUBLISH" in told.files[f"{case}.ics"]
    before = len(world.letters_to(ITO))
    says(world, f"CLOSE {case}")
    says(world, f"REOPEN {case}")
    assert len(world.letters_to(ITO)) == before, "that a case was closed had not been told to its holder"


def test_a_case_past_its_deadline_is_not_opened_again(world: World) -> None:
    lawyers(world)
    case = world.case("Country research", deadline=f"{datetime.now(TOKYO) + timedelta(days=9):%Y-%m-%d}")
    says(world, f"CLOSE {case}")
    assert world.book.ages("legal_case", "deadline_at", days=30) == 1
    assert "deadline" in says(world, f"REOPEN {case}") and world.cli("case", "list", "--json")[0]["state"] == "closed"


def test_a_free_place_is_given_out_of_turn_with_the_file_and_on_record(world: World) -> None:
    lawyers(world)
    case = world.case("Country research", details="The client is Client A.")
    told = says(world, f"ASSIGN {case} {MORI}")
    claim = world.cli("explain", case, "--json")["claims"][0]
    assert (claim["member"], claim["state"], claim["reason"]) == (MORI, "confirmed", f"assigned by {SUZUKI}")
    assert "Client A" in world.last_letter_to(MORI).text and "職員の判断" in world.last_letter_to(MORI).text
    assert "Client A" not in told and any("担当者が決まりました" in subject for subject in subjects(world, SATO))


def test_an_assigned_place_is_held_where_the_case_checks_conflicts(world: World) -> None:
    lawyers(world)
    case = world.case("Country research", details="The client is Client A.", conflict_check="Ahmad Karimi")
    told = says(world, f"ASSIGN {case} {ITO}")
    letter = world.last_letter_to(ITO)
    assert world.standing(case) == {ITO: "held"} and "Ahmad Karimi" in letter.text and "Client A" not in letter.text
    assert "Karimi" not in told


def test_a_taken_place_is_not_given_twice_and_staff_read_what_to_do(world: World) -> None:
    case = ito_then_mori(world)
    told = says(world, f"ASSIGN {case} {MORI}")
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert f"RELEASE {case} {ITO}" in " ".join(told.split()) and f"ASSIGN {case} {MORI}" in " ".join(told.split())


def test_release_and_assign_in_one_mail_put_another_in_the_place(world: World) -> None:
    case = ito_then_mori(world)
    told = says(world, f"RELEASE {case} {ITO}\nASSIGN {case} {ABE}")
    assert world.standing(case) == {ITO: "released", MORI: "waitlisted", ABE: "confirmed"}
    assert told.startswith("2 done") and "is yours" in world.last_letter_to(ABE).subject


def test_a_release_by_staff_is_told_to_the_member_and_the_next_in_line_moves_up(world: World) -> None:
    case = ito_then_mori(world)
    says(world, f"RELEASE {case} {ITO}")
    assert world.standing(case) == {ITO: "released", MORI: "confirmed"}
    assert "No longer with you" in world.last_letter_to(ITO).subject and "順番が回って" in world.last_letter_to(MORI).subject


def test_explain_tells_every_claim_and_who_of_staff_did_what(world: World) -> None:
    case = ito_then_mori(world)
    says(world, f"RELEASE {case} {ITO}", sender=SATO)
    told = " ".join(says(world, f"EXPLAIN {case}").split())
    assert ITO in told and MORI in told and f"released by {SATO}" in told and "UID 1" in told and "09:00:00 JST" in told


def test_status_tells_how_things_stand(world: World) -> None:
    ito_then_mori(world)
    assert "1 filled" in says(world, "STATUS") and "決定済み1件" in says(world, "STATUS", sender=SATO)


def test_who_of_staff_is_on_the_roster_too_reads_of_the_own_cases(world: World) -> None:
    lawyers(world)
    world.member(SUZUKI, name="Suzuki Taro", firm="NGO")
    case = world.case("Country research")
    world.writes(SUZUKI, f"CLAIM {case}")
    world.runs_once()
    assert world.standing(case) == {SUZUKI: "confirmed"}
    told = " ".join(says(world, "STATUS").split())
    assert f"{case} Country research (yours)" in told and f"“RELEASE {case}”" in told
    assert "Country research" not in says(world, "STATUS", sender=SATO)


def test_what_waits_for_staff_is_said_alike_by_mail_and_at_the_terminal(world: World) -> None:
    lawyers(world)
    case = world.case("Country research")
    assert "Nothing waits for a person." in says(world, "STATUS") and "For a person   nothing" in world.cli("status")
    says(world, f"BULLETIN {case}")
    world.writes("new@firm.example", "JOIN\nName: Nina New\nFirm: New Firm\nCapacity: bengoshi\nLanguages: en")
    world.runs_once()
    told = " ".join(says(world, "STATUS").split())
    assert f"For a person: the preview of {case}; 1 applicant for the roster." in told
    assert f"{case}の確認メールへのお返事、登録をお待ちの方1名" in "".join(says(world, "STATUS", sender=SATO).split())
    assert f"staff are asked about {case} by a preview; 1 applicant for the roster" in " ".join(world.cli("status").split())
    assert world.cli("status", "--json")["awaited"] == {"previews": [case], "changes": [], "applicants": 1, "misfits": [], "rounds": []}


def test_who_is_removed_waits_no_more_and_is_told_and_keeps_what_is_held(world: World) -> None:
    case = ito_then_mori(world)
    told = says(world, f"REMOVE {MORI}\nREMOVE {ITO}")
    assert {row["email"]: row["state"] for row in world.cli("roster", "list", "--json")} == {ITO: "left", MORI: "left", ABE: "active"}
    assert world.standing(case) == {ITO: "confirmed", MORI: "released"} and f"RELEASE {case} {ITO}" in " ".join(told.split())
    assert "外しました" in world.last_letter_to(MORI).subject


def test_only_who_has_applied_is_approved_and_welcomed_with_the_open_cases(world: World) -> None:
    lawyers(world)
    case = world.case("Country research")
    assert "not" in says(world, f"APPROVE {ITO}") and not world.letters_to(ITO)
    world.book.change(f"UPDATE member SET state = 'applied' WHERE email = '{ITO}'")
    says(world, f"Approve {ITO}.")
    assert world.last_letter_to(ITO).link_about(case) and world.cli("roster", "list", "--json")[0]["state"] == "active"


def test_a_held_round_does_not_go_out_until_send_and_a_second_hold_or_send_is_told_so(world: World) -> None:
    lawyers(world)
    world.case("Country research")
    previewed_round(world)
    says(world, "ROUND HOLD")
    assert SUZUKI in says(world, "ROUND HOLD", sender=SATO)
    ago = datetime.now(TOKYO) - timedelta(minutes=1)
    world.configure("schedule", f'schedule = "{ago.minute} {ago.hour} {ago.day} * *"')
    assert world.book.ages("mark", "at", where="name = 'first_start'", days=1) == 1
    world.runs_once()
    assert not world.letters_to(ITO)
    says(world, "ROUND SEND", sender=SATO)
    assert len(world.letters_to(ITO)) == 1 and SATO in says(world, "ROUND SEND") and len(world.letters_to(ITO)) == 1


def test_round_send_after_the_preview_sends_it_now_and_not_again_at_its_hour(world: World) -> None:
    lawyers(world)
    world.case("Country research")
    previewed_round(world)
    preview = world.last_letter_to(SUZUKI)
    world.writes(SUZUKI, "ROUND SEND", answering=preview, proven=None)
    world.runs_once()
    world.runs_once()
    assert len(world.letters_to(ITO)) == 1 and world.cli("round", "list", "--json")[0]["opened_by"] == SUZUKI


def test_the_preview_is_for_the_one_who_asks_and_a_round_of_nothing_is_not_sent(world: World) -> None:
    lawyers(world)
    case = world.case("Country research")
    assert "Country research" in says(world, "ROUND PREVIEW") and not world.letters_to(SATO)
    assert "1 done, 1 not" in says(world, f"CLOSE {case}\nROUND SEND") and not world.letters_to(ITO)


def test_G_11_without_proof_nothing_is_overridden_and_a_lawyer_has_no_such_words(world: World) -> None:
    case = ito_then_mori(world)
    world.writes(SUZUKI, f"RELEASE {case} {ITO}", proven=None)
    world.writes(SATO, f"CLOSE {case}", proven=False)
    world.writes(MORI, f"ASSIGN {case} {MORI}")
    world.writes(MORI, f"REMOVE {ITO}")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}


def test_what_is_done_by_hand_says_why_too_and_explain_takes_an_address(world: World) -> None:
    lawyers(world)
    case = world.case("Country research")
    world.cli("bulletin", case, "--reason", "the hearing is tomorrow")
    world.cli("round", "send", "--reason", "the usual day is a holiday")
    assert "command line (reason given: the hearing is tomorrow)" in world.cli("explain", case)
    assert world.cli("round", "list", "--json")[0]["reason"] == "the usual day is a holiday"
    says(world, f"ASSIGN {case} {ITO}")
    says(world, f"REMOVE {ITO} WITH she has retired")
    told = world.cli("explain", ITO, "--json")
    assert (told["state"], told["claims"]) == ("left", [{"case": case, "state": "confirmed"}])
    assert f"by {SUZUKI} (reason given: she has retired)" in told["history"][0][1]


def test_what_cannot_be_done_is_told_and_changes_nothing(world: World) -> None:
    case = ito_then_mori(world)
    lines = [f"ASSIGN {case} nobody@x.example", f"RELEASE {case} {ABE}", f"RELEASE {case}", "CLOSE JAR-2020-999", f"REOPEN {case}"]
    told = says(world, "\n".join(lines))
    assert told.startswith("0 done, 5 not") and world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
