"""One page a language for a circulation, and for the answers to all who claimed one case: each print is the letter set for its reader alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.mail import Letter
from bot.shell.letters import CIRCULATIONS, Page, Press, Typesetter
from bot.shell.letters.catalogue import SHARED
from bot.shell.letters.scrub import SIGNS
from bot.shell.resources import templates_dir
from tests.shell.letters_samples import APPEAL, ARRIVED, HOUSE, NOW, answer, every_letter, hostile, said

TYPESETTER = Typesetter(HOUSE)


def is_for_many(letter: Letter) -> bool:
    lines: Any = letter.facts.get("lines", [])
    return letter.kind in CIRCULATIONS or (len(lines) == 1 and lines[0].outcome in SHARED)


SAMPLES = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language) if is_for_many(one)]
LETTERS = [(name + more, letter) for name, one in SAMPLES for more, letter in (("", one), ("-hostile", hostile(one)))]
NAMES = [
    *(
        "Ito Akiko",
        "伊藤 花子",
        "",
        " spaced   out ",
        "O’Neill & <b>Söhne</b>",
        "佐" * 19,
        "佐" * 30,
        "LIST",
        "CLAIM JAR-2026-001",
        "受任 JAR-2026-001",
    ),
    *(
        "担当",
        "\ue010",
        SIGNS[:7],
        "x\ue010y",
        "{{ code }}",
        "=?utf-8?Q?x?=",
        "A\r\nBcc: x@y.example",
        "\u202egnp",
        "Dear",
        "aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb",
    ),
]


def message_id(number: int) -> str:
    return f"<{number:a>16}.{number:b>26}@desk.example>".translate({ord(digit): chr(ord("c") + int(digit)) for digit in "0123456789"})


def to_reader(letter: Letter, place: int, seconds: int) -> Letter:
    """The same letter to whoever stands at this place in line, with a mail that arrived so long after the sample's."""
    own = {"waiting_place": place, "arrived_at": ARRIVED + timedelta(seconds=seconds)}
    lines: Any = letter.facts.get("lines", ())
    told = [replace(one, facts={**one.facts, **{name: own[name] for name in own.keys() & one.facts.keys()}}) for one in lines]
    return replace(letter, to=f"m{place}@lawfirm.example", facts={**letter.facts, **({"lines": told} if told else {})})


def both(press: Press, letter: Letter, name: str, number: int) -> tuple[bytes, bytes]:
    facts: dict[str, Any] = {"message_id": message_id(number), "now": NOW, "reader_name": name}
    return press.compose(letter, **facts), TYPESETTER.compose(letter, **facts)


@pytest.fixture(params=LETTERS, ids=[name for name, _ in LETTERS])
def letter(request: pytest.FixtureRequest) -> Letter:
    one: Letter = request.param[1]
    return one


def test_every_print_is_the_letter_set_for_its_reader_alone(letter: Letter) -> None:
    press = Press(TYPESETTER)
    for number, name in enumerate(NAMES):
        printed, alone = both(press, to_reader(letter, number + 1, 7 * number), name, number)
        assert printed == alone, name


@settings(deadline=None)
@given(names=st.lists(st.text(max_size=60), min_size=2, max_size=4))
def test_whatever_the_readers_are_called(names: list[str]) -> None:
    press, numbers = Press(TYPESETTER), count()
    for name in names:
        printed, alone = both(press, SAMPLES[0][1], name, next(numbers))
        assert printed == alone


def test_no_print_holds_anything_of_another_reader(letter: Letter) -> None:
    press = Press(TYPESETTER)
    press.compose(to_reader(letter, 777, 86_399), message_id=message_id(1), now=NOW, reader_name="Qzxname")
    second = text_in(press.compose(to_reader(letter, 888, 0), message_id=message_id(2), now=NOW, reader_name="Ito Akiko"))
    first = ("Qzxname", message_id(1).partition("@")[0], "m777@", "777", "00:02:10", *SIGNS)
    assert not [own for own in first if own in second]


def text_in(raw: bytes) -> str:
    message = message_from_bytes(raw, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message.items()), *parts])


class _Counting(Typesetter):
    """Notes the language of each page that it sets."""

    def strict_page(self, letter: Letter, *, now: datetime, name: str, code: str) -> Page:
        pages_set.append(letter.language)
        return super().strict_page(letter, now=now, name=name, code=code)


pages_set: list[str] = []


def test_the_page_is_set_once_for_a_language(letter: Letter) -> None:
    """But for a sentence with the reader's name in it, whose lines end elsewhere for another."""
    names_its_reader = "claimed_by" in str(letter.facts) and letter.language == "ja"
    pages_set.clear()
    press = Press(_Counting(HOUSE))
    for number in range(20):
        each = to_reader(letter, 10 + number, number)
        press.compose(each, message_id=message_id(number), now=NOW, reader_name=f"Reader {number}")
    assert pages_set == [letter.language] * (21 if names_its_reader else 1)


