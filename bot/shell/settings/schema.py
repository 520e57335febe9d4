"""The whole configuration: its sections, and what must hold between them.

Given what `gathering` found in the file, the environment and the secret files; gives frozen values with secrets masked.
Never reads anything itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import (
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.shell.settings import checks
from bot.shell.settings.sections import (
    Alerts,
    Bulletin,
    Claims,
    Database,
    Health,
    Imap,
    Mailbox,
    Organisation,
    Person,
    Reports,
    Retention,
    Round,
    Section,
    Security,
    Smtp,
)

SECRETS = (
    ("imap", "password"),
    ("smtp", "password"),
    ("security", "secret"),
    ("security", "master_key"),
    ("security", "old_secrets"),
    ("security", "old_master_keys"),
    ("database", "url"),
    ("alerts", "webhook"),
)
"""Keys that may stand in a file of their own, named by `KEY_file`."""

SECRET_LISTS = frozenset({("security", "old_secrets"), ("security", "old_master_keys")})
"""Of these, those that are lists; in a file of their own one secret stands on each line."""


class Settings(Section):
    organisation: Organisation
    mailbox: Mailbox
    imap: Imap
    smtp: Smtp
    security: Security
    database: Database = Database()
    round: Round = Round()
    claims: Claims = Claims()
    reports: Reports = Reports()
    retention: Retention = Retention()
    staff: tuple[Person, ...]
    bulletin: Bulletin = Bulletin()
    health: Health = Health()
    alerts: Alerts = Alerts()

    _file: Path = PrivateAttr(default=Path("firstreply.toml"))

    @property
    def file(self) -> Path:
        """The configuration file that these settings were read from; relative paths start from its folder."""
        return self._file

    @model_validator(mode="before")
    @classmethod
    def _take_defaults_from_each_other(cls, found: dict[str, Any]) -> dict[str, Any]:
        # A section that is not there at all is an empty one, so that each key it lacks is named.
        values = {name: {} for name in ("organisation", "mailbox", "imap", "smtp", "security")} | found
        organisation, security, staff = values["organisation"], values["security"], values.get("staff")
        first = staff[0] if isinstance(staff, list) and staff and isinstance(staff[0], dict) else {}
        if isinstance(organisation, dict) and not organisation.get("contact") and checks.is_address(first.get("address")):
            values["organisation"] = {**organisation, "contact": first["address"]}
        if isinstance(security, dict):
            values["security"] = {**security, "border_received": security.get("border_received") or security.get("authserv_id", "")}
        return values

    @property
    def sign_in_file(self) -> Path:
        """Where sign-ins with Google or Microsoft are kept: where the daemon may write, and in no backup."""
        url = self.database.url.get_secret_value()
        return Path(f"{url.removeprefix('sqlite:///')}.signin") if url.startswith("sqlite:") else self.file.with_suffix(".signin")

    @property
    def key_store_url(self) -> str:
        """Where the wrapped keys are: a file of their own beside that of SQLite, a schema of their own on a server."""
        url = self.database.url.get_secret_value()
        if not url.startswith("sqlite:"):
            return url
        return f"sqlite:///{self.security.key_store}" if self.security.key_store else f"{url}.keys"

    @field_validator("database")
    @classmethod
    def _keys_are_kept_apart(cls, value: Database, found: ValidationInfo) -> Database:
        security, url = found.data.get("security"), value.url.get_secret_value()
        if not security or not security.key_store:
            return value
        if not url.startswith("sqlite:"):
            raise ValueError('is a server, which keeps the keys in a schema of their own; write [security] key_store = ""')
        if Path(security.key_store).resolve() == Path(url.removeprefix("sqlite:///")).resolve():
            raise ValueError(
                "is the file that [security] key_store names; the keys belong into a file of their own, apart from its backups"
            )
        return value

    @field_validator("staff")
    @classmethod
    def _staff_are_other_people(cls, staff: tuple[Person, ...], found: ValidationInfo) -> tuple[Person, ...]:
        if not staff:
            raise ValueError("is empty; at least one person must be there to bring in cases")
        addresses = [person.address.lower() for person in staff]
        mailbox, organisation = found.data.get("mailbox"), found.data.get("organisation")
        if mailbox and mailbox.address.lower() in addresses:
            raise ValueError("names the bot's own address of [mailbox]; letters to staff would come back for ever")
        if len(set(addresses)) < len(addresses):
            raise ValueError("names one address twice; give each person one entry")
        if not organisation:
            return staff
        foreign = next((person for person in staff if person.language and person.language not in organisation.languages), None)
        if foreign:
            raise ValueError(f"says language {foreign.language!r} for {foreign.address}; it must be one of [organisation] languages")
        return tuple(person.model_copy(update={"language": person.language or organisation.languages[0]}) for person in staff)

    @field_validator("bulletin")
    @classmethod
    def _enough_staff_approve(cls, value: Bulletin, found: ValidationInfo) -> Bulletin:
        staff = found.data.get("staff")
        if staff and value.approvals > len(staff):
            raise ValueError(f"approvals is {value.approvals}, but there are only {len(staff)} [[staff]]; no bulletin could ever go out")
        return value
