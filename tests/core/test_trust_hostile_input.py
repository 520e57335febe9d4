"""Whatever strangers write, reading it raises nothing, ends soon, and cannot reach above our border."""

from __future__ import annotations

import authres
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.mail import Arrival
from bot.core.trust import MICROSOFT, authentication_results, code_in, codes_in_subject, weigh, without_codes
from bot.core.trust.grammar import read_field

BORDER = ("Received", "from out by mx.ngo.example with ESMTPS")
PASS = ("Authentication-Results", "mx.ngo.example; dkim=pass header.d=lawfirm.example; dmarc=pass header.from=lawfirm.example")

PIECES = [
    "mx.ngo.example", "lawfirm.example", "dkim", "dmarc", "spf", "=", "pass", "fail", "none", "header.d=", "header.from=", "header.i=@",
    ";", "; ", "(", ")", '"', "\\", " ", "\t", "\r\n ", ".", "/", "1", "by ", "i=1;", "@", "\x00", "\x02", "\u00a0", "\udcff", "案件",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)
NAMES = st.sampled_from(["Received", "Authentication-Results", "ARC-Authentication-Results", "received ", "X-Other", ""])
FIELDS = st.lists(st.tuples(NAMES, TEXT), max_size=12)


def verdict(fields: list[tuple[str, str]], server: str = "mx.ngo.example") -> str:
    return authentication_results(fields, from_domain="lawfirm.example", authserv_id=server, border_received="").verdict


@settings(deadline=None)
@given(FIELDS)
def test_nothing_below_the_border_changes_the_verdict(below: list[tuple[str, str]]) -> None:
    assert verdict([BORDER, *below]) == "none"
    assert verdict([PASS, BORDER, *below]) == "passed"
    assert verdict([("Authentication-Results", "mx.ngo.example; dmarc=fail"), BORDER, *below]) == "failed"


@settings(deadline=None)
@given(TEXT.filter(lambda text: "by" not in text))
def test_no_greeting_hides_the_border(greeting: str) -> None:
    real = ("Received", f"from {greeting} ({greeting} [198.51.100.7]) by mx.ngo.example with ESMTP")
    assert verdict([real, PASS, BORDER]) == "none"


@settings(deadline=None)
@given(TEXT)
def test_no_quoted_string_and_no_unforced_comment_becomes_a_result(inside: str) -> None:
    quoted = inside.replace("\\", "").replace('"', "")
    assert verdict([("Authentication-Results", f'mx.ngo.example; spf=none smtp.mailfrom="{quoted}"'), BORDER]) == "none"
    comment = quoted.replace("(", "").replace(")", "")
    assert verdict([("Authentication-Results", f"mx.ngo.example; spf=none ({comment})"), BORDER]) == "none"


@settings(deadline=None)
@given(FIELDS, st.sampled_from(["mx.ngo.example", MICROSOFT, "(", "", "案件"]))
def test_no_header_raises_anything(fields: list[tuple[str, str]], server: str) -> None:
    assert verdict(fields, server) in ("none", "failed", "passed")


@settings(deadline=None)
@given(TEXT, st.lists(TEXT, max_size=5), TEXT)
def test_no_arrival_raises_anything_and_none_is_proven_by_chance(subject: str, answers: list[str], sender: str) -> None:
    mail = Arrival("", sender, "", subject, tuple(answers), "", "", (PASS, BORDER, ("Received", subject)))
    result = weigh(mail, addresses=["alice@bengo.example", sender], keys=[b"key"], authserv_id="mx.ngo.example", border_received="")
    assert result.codes == ()
    assert result.level == "none" or sender.endswith("@lawfirm.example")


NASTY = ["(", ")", '"', "\\", " ", "=", ";", "; dkim=pass", " a=b", "(x)", '"a" ', "by ", "a", "\t=", "[", "a.", '\\"', "i=1;", "[a2345"]


@pytest.mark.parametrize("piece", NASTY)
def test_a_header_of_100_kilobytes_is_read_to_its_end(piece: str) -> None:
    """A reader whose work grew with the square of the length would stand still here."""
    long = piece * (100_000 // len(piece))
    for value in (long, f"mx.ngo.example; dkim=pass {long}", f"mx.ngo.example; dkim=pass {long[:16_000]}", f"from x {long}"):
        assert verdict([("Authentication-Results", value), ("Received", value), BORDER]) == "none"
    assert codes_in_subject(long) == ()
    assert without_codes(long) == long
    assert code_in(long) is None


TOKEN = st.from_regex(r"[a-z0-9]{1,5}([.-][a-z0-9]{1,5}){0,2}", fullmatch=True)
REMARK = st.sampled_from(["", " ", " (remark)", " (a (nested; b=c) remark)", ' (a \\) " remark)'])
NAME = st.sampled_from(["header.d", "header.i", "header.from", "smtp.mailfrom", "policy.x"])
METHOD = st.sampled_from(["dkim=pass", "spf=fail", "dmarc = temperror", "iprev/1=pass"])
PROPERTY = st.tuples(NAME, TOKEN, REMARK).map(lambda parts: f" {parts[0]}={parts[1]}{parts[2]}")
RESULT = st.tuples(METHOD, REMARK, st.lists(PROPERTY, max_size=3).map("".join)).map("".join)


@settings(deadline=None)
@given(TOKEN, REMARK, st.lists(RESULT, min_size=1, max_size=4))
def test_what_the_standard_allows_is_read_as_authres_reads_it(server: str, remark: str, results: list[str]) -> None:
    text = f"{server}{remark}; {'; '.join(results)}"
    oracle = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {text}")
    ours = read_field(text)
    assert (ours.server, ours.is_readable) == (oracle.authserv_id, True)
    expected = [(r.method, r.result, [(f"{p.type}.{p.name}", str(p.value)) for p in r.properties]) for r in oracle.results]
    assert [(r.method, r.result, list(r.properties)) for r in ours.results] == expected
