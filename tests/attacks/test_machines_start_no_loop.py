"""G-13: L-02, L-07 to L-12: what machines write is not answered, and two that write to each other stop."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from bot.core import trust
from tests.attacks.desk import ALICE, BOB, BOT, SATO, SUZUKI, Desk
from tests.attacks.raw_mail import parts, raw
from tests.story.people import Letter

STAFF = {SATO, SUZUKI}


@pytest.mark.parametrize(
    "fields",
    [
        ("Auto-Submitted: auto-generated (rejected)",),
        ('Auto-Submitted: AUTO-REPLIED; owner-email="x"',),
        ("Auto-Submitted: auto-notified",),
        ("Auto-Submitted: no", "Auto-Submitted: auto-replied"),
    ],
)
def test_L_02_auto_submitted_in_every_form_is_a_machine(desk: Desk, fields: tuple[str, ...]) -> None:
    """What holds a claim in its own words is shown to staff; it still does nothing, and nobody is answered."""
    case = desk.case()
    desk.arrives(raw(*fields, sender=ALICE, body=f"CLAIM {case}"))
    desk.arrives(raw(*fields, sender=ALICE, body="Thank you for your mail."))
    desk.settles()
    assert [disposition for disposition, _ in desk.endings()] == ["for_staff", "ignored"]
    assert desk.standing(case) == {} and addressees(desk) == STAFF


@pytest.mark.parametrize("value", ["no", "No ", "no (manual)"])
def test_L_02_auto_submitted_no_is_a_person(desk: Desk, value: str) -> None:
    case = desk.case()
    desk.arrives(raw(f"Auto-Submitted: {value}", sender=ALICE, body=f"CLAIM {case}"))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def bounce_of(letter: Letter, *, field: str = "Return-Path: <>") -> bytes:
    kind, body = parts(
        "report",
        "Content-Type: text/plain\n\nThe address does not exist.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.lawfirm.example\n\n"
        f"Final-Recipient: rfc822; {ALICE}\nAction: failed\nStatus: 5.1.1\n",
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {letter.message_id}\nSubject: x\n",
        more="; report-type=delivery-status",
    )
    return raw(field, kind, sender="mailer-daemon@lawfirm.example", body=body, proven=None)


def test_L_07_a_genuine_bounce_marks_the_letter_tells_staff_and_answers_nobody(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.arrives(bounce_of(desk.last_letter_to(ALICE)))
    with desk.office.ledger.reading() as ledger:
        states = {letter.to: letter.state for letter in ledger.outbox.all() if letter.kind == "confirmation"}
    assert states == {ALICE: "bounced"} and desk.endings()[-1] == ("ignored", "delivery report: 5.1.1 failed")
    assert len(desk.letters_to(ALICE)) == 1 and "Not delivered" in desk.last_letter_to(SUZUKI).subject


def test_L_07_a_bounce_that_names_no_letter_of_ours_changes_nothing(desk: Desk) -> None:
    desk.case()
    desk.sends_the_round()
    genuine = desk.last_letter_to(ALICE)
    letters = len(desk.letters())
    desk.arrives(bounce_of(genuine).replace(genuine.message_id.encode(), b"<" + b"a" * 16 + b"." + b"b" * 26 + b"@bot.ngo.example>"))
    assert desk.endings() == [("ignored", "delivery report without a signature of ours")] and len(desk.letters()) == letters


@pytest.mark.parametrize("sender", ["<>", "MAILER-DAEMON@x.example", "postmaster@x.example"])
def test_L_08_null_and_daemon_senders_get_nothing(desk: Desk, sender: str) -> None:
    case = desk.case()
    desk.arrives(raw(f"From: {sender}", sender="postmaster@x.example", body=f"CLAIM {case}"))
    desk.settles()
    assert [disposition for disposition, _ in desk.endings()] == ["ignored"]
    assert desk.standing(case) == {} and desk.letters() == []


def returned(letter: Letter, *fields: str) -> bytes:
    """A letter of ours as it lies in our own mailbox: delivered to an alias that leads back, perhaps with a list's marks on it."""
    return ("".join(f"{field}\r\n" for field in ("Delivered-To: everybody@ngo.example", *fields))).encode() + letter.received.raw


