"""Only our own provider's verdict on exactly the From domain is believed (RFC 8601; attacks S-01 to S-29)."""

from __future__ import annotations

import pytest

from bot.core.trust import Results, authentication_results

BORDER = ("Received", "from out.lawfirm.example (out.lawfirm.example [192.0.2.1]) by mx.ngo.example with ESMTPS id 1; Mon, 2 Nov 2026")
INNER = ("Received", "from mx.ngo.example by imap.ngo.example with LMTP id 2 for <cases@ngo.example>; Mon, 2 Nov 2026")
PASS = "dkim=pass header.d=lawfirm.example; spf=pass smtp.mailfrom=lawfirm.example; dmarc=pass header.from=lawfirm.example"


def stamp(payload: str, server: str = "mx.ngo.example") -> tuple[str, str]:
    return ("Authentication-Results", f"{server}; {payload}")


def verdict(*fields: tuple[str, str], domain: str = "lawfirm.example", server: str = "mx.ngo.example", border: str = "") -> Results:
    return authentication_results(fields, from_domain=domain, authserv_id=server, border_received=border)


def stamped(payload: str) -> Results:
    return verdict(stamp(payload), BORDER)


def test_an_aligned_pass_above_the_border_is_believed() -> None:
    result = stamped(PASS)
    assert (result.verdict, result.by_dkim) == ("passed", True)


def test_an_aligned_pass_is_believed_behind_inner_hops_and_beside_other_fields() -> None:
    other = ("Received-SPF", "pass")
    assert verdict(INNER, other, stamp(PASS), other, BORDER).verdict == "passed"


def test_S_01_without_any_result_nothing_is_known() -> None:
    assert verdict(BORDER).verdict == "none"


def test_S_02_a_trusted_fail_is_a_fail() -> None:
    assert stamped("dmarc=fail (p=reject) header.from=lawfirm.example").verdict == "failed"


def test_S_03_a_foreign_server_is_not_believed() -> None:
    assert verdict(stamp(PASS, "mx.evil.example"), BORDER).verdict == "none"


def test_S_04_a_forged_pass_below_the_border_is_not_believed() -> None:
    assert verdict(BORDER, stamp(PASS)).verdict == "none"


def test_S_04_a_genuine_fail_above_outweighs_a_forged_pass_below() -> None:
    assert verdict(stamp("dmarc=fail header.from=lawfirm.example"), BORDER, stamp(PASS)).verdict == "failed"


def test_S_04_a_forged_border_below_the_real_one_lifts_nothing_above_it() -> None:
    assert verdict(BORDER, stamp(PASS), BORDER).verdict == "none"


@pytest.mark.parametrize("greeting", ["(((", '"', "x) by y", "\\", "by", "by by", ";"])
def test_S_04_a_greeting_that_breaks_the_received_line_does_not_hide_the_border(greeting: str) -> None:
    real = ("Received", f"from {greeting} ({greeting} [198.51.100.7]) by mx.ngo.example with ESMTP; Mon, 2 Nov 2026")
    assert verdict(real, stamp(PASS), BORDER).verdict == "none"


def test_without_a_received_of_our_border_nothing_is_believed() -> None:
    assert verdict(stamp(PASS), INNER).verdict == "none"
    assert verdict(stamp(PASS)).verdict == "none"


def test_the_border_may_have_another_name_than_the_server_of_the_results() -> None:
    edge = ("RECEIVED", "from a by EDGE7.ngo.example. (Postfix) with ESMTP")
    assert verdict(stamp(PASS), edge, border="edge7.ngo.example").verdict == "passed"
    assert verdict(stamp(PASS), edge, border=".ngo.example").verdict == "passed"
    assert verdict(stamp(PASS), edge, border="dge7.ngo.example").verdict == "none"


def test_without_a_configured_server_nothing_is_believed() -> None:
    assert verdict(stamp(PASS), BORDER, server="", border="mx.ngo.example").verdict == "none"


LOOKALIKE_IDS = [
    "mx.ngo.example.evil.example",
    "evil.example (mx.ngo.example;)",
    '"mx.ngo.example"',
    "mx.ngo.example/2x",
    "mx.ngo.example 2",
    "mx.ngo.example x",
    "mx.ngo.examp",
    "",
]


