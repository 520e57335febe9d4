"""How letters to staff name who of them did something. Reads the configuration alone."""

from __future__ import annotations

from bot.core.reasons import doer
from bot.core.tongue import Tongue
from bot.office import Office


def named(office: Office, who: str, tongue: Tongue) -> str:
    """“Suzuki Taro (suzuki@ngo.example)”; the address alone where no name is known; words for the command line."""
    person = office.staff(who)
    if tongue.is_japanese and "@" in who:
        return f"{person.name}さん（{who}）" if person and person.name else f"{who}さん"
    return f"{person.name} ({who})" if person and person.name else doer(who, tongue)
