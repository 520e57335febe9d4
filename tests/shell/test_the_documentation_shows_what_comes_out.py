"""The letters and outputs on README.md and in docs/ are what the product sends and prints.

They are compared with those of the story below, played on real servers. Numbers, days, codes and line breaks may differ,
words may not, and “…” stands for whatever was left out. Where such a test fails, change the page to what now comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.shell.pages import blocks
from tests.story.conversation import SUZUKI, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@harbour.example"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A round, three claims of one case of which one is not proven, a claim of the other, a case with faults, and an emergency that waits for its SEND."""
    with Dovecot.start() as post, SmtpSink.start() as sink:
        world = World.build(tmp_path_factory.mktemp("readme"), post, sink)
        case, other = the_roster_and_its_cases(world)
        world.sends_the_round()
        world.writes(MORI, f"受任 {case}", answering=world.last_letter_to(MORI), at="09:02:52")
        world.clicks(ITO, world.last_letter_to(ITO).link_about(case), at="09:02:11")
        world.writes(ABE, f"CLAIM {case}", at="09:03:40", proven=None)
        world.writes(MORI, f"受任 {other}", answering=world.last_letter_to(MORI), at="09:04:10")
        world.writes(SUZUKI, "Title: Detention hearing\nDeadline: next Friday", subject="NEW CASE")
        emergency = "Title: Detention hearing\nSummary: A hearing tomorrow morning; one visit before it.\nPlace: Tokyo"
        world.writes(SUZUKI, emergency, subject="EMERGENCY")
        world.runs_once()
        yield world


def the_roster_and_its_cases(world: World) -> tuple[str, str]:
    for address, name, language in ((ITO, "Ito Akiko", "en"), (MORI, "森 大輔", "ja"), (ABE, "Abe Ken", "en")):
        world.member(address, name=name, language=language)
    case = world.case(
        "Court action against a refusal of refugee status",
        "The administrative appeal was dismissed. The action must be filed within the time limit; country evidence has been collected.",
        kind="Litigation",
        language="Persian, Japanese",
        place="Tokyo District Court",
        time_frame="about a year",
        deadline=f"{datetime.now() + timedelta(days=110):%Y-%m-%d}",
        details="The client is the fictional “A.N.”; the decision was served on 14 September.",
        contact="Legal desk, 03-0000-0001",
    )
    other = world.case(
        "Accompanying a refugee status interview",
        "An interview of about three hours.",
        details="依頼者は「A.N.」さん（仮名）です。面接は11月30日午前10時に始まります。",
        contact="法律支援部、03-0000-0001",
    )
    return case, other


def essence(text: str) -> str:
    """Without what differs from one day to the next: numbers, days, months, codes, rules of tables, space."""
    text = re.sub(r"[a-z2-7]{16}\.[a-z2-7]{26}", "", text)
    text = re.sub(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|\([月火水木金土日]\)", "DAY", text)
    text = re.sub(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", "MONTH", text)
    return re.sub(r"\s", "", re.sub(r"─+", "─", re.sub(r"\d+", "0", text)))


def assert_is_shown(shown: str, real: str) -> None:
    """Every piece between two “…” stands in the real text, in this order."""
    rest = essence(real)
    for piece in shown.split("…"):
        assert essence(piece) in rest, f"this does not come out:\n{piece}\nthis does:\n{real}"
        rest = rest[rest.index(essence(piece)) + len(essence(piece)) :]


@pytest.mark.parametrize("shown", blocks("letter"), ids=lambda block: block.split("Subject: ")[1][:30])
def test_a_letter_on_a_page_is_one_that_is_sent(story: World, shown: str) -> None:
    head, _, body = shown.partition("\n\n")
    to, subject = (line.partition(": ")[2] for line in head.splitlines())
    sent = [letter for letter in story.letters_to(to) if essence(letter.subject) == essence(subject)]
    assert sent, f"{to} got {[letter.subject for letter in story.letters_to(to)]}"
    assert_is_shown(body, sent[0].text)


@pytest.mark.parametrize("shown", blocks("story"), ids=lambda block: block.splitlines()[0][2:])
def test_an_output_on_a_page_is_what_the_command_prints(story: World, shown: str) -> None:
    first, _, output = shown.partition("\n")
    ids = [case["id"] for case in story.cli("case", "list", "--json")]
    words = [ids[0] if word.startswith("JAR-") else word for word in first.split()[2:]]
    assert_is_shown(output, story.cli(*words))
