"""The deadline ladder: one draft a rung and case, ready to SEND, and none where somebody is on the case."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.model import Deadline, Profile, Terms
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.misfits import staff_say
from tests.story.people import Letter


def due_in(desk: Desk, days: float) -> Deadline:
    return Deadline(desk.now + timedelta(days=days), is_day=False)


def drafts(desk: Desk, address: str = SUZUKI) -> list[Letter]:
    return [letter for letter in desk.letters_to(address) if "shall this bulletin go out" in letter.subject or "緊急" in letter.subject]


def bulletins(desk: Desk) -> int:
    return sum(
        "緊急" in letter.subject or "urgent" in letter.subject.lower() for who in (ALICE, BOB, CHIKA) for letter in desk.letters_to(who)
    )


def test_each_rung_brings_one_draft_to_each_staff_member(desk: Desk) -> None:
    desk.case(deadline=due_in(desk, 15), details="The client is QZX CANARY NAME.")
    seen = []
    for _ in range(15):
        desk.ticks()
        desk.ticks()
        seen.append(len(drafts(desk)))
        desk.passes(days=1)
    assert seen == [0, *[1] * 7, *[2] * 4, *[3] * 3]
    assert len(drafts(desk, SATO)) == 3
    assert not any("CANARY" in letter.text for letter in drafts(desk))


def test_a_draft_reads_as_the_bulletin_will_and_a_send_in_its_thread_sends_it(desk: Desk) -> None:
    case = desk.case("Detention hearing", "One visit before the hearing.", deadline=due_in(desk, 6))
    desk.ticks()
    (draft,) = drafts(desk)
    assert "Detention hearing" in draft.text and "One visit before the hearing." in draft.text and "3 members" in draft.text
    desk.writes(SUZUKI, "SEND", answering=draft)
    assert bulletins(desk) == 3
    assert "One visit before the hearing." in desk.last_letter_to(ALICE).text and case in desk.last_letter_to(ALICE).subject
    desk.passes(hours=1)
    desk.ticks()
    assert len(drafts(desk)) == 1


def test_who_waits_for_a_free_place_and_may_take_none_hides_no_deadline(desk: Desk) -> None:
    """Bob's own limit is reached: when Alice hands the case back, he stays in line, and nobody is on it."""
    case, other = desk.case(deadline=due_in(desk, 15)), desk.case()
    desk.writes(BOB, f"CLAIM {other}")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "LIMIT 1")
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "waitlisted"}
    desk.passes(days=2)
    desk.ticks()
    assert case in drafts(desk)[0].text


def test_the_draft_lives_until_the_next_rung_and_no_further(desk: Desk) -> None:
    desk.case(deadline=due_in(desk, 10))
    desk.ticks()
    (first,) = drafts(desk)
    desk.passes(days=4)
    desk.ticks()
    desk.writes(SUZUKI, "SEND", answering=first)
    assert bulletins(desk) == 0 and "settled" in desk.last_letter_to(SUZUKI).subject
    desk.writes(SUZUKI, "SEND", answering=drafts(desk)[-1])
    assert bulletins(desk) == 3


def test_of_rungs_slept_through_only_the_nearest_is_offered(desk: Desk) -> None:
    desk.case(deadline=due_in(desk, 20))
    desk.ticks()
    desk.passes(days=18)
    desk.ticks()
    desk.ticks()
    assert len(drafts(desk)) == 1 and drafts(desk)[0].subject.startswith("2 days left")


def test_a_case_that_somebody_has_or_waits_for_gets_none(desk: Desk) -> None:
    taken, waited = desk.case(deadline=due_in(desk, 5)), desk.case(deadline=due_in(desk, 5), conflict_names="A. N.")
    desk.writes(ALICE, f"CLAIM {taken} {waited}")
    desk.settles()
    assert drafts(desk) == []


def test_a_case_that_is_handed_back_is_on_the_ladder_again(desk: Desk) -> None:
    case = desk.case(deadline=due_in(desk, 5))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert len(drafts(desk)) == 1


def test_no_draft_stands_beside_a_preview_that_staff_have_not_answered(desk: Desk) -> None:
    case = desk.case(deadline=due_in(desk, 14.5))
    desk.passes(hours=11, minutes=55)
    desk.writes(SUZUKI, f"BULLETIN {case}")
    preview = desk.last_letter_to(SUZUKI)
    desk.passes(hours=1)
    desk.ticks()
    assert drafts(desk) == []
    desk.writes(SUZUKI, "NO", answering=preview)
    desk.ticks()
    assert drafts(desk) == [], "staff have just decided about a bulletin"


