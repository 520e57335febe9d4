"""G-08, G-10: group P of the attacks: client details reach their holder alone, and nobody learns of a colleague what is not theirs to know."""

from __future__ import annotations

import re
from base64 import b32decode
from datetime import timedelta

import pytest

from bot.core.model import Deadline, Lifecycle
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CANARIES, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.leaks import found_in_letter
from tests.story.people import Letter

OTHERS = ("Alice Arden", "Bob Bengo", "千佳", ALICE, BOB, CHIKA)


def leaks(letters: list[Letter]) -> dict[str, set[str]]:
    """What these letters hold of the client, by their Subject."""
    return {letter.subject: found for letter in letters if (found := found_in_letter(letter.received.raw, CANARIES))}


def sealed(desk: Desk, **more: object) -> str:
    """A case whose confidential fields are full of canaries."""
    return desk.case(details=" ".join(CANARIES[:2]), contact=CANARIES[2], conflict_names=CANARIES[3], **more)


def essence(letter: Letter, case: str) -> str:
    """Without what differs between two letters that say the same: codes, the time, the id."""
    bare = re.sub(r"[a-z2-7]{16}\.[a-z2-7]{26}|\d\d:\d\d:\d\d", "", f"{letter.subject}\n{letter.text}\n{letter.html}")
    return bare.replace(case, "ID").replace(case.removeprefix("JUS-"), "ID")


def test_P_01_through_the_whole_life_of_a_case_only_who_holds_it_reads_of_the_client(desk: Desk) -> None:
    case = sealed(desk, deadline=Deadline(desk.now + timedelta(days=60), is_day=True))
    desk.sends_the_round()
    for who in (ALICE, BOB, CHIKA):
        desk.writes(who, f"CLAIM {case}\nI can start at once.")
    desk.settles()
    held = desk.last_letter_to(ALICE)
    assert found_in_letter(held.received.raw, CANARIES) == {CANARIES[3]}
    desk.passes(hours=26)
    desk.ticks()
    assert "Half the time" in desk.last_letter_to(ALICE).subject and leaks(desk.letters_to(ALICE)[-1:]) == {}
    desk.writes(ALICE, f"CLEAR {case}", answering=held)
    assert found_in_letter(desk.last_letter_to(ALICE).received.raw, CANARIES) == set(CANARIES[:3])
    for text in ("STATUS", "LIST", "HELP", f"SHOW {case}", "What is his name?"):
        desk.writes(BOB, text)
    desk.writes(SATO, "Contact: 03-9999-0001", subject=f"EDIT {case}")
    desk.writes(SUZUKI, f"EXPLAIN {case}\nSTATUS\nLIST\nREPORT")
    desk.passes(days=92)
    desk.ticks()
    desk.writes(SATO, f"CLOSE {case}")
    assert leaks([letter for who in (BOB, CHIKA, SUZUKI, SATO) for letter in desk.letters_to(who)]) == {}
    oracles.hold(desk)


def test_P_03_who_is_copied_in_is_answered_nothing(desk: Desk, case: str) -> None:
    copied = {
        "Cc": f"{BOB}, {CHIKA}, x@evil.example",
        "Mail-Followup-To": "list@evil.example",
        "Resent-To": BOB,
        "Disposition-Notification-To": BOB,
    }
    desk.writes(ALICE, f"CLAIM {case}", headers=copied)
    desk.settles()
    assert {letter.received.rcpt for letter in desk.letters()} == {(ALICE,), (SATO,), (SUZUKI,)}
    assert not any(BOB in letter.received.raw.decode() or "evil.example" in letter.received.raw.decode() for letter in desk.letters())


