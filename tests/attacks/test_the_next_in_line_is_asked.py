"""Group F of the attacks: a place that comes free late goes to nobody unasked, and past nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.model import Basis, ClaimState, Deadline, Verdict
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.story.people import Letter


@pytest.fixture
def handed_back(desk: Desk) -> Callable[..., str]:
    """Alice holds a case, Bob and Chika wait; some days later Alice hands it back."""

    def _handed_back(*, days: float = 8, **case: object) -> str:
        case_id = desk.case(details="QZX CANARY NAME", **case)
        for second, lawyer in enumerate((ALICE, BOB, CHIKA)):
            desk.writes(lawyer, f"CLAIM {case_id}", at=second)
        desk.settles()
        desk.passes(days=days)
        hands_back(desk, case_id)
        return case_id

    return _handed_back


def hands_back(desk: Desk, case_id: str) -> None:
    """By CONFLICT where a conflict check runs, which is no place handed back half-way."""
    is_held = desk.standing(case_id)[ALICE] == "held"
    desk.writes(ALICE, f"{'CONFLICT' if is_held else 'RELEASE'} {case_id}")
    desk.settles()


def in_days(desk: Desk, days: float) -> Deadline:
    return Deadline(desk.now + timedelta(days=days), is_day=False)


def kinds_to(desk: Desk, address: str) -> list[str]:
    return [letter.subject for letter in desk.letters_to(address)]


def test_within_a_week_the_next_in_line_has_the_place_at_once(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back(days=6)
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed", CHIKA: "waitlisted"}


def test_after_a_week_the_place_is_kept_for_the_next_in_line_who_is_asked_without_the_file(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back(days=8)
    assert desk.standing(case) == {ALICE: "released", BOB: "held", CHIKA: "waitlisted"}
    letter = desk.last_letter_to(BOB)
    assert letter.subject.startswith("Still willing?") and "QZX" not in letter.text + letter.html
    assert "asked" in desk.last_letter_to(SUZUKI).subject.casefold()


@pytest.mark.parametrize(("left", "asked"), [(6, True), (13, True), (15, False)])
def test_two_weeks_before_the_deadline_a_case_handed_back_is_offered_first(
    desk: Desk, handed_back: Callable[..., str], left: float, asked: bool
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, left + 1))
    assert desk.standing(case)[BOB] == ("held" if asked else "confirmed")


@pytest.mark.parametrize(("left", "asked"), [(6, True), (13, False)])
def test_any_other_place_is_offered_first_a_week_before_the_deadline(
    desk: Desk, handed_back: Callable[..., str], left: float, asked: bool
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, left + 1), conflict_names="Client A")
    assert ("Still willing" in desk.last_letter_to(BOB).subject) is asked
    assert desk.standing(case)[BOB] == "held"


@pytest.mark.parametrize("word", ["YES", "はい", "CLAIM"])
def test_a_yes_takes_the_place_and_brings_the_file(desk: Desk, handed_back: Callable[..., str], word: str) -> None:
    case = handed_back()
    if word == "CLAIM":
        desk.writes(BOB, f"CLAIM {case}")
    else:
        desk.writes(BOB, word, answering=desk.last_letter_to(BOB), proven=None)
    assert desk.standing(case)[BOB] == "confirmed" and "QZX CANARY NAME" in desk.last_letter_to(BOB).text
    assert [subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("Placed")][1:] == [f"Placed: {case}, Asylum appeal"]


def test_a_yes_on_a_case_with_a_conflict_check_brings_the_names_first(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back(conflict_names="Client A")
    desk.writes(BOB, "YES", answering=desk.last_letter_to(BOB))
    letter = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and "Client A" in letter.text and "QZX" not in letter.text
    desk.writes(BOB, f"CLEAR {case}", answering=letter)
    assert desk.standing(case)[BOB] == "confirmed" and "QZX CANARY NAME" in desk.last_letter_to(BOB).text


def asks_staff(desk: Desk, case: str, answer: str = "Of course, thank you.") -> Letter:
    """Bob asks for time, and has the words of staff in that thread."""
    desk.writes(BOB, "Can I decide tomorrow morning?", answering=desk.last_letter_to(BOB))
    desk.writes(SUZUKI, answer, answering=desk.last_letter_to(SUZUKI))
    words = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and answer[:8] in words.text
    return words


@pytest.mark.parametrize(
    ("word", "standing"), [("YES", "confirmed"), ("はい\n\nThank you!\nBob Bengo", "confirmed"), ("NO", "released"), ("YES\nI speak French.", "held"), ("YES\nNO", "held")]
)  # fmt: skip
def test_the_word_alone_counts_in_time_also_as_the_answer_to_words_of_staff(
    desk: Desk, handed_back: Callable[..., str], word: str, standing: str
) -> None:
    case = handed_back()
    desk.writes(BOB, word, answering=asks_staff(desk, case))
    assert desk.standing(case)[BOB] == standing


@pytest.mark.parametrize("word", ["YES", "はい\n\nBob Bengo", "NO"])
@pytest.mark.parametrize(
    "question",
    [
        "Of course. Would Thursday suit you to talk about it?",
        "はい、かまいません。木曜日にお電話してもよろしいでしょうか。",
        "It is paid. Please let us know whether Monday suits you for a short call with our interpreter.",
        "有償です。月曜日でよいかお知らせください。",
    ],
)
def test_the_word_alone_to_what_staff_themselves_ask_is_the_answer_to_staff(
    desk: Desk, handed_back: Callable[..., str], question: str, word: str
) -> None:
    case = handed_back()
    desk.writes(BOB, word, answering=asks_staff(desk, case, question))
    assert desk.standing(case)[BOB] == "held" and word.split()[0] in desk.last_letter_to(SUZUKI).text
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLAIM or RELEASE") and f"CLAIM {case}" in asked.flat
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_nor_does_it_answer_the_letter_further_up_the_thread(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    words = asks_staff(desk, case, "Of course. Would Thursday suit you to talk about it?")
    desk.writes(BOB, "YES", answering=words, headers={"References": f"{offer.message_id} {words.message_id}"})
    assert desk.standing(case)[BOB] == "held" and f"CLAIM {case}" in desk.last_letter_to(BOB).flat


def test_a_letter_that_asks_again_below_words_of_staff_takes_the_word(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(BOB, "I am happy to take it!", answering=asks_staff(desk, case))
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLAIM or RELEASE")
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_the_word_alone_to_words_of_staff_is_none_where_it_is_late(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    words, until = asks_staff(desk, case), offer_ends(desk, case)
    desk.writes(BOB, "YES", answering=words, at=until + 1)
    assert desk.standing(case)[BOB] == "held"


def test_the_word_alone_to_words_of_staff_is_none_where_two_places_wait_for_it(desk: Desk) -> None:
    cases = [desk.case(), desk.case()]
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {cases[0]}\nCLAIM {cases[1]}")
    desk.settles()
    desk.passes(days=8)
    desk.writes(ALICE, f"RELEASE {cases[0]}\nRELEASE {cases[1]}")
    desk.settles()
    desk.writes(BOB, "YES", answering=asks_staff(desk, cases[1]))
    assert [desk.standing(case)[BOB] for case in cases] == ["held", "held"]
    assert f"CLAIM {cases[1]}" in desk.last_letter_to(BOB).text


@pytest.mark.parametrize("word", ["NO", "いいえ", "RELEASE"])
def test_a_no_passes_the_place_to_the_next_who_is_asked_once(desk: Desk, handed_back: Callable[..., str], word: str) -> None:
    case = handed_back()
    if word == "RELEASE":
        desk.writes(BOB, f"RELEASE {case}")
    else:
        desk.writes(BOB, word, answering=desk.last_letter_to(BOB))
    desk.settles()
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "released", CHIKA: "held"}
    assert len([subject for subject in kinds_to(desk, CHIKA) if subject.startswith("Still willing?")]) == 1
    assert len([subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("Declined")]) == 1


def test_F_29_silence_passes_the_place_on_exactly_once_and_both_are_told(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.passes(hours=25)
    desk.settles()
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"}
    assert [subject for subject in kinds_to(desk, BOB) if subject.startswith("Passed on")] == [f"Passed on: {case}, Asylum appeal"]
    assert [subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("No answer")] == [
        f"No answer: {case} goes to the next in line"
    ]
    assert [subject for subject in kinds_to(desk, CHIKA) if subject.startswith("Still willing?")] != []


def test_F_29_a_yes_one_second_late_by_its_arrival_loses_though_it_is_read_first(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    until = offer_ends(desk, case)
    offer = desk.last_letter_to(BOB)
    desk.writes(BOB, "YES", answering=offer, at=until + 1)
    assert desk.standing(case)[BOB] == "held" and "settled" in desk.last_letter_to(BOB).subject
    desk.writes(BOB, f"CLAIM {case}", at=until + 2)
    assert desk.standing(case)[BOB] == "held" and "Too late" in desk.last_letter_to(BOB).subject
    desk.passes(hours=24)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"}


def test_F_29_a_yes_in_time_counts_however_late_it_is_read(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    until, offer = offer_ends(desk, case), desk.last_letter_to(BOB)
    desk.passes(days=3)
    desk.writes(BOB, "YES", answering=offer, at=until - 1)
    desk.settles()
    assert desk.standing(case)[BOB] == "confirmed"


def test_F_29_an_offer_lapses_only_after_a_look_that_began_later(desk: Desk, handed_back: Callable[..., str]) -> None:
    from bot import housekeeping

    case = handed_back()
    desk.passes(hours=25)
    housekeeping.tidy(desk.office)
    assert desk.standing(case)[BOB] == "held"
    desk.settles()
    assert desk.standing(case)[BOB] == "lapsed"


def test_F_29_a_clear_one_second_late_by_its_arrival_loses_too(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}", at=offer_ends(desk, case) + 1)
    assert desk.standing(case) == {ALICE: "held"} and "Too late" in desk.last_letter_to(ALICE).subject


def test_during_an_offer_no_fresh_claim_overtakes_and_the_database_refuses_a_second_holder(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back()
    dora = desk.joins("dora@lawfirm.example", name="Dora")
    desk.writes(dora, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "held", CHIKA: "waitlisted", dora: "waitlisted"}
    with pytest.raises(IntegrityError), desk.office.ledger.deciding() as ledger:
        last = ledger.claims.of(case)[-1]
        verdict = Verdict(last.id, last.member_id, ClaimState.CONFIRMED, "first", 1)
        ledger.claims.give([verdict], Basis(), now=desk.now, kept_until=lambda _: desk.now)


def test_near_a_deadline_an_offer_takes_no_more_than_a_quarter_of_the_time_that_is_left(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, 1.5))
    with desk.office.ledger.reading() as ledger:
        (offer,) = (claim for claim in ledger.claims.of(case) if claim.is_offer)
    assert offer.hold_until is not None
    assert timedelta(hours=2.8) < offer.hold_until - desk.now < timedelta(hours=3.1)


def test_staff_may_give_the_case_to_whom_it_is_offered_and_take_the_offer_back(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(SUZUKI, f"ASSIGN {case} {BOB}")
    assert desk.standing(case)[BOB] == "confirmed" and "QZX" in desk.last_letter_to(BOB).text
    desk.writes(BOB, "YES", answering=desk.letters_to(BOB)[-2])
    assert "settled" in desk.last_letter_to(BOB).subject


def test_a_case_that_is_closed_meanwhile_ends_the_offer(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(SUZUKI, f"CLOSE {case}")
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "lapsed"}
    assert "You need not answer" in " ".join(desk.last_letter_to(BOB).text.split())


def test_who_is_taken_off_the_roster_loses_the_offer(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    desk.writes(SATO, f"REMOVE {BOB}")
    desk.writes(BOB, "YES", answering=offer)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "released", CHIKA: "held"}


def test_an_offer_is_told_as_such_by_status(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    for word in ("STATUS", f"SHOW {case}"):
        desk.writes(BOB, word)
        told = desk.last_letter_to(BOB).flat
        assert "kept for you until" in told and f"“CLAIM {case}” takes it, “RELEASE {case}” passes it on" in told


def offer_ends(desk: Desk, case: str) -> float:
    """In seconds after the clock's beginning."""
    with desk.office.ledger.reading() as ledger:
        until = next(claim.hold_until for claim in ledger.claims.of(case) if claim.hold_until)
    return (until - desk.clock.began).total_seconds()


