"""One sample of every letter, for the tests that look at all of them: with the words of life, or with every value hostile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.health import UNMAILABLE, WORDS
from bot.core.mail import Letter
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
    Lifecycle,
    Lost,
    MailIn,
    Member,
    MonthTold,
    Profile,
    Row,
    Spread,
    Terms,
    Told,
    Unproven,
    Unread,
    Waiting,
)
from bot.shell.ledger.past import Unsent
from bot.shell.letters import OUTCOMES, House
from bot.shell.postbook import Posting

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

HOSTILE = (
    "CLAIM JAR-2026-014\r\nBcc: m@e.example\r\n\r\n.\r\nMAIL FROM:<e@e>\r\n{{7*7}}{% for x in range(9) %}${7*7} {0.__class__} %s%n "
    "<img src=//evil.example/p.png><style>*{display:none}</style><script>x</script><form><a href=javascript:1>x</a>"
    "\u202eexe\u2066\u200b\ue000YES\ue001 \x1b]0;pwn\x07\x00 \udc80 受任　ＪＡＲ－２０２６－０１４\n"
    "受任 JAR-2026-014\nYES\nはい。\n=?utf-8?q?x?= " + "w" * 3000
)


SECRET = Confidential("Mr A. was a teacher in K.\nHis brother's file is JAR-2024-003.", "Ahmad Karimi\nLeila Karimi", "Sato, ext. 12")
_UNPROVEN = (
    Unproven(1, ARRIVED, "Re:", ("CLAIM JAR-2026-014", "RELEASE JAR-2026-015"), "CLAIM JAR-2026-014\nRELEASE JAR-2026-015"),
    Unproven(2, NOW, "Good-bye", ("LEAVE",), "LEAVE"),
    Unproven(3, NOW),
)
_MISFITS = ("capacity", "gender", "language", "region")
_LABELS = [("title", "Title"), ("summary", "Summary"), ("language", "Language"), ("deadline", "Deadline")]
_LABELS_JA = [("title", "件名"), ("summary", "概要"), ("language", "言語"), ("deadline", "期限")]

ROUND_AHEAD: dict[str, Any] = {
    "month": "2026-11",
    "cases": [APPEAL, INTERVIEW],
    "events": [TRAINING],
    "urgent_ids": [APPEAL.id],
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
}
_FILES = [["evidence.zip", 12_345, "9f86d081884c"], ["", 0, "e3b0c44298fc"]]
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

FACTS: dict[str, dict[str, Any]] = {
    "checked_in": {"answer": "ok"},
    "passed_on": {"answer": "help"},
    "reported": {"figures": MONTH},
    "confirmed": {
        "details": SECRET.details,
        "contact": "Sato, ext. 12",
        "contact_address": "sato@example.org",
        "arrived_at": ARRIVED.isoformat(),
        "promoted": False,
    },
    "clear_or_conflict": {"why": "yes"},
    "still_asked": {"is_offer": True, "question_id": 7, "until": datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC)},
    "held": {"conflict_names": SECRET.conflict_names, "hold_until": datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC), "arrived_at": ARRIVED},
    "waitlisted": {
        "arrived_at": ARRIVED,
        "waiting_place": 1,
        "same_second": False,
        "late": False,
        "decision": 17,
        "open_cases": [INTERVIEW, RESEARCH],
    },
    "refused": {"reason": "unknown_case", "arrived_at": ARRIVED, "open_cases": [INTERVIEW]},
    "released": {"was": "confirmed"},
    "with_staff": {"name": "Suzuki Taro"},
    "applied": {"missing": ["name", "firm", "capacity", "languages"]},
    "for_colleague": {"name": MORI.name, "state": "confirmed", "arrived_at": ARRIVED, "hold_until": ARRIVED, "waiting_place": 2},
    "not_for_colleague": {"name": MORI.name, "state": "refused", "reason": "closed"},
    "joined_before": {"state": "active"},
    "leave_asked": {"holds": [APPEAL.id, INTERVIEW.id]},
    "left": {"handed_back": [APPEAL.id], "was_confirmed": [APPEAL.id]},
    "limit_set": {"limit": 2, "is_new": True, "holds": 3, "organisation": 1},
    "not_on_roster": {"state": "applied"},
    "offered": {"arrived_at": ARRIVED, "hold_until": datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC)},
    "turned_away": {"address": ITO.email, "name": ITO.name},
    "which_colleague": {"whom": "Mori", "may": True, "found": ["Mori Ken <ken@bengo.example>", "森 太郎 <mori@bengo.example>"]},
    "asks_staff": {"arrived_at": ARRIVED, "misfits": list(_MISFITS), "open_cases": [INTERVIEW]},
    "agreement": {"is_agreed": True, "address": ITO.email, "name": ITO.name},
    "listed": {"cases": [APPEAL, INTERVIEW], "events": [TRAINING], "code": CODE},
    "event_place": {
        "details": "The room is on the third floor.",
        "contact": "Sato",
        "contact_address": "sato@example.org",
        "promoted": False,
    },
    "event_left": {"was": "confirmed"},
    "event_waiting": {"arrived_at": ARRIVED, "waiting_place": 3, "decision": 17},
    "standing": {"claims": [(APPEAL, "confirmed", None), (INTERVIEW, "waitlisted", 2), (RESEARCH, "offered", None)], "limit": 2},
    "paused": {"until": datetime(2026, 12, 31, 15, 0, tzinfo=UTC)},
    "language_set": {"language": "ja"},
    "help": {"role": "staff", "coordinates": True},
    "too_many": {"limit": 20},
    "question_over": {"answered_by": "Suzuki"},
    "form": {
        "faults": [("deadline", "next Friday", "Please write a date such as 2026-12-20."), ("", "", "An attachment could not be read.")],
        "entered": {"title": "Appeal", "summary": "Two lines\nof summary", "deadline": "next Friday"},
        "labels": _LABELS,
    },
    "preview_case": {"entered_by": "Sato", "code": CODE, "findings": ["“Karimi” stands in the summary."], "confidential": SECRET},
    "preview_bulletin": {"code": CODE, "findings": [], "confidential": SECRET, "count": 41},
    "preview_cases": {
        "shown": [
            {"case": APPEAL, "findings": ["“Karimi” stands in the summary."], "confidential": SECRET},
            {"case": INTERVIEW, "findings": [], "confidential": None},
        ],
        "needs_reason": False,
        "mend_id": APPEAL.id,
        "files": _FILES,
    },
    "preview_change": {
        "shown": INTERVIEW,
        "rows": [("Place", "Nagoya", "名古屋市"), ("Contact", "", "Sato, ext. 12")],
        "findings": [],
        "needs_reason": False,
    },
    "edited": {"rows": [("Contact", "Sato, ext. 12"), ("Details", SECRET.details)], "told": [ITO.email]},
    "opened_cases": {"ids": [APPEAL.id, INTERVIEW.id]},
    "answer_waits": {"word": "SEND", "other": "NO", "question": "send_bulletin", "question_id": 7},
    "say_why": {"word": "yes", "shown": APPEAL.id, "findings": [(APPEAL.id, "Summary", "“Karimi” reads like a name; please take it out.")]},
    "nothing_asked": {"drafts": [APPEAL, INTERVIEW]},
    "table_faults": {
        "table": "cases.xlsx",
        "faults": [(4, "Deadline", "Please write a date such as 2026-12-20."), (0, "", "The column “summary” is missing.")],
        "files": [],
    },
    "table_refused": {"reason": "kind", "trouble": "cases.xlsx is locked by a password.", "most": 100, "files": _FILES},
    "bulletin_sent": {"count": 1},
    "approved_one": {"needed": 1},
    "admitted": {"address": ITO.email, "name": ITO.name, "grounds": "met at the training"},
    "assigned": {"address": ITO.email, "name": ITO.name, "state": "confirmed", "grounds": "she speaks Dari"},
    "case_moved": {"how": "withdrawn", "told": 2, "holders": [MORI.email], "grounds": "the family has left"},
    "explained": {
        "claims": [
            {
                "rank": 1,
                "member": ITO.email,
                "arrived_at": ARRIVED,
                "uid": 7,
                "folder": "INBOX",
                "state": "confirmed",
                "reason": "arrived first",
                "decision": 17,
            },
            {
                "rank": 2,
                "member": MORI.email,
                "arrived_at": ARRIVED,
                "uid": 9,
                "folder": "Junk",
                "state": "released",
                "reason": "released by x",
                "decision": None,
            },
        ],
        "history": [(ARRIVED, "assigned to ito@lawfirm.example by sato@example.org")],
    },
    "explained_member": {
        "address": ITO.email,
        "name": ITO.name,
        "firm": ITO.firm,
        "state": "left",
        "standing": [(APPEAL, "confirmed"), (INTERVIEW, "waitlisted")],
        "history": [(ARRIVED, "removed ito@lawfirm.example from the roster by sato@example.org (reason given: she has retired)")],
    },
    "not_done": {"reason": "no_place", "address": ITO.email, "holders": [MORI.email]},
    "office_status": {
        "own": [(APPEAL, "confirmed", None), (INTERVIEW, "waitlisted", 2), (RESEARCH, "held", None)],
        "kept": {RESEARCH.id: NOW},
        "cases": [("open", 3), ("filled", 1)],
        "members": [("active", 41)],
        "last_round": {"month": "2026-11", "opened_at": ARRIVED, "letters": 41},
        "next_round": {"month": "2026-12", "due_at": ARRIVED, "held_by": "sato@example.org"},
        "inbox": [("answered", 12), ("for_staff", 2)],
        "outbox": [("failed", 1), ("sent", 90)],
        "unanswered": 2,
        "awaited": Awaited(previews=(RESEARCH.id,), applicants=(ITO.email, MORI.email), rounds=(("2026-12", "sato@example.org"),)),
        "read_at": ARRIVED,
        "sent_at": None,
        "senders": {"mails": 12, "checked": 9, "usual": 95, "failed": 1},
    },
    "words_sent": {"name": ITO.name, "address": ITO.email, "attachments": ["plan.pdf"], "answered_by": "sato@example.org"},
    "words_kept": {"reason": "empty", "name": ITO.name, "limit": 10_000},
    "ask_to_pass": {"name": ITO.name, "cases": [APPEAL.id], "found": [(APPEAL.id, "Mr Example")]},
    "nothing_passed": {"name": ITO.name},
    "readdressed": {"name": ITO.name, "old": ITO.email, "new": "ito@newfirm.example", "was": "suspended", "grounds": "a new firm"},
    "removed": {"address": ITO.email, "name": ITO.name, "was": "active", "waited": 2, "kept": [APPEAL.id], "holds": [INTERVIEW.id]},
    "round_held": {"month": "2026-11", "due_at": ARRIVED, "grounds": "two cases are to be mended first"},
    "round_sent": {"month": "2026-11", "cases": 3, "count": 41},
    "round_shown": {**ROUND_AHEAD, "due_at": ARRIVED, "held_by": ""},
    "round_goes": {"month": "2026-11", "due_at": ARRIVED},
    "taken": {"address": ITO.email, "name": ITO.name, "was": "confirmed"},
    "unreadable": {"why": ""},
}

KIND_FACTS: dict[str, dict[str, Any]] = {
    "board_link": {"url": "http://127.0.0.1:8600/enter/XkH4q0v7Vt2n8mEJt3bVwq1cZ5yRlPdA9uSgKo6iT0s"},
    "alert": {
        "reason": "lookalike",
        "sender": "it\u043e@lawfirm.example",
        "address": ITO.email,
        "letters": ["\u043e = CYRILLIC SMALL LETTER O"],
        "count": 21,
        "mails": 12,
        "checked": 3,
        "usual": 95,
    },
    "application": {
        "name": "Ito Hanako",
        "address": ITO.email,
        "firm": ITO.firm,
        "capacity": "bengoshi",
        "languages": "Japanese, English",
        "looks_like": "1to@lawfirm.example",
        "was": "left",
        "arrived_at": ARRIVED,
        "text": "JOIN\nName: Ito Hanako",
    },
    "applications_stopped": {"most": 20},
    "handover": {"member": ITO, "cases": [APPEAL, INTERVIEW], "text": "A hearing moved.\nThe brief is due.", "arrived_at": ARRIVED},
    "left_notice": {"member": ITO, "cases": [APPEAL, RESEARCH]},
    "offer_over": {"case": APPEAL, "hold_until": ARRIVED},
    "offer_passed": {"case": APPEAL, "member": ITO, "how": "declined"},
    "checkin": {"case": APPEAL, "since": ARRIVED},
    "checkin_notice": {"answer": "help", "case": APPEAL, "member": ITO, "arrived_at": ARRIVED, "text": "HELP\nThe hearing was moved."},
    "daily_balance": {"balance": DAY},
    "deadline_near": {
        "case": APPEAL,
        "days": 7,
        "line": Told("", "preview_bulletin", APPEAL, {"code": CODE, "findings": ["Look."], "count": 41}, APPEAL.id),
    },
    "hold_lapsed": {"case": APPEAL, "hold_until": HELD_UNTIL},
    "hold_reminder": {"case": APPEAL, "hold_until": HELD_UNTIL, "asked_at": ARRIVED},
    "lapsed_notice": {"case": APPEAL, "hold_until": HELD_UNTIL, "member": ITO, "has_next": False},
    "monthly_report": {"figures": MONTH},
    "round": {"month": "2026-11", "cases": [APPEAL, INTERVIEW, RESEARCH], "urgent_ids": {APPEAL.id}, "code": CODE},
    "bulletin": {"case": APPEAL, "code": CODE},
    "verify": {"mails": _UNPROVEN[:1]},
    "overturned": {
        "case": APPEAL,
        "month": "",
        "whom": ITO.email,
        "by": "Suzuki Taro",
        "address": "suzuki@example.org",
        "before": "assigned to ito@lawfirm.example by sato@example.org",
        "before_at": ARRIVED,
        "after": "released from ito@lawfirm.example by suzuki@example.org (reason given: she is away until May)",
    },
    "placed": {"case": APPEAL, "member": ITO, "arrived_at": ARRIVED, "others": 2, "state": "confirmed", "promoted": False},
    "released_notice": {"case": APPEAL, "member": ITO, "next_member": MORI},
    "no_cases": {"month": "2026-11"},
    "misfit": {"case": APPEAL, "member": KIM, "arrived_at": ARRIVED, "misfits": list(_MISFITS)},
    "not_agreed": {"case": APPEAL},
    "late_letters": {
        "count": 4,
        "late": [
            {
                "kind": "bulletin",
                "count": 3,
                "to": ITO.email,
                "case_id": APPEAL.id,
                "month": None,
                "since": ARRIVED,
                "error": "does not answer",
            },
            {
                "kind": "hold",
                "count": 1,
                "to": ITO.email,
                "case_id": None,
                "month": "2026-11",
                "since": ARRIVED,
                "error": "451 4.7.1 Later",
            },
        ],
    },
    "undeliverable": {"kind": "answer", "to": ITO.email, "error": "550 5.1.1 No such person here", "cases": (APPEAL.id,), "confirmed": ()},
    "forwarded": {
        "member": ITO,
        "sender_name": "Ito H.",
        "sender": "akiko@mobile.example",
        "subject": "A question",
        "text": "May I bring\na trainee?",
        "arrived_at": ARRIVED,
        "is_cut": True,
        "is_proven": False,
        "is_told": True,
        "attachments": [("letter.pdf", 20_000), ("", 3)],
        "thread": [(ARRIVED, "round", None), (ARRIVED, "confirmation", APPEAL.id)],
        "done": ["CLAIM JAR-2026-014", "PAUSE"],
        "about": [APPEAL],
        "standing": [(APPEAL, "confirmed"), (INTERVIEW, "waitlisted")],
    },
    "staff_words": {"words": "Yes, you may.\n\nPlease tell us the name.", "name": "Suzuki Taro", "subject": "A question", "at": ARRIVED},
    "colleague_answered": {"by": "Suzuki Taro", "member": ITO, "words": "Yes, you may.", "subject": "A question"},
    "shunted": {"sender": "x@y.example", "subject": "?", "arrived_at": ARRIVED, "reason": "over the size cap"},
    "late_surfaced": {"case": APPEAL, "member": ITO, "arrived_at": ARRIVED},
    "look_at": {"reason": "automatic_claim", "sender": ITO.email, "subject": "Re:", "arrived_at": ARRIVED, "text": "CLAIM JAR-2026-014"},
    "event_decided": {"case": TRAINING, "guests": [ITO, MORI], "waiting": [KIM]},
    "expired_notice": {"case": APPEAL, "kept_for": [ITO]},
    "suspended_notice": {"member": ITO, "times": 3},
    "conflict_notice": {"case": APPEAL, "member": ITO},
    "cap_reached": {"address": ITO.email},
    "no_more_today": {},
    "case_erased": {"case_id": APPEAL.id, "mails": 3, "cancelled": [ITO.email]},
    "case_over": {"case": APPEAL, "how": "closed", "was": "waitlisted"},
    "case_changed": {
        "case": APPEAL,
        "changed": ["deadline", "place", "details", "contact"],
        "state": "confirmed",
        "deadline_was": None,
        "details": SECRET.details,
        "contact": SECRET.contact,
        "conflict_names": "",
    },
    "taken_back": {"case": APPEAL, "was": "confirmed"},
    "trouble": {"finding": "mailbox_unread", "since": ARRIVED, "told": WORDS["mailbox_unread"][1], "is_over": False},
    "removed_notice": {},
    "address_changed": {"new": "ito@newfirm.example", "is_new": True},
    "welcome": {"cases": [APPEAL, INTERVIEW]},
    "round_preview": {**ROUND_AHEAD, "at": ARRIVED, "added": []},
    "left_out": {"month": "2026-11", "cases": [APPEAL, RESEARCH], "found": [APPEAL.id]},
    "standstill": {"is_over": False, "since": ARRIVED, "because": "the roster is being put right"},
    "went_back": {
        "since": ARRIVED,
        "has_book": True,
        "is_by_mailbox": False,
        "read": 3,
        "kept": [Unsent(4, MESSAGE_ID, "confirmation", ITO.email, APPEAL.id, ARRIVED, None)],
        "unmet": [Posting(MESSAGE_ID, "", "confirmation", APPEAL.id, None, ARRIVED)],
        "held": [{"month": "2026-11"}],
        "has_gap": True,
    },
}


_ROUND = {
    "new": "ito@newfirm.example",
    "month": "2026-11",
    "last": "2026-12",
    "by": "sato@example.org",
    "sent_at": ARRIVED,
    "held_at": ARRIVED,
    "is_past": False,
    "held_by": "",
}
_WHY_NOT = """answer_first not_on_roster not_active not_applied has_left already_theirs address_same address_taken address_of_staff address_of_desk address_unfit address_unsure no_claim say_whose contradicts erase_by_hand same_mail is_closed is_withdrawn is_open own_mail same one_preview
    not_open_draft not_open_closed not_open_withdrawn not_open_expired deadline_passed name_month other_month sent_before held_before nothing_to_send no_round all_taken other""".split()
_WHY_NOT_FOR_COLLEAGUE = "unknown_case closed already_yours already_waiting own_limit not_active other".split()
VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *(("not_done", {"reason": reason, **_ROUND}) for reason in _WHY_NOT),
    ("not_done", {"reason": "sent_before", **_ROUND, "next": "2026-12", "due_at": NOW}),
    ("not_done", {"reason": "other_month", **_ROUND, "next": "2026-12", "due_at": NOW, "is_past": True}),
    ("not_done", {"reason": "other_month", **_ROUND, "next": "2026-12", "due_at": NOW, "held_by": "sato@example.org"}),
    *(("case_moved", {"how": how, "told": 0}) for how in ("closed", "reopened")),
    ("assigned", {"state": "held"}),
    ("taken", {"was": "waitlisted"}),
    ("taken", {"was": "offered"}),
    *(("released", {"was": was}) for was in ("offered", "held", "waitlisted", "queued", "taken_back", "unverified", "ended")),
    ("offered", {"is_near": True}),
    ("limit_set", {"limit": 0, "is_new": False, "organisation": 0}),
    ("left", {"handed_back": [], "was_confirmed": []}),
    ("left", {"handed_back": [], "was_confirmed": [], "events": [TRAINING.id]}),
    ("left", {"handed_back": [APPEAL.id], "was_confirmed": [], "waited": [INTERVIEW.id]}),
    ("leave_asked", {"holds": [APPEAL.id], "checks": [APPEAL.id]}),
    ("leave_asked", {"holds": [APPEAL.id, INTERVIEW.id], "checks": [APPEAL.id]}),
    ("not_on_roster", {"state": "left"}),
    *(("joined_before", {"state": state, "until": ARRIVED}) for state in ("paused", "suspended")),
    ("which_colleague", {"found": []}),
    ("which_colleague", {"found": [], "may": False}),
    *(("for_colleague", {"state": state}) for state in ("held", "waitlisted", "asks_staff", "event_entered")),
    *((outcome, {"claimed_by": ITO.name}) for outcome in ("asks_staff", "event_entered")),
    ("offered", {"agreed": True}),
    *(("not_for_colleague", {"reason": reason}) for reason in _WHY_NOT_FOR_COLLEAGUE),
    *((outcome, {"claimed_by": "Mori Ken"}) for outcome in ("confirmed", "held", "waitlisted")),
    ("confirmed", {"promoted": True, "asked_first": True}),
    ("confirmed", {"promoted": True, "cleared": True}),
    *(("help", {"role": role}) for role in ("member", "applied", "left")),
    *(("refused", {"reason": reason, "limit": 2}) for reason in ("own_limit", "offer_over", "hold_over", "late_clear", "taken_back")),
    ("preview_case", {"needs_reason": True, "files": _FILES}),
    ("preview_case", {"is_changed": True}),
    ("preview_case", {"alike": [INTERVIEW.id, RESEARCH.id]}),
    ("preview_cases", {"shown": [{"case": APPEAL, "findings": [], "confidential": None, "alike": [INTERVIEW.id]}]}),
    *(
        (outcome, {"left_out": ["佐藤 花子", "TEL 03-0000-0001"]})
        for outcome in ("preview_case", "preview_bulletin", "preview_change", "form")
    ),
    *(("edited", {"case": replace(APPEAL, lifecycle=over)}) for over in (Lifecycle.EXPIRED, Lifecycle.CLOSED, Lifecycle.WITHDRAWN)),
    ("edited", {"left_out": ["CLAIM JAR-2026-014", "Suzuki Taro"]}),
    ("preview_bulletin", {"needs_reason": True, "is_changed": True, "files": _FILES}),
    ("preview_bulletin", {"is_old": True, "approvals": 2}),
    ("preview_bulletin", {"sent_at": ARRIVED, "sent_by": "Sato Hanako (sato@example.org)"}),
    *(("question_over", {"answer": answer, "question": "send_bulletin", "answered_at": ARRIVED}) for answer in ("send", "no")),
    ("question_over", {"deed": "closed by sato@example.org", "answered_at": ARRIVED}),
    ("bulletin_sent", {"by": "Sato Hanako"}),
    ("bulletin_sent", {"agreed": ["Sato Hanako (sato@example.org)"]}),
    ("declined", {"by": "Sato Hanako"}),
    ("declined", {"by": "Sato Hanako", "dropped": [APPEAL.id]}),
    *(
        (outcome, {"first": "Sato Hanako (sato@example.org)", "first_at": ARRIVED, "first_answer": answer})
        for outcome, answer in (("round_sent", "hold"), ("round_sent", "yes"), ("round_held", "yes"), ("round_goes", "yes"))
    ),
    ("preview_cases", {"needs_reason": True, "is_changed": True}),
    ("preview_change", {"needs_reason": True, "is_changed": True}),
    ("say_why", {"findings": [], "word": "send"}),
    ("say_why", {"word": "round_send"}),
    ("answer_waits", {"word": "SEND", "other": "HOLD", "question": "send_round"}),
    ("answer_waits", {"word": "YES", "other": "NO", "question": "open_case"}),
    ("unclear", {"date": "next Friday", "fault": "“next Friday” is not a day on the calendar."}),
    ("to_person", {"declines": True}),
    ("to_person", {"declines": True, "of_another": APPEAL.id}),
    ("still_asked", {"is_offer": False}),
    ("still_asked", {"question_id": None}),
    ("did_you_mean", {"cases": [APPEAL, INTERVIEW], "is_read": True}),
    ("did_you_mean", {"cases": [replace(APPEAL, free_places=0), INTERVIEW], "waiting": {APPEAL.id: 2}}),
    ("refused", {"reason": "unknown_case", "number": "JAR-2026-0x4"}),
    ("unclear", {"form": "CLOSE JAR-2026-014"}),
    ("unclear", {"tongues": ["en", "ja"]}),
    ("unclear", {"zero": True}),
    ("help", {"role": "staff", "on_roster": False}),
    ("help", {"role": "staff", "is_prose": True, "holders": [(ITO.name, ITO.email)]}),
    ("shown", {"is_for_staff": True}),
    ("shown", {"has_closed": True}),
    ("shown", {"mine": ("waitlisted", 2)}),
    *(("shown", {"mine": (state, None), "kept_until": ARRIVED}) for state in ("held", "offered")),
    (
        "standing",
        {"claims": [(APPEAL, "held", None), (RESEARCH, "offered", None)], "kept": {APPEAL.id: ARRIVED, RESEARCH.id: ARRIVED}, "limit": 0},
    ),
    ("shown", {"mine": ("confirmed", None)}),
    ("released", {"was": "confirmed", "has_words": True}),
    ("listed", {"is_for_staff": True}),
    ("form", {"faults": [], "entered": {}, "is_below": True}),
    ("form", {"is_edit": True}),
    ("form", {"is_edit": True, "faults": []}),
    *(("table_refused", {"reason": reason}) for reason in "unreadable both several emergency empty too_many".split()),
    ("confirmed", {"assigned": True, "arrived_at": None}),
    ("confirmed", {"agreed": True}),
    ("held", {"agreed": True}),
    ("held", {"again": True, "arrived_at": None}),
    *(("clear_or_conflict", {"why": why}) for why in ("both", "which")),
    ("clear_or_conflict", {"why": "unnamed", "until": datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC)}),
    ("waitlisted", {"agreed": True}),
    ("waitlisted", {"firm_served": True}),
    *(("waitlisted", {"passed_over": why, "limit": 1}) for why in ("own_limit", "limit_reached", "not_active")),
    ("waitlisted", {"overtaken": "firm_served"}),
    ("waitlisted", {"overtaken": "misfit"}),
    *(("agreement", {"is_agreed": is_agreed, "grounds": "she speaks Dari"}) for is_agreed in (True, False)),
    ("agreement", {"is_agreed": False}),
    ("turned_away", {"grounds": "nobody knows them"}),
    *(("declined", {"dropped": ids, "grounds": "the family has left"}) for ids in ([APPEAL.id], [APPEAL.id, INTERVIEW.id])),
    ("event_place", {"promoted": True}),
    ("event_place", {"assigned": True}),
    ("event_waiting", {"firm_full": True}),
    ("event_left", {"was": "waitlisted"}),
    *((outcome, {"round_missed": NOW}) for outcome in ("opened", "preview_case")),
    *(("listed", {"cases": [], "events": events, "is_guest": True}) for events in ([TRAINING], [])),
    ("refused", {"reason": "event_closed"}),
    ("form", {"labels": _LABELS, "is_event": True}),
    ("held", {"assigned": True, "arrived_at": None}),
    *(("words_kept", {"reason": reason}) for reason in ("too_long", "command")),
    ("words_sent", {"attachments": [], "answered_by": ""}),
    (
        "round_shown",
        {
            "cases": [],
            "held_by": "sato@example.org",
            "pages": [],
            "findings": [],
            "passing": [],
            "expiring": [],
            "left_out": [],
            "needs_word": [],
            "needs_reason": [],
        },
    ),
    ("explained", {"claims": [], "history": []}),
    ("passed_on", {"answer": "done"}),
    ("reported", {"figures": SMALL_MONTH}),
    ("reported", {"figures": YEAR}),
    *(
        ("unreadable", {"why": why})
        for why in "too_large encrypted winmail image empty two_texts taken_back claim_away below_quotation".split()
    ),
    ("unreadable", {"why": "taken_back", "is_staff": True}),
    ("unreadable", {"why": "broken_sentence", "line": "CLOSE JAR-2026-014", "is_staff": True}),
    ("unreadable", {"why": "broken_sentence", "line": "受任 JAR-2026-014"}),
    ("round_shown", {"cases": [], "events": [], "pages": [], "findings": [], "left_out": [], "needs_word": [], "needs_reason": []}),
    (
        "office_status",
        {
            "unanswered": 0,
            "inbox": [],
            "outbox": [],
            "last_round": None,
            "next_round": None,
            "senders": {"mails": 0, "checked": 0, "failed": 0},
        },
    ),
]
"""Outcomes of which staff see more than one form."""
KIND_VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *(
        ("case_over", {"how": how, "was": was})
        for how, was in (("withdrawn", "confirmed"), ("closed", "held"), ("withdrawn", "waitlisted"))
    ),
    *(("case_over", {"how": "expired", "was": was}) for was in ("waitlisted", "held", "offered")),
    ("undeliverable", {"is_in_doubt": True}),
    ("undeliverable", {"cases": (APPEAL.id, INTERVIEW.id, RESEARCH.id), "confirmed": (APPEAL.id, RESEARCH.id)}),
    ("look_at", {"reason": "late_clear", "sender": ITO.email, "member": ITO, "case_id": APPEAL.id, "text": f"CLEAR {APPEAL.id}"}),
    *(
        ("case_over", {"how": how, "was": was, "case": TRAINING})
        for how, was in (("withdrawn", "confirmed"), ("expired", "waitlisted"), ("withdrawn", "queued"), ("closed", "queued"))
    ),
    ("misfit", {"member": MORI, "misfits": ["capacity"]}),
    *(("taken_back", {"was": was}) for was in ("held", "waitlisted", "offered")),
    *(
        ("trouble", {"finding": name, "told": words.format(count=60, percent=96, minutes=3, days=9), "is_over": name in UNMAILABLE})
        for name, (_, words) in WORDS.items()
    ),
    ("case_over", {"how": "closed", "was": "offered"}),
    ("offer_passed", {"how": "no_answer"}),
    ("application", {"was": "applied", "looks_like": ""}),
    ("went_back", {"has_book": False, "is_by_mailbox": True}),
    ("placed", {"state": "offered", "hold_until": ARRIVED}),
    *(("released_notice", {"next_member": None, "is_urgent": True, "waiting": waiting}) for waiting in (0, 2)),
    ("case_changed", {"changed": ["interpreter", "remote_possible", "place"], "case": TRAINING}),
    ("case_changed", {"changed": ["deadline"], "case": replace(APPEAL, deadline=None), "deadline_was": APPEAL.deadline}),
    *(("case_changed", {"changed": ["reopened", "deadline"], "case": case}) for case in (APPEAL, TRAINING, replace(APPEAL, deadline=None))),
    ("case_changed", {"changed": ["closes"], "case": TRAINING, "state": "queued"}),
    ("case_changed", {"changed": ["conflict_check"], "state": "held", "conflict_names": SECRET.conflict_names}),
    ("welcome", {"cases": []}),
    ("round", {"events": [TRAINING]}),
    ("round", {"events": [TRAINING], "cases": [], "urgent_ids": set()}),
    ("event_decided", {"guests": [], "waiting": []}),
    ("alert", {"reason": "filter", "address": ITO.email, "count": 1}),
    *(("look_at", {"reason": "unreadable", "why": why}) for why in ("taken_back", "claim_away")),
    *(("look_at", {"reason": reason, "mails": _UNPROVEN}) for reason in ("unreadable", "disowned", "absence")),
    ("verify", {"mails": _UNPROVEN}),
    *(("alert", {"reason": reason}) for reason in ("forged", "unproven_emergency", "bad_codes", "drift", "own_mail")),
    (
        "forwarded",
        {"is_proven": True, "is_told": False, "is_cut": False, "attachments": [], "thread": [], "done": [], "about": [], "standing": []},
    ),
    ("staff_words", {"subject": ""}),
    ("staff_words", {"words": "Yes.\n\nはい。\n\nCLAIM JAR-2026-014\n  YES please, CLEAR\n・利益相反なし"}),
    ("forwarded", {"is_further": True}),
    *(
        ("forwarded", {"waits_for": {"case_id": APPEAL.id, "is_offer": seems, "until": HELD_UNTIL, "seems_to_accept": seems}})
        for seems in (True, False)
    ),
    ("round_preview", {"added": [RESEARCH.id], "next_at": None}),
    ("look_at", {"reason": "strange_address"}),
    *(("checkin_notice", {"answer": answer, "text": ""}) for answer in ("done", "silence")),
    ("daily_balance", {"balance": Balance(since=ARRIVED, until=HELD_UNTIL)}),
    ("daily_balance", {"balance": Balance(since=ARRIVED, until=HELD_UNTIL, signin_ends=HELD_UNTIL)}),
    ("lapsed_notice", {"has_next": True}),
    ("placed", {"assigned_by": "sato@example.org"}),
    ("released_notice", {"next_member": None, "waiting": 1, "is_asked": False}),
    ("released_notice", {"next_member": None, "waiting": 1, "has_words": True}),
    ("handover", {"cases": [APPEAL], "is_beside": True}),
    *(("released_notice", {"case": TRAINING, "next_member": None, "waiting": waiting}) for waiting in (0, 1)),
]


def letter(kind: str, language: str, **facts: Any) -> Letter:
    """A sample letter of a kind; further facts replace the sample's."""
    return Letter(kind, ITO.email, language, {**KIND_FACTS[kind], "head": HEAD, **facts})


