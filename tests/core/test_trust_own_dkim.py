"""Where the provider stamps nothing, a signature of ours own checking proves the domain, if it leaves nothing open (S-26, RFC 6376)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

import dkim
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.trust import Results
from bot.core.trust.dkim_check import own_dkim

# A key that signs these test messages and nothing else.
PRIVATE = b"""-----BEGIN RSA PRIVATE KEY-----
MIICXAIBAAKBgQCu20hM9kYLiCQJnKZ/3vJhK/jpydTmFgXvkxwOtbOpo1v0DNNV
tgm82+RfB1xz8fX0ujrkDgop7cGKCzj8plFC1XTjP5NQ7/Qp7Biw7FgD3L/ySjKt
UmLAJJWOWKu75vPL/5Xclf1+aks4dyIQk73V87F176+Ik6qB9lkHpPchXwIDAQAB
AoGAfvAwL7cFqK9/wf6YHPJkMUjz3f0o8pQAYSkB0Gf2cutmAOkirvGFZjaYNqio
ZH++V5iu0gqjNEcnHqkBCOFQ0amsl0OHRPP+LXln3eV6O48CmHpcPEgWO6Ri2Xtn
rIyulcBsw/Q9A+7oqLoQ9bm+m9757CKoqFi+bi0CcgLA+SECQQDbztGSuuV5MOhF
P8THi1ZIR8prH1lY6iSyUa8FAPXt720Axk7WUI6NOITTlqG2Lc/NN2ZNMNFlyWrA
VXrJdOzPAkEAy6W1eFDM/RZLidZ/3XM3rPYyfOObqnfZmJhOzcmrezsEAb2QVjwI
IDM69flc6Vg6SsFDkm8+8FR9+F+/0UZGcQJANQQSOkDH3k40h5dU4Ag0fGSMZv/9
rdtzlGrtOti7eHMaKGisVTbC2z75kosvX+B20Xl+PDn9F37YN6GmZvbDswJBALTL
thNN8N9UFtYVl8k7zBcDMAmObJnn80e1GGk8fMBXwZPl/qmAfFpSASt1KhaD3KSX
de0gVIk7Ceci4oHh2RECQA0Rgm/YLSiq1RtxT2CIAO+KXqvnqzW4BlQiip7MQd+J
Pr0FUSjZEOXsvC02XxPPey/L2F5+EWPscV6/camnpTM=
-----END RSA PRIVATE KEY-----
"""
RECORD = (
    b"v=DKIM1; k=rsa; p="
    b"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCu20hM9kYLiCQJnKZ/3vJhK/jpydTmFgXvkxwOtbOpo1v0DNNVtgm82+RfB1xz"
    b"8fX0ujrkDgop7cGKCzj8plFC1XTjP5NQ7/Qp7Biw7FgD3L/ySjKtUmLAJJWOWKu75vPL/5Xclf1+aks4dyIQk73V87F176+Ik6qB"
    b"9lkHpPchXwIDAQAB"
)
MAIL = (
    b"From: Alice <alice@lawfirm.example>\r\nTo: cases@ngo.example\r\nSubject: hi\r\nDate: Mon, 2 Nov 2026 09:00:00 +0900\r\n"
    b"Message-ID: <1@lawfirm.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nCLAIM JAR-2026-014\r\n"
)
SIGNED = (b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"content-type", b"content-transfer-encoding")


def sign(
    mail: bytes = MAIL,
    *,
    fields: Sequence[bytes] = SIGNED,
    domain: bytes = b"lawfirm.example",
    length: bool = False,
    algorithm: bytes = b"rsa-sha256",
) -> bytes:
    signer = dkim.DKIM(mail, signature_algorithm=algorithm)
    header: bytes = signer.sign(b"k1", domain, PRIVATE, include_headers=list(fields), length=length)
    return header + mail


def lookup(name: str) -> bytes | None:
    return RECORD if name.startswith("k1._domainkey.") else None


def check(raw: bytes, domain: str = "lawfirm.example") -> Results:
    return own_dkim(raw, from_domain=domain, lookup=lookup)


def test_a_full_signature_of_the_from_domain_passes() -> None:
    assert check(sign()) == Results("passed", True, "a good signature of the From domain")


def test_a_signature_in_bare_line_feeds_passes_too() -> None:
    assert check(sign().replace(b"\r\n", b"\n")).verdict == "passed"


def test_the_key_is_asked_for_under_the_selector_of_the_signing_domain() -> None:
    asked: list[str] = []
    own_dkim(sign(), from_domain="lawfirm.example", lookup=asked.append)
    assert asked == ["k1._domainkey.lawfirm.example"]


def test_no_signature_is_no_evidence() -> None:
    assert check(MAIL).verdict == "none"


@pytest.mark.parametrize("change", [(b"CLAIM", b"clAIM"), (b"Subject: hi", b"Subject: CLAIM"), (b"alice@", b"mallory@")])
def test_a_changed_message_is_no_evidence(change: tuple[bytes, bytes]) -> None:
    assert check(sign().replace(*change)).verdict == "none"


def test_S_26_a_signature_with_a_length_counts_as_none() -> None:
    signed = sign(MAIL.replace(b"CLAIM JAR-2026-014", b"hi"), length=True)
    assert dkim.verify(signed + b"CLAIM JAR-2026-014\r\n", dnsfunc=lambda name, timeout=5: RECORD)
    assert check(signed + b"CLAIM JAR-2026-014\r\n").verdict == "none"
    assert check(signed).verdict == "none"


@pytest.mark.parametrize("domain", ["notlawfirm.example", "example", "mail.lawfirm.example", "", "lawfirm.example."])
def test_S_09_a_signature_of_another_domain_is_no_evidence(domain: str) -> None:
    assert check(sign(), domain).verdict == "none"


@pytest.mark.parametrize("missing", [b"to", b"subject", b"date", b"message-id", b"content-type"])
def test_S_26_a_signature_that_leaves_a_field_open_counts_as_none(missing: bytes) -> None:
    assert check(sign(fields=[name for name in SIGNED if name != missing])).verdict == "none"


@pytest.mark.parametrize("field", [b"In-Reply-To", b"References", b"Content-Transfer-Encoding"])
def test_S_26_a_field_that_is_there_must_be_signed(field: bytes) -> None:
    added = field + b": <2@ngo.example>\r\n"
    open_fields = [name for name in SIGNED if name != field.lower()]
    assert check(sign(fields=open_fields)).verdict == "passed"
    assert check(added + sign(fields=open_fields)).verdict == "none"
    assert check(sign(added + MAIL)).verdict == "passed"


@pytest.mark.parametrize(
    "second", [b"From: mallory@evil.example", b"Subject: CLAIM", b"Message-ID: <3@x>", b"reply-to: a@b\r\nReply-To: c@d"]
)
def test_S_12_a_field_that_stands_twice_is_no_evidence(second: bytes) -> None:
    assert check(second + b"\r\n" + sign()).verdict == "none"


@pytest.mark.parametrize(
    "trick",
    [b"X: a\rFrom: mallory@evil.example\r\n", b"From mallory@evil.example\r\n", b"X: \x00\r\n", b"no field\r\n", b" x\r\n"],
)
def test_a_header_that_parsers_could_read_in_two_ways_is_no_evidence(trick: bytes) -> None:
    assert check(trick + sign()).verdict == "none"


def test_a_signature_with_sha_1_is_no_evidence() -> None:
    assert check(sign(algorithm=b"rsa-sha1")).verdict == "none"


def test_a_good_signature_counts_behind_a_broken_one() -> None:
    broken = sign(MAIL.replace(b"hi", b"ho"))
    assert check(broken[: -len(MAIL)] + sign()).verdict == "passed"


def test_a_runaway_message_or_key_is_not_worked_on() -> None:
    assert check(b"X:" + b" " * 100_000 + b"\r\n" + sign()).verdict == "none"
    assert check(sign() + b"\r\n" * 1_000_000).verdict == "none"
    assert own_dkim(sign(), from_domain="lawfirm.example", lookup=lambda name: RECORD + b" " * 2_000).verdict == "none"


def test_a_key_record_of_broken_structure_raises_nothing() -> None:
    broken = base64.b64encode(base64.b64decode(RECORD.partition(b"p=")[2]).replace(b"\x05\x00", b"\x05\x01", 1))
    assert own_dkim(sign(), from_domain="lawfirm.example", lookup=lambda name: b"v=DKIM1; p=" + broken).verdict == "none"


def test_a_body_hash_that_is_no_base64_raises_nothing() -> None:
    assert check(re.sub(rb"bh=[^;]*;", b"bh=AAAAA===;", sign())).verdict == "none"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_key_record_raises_anything(record: bytes) -> None:
    for text in (record, b"v=DKIM1; p=" + record, b"k=ed25519; p=" + record):
        assert own_dkim(sign(), from_domain="lawfirm.example", lookup=lambda name, text=text: text).verdict == "none"


@settings(deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=100))
def test_no_message_raises_anything(raw: bytes, tags: bytes) -> None:
    assert check(raw).verdict == "none"
    assert check(b"DKIM-Signature: d=lawfirm.example; a=rsa-sha256; s=k1; v=1; bh=; b=;" + tags + b"\r\n" + MAIL).verdict == "none"
