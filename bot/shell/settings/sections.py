"""Every section of the configuration: its keys, their types and defaults, and what must hold within it.

What each key is for is told to the operator in `sample`. Never reads anything, and knows no other section: `schema` does.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.shell.settings import checks

Text = Annotated[str, AfterValidator(checks.one_line)]
Needed = Annotated[str, StringConstraints(min_length=1), AfterValidator(checks.one_line)]
Address = Annotated[str, StringConstraints(min_length=1), AfterValidator(checks.address)]
Host = Annotated[str, StringConstraints(min_length=1), AfterValidator(checks.host)]
Secret = Annotated[SecretStr, AfterValidator(checks.secret_line)]
Number = Annotated[int, BeforeValidator(checks.not_a_truth)]
Count = Annotated[Number, Field(ge=0)]
AtLeastOne = Annotated[Number, Field(ge=1)]
Port = Annotated[Number, Field(ge=1, le=65535)]
Transport = Literal["tls", "starttls", "none"]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Oauth2(Section):
    """What signs in where a provider takes no passwords."""

    provider: Literal["microsoft", "google"]
    client_id: Text = ""
    client_secret: Secret = Field(default=SecretStr(""), repr=False)
    """Google gives one even to programs on a person's own machine."""
    tenant: Annotated[str, AfterValidator(checks.server_name)] = "organizations"
    """Of Microsoft: the organisation's domain or id."""
    service_account_file: Text = ""
    """Of Google: the key of a program that needs no person to sign in."""
    authority: Annotated[str, AfterValidator(checks.https_or_none)] = ""
    """Where the provider's sign-in is, in a national cloud."""

    @model_validator(mode="after")
    def _is_known_there(self) -> Oauth2:
        if not self.client_id and not (self.service_account_file and self.provider == "google"):
            raise ValueError("has no client_id; write the id under which firstreply is registered with the provider")
        return self


class Organisation(Section):
    name: Needed
    timezone: Annotated[str, AfterValidator(checks.time_zone)] = "Asia/Tokyo"
    languages: Annotated[tuple[str, ...], AfterValidator(checks.languages)] = ("ja", "en")
    """The first is the default."""
    case_prefix: Annotated[str, AfterValidator(checks.case_prefix)] = "JAR"
    contact: Annotated[str, AfterValidator(checks.address_or_none)] = ""
    """The human behind the bot; the first of the staff where none is named."""
    command_words: Text = ""
    """A TOML file with further command words, beside those that ship."""
    templates: Text = ""
    """A folder whose templates come before those that ship."""


class Mailbox(Section):
    address: Address
    display_name: Text = "Pro bono desk"
    subaddressing: bool = False


class _Server(Section):
    """Where mail lies or leaves, and what logs in there."""

    host: Host
    port: Port
    security: Transport = "tls"
    username: Text
    oauth2: Oauth2 | None = Field(default=None, repr=False)
    password: Secret | None = Field(default=None, validate_default=True)
    """None where `oauth2` logs in."""

    @field_validator("security")
    @classmethod
    def _clear_only_to_loopback(cls, value: str, found: ValidationInfo) -> str:
        return _guarded(value, found.data.get("host"))


class Imap(_Server):
    port: Port = 993
    username: Needed
    folder: Needed = "INBOX"
    junk_folder: Text = ""
    archive_folder: Text = ""
    sent_folder: Text = ""
    poll_seconds: AtLeastOne = 60
    idle: bool = True

    @field_validator("password")
    @classmethod
    def _can_log_in(cls, value: SecretStr | None, found: ValidationInfo) -> SecretStr | None:
        if not (value and value.get_secret_value()) and not found.data.get("oauth2", "wrong"):
            raise ValueError("is missing: write the mailbox's password, or name a file that holds it as password_file, or use oauth2")
        return value