def answer(language: str, *lines: Told) -> Letter:
    return Letter("answer", ITO.email, language, {"lines": list(lines), "head": HEAD}, in_reply_to="<claim-1@lawfirm.example>")


def said(outcome: str, *, case: Case | None = APPEAL, facts: Mapping[str, object] | None = None, **more: Any) -> Told:
    """A sample line of an outcome; further facts replace the sample's."""
    case = TRAINING if case is APPEAL and outcome.startswith("event_") else case
    case_id = case.id if case else "JAR-2026-099"
    return Told(f"CLAIM {case_id}", outcome, case, {**FACTS.get(outcome, {}), **(facts or {}), **more}, case_id)


def every_letter(language: str) -> list[tuple[str, Letter]]:
    """Each kind and each outcome once, named."""
    kinds = [(kind, letter(kind, language)) for kind in KIND_FACTS]
    labels = {"labels": _LABELS_JA if language == "ja" else _LABELS}
    outcomes = [(f"answer-{outcome}", answer(language, said(outcome, facts=labels if outcome == "form" else {}))) for outcome in OUTCOMES]
    variants = [
        (
            f"answer-{outcome}-{number}",
            answer(language, said(outcome, **{"case": APPEAL, **facts, **(labels if outcome == "form" else {})})),
        )
        for number, (outcome, facts) in enumerate(VARIANTS)
    ]
    to_members = [(f"{kind}-{number}", letter(kind, language, **facts)) for number, (kind, facts) in enumerate(KIND_VARIANTS)]
    three = answer(language, said("confirmed"), said("waitlisted", case=INTERVIEW), said("refused", case=None))
    return [*kinds, *to_members, *outcomes, *variants, ("answer-several", three)]


