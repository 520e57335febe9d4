"""O-02: an interpreter or a library that writes one header line too many is found before anything is sent, and the letter stays anyway."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from bot.cli.desk import Refusal
from bot.cli.service import _rehearse
from bot.office import rehearsal
from bot.shell.letters import UnfitLetter, check_outgoing, post
from bot.shell.letters.compiled import compiled
from tests.attacks.desk import ALICE, BOB, Desk


def one_header_line_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if formatting a date broke the header open (CVE-2024-6923 and its kin)."""
    honest = post.date_field
    monkeypatch.setattr(post, "date_field", lambda *hour: f"{honest(*hour)}\r\nBcc: mallory@evil.example")


def test_O_02_as_shipped_every_sort_of_letter_passes_in_every_language(desk: Desk) -> None:
    assert rehearsal.faults(desk.office) == []


def test_O_02_one_header_line_too_many_stops_the_start_and_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one_header_line_more(monkeypatch)
    faults = rehearsal.faults(desk.office)
    assert len(faults) == 10 and all("unknown header field" in fault for fault in faults)
    with pytest.raises(Refusal) as refused:
        _rehearse(desk.office)
    assert refused.value.code == 1 and "nothing is started" in refused.value.sentences[0]


def test_O_02_a_letter_that_was_written_meanwhile_does_not_leave(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one_header_line_more(monkeypatch)
    desk.writes(ALICE, "STATUS")
    with pytest.raises(UnfitLetter, match="unknown header field"):
        check_outgoing(desk.last_letter_to(ALICE).received.raw, ALICE)


def test_a_template_of_ones_own_that_does_not_fit_stops_no_start_and_is_found(tmp_path: Path) -> None:
    own: Any = tmp_path / "own" / "en"
    own.mkdir(parents=True)
    (own / "bulletin.j2").write_text("{{ nothing.there }}")
    desk = Desk.open(tmp_path, case_prefix=f'case_prefix = "JUS"\ntemplates = "{tmp_path / "own"}"')
    assert rehearsal.faults(desk.office) == []
    assert list(desk.office.typesetter.spoilt) == ["en/bulletin.j2, line 1"]


def test_the_first_place_that_is_given_waits_for_no_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.cache_clear()
    desk = Desk.open(tmp_path)
    case_id = desk.case()
    desk.sends_the_round()
    assert rehearsal.faults(desk.office) == []
    late: list[str | None] = []
    compile_, claimants = Environment.compile, (ALICE, BOB)
    monkeypatch.setattr(Environment, "compile", lambda *words: (late.append(words[2]), compile_(*words))[1])
    for claimant in claimants:
        desk.writes(claimant, f"CLAIM {case_id}", answering=desk.last_letter_to(claimant))
    desk.settles()
    assert list(desk.standing(case_id).values()) == ["confirmed", "waitlisted"]
    assert late == []
