"""Every kind of letter in a real browser, on a small phone and on a desk, in light and in dark: what a reader would stumble over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from bot.core.mail import Letter
from bot.core.model import Case
from bot.shell.letters import Typesetter
from tests.servers.chromium import written_by
from tests.shell.letters_samples import APPEAL, CODE, HOUSE, INTERVIEW, NOW, RESEARCH, TRAINING, answer, letter, once_a_kind, said

SCREENS = [(320, "light"), (320, "dark"), (800, "light"), (800, "dark")]
SCRIPT = (Path(__file__).parent / "on_screens.js").read_text(encoding="utf-8")
LONG = {
    "en": replace(
        APPEAL,
        title="Administrative appeal and, should it fail, an action before the Tokyo District Court for a mother and her three children",
        summary="The mother is a former teacher. " * 12 + "\n\nSee https://example.org/" + "a" * 120,
        language="Persian (Dari), Pashto, English, some Japanese",
        place="Tokyo Regional Immigration Services Bureau, Shinagawa, and Tokyo District Court",
    ),
    "ja": replace(
        INTERVIEW,
        title="難民不認定処分に対する審査請求の代理、および口頭意見陳述への同行（母親と未成年の子ども三人のご家族）",
        summary="母親は元教員です。審査請求の期限は通知の日から7日以内で、理由の補充は別途期間が設けられます。" * 6,
        language="ペルシア語（ダリー語）、パシュトー語、英語、日本語（日常会話程度）",
        place="東京出入国在留管理局（品川）および東京地方裁判所",
    ),
}
WITHOUT_HEADING = {"en-staff_words", "ja-staff_words"}
"""What a person wrote comes as a person wrote it."""


@pytest.fixture(scope="module", params=SCREENS, ids=[f"{width}-{scheme}" for width, scheme in SCREENS])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """What the browser found in each letter on one screen."""
    width, scheme = request.param
    folder = tmp_path_factory.mktemp("screen")
    (folder / "letters.html").write_text(album(width), encoding="utf-8")
    letters: list[dict[str, Any]] = json.loads(written_by(folder / "letters.html", scheme=scheme, profile=folder / "profile"))
    yield [{**one, "screen": width, "scheme": scheme} for one in letters]


def album(width: int) -> str:
    """One page with each letter in a frame of this width. The page may load nothing, and its frames inherit that."""
    typesetter = Typesetter(HOUSE)
    frames = "".join(
        f'<iframe scrolling="no" title="{language}-{name}" style="width:{width}px;height:300px;border:0" srcdoc="{escape(page.html)}"></iframe>'
        for language in ("en", "ja")
        for name, one in letters_in(language)
        for page in [typesetter.preview(one, now=NOW, reader_name="Ito Hanako", code=CODE)]
    )
    return f'<!DOCTYPE html><html><meta charset="utf-8"><body><pre id="told"></pre>{frames}<script>{SCRIPT}</script></body></html>'


def letters_in(language: str) -> list[tuple[str, Letter]]:
    long: Case = LONG[language]
    return [
        *once_a_kind(language),
        ("long-round", letter("round", language, cases=[LONG["en"], LONG["ja"], RESEARCH], events=[TRAINING])),
        ("long-confirmed", answer(language, said("confirmed", case=long, details=long.summary))),
        ("long-forwarded", letter("forwarded", language, text=long.summary, about=[long])),
    ]


def test_nothing_runs_over_the_edge(seen: list[dict[str, Any]]) -> None:
    assert {one["name"]: one["over"] for one in seen if one["over"] or one["width"] > one["screen"]} == {}


def test_no_date_and_no_short_command_is_broken_over_two_lines(seen: list[dict[str, Any]]) -> None:
    assert {one["name"]: one["torn"] for one in seen if one["torn"]} == {}


def test_every_word_stands_out_from_its_ground(seen: list[dict[str, Any]]) -> None:
    """WCAG 2 AA for text: 4.5 to 1, as the browser computes both colours."""
    assert {one["name"]: one["faint"] for one in seen if one["faint"]} == {}


def test_no_word_is_small_or_slanted(seen: list[dict[str, Any]]) -> None:
    assert {one["name"]: one["small"] + one["slanted"] for one in seen if one["small"] or one["slanted"]} == {}


def test_a_letter_is_dark_for_who_prefers_dark(seen: list[dict[str, Any]]) -> None:
    assert all((max(one["ground"]) < 64) == (one["scheme"] == "dark") for one in seen) and len(seen) > 250


def test_a_letter_names_its_language_and_has_one_title_with_headings_in_order(seen: list[dict[str, Any]]) -> None:
    assert [one["name"] for one in seen if one["language"] != one["name"][:2]] == []
    for one in seen:
        levels = one["headings"]
        assert levels.count(1) == (0 if one["name"] in WITHOUT_HEADING else 1) and levels == sorted_steps(levels), one["name"]


def test_nothing_is_asked_of_any_network(seen: list[dict[str, Any]]) -> None:
    assert {one["name"]: one["loaded"] for one in seen if one["loaded"]} == {}


def sorted_steps(levels: list[int]) -> list[int]:
    """The levels, as long as each is at most one deeper than the one before it."""
    steps = zip([0, *levels], levels, strict=False)
    return [level for before, level in steps if level <= before + 1]
