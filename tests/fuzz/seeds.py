"""Messages shaped as real programs write them, small, one of each kind: what fuzzing starts from, where no collection of mail is at hand.

Gives bytes. Each seed is built here from its parts, so that nothing in it is anybody's mail.
"""

from __future__ import annotations

import base64

from bot.core import trust
from tests.core.clients import STYLES, transferred
from tests.fuzz.invariants import AUTHSERV, DESK, KEYS, LETTER, MARKER, MEMBER

CODE = trust.code_for(trust.handle_from(b"ten bytes!"), MEMBER, key=KEYS[0])
LETTER_ID = trust.message_id(CODE, "bot.ngo.example")
OWN = "CLAIM JUS-2026-042"
_HEAD = (
    f"Return-Path: <{MEMBER}>\r\n"
    f"Authentication-Results: {AUTHSERV}; dkim=pass header.d=lawfirm.example; spf=pass smtp.mailfrom={MEMBER};\r\n"
    f" dmarc=pass (p=none) header.from=lawfirm.example\r\n"
    f"Received: from mail.lawfirm.example (mail.lawfirm.example [192.0.2.25]) by {AUTHSERV} with ESMTPS id x1;\r\n"
    "\tFri, 20 Nov 2026 12:00:00 +0900 (JST)\r\n"
    f"From: Alice Arden <{MEMBER}>\r\nTo: Pro bono desk <{DESK}>\r\nDate: Fri, 20 Nov 2026 12:00:00 +0900\r\n"
    f"Message-ID: <CAF1b2c3@mail.lawfirm.example>\r\nIn-Reply-To: {LETTER_ID}\r\n"
    f"References: <first@bot.ngo.example>\r\n {LETTER_ID}\r\nMIME-Version: 1.0\r\n"
)


def _mail(body: bytes, *fields: str, subject: str = "Re: Urgent cases", content_type: str = "text/plain; charset=utf-8") -> bytes:
    lines = "".join(f"{field}\r\n" for field in (f"Subject: {subject}", f"Content-Type: {content_type}", *fields))
    return (_HEAD + lines + "\r\n").encode() + body