@pytest.mark.parametrize("server", LOOKALIKE_IDS)
def test_S_06_a_look_alike_of_our_server_is_not_believed(server: str) -> None:
    assert verdict(stamp(PASS, server), BORDER).verdict == "none"


@pytest.mark.parametrize("server", ["MX.NGO.EXAMPLE 1", "Mx.Ngo.Example", "  mx.ngo.example (Postfix; v3) 1 "])
def test_S_06_our_server_is_known_in_any_case_and_with_its_version(server: str) -> None:
    assert verdict(stamp(PASS, server), BORDER).verdict == "passed"


def test_S_08_a_pass_of_another_domain_proves_nothing() -> None:
    payload = "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; dmarc=none header.from=lawfirm.example"
    assert stamped(payload).verdict == "none"


@pytest.mark.parametrize("signer", ["notlawfirm.example", "lawfirm.example.evil.example", "example", "mail.lawfirm.example", ""])
def test_S_09_a_domain_that_only_ends_or_begins_alike_is_not_aligned(signer: str) -> None:
    assert stamped(f"dkim=pass header.d={signer}").verdict == "none"
    assert stamped(f"dmarc=pass header.from={signer}").verdict == "none"


def test_S_10_the_domain_of_the_display_name_is_not_the_domain_that_passed() -> None:
    result = verdict(stamp("dkim=pass header.d=evil.example; dmarc=pass header.from=evil.example"), BORDER)
    assert result.verdict == "none"


def test_S_11_where_our_provider_read_another_from_than_we_did_nothing_is_believed() -> None:
    assert stamped("dkim=pass header.d=lawfirm.example; dmarc=pass header.from=evil.example").verdict == "none"


@pytest.mark.parametrize("payload", ["dkim=pass header.d=lawfirm.example", "dkim=pass header.i=@lawfirm.example header.s=k1"])
def test_an_aligned_signature_alone_is_a_pass(payload: str) -> None:
    result = stamped(payload + "; dmarc=none header.from=lawfirm.example")
    assert (result.verdict, result.by_dkim) == ("passed", True)


def test_the_agent_of_a_signature_counts_only_below_its_signer() -> None:
    assert stamped("dkim=pass header.d=example header.i=@lawfirm.example").verdict == "passed"
    assert stamped("dkim=pass header.d=evil.example header.i=@lawfirm.example").verdict == "none"


def test_the_agent_of_a_signature_is_not_below_a_signer_that_it_only_ends_like() -> None:
    assert stamped("dkim=pass header.d=firm.example header.i=@lawfirm.example").verdict == "none"


def test_a_property_that_is_given_twice_counts_for_neither_value() -> None:
    for number in range(10):
        assert stamped(f"dkim=pass header.d=evil{number}.example header.d=lawfirm.example").verdict == "none"


def test_a_second_broken_signature_does_no_harm() -> None:
    payload = "dkim=fail header.d=lists.example; dkim=pass header.d=lawfirm.example; dkim=neutral header.d=lawfirm.example"
    assert stamped(payload).verdict == "passed"


def test_spf_alone_never_counts() -> None:
    assert stamped("spf=pass smtp.mailfrom=alice@lawfirm.example").verdict == "none"


@pytest.mark.parametrize("result", ["none", "temperror", "permerror", "bestguesspass", "policy", "passed", "softfail"])
def test_only_the_word_pass_is_a_pass(result: str) -> None:
    assert stamped(f"dmarc={result} header.from=lawfirm.example").verdict == "none"
    assert stamped(f"dkim={result} header.d=lawfirm.example").verdict == "none"


def test_S_29_a_dmarc_pass_by_spf_is_a_pass_but_not_by_signature() -> None:
    result = stamped("spf=pass smtp.mailfrom=lawfirm.example; dkim=none; dmarc=pass header.from=lawfirm.example")
    assert (result.verdict, result.by_dkim) == ("passed", False)


