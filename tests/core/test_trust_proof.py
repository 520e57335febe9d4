"""A sender is proven by a letter of ours that comes back, by our provider's word for the domain, or not at all."""

from __future__ import annotations

from bot.core.mail import Arrival
from bot.core.trust import Proof, Results, code_for, handle_from, message_id, weigh

KEY = b"the current secret, long enough"
ALICE, ALICE_AT_HOME, SATO = "alice@lawfirm.example", "alice@home.example", "sato@ngo.example"
BORDER = ("Received", "from out by mx.ngo.example with ESMTPS")
FIRST, SECOND = handle_from(b"0123456789"), handle_from(b"abcdefghij")


def code(to: str, handle: str = FIRST, key: bytes = KEY) -> str:
    return code_for(handle, to, key=key)


def answer(to: str, handle: str = FIRST, key: bytes = KEY) -> str:
    return message_id(code(to, handle, key), "ngo.example")


def results(payload: str) -> tuple[tuple[str, str], ...]:
    return (("Authentication-Results", f"mx.ngo.example; {payload}"), BORDER)


def passed(domain: str) -> tuple[tuple[str, str], ...]:
    return results(f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}")


def proof(
    *,
    sender: str = ALICE,
    subject: str = "CLAIM",
    answers: tuple[str, ...] = (),
    headers: tuple[tuple[str, str], ...] = (BORDER,),
    addresses: tuple[str, ...] = (ALICE, ALICE_AT_HOME),
    own: Results | None = None,
) -> Proof:
    mail = Arrival(message_id="<1@x>", sender=sender, sender_name="", subject=subject, answers=answers, text="", html="", headers=headers)
    return weigh(mail, addresses=addresses, keys=[KEY], authserv_id="mx.ngo.example", border_received="", own=own)


def test_S_01_a_bare_from_line_proves_nothing() -> None:
    result = proof()
    assert result.level == "none"
    assert not result.is_proven


def test_an_answer_to_a_letter_of_ours_proves_its_recipient() -> None:
    result = proof(answers=(answer(ALICE),))
    assert (result.level, result.codes) == ("letter", (code(ALICE),))
    assert result.is_proven


def test_a_code_in_the_subject_proves_its_recipient() -> None:
    assert proof(subject=f"CLAIM JAR-2026-014 [{code(ALICE).upper()}]").level == "letter"


def test_a_letter_to_one_address_of_a_person_proves_mail_from_another() -> None:
    assert proof(sender=ALICE_AT_HOME, answers=(answer(ALICE),)).level == "letter"
    assert proof(sender=ALICE, answers=(answer(ALICE_AT_HOME),)).level == "letter"


def test_a_letter_to_somebody_else_proves_nobody() -> None:
    result = proof(answers=(answer("bob@bengo.example"),))
    assert (result.level, result.codes, result.bad_codes) == ("none", (), 1)


def test_an_aligned_pass_proves_the_sender() -> None:
    result = proof(headers=passed("lawfirm.example"))
    assert (result.level, result.by_dkim) == ("domain", True)


def test_a_pass_of_another_address_on_file_proves_nothing() -> None:
    assert proof(headers=passed("home.example")).level == "none"


def test_a_letter_and_a_pass_together_prove_twice() -> None:
    assert proof(answers=(answer(ALICE),), headers=passed("lawfirm.example")).level == "both"


def test_codes_stand_nearest_first_and_each_once() -> None:
    thread = (answer(ALICE, SECOND), "<foreign@x>", answer(ALICE))
    assert proof(answers=thread, subject=f"[{code(ALICE, SECOND)}]").codes == (code(ALICE, SECOND), code(ALICE))


def test_S_02_a_trusted_fail_outweighs_a_good_code() -> None:
    result = proof(answers=(answer(ALICE),), headers=results("dmarc=fail header.from=lawfirm.example"))
    assert (result.level, result.codes) == ("failed", ())
    assert not result.is_proven
    assert not result.suffices_for_staff


def test_S_10_and_S_17_a_sender_who_is_not_on_file_is_never_proven() -> None:
    for sender in ("mallory@evil.example", "alice+x@lawfirm.example", "a.lice@lawfirm.example", "аlice@lawfirm.example", ""):
        headers = passed(sender.rpartition("@")[2])
        assert not proof(sender=sender, answers=(answer(ALICE),), headers=headers).is_proven


def test_S_17_the_case_of_an_address_does_not_matter() -> None:
    assert proof(sender="ALICE@LAWFIRM.EXAMPLE", headers=passed("lawfirm.example")).level == "domain"


def test_S_18_bad_codes_are_counted_and_prove_nothing() -> None:
    good = answer(ALICE)
    tampered = good.replace(good[3], "b" if good[3] != "b" else "c", 1)
    result = proof(answers=(tampered, answer(ALICE, key=b"a foreign key of some length")), subject="Re: <42@ngo.example>")
    assert (result.level, result.bad_codes) == ("none", 2)


def test_S_22_a_staff_address_without_proof_is_not_staff() -> None:
    assert not proof(sender=SATO, addresses=(SATO,)).suffices_for_staff


def test_S_29_staff_need_a_signature_or_a_letter() -> None:
    by_spf = results("spf=pass smtp.mailfrom=ngo.example; dkim=none; dmarc=pass header.from=ngo.example")
    assert proof(sender=SATO, addresses=(SATO,), headers=by_spf).is_proven
    assert not proof(sender=SATO, addresses=(SATO,), headers=by_spf).suffices_for_staff
    assert proof(sender=SATO, addresses=(SATO,), headers=by_spf, answers=(answer(SATO),)).suffices_for_staff
    assert proof(sender=SATO, addresses=(SATO,), headers=passed("ngo.example")).suffices_for_staff


def test_S_30_control_fields_from_outside_prove_nothing() -> None:
    control = (("X-Bot-Auth", "pass"), ("X-Bot-Role", "staff"), ("X-Resolved-Lawyer", "L002"), BORDER)
    assert proof(headers=control) == proof()


def test_our_own_check_counts_where_the_provider_said_nothing() -> None:
    own = Results("passed", True, "a good signature of the From domain")
    assert proof(own=own).level == "domain"
    assert proof(own=own, headers=results("dmarc=fail header.from=lawfirm.example")).level == "failed"


def test_a_flood_of_codes_is_cut_short() -> None:
    flood = tuple(answer(ALICE, handle_from(number.to_bytes(10, "big")), b"a foreign key of some length") for number in range(200))
    assert proof(answers=flood).bad_codes <= 50


def test_S_11_a_sender_of_odd_characters_raises_nothing() -> None:
    assert proof(sender="\udcff@\udcff", addresses=("\udcff@\udcff",), answers=(answer(ALICE),)).level == "none"
