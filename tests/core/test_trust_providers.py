"""The fields that real providers write are read as they are meant, each only in its place."""

from __future__ import annotations

import pytest

from bot.core.trust import MICROSOFT, Results, authentication_results

BORDER = ("Received", "from out.lawfirm.example by mx.ngo.example with ESMTPS id 1; Mon, 2 Nov 2026")


def verdict(*fields: tuple[str, str], server: str = "mx.ngo.example") -> Results:
    return authentication_results(fields, from_domain="lawfirm.example", authserv_id=server, border_received="")


WILD = {
    "rspamd": (
        "dkim=pass header.d=lawfirm.example header.s=k1 header.b=a/b+c; spf=pass (mx: domain of a@lawfirm.example designates 192.0.2.1"
        " as permitted sender) smtp.mailfrom=a@lawfirm.example; dmarc=pass (policy=quarantine) header.from=lawfirm.example"
    ),
    "Fastmail": (
        "dkim=pass (2048-bit rsa key sha256) header.d=lawfirm.example header.i=@lawfirm.example header.b=AbC header.a=rsa-sha256 header.s=k"
        " x-bits=2048; dmarc=pass policy.published-domain-policy=none (p=none,d=none) header.from=lawfirm.example; iprev=pass"
        ' smtp.remote-ip=2001:db8::1 (out.lawfirm.example); x-ptr=pass x-ptr-helo="out.lawfirm.example" x-ptr-lookup=x;'
    ),
    "Yahoo": (
        "dkim=pass header.i=@lawfirm.example header.s=k; spf=pass smtp.mailfrom=lawfirm.example;"
        " dmarc=pass(p=REJECT) header.from=lawfirm.example;"
    ),
    "quoted": 'dkim=pass header.b="x/y" header.d="LawFirm.example"; dmarc=pass reason="a; b=c" header.from=<alice@lawfirm.example>',
    "OpenDKIM": (
        "dkim=pass (2048-bit key; unprotected) header.d=lawfirm.example header.i=@lawfirm.example header.a=rsa-sha256; dkim-atps=neutral"
    ),
}


@pytest.mark.parametrize("payload", WILD.values(), ids=WILD)
def test_the_forms_that_providers_write_are_read(payload: str) -> None:
    result = verdict(("Authentication-Results", f"mx.ngo.example; {payload}"), BORDER)
    assert (result.verdict, result.by_dkim) == ("passed", True)


GOOGLE_BORDER = ("Received", "from out (out [192.0.2.1]) by mx.google.com with ESMTPS id x for <cases@ngo.example>; Mon, 2 Nov 2026")
GOOGLE = (
    'mx.google.com; dkim=pass header.i=@lawfirm.example header.s=k header.b="NQ/abc"; spf=pass (google.com: domain of a@lawfirm.example'
    " designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@lawfirm.example;"
    " dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=lawfirm.example"
)


def test_google_is_read_from_the_field_that_it_writes_above_its_border() -> None:
    arc = ("ARC-Authentication-Results", "i=1; " + GOOGLE)
    fields = (("Received", "by 2002:a05:7208 with SMTP id y"), arc, GOOGLE_BORDER, ("Authentication-Results", GOOGLE))
    assert verdict(*fields, server="mx.google.com").verdict == "passed"


def test_an_arc_field_that_came_with_the_message_is_not_believed() -> None:
    fields = (GOOGLE_BORDER, ("ARC-Authentication-Results", "i=1; " + GOOGLE))
    assert verdict(*fields, server="mx.google.com").verdict == "none"


MS_INNER = ("Received", "from X.eop-EUR03.prod.protection.outlook.com by Y.outlook.office365.com with Microsoft SMTP Server")
MS_BORDER = ("Received", "from out (192.0.2.1) by DB5EUR03FT021.mail.protection.outlook.com with Microsoft SMTP Server via Frontend")
MS_PASS = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=lawfirm.example; dkim=pass (signature was verified) header.d=lawfirm.example;"
    "dmarc=pass action=none header.from=lawfirm.example;compauth=pass reason=100"
)
MS_STAMP = ("Authentication-Results", MS_PASS)


def test_microsoft_which_names_no_server_is_believed_directly_above_its_border() -> None:
    result = verdict(MS_INNER, MS_STAMP, ("Received-SPF", "Pass"), MS_BORDER, server=MICROSOFT)
    assert (result.verdict, result.by_dkim) == ("passed", True)


def test_microsoft_is_not_believed_elsewhere() -> None:
    assert verdict(MS_STAMP, MS_INNER, MS_BORDER, server=MICROSOFT).verdict == "none"
    assert verdict(MS_INNER, MS_BORDER, MS_STAMP, server=MICROSOFT).verdict == "none"
    assert verdict(MS_STAMP, MS_INNER, server=MICROSOFT).verdict == "none"


def test_a_field_without_a_server_is_believed_only_where_microsoft_is_configured() -> None:
    assert verdict(MS_STAMP, BORDER).verdict == "none"
    unset = authentication_results((MS_STAMP, BORDER), from_domain="lawfirm.example", authserv_id="", border_received="mx.ngo.example")
    assert unset.verdict == "none"


def test_microsoft_reports_a_fail_too() -> None:
    failed = ("Authentication-Results", "spf=fail smtp.mailfrom=x; dkim=none (not signed) header.d=none;dmarc=fail action=quarantine")
    assert verdict(failed, MS_BORDER, server=MICROSOFT).verdict == "failed"


def test_S_25_a_header_that_only_microsoft_should_write_is_no_evidence() -> None:
    assert verdict(("X-MS-Exchange-Organization-AuthAs", "Internal"), MS_BORDER, server=MICROSOFT).verdict == "none"
