"""A finding where there is nothing to find costs staff a look, or a reason: ordinary cases in both languages give none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.core.anonymity import findings
from bot.core.model import CaseFields, Confidential

TEXTS = yaml.safe_load((Path(__file__).parent / "ordinary_cases.yaml").read_text(encoding="utf-8"))
BESIDE = [Confidential(), *(Confidential(*kept) for kept in TEXTS["confidential"])]


@pytest.mark.parametrize(("title", "summary"), TEXTS["summaries"], ids=lambda text: text[:20])
def test_a_summary_without_anything_that_identifies_gives_no_finding_whatever_is_kept_beside_it(title: str, summary: str) -> None:
    told = [findings(CaseFields(title=title, summary=summary, confidential=kept), today=date(2026, 11, 29)) for kept in BESIDE]
    assert told == [()] * len(BESIDE)


def test_there_are_enough_of_them_in_both_languages() -> None:
    japanese = sum(not title.isascii() for title, _ in TEXTS["summaries"])
    assert japanese >= 30 and len(TEXTS["summaries"]) - japanese >= 30
