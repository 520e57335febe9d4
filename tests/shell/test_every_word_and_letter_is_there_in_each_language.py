"""One table for all that is said and heard: every command word and every letter, in each language, documented, and proof against hostile input."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

import bot
from bot.core.decide import lawyers
from bot.core.intent import Vocabulary, read_line
from bot.core.mail import Letter
from bot.office.wanting import WANTED
from bot.shell.letters import KINDS, OUTCOMES, Typesetter, check_outgoing
from bot.shell.resources import data_dir, templates_dir
from tests.shell.letters_samples import CODE, HOSTILE, HOUSE, MESSAGE_ID, NOW, answer, every_letter, hostile, said

WORDS = {verb: tuple(forms) for verb, forms in tomllib.loads((data_dir() / "words.toml").read_text(encoding="utf-8"))["commands"].items()}
VOCABULARY = Vocabulary(WORDS, "JAR")
LANGUAGES = ("en", "ja")
DOCUMENTED = (templates_dir() / "README.md").read_text(encoding="utf-8")
TYPESETTER = Typesetter(HOUSE)
CODE_TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in Path(bot.__file__).parent.rglob("*.py")
    if path.name != "catalogue.py" and path.parent.name != "cli"
]
FOLLOWS = {
    **dict.fromkeys("claim release clear conflict show edit close withdraw reopen bulletin explain".split(), "JAR-2026-014"),
    **dict.fromkeys(("approve", "remove"), "ito@lawfirm.example"),
    "readdress": "ito@lawfirm.example ito@newfirm.example",
    "assign": "JAR-2026-014 ito@lawfirm.example",
    "language": "ja",
    "limit": "2",
}
"""What stands behind a word that does not act alone."""

SAMPLES = {(language, name): one for language in LANGUAGES for name, one in every_letter(language)}
NAMES = [*(kind for kind in KINDS if kind != "answer"), *(f"answer-{outcome}" for outcome in OUTCOMES)]


@pytest.mark.parametrize("verb", WORDS)
def test_every_command_has_a_word_in_english_and_one_in_japanese(verb: str) -> None:
    assert any(re.fullmatch(r"[A-Z ]+", word) for word in WORDS[verb])
    assert any(re.search(r"[぀-ヿ一-鿿]", word) for word in WORDS[verb])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", sorted(WORDS.keys() - {"ok", "done", "join"}))
def test_help_names_every_word_to_who_may_write_it(verb: str, language: str) -> None:
    """But for the answers that one letter alone asks for, and JOIN, of which nobody on the roster has need."""
    role = "member" if verb in lawyers.VERBS else "staff"
    told = TYPESETTER.preview(answer(language, said("help", role=role, case=None)), now=NOW, reader_name="Ito").text
    assert any(word in " ".join(told.split()) for word in WORDS[verb])


@pytest.mark.parametrize(("verb", "word"), [(verb, word) for verb, forms in WORDS.items() for word in forms])
@pytest.mark.parametrize("written", ["{}", "{}.", "　{}。", "lower {}"])
def test_every_word_is_obeyed_as_people_type_it(verb: str, word: str, written: str) -> None:
    line = f"{word} {FOLLOWS.get(verb, '')}".rstrip()
    line = line.lower() if written.startswith("lower") else written.format(line)
    assert [command.verb for command in read_line(line, VOCABULARY)] == [verb]


@pytest.mark.parametrize("word", [word for forms in WORDS.values() for word in forms])
def test_no_word_is_obeyed_in_a_question_or_a_sentence(word: str) -> None:
    assert not any(
        read_line(line, VOCABULARY) for line in (f"{word} JAR-2026-014 ?", f"Please {word} soon", f"{word}について教えてください")
    )


def test_a_japanese_letter_offers_the_japanese_word() -> None:
    offered = re.compile(r"quote_word\(\W*[A-Z]{2,}|「[A-Z]{3,}")
    found = {path.name: offered.findall(path.read_text(encoding="utf-8")) for path in (templates_dir() / "ja").rglob("*.j2")}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_there_and_a_hostile_one_is_sound(language: str, name: str) -> None:
    one: Letter = hostile(SAMPLES[language, name])
    content = TYPESETTER.compose(one, message_id=MESSAGE_ID, now=NOW, reader_name=HOSTILE)
    check_outgoing(content, one.to)
    message = message_from_bytes(content, policy=policy.default)
    assert [str(part.get_content_type()) for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    page = TYPESETTER.preview(one, now=NOW, reader_name=HOSTILE, code=CODE)
    assert not [line for line in page.text.split("\n") if read_line(line, VOCABULARY) and not line.startswith(">")]


def strings(node: ast.AST) -> Iterator[str]:
    yield from (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_outcome_that_the_code_tells_has_its_words() -> None:
    calls = [
        node for tree in CODE_TREES for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Line"
    ]
    told = {word for call in calls for outcome in call.args[1:2] for word in strings(outcome)}
    assert len(told) > 60 and told - {""} - set(OUTCOMES) == set()


def test_there_is_no_letter_that_nothing_sends() -> None:
    named = {word for tree in CODE_TREES for word in strings(tree)}
    assert {*KINDS, *OUTCOMES} - named == set()


@pytest.mark.parametrize("name", [*KINDS, *OUTCOMES])
def test_every_letter_is_documented(name: str) -> None:
    assert re.search(rf"^\| .*`{name}`.* \|" if name != "answer" else "`answer`", DOCUMENTED, re.MULTILINE)


def test_no_letter_is_documented_that_is_not_there() -> None:
    named = {name for row in re.findall(r"^\| (`[^|]*) \|", DOCUMENTED, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert named == {*KINDS, *OUTCOMES} - {"answer"}


def test_every_sentence_outside_the_templates_has_a_name_that_a_data_file_can_hold() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", key) and english.strip() for key, english in WANTED.items()) and len(WANTED) > 100
