"""A member's main address changes by a word of staff: letters go to the new one, both are told, and no answer to the former is lost."""

from __future__ import annotations

import pytest

from bot.reception import readdress
from tests.attacks.desk import ALICE, BOB, BOT, SATO, SUZUKI, Desk
from tests.story.people import Letter
from tests.story.test_bounces_and_machines import report

NEW = "alice@newfirm.example"
BY_TELEPHONE = "WITH she told me by telephone"


def flat(letter: Letter) -> str:
    return "".join(letter.text.split())


def addresses(desk: Desk, address: str = NEW) -> tuple[str, tuple[str, ...], str]:
    with desk.office.ledger.reading() as ledger:
        member = ledger.roster.by_address(address)
        assert member is not None
        return member.email, member.aliases, member.state.value


@pytest.mark.parametrize(
    ("who", "words", "why", "told"),
    [
        (SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW} WITH she has a new firm", "she has a new firm", f"go to {NEW} from now on"),
        (SATO, f"アドレス変更 {ALICE} {NEW} 理由：ご本人のお申し出です", "ご本人のお申し出です", f"今後{ALICE}ではなく{NEW}へ"),
    ],
)
def test_letters_go_to_the_new_address_and_both_are_told(desk: Desk, who: str, words: str, why: str, told: str) -> None:
    desk.writes(who, words)
    assert told.replace(" ", "") in flat(desk.last_letter_to(who)) and why.replace(" ", "") in flat(desk.last_letter_to(who))
    assert addresses(desk) == addresses(desk, ALICE) == (NEW, (ALICE,), "active")
    to_new, to_old = desk.last_letter_to(NEW), desk.last_letter_to(ALICE)
    assert "come here from now on" in to_new.flat and NEW in to_old.text
    assert all("tell us at once" in letter.flat and why not in letter.text for letter in (to_new, to_old))
    desk.case()
    desk.sends_the_round()
    assert desk.last_letter_to(NEW).subject.startswith("Cases for") and len(desk.letters_to(ALICE)) == 1
    desk.writes(SUZUKI, f"EXPLAIN {NEW}")
    assert f"addresschangedfrom{ALICE}→{NEW}by{who}" in flat(desk.last_letter_to(SUZUKI)) and why.replace(" ", "") in flat(
        desk.last_letter_to(SUZUKI)
    )


def test_a_claim_in_answer_to_what_went_to_the_former_address_counts(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    sent = desk.last_letter_to(ALICE)
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW} {BY_TELEPHONE}")
    desk.writes(ALICE, f"CLAIM {case}", answering=sent, proven=None)
    desk.settles()
    assert desk.standing(case) == {NEW: "confirmed"} and case in desk.last_letter_to(NEW).subject
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert NEW in desk.last_letter_to(SUZUKI).text


