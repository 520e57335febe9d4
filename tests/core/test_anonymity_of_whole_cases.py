"""A whole case: rare combinations are told once, ordinary cases give no finding, and nothing that staff type breaks the check."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.anonymity import KINDS, PUBLIC_FIELDS, Finding, finding_sentence, findings
from bot.core.intake import from_row
from bot.core.model import CaseFields, Confidential
from bot.core.tongue import ENGLISH, JAPANESE, Tongue

TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[2] / "data" / "example" / "cases.yaml"


def found(summary: str, **fields: str) -> list[tuple[str, str, str]]:
    given = CaseFields(**({"title": "Asylum appeal", "summary": summary} | fields))
    return [(finding.kind, finding.where, finding.found) for finding in findings(given, today=TODAY)]


@pytest.mark.parametrize("case", yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")), ids=lambda case: str(case["kind"]))
def test_the_example_cases_are_anonymous(case: dict[str, object]) -> None:
    fields = from_row({key: str(value) for key, value in case.items()}, line=1, zone=ZoneInfo("Asia/Tokyo"), today=TODAY)
    assert isinstance(fields, CaseFields)
    assert findings(fields, today=TODAY) == ()


@pytest.mark.parametrize(
    ("summary", "place", "combination"),
    [
        ("An Ethiopian woman, 34 years old.", "Utsunomiya", "Ethiopian + Utsunomiya + 34 years old"),
        ("エチオピア出身の女性、34歳。", "宇都宮", "エチオピア + 宇都宮 + 34歳"),
        ("ミャンマー国籍の方。2026年3月3日に館林市で逮捕。", "", "ミャンマー + 館林市 + 2026年3月3日"),
        ("クルド人男性（３４歳）、川口市在住", "", "クルド + 川口市 + ３４歳"),
        ("A Kurdish man arrested in Kawaguchi on 3 March 2026.", "", "Kurdish + Kawaguchi + 3 March 2026"),
        ("Somali woman, 29, in Kawaguchi.", "", "Somali + Kawaguchi + woman, 29"),
        ("A man from Eritrea, aged 19, living in Higashine.", "", "Eritrea + Higashine + aged 19"),
        ("A Chadian family in Aikawa-machi, hearing on 5 February.", "", "Chadian + Aikawa + 5 February"),
        ("A Syrian dentist, 41, in Sapporo", "", "Syrian + Sapporo + dentist, 41"),
        ("札幌のシリア人歯科医（41）", "", "シリア + 札幌 + （41）"),
        ("クルド人の5児の母、川口市", "", "クルド + 川口市 + 5児の母"),
        ("The only Eritrean family in Kawaguchi.", "", "Eritrean + Kawaguchi + The only Eritrean family"),
        ("唯一のエリトリア人家族、川口市", "", "エリトリア + 川口市 + 唯一のエリトリア人"),
        ("ウガンダ出身、昭和61年生まれ、川口市", "", "ウガンダ + 川口市 + 昭和61年生"),
        ("中国出身、1990年生まれ、栃木県", "", "中国 + 栃木県 + 1990年生"),
        ("An Eritrean man in Warabi who came in May 2026.", "", "Eritrean + Warabi + May 2026"),
        ("2026年5月に来日した蕨市のエリトリア人男性。", "", "エリトリア + 蕨市 + 2026年5月"),
        ("An Eritrean man, detained in Warabi in May 2026.", "", "Eritrean + Warabi + May 2026"),
    ],
)  # fmt: skip
def test_origin_town_and_day_together_are_rare(summary: str, place: str, combination: str) -> None:
    kinds = found(summary, place=place)
    assert [kind for kind, _, _ in kinds] == ["rare_combination"]
    assert kinds[0][2].startswith(combination)


@pytest.mark.parametrize(
    ("summary", "fields"),
    [
        ("An Ethiopian woman, 34 years old.", {"place": "Tokyo"}),
        ("エチオピア出身の女性、34歳。", {"place": "東京都 / 大阪"}),
        ("An Ethiopian woman in Utsunomiya.", {}),
        ("An Ethiopian woman, 2 children, in Utsunomiya; a man 10 minutes away", {}),
        ("A woman of 34 years of age in Utsunomiya, 34 years old", {}),
        ("Burmese interpreter; 34 years old.", {"place": "Utsunomiya"}),
        ("ミャンマー語の通訳。34歳。", {"place": "宇都宮"}),
        ("An Ethiopian family; the appeal is due by 12 March 2027.", {"place": "Yokohama"}),
        ("エチオピアの方。提出は2027年3月12日まで。", {"place": "横浜"}),
        ("An Ethiopian family.", {"place": "Yokohama", "time_frame": "20 January 2027", "language": "Amharic"}),
        ("シリア出身の18歳未満の方、市町村の支援あり、都市部", {"place": "オンライン"}),
        ("唯一の証人はエチオピアの方", {"place": "横浜"}),
        ("An Eritrean man in Warabi; the hearing is in May 2027.", {}),
        ("蕨市のエリトリア人男性。期日は2027年5月の予定。", {}),
        ("An Ethiopian mother of two.", {"place": "Yokohama"}),
        ("An Afghan aged 20 speaks in English", {"place": "Remote"}),
    ],
)  # fmt: skip
def test_two_of_the_three_are_not_rare(summary: str, fields: dict[str, str]) -> None:
    assert found(summary, **fields) == []


def test_findings_stand_in_the_order_of_the_fields_and_of_the_text() -> None:
    kinds = found("TR1234567, then leila@example.org", title="03-1234-5678", place="西新宿2丁目")
    assert [(kind, where) for kind, where, _ in kinds] == [
        ("phone", "title"), ("passport", "summary"), ("email", "summary"), ("address", "place"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tongue", [ENGLISH, JAPANESE, Tongue("fr")])
def test_every_kind_has_a_sentence_that_quotes_what_was_found(kind: str, tongue: Tongue) -> None:
    sentence = finding_sentence(Finding(kind, "summary", "a{b}\nc"), tongue)
    assert "a{b} c" in sentence
    assert sentence.endswith("。" if tongue.is_japanese else ".")


def test_a_long_finding_is_cut_in_its_sentence() -> None:
    assert len(finding_sentence(Finding("link", "summary", "https://" + "a" * 400), ENGLISH)) < 200


letters = st.sampled_from("aAéßİ ﾞｶ田中さん氏様・ー-0123456789０@.:/()年月日号第令和〒\n\u202e\u0301\ufdfaアリ")
texts = st.text(max_size=80) | st.text(alphabet=letters, max_size=120)


@settings(deadline=None, max_examples=300)
@given(st.lists(texts, min_size=6, max_size=6), st.lists(texts, min_size=3, max_size=3), st.dates())
def test_anything_at_all_is_read_and_told_as_written(public: list[str], secret: list[str], today: date) -> None:
    fields = CaseFields(**dict(zip(PUBLIC_FIELDS, public, strict=True)), confidential=Confidential(*secret))
    for finding in findings(fields, today=today):
        assert finding.kind in KINDS
        assert finding.found
        assert finding.kind == "rare_combination" or finding.found in getattr(fields, finding.where)


HOSTILE = [
    "1-", "a.", "A.", "@a", "アー", "田中", "年1月", "令和8年(", "A b-", "(03)", "+1 ", "第1", "a1",
    "Mr ", "An An ", "ア・", "\u0301", "0 ", "A-A ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    numbers = count(1)

    def seconds(length: int) -> float:
        # What was read once is remembered: each text is another.
        text = f"{(piece * length)[:length]} {next(numbers)}"
        began = process_time()
        findings(CaseFields(title="t", summary=text, confidential=Confidential(text, text, "")), today=TODAY)
        return process_time() - began

    short = max(min(seconds(1_500) for _ in range(2)), 0.01)
    assert min(seconds(6_000) for _ in range(2)) < short * 12
