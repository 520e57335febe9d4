"""Bodies: the sender's text is found however it is wrapped, files lie beside it unopened, and what cannot be read is said."""

from __future__ import annotations

import base64
import hashlib

import pytest

from bot.core.words import own_words
from tests.core.mails import CLAIM, mail, multipart

QP = "Content-Transfer-Encoding: quoted-printable"
B64 = "Content-Transfer-Encoding: base64"


def test_M_25_soft_breaks_are_joined() -> None:
    assert mail(QP, body="CLAIM JUS-00=\n42=20").text == f"{CLAIM} "


def test_M_25_soft_breaks_before_trailing_blanks_are_joined() -> None:
    assert mail(QP, body="CLAIM JUS-00=  \n42").text == CLAIM


def test_M_25_base64_with_stray_characters_is_read() -> None:
    encoded = base64.b64encode(CLAIM.encode()).decode()
    assert mail(B64, body=f"{encoded[:5]}!\n* {encoded[5:]}").text == CLAIM


def test_M_25_broken_base64_goes_to_a_person() -> None:
    assert "its base64 is broken" in mail(B64, body="Q0xBSU0gSlVTLTAwN").defects


@pytest.mark.parametrize(("delsp", "body"), [("", "CLAIM \nJUS-0042"), ("; delsp=yes", "CLAIM JUS- \n0042"), ("", " CLAIM JUS-0042")])
def test_M_25_flowed_lines_are_joined(delsp: str, body: str) -> None:
    assert mail(f"Content-Type: text/plain; format=flowed{delsp}", body=body).text == CLAIM


def test_flowed_quotation_stays_quotation() -> None:
    text = mail("Content-Type: text/plain; format=flowed", body="thanks\n> a long \n> quoted CLAIM \n> JUS-0043\n-- \nTaro").text
    assert text.split("\n") == ["thanks", "> a long quoted CLAIM JUS-0043", "-- ", "Taro"]


def test_text_and_html_are_kept_apart() -> None:
    field, body = multipart("alternative", "\nin text", "Content-Type: text/html\n\n<p>in html")
    found = mail(field, body=body)
    assert (found.text.strip(), found.html.strip(), found.attachments) == ("in text", "<p>in html", ())


def test_html_beside_a_text_is_more_of_it() -> None:
    """Apple Mail sends a text, a picture and the rest as HTML; that is one text, not two forms of it."""
    field, body = multipart("mixed", f"\n{CLAIM}", "Content-Type: text/html\n\n<p>footer</p>")
    found = mail(field, body=body)
    assert (own_words(found.text, found.html).lines[0], found.html, own_words(found.text, found.html).doubt) == (CLAIM, "", "")


def test_several_texts_are_one() -> None:
    field, body = multipart("mixed", "\none", "Content-Type: image/png; name=a.png\n\nx", "\ntwo")
    assert mail(field, body=body).text.split() == ["one", "two"]


def test_a_part_inside_a_part_is_found() -> None:
    _, inner = multipart("alternative", f"Content-Type: text/plain\n\n{CLAIM}", "Content-Type: text/html\n\n<p>x")
    inner = inner.replace("b0", "b1")
    field, body = multipart(
        "mixed", f"Content-Type: multipart/alternative; boundary=b1\n\n{inner}", "Content-Type: application/pdf; name=a.pdf\n\nx"
    )
    assert mail(field, body=body).text.strip() == CLAIM


def test_an_attached_message_is_not_the_senders_text() -> None:
    field, body = multipart("mixed", "\nsee attached", f"Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: z\n\n{CLAIM}")
    found = mail(field, body=body)
    assert (CLAIM in found.text, [file.media_type for file in found.attachments]) == (False, ["message/rfc822"])


def test_the_only_text_may_have_a_file_name() -> None:
    field, body = multipart("mixed", f"Content-Type: text/plain; name=mail.txt\n\n{CLAIM}", "Content-Type: image/png; name=a.png\n\nx")
    assert mail(field, body=body).text.strip() == CLAIM


def test_an_attached_text_is_not_the_senders_text() -> None:
    field, body = multipart("mixed", "\nhello", f"Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\n{CLAIM}")
    assert mail(field, body=body).text.strip() == "hello"


