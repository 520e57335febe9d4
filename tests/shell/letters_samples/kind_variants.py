"""What else a letter of a kind may tell, where its template has words of its own for that: the facts that differ from the sample's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.health import UNMAILABLE, WORDS
from bot.core.model import Balance
from tests.shell.letters_samples.nouns import (
    APPEAL,
    ARRIVED,
    HELD_UNTIL,
    INTERVIEW,
    ITO,
    MORI,
    PAST,
    RESEARCH,
    SECRET,
    TRAINING,
    UNPROVEN,
)

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
    *(("deadline_near", {"waiting": waiting, "is_given_up": True}) for waiting in (0, 1, 2)),
    *(("deadline_near", {"waiting": 0, "is_given_up": is_given_up, "is_refused": True}) for is_given_up in (True, False)),
    *(("late_surfaced", {"was_asked": True, "holders": holders}) for holders in ([], [MORI.email, "abe@harbour.example"])),
    *(("taken_back", {"was": was}) for was in ("held", "waitlisted", "offered")),
    *(("taken_back", {"was": was, "case": TRAINING}) for was in ("confirmed", "queued", "waitlisted")),
    *(
        ("trouble", {"finding": name, "told": words.format(count=60, percent=96, minutes=3, days=9), "is_over": name in UNMAILABLE})
        for name, (_, words) in WORDS.items()
    ),
    ("case_over", {"how": "closed", "was": "offered"}),
    ("case_over", {"how": "erased", "was": "confirmed"}),
    ("case_erased", {"holders": []}),
    *(("offer_passed", {"how": how}) for how in ("no_answer", "untold")),
    ("application", {"was": "applied", "looks_like": ""}),
    ("went_back", {"has_book": False, "is_by_mailbox": True}),
    ("placed", {"state": "offered", "hold_until": ARRIVED}),
    *(("placed", {"state": state, "hold_until": ARRIVED, "others": 0}) for state in ("held", "offered")),
    *(("placed", {"state": state, "hold_until": ARRIVED, "is_anew": True}) for state in ("held", "offered")),
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
    *(("look_at", {"reason": reason, "mails": UNPROVEN}) for reason in ("unreadable", "disowned", "absence")),
    ("verify", {"mails": UNPROVEN}),
    *(("verify", {"mails": mails, "kept": [{"case_id": APPEAL.id, "until": ARRIVED}]}) for mails in (UNPROVEN, UNPROVEN[:1])),
    *(("alert", {"reason": reason}) for reason in ("forged", "unproven_emergency", "bad_codes", "drift", "own_mail")),
    ("alert", {"reason": "renumbered", "folder": "INBOX", "read_to": ARRIVED, "seen_at": HELD_UNTIL}),
    (
        "forwarded",
        {"is_proven": True, "is_told": False, "is_cut": False, "attachments": [], "thread": [], "done": [], "about": [], "standing": []},
    ),
    ("no_cases", {"over": [APPEAL, RESEARCH]}),
    ("left_out", {"is_all": True}),
    ("staff_words", {"subject": ""}),
    ("staff_words", {"words": "Yes, you may.\n\nSuzuki"}),
    ("staff_words", {"words": "Yes.\n\nはい。\n\nCLAIM JAR-2026-014\n  YES please, CLEAR\n・利益相反なし"}),
    ("forwarded", {"is_further": True}),
    *(
        ("forwarded", {"may_give_back": [APPEAL.id], "is_asked": is_asked, "standing": [(APPEAL, "confirmed")]})
        for is_asked in (True, False)
    ),
    *(
        ("forwarded", {"waits_for": [{"case_id": APPEAL.id, "is_offer": seems, "until": HELD_UNTIL, "seems_to_accept": seems}]})
        for seems in (True, False)
    ),
    *(
        (
            "forwarded",
            {
                "waits_for": [{"case_id": APPEAL.id, "is_offer": staff != "", "until": HELD_UNTIL, "said": said, "staff": staff}],
                "is_told": is_told,
            },
        )
        for said, staff, is_told in (("CLEAR", "", True), ("CLEAR, CONFLICT", "", False), ("YES", "Suzuki Taro", True))
    ),
    ("round_preview", {"added": [RESEARCH.id], "next_at": None}),
    (
        "round_preview",
        {
            "cases": [],
            "events": [],
            "urgent_ids": [],
            "goes": False,
            "pages": [],
            "passing": [],
            "findings": [],
            "needs_word": [],
            "needs_reason": [],
            "held_up": [],
        },
    ),
    ("look_at", {"reason": "strange_address"}),
    ("look_at", {"reason": "question_over", "name": "Sato Hanako", "case_id": APPEAL.id, "text": "Is it not the High Court?"}),
    ("look_at", {"reason": "others_thread", "member": ITO, "sender": "office@lawfirm.example"}),
    ("look_at", {"reason": "new_address", "member": ITO, "sender": "ito@new-firm.example", "text": f"My address was {ITO.email}."}),
    *(("checkin_notice", {"answer": answer, "text": ""}) for answer in ("done", "silence")),
    ("daily_balance", {"balance": Balance(since=ARRIVED, until=HELD_UNTIL)}),
    ("daily_balance", {"balance": Balance(since=ARRIVED, until=HELD_UNTIL, signin_ends=HELD_UNTIL)}),
    *(("lapsed_notice", {"has_next": True, "is_untold": is_untold}) for is_untold in (False, True)),
    ("placed", {"assigned_by": "sato@example.org"}),
    ("expired_notice", {"unsent": 3}),
    ("expired_notice", {"kept_for": [ITO, MORI], "untold": [ITO]}),
    ("placed", {"case": PAST}),
    ("released_notice", {"next_member": None, "waiting": 1, "is_asked": False}),
    ("released_notice", {"next_member": None, "waiting": 1, "has_words": True}),
    ("released_notice", {"next_member": None, "waiting": 1, "is_conflict": True}),
    ("handover", {"cases": [APPEAL], "is_beside": True}),
    *(("released_notice", {"case": TRAINING, "next_member": None, "waiting": waiting}) for waiting in (0, 1)),
]
