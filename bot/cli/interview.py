"""What `firstreply init` asks at a terminal: each answer is tried as it is given, against the servers themselves.

Given a talk, gives the answers for the configuration and the secrets that go into files of their own. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.doors import Answers, reading, sending
from bot.cli.signing import Login
from bot.cli.talk import Talk
from bot.core import parsing, trust
from bot.shell.settings import PROVIDERS, Answer, Provider, checks

if TYPE_CHECKING:
    from collections.abc import Callable


def interview(talk: Talk, sign_in_file: Path, *, language: str) -> Answers:
    answers = Answers()
    talk.say("hello")
    _organisation(talk, answers.settings)
    talk.step("step_mailbox")
    address = talk.ask("mailbox_address", fit=_not(talk, answers.settings["staff__address"]))
    answers.settings["mailbox__address"] = address
    keys = list(PROVIDERS)
    key = keys[talk.choose("who", [PROVIDERS[name].name or talk.words["other"] for name in keys])]
    provider = PROVIDERS[key]
    if (hint := f"hint_{key}") in talk.words:
        talk.say(hint, example=provider.example)
    login = Login(address)
    heads = reading(talk, answers, provider, login, sign_in_file)
    sending(talk, answers, provider, login)
    talk.step("step_proof")
    _proof(talk, answers.settings, provider, heads, address)
    talk.step("step_letters")
    answers.settings["organisation__languages"] = _languages(
        talk.ask("languages", default=f"{language}, {'en' if language == 'ja' else 'ja'}", fit=_no_languages(talk))
    )
    answers.settings["staff__language"] = language
    answers.settings["organisation__timezone"] = talk.ask("timezone", default=_zone_here(), fit=_no_time_zone(talk))
    return answers


def _organisation(talk: Talk, settings: dict[str, Answer]) -> None:
    talk.step("step_organisation")
    settings["organisation__name"] = talk.ask("organisation_name")
    settings["staff__name"] = talk.ask("your_name")
    talk.say("why_your_address")
    settings["staff__address"] = talk.ask("your_address", fit=lambda text: "" if checks.is_address(text) else talk.words["not_address"])


def _proof(talk: Talk, settings: dict[str, Answer], provider: Provider, heads: Sequence[bytes], address: str) -> None:
    """What the provider signs its checks with: as the newest mails show it, else as it is known."""
    mails = [parsing.read(head, own_address=address, is_whole=False) for head in heads]
    seen = trust.survey(mails, authserv_id="", border_received="").seen
    if seen is not None and seen.methods:
        settings["security__authserv_id"] = seen.profile.authserv_id
        settings["security__border_received"] = seen.profile.border_received
        talk.good("proof_ok", server=seen.profile.authserv_id, passed=seen.passed, mails=len(mails))
    elif provider.authserv_id:
        settings["security__authserv_id"] = provider.authserv_id
        talk.good("proof_preset", server=provider.authserv_id)
    else:
        talk.say("proof_none")


def _languages(text: str) -> list[str]:
    return [code.strip().lower() for code in text.replace("、", ",").split(",") if code.strip()]


def _no_languages(talk: Talk) -> Callable[[str], str]:
    def fault(text: str) -> str:
        codes = _languages(text)
        return "" if codes and set(codes) <= {"en", "ja"} and len(set(codes)) == len(codes) else talk.words["not_languages"]

    return fault


def _no_time_zone(talk: Talk) -> Callable[[str], str]:
    def fault(text: str) -> str:
        nearest = checks.nearest_time_zone(text)
        return "" if nearest == text else talk.told("not_time_zone", text=text, nearest=nearest)

    return fault


def _not(talk: Talk, other: Answer) -> Callable[[str], str]:
    def fault(text: str) -> str:
        if not checks.is_address(text):
            return talk.words["not_address"]
        return talk.words["own_address"] if text.lower() == str(other).lower() else ""

    return fault


def _zone_here() -> str:
    """As this machine is set; Tokyo where it does not say."""
    try:
        found = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")[2]
        return checks.time_zone(found) if found and found not in ("UTC", "Etc/UTC") else "Asia/Tokyo"
    except ValueError:
        return "Asia/Tokyo"
