"""What else an outcome of an answer may tell, where its template has words of its own for that: the facts that differ from the sample's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.core.model import Lifecycle
from tests.shell.letters_samples.nouns import (
    APPEAL,
    ARRIVED,
    FILES,
    INTERVIEW,
    ITO,
    LABELS,
    NOW,
    PAST,
    RESEARCH,
    SMALL_MONTH,
    TRAINING,
    YEAR,
)

ROUND = {
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
    *(("not_done", {"reason": reason, **ROUND}) for reason in _WHY_NOT),
    ("not_done", {"reason": "sent_before", **ROUND, "next": "2026-12", "due_at": NOW}),
    ("not_done", {"reason": "other_month", **ROUND, "next": "2026-12", "due_at": NOW, "is_past": True}),
    ("not_done", {"reason": "other_month", **ROUND, "next": "2026-12", "due_at": NOW, "held_by": "sato@example.org"}),
    *(("case_moved", {"how": how, "told": 0}) for how in ("closed", "reopened")),
    ("case_moved", {"how": "withdrawn", "unsent": 3}),
    ("assigned", {"state": "held"}),
    ("assigned", {"is_pausing": True, "until": None}),
    ("assigned", {"is_pausing": True, "until": "2026-12-20T00:00:00+09:00"}),
    ("held", {"unread": True}),
    ("waitlisted", {"assigned": True}),
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
    *((outcome, {"is_anew": True}) for outcome in ("offered", "held")),
    *(("not_for_colleague", {"reason": reason}) for reason in _WHY_NOT_FOR_COLLEAGUE),
    *((outcome, {"claimed_by": "Mori Ken"}) for outcome in ("confirmed", "held", "waitlisted")),
    ("confirmed", {"promoted": True, "asked_first": True}),
    ("confirmed", {"promoted": True, "cleared": True}),
    *(("help", {"role": role}) for role in ("member", "applied", "left")),
    ("refused", {"reason": "offer_over", "kept_until": ARRIVED}),
    *(("refused", {"reason": reason, "has_next": True, "over_since": NOW}) for reason in ("offer_over", "hold_over")),
    *(("refused", {"reason": reason, "limit": 2}) for reason in ("own_limit", "offer_over", "hold_over", "late_clear", "taken_back")),
    ("preview_case", {"needs_reason": True, "files": FILES}),
    ("preview_case", {"is_changed": True}),
    ("preview_case", {"alike": [INTERVIEW.id, RESEARCH.id], "waiting": [RESEARCH.id]}),
    ("preview_case", {"again": [INTERVIEW.id]}),
    ("preview_cases", {"shown": [{"case": APPEAL, "findings": [], "confidential": None, "alike": [INTERVIEW.id]}]}),
    *(
        (outcome, {"left_out": ["佐藤 花子", "TEL 03-0000-0001"]})
        for outcome in ("preview_case", "preview_bulletin", "preview_change", "form")
    ),
    *(("edited", {"case": replace(APPEAL, lifecycle=over)}) for over in (Lifecycle.EXPIRED, Lifecycle.CLOSED, Lifecycle.WITHDRAWN)),
    ("edited", {"left_out": ["CLAIM JAR-2026-014", "Suzuki Taro"]}),
    ("preview_bulletin", {"needs_reason": True, "is_changed": True, "files": FILES}),
    ("preview_bulletin", {"is_old": True, "approvals": 2}),
    ("preview_bulletin", {"alike": [INTERVIEW.id]}),
    ("preview_bulletin", {"again": [INTERVIEW.id, RESEARCH.id]}),
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
    *(("round_goes", {"count": count, "late": late}) for count, late in ((1, [APPEAL.id]), (0, [APPEAL.id, RESEARCH.id]), (0, []))),
    *(("round_goes", {"count": count, "late": late, "unread": [INTERVIEW.id]}) for count in (0, 1) for late in ([], [APPEAL.id])),
    ("preview_cases", {"needs_reason": True, "is_changed": True}),
    ("preview_change", {"needs_reason": True, "is_changed": True}),
    ("say_why", {"findings": [], "word": "send"}),
    ("say_why", {"word": "round_send"}),
    ("answer_waits", {"word": "SEND", "other": "HOLD", "question": "send_round"}),
    ("answer_waits", {"word": "YES", "other": "NO", "question": "open_case"}),
    ("unclear", {"date": "next Friday", "fault": "“next Friday” is not a day on the calendar."}),
    ("unclear", {"date": "", "fault": ""}),
    ("to_person", {"declines": True}),
    ("to_person", {"declines": True, "of_another": APPEAL.id}),
    ("still_asked", {"is_offer": False}),
    ("still_asked", {"question_id": None}),
    *(
        ("still_asked", {"question_id": None, "is_offer": is_offer, "said": "YES", "staff": staff})
        for is_offer in (True, False)
        for staff in ("Suzuki Taro", "")
    ),
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
    ("overtaken", {"mine": None}),
    ("overtaken", {"mine": ("held", None), "kept_until": ARRIVED}),
    ("released", {"was": "confirmed", "has_words": True}),
    ("listed", {"is_for_staff": True}),
    ("form", {"faults": [], "entered": {}, "is_below": True}),
    ("form", {"is_edit": True}),
    ("form", {"is_edit": True, "faults": []}),
    *(("table_refused", {"reason": reason}) for reason in "unreadable both several emergency empty too_many".split()),
    ("confirmed", {"assigned": True, "arrived_at": None}),
    ("confirmed", {"agreed": True}),
    ("confirmed", {"case": PAST}),
    ("held", {"agreed": True}),
    ("held", {"again": True, "arrived_at": None}),
    *(
        ("clear_or_conflict", {"why": why, "until": datetime(2026, 11, 4, 0, 2, 11, tzinfo=UTC)})
        for why in ("both", "which", "each", "unnamed")
    ),
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
    ("form", {"labels": LABELS, "is_event": True}),
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
    *(
        (
            "round_shown",
            {
                "cases": [],
                "events": [],
                "goes": False,
                "expiring": expiring,
                "pages": [],
                "findings": [],
                "left_out": [],
                "needs_word": [],
                "needs_reason": [],
                "held_up": [],
            },
        )
        for expiring in ([INTERVIEW], [])
    ),
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
