"""O-02: an interpreter or a library that writes one header line too many is found before anything is sent, and the letter stays anyway."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.cli.desk import Refusal
from bot.cli.service import _rehearse
from bot.office import rehearsal
from bot.shell.letters import UnfitLetter, check_outgoing, post
from tests.attacks.desk import ALICE, Desk


def one_header_line_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if formatting a date broke the header open (CVE-2024-6923 and its kin)."""
    honest = post.format_datetime
    monkeypatch.setattr(post, "format_datetime", lambda moment: f"{honest(moment)}\r\nBcc: mallory@evil.example")


def test_O_02_as_shipped_every_sort_of_letter_passes_in_every_language(desk: Desk) -> None:
    assert rehearsal.faults(desk.office) == []


def test_O_02_one_header_line_too_many_stops_the_start_and_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one_header_line_more(monkeypatch)
    faults = rehearsal.faults(desk.office)
    assert len(faults) == 6 and all("unknown header field" in fault for fault in faults)
    with pytest.raises(Refusal) as refused:
        _rehearse(desk.office)
    assert refused.value.code == 1 and "nothing is started" in refused.value.sentences[0]


def test_O_02_a_letter_that_was_written_meanwhile_does_not_leave(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one_header_line_more(monkeypatch)
    desk.writes(ALICE, "STATUS")
    with pytest.raises(UnfitLetter, match="unknown header field"):
        check_outgoing(desk.last_letter_to(ALICE).received.raw, ALICE)


def test_a_template_of_ones_own_that_does_not_fit_is_found_too(tmp_path: Path) -> None:
    own: Any = tmp_path / "own" / "en"
    own.mkdir(parents=True)
    (own / "bulletin.j2").write_text("{{ nothing.there }}")
    desk = Desk.open(tmp_path, case_prefix=f'case_prefix = "JUS"\ntemplates = "{tmp_path / "own"}"')
    assert [fault.partition(":")[0] for fault in rehearsal.faults(desk.office)] == ["bulletin in en"]
