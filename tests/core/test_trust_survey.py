"""`check` reads from the mails that lie in a mailbox what its provider can and cannot prove, and says what to set."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.core import parsing
from bot.core.mail import Arrival
from bot.core.trust import advice, survey
from tests.core.test_trust_providers import GOOGLE, GOOGLE_BORDER, MS_BORDER, MS_INNER, MS_PASS
from tests.mail.corpus import FOLDER, needs_mails

Fields = Sequence[tuple[str, str]]
OUR_BORDER = ("Received", "from out (out [192.0.2.1]) by mx.ngo.example (Postfix) with ESMTPS id 1; Mon, 2 Nov 2026")
PASS = "dkim=pass header.d=lawfirm.example; spf=pass smtp.mailfrom=lawfirm.example; dmarc=pass header.from=lawfirm.example"
FAIL = "dkim=none; spf=fail smtp.mailfrom=lawfirm.example; dmarc=fail header.from=lawfirm.example"
SPF_ONLY = "dkim=none; spf=pass smtp.mailfrom=lawfirm.example; dmarc=pass header.from=lawfirm.example"


def mail(*fields: tuple[str, str]) -> Arrival:
    head = "".join(f"{name}: {value}\r\n" for name, value in (*fields, ("From", "alice@lawfirm.example"), ("Subject", "x")))
    return parsing.read(head.encode() + b"\r\n", own_address="cases@ngo.example", is_whole=False)


def stamped(payload: str, *, server: str = "mx.ngo.example", border: tuple[str, str] = OUR_BORDER) -> Arrival:
    return mail(("Authentication-Results", f"{server}; {payload}"), border)


def said(mails: Sequence[Arrival], *, authserv_id: str = "", border: str = "", checks_dkim: bool = False) -> str:
    return "\n".join(advice(survey(mails, authserv_id=authserv_id, border_received=border), checks_dkim=checks_dkim))


BARE = mail(OUR_BORDER)


def test_an_empty_mailbox_is_asked_to_be_tried_with_a_mail() -> None:
    assert said([]).startswith("The mailbox holds no mail yet")


def test_results_that_are_not_believed_yet_are_suggested() -> None:
    told = said([stamped(PASS)] * 25 + [stamped(FAIL)] + [BARE] * 4)
    assert "26 of 30 recent mails carry results of mx.ngo.example (DMARC, DKIM and SPF)" in told
    assert (
        'set [security] authserv_id = "mx.ngo.example", and a fresh claim is proven without asking wherever they say so (here in 25)'
        in told
    )
    assert "border_received" not in told and "few" not in told


def test_settings_that_work_are_told_in_figures_and_nothing_is_suggested() -> None:
    told = said([stamped(PASS)] * 25 + [stamped(FAIL)] + [BARE] * 4, authserv_id="mx.ngo.example")
    assert (
        "Of 30 recent mails 26 carry results of mx.ngo.example (DMARC, DKIM and SPF). Sender proven without asking: 25; found forged: 1; would"
        in told
    )
    assert "set [security]" not in told


def test_settings_that_the_sample_contradicts_are_named_with_what_would_work() -> None:
    told = said([stamped(PASS)] * 10, authserv_id="mx.other.example")
    assert 'authserv_id is "mx.other.example", but none of 10 recent mails was received by mx.other.example' in told
    assert 'set [security] authserv_id = "mx.ngo.example"' in told


def test_a_border_that_no_mail_passed_is_named() -> None:
    told = said([stamped(PASS)] * 10, authserv_id="mx.ngo.example", border="mail.ngo.example")
    assert "none of 10 recent mails was received by mail.ngo.example" in told
    assert 'set [security] authserv_id = "mx.ngo.example"' in told


def test_a_border_of_another_name_or_of_many_hosts_is_found() -> None:
    one = ("Received", "from out by in1.provider.example with ESMTPS; Mon, 2 Nov 2026")
    two = ("Received", "from out by in2.provider.example with ESMTPS; Mon, 2 Nov 2026")
    assert 'authserv_id = "mx.ngo.example" and border_received = "in1.provider.example"' in said([stamped(PASS, border=one)] * 6)
    told = said([stamped(PASS, border=one), stamped(PASS, border=two)] * 3)
    assert 'border_received = ".provider.example"' in told and "6 of 6 recent mails" in told


def test_where_nothing_is_stated_only_answers_prove() -> None:
    told = said([BARE] * 10)
    assert "only answers to our letters prove a sender" in told and "No mail is lost by it." in told and "check_dkim = true" in told
    assert "check_dkim is on" in said([BARE] * 10, checks_dkim=True)


def test_results_below_the_border_are_no_suggestion_and_are_named_as_not_believed() -> None:
    forged = mail(OUR_BORDER, ("Authentication-Results", f"mx.evil.example; {PASS}"), ("Received", "from x by mx.evil.example with SMTP"))
    told = said([forged] * 10)
    assert "authserv_id =" not in told and "Results of mx.evil.example stand where a sender could have written them" in told


def test_our_own_name_forged_below_the_border_is_counted() -> None:
    forged = mail(OUR_BORDER, ("Authentication-Results", f"mx.ngo.example; {PASS}"))
    told = said([stamped(PASS)] * 8 + [forged] * 2, authserv_id="mx.ngo.example")
    assert "2 mails carry results in the name of mx.ngo.example only below the line where it received them" in told
    assert "proven without asking: 8;" in told


def test_google_is_found_by_what_it_writes_above_its_border() -> None:
    inner = ("Received", "by 2002:a05:7208:1 with SMTP id y; Mon, 2 Nov 2026")
    one = mail(inner, ("ARC-Authentication-Results", "i=1; " + GOOGLE), GOOGLE_BORDER, ("Authentication-Results", GOOGLE))
    assert 'set [security] authserv_id = "mx.google.com", and a fresh claim' in said([one] * 6)


def test_microsoft_which_gives_no_name_is_found_by_its_border() -> None:
    told = said([mail(MS_INNER, ("Authentication-Results", MS_PASS), MS_BORDER)] * 6)
    assert 'set [security] authserv_id = "microsoft", and a fresh claim' in told and "(here in 6)" in told
    assert "between people of your own organisation" in told


def test_what_microsoft_writes_into_the_mail_of_its_senders_is_no_result_of_ours() -> None:
    outbound = (
        "Authentication-Results",
        "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=lawfirm.example;",
    )
    told = said([mail(OUR_BORDER, MS_BORDER, outbound, MS_INNER)] * 6)
    assert "authserv_id =" not in told and "None of 6 recent mails" in told


def test_a_provider_that_calls_itself_by_the_recipient_and_states_no_dmarc_is_explained() -> None:
    told = said([stamped("spf=pass smtp.mfrom=alice@lawfirm.example; dkim=pass header.i=@lawfirm.example", server="cases@ngo.example")] * 6)
    assert 'authserv_id = "cases@ngo.example" and border_received = "mx.ngo.example"' in told
    assert "by the address of the mailbox" in told and "states no DMARC result" in told


def test_a_pass_by_the_sending_server_alone_is_not_enough_for_staff() -> None:
    told = said([stamped(SPF_ONLY)] * 6, authserv_id="mx.ngo.example")
    assert "In 6 mails only the sending server was checked (SPF): enough for a lawyer’s word, not for one of staff." in told


def test_many_names_of_one_provider_are_told() -> None:
    told = said([stamped(PASS, server=f"mx{number % 3}.ngo.example") for number in range(9)])
    assert "Results stand there in 3 names" in told and "3 of 9 recent mails" in told


def test_a_hand_over_by_lmtp_inside_the_same_machine_hides_no_results() -> None:
    lmtp = ("Received", "from mx.ngo.example by mx.ngo.example with LMTP id x (envelope-from <a@b.example>) for <cases@ngo.example>")
    told = said([mail(lmtp, ("Authentication-Results", f"mx.ngo.example; {PASS}"), OUR_BORDER)] * 6, authserv_id="mx.ngo.example")
    assert "Of 6 recent mails 6 carry results" in told and "proven without asking: 6;" in told


def test_few_mails_are_said_to_be_few() -> None:
    assert "2 mails are few to go by" in said([stamped(PASS)] * 2)


REAL = {
    "a mailbox at Yandex": ("imap_tools/tests/messages/attachment_2_base64.eml", 'authserv_id = "mxback2g.mail.yandex.net"'),
    "a mailbox at Microsoft": ("mimekit/UnitTests/TestData/messages/bounce.txt", 'authserv_id = "microsoft"'),
    "a sender at Microsoft, a border of no name": ("mimekit/UnitTests/TestData/messages/issue358.txt", "None of 6 recent mails"),
    "a sender at Microsoft, handed over by LMTP": (
        "webklex/tests/messages/issue-412.eml",
        "Results of mx.microsoft.com stand where a sender",
    ),
}


@needs_mails
@pytest.mark.parametrize(("path", "tells"), REAL.values(), ids=REAL)
def test_real_mails_show_their_provider_and_never_their_senders(path: str, tells: str) -> None:
    told = said([parsing.read((FOLDER / path).read_bytes(), own_address="cases@ngo.example")] * 6)
    assert tells in told and (tells.startswith("authserv_id") or "authserv_id =" not in told)