def once_a_kind(language: str) -> list[tuple[str, Letter]]:
    """Each kind and each outcome in one form only, for what takes long to look at."""
    return [(name, one) for name, one in every_letter(language) if not name.rpartition("-")[2].isdigit()]


def hostile(one: Letter) -> Letter:
    """The same letter with every free text replaced by what an attacker would write."""
    return replace(one, facts=_poisoned(one.facts))


_KEPT = {
    "labels",
    "arrived_at",
    "hold_until",
    "until",
    "id",
    "case_id",
    "month",
    "period",
    "last",
    "next",
    "code",
    "outcome",
    "reason",
    "why",
    "was",
    "state",
    "changed",
    "word",
    "other",
    "question",
    "role",
    "urgent_ids",
    "email",
    "lifecycle",
    "how",
    "holds",
    "overtaken",
    "mine",
    "added",
    "needs_word",
    "missing",
    "mend_id",
    "answer",
    "rounds",
    "ignored",
    "letters",
    "misfits",
}


def _poisoned(value: Any) -> Any:
    if value is None or isinstance(value, (Lifecycle, Hidden, int, datetime, Deadline)):
        return value
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, dict):
        return {key: one if key in _KEPT else _poisoned(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(_poisoned(one) for one in value)
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return replace(value, **{name: one if name in _KEPT else _poisoned(one) for name, one in fields.items()})
