"""The values of the configuration as they stand in the file, the environment and the files that hold secrets, before any check.

Given a path and an environment, gives one mapping, and from where each value came. The environment goes before the file.
Raises `SettingsError` for what cannot be read at all; what a value means is `schema`'s concern.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.shell.settings.schema import SECRET_LISTS, SECRETS, Settings
from bot.shell.settings.sentences import PREFIX, Place, SettingsError, known_variables, spoken_place

_NOT_KEYS = frozenset({"FIRSTREPLY_CONFIG"})
_LARGEST_SECRET = 64_000


@dataclass
class Found:
    """What was gathered so far; it grows while the sources are read, and ends with `load`."""

    values: dict[str, Any]
    origins: dict[Place, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    told: set[Place] = field(default_factory=set)
    """Places whose error stands in `sentences` already, so that validation need not add that they are missing."""
    in_clear: list[str] = field(default_factory=list)
    secret_files: list[Path] = field(default_factory=list)

    def section(self, name: str) -> dict[str, Any]:
        """A section to read or change; an empty one, put in nowhere, where the file has something else there."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}


def gather(path: Path, environ: Mapping[str, str]) -> Found:
    found = Found(_read_file(path))
    found.in_clear = [spoken_place(place) for place in SECRETS if place[0] != "database" and found.section(place[0]).get(place[1])]
    _take_environment(found, environ)
    folder = path.resolve().parent
    for section, key in SECRETS:
        _take_secret_file(found, section, key, folder=folder, file=path.name)
    _take_credential(found, environ)
    _anchor_database(found, folder)
    _anchor_key_store(found, folder)
    _anchor_service_accounts(found, folder)
    return found


def _read_file(path: Path) -> dict[str, Any]:
    try:
        # Windows editors begin a file with a byte order mark, which TOML does not know.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        sentence = f"There is no configuration file {path}; run `firstreply init` to write one, or name it with --config."
        raise SettingsError([sentence]) from None
    except IsADirectoryError:
        raise SettingsError([f"{path} is a folder; name the configuration file in it, such as {path / 'firstreply.toml'}."]) from None
    except OSError as error:
        raise SettingsError([f"{path} cannot be read ({error.strerror}); check its owner and permissions."]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path.name} is not written in UTF-8; save it again with that encoding."]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path.name}: {_syntax(str(error), path)}"]) from None


def _syntax(message: str, path: Path) -> str:
    """TOML's own words with the line; the end of the document is a line too."""
    where = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    lines = path.read_bytes().count(b"\n") + 1
    line = int(where[1]) if where else lines
    what = message[: message.rfind(" (at ")]
    return f"line {line} cannot be read: {what}; text stands in quotation marks, and each key has a line of its own."


def _take_environment(found: Found, environ: Mapping[str, str]) -> None:
    expected = {variable.replace("__", "_"): variable for variable in known_variables() if "__" in variable}
    for variable in sorted(name for name in environ if name.startswith(PREFIX) and name not in _NOT_KEYS):
        place = tuple(part.lower() for part in variable.removeprefix(PREFIX).split("__"))
        if variable in expected:
            found.sentences.append(f"{variable} is no known key; did you mean {expected[variable]}, with two underscores?")
        elif len(place) > 1 or place == ("staff",):
            _put(found, place, environ[variable], variable)


def _put(found: Found, place: tuple[str, ...], text: str, variable: str) -> None:
    inner = found.values
    for part in place[:-1]:
        inner = inner.setdefault(part, {})
        if not isinstance(inner, dict):
            return  # The file has a value where a section belongs; that is told by itself.
    for form in _twins(place) if len(place) > 1 else ():
        inner.pop(form, None)
    found.origins[place] = variable
    try:
        inner[place[-1]] = _value(place, text)
    except ValueError:
        found.told.add(place)
        found.sentences.append(f"{variable} is no JSON; write it as one line of JSON, or put it into the file.")


def _twins(place: tuple[str, ...]) -> tuple[str, ...]:
    """A secret and the name of its file are two ways to say one thing: the environment's way replaces the file's."""
    key = place[-1].removesuffix("_file")
    return (key, f"{key}_file") if (place[0], key) in SECRETS else ()


def _value(place: tuple[str, ...], text: str) -> Any:
    if place == ("organisation", "languages") and not text.startswith("["):
        return [code.strip() for code in text.split(",")]
    if place in (("staff",), ("organisation", "languages"), ("alerts", "command"), *SECRET_LISTS) or place[-1] == "oauth2":
        return json.loads(text)
    return text


def _take_secret_file(found: Found, section: str, key: str, *, folder: Path, file: str) -> None:
    values = found.section(section)
    if f"{key}_file" not in values:
        return
    named = values.pop(f"{key}_file")
    subject = found.origins.get((section, f"{key}_file")) or f"{file}: {spoken_place((section, f'{key}_file'))}"
    found.told.add((section, key))
    if values.get(key):
        found.sentences.append(f"{file}: {spoken_place((section, key))} and {key}_file are both given; keep one of them.")
    elif not isinstance(named, str) or not named:
        found.sentences.append(f"{subject} must be the name of a file in quotation marks.")
    else:
        path = folder / Path(named).expanduser()
        try:
            text = _secret(path)
            values[key] = text.splitlines() if (section, key) in SECRET_LISTS else text
        except ValueError as error:
            found.sentences.append(f"{subject} names {path}, which {error}.")
        else:
            found.told.discard((section, key))
            found.secret_files.append(path)


def _secret(path: Path) -> str:
    """The text of a file without its last line end; else `ValueError` with what is wrong."""
    try:
        with path.open("rb") as content:
            text = content.read(_LARGEST_SECRET).decode("utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError("is not text in UTF-8") from None
    if not text:
        raise ValueError("is empty")
    return text


def _take_credential(found: Found, environ: Mapping[str, str]) -> None:
    """A master key that systemd hands over (LoadCredential=master_key:…), where the configuration names none."""
    path = Path(environ.get("CREDENTIALS_DIRECTORY", "")) / "master_key"
    security = found.values.get("security")
    if not isinstance(security, dict) or security.get("master_key") or "CREDENTIALS_DIRECTORY" not in environ or not path.exists():
        return
    try:
        security["master_key"] = _secret(path)
    except ValueError as error:
        found.sentences.append(f"The credential {path} {error}.")


def _anchor_key_store(found: Found, folder: Path) -> None:
    security = found.section("security")
    if isinstance(security.get("key_store"), str) and security["key_store"]:
        security["key_store"] = str(folder / Path(security["key_store"]).expanduser())


def _anchor_service_accounts(found: Found, folder: Path) -> None:
    for section in ("imap", "smtp"):
        oauth2 = found.section(section).get("oauth2")
        if isinstance(oauth2, dict) and isinstance(named := oauth2.get("service_account_file"), str) and named:
            oauth2["service_account_file"] = str(folder / Path(named).expanduser())
            found.secret_files.append(Path(oauth2["service_account_file"]))


def _anchor_database(found: Found, folder: Path) -> None:
    """A relative SQLite file lies beside the configuration, not wherever the command was run."""
    database = found.values.setdefault("database", {})
    if not isinstance(database, dict):
        return
    url = database.setdefault("url", Settings.model_fields["database"].default.url.get_secret_value())
    if isinstance(url, str) and url.startswith("sqlite:///") and url.removeprefix("sqlite:///") not in ("", ":memory:"):
        database["url"] = f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