@pytest.mark.parametrize("text", ["CLAIM {other}", "LIST", "CLAIM {other}\nMay I bring a student?", "May I have {other} as well?"])
def test_P_04_an_answer_never_quotes_what_it_answers(desk: Desk, text: str) -> None:
    case, other = sealed(desk), desk.case("Interview")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}")
    file = desk.last_letter_to(ALICE)
    before = len(desk.letters())
    desk.writes(ALICE, text.format(other=other), answering=file)
    desk.settles()
    assert found_in_letter(file.received.raw, CANARIES) == set(CANARIES[:3]) and leaks(desk.letters()[before:]) == {}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("word", ["CLAIM", "SHOW", "RELEASE", "CLEAR", "CONFLICT"])
def test_P_06_a_case_that_was_never_published_is_answered_like_one_that_never_was(desk: Desk, word: str, language: str) -> None:
    desk.joins(BOB, name="Bob Bengo", language=language)
    draft = desk.case(CANARIES[0], lifecycle=Lifecycle.DRAFT, deadline=Deadline(desk.now - timedelta(days=1), is_day=True))
    told = []
    for case in (draft, "JUS-2026-777"):
        desk.writes(BOB, f"{word} {case}")
        desk.settles()
        told.append(essence(desk.last_letter_to(BOB), case))
    desk.writes(BOB, "STATUS")
    desk.writes(BOB, "LIST")
    assert told[0] == told[1] and leaks(desk.letters()) == {} and draft not in desk.last_letter_to(BOB).text


def test_P_06_a_case_that_is_kept_for_a_conflict_check_is_answered_like_one_that_is_taken(desk: Desk) -> None:
    """Whether the first has said CLEAR yet is between them and the desk."""
    told = []
    for names in ("", "Client A"):
        case = desk.case("Appeal", conflict_names=names)
        desk.writes(ALICE, f"CLAIM {case}")
        desk.settles()
        desk.writes(BOB, f"CLAIM {case}")
        desk.settles()
        text = essence(desk.last_letter_to(BOB), case)
        told.append(re.sub(r"mailto:\S+|ID-?\d*|entry \d+|\b[0-9a-f]{4}\b", "", text))
    assert told[0] == told[1]


def test_P_12_when_a_case_changes_hands_its_file_and_its_news_follow(desk: Desk) -> None:
    case = desk.case(details=CANARIES[0])
    for at, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case)[BOB] == "confirmed" and CANARIES[0] in desk.last_letter_to(BOB).text
    before = {who: len(desk.letters_to(who)) for who in (ALICE, CHIKA)}
    desk.writes(SATO, f"Details: {CANARIES[1]}\nContact: {CANARIES[2]}", subject=f"EDIT {case}")
    assert found_in_letter(desk.last_letter_to(BOB).received.raw, CANARIES[1:3]) == set(CANARIES[1:3])
    desk.writes(ALICE, f"SHOW {case}\nSTATUS")
    desk.writes(ALICE, f"What became of {case}?")
    desk.passes(days=92)
    desk.ticks()
    assert leaks([one for who, count in before.items() for one in desk.letters_to(who)[count:]]) == {}


def test_P_13_codes_file_names_and_boundaries_tell_nothing(desk: Desk) -> None:
    case = sealed(desk, deadline=Deadline(desk.now + timedelta(days=30), is_day=True))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}")
    letter = desk.last_letter_to(ALICE)
    fields = "\n".join(f"{name}: {value}" for name, value in letter.headers.items() if name not in ("To", "Subject"))
    assert not re.search(rf"{case}|Appeal|Alice|python|[Ff]irstreply|/tmp|root@", fields)
    code = letter.message_id.strip("<>").partition("@")[0].replace(".", "").upper()
    decoded = b32decode(code + "=" * (-len(code) % 8))
    assert not any(known.encode() in decoded for known in (case, "JUS", "alice", "lawfirm"))
    assert list(letter.files) == [f"{case}.ics"] and leaks([letter]).popitem()[1] == set(CANARIES[:3])
    assert not any(canary in letter.files[f"{case}.ics"].decode() for canary in (*CANARIES, *OTHERS))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_P_18_nothing_a_lawyer_may_ask_tells_of_a_colleague(desk: Desk, language: str) -> None:
    desk.joins(BOB, name="Bob Bengo", language=language, firm="Bengo Law")
    case, other = desk.case("Appeal", places=2), desk.case("Interview")
    for who in (ALICE, CHIKA):
        desk.writes(who, f"CLAIM {case}\nCLAIM {other}")
    desk.settles()
    for text in ("HELP", "STATUS", "LIST", f"SHOW {case}", f"SHOW {other}", f"CLAIM {case}", "LIMIT", "EXPLAIN " + case, "REPORT"):
        desk.passes(days=1)
        desk.writes(BOB, text)
        desk.settles()
    shown = "\n".join(letter.text + letter.html + letter.subject for letter in desk.letters_to(BOB))
    assert not [name for name in OTHERS if name in shown and name not in (BOB, "Bob Bengo")]
    assert not re.search(r"\b2 (?:others|lawyers|members|claims|people)\b|ほか2名|他2名", shown)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("names", ["", "Client A"])
