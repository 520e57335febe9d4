"""Which letters there are: every kind, and every outcome that an answer may tell.

Given a folder of templates and a language, names what that language still lacks. Knows no words of any letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

KINDS = (
    "address_changed",
    "alert",
    "answer",
    "application",
    "applications_stopped",
    "board_link",
    "bulletin",
    "cap_reached",
    "case_changed",
    "case_erased",
    "case_over",
    "checkin",
    "checkin_notice",
    "colleague_answered",
    "conflict_notice",
    "daily_balance",
    "deadline_near",
    "event_decided",
    "expired_notice",
    "forwarded",
    "handover",
    "hold_lapsed",
    "hold_reminder",
    "lapsed_notice",
    "late_letters",
    "late_surfaced",
    "left_notice",
    "left_out",
    "look_at",
    "misfit",
    "monthly_report",
    "no_cases",
    "no_more_today",
    "not_agreed",
    "offer_over",
    "offer_passed",
    "overturned",
    "placed",
    "released_notice",
    "removed_notice",
    "round",
    "round_preview",
    "shunted",
    "staff_words",
    "standstill",
    "suspended_notice",
    "taken_back",
    "trouble",
    "undeliverable",
    "verify",
    "welcome",
    "went_back",
)
CIRCULATIONS = frozenset({"round", "bulletin"})
"""Sent to the whole roster: these carry the list fields and say how to pause or leave."""

SHARED = frozenset({"event_waiting", "refused", "waitlisted"})
"""Outcomes that many claimants of one case get; nothing in them is for one reader's eyes alone."""

CHECK_INS = frozenset({"checkin", "checked_in", "passed_on"})
"""Letters in whose thread HELP means “I need help”: they do not offer it as the word for the list of commands."""

OUTCOMES = (
    "admitted",
    "agreement",
    "also_to_person",
    "answer_waits",
    "applied",
    "approved_one",
    "ask_to_pass",
    "asks_staff",
    "assigned",
    "bulletin_sent",
    "case_moved",
    "checked_in",
    "clear_or_conflict",
    "confirmed",
    "conflict_noted",
    "declined",
    "did_you_mean",
    "edited",
    "event_entered",
    "event_left",
    "event_place",
    "event_waiting",
    "explained",
    "explained_member",
    "for_colleague",
    "form",
    "give_back_asked",
    "handover_noted",
    "held",
    "help",
    "joined_before",
    "language_set",
    "leave_asked",
    "left",
    "limit_set",
    "listed",
    "not_done",
    "not_for_colleague",
    "not_on_roster",
    "nothing_asked",
    "nothing_passed",
    "offered",
    "office_status",
    "opened",
    "opened_cases",
    "overtaken",
    "passed_on",
    "paused",
    "preview_bulletin",
    "preview_case",
    "preview_cases",
    "preview_change",
    "question_over",
    "refused",
    "released",
    "readdressed",
    "removed",
    "reported",
    "resumed",
    "round_goes",
    "round_held",
    "round_sent",
    "round_shown",
    "say_send",
    "say_why",
    "say_yes",
    "shown",
    "standing",
    "still_asked",
    "table_faults",
    "table_refused",
    "taken",
    "to_person",
    "too_many",
    "turned_away",
    "unclear",
    "unreadable",
    "waitlisted",
    "which_colleague",
    "with_staff",
    "words_kept",
    "words_sent",
)
ASIDES = frozenset({"also_to_person", "nothing_passed"})
"""Outcomes of no request: a remark below what the mail asked for."""


COMMAND_WORDS = (
    *"""CLAIM RELEASE CLEAR CONFLICT LIST SHOW STATUS PAUSE RESUME LANGUAGE JOIN LEAVE LIMIT YES NO HELP SEND EDIT CLOSE WITHDRAW
    REOPEN BULLETIN ASSIGN APPROVE REMOVE ROUND EXPLAIN REPORT EMERGENCY 受任 担当 辞退 利益相反なし 利益相反あり 一覧 詳細 状況
    休止 再開 言語 登録 退会 上限 はい いいえ ヘルプ 緊急 新規案件 新規研修 新規イベント HOLD 保留 送信 月例確認 月例送信 月例保留
    OK 順調 DONE 終結 担当解除 変更 終了 取下げ 取り下げ 再募集 速報 割当 割り当て 承認 登録解除 アドレス変更 経緯 実績""".split(),
    *("NEW CASE", "NEW EVENT", "ROUND PREVIEW", "ROUND SEND", "ROUND HOLD", "CHANGE ADDRESS"),
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