class Smtp(_Server):
    port: Port = 465
    username: Text = ""
    """"" where the server asks for no log-in."""
    connections: AtLeastOne = 4
    in_doubt_seconds: Count = 600
    messages_per_minute: Count = 0

    @field_validator("password")
    @classmethod
    def _goes_with_username(cls, value: SecretStr | None, found: ValidationInfo) -> SecretStr | None:
        given = bool(value and value.get_secret_value())
        if found.data.get("username") and not given and not found.data.get("oauth2", "wrong"):
            raise ValueError('is missing: write the password that goes with the username, or username = "" where no log-in is needed')
        if given and found.data.get("username") == "":
            raise ValueError("is given without a username; write both, or neither where no log-in is needed")
        return value if given else None


class Database(Section):
    url: Annotated[SecretStr, AfterValidator(checks.database_url)] = SecretStr("sqlite:///data/firstreply.db")


class Round(Section):
    schedule: Annotated[str, AfterValidator(checks.cron)] = "0 9 1 * *"
    preview_hours: Count = 24
    business_days_only: bool = True
    holidays: Annotated[str, AfterValidator(checks.holiday_country)] = "JP"


class Claims(Section):
    settle_seconds: Count = 120
    hold_hours: Count = 48
    offer_hours: AtLeastOne = 24
    max_open_per_member: Count = 0
    one_per_firm: bool = False
    checkin_days: Count = 91
    """How often a holder is asked how the case is; 0: never."""


class Reports(Section):
    daily: Annotated[str, AfterValidator(checks.cron_or_none)] = "0 8 * * *"
    monthly: Annotated[str, AfterValidator(checks.cron_or_none)] = "0 9 1 * *"
    """When staff get the figures of the month before."""
    year_begins: Annotated[int, Field(ge=1, le=12)] = 1
    """The month with which the year of a report begins."""


class Bulletin(Section):
    approvals: AtLeastOne = 1
    ladder_days: tuple[AtLeastOne, ...] = (14, 7, 3)
    """Days before a deadline at which staff are offered a bulletin about a case that nobody has taken."""


class Security(Section):
    secret: Annotated[Secret, AfterValidator(checks.long_secret)]
    authserv_id: Annotated[str, AfterValidator(checks.server_name)] = ""
    border_received: Annotated[str, AfterValidator(checks.server_name)] = ""
    """`authserv_id` where none is named."""
    check_dkim: bool = False
    """Whether signatures are checked here, for a provider that writes no Authentication-Results."""
    master_key: Annotated[Secret, AfterValidator(checks.long_secret_or_none)] = SecretStr("")
    """Wraps the keys that client data is sealed with; made from `secret` where there is none."""
    old_secrets: tuple[Annotated[Secret, AfterValidator(checks.long_secret)], ...] = ()
    """What `secret` was before: codes signed with one of these still count."""
    old_master_keys: tuple[Annotated[Secret, AfterValidator(checks.long_secret)], ...] = ()
    """What `master_key` was before, until `firstreply keys rotate`."""
    key_store: Text = ""
    """The file of the wrapped keys, on SQLite; beside the database where none is named."""


class Health(Section):
    metrics_port: Annotated[Number, Field(ge=0, le=65535)] = 0
    """On 127.0.0.1, for Prometheus and probes; 0: none."""


class Alerts(Section):
    """The second way, for when mail itself is what is broken."""

    file: Text = ""
    command: tuple[Text, ...] = ()
    webhook: Annotated[Secret, AfterValidator(checks.webhook_url)] = SecretStr("")


class Retention(Section):
    """In days; 0: for ever."""

    closed_case_days: Count = 365
    raw_mail_days: Count = 90
    set_aside_days: Count = 180
    """For mail that was left to a person."""
    letter_days: Count = 30


class Person(Section):
    address: Address
    name: Text = ""
    language: Text = ""
    """The organisation's first where none is named."""


def _guarded(security: str, host: str | None) -> str:
    if security == "none" and host is not None and not checks.is_loopback(host):
        raise ValueError(f'is "none", which would send the password in clear to {host}; write "tls" or "starttls"')
    return security