def test_P_19_F_22_who_was_not_first_learns_the_rule_and_the_own_arrival_and_nothing_of_who_was(
    desk: Desk, language: str, names: str
) -> None:
    desk.joins(BOB, name="Bob Bengo", language=language)
    case = desk.case("Appeal", conflict_names=names)
    desk.writes(ALICE, f"CLAIM {case}", at=7)
    desk.writes(BOB, f"CLAIM {case}", at=61)
    desk.settles()
    letter = desk.last_letter_to(BOB)
    shown = " ".join((letter.subject + letter.text).split())
    assert "12:01:01" in shown and "03:01:01" in shown and {"en": "number 1", "ja": "1番目"}[language] in shown
    assert {"en": "reached our mailbox first", "ja": "最も早く届いたメール"}[language] in shown
    assert not re.search(r"12:00:07|03:00:07|54 sec|54秒", shown) and not [
        name for name in OTHERS if name in shown and "Bob" not in name and name != BOB
    ]


def test_P_20_no_import_moves_a_member_to_another_address_and_a_new_address_needs_staff(desk: Desk, case: str) -> None:
    """The wrong-person guard: what is confidential goes to the main address on file, and nothing but a word of staff changes that."""
    new = "alice@newfirm.example"
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.joins(ALICE, name="Alice Arden", aliases=(new,))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and not desk.letters_to(new)
    desk.writes(new, "STATUS")
    assert not desk.letters_to(new) and case in desk.last_letter_to(ALICE).text


def test_P_20_a_file_goes_to_a_changed_address_once_staff_have_said_how_they_know_it(desk: Desk) -> None:
    new, case = "alice@newfirm.example", sealed(desk)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {new}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "held"} and not desk.letters_to(new)
    desk.writes(SUZUKI, f"CHANGE ADDRESS {ALICE} {new} WITH she told me by telephone")
    desk.writes(new, f"CLEAR {case}")
    assert found_in_letter(desk.last_letter_to(new).received.raw, CANARIES) and desk.standing(case) == {new: "confirmed"}


def test_P_20_who_moves_joins_anew_and_gets_a_file_only_when_staff_say_so(desk: Desk) -> None:
    new, case = "alice@newfirm.example", sealed(desk)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(new, "JOIN\nName: Alice Arden\nFirm: New Firm\nCapacity: bengoshi\nLanguages: English")
    desk.writes(new, f"CLAIM {case}\nCLEAR {case}\nSHOW {case}")
    desk.settles()
    assert leaks(desk.letters_to(new)) == {} and desk.standing(case) == {ALICE: "held", new: "refused"}
    desk.writes(SUZUKI, f"APPROVE {new}")
    desk.writes(SUZUKI, f"RELEASE {case} {ALICE}\nASSIGN {case} {new}")
    assert desk.standing(case)[new] == "held" and found_in_letter(desk.last_letter_to(new).received.raw, CANARIES) == {CANARIES[3]}
