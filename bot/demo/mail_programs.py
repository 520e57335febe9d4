"""How people's mail programs write: Outlook, an iPhone, a Japanese webmail, Gmail, Thunderbird, and a vacation responder.

Given who writes what in answer to which letter, gives the bytes that such a program submits (RFC 5322), with its own way of quoting, its own
parts and charset. Each is modelled on the real program's habits; no text in them is anybody's.
"""

from __future__ import annotations

import html
import re
import textwrap
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid

from bot.demo.cast import DESK, Person
from bot.demo.example import ZONE
from bot.demo.letter import Letter, Link

_WEEKDAYS = "月火水木金土日"


def outlook(person: Person, own: str, *, answering: Letter, slow_clock: timedelta = timedelta()) -> bytes:
    """Text and HTML; the letter below a header block, its lines unmarked. Its Date is what the person's clock says."""
    mail = _answer(person, answering, prefix="RE: ", now=_now() - slow_clock)
    mail["X-Mailer"] = "Microsoft Outlook 16.0"
    mail["Content-Language"] = "en-us"
    sent = answering.at.astimezone(ZONE).strftime("%A, %B %d, %Y %I:%M %p")
    block = [("From", answering.sender), ("Sent", sent), ("To", answering.recipient), ("Subject", answering.subject)]
    mail.set_content(f"{own}\n\n" + "\n".join(f"{name}: {value}" for name, value in block) + f"\n\n{answering.text}")
    above = "".join(f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}</p>' for line in own.split("\n"))
    heads = "<br>".join(f"<b>{name}:</b> {html.escape(value)}" for name, value in block)
    below = f'<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p class="MsoNormal">{heads}</p></div>'
    mail.add_alternative(
        f'<html><body lang="EN-US"><div class="WordSection1">{above}{below}{_inside(answering.html)}</div></body></html>', subtype="html"
    )
    return mail.as_bytes()


def iphone_link(person: Person, link: Link) -> bytes:
    """What a link of a letter opens, sent as it stands."""
    mail = _mail(person, link.subject, now=_now())
    mail["X-Mailer"] = "iPhone Mail (22H124)"
    mail.set_content(f"{link.body}\n\niPhoneから送信\n")
    return mail.as_bytes()


def iphone_answer(person: Person, own: str, *, answering: Letter) -> bytes:
    mail = _answer(person, answering, prefix="Re: ", now=_now())
    mail["X-Mailer"] = "iPhone Mail (22H124)"
    sent = answering.at.astimezone(ZONE).strftime("%Y/%m/%d %H:%M")
    mail.set_content(f"{own}\n\niPhoneから送信\n\n{sent}、{DESK.name} <{DESK.address}>のメール:\n\n{_marked(answering.text)}\n")
    return mail.as_bytes()


def japanese_webmail(person: Person, own: str, *, answering: Letter) -> bytes:
    """In ISO-2022-JP, as Japanese mail was written for decades: what the charset lacks is lost in the quotation."""
    mail = _answer(person, answering, prefix="Re: ", now=_now())
    at = answering.at.astimezone(ZONE)
    intro = f"{at.year}年{at.month}月{at.day}日({_WEEKDAYS[at.weekday()]}) {at:%H:%M} {DESK.name} <{DESK.address}>:"
    mail.set_content(_in_jis(f"{own}\n\n{intro}\n{_marked(answering.text)}\n"), charset="iso-2022-jp", cte="7bit")
    return mail.as_bytes()


def gmail(person: Person, own: str, *, answering: Letter) -> bytes:
    mail = _answer(person, answering, prefix="Re: ", now=_now())
    intro = f"On {answering.at.astimezone(ZONE).strftime('%a, %b %d, %Y at %I:%M %p')} {DESK.name} <{DESK.address}> wrote:"
    mail.set_content(f"{own}\n\n{intro}\n\n{_marked(answering.text)}\n")
    above = html.escape(own).replace("\n", "<br>")
    quoted = f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">{_inside(answering.html)}</blockquote>'
    mail.add_alternative(
        f'<div dir="ltr">{above}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(intro)}<br></div>{quoted}</div>',
        subtype="html",
    )
    return mail.as_bytes()


def thunderbird(person: Person, own: str, *, subject: str = "", answering: Letter | None = None) -> bytes:
    mail = _answer(person, answering, prefix="Re: ", now=_now()) if answering else _mail(person, subject, now=_now())
    mail["User-Agent"] = "Mozilla Thunderbird"
    quoted = f"\n\nOn {answering.at.astimezone(ZONE):%Y/%m/%d %H:%M}, {DESK.name} wrote:\n{_marked(answering.text)}" if answering else ""
    mail.set_content(f"{own}{quoted}\n")
    return mail.as_bytes()


def vacation_responder(person: Person, own: str, *, answering: Letter) -> bytes:
    """The whole letter comes back below the notice, with every command in it and no mark of quotation."""
    mail = _answer(person, answering, prefix="自動応答: ", now=_now())
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(f"{own}\n\n-----元のメッセージ-----\n{answering.text}\n")
    return mail.as_bytes()


def _answer(person: Person, answering: Letter, *, prefix: str, now: datetime) -> EmailMessage:
    mail = _mail(person, f"{prefix}{answering.subject}", now=now, to=answering.reply_address)
    mail["In-Reply-To"] = answering.message_id
    mail["References"] = answering.references
    return mail


def _mail(person: Person, subject: str, *, now: datetime, to: str = DESK.address) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((person.name, person.address))
    mail["To"] = formataddr((DESK.name, to))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=person.address.rpartition("@")[2])
    mail["Subject"] = subject
    return mail


def _marked(text: str) -> str:
    return textwrap.indent(text.rstrip("\n"), "> ", lambda line: True)


def _inside(page: str) -> str:
    """A letter's HTML as it is quoted inside another's."""
    found = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL | re.IGNORECASE)
    return found[1] if found else page


def _in_jis(text: str) -> str:
    """What is left of a text after ISO-2022-JP; the full-width hyphen goes as the minus sign, which has its place there."""
    return text.replace("－", "−").encode("iso2022_jp", "replace").decode("iso2022_jp")


def _now() -> datetime:
    return datetime.now(ZONE)
