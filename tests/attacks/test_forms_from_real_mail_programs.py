"""The form of a case as Outlook, telephones and webmail send it, with dates as people write them: read to the day, or asked about."""

from __future__ import annotations

import quopri
from datetime import UTC, datetime
from email.header import Header

import pytest

from bot.core.model import Case
from tests.attacks.desk import BOT, SATO, SUZUKI, Desk
from tests.story.people import BORDER, Letter

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style><!-- p.MsoNormal {{margin:0}} --></style></head><body lang="EN-US"><div class="WordSection1">
{body}
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
<p class="MsoNormal"><b>From:</b> Pro bono desk &lt;{bot}&gt;<br><b>Sent:</b> Friday, November 20, 2026 12:00 PM<br>
<b>To:</b> Suzuki Taro &lt;{to}&gt;<br><b>Subject:</b> The form for a new case<o:p></o:p></p></div></div>
{quoted}</div></body></html>"""


def only_case(desk: Desk) -> Case | None:
    with desk.office.ledger.reading() as ledger:
        return next(iter(ledger.cases.all()), None)


def day(desk: Desk) -> str:
    """The deadline in Tokyo: its day, with the hour where one was given; "" where there is no case."""
    case = only_case(desk)
    if case is None or case.deadline is None:
        return ""
    local = case.deadline.at.astimezone(desk.office.rules.zone)
    return f"{local:%m-%d %H:%M}"


def mail(
    desk: Desk, body: str, *, kind: str = "text/plain; charset=utf-8", subject: str = "NEW CASE", answering: Letter | None = None
) -> None:
    """As a program with quoted-printable lines writes it."""
    thread = f"In-Reply-To: {answering.message_id}\r\nReferences: {answering.message_id}\r\n" if answering else ""
    head = (
        f"Authentication-Results: {BORDER}; dkim=pass header.d=ngo.example; dmarc=pass header.from=ngo.example\r\n"
        f"Received: from mail.ngo.example by {BORDER} with ESMTPS; Fri, 20 Nov 2026 12:00:00 +0900\r\n"
        f"From: Suzuki Taro <{SUZUKI}>\r\nTo: {BOT}\r\nSubject: {Header(subject, 'utf-8').encode()}\r\n{thread}"
        f"Message-ID: <{abs(hash((body, subject)))}@ngo.example>\r\nDate: Fri, 20 Nov 2026 12:00:00 +0900\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    coded = quopri.encodestring(body.encode()).replace(b"\n", b"\r\n")
    desk.arrives(head.encode() + coded)


def outlook(lines: list[str], *, quoted: str = "") -> str:
    paragraphs = "\n".join(f'<p class="MsoNormal">{line}<o:p></o:p></p>' for line in lines)
    return OUTLOOK.format(body=paragraphs, bot=BOT, to=SUZUKI, quoted=quoted)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-20", "12-21 00:00"),
        ("12/20", "12-21 00:00"),
        ("12月20日", "12-21 00:00"),
        ("１２月２０日（日）", "12-21 00:00"),
        ("令和8年12月20日", "12-21 00:00"),
        ("令和８年１２月２０日 午後５時", "12-20 17:00"),
        ("R8.12.20", "12-21 00:00"),
        ("20 December 2026, 5 pm", "12-20 17:00"),
        ("Sunday, 20 December", "12-21 00:00"),
        ("12月20日まで", "12-21 00:00"),
        ("2026/12/20 17時", "12-20 17:00"),
    ],
)
@pytest.mark.parametrize("program", ["outlook", "telephone"])
def test_a_date_is_read_to_the_day(desk: Desk, program: str, written: str, read: str) -> None:
    lines = ["Title: A hearing", "Summary: One visit.", f"期限：{written}", "Place: Tokyo"]
    if program == "outlook":
        mail(desk, outlook(lines), kind="text/html; charset=utf-8")
    else:
        mail(desk, "\n".join(lines) + "\n\nSent from my iPhone\n")
    assert day(desk) == read


@pytest.mark.parametrize("written", ["next Friday", "来週の金曜日", "3/4", "今月末", "2026-02-30", "ASAP"])
def test_a_date_that_could_be_two_days_or_none_is_asked_about(desk: Desk, written: str) -> None:
    mail(desk, f"件名：面会\n概要：一回\n期限：{written}\n")
    assert only_case(desk) is None and "    ^ " in desk.last_letter_to(SUZUKI).text


def test_outlooks_reply_in_html_alone_fills_in_the_form_above_what_it_quotes(desk: Desk) -> None:
    desk.writes(SUZUKI, "", subject="NEW CASE")
    form = desk.last_letter_to(SUZUKI)
    quoted = "".join(f'<p class="MsoNormal">{line or "&nbsp;"}<o:p></o:p></p>' for line in form.text.splitlines())
    lines = ["Title: A hearing", "Kind:", "Summary: One visit.<br>Two hours.", "Deadline:&nbsp;12/20", "Place: Tokyo"]
    mail(desk, outlook(lines, quoted=quoted), kind="text/html; charset=utf-8", subject="RE: The form for a new case", answering=form)
    case = only_case(desk)
    assert (
        case and (case.title, case.summary, case.place) == ("A hearing", "One visit.\nTwo hours.", "Tokyo") and day(desk) == "12-21 00:00"
    )


def test_a_telephone_that_wraps_softly_leaves_whole_values(desk: Desk) -> None:
    body = (
        "Title: Court action against a refusal of refugee status, \nfirst instance\nSummary: The action must be filed \nwithin six months; "
        "\nevidence is at hand.\nDeadline: 20 \nDecember 2026\n\nSent from my iPhone\n"
    )
    mail(desk, body, kind="text/plain; charset=utf-8; format=flowed")
    case = only_case(desk)
    assert case and case.title == "Court action against a refusal of refugee status, first instance"
    assert case.summary == "The action must be filed within six months; evidence is at hand." and case.deadline
    assert case.deadline.at == datetime(2026, 12, 20, 15, 0, tzinfo=UTC)


def test_a_japanese_title_that_was_wrapped_hard_is_one_again(desk: Desk) -> None:
    mail(desk, "件名：難民不認定処分の取消しを求める訴えの提起に関する\n第一審の代理\n概要：六か月以内です。\n場所：東京\n地方裁判所\n")
    case = only_case(desk)
    assert case and case.title == "難民不認定処分の取消しを求める訴えの提起に関する第一審の代理" and case.place == "東京地方裁判所"


@pytest.mark.parametrize(
    "tail", ["Suzuki Taro\nExample Refugee Association\n03-0000-0001", "--\n鈴木", "iPhoneから送信", "よろしくお願いします。\n鈴木"]
)
def test_what_stands_below_the_last_short_field_is_no_part_of_it(desk: Desk, tail: str) -> None:
    mail(desk, f"Title: A hearing\nSummary: One visit.\nPlace: Tokyo\nDeadline: 2026-12-20\n\n{tail}\n")
    assert day(desk) == "12-21 00:00"


@pytest.mark.parametrize("colon", [":", "：", " : ", "： ", "\u00a0:\u00a0"])
def test_any_colon_parts_a_field_from_its_value(desk: Desk, colon: str) -> None:
    mail(desk, outlook([f"<b>件名</b>{colon}面会", f"概要{colon}一回", f"期限{colon}12月20日"]), kind="text/html; charset=utf-8")
    case = only_case(desk)
    assert case and (case.title, case.summary) == ("面会", "一回") and day(desk) == "12-21 00:00"


def test_an_edit_form_comes_back_from_outlook_with_one_field_changed(desk: Desk) -> None:
    case = desk.case(place="Tokyo", details="The client is a teacher.\n\nShe speaks Dari.", contact="Sato")
    mail(desk, "", subject=f"EDIT {case}")
    form = desk.last_letter_to(SUZUKI)
    rows = form.text.split("Title:")[1].split("\n----")[0].strip().split("\n")
    lines = ["Title:" + rows[0], *(row.replace("Sato", "Suzuki") or "&nbsp;" for row in rows[1:])]
    mail(desk, outlook(lines), kind="text/html; charset=utf-8", subject=f"RE: To change: {case}", answering=form)
    told = desk.last_letter_to(SUZUKI)
    assert told.subject.startswith("Changed:") and "Contact  Suzuki" in told.text and "Details" not in told.text


@pytest.mark.parametrize(
    ("subject", "text", "needed"),
    [
        ("NEW CASE", "", "The title and the summary are needed"),
        ("EMERGENCY", "Dear all,\n\nThank you!\nBest regards,\nSuzuki Taro", "The title and the summary are needed"),
        ("NEW EVENT", "", "The title, the summary and the closing date are needed"),
    ],
)
def test_an_empty_mail_is_no_form_with_faults(desk: Desk, subject: str, text: str, needed: str) -> None:
    desk.writes(SUZUKI, text, subject=subject)
    form = desk.last_letter_to(SUZUKI)
    told = form.flat
    assert form.subject.startswith("The form for a new") and needed in told and "remark" not in told and "missing" not in told
    assert only_case(desk) is None and "^" not in form.text


def test_an_empty_mail_in_japanese_brings_the_form_too(desk: Desk) -> None:
    desk.writes(SATO, "お世話になっております。\nよろしくお願いいたします。", subject="新規案件")
    form = desk.last_letter_to(SATO)
    assert form.subject == "案件を登録するための様式" and "件名と概要は必ずご記入ください" in "".join(form.text.split())


def test_prose_without_a_field_is_told_what_is_missing(desk: Desk) -> None:
    desk.writes(SUZUKI, "A family needs somebody at the hearing in March, please.", subject="NEW CASE")
    assert "This is needed" in desk.last_letter_to(SUZUKI).text


ROWS = {
    "a table below the lines": "<p>Title: A hearing</p><p>Summary: One visit.</p><table><tr><td>Details</td><td>{secret}</td></tr></table>",
    "all in a table": "<table><tr><td>Title</td><td>A hearing</td></tr><tr><td>Summary</td><td>One visit.</td></tr>"
    "<tr><td>Details</td><td>{secret}</td></tr></table>",
    "some with a colon": "<table><tr><td>Title:</td><td>A hearing</td></tr><tr><td>Summary:</td><td>One visit.</td></tr>"
    "<tr><td><b>Details</b></td><td>{secret}</td></tr></table>",
    "Japanese": "<table><tr><td>件名：</td><td>面会</td></tr><tr><td>概要：</td><td>一回</td></tr><tr><td>詳細</td><td>{secret}</td></tr></table>",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_the_cells_of_a_table_are_a_name_and_its_value(desk: Desk, rows: str) -> None:
    mail(desk, OUTLOOK.format(body=rows.format(secret="Ahmad Karimi"), bot=BOT, to=SUZUKI, quoted=""), kind="text/html; charset=utf-8")
    case = only_case(desk)
    assert case is not None and case.summary in ("One visit.", "一回")
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.confidential(case.id).details == "Ahmad Karimi"


def test_cells_with_paragraphs_of_their_own_are_asked_about(desk: Desk) -> None:
    cells = (("Title:", "A hearing"), ("Summary:", "One visit."), ("Details", "Ahmad Karimi"))
    rows = "".join(f"<tr><td><p>{name}</p></td><td><p>{value}</p></td></tr>" for name, value in cells)
    mail(desk, OUTLOOK.format(body=f"<table>{rows}</table>", bot=BOT, to=SUZUKI, quoted=""), kind="text/html; charset=utf-8")
    assert only_case(desk) is None and "Not stored yet" in desk.last_letter_to(SUZUKI).subject


@pytest.mark.parametrize("subject", ["新規案件", "緊急", "変更"])
def test_a_japanese_signature_without_a_line_above_it_is_left_out_and_shown(desk: Desk, subject: str) -> None:
    signature = "佐藤花子\n難民支援の会 法務担当\n〒160-0023 東京都新宿区西新宿1-2-3\nTEL：03-1234-5678"
    form = f"件名：面会\n概要：一回の面会です。\n\n{signature}"
    text = f"変更 {desk.case()}\n{form}" if subject == "変更" else form
    desk.writes(SATO, text, subject="" if subject == "変更" else subject)
    preview = desk.last_letter_to(SATO)
    with desk.office.ledger.reading() as ledger:
        case = ledger.cases.all()[-1]
    assert "署名とみて除いた行" in preview.text and "> TEL：03-1234-5678" in preview.text and "気づいた点" not in preview.text
    desk.writes(SATO, {"緊急": "送信"}.get(subject, "はい"), answering=preview)
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case.id).summary == "一回の面会です。"


HEADS = {
    "outlook": "-----Original Message-----\nFrom: Pro bono desk <{bot}>\nSent: Friday, November 20, 2026 12:00 PM\nTo: Suzuki Taro\nSubject: The form for a new case\n\n",
    "outlook ja": "________________________________\n差出人: Pro bono desk <{bot}>\n送信日時: 2026年11月20日 12:00\n宛先: 鈴木\n件名: 案件を登録するための様式\n\n",
    "gmail": "Please find it below.\n\nOn Fri, Nov 20, 2026 at 12:00 PM Pro bono desk <{bot}> wrote:\n",
}  # fmt: skip


@pytest.mark.parametrize("program", HEADS)
@pytest.mark.parametrize(
    ("who", "subject", "title", "summary"), [(SUZUKI, "NEW CASE", "Title:", "Summary:"), (SATO, "新規案件", "件名：", "概要：")]
)
def test_a_form_filled_in_within_the_quoted_letter_is_told_so(
    desk: Desk, who: str, subject: str, title: str, summary: str, program: str
) -> None:
    desk.writes(who, "", subject=subject)
    form = desk.last_letter_to(who)
    told = {SUZUKI: "to the top of your answer, above everything quoted", SATO: "返信の一番上（引用より上）に写して"}[who].replace(" ", "")
    assert told not in "".join(form.text.split())
    filled = form.text.replace(f"\n{title}\n", f"\n{title} A hearing\n").replace(f"\n{summary}\n", f"\n{summary} One visit.\n")
    mark = "> " if program == "gmail" else ""
    below = HEADS[program].format(bot=BOT) + "\n".join(f"{mark}{line}" for line in filled.splitlines())
    desk.writes(who, below, answering=form, quoting=False)
    answer = desk.last_letter_to(who)
    assert (
        told in "".join(answer.text.split())
        and answer.subject.startswith(("Not stored yet", "まだ登録していません"))
        and only_case(desk) is None
    )


def test_a_mail_that_only_quotes_the_empty_form_is_sent_it_again_without_a_remark(desk: Desk) -> None:
    desk.writes(SUZUKI, "", subject="NEW CASE")
    form = desk.last_letter_to(SUZUKI)
    desk.writes(SUZUKI, "Thank you!", answering=form)
    assert "seem to have filled in" not in desk.last_letter_to(SUZUKI).text