def test_L_09_our_own_mail_comes_back_and_the_third_in_a_day_is_told_once(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    told: list[int] = []
    for _ in range(4):
        desk.arrives(returned(desk.letters_to(ALICE)[0]))
        told.append(sum("coming back" in letter.subject for letter in desk.letters_to(SUZUKI)))
    desk.settles()
    assert desk.endings() == [("ignored", "our own mail")] * 4 and told == [0, 0, 1, 1]
    assert "3 letters" in desk.last_letter_to(SUZUKI).text and desk.standing(case) == {} and len(desk.letters_to(ALICE)) == 1


@pytest.mark.parametrize("kept", ["List-Id", "Message-ID"])
def test_L_09_a_list_that_rewrites_from_does_not_hide_our_mail(desk: Desk, kept: str) -> None:
    desk.case()
    desk.sends_the_round()
    letter = desk.letters_to(ALICE)[0]
    desk.arrives(raw("From: Desk via Alice <alice@lawfirm.example>", f"{kept}: {letter.headers[kept]}", sender=ALICE, body=letter.text))
    assert desk.endings() == [("ignored", "our own mail")] and len(desk.letters_to(ALICE)) == 1


def test_L_09_the_next_day_counts_anew(desk: Desk) -> None:
    desk.case()
    desk.sends_the_round()
    for hours in (0, 0, 25, 0):
        desk.passes(hours=hours)
        desk.arrives(returned(desk.letters_to(ALICE)[0]))
    assert desk.letters_to(SUZUKI) == []


def test_L_10_a_thousand_strangers_get_not_one_reply(desk: Desk) -> None:
    for number in range(1, 1001):
        desk.arrives(raw(sender=f"a{number}@evil.example", body="HELP"))
    assert desk.letters() == [] and set(desk.endings()) == {("for_staff", "not on the roster")} and len(desk.endings()) == 1000


def ping_pong(desk: Desk, player: str, rounds: int) -> None:
    """Whatever we write to the player is answered at once with HELP, unmarked, a new mail each time."""
    answered = -1
    for _ in range(rounds):
        ours = desk.letters_to(player)
        if len(ours) == answered:
            desk.writes(player, "HELP")
            continue
        answered = len(ours)
        desk.writes(player, "HELP", answering=ours[-1] if ours else None)


def test_L_11_two_machines_stop_after_five_answers_and_staff_hear_of_it_once(desk: Desk) -> None:
    ping_pong(desk, ALICE, 100)
    assert len(desk.letters_to(ALICE)) == 6 and desk.last_letter_to(ALICE).subject == "No more automatic answers today"
    assert [letter.subject for letter in desk.letters_to(SUZUKI)] == [f"No more answers today to {ALICE}"]
    assert [disposition for disposition, _ in desk.endings()] == ["answered"] * 5 + ["ignored"] * 95


def test_L_11_a_machine_in_a_staff_mailbox_stops_too(desk: Desk) -> None:
    ping_pong(desk, SUZUKI, 30)
    helps = [letter for letter in desk.letters_to(SUZUKI) if "No more answers" not in letter.subject]
    assert len(helps) == 5 and len(desk.letters_to(SUZUKI)) == 6 and len(desk.letters_to(SATO)) == 1


def test_L_11_a_claim_a_release_and_a_word_of_staff_are_answered_beyond_the_cap(desk: Desk) -> None:
    case = desk.case()
    ping_pong(desk, ALICE, 10)
    ping_pong(desk, SATO, 10)
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    assert desk.standing(case) == {ALICE: "released"} and len(desk.letters_to(ALICE)) == before + 2
    for number in range(8):
        told = len(desk.letters_to(SATO))
        desk.writes(SATO, "LIST", subject=f"The {number}th time")
        assert len(desk.letters_to(SATO)) == told + 1


def test_L_11_the_next_day_has_five_answers_again(desk: Desk) -> None:
    ping_pong(desk, ALICE, 10)
    desk.passes(hours=25)
    ping_pong(desk, ALICE, 10)
    assert len(desk.letters_to(ALICE)) == 12


@pytest.mark.parametrize("text", ["PAUSE UNTIL 1/2", "LANGUAGE French"])
def test_L_11_a_change_that_is_not_clear_is_never_met_with_silence(desk: Desk, text: str) -> None:
    for _ in range(5):
        desk.writes(ALICE, "STATUS")
    for _ in range(3):
        desk.writes(ALICE, text)
        assert desk.ending() == "for_staff"
    read = [letter for letter in desk.letters_to(SUZUKI) if "and were told that a person reads" in letter.flat]
    assert len(read) == 3 and all(text in letter.text for letter in read)
    assert [letter.subject for letter in desk.letters_to(ALICE)][5:] == ["No more automatic answers today"]
    assert "JUS" not in desk.last_letter_to(ALICE).text
    desk.writes(ALICE, "PAUSE UNTIL 2027-01-10")
    assert desk.members()[ALICE] == "paused" and len(desk.letters_to(ALICE)) == 7


def test_L_12_every_letter_on_its_way_bears_the_marks_of_a_machine(desk: Desk) -> None:
    """One of each template is looked at in `tests/shell/test_letters_leave_as_sound_mail.py`; here, a day's real mail."""
    case = desk.case()
    desk.sends_the_round()
    desk.writes(ALICE, f"CLAIM {case}", answering=desk.last_letter_to(ALICE))
    desk.writes(BOB, "May I bring a trainee?")
    desk.writes(SATO, "Title: X\nSummary: y", subject="NEW CASE")
    desk.settles()
    kinds = {"auto-generated": 0, "auto-replied": 0}
    for letter in desk.letters():
        head = letter.headers
        kinds[str(head["Auto-Submitted"])] += 1
        assert head["X-Auto-Response-Suppress"] == "All" and is_signed_for_its_reader(desk, letter)
        assert not {"return-receipt-to", "disposition-notification-to", "x-confirm-reading-to", "reply-to"} & names_in(head)
        assert (head["Precedence"] == "list") == (head["List-Unsubscribe"] is not None) == ("Cases for November" in letter.subject)
        assert (head["Auto-Submitted"] == "auto-replied") == (head["In-Reply-To"] is not None)
    assert kinds["auto-generated"] >= 3 and kinds["auto-replied"] >= 3


def names_in(head: EmailMessage) -> set[str]:
    return {name.lower() for name in head}


def is_signed_for_its_reader(desk: Desk, letter: Letter) -> bool:
    """Our Message-ID is what a bounce is known by, where others use a return path of its own for each reader (VERP)."""
    code = trust.code_in(letter.message_id)
    return code is not None and trust.is_ours(code, letter.received.rcpt[0], keys=desk.office.keys)


def addressees(desk: Desk) -> set[str]:
    return {letter.received.rcpt[0] for letter in desk.letters()} - {BOT}