@pytest.mark.parametrize(
    "grounds", ["dkim=fail header.d=lawfirm.example", "spf=pass smtp.mailfrom=x@lawfirm.example", "dkim=pass header.d=esp.example"]
)
def test_S_29_a_dmarc_pass_on_stated_grounds_without_an_aligned_signature_is_not_by_signature(grounds: str) -> None:
    assert not stamped(f"{grounds}; dmarc=pass header.from=lawfirm.example").by_dkim


def test_S_29_a_provider_that_states_its_conclusion_only_is_taken_at_its_word() -> None:
    assert stamped("dmarc=pass header.from=lawfirm.example").by_dkim


def test_several_fields_of_our_server_are_read_together() -> None:
    fields = (stamp("dmarc=pass header.from=lawfirm.example"), stamp("spf=none"), stamp("dkim=pass header.d=lawfirm.example"))
    assert verdict(*fields, BORDER).by_dkim


def test_of_several_fields_of_our_server_the_worst_counts() -> None:
    assert verdict(stamp(PASS), stamp("dmarc=fail header.from=lawfirm.example"), BORDER).verdict == "failed"
    assert verdict(stamp("dmarc=none header.from=lawfirm.example; dkim=none"), stamp(PASS), BORDER).verdict == "none"
    assert verdict(stamp("dmarc=none (broken"), stamp(PASS), BORDER).verdict == "none"
    assert verdict(stamp("spf=none; what is this"), stamp(PASS), BORDER).verdict == "none"


def test_a_broken_field_of_another_server_does_no_harm() -> None:
    assert verdict(stamp("spf=none", "mx.ngo.example/2x"), stamp("(", "mx.evil.example"), stamp(PASS), BORDER).verdict == "passed"


def test_a_field_that_is_too_long_to_be_genuine_is_not_believed() -> None:
    assert stamped(f"{PASS}; spf=none ({'x' * 20_000})").verdict == "none"


INJECTIONS = [
    'spf=none smtp.mailfrom="x; dmarc=pass header.from=lawfirm.example; y"@evil.example',
    "spf=none (domain of x; dkim=pass header.d=lawfirm.example; y)",
    "spf=none (a (nested; dkim=pass header.d=lawfirm.example) b)",
    'spf=none (a "quoted) ") dkim=pass header.d=lawfirm.example',
    "spf=none (\\) dkim=pass header.d=lawfirm.example; )",
    "dkim=pass header.d=lawfirm.example(.evil.example)",
    "dkim=pass header.d=lawfirm.example(.evil.example",
    'dkim=pass header.d="lawfirm.example".evil.example',
    "dkim=pass header.d=lawfirm.example\x00.evil.example",
    "dkim=pass header.d=lawfirm.example\u00a0x=.evil.example",
    "dkim=pass header.d=lawfirm.example\x02",
    "dkim=pass header.d=lawfirm.example\x0bx=.evil.example",
    'dkim=pass header.d="law"firm.example',
    "dkim=pass header.d=evil.example header.d=lawfirm.example",
    "dkim=pass header.i=@lawfirm.example@evil.example",
    "x-dkim=pass header.d=lawfirm.example",
    "reason=dkim=pass header.d=lawfirm.example",
]


@pytest.mark.parametrize("payload", INJECTIONS)
def test_what_a_sender_smuggles_into_a_genuine_field_is_not_a_result(payload: str) -> None:
    assert stamped(payload).verdict == "none"


@pytest.mark.parametrize("payload", ["none", " none (nothing checked)", "", "dmarc", "=pass", "dmarc=", ";;;", "dmarc=pass header.from"])
def test_an_empty_or_broken_field_is_no_evidence(payload: str) -> None:
    assert stamped(payload).verdict == "none"


def test_the_kelvin_sign_is_no_letter_of_a_domain() -> None:
    assert verdict(stamp("dkim=pass header.d=ban\u212a.example"), BORDER, domain="bank.example").verdict == "none"
    assert verdict(stamp("dkim=pass header.d=bank.example"), BORDER, domain="ban\u212a.example").verdict == "none"


def test_a_quotation_mark_inside_a_comment_opens_nothing() -> None:
    assert stamped('spf=none (a "b) ; dmarc=fail header.from=lawfirm.example; x=pass (c" d)').verdict == "failed"