@pytest.mark.parametrize(
    ("part", "is_kept"),
    [
        ("Content-Type: text/csv\n\ntitle", True), ("Content-Type: application/octet-stream; name=cases.xlsx\n\ntitle", True),
        ("Content-Type: x/y\nContent-Disposition: attachment; filename*=utf-8''%E4%BA%8B%E4%BB%B6.YAML\n\ntitle", True),
        ("Content-Type: application/pdf; name=a.pdf\n\ntitle", False),
        ("Content-Type: application/zip; name=cases.csv.zip\n\ntitle", False),
        ("Content-Type: application/vnd.ms-excel.sheet.macroEnabled.12; name=cases.xlsm\n\ntitle", False),
    ],
)  # fmt: skip
def test_M_22_only_tables_are_kept_and_nothing_is_opened(part: str, is_kept: bool) -> None:
    field, body = multipart("mixed", "\nhello", part)
    (file,) = mail(field, body=body).attachments
    assert (file.content, file.size) == (b"title" if is_kept else b"", 5)
    assert file.sha256 == hashlib.sha256(b"title").hexdigest()


NAMES = {
    "plain": ("filename=a.csv", "a.csv"),
    "RFC 2231": ("filename*=iso-2022-jp'ja'%1B$B%3BvE%1B%28B.csv", None),
    "RFC 2231 in pieces": ("filename*0*=utf-8''%E4%BA;\n filename*1*=%8B;\n filename*2=.csv", "事.csv"),
    "RFC 2047 in quotes": ('filename="=?utf-8?B?5LqL?=.csv"', "事.csv"),
    "raw UTF-8": ('filename="事.csv"', "事.csv"),
    "I-14 path": ('filename="../../etc/cron.d/x.csv"', "x.csv"),
    "I-14 Windows path": ('filename="C:\\\\x\\\\y.csv"', "y.csv"),
    "I-12 override": ('filename="exe.\u202egpj"', "exe.〓gpj"),
    "I-08 markup": ('filename="\\"><img src=x onerror=1>.csv"', '"><img src=x onerror=1>.csv'),
}


@pytest.mark.parametrize(("parameter", "name"), NAMES.values(), ids=NAMES)
def test_an_attachments_name_is_read_and_harmless(parameter: str, name: str | None) -> None:
    field, body = multipart("mixed", "\nhello", f"Content-Type: text/csv\nContent-Disposition: attachment; {parameter}\n\nx")
    (file,) = mail(field, body=body).attachments
    assert file.name.isprintable() and (name is None or file.name == name)


UNREADABLE = {
    "M-23 winmail.dat": ("Content-Type: application/ms-tnef; name=winmail.dat", "x", "winmail.dat"),
    "M-23 S/MIME": ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "x", "encrypted"),
    "M-23 PGP inline": ("Content-Type: text/plain", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", "encrypted"),
    "M-23 image": ("Content-Type: image/jpeg; name=photo.jpg", "x", "image only"),
    "M-23 empty": ("Content-Type: text/plain", "", "empty"),
}


@pytest.mark.parametrize(("field", "body", "defect"), UNREADABLE.values(), ids=UNREADABLE)
def test_M_23_what_cannot_be_read_is_said(field: str, body: str, defect: str) -> None:
    assert mail("Subject:", field, body=body).defects == (f"unreadable: {defect}",)


def test_M_23_pgp_mime_is_said() -> None:
    field, body = multipart(
        "encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream\n\nx"
    )
    assert mail(field, body=body).defects == ("unreadable: encrypted",)


def test_a_claim_in_the_subject_needs_no_body() -> None:
    """What our mailto links make."""
    assert mail(subject=CLAIM, body="").defects == ()


def test_a_signed_mail_is_readable() -> None:
    field, body = multipart("signed", f"\n{CLAIM}", "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx")
    assert (mail(field, body=body).text.strip(), mail(field, body=body).defects) == (CLAIM, ())


def test_a_multipart_without_its_boundary_is_read_and_goes_to_a_person() -> None:
    found = mail("Content-Type: multipart/mixed; boundary=other", body=CLAIM)
    assert (found.text, found.defects) == (CLAIM, ("its MIME structure is broken",))


def test_an_html_page_names_its_own_charset() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>受任 14</p>'.encode("cp932")
    assert "受任 14" in mail("Content-Type: text/html", body=page).html


def test_M_24_control_characters_do_not_stay_in_a_text() -> None:
    assert mail(body=b"CLAIM\x00 \x07JUS\x1b[0m-0042").text == "CLAIM JUS[0m-0042"


def test_an_mbox_line_and_a_byte_order_mark_are_passed_over() -> None:
    assert mail().sender == mail("From: alice@lawfirm.example").sender
