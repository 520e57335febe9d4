"""The parts and phrases that a letter's templates share are set up once a letter, and nothing in any letter comes out another way for it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from jinja2 import Template

from bot.shell.letters import modules
from tests.shell.letters_samples import answer, every_letter, said
from tests.shell.test_letters_leave_as_sound_mail import bytes_of


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_letter_is_the_same_to_the_byte(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = every_letter(language)
    shared = [bytes_of(one) for _, one in letters]
    monkeypatch.setattr(modules, "_SHARED", ("set up anew each time",))
    assert [bytes_of(one) for _, one in letters] == shared


def test_what_a_letter_imports_again_and_again_is_set_up_once_for_each_form(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str | None] = Counter()
    make = Template.make_module

    def counted(self: Template, *arguments: Any) -> Any:
        counts[self.name] += 1
        return make(self, *arguments)

    monkeypatch.setattr(Template, "make_module", counted)
    bytes_of(answer("en", said("waitlisted")))
    assert (counts["parts.j2"], counts["en/phrases.j2"]) == (2, 2)
