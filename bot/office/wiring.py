"""An office from the settings: the rules, the languages, the ledger with its keys, the typesetter. Opens no connection and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot.core.circulation import Calendar
from bot.core.mail import canonical
from bot.core.model import Staff
from bot.core.rules import Rules
from bot.core.tongue import SHIPPED, Tongue
from bot.core.vocabulary import Vocabulary
from bot.office import tongues
from bot.office.owing import Office
from bot.office.steady import SteadyClock
from bot.shell.ledger import Keys, KeyStore, Ledger
from bot.shell.letters import House, Typesetter
from bot.shell.sealing import master_from
from bot.shell.settings import Person, Settings

log = structlog.get_logger()


def open_office(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> Office:
    """Wire one from the settings. Opens no connection and changes nothing."""
    zone, clock = ZoneInfo(settings.organisation.timezone), clock or SteadyClock()
    spoken = tongues.spoken(settings.organisation.languages, own(settings, settings.organisation.templates))
    words = tongues.command_words(own(settings, settings.organisation.command_words), spoken.values())
    staff = tuple(_staff(person, settings) for person in settings.staff)
    house = House(
        name=settings.organisation.name,
        contact=settings.organisation.contact or staff[0].address,
        address=settings.mailbox.address,
        display_name=settings.mailbox.display_name,
        zone=zone,
        case_prefix=settings.organisation.case_prefix,
        settle_seconds=settings.claims.settle_seconds,
        subaddressing=settings.mailbox.subaddressing,
    )
    rules = Rules(
        zone=zone,
        vocabulary=Vocabulary(words, settings.organisation.case_prefix, _by_name(spoken)),
        staff=staff,
        languages=settings.organisation.languages,
        organisation=settings.organisation.name,
        settle=timedelta(seconds=settings.claims.settle_seconds),
        hold=timedelta(hours=settings.claims.hold_hours),
        offer=timedelta(hours=settings.claims.offer_hours),
        most_open_per_member=settings.claims.max_open_per_member,
        one_per_firm=settings.claims.one_per_firm,
        approvals=settings.bulletin.approvals,
        own_address=canonical(settings.mailbox.address),
    )
    calendar = Calendar(settings.round.schedule, zone, settings.round.business_days_only, settings.round.holidays)
    return Office(
        settings=settings,
        ledger=Ledger(settings.database.url.get_secret_value(), _keys(settings, clock)),
        typesetter=Typesetter(
            house,
            overrides=own(settings, settings.organisation.templates),
            command_words=[word for forms in words.values() for word in forms],
            tongues=spoken.values(),
            told=lambda place: log.warning("template spoilt", place=place),
        ),
        rules=rules,
        calendar=calendar,
        tongues=spoken,
        keys=tuple(secret.get_secret_value().encode() for secret in (settings.security.secret, *settings.security.old_secrets)),
        clock=clock,
    )


def _keys(settings: Settings, clock: Callable[[], datetime]) -> Keys:
    """Client data opens with these. A master key that is none of its own is made from the secret, and so were former ones."""
    security = settings.security
    given = (security.master_key, security.secret, *security.old_master_keys, *security.old_secrets)
    masters = [master_from(one.get_secret_value()) for one in given if one.get_secret_value()]
    return Keys(KeyStore(settings.key_store_url), masters, clock=clock)


def own(settings: Settings, name: str) -> Path | None:
    """A file or folder of the organisation's own; a relative name starts from the folder of the configuration."""
    return settings.file.parent / Path(name).expanduser() if name else None


def _by_name(spoken: Mapping[str, Tongue]) -> dict[str, str]:
    """What people call a language, and its code; our own two keep their names where an organisation has only one of them."""
    return {name.casefold(): tongue.code for tongue in {**SHIPPED, **spoken}.values() for name in tongue.names}


def _staff(person: Person, settings: Settings) -> Staff:
    """Who has no language set, or one that has no letters, is written to in the organisation's first."""
    languages = settings.organisation.languages
    language = person.language if person.language in languages else languages[0]
    return Staff(canonical(person.address), person.name, language)
