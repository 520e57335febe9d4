"""Which letters there are: every kind, and every outcome that an answer may tell.

Given a folder of templates and a language, names what that language still lacks. Knows no words of any letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

KINDS = (
    "answer",
    "bulletin",
    "cap_reached",
    "case_over",
    "checkin",
    "checkin_notice",
    "conflict_notice",
    "daily_balance",
    "deadline_near",
    "expired_notice",
    "forwarded",
    "hold_lapsed",
    "hold_reminder",
    "lapsed_notice",
    "late_surfaced",
    "look_at",
    "monthly_report",
    "no_cases",
    "placed",
    "released_notice",
    "removed_notice",
    "round",
    "round_preview",
    "shunted",
    "suspended_notice",
    "taken_back",
    "undeliverable",
    "verify",
    "welcome",
)
CIRCULATIONS = frozenset({"round", "bulletin"})
"""Sent to the whole roster: these carry the list fields and say how to pause or leave."""

CHECK_INS = frozenset({"checkin", "checked_in", "passed_on"})
"""Letters in whose thread HELP means “I need help”: they do not offer it as the word for the list of commands."""

OUTCOMES = (
    "admitted",
    "approved_one",
    "assigned",
    "bulletin_sent",
    "case_moved",
    "checked_in",
    "confirmed",
    "conflict_noted",
    "declined",
    "did_you_mean",
    "explained",
    "form",
    "held",
    "help",
    "language_set",
    "left",
    "listed",
    "not_done",
    "office_status",
    "opened",
    "passed_on",
    "paused",
    "preview_bulletin",
    "preview_case",
    "question_over",
    "refused",
    "released",
    "removed",
    "reported",
    "resumed",
    "round_held",
    "round_sent",
    "round_shown",
    "say_send",
    "say_yes",
    "shown",
    "standing",
    "taken",
    "to_person",
    "too_many",
    "unclear",
    "waitlisted",
)

COMMAND_WORDS = (
    *"""CLAIM RELEASE CLEAR CONFLICT LIST SHOW STATUS PAUSE RESUME LANGUAGE JOIN LEAVE LIMIT YES NO HELP SEND EDIT CLOSE WITHDRAW
    REOPEN BULLETIN ASSIGN APPROVE REMOVE ROUND EXPLAIN REPORT EMERGENCY 受任 担当 辞退 利益相反なし 利益相反あり 一覧 詳細 状況
    休止 再開 言語 登録 退会 はい いいえ ヘルプ 緊急 新規案件 OK 順調 DONE 終結""".split(),
    *("NEW CASE", "ROUND PREVIEW", "ROUND SEND", "ROUND HOLD"),
)
"""What no line of a letter may begin with, in any case; the words that an organisation's own data file adds come on top."""


def pages(language: str) -> list[str]:
    """The template names a language consists of."""
    return [
        f"{language}/phrases.j2",
        *(f"{language}/{kind}.j2" for kind in KINDS),
        *(f"{language}/lines/{outcome}.j2" for outcome in OUTCOMES),
    ]


def missing(language: str, folders: Iterable[Path]) -> list[str]:
    """What none of the folders has for this language; empty where every letter can be written."""
    places = list(folders)
    return [page for page in pages(language) if not any((place / page).is_file() for place in places)]