@pytest.mark.parametrize(
    "text",
    [
        "Yes please, thank you!", "Yes, I will take it.", "Yes, I'm still willing to take it.", "Yes, I'd be happy to take this case. Best, Bob", "Yes, count me in", "Yes, thanks for asking",
        "YES\nPlease call me on Monday.", "YES\nWho is the interpreter?", "はい\n通訳の手配をお願いします。", "はい、可能です。", "はい、引き受ける意思に変わりはありません。", "Dear desk,\n\nYes, with pleasure. Many thanks!\n\nKind regards,\nBob Bengo", "YES with pleasure",
        "はい、お願いします。", "はい。引き受けます。よろしくお願いいたします。", "お世話になっております。\nはい、喜んでお引き受けいたします。\nBob Bengo", "はい、JUS-2026-001を引き受けます。",
    ],
)  # fmt: skip
def test_a_courteous_yes_takes_the_place(desk: Desk, handed_back: Callable[..., str], text: str) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == "confirmed"


@pytest.mark.parametrize(
    "text",
    [
        "No, thank you.",
        "No, sorry, I cannot take it. Kind regards",
        "No, sorry, I am too busy now.",
        "いいえ、申し訳ありません。",
        "いいえ。今回は辞退いたします。",
    ],
)
def test_a_courteous_no_passes_it_on(desk: Desk, handed_back: Callable[..., str], text: str) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == "released"


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("Yes, but only if the client lives in Tokyo.", True), ("I am happy to take it!", True), ("引き受けます。よろしくお願いします。", True), ("Yes please?", False),
        ("Yes, thanks\nActually I cannot do it after all.", False), ("はい、お願いしますが、1月からです。", True), ("Yes, thanks for nothing", True), ("いいえ、お願いします。", True), ("Yes, if it is still free", True), ("Yes, of course not", True), ("Yes please, let me check first", True), ("Yes, please don't", True),
        ("Yes, thank you.\nOn reflection I would rather not.", True), ("Yes please.\nPlease give it to the next in line.", True), ("YES\nSorry, I meant no.", True), ("YES\nUnfortunately I cannot take it", False),
        ("Yes, I accept it\nsubject to a conflict check", True), ("Yes thank you\nI'll let you know", True), ("YES\nbut only in Tokyo", True), ("はい、お願いします。\nもし利益相反がなければ。", True),
        ("はい、お引き受けします\nといいたいのですが", True), ("はい\nやはり今回は遠慮いたします。", True), ("はい、承知しました。\n考えさせてください。", True), ("はい、次の方にお願いします。", True), ("はい、難しいです", False),
        ("Yes please, no thank you", True), ("Which court is it?", False), ("はい、お願いしますか", False), ("No worries", False), ("", False),
    ],
)  # fmt: skip
def test_anything_else_is_answered_with_the_word_the_case_and_the_hour(
    desk: Desk, handed_back: Callable[..., str], text: str, seems: bool
) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and case in asked.subject and "YES or NO by Sun 29 Nov 2026, 12:0" in asked.subject
    told = desk.last_letter_to(SUZUKI).text
    assert not text or (
        f"{case}. The place is kept until Sun 29 Nov 2026, 12:0" in " ".join(told.split()) and ("seems to accept" in told) is seems
    )
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_prose_in_the_thread_of_a_conflict_check_is_answered_with_its_words_and_its_hour(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "はい、問題ありません。", answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLEAR or CONFLICT by Sun 22 Nov 2026") and case in asked.subject
    desk.writes(BOB, "CLEAR", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_a_courteous_yes_to_did_you_mean_counts(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"I would love to do {case}!", at=0)
    desk.writes(BOB, "Yes please, thank you!", answering=desk.last_letter_to(BOB), at=5)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed"}


def test_show_says_how_the_reader_stands_with_the_case(desk: Desk) -> None:
    case = desk.case()
    for second, who in enumerate((ALICE, BOB)):
        desk.writes(who, f"CLAIM {case}", at=second)
    desk.settles()
    desk.writes(ALICE, f"SHOW {case}")
    assert "This case is yours" in desk.last_letter_to(ALICE).text and "waiting list" not in desk.last_letter_to(ALICE).text
    desk.writes(BOB, f"SHOW {case}")
    shown = " ".join(desk.last_letter_to(BOB).text.split())
    assert ("順番待ちの1番目" in shown or "You are number 1 on the waiting list" in shown) and f"CLAIM {case}" not in shown