@pytest.mark.parametrize("letter", [one for name, one in SAMPLES if "waitlisted" in name], ids=[n for n, _ in SAMPLES if "waitlisted" in n])
@settings(deadline=None, max_examples=20)
@given(readers=st.lists(st.tuples(st.integers(1, 99_999), st.integers(-(10**8), 10**8)), min_size=2, max_size=5))
def test_whatever_the_place_in_line_and_the_hour(letter: Letter, readers: list[tuple[int, int]]) -> None:
    press = Press(TYPESETTER)
    for number, (place, seconds) in enumerate(readers):
        printed, alone = both(press, to_reader(letter, place, seconds), "Ito Akiko", number)
        assert printed == alone


def test_what_is_told_of_another_case_or_in_other_words_is_set_anew() -> None:
    pages_set.clear()
    press = Press(_Counting(HOUSE))
    told = [
        said("waitlisted"),
        said("waitlisted", late=True),
        said("waitlisted", open_cases=[]),
        said("refused"),
        said("refused", case=None),
    ]
    for number, one in enumerate(told):
        printed, alone = both(press, answer("en", one), "Ito Akiko", number)
        assert printed == alone
    assert len(pages_set) == len(told)


@pytest.mark.parametrize("outcome", ["confirmed", "held", "event_place", "offered", "help", "shown"])
def test_what_one_reader_alone_may_know_is_never_printed_for_a_second(outcome: str) -> None:
    pages_set.clear()
    press = Press(_Counting(HOUSE))
    for number in range(2):
        press.compose(answer("en", said(outcome)), message_id=message_id(number), now=NOW, reader_name="Ito Akiko")
    assert len(pages_set) == 2


ASKING = {
    "is it the first": "{% if line.facts.waiting_place == 1 %}You are next.{% endif %}",
    "is it among the first": "{% if line.facts.waiting_place in [1, 2, 3] %}Soon.{% endif %}",
    "how many are before": "{{ line.facts.waiting_place - 1 }} before you.",
    "as a number": "{{ line.facts.waiting_place | int + 1 }}",
    "looked up": '{{ {1: "first", 2: "second"}.get(line.facts.waiting_place, "later") }}',
    "after a moment": "{% if line.facts.arrived_at > now %}Odd.{% endif %}",
    "the day alone": "{{ day(line.facts.arrived_at) }}",
    "in a link": '{{ link("PLACE " ~ line.facts.waiting_place) }}',
    "the address": "{{ own_address }}",
    "the name in a sentence": "{% call ui.para() %}This word goes to nobody but {{ reader.name }}, and it is read by nobody else either.{% endcall %}",
    "the words": "{{ line.command }}",
    "printed": "{{ line.facts.waiting_place }} {{ hour(now) }}",
}


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING.keys())
def test_a_template_of_the_organisation_may_ask_what_it_likes(asking: str, tmp_path: Path) -> None:
    line = (templates_dir() / "en" / "lines" / "waitlisted.j2").read_text(encoding="utf-8")
    (tmp_path / "en" / "lines").mkdir(parents=True)
    (tmp_path / "en" / "lines" / "waitlisted.j2").write_text(line.replace("{{ say.decision(line) }}", asking), encoding="utf-8")
    typesetter = Typesetter(HOUSE, overrides=tmp_path)
    press = Press(typesetter)
    for place, words in ((1, "CLAIM JAR-2026-001"), (2, "受任 JAR-2026-001"), (9, "claim")):
        one = to_reader(answer("en", replace(said("waitlisted"), command=words)), place, place)
        facts: dict[str, Any] = {"message_id": message_id(place), "now": NOW, "reader_name": "Ito Akiko" + " Mori" * (place % 4)}
        assert press.compose(one, **facts) == typesetter.compose(one, **facts)


def test_digits_of_mathematicians_in_a_title_are_ordinary_digits() -> None:
    one = answer("en", said("waitlisted", case=replace(APPEAL, title=f"Appeal {SIGNS[:10]}")))
    printed, alone = both(Press(TYPESETTER), one, "Ito Akiko", 1)
    assert printed == alone and b"Appeal 0123456789" in printed


@pytest.mark.parametrize("kind", ["round", "waitlisted"])
def test_where_a_template_of_the_organisation_is_spoilt_ours_is_set_once_too(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en" / "lines").mkdir(parents=True)
    for page in ("round.j2", "lines/waitlisted.j2"):
        (tmp_path / "en" / page).write_text("{{ nothing_of_the_kind }}", encoding="utf-8")
    one = dict(every_letter("en"))["round"] if kind == "round" else answer("en", said("waitlisted"))
    spoilt, pages_of = Typesetter(HOUSE, overrides=tmp_path), list[Typesetter]()
    press, set_in_type = Press(spoilt), Typesetter.strict_page

    def counted(self: Typesetter, *given: Any, **named: Any) -> Page:
        if self is not TYPESETTER:
            pages_of.append(self)
        return set_in_type(self, *given, **named)

    monkeypatch.setattr(Typesetter, "strict_page", counted)
    for number in range(20):
        printed, alone = both(press, to_reader(one, 10 + number, number), f"Reader {number}", number)
        assert printed == alone
    assert spoilt.spoilt and pages_of.count(spoilt) == 2 and len(pages_of) == 4  # each for nobody and for the first reader