def test_as_many_must_agree_as_to_any_bulletin(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, ladder_days="ladder_days = [7]", approvals="approvals = 2")
    desk.case(deadline=due_in(desk, 5))
    desk.ticks()
    assert "At your word and that of one colleague this goes to" in drafts(desk)[0].flat
    desk.writes(SUZUKI, "SEND", answering=drafts(desk)[0])
    assert bulletins(desk) == 0
    desk.writes(SATO, "SEND", answering=drafts(desk, SATO)[0])
    assert bulletins(desk) == 3


def test_a_send_that_comes_when_every_place_is_taken_sends_nothing_and_says_so(desk: Desk) -> None:
    case = desk.case(deadline=due_in(desk, 5))
    desk.ticks()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SUZUKI, "SEND", answering=drafts(desk)[0])
    assert bulletins(desk) == 0 and "has been taken by now" in desk.last_letter_to(SUZUKI).text


def test_past_the_deadline_the_case_expires_and_no_rung_is_left(desk: Desk) -> None:
    case = desk.case(deadline=due_in(desk, 20))
    desk.passes(days=21)
    desk.ticks()
    assert drafts(desk) == []
    assert [letter.subject for letter in desk.letters_to(SUZUKI) if case in letter.subject and "Expired" in letter.subject]


@pytest.mark.parametrize("who", [SUZUKI, SATO])
def test_a_send_after_the_case_has_expired_says_so_whatever_was_sent_before(desk: Desk, who: str) -> None:
    """A bulletin that went out at an earlier draft has not settled the later one."""
    case = desk.case(deadline=due_in(desk, 14))
    desk.ticks()
    desk.writes(SUZUKI, "SEND", answering=drafts(desk)[0])
    desk.passes(days=12)
    desk.ticks()
    last = drafts(desk, who)[-1]
    desk.passes(days=4)
    desk.ticks()
    desk.writes(who, "SEND", answering=last)
    told = "".join(desk.last_letter_to(who).text.split())
    assert ("expiredandnothingwassent" if who == SUZUKI else "何も送信していません") in told and case in told
    assert SUZUKI not in told and bulletins(desk) == 3


def test_the_draft_says_who_has_asked_though_nobody_has_it(desk: Desk) -> None:
    """It said that no lawyer had asked, beside the question about the one who had."""
    misfit, given_back, untouched = (
        desk.case(deadline=due_in(desk, 7.1), terms=terms) for terms in (Terms(("bengoshi",)), Terms(), Terms())
    )
    desk.joins(ALICE, name="Alice Arden", profile=Profile(capacity=("paralegal",)))
    desk.writes(ALICE, f"CLAIM {misfit}")
    desk.writes(BOB, f"CLAIM {given_back}")
    desk.settles()
    desk.writes(BOB, f"RELEASE {given_back}")
    desk.passes(hours=3)
    desk.ticks()
    told = {case: next(letter.flat for letter in drafts(desk) if case in letter.subject) for case in (misfit, given_back, untouched)}
    assert "no lawyer has it. 1 lawyer waits for it" in told[misfit]
    assert "no lawyer has it. Whoever has asked for it has given it up" in told[given_back]
    assert "no lawyer has asked for the case" in told[untouched]


def test_the_draft_says_that_staff_refused_who_had_asked(desk: Desk) -> None:
    """It said that they had given it up, and in Japanese that nobody had asked."""
    desk.joins(ALICE, name="Alice Arden", profile=Profile(capacity=("paralegal",)))
    refused, released = desk.case(deadline=due_in(desk, 20), terms=Terms(("bengoshi",))), desk.case(deadline=due_in(desk, 20))
    desk.writes(ALICE, f"CLAIM {refused}")
    desk.writes(BOB, f"CLAIM {released}")
    desk.settles()
    staff_say(desk, "NO")
    desk.settles()
    assert f"{refused}, not this time" in desk.last_letter_to(ALICE).subject
    desk.writes(SUZUKI, f"RELEASE {released} {BOB}")
    desk.passes(days=13)
    desk.ticks()
    for case in (refused, released):
        told = next(letter.flat for letter in drafts(desk) if case in letter.subject)
        assert "Whoever has asked for it was refused, or released, by our staff" in told
        told = "".join(next(letter.text for letter in drafts(desk, SATO) if case in letter.subject).split())
        assert "職員の判断により見送りまたは取り消しとなりました" in told and "お申し出がありません" not in told


def test_who_waits_no_more_does_not_count_as_in_line(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    for second, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=second)
    desk.settles()
    told = desk.last_letter_to(SUZUKI).flat
    assert "Also in line 2" in told and "it then goes to the next in line" in told
    desk.writes(ALICE, f"CONFLICT {case}")
    desk.writes(CHIKA, f"RELEASE {case}")
    desk.settles()
    told = desk.last_letter_to(SUZUKI).flat
    assert "Also in line 0" in told and "it then is open to everybody again" in told