def test_a_holders_case_tells_of_it_and_a_line_below_knows_the_new_address(desk: Desk) -> None:
    case, other = desk.case(), desk.case("Another")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW} WITH a new firm\nASSIGN {other} {NEW}\nEXPLAIN {case}")
    told = flat(desk.last_letter_to(SUZUKI))
    assert desk.standing(other) == {NEW: "confirmed"} and f"addresschangedfrom{ALICE}→{NEW}by{SUZUKI}" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"CHANGE ADDRESS {ALICE} {BOB}", "another member’s"),
        (f"CHANGE ADDRESS {ALICE} {ALICE}", "already"),
        (f"CHANGE ADDRESS {ALICE} {BOT}", "the one of this desk itself"),
        (f"CHANGE ADDRESS {ALICE} {BOT.upper().replace('@', '+new@')}", "the one of this desk itself"),
        (f"CHANGE ADDRESS {ALICE} {SATO}", "belongs to staff"),
        (f"CHANGE ADDRESS {ALICE} {SUZUKI.upper()}", "belongs to staff"),
        (f"CHANGE ADDRESS {ALICE} alice@nowhere", "how it is written"),
        (f"CHANGE ADDRESS nobody@lawfirm.example {NEW}", "No member of the roster"),
        (f"REMOVE {ALICE}\nCHANGE ADDRESS {ALICE} {NEW}", "left the roster before"),
        (f"CHANGE ADDRESS {ALICE} {NEW}", "say how you know that the address is right"),
        (f"CHANGE ADDRESS {ALICE}", "ito@lawfirm.example ito@newfirm.example"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(desk: Desk, words: str, told: str) -> None:
    desk.writes(SUZUKI, words)
    assert told in desk.last_letter_to(SUZUKI).flat and addresses(desk, ALICE)[:2] == (ALICE, ())


def test_whom_bounces_had_suspended_is_active_again_and_the_former_address_bouncing_on_suspends_nobody(desk: Desk) -> None:
    desk.case()
    for month in ("2026-09", "2026-10", "2026-11"):
        desk.sends_the_round(month)
        desk.arrives(report(desk.last_letter_to(ALICE).message_id, ALICE))
    assert desk.members()[ALICE] == "suspended" and f"“CHANGE ADDRESS {ALICE} …”" in desk.last_letter_to(SUZUKI).flat
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW} {BY_TELEPHONE}")
    desk.arrives(report(desk.last_letter_to(ALICE).message_id, ALICE))
    assert addresses(desk) == (NEW, (ALICE,), "active")


def test_a_former_address_can_be_the_main_one_again(desk: Desk) -> None:
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW} {BY_TELEPHONE}")
    desk.writes(SUZUKI, f"CHANGE ADDRESS {NEW} {ALICE} {BY_TELEPHONE}")
    assert addresses(desk) == (ALICE, (NEW,), "active")


def test_a_lawyer_and_an_unproven_mail_change_no_address(desk: Desk) -> None:
    desk.writes(ALICE, f"CHANGE ADDRESS {ALICE} {NEW}")
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {NEW}", proven=None)
    assert addresses(desk, ALICE)[:2] == (ALICE, ()) and "Was this you?" in desk.last_letter_to(SUZUKI).subject


@pytest.mark.parametrize("words", ["CHANGE ADDRESS {}", f"CHANGE ADDRESS {ALICE} {{}}", "My new address is {}.", "アドレス変更 {}"])
def test_a_lawyer_who_names_an_address_hears_the_same_whosever_it_is(desk: Desk, words: str) -> None:
    heard = set()
    for new in (BOB, SATO, BOT, NEW):
        desk.writes(ALICE, words.format(new))
        heard.add(flat(desk.last_letter_to(ALICE)))
    assert len(heard) == 1 and addresses(desk, ALICE)[:2] == (ALICE, ())


def test_who_is_staff_and_on_the_roster_may_go_back_to_an_address_of_their_own(desk: Desk) -> None:
    desk.joins(SUZUKI, name="Suzuki Taro")
    desk.writes(SATO, f"アドレス変更 {SUZUKI} {NEW} 理由：お電話")
    desk.writes(SATO, f"アドレス変更 {NEW} {SUZUKI} 理由：お電話")
    assert addresses(desk, SUZUKI)[:2] == (SUZUKI, (NEW,))


def test_by_hand_it_is_the_same(desk: Desk) -> None:
    assert readdress(desk.office, ALICE, NEW) == "address_unsure" and addresses(desk, ALICE)[:2] == (ALICE, ())
    assert readdress(desk.office, ALICE, NEW, why="a new firm") == "" and readdress(desk.office, ALICE, BOB) == "address_taken"
    assert readdress(desk.office, ALICE, SATO) == "address_of_staff" and readdress(desk.office, ALICE, BOT) == "address_of_desk"
    assert addresses(desk) == (NEW, (ALICE,), "active") and desk.letters_to(NEW) and desk.letters_to(ALICE)
    desk.writes(SATO, f"経緯 {NEW}")
    assert f"コマンドラインを操作した方がアドレスを変更しました（{ALICE}から{NEW}）（理由：anewfirm）" in flat(desk.last_letter_to(SATO))
