"""An error in the configuration, told as one plain sentence: where it is, what is wrong, what to write instead.

Given what validation found and where each value came from; gives sentences, and the exception that carries them all at once.
Never shows the value of a key that may hold a secret.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.shell.settings.schema import SECRETS, Settings
from bot.shell.settings.sections import Oauth2

Place = tuple[str | int, ...]
"""("imap", "port"), or ("staff", 0, "address")."""

PREFIX = "FIRSTREPLY_"

_MISSING = {
    ("organisation", "name"): 'write your organisation\'s name, such as name = "Example Refugee Association"',
    ("mailbox", "address"): 'write the bot\'s own address, such as address = "cases@example.org"',
    ("imap", "host"): 'write the name of the server that holds the mailbox, such as host = "imap.example.org"',
    ("imap", "username"): "write the name that logs in to the mailbox; it is often the whole address",
    ("smtp", "host"): 'write the name of the server that sends mail, such as host = "smtp.example.org"',
    ("security", "secret"): "let `firstreply init` make one, or write at least 16 random characters",
    ("staff",): 'write at least one person: [[staff]] and below it address = "you@example.org"',
    ("staff", "address"): "write this person's e-mail address",
}
_KINDS = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": 'must be text in quotation marks, such as "…"',
    "tuple_type": 'must be a list, such as ["ja", "en"]',
    "dict_type": 'must be a table of names and values, such as { provider = "…" }',
}


class SettingsError(Exception):
    """The configuration cannot be used; `sentences` says all that is wrong with it."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = list(sentences)


def explain(error: ValidationError, *, file: str, origins: Mapping[Place, str], told: Collection[Place]) -> list[str]:
    """One sentence for each error but those of places already told; `origins` names the environment variable of a value from one."""
    return [_sentence(found, file, origins) for found in error.errors(include_url=False) if found["loc"] not in told]


def spoken_place(place: Place) -> str:
    """As the file writes it.

    >>> spoken_place(("staff", 0, "address"))
    '[[staff]] number 1, address'
    """
    if place[0] == "staff":
        person = f" number {int(place[1]) + 1}" if len(place) > 1 else ""
        return f"[[staff]]{person}" + "".join(f", {part}" for part in place[2:])
    return f"[{place[0]}] {'.'.join(str(part) for part in place[1:])}".rstrip()


def variable_of(place: Place) -> str:
    """The environment variable that sets a key."""
    return PREFIX + "__".join(str(part) for part in place).upper()


def known_variables() -> list[str]:
    """Every environment variable that sets a key; the staff come as one."""
    sections = [section for section in Settings.model_fields if section != "staff"]
    return [variable_of((section, key)) for section in sections for key in keys_of(section)] + [variable_of(("staff",))]


def nearest_known(place: Place) -> Place:
    """The known key that looks most like an unknown one, in the same section unless the very word stands in another."""
    section, key = str(place[0]), str(place[-1])
    if len(place) > 2 and place[1] == "oauth2":
        return (*place[:-1], _closest(key, list(Oauth2.model_fields)))
    elsewhere = [name for name in Settings.model_fields if key in keys_of(name)]
    if section not in Settings.model_fields:
        return (elsewhere[0], key) if elsewhere else (_closest(section, list(Settings.model_fields)),)
    if elsewhere and not difflib.get_close_matches(key, keys_of(section), n=1, cutoff=0.8):
        return (elsewhere[0], key)
    return (*place[:-1], _closest(key, keys_of(section)))


def keys_of(section: str) -> list[str]:
    """The keys that may stand in a section, with the `KEY_file` of each secret."""
    from_schema = section_model(section).model_fields
    return [*from_schema, *(f"{key}_file" for name, key in SECRETS if name == section)]


def section_model(section: str) -> type[BaseModel]:
    annotation = Settings.model_fields[section].annotation
    model = getattr(annotation, "__args__", (annotation,))[0]
    assert isinstance(model, type) and issubclass(model, BaseModel)
    return model


def _meant(place: Place, subject: str) -> str:
    if subject.startswith(PREFIX):
        return _closest(subject, known_variables())
    near = nearest_known(place)
    return str(near[-1]) if len(near) > 1 and near[:-1] == place[:-1] else spoken_place(near)


def _closest(word: str, known: Sequence[str]) -> str:
    return difflib.get_close_matches(word, known, n=1, cutoff=0.0)[0]


def _sentence(found: Any, file: str, origins: Mapping[Place, str]) -> str:
    place: Place = tuple(found["loc"])
    subject = _subject(place, file, origins)
    if found["type"] == "extra_forbidden":
        what = "section" if len(place) == 1 and isinstance(found["input"], dict | list) else "key"
        return f"{subject} is no known {what}; did you mean {_meant(place, subject)}?"
    if _is_missing(found):
        name = ("staff", "address") if place[0] == "staff" and len(place) > 1 else place
        return f"{subject} is missing: {_MISSING.get(tuple(str(part) for part in name), 'write a value')}."
    if found["type"] == "value_error":
        return f"{subject} {found['ctx']['error']}."
    if found["type"] in ("model_type", "model_attributes_type"):
        return f"{subject} must be a section of keys, not a value."
    if place == ("staff",):
        return f"{subject} must be written with double brackets, [[staff]], once for each person."
    shown = "" if (place[:2] in SECRETS or "oauth2" in place) else f", not {_cut(found['input'])}"
    return f"{subject} {_demand(found)}{shown}."


def _subject(place: Place, file: str, origins: Mapping[Place, str]) -> str:
    variable = origins.get(place) or next((name for where, name in origins.items() if where[: len(place)] == place and len(place) == 1), "")
    is_whole_section = len(place) == 1 and place[0] in Settings.model_fields
    return variable if variable and not is_whole_section else f"{file}: {spoken_place(place) if _has_section(place) else place[0]}"


def _has_section(place: Place) -> bool:
    return len(place) > 1 or place[0] in Settings.model_fields


def _is_missing(found: Any) -> bool:
    return found["type"] in ("missing", "string_too_short", "too_short")


def _demand(found: Any) -> str:
    context = found.get("ctx", {})
    if found["type"] == "greater_than_equal":
        return f"must be {context['ge']} or more"
    if found["type"] == "less_than_equal":
        return f"must be at most {context['le']}"
    if found["type"] == "literal_error":
        return f"must be one of {context['expected']}".replace("'", '"').replace(" or ", ", ")
    return _KINDS.get(found["type"], "is of the wrong kind")


def _cut(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"
