"""Until when a place is kept for an answer stands wherever staff look up how a case was decided, and they hear when that hour is another."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import run

pytestmark = pytest.mark.both_databases


def kept_until(desk: Desk, case_id: str) -> datetime:
    return desk.clock.began + timedelta(seconds=desk.offer_ends(case_id))


@pytest.mark.parametrize("is_offer", [True, False], ids=["an offer", "a conflict check"])
def test_explain_tells_it(desk: Desk, tmp_path: Path, handed_back: Callable[..., str], is_offer: bool) -> None:
    who, case_id = (BOB, handed_back()) if is_offer else (ALICE, desk.case(conflict_names="Client A"))
    if not is_offer:
        desk.writes(ALICE, f"CLAIM {case_id}")
        desk.settles()
    until = kept_until(desk, case_id)
    shown = {one["member"]: one["kept_until"] for one in json.loads(run(tmp_path, "explain", case_id, "--json").out)["claims"]}
    assert shown.pop(who) == until.isoformat() and set(shown.values()) <= {None}
    local = until.astimezone(desk.office.rules.zone)
    assert f"kept until {local:%Y-%m-%d %H:%M} JST" in " ".join(run(tmp_path, "explain", case_id).out.split())
    desk.writes(SUZUKI, f"EXPLAIN {case_id}")
    assert f"until {local:%a} {local.day} {local:%b %Y, %H:%M}" in desk.last_letter_to(SUZUKI).flat
    desk.writes(SATO, f"EXPLAIN {case_id}")
    assert f"{local.day}日" in desk.last_letter_to(SATO).text and "まで）" in desk.last_letter_to(SATO).text


@pytest.mark.parametrize("is_offer", [True, False], ids=["an offer", "a conflict check"])
def test_staff_hear_the_newest_hour_once_where_the_time_begins_anew(
    desk: Desk, sink: SmtpSink, handed_back: Callable[..., str], is_offer: bool
) -> None:
    room = PostRoom(desk, sink)
    case_id = handed_back() if is_offer else desk.case(conflict_names="Client A")
    if not is_offer:
        desk.writes(ALICE, f"CLAIM {case_id}")
        desk.settles()
    hours = {kept_until(desk, case_id)}
    for _ in range(12):
        desk.passes(hours=6)
        desk.ticks()
        hours.add(kept_until(desk, case_id))
    assert len(hours) > 2, "the time has begun anew more than once"
    room.drains()
    newest = max(hours).astimezone(desk.office.rules.zone)
    told = [letter for letter in sink.to(SUZUKI) if "begun anew" in " ".join(letter.message.get_body(("plain",)).get_content().split())]
    assert [str(letter.message["Subject"]).partition(":")[0] for letter in told] == ["Kept until a new hour"]
    assert f"{newest:%a} {newest.day} {newest:%b %Y, %H:%M}" in " ".join(told[0].message.get_body(("plain",)).get_content().split())
    assert "取り置きの期日が変わりました" in "".join(letter.subject for letter in desk.letters_to(SATO))


def test_they_still_read_at_whose_word_it_was_given(desk: Desk, sink: SmtpSink) -> None:
    PostRoom(desk, sink)  # to which nothing is handed
    case_id = desk.case(conflict_names="Client A")
    desk.writes(SUZUKI, f"ASSIGN {case_id} {ALICE}")
    for _ in range(8):
        desk.passes(hours=6)
        desk.settles()
    told = [letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Kept until a new hour")]
    assert told and all(f"at the word of {SUZUKI}" in letter.flat for letter in told)