def _parts(kind: str, *parts: tuple[str, bytes], parameters: str = "") -> bytes:
    inner = b"".join(b"--=_b0\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in parts)
    return _mail(
        b"This is a message in MIME format.\r\n" + inner + b"--=_b0--\r\n", content_type=f'multipart/{kind}; boundary="=_b0"{parameters}'
    )


def _replies() -> dict[str, bytes]:
    """One for every seventh quoting style, charsets and transfer encodings in turn."""
    coded = [
        *(("iso-2022-jp", "iso2022_jp_ext", "7bit"), ("Shift_JIS", "cp932", "8bit"), ("EUC-JP", "euc_jp", "quoted-printable")),
        *(("utf-8", "utf-8", "base64"), ("iso-2022-jp-ms", "iso2022_jp_ext", "base64")),
    ]
    found = {}
    for number, (name, style) in enumerate(list(STYLES.items())[::7]):
        label, codec, encoding = coded[number % len(coded)]
        own = "受任　ＪＵＳー２０２６ー０４２" if number % 2 else OWN
        body = style(own, list(LETTER)).replace("\n", "\r\n").encode(codec, "replace")
        field = f"Content-Transfer-Encoding: {encoding}"
        found[name] = _mail(transferred(body, encoding), field, content_type=f'text/plain; charset="{label}"')
    return found


_PAGE = (
    '<html><head><style>.x{display:none} p.MsoNormal{margin:0cm}</style><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    f'</head><body><div dir="ltr">{OWN}<br></div><p style="color:#ffffff">thank you</p><p class=x>JUS-2026-043</p>'
    '<div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM Desk &lt;cases@bot.ngo.example&gt; wrote:<br></div>'
    f'<blockquote class="gmail_quote" style="border-left:1px solid">{"<br>".join(LETTER)}</blockquote></div></body></html>'
)
_OUTLOOK = (
    f"<p class=MsoNormal>{OWN}<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
    f"<p><b>差出人:</b> 事務局</p></div></div><pre>{LETTER[0]}\n{LETTER[1]}</pre><table><tr><td>a<td>b</table>"
)
_PLAIN = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
_HTML = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
_STATUS = (
    "Reporting-MTA: dns; mx.lawfirm.example\r\nArrival-Date: Fri, 20 Nov 2026 03:00:00 +0000\r\n\r\n"
    f"Final-Recipient: rfc822; {MEMBER}\r\nOriginal-Recipient: rfc822;{MEMBER}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <alice@lawfirm.example>: Recipient address rejected:\r\n User unknown\r\n"
)
_RETURNED = f"Message-ID: {LETTER_ID}\r\nSubject: Urgent cases\r\nTo: {MEMBER}\r\n\r\n"
_QMAIL = (
    "Hi. This is the qmail-send program at mx.example.\r\nI'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n"
    f"<{MEMBER}>:\r\n192.0.2.1 does not like recipient.\r\nRemote host said: 550 no such user\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
    f"{_RETURNED}"
)
_ENCODED_SUBJECT = "=?ISO-2022-JP?B?UmU6IBskQjx1RyQbKEI=?= =?UTF-8?Q?JUS=2D2026=2D042_=5B?=\r\n =?utf-8?b?44GC44GE?= " + f"[{CODE}]"
_SIGNED = (
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=lawfirm.example; s=key1; t=1795000000; "
    "h=from:to:subject:date:message-id:content-type:in-reply-to:references; bh=" + base64.b64encode(b"0" * 32).decode() + "; b="
    + base64.b64encode(b"1" * 128).decode()
)  # fmt: skip


def seeds() -> dict[str, bytes]:
    """Every seed by its name."""
    plain, page, outlook = OWN.encode(), _PAGE.encode(), _OUTLOOK.encode()
    marked = f"{OWN}\r\n\r\n> {MARKER}\r\n> {LETTER[1]}\r\n".encode()
    return {
        **_replies(),
        "plain": _mail(plain),
        "subject only": _mail(b"", subject=f"CLAIM JUS-2026-042 [{CODE}]"),
        "encoded subject": _mail(b"\xe5\x8f\x97\xe4\xbb\xbb JUS-2026-042", subject=_ENCODED_SUBJECT),
        "raw japanese head": _mail(plain).replace(b"Alice Arden", b"\x1b$B5mEg2VJ;R\x1b(B").replace(b"Urgent", b"\x88\xc4\x8c\x8f"),
        "two senders": _mail(plain, "From: mallory@evil.example"),
        "signed": _mail(plain, _SIGNED),
        "marker": _mail(marked),
        "many commands": _mail("\r\n".join(f"CLAIM JUS-2026-{number:03d}" for number in range(30)).encode()),
        "every command": _mail(
            b"YES\r\nNO\r\nLIST\r\nSHOW 2026-42\r\nPAUSE UNTIL 2026-12-20\r\nASSIGN JUS-2026-042 alice@lawfirm.example\r\nLANGUAGE ja\r\n"
            b"\xe5\x88\xa9\xe7\x9b\x8a\xe7\x9b\xb8\xe5\x8f\x8d\xe3\x81\xaa\xe3\x81\x97 JUS-2026-042\r\nSEND " + CODE.encode()
        ),
        "flowed": _mail(b"CLAIM \r\nJUS-2026-042 \r\n>quoted \r\n>more\r\n-- \r\nAlice\r\n", content_type="text/plain; format=flowed; delsp=yes"),
        "alternative": _parts("alternative", (_PLAIN, plain), (_HTML, page)),
        "html only": _mail(page, content_type="text/html; charset=utf-8"),
        "outlook html": _mail(outlook, content_type="text/html"),
        "related": _parts("related", (_HTML, outlook), ("Content-Type: image/png\r\nContent-ID: <i>\r\nContent-Transfer-Encoding: base64", b"iVBORw0KGgo=")),
        "table attached": _parts(
            "mixed", (_PLAIN, b"see the table"),
            ("Content-Type: text/csv; name*=iso-2022-jp'ja'%1B%24B0F7o%1B%28B.csv\r\nContent-Disposition: attachment; filename*0*=utf-8''%E6%A1%88;\r\n filename*1=\".csv\"", b"title,summary\r\n"),
        ),
        "forwarded": _parts("mixed", (_PLAIN, plain), ("Content-Type: message/rfc822", _mail(b"CLAIM JUS-2026-043"))),
        "digest": _parts("digest", ("", _mail(plain)), ("", _mail(marked))),
        "report": _parts(
            "report", (_PLAIN, b"It could not be delivered."), ("Content-Type: message/delivery-status", _STATUS.encode()),
            ("Content-Type: text/rfc822-headers", _RETURNED.encode()), parameters="; report-type=delivery-status",
        ),
        "qmail bounce": _mail(_QMAIL.encode(), subject="failure notice").replace(f"<{MEMBER}>\r\nAuth".encode(), b"<>\r\nAuth"),
        "receipt": _parts("report", (_PLAIN, b"read"), ("Content-Type: message/disposition-notification", b"Disposition: automatic-action/MDN-sent-automatically; displayed\r\n"), parameters="; report-type=disposition-notification"),
        "calendar": _parts("alternative", (_PLAIN, plain), ("Content-Type: text/calendar; method=REPLY", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n")),
        "vacation": _mail("不在にしております。\r\n受任 JUS-2026-042".encode(), "Auto-Submitted: auto-replied (vacation)", subject="自動返信: Re: Urgent cases"),
        "list": _mail(plain, "List-Id: <x.example>", "Precedence: bulk"),
        "encrypted": _parts("encrypted", ("Content-Type: application/pgp-encrypted", b"Version: 1"), ("Content-Type: application/octet-stream", b"-----BEGIN PGP MESSAGE-----"), parameters='; protocol="application/pgp-encrypted"'),
        "winmail": _mail(b"\x78\x9f\x3e\x22", content_type="application/ms-tnef; name=winmail.dat"),
        "new case": _mail("件名: 面談の付添い\r\n種別: 難民認定\r\n概要: 二行の\r\n概要です\r\n期限: 2026-12-01\r\n募集人数: 2".encode(), subject="NEW CASE"),
        "nothing": b"",
        "no head": b"\r\nCLAIM JUS-2026-042\r\n",
    }  # fmt: skip


def dictionary() -> list[bytes]:
    """Pieces that open doors in the reader: marks, escapes, labels, commands."""
    words = [
        *("CLAIM ", "受任 ", "担当", "利益相反なし", "YES", "JUS-2026-042", "2026-42", "ＪＵＳー２０２６", "> ", "＞", ">>", "-- \n", "_____\n", "━━━━\n"),
        *("-----Original Message-----", "-----元のメッセージ-----", "Begin forwarded message:", "On Mon, Nov 2, 2026 at 9:00 AM X <a@b.c> wrote:"),
        *("2026年11月2日(月) 9:00 事務局 <a@b.c>:", "2026/11/02 9:00、事務局のメール:", "Am 2.11.2026 um 9:00 schrieb X:", "Le 2 nov. 2026 à 9:00, X a écrit :"),
        *("From: ", "Sent: ", "To: ", "Subject: ", "差出人: ", "送信日時: ", "宛先: ", "件名: ", "Sent from my iPhone", "iPhoneから送信", MARKER, *LETTER),
        *("\u200b", "\u202e", "\u2028", "\u0085", "\ufeff", "\u3000", "ー", "−", "ﾊ\uff9e", "\ufdfa", "İ", "ß", "ǆ", "\x00", "\x0b", "\x0c", "\x1c", "\r", "\ufffd", "〓"),
        *("<div>", "</div>", "<br>", "<blockquote>", "<p style='display:none'>", "<style>", "<pre>", "<!--", "<table><tr><td>", "&lt;", "&#0;", "&#xD800;"),
        *('<div class="gmail_quote">', '<div id="appendonsend">', "<font color=white>", "<template>", "<svg>", "<plaintext>"),
        *("=?utf-8?q?", "=?iso-2022-jp?b?", "?=", "=?utf-8*ja?b?", "charset=", "boundary=", "name*0*=", "utf-16", "utf-7", "cp932", "euc-jp", "hz", "idna", "format=flowed"),
        *("Content-Type: ", "Content-Transfer-Encoding: ", "base64", "quoted-printable", "x-uuencode", "multipart/mixed", "multipart/alternative", "message/rfc822", "--=_b0", "--=_b0--"),
        *("Auto-Submitted: auto-replied", "Precedence: list", "Return-Path: <>", "report-type=delivery-status", "Action: failed", "Status: 5.1.1", "Final-Recipient: rfc822;"),
        *("Authentication-Results: ", "dkim=pass", "dmarc=pass", "header.from=", "(", ")", '"', "\\", ";", CODE, LETTER_ID, "<", ">", "@"),
    ]  # fmt: skip
    raw = [
        b"\x1b$B",
        b"\x1b(B",
        b"\x1b(I",
        b"\x1b$(D",
        b"\x1b(J",
        b"\x0e",
        b"\x0f",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x8e\xb1",
        b"\x8f\xa1\xa1",
        b"\x83\x5c",
        b"\xa4\xa2",
        b"\xed\xa0\x80",
        b"\r\n\r\n",
        b"\n",
        b"=",
    ]
    return [*(word.encode() for word in words), *raw]
