"""Who and what the sample letters speak of: cases, members, months, one day's balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.model import (
    Awaited,
    Balance,
    Case,
    Confidential,
    Deadline,
    Event,
    Figures,
    Head,
    Hidden,
    HoldEnding,
    Hours,
    Lost,
    MailIn,
    Member,
    MonthTold,
    Profile,
    Row,
    Spread,
    Terms,
    Unproven,
    Unread,
    Waiting,
)
from bot.shell.letters import House

NOW = datetime(2026, 11, 2, 0, 0, 7, tzinfo=UTC)
ARRIVED = datetime(2026, 11, 2, 0, 2, 11, tzinfo=UTC)
CODE = "k2v4abcdefgh2345.q7mnopqrstuvwxyz234567abcd"
HEAD = Head(17, "3f2a9c1e77b01d4e" * 4)
MESSAGE_ID = f"<{CODE}@example.org>"
HOUSE = House("Example Refugee Association", "legal@example.org", "cases@example.org", "Pro bono desk", ZoneInfo("Asia/Tokyo"), "JAR")

APPEAL = Case(
    "JAR-2026-014",
    "Appeal to the court for a family of four whose refugee status was denied",
    "The family came in 2023 and was refused in October. The court must have the complaint within six months; "
    "an interpreter is on hand, and most documents are translated.",
    kind="Litigation",
    language="Dari, English",
    place="Tokyo",
    deadline=Deadline(datetime(2026, 12, 20, 8, 0, tzinfo=UTC), is_day=False),
    time_frame="about ten months",
    is_emergency=True,
    terms=Terms(("bengoshi", "Social worker"), False, "on hand", "female", "Tokyo", True),
)
PAST = replace(APPEAL, deadline=Deadline(NOW, is_day=False))
INTERVIEW = Case(
    "JAR-2026-015",
    "難民審査インタビューへの同行",
    "地方入管での面接（2回の予定）に同行し、終了後に意見書をまとめていただきます。\n"
    "通訳は当会が手配します。初めての方には経験者が助言します。",
    kind="同行支援",
    language="フランス語（通訳あり）",
    place="名古屋市",
    deadline=Deadline(datetime(2027, 1, 15, 15, 0, tzinfo=UTC), is_day=True),
    time_frame="1月から2月",
    places=2,
    free_places=1,
    terms=Terms(("gyoseishoshi",), is_for_beginners=True, region="愛知", is_remote=False),
)
RESEARCH = Case("JAR-2026-016", "Country-of-origin research", "Ten pages on the situation of journalists.", places=3, free_places=3)
TRAINING = Case(
    "JAR-2026-017",
    "Training: interviews with survivors of torture",
    "One afternoon with two doctors and an interpreter.",
    kind="Training",
    place="Osaka",
    time_frame="Sat 5 Dec 2026, 13:00 to 17:00",
    places=30,
    free_places=30,
    event=Event(Deadline(datetime(2026, 11, 20, 15, 0, tzinfo=UTC), is_day=True), per_firm=2),
)
ITO = Member(1, "ito@lawfirm.example", "Ito Hanako", firm="Ito & Partners")
KIM = Member(3, "kim@lawfirm.example", "Kim Sora", profile=Profile(("paralegal",), ("Korean", "English"), "male", "Osaka"))
MORI = Member(2, "mori@bengo.example", "森 太郎", firm="森法律事務所", language="ja")

SECRET = Confidential("Mr A. was a teacher in K.\nHis brother's file is JAR-2024-003.", "Ahmad Karimi\nLeila Karimi", "Sato, ext. 12")
UNPROVEN = (
    Unproven(1, ARRIVED, "Re:", ("CLAIM JAR-2026-014", "RELEASE JAR-2026-015"), "CLAIM JAR-2026-014\nRELEASE JAR-2026-015"),
    Unproven(2, NOW, "Good-bye", ("LEAVE",), "LEAVE"),
    Unproven(3, NOW),
)
MISFITS = ("capacity", "gender", "language", "region")
LABELS = [("title", "Title"), ("summary", "Summary"), ("language", "Language"), ("deadline", "Deadline")]
LABELS_JA = [("title", "件名"), ("summary", "概要"), ("language", "言語"), ("deadline", "期限")]

ROUND_AHEAD: dict[str, Any] = {
    "month": "2026-11",
    "cases": [APPEAL, INTERVIEW],
    "events": [TRAINING],
    "urgent_ids": [APPEAL.id],
    "goes": True,
    "count": 41,
    "pages": [
        {"language": "ja", "count": 30, "subject": "2026年11月の案件のご案内", "text": "受任 JAR-2026-014\n\nCLAIM JAR-2026-014"},
        {"language": "en", "count": 11, "subject": "Cases for November 2026", "text": "Dear colleague,\n\nCLAIM JAR-2026-014"},
    ],
    "findings": [(APPEAL.id, "“03-0000-0000” looks like a telephone number.")],
    "next_at": NOW,
    "passing": [APPEAL],
    "expiring": [INTERVIEW, TRAINING],
    "left_out": [(RESEARCH, "filled"), (INTERVIEW, "draft")],
    "needs_word": [INTERVIEW.id],
    "needs_reason": [APPEAL.id],
    "held_up": [APPEAL.id],
}
FILES = [["evidence.zip", 12_345, "9f86d081884c"], ["", 0, "e3b0c44298fc"]]
HELD_UNTIL = datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC)
MONTH = Figures(
    period="2026-10",
    is_over=True,
    cases=41,
    placed=29,
    unplaced=12,
    kinds=(Row("Litigation", 17, 7), Row("Interpreting at interviews", 12, Hidden.FEW), Row("", Hidden.WITHHELD, Hidden.FEW)),
    languages=(Row("Dari, English", 22, 5), Row("", 7, 7)),
    waits=Spread(28, 3600, 10800, 172800),
    claims=38,
    hours=(Hours(0, 1, 25), Hours(1, 2, 13), Hours(2, 3, Hidden.FEW), Hours(72, None, Hidden.WITHHELD)),
    months=(
        MonthTold("2026-07", 12, Hidden.FEW, 7200),
        MonthTold("2026-08", Hidden.FEW, 0, None),
        MonthTold("2026-09", 24, 9, 18000),
        MonthTold("2026-10", 29, 12, 10800),
    ),
)
YEAR = replace(MONTH, period="2026-04/2027-03", is_over=False, waits=Spread(Hidden.WITHHELD, 3600, 10800, 172800))
SMALL_MONTH = Figures("2026-11", False, Hidden.FEW, Hidden.FEW, 0, (), (), None, 0, ())
DAY = Balance(
    since=ARRIVED,
    until=HELD_UNTIL,
    mail_in=MailIn(
        11,
        (("delivery_report", 2), ("automatic", 1), ("copy", 1), ("used_up", 1), ("too_old", 1)),
        for_staff=10,
        pending=1,
        forged=2,
        unproven=1,
    ),
    unread=(
        Unread("someone@example.net", "A question", "not on the roster"),
        Unread(ITO.email, "Claim", "authentication failed: dmarc=fail", "failed"),
        Unread(MORI.email, "", "no command found", "none"),
        *(Unread("", "", "no sender can be read"),) * 7,
    ),
    letters=(("sent", 20), ("unknown", 1), ("bounced", 1), ("failed", 1), ("queued", 1)),
    older=2,
    lost=(Lost("answer", ITO.email, "bounced", (APPEAL.id, INTERVIEW.id)), *(Lost("round", MORI.email, "failed", ()),) * 8),
    holds=(HoldEnding(APPEAL.id, ITO.name, HELD_UNTIL),),
    deadlines=(APPEAL, INTERVIEW),
    awaited=Awaited(
        previews=(RESEARCH.id,),
        changes=(INTERVIEW.id,),
        applicants=(ITO.email, *(MORI.email,) * 8),
        misfits=((APPEAL.id, KIM.name),),
        rounds=(("2026-12", "sato@example.org"),),
    ),
    unanswered=(
        Waiting(ITO.name, "The hearing on Monday", ARRIVED),
        Waiting(MORI.name, "", HELD_UNTIL),
        *(Waiting(KIM.name, "受任", ARRIVED),) * 8,
    ),
    earlier=3,
    questions=1,
    vanished=(("6,8:9", "INBOX"),),
    overlooked=(("2", "INBOX"),),
)
