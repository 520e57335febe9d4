"""What a value of the configuration must look like: one small check a kind, each with the words that say what to do instead.

Given a value as the operator wrote it, gives it back, or raises `ValueError` with the rest of a sentence that begins with the key.
The operator is trusted, slips of the fingers are not: a line break in a folder's name would be a command to the mail server.
Never shows the value of a secret, and never asks the network.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError
from holidays.registry import COUNTRIES
from pydantic import SecretStr

from bot.core.addresses import DOMAIN, LOCAL_PART, LONGEST_ADDRESS

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")
_CRON_EXAMPLE = '"0 9 1 * *" is 09:00 on the first of each month'


def one_line(value: str) -> str:
    """No control, bidirectional or zero-width characters, which would end up in a header or a command."""
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in value):
        raise ValueError("holds a line break or an invisible character; write it on one line")
    return value


def is_address(value: object) -> bool:
    """An address that can be written to; one of the machine itself is, too."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return False
    local, _, domain = value.rpartition("@")
    return bool(LOCAL_PART.fullmatch(local)) and (domain == "localhost" or bool(DOMAIN.fullmatch(domain)))


def address(value: str) -> str:
    if not is_address(value):
        raise ValueError(f"is no e-mail address: {one_line(value)!r}; write it as name@example.org")
    return value


def address_or_none(value: str) -> str:
    return address(value) if value else value


def secret_line(value: SecretStr) -> SecretStr:
    one_line(value.get_secret_value())
    return value


def not_a_truth(value: Any) -> Any:
    """Pydantic takes true for 1; in a configuration it is a value on the wrong line."""
    if isinstance(value, bool):
        raise ValueError("must be a whole number, not true or false")
    return value


def host(value: str) -> str:
    if not _HOST.fullmatch(value) and not _is_ip_address(value):
        raise ValueError(f"is no host name: {one_line(value)!r}; write the name alone, without imaps://, spaces or a port")
    return value


def is_loopback(value: str) -> bool:
    return value.lower() == "localhost" or (_is_ip_address(value) and ipaddress.ip_address(value).is_loopback)


def time_zone(value: str) -> str:
    near = nearest_time_zone(value)
    if near != value:
        raise ValueError(f"is no time zone: {value!r}, the nearest is {near}; write it as Continent/City")
    return value


def nearest_time_zone(value: str) -> str:
    """Itself where it is one."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return difflib.get_close_matches(value, available_timezones(), n=1, cutoff=0.0)[0]
    return value


def cron(value: str) -> str:
    """Five fields that come true some day."""
    try:
        if len(value.split()) != 5:
            raise CronSimError("it must have five fields")
        next(CronSim(value, datetime.now(UTC)))
    except (CronSimError, StopIteration) as error:
        why = str(error)[:1].lower() + str(error)[1:] or "it never comes true"
        raise ValueError(f"is no cron expression: {value!r} ({why}); {_CRON_EXAMPLE}") from None
    return value


def cron_or_none(value: str) -> str:
    return cron(value) if value else value


def holiday_country(value: str) -> str:
    # Not list_supported_countries(), which loads all of them and takes a quarter of a command's start.
    if value and value not in {codes[1] for codes in COUNTRIES.values()}:
        raise ValueError(f'is no country whose holidays are known: {value!r}; write its two letters, such as JP, or "" for none')
    return value


def case_prefix(value: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{0,9}", value):
        raise ValueError(f"must be one to ten capital letters or digits and begin with a letter, such as JAR, not {value!r}")
    return value


def languages(value: tuple[str, ...]) -> tuple[str, ...]:
    wrong = next((code for code in value if not re.fullmatch(r"[a-z]{2,3}", code)), None)
    if wrong is not None:
        raise ValueError(f'holds {wrong!r}, which is no language code; write codes such as "ja" and "en"')
    if not value:
        raise ValueError('is empty; write at least one language, such as ["en"]')
    if len(set(value)) < len(value):
        raise ValueError("names a language twice; name each once, the default first")
    return value


def long_secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < 16:
        raise ValueError("is empty or too short; let `firstreply init` make one, or write at least 16 random characters")
    return value


def long_secret_or_none(value: SecretStr) -> SecretStr:
    return long_secret(value) if value.get_secret_value() else value


def database_url(value: SecretStr) -> SecretStr:
    """Its value may hold a password, and is not shown."""
    kind, _, rest = value.get_secret_value().partition("://")
    if kind == "sqlite" and rest.strip("/") and ":memory:" not in rest and rest.startswith("/"):
        return value
    if kind == "postgresql+psycopg" and rest:
        return value
    if kind in ("postgres", "postgresql"):
        raise ValueError("must begin with postgresql+psycopg://, which names the driver too")
    raise ValueError("must be sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE")


def webhook_url(value: SecretStr) -> SecretStr:
    """Its path may be a secret, and is not shown."""
    url = value.get_secret_value()
    try:
        parts = urlsplit(url)
        is_fit = not url or (
            bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")))
        )
    except ValueError:
        is_fit = False
    if not is_fit:
        raise ValueError("must begin with https://, or with http:// and a host on this machine")
    return value


def https_or_none(value: str) -> str:
    if value and (not value.startswith("https://") or not urlsplit(value).hostname):
        raise ValueError(f"must begin with https:// and name a host, not {one_line(value)!r}")
    return value.rstrip("/")


def _is_ip_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def server_name(value: str) -> str:
    """A host's name as it stands in a header, or "" for none."""
    value = one_line(value)
    if any(sign.isspace() for sign in value):
        raise ValueError(
            "holds a space; write the one name that stands first in your server's Authentication-Results, such as mx.example.org"
        )
    return value
