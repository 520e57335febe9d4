"""The two doors of a mailbox, tried while a person is there: where they are, what opens them, and what is behind them.

Given a talk and a provider, gives the settings of [imap] and [smtp], and the secrets that go into files of their own. Logs in and looks;
never sends a letter, and never changes anything in the mailbox.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.talk import Talk
from bot.core.mail import SignInAway, SignInRefused
from bot.shell.mailbox import Folder, ImapAccount, Mailbox, MailboxAway
from bot.shell.reach import Place, place_of
from bot.shell.relay import Relay, SmtpAccount
from bot.shell.settings import COMMON_JUNK, PORTS, Answer, Provider, checks
from bot.shell.tokens import Registration, TokenSource

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 30
"""So many of the newest mails show what a provider does."""


@dataclass(slots=True)
class Answers:
    settings: dict[str, Answer] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """By the name of the file that each goes into."""


@dataclass(slots=True)
class Login:
    """How to log in to both servers; a password, or where tokens come from."""

    username: str
    password: str = ""
    tokens: Callable[[str], str] | None = None
    oauth2: dict[str, str] = field(default_factory=dict)


def reading(talk: Talk, answers: Answers, provider: Provider, login: Login, sign_in_file: Path) -> list[bytes]:
    """Until the mailbox lets us in, or the person goes on without; the newest mails' header fields."""
    place = _place(talk, "imap", provider.imap, provider, login)
    if place is None:
        return []
    while True:
        _credentials(talk, provider, login, sign_in_file)
        heads = _read(talk, answers.settings, place, login, provider)
        if heads is not None or talk.keeps():
            _put(answers, "imap", place, login)
            return heads or []


def _read(talk: Talk, settings: dict[str, Answer], place: Place, login: Login, provider: Provider) -> list[bytes] | None:
    talk.say("trying")
    account = ImapAccount(place.host, place.port, place.security, login.username, login.password, oauth_token=login.tokens)
    try:
        with Mailbox(account, connect_seconds=10, read_seconds=20) as mailbox:
            folders, inbox = mailbox.folders(), Folder("INBOX")
            mails = len(mailbox.news(inbox, uidvalidity=None, above=0).uids)
            heads = mailbox.newest_heads(inbox, most=SAMPLE)
    except MailboxAway as away:
        talk.bad("read_failed", away.reason)
        return None
    talk.good("read_ok", folders=len(folders), mails=mails)
    junk = _junk(folders, provider)
    if junk:
        settings["imap__junk_folder"] = junk
        talk.good("junk_ok", folder=junk)
    else:
        talk.say("junk_none")
    return heads


def sending(talk: Talk, answers: Answers, provider: Provider, login: Login) -> None:
    """With the same user and password first; where these do not open it, with another."""
    place = _place(talk, "smtp", provider.smtp or (provider.example and str(answers.settings.get("imap__host", ""))), provider, login)
    if place is None:
        return
    while True:
        talk.say("trying")
        account = SmtpAccount(place.host, place.port, place.security, login.username, login.password, login.tokens, timeout_seconds=20)
        faults = asyncio.run(Relay(account, helo=login.username.rpartition("@")[2] or "localhost").check())
        if not faults:
            talk.good("send_ok")
            break
        talk.bad("send_failed", *faults)
        if talk.keeps():
            break
        if not login.tokens:
            login.password = talk.ask("smtp_password", is_hidden=True, may_be_empty=True) or login.password
    _put(answers, "smtp", place, login)
    answers.settings["smtp__messages_per_minute"] = provider.messages_per_minute
    answers.settings["smtp__connections"] = provider.connections


def _place(talk: Talk, protocol: str, known: str, provider: Provider, login: Login) -> Place | None:
    """A server that answers, or none where the person goes on without."""
    domain = login.username.rpartition("@")[2]
    text = known or provider.example or f"{protocol}.{domain}"
    while True:
        if not known or provider.example:
            text = talk.ask(f"{protocol}_host", default=text)
        place = place_of(text, PORTS[protocol])
        if isinstance(place, Place):
            talk.good("reached", host=place.host, port=place.port, security=place.security.upper())
            return place
        talk.bad(place)
        if talk.keeps():
            return None


def _credentials(talk: Talk, provider: Provider, login: Login, sign_in_file: Path) -> None:
    if not provider.signs_in:
        login.username = talk.ask("username", default=login.username, fit=fits(checks.one_line))
        login.password = talk.ask("password", is_hidden=True, fit=fits(checks.one_line))
        return
    login.oauth2 = {
        "provider": "microsoft",
        "client_id": talk.ask("client_id"),
        "tenant": talk.ask("tenant", default=login.username.rpartition("@")[2]),
    }
    registration = Registration("microsoft", login.username, login.oauth2["client_id"], tenant=login.oauth2["tenant"])
    source = TokenSource(registration, sign_in_file, lambda: datetime.now(UTC))
    try:
        source.sign_in(_Person(talk))
    except (SignInAway, SignInRefused) as failure:
        talk.bad("read_failed", str(failure))
    login.tokens = source


def _put(answers: Answers, section: str, place: Place, login: Login) -> None:
    values: dict[str, Answer] = {"host": place.host, "port": place.port, "security": place.security, "username": login.username}
    if login.oauth2:
        values["oauth2"] = login.oauth2
    else:
        same = answers.secrets.get("imap.secret") in (None, login.password)
        file = "imap.secret" if same else f"{section}.secret"
        answers.secrets[file] = login.password
        values["password_file"] = file
    answers.settings |= {f"{section}__{key}": value for key, value in values.items()}


def _junk(folders: dict[str, frozenset[str]], provider: Provider) -> str:
    told = [name for name, flags in folders.items() if "junk" in flags]
    return next(iter([*told, *(name for name in (*provider.junk, *COMMON_JUNK) if name in folders)]), "")


def fits(check: Callable[[str], Any]) -> Callable[[str], str]:
    """A check of the configuration as an answer's: its rest of a sentence."""

    def fault(text: str) -> str:
        try:
            check(text)
        except ValueError as error:
            return f"“{text}” {error}."
        return ""

    return fault


@dataclass(slots=True)
class _Person:
    """Who signs in, in the same talk."""

    talk: Talk

    def say(self, text: str) -> None:
        self.talk.console.print(f"\n{text}\n", markup=False, highlight=False)

    def ask(self, question: str) -> str:
        return self.talk.ask(question)
