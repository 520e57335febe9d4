"""Machines never act and are never answered; a delivery report counts only with our signature in it."""

from __future__ import annotations

from tests.story.conversation import BOT, SUZUKI, World

ITO = "ito@lawfirm.example"


def confirmed(world: World) -> str:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    return case


def report(message_id: str, address: str = ITO) -> bytes:
    """A report as Postfix writes it (RFC 3464)."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.ngo.example\r\nTo: {BOT}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nMessage-ID: <bounce@mx.ngo.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.ngo.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {address}\r\n\r\n--b--\r\n"
    ).encode()


def states(world: World) -> dict[str, str]:
    return {row["kind"]: row["state"] for row in world.cli("outbox", "list", "--json") if row["to"] == ITO}


def test_L_07_a_bounced_confirmation_is_marked_and_staff_hear_at_once(world: World) -> None:
    confirmed(world)
    world.arrives(report(world.last_letter_to(ITO).message_id))
    world.runs_once()
    assert states(world) == {"confirmation": "bounced"}
    assert "5.1.1" in world.last_letter_to(SUZUKI).text and len(world.letters_to(ITO)) == 1


def test_a_report_without_our_signature_changes_nothing(world: World) -> None:
    confirmed(world)
    forged = world.last_letter_to(ITO).message_id.replace("<", "<a", 1)
    world.arrives(report(forged))
    world.runs_once()
    assert states(world) == {"confirmation": "sent"}


def test_an_address_that_fails_three_times_is_suspended_and_staff_are_told(world: World) -> None:
    world.member(ITO, name="Ito")
    for _ in range(3):
        case = world.case("Asylum appeal")
        world.writes(ITO, f"CLAIM {case}")
        world.runs_once()
        world.arrives(report(world.last_letter_to(ITO).message_id).replace(b"bounce@", case.encode() + b"@"))
        world.runs_once()
    assert [member["state"] for member in world.cli("roster", "list", "--json")] == ["suspended"]
    assert any(row["kind"] == "suspended_notice" for row in world.cli("outbox", "list", "--json"))


def test_L_01_an_out_of_office_reply_that_quotes_the_round_does_nothing(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.sends_the_round()
    away = {"Auto-Submitted": "auto-replied"}
    world.writes(ITO, "I am away until Monday.", answering=world.last_letter_to(ITO), headers=away)
    world.runs_once()
    assert (world.standing(case), len(world.letters_to(ITO)), world.dispositions()) == ({}, 1, ["ignored"])


def test_what_looks_automatic_and_holds_a_claim_is_shown_to_staff_not_dropped(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.writes(ITO, f"CLAIM {case}", headers={"Precedence": "bulk"})
    world.runs_once()
    assert (world.standing(case), world.letters_to(ITO), world.dispositions()) == ({}, [], ["for_staff"])
    assert world.letters_to(SUZUKI)


def test_L_11_at_most_five_answers_a_day_to_mail_that_changes_nothing_then_one_alert(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    for number in range(9):
        world.writes(ITO, "HELP", subject=f"mail {number}")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    kinds = [row["kind"] for row in world.cli("outbox", "list", "--json") if row["to"] == ITO]
    assert (kinds.count("help"), kinds.count("confirmation")) == (5, 1)
    assert len(world.letters_to(SUZUKI)) == 2


def test_S_28_a_second_delivery_of_the_same_mail_is_recognised(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    raw = world.writes(ITO, f"CLAIM {case}", at="09:00").raw
    world.runs_once()
    world.writes(ITO, f"RELEASE {case}", at="09:10")
    world.runs_once()
    world.arrives(b"Received: from relay.example by mx.ngo.example; Tue, 1 Dec 2026 09:20:00 +0900\r\n" + raw, at="09:20")
    world.runs_once()
    assert world.standing(case) == {ITO: "released"}


def test_F_08_a_renumbered_mailbox_repeats_nothing_and_a_new_claim_counts(world: World) -> None:
    world.member(ITO, name="Ito")
    first, second = world.case("Asylum appeal"), world.case("Interview")
    world.configure("junk_folder", 'junk_folder = "Side"')
    claim = world.writes(ITO, f"CLAIM {first}", at="09:00", folder="Side")
    world.runs_once()
    world.imap.remove_folder(BOT, "Side")
    world.imap.deliver(BOT, claim.raw, at=claim.at, folder="Side")
    world.writes(ITO, f"CLAIM {second}", at="09:05", folder="Side")
    world.runs_once()
    assert len(world.letters_to(ITO)) == 2
    assert world.dispositions() == ["answered", "ignored", "answered"]
