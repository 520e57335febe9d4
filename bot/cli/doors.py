"""The two doors of a mailbox, tried while a person is there: where they are, what opens them, and what is behind them.

Given a talk and a provider, gives the settings of [imap] and [smtp], the secrets that go into files of their own, and what is still open.
Logs in and looks; never sends a letter, never changes anything in the mailbox, and forgets nothing that it was told.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.cli import servers, signing
from bot.cli.servers import Protocol, Server
from bot.cli.signing import Login
from bot.cli.talk import Talk
from bot.core.mail import Obstacle
from bot.shell.mailbox import Folder, ImapAccount, Mailbox, MailboxAway
from bot.shell.reach import Place
from bot.shell.relay import Relay, SmtpAccount
from bot.shell.settings import COMMON_JUNK, Answer, Provider, checks

SAMPLE = 30
"""So many of the newest mails show what a provider does."""


@dataclass(slots=True)
class Answers:
    settings: dict[str, Answer] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """By the name of the file that each goes into."""
    unsettled: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """What was not tried, does not work yet or is missing: a name of words, and what they speak of."""


def reading(talk: Talk, answers: Answers, provider: Provider, login: Login, sign_in_file: Path) -> list[bytes]:
    """Until the mailbox lets us in, or the person goes on without; the newest mails' header fields."""
    server = _server(talk, "imap", provider.imap, provider, login)
    is_refused = False
    while True:
        met: Obstacle | list[bytes] | None = None
        if not login.is_complete or (is_refused and server.is_reached):
            met = signing.ask(talk, provider, login, sign_in_file, is_tried=server.is_reached)
        if server.is_reached and met is None:
            met = _read(talk, answers.settings, server, login, provider)
        if isinstance(met, Obstacle):
            is_refused = met.is_login
            following = _after(talk, "read_failed", server, login, met)
            if following is not None:
                server = following
                continue
        _put(answers, server, login, works=isinstance(met, list))
        return met if isinstance(met, list) else []


def _read(talk: Talk, settings: dict[str, Answer], server: Server, login: Login, provider: Provider) -> list[bytes] | Obstacle:
    talk.say("trying")
    place = server.place
    account = ImapAccount(place.host, place.port, place.security, login.username, login.password, oauth_token=login.tokens)
    try:
        with Mailbox(account, connect_seconds=10, read_seconds=20) as mailbox:
            folders, inbox = mailbox.folders(), Folder("INBOX")
            mails = len(mailbox.news(inbox, uidvalidity=None, above=0).uids)
            heads = mailbox.newest_heads(inbox, most=SAMPLE)
    except MailboxAway as away:
        return away.obstacle
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
    answers.settings["smtp__messages_per_minute"] = provider.messages_per_minute
    answers.settings["smtp__connections"] = provider.connections
    server = _server(talk, "smtp", provider.smtp or (provider.example and str(answers.settings["imap__host"])), provider, login)
    if server.is_reached and not login.is_complete and not login.oauth2:
        login.password = talk.ask("password", is_hidden=True, may_be_empty=True)
    works = False
    while server.is_reached and login.is_complete and not works:
        met = _send(talk, server.place, login, sender=str(answers.settings["mailbox__address"]))
        works = met is None
        if met is None:
            talk.good("send_ok")
            continue
        following = _after(talk, "send_failed", server, login, met)
        if following is None:
            break
        if met.is_login and following == server and not login.oauth2:
            login.password = talk.ask("smtp_password", is_hidden=True, may_be_empty=True) or login.password
        server = following
    _put(answers, server, login, works=works)


def _send(talk: Talk, place: Place, login: Login, *, sender: str) -> Obstacle | None:
    talk.say("trying")
    account = SmtpAccount(place.host, place.port, place.security, login.username, login.password, login.tokens, timeout_seconds=20)
    return asyncio.run(Relay(account, helo=login.username.rpartition("@")[2] or "localhost").check(sender=sender))


def _server(talk: Talk, protocol: Protocol, known: str, provider: Provider, login: Login) -> Server:
    """Asked where each customer has another; then the hint has shown what it looks like."""
    usual = "" if provider.example else f"{protocol}.{login.username.rpartition('@')[2]}"
    return servers.found(talk, protocol, known or usual, is_asked=not known or bool(provider.example))


def _after(talk: Talk, words: str, server: Server, login: Login, met: Obstacle) -> Server | None:
    """Why it does not work, and what to try next: the same server, another, or none where the person goes on without; on this machine, without TLS."""
    place = server.place
    if met.why == "clear" and place.security != "none" and checks.is_loopback(place.host):
        talk.say("clear_here", host=place.host, port=place.port)
        return replace(server, place=replace(place, security="none"))
    facts = {"host": place.host, "port": place.port, "server": talk.told(f"{server.protocol}_host")}
    talk.bad(words, why=f"fault_{met.why}", said=met.said or met.sentence, username=login.username, **facts)
    following = talk.goes_on()
    if following == "without":
        return None
    is_of_server = not (met.is_login or met.is_sender) and met.why != "sign_in_away"
    if following == "server" or is_of_server:
        return servers.found(talk, server.protocol, server.spelled, is_asked=True)
    return server


def _put(answers: Answers, server: Server, login: Login, *, works: bool) -> None:
    section, place = server.protocol, server.place
    values: dict[str, Answer] = {"host": place.host, "port": place.port, "security": place.security, "username": login.username}
    if login.oauth2:
        values["oauth2"] = login.oauth2
    elif login.password:
        file = "imap.secret" if section == "imap" or answers.secrets.get("imap.secret") == login.password else "smtp.secret"
        answers.secrets[file] = login.password
        values["password_file"] = file
    answers.settings |= {f"{section}__{key}": value for key, value in values.items()}
    if not works:
        answers.unsettled += [(words, {"section": section, "host": place.host}) for words in _unsettled(server, login)]


def _unsettled(server: Server, login: Login) -> list[str]:
    tried = ["not_reached"] if not server.is_reached else ["not_let_in"] if login.is_complete else []
    if login.is_complete:
        return tried
    if not login.oauth2:
        return [*tried, "no_password"]
    return [*tried, "not_signed_in" if login.oauth2["client_id"] else "no_client_id"]


def _junk(folders: dict[str, frozenset[str]], provider: Provider) -> str:
    told = [name for name, flags in folders.items() if "junk" in flags]
    return next(iter([*told, *(name for name in (*provider.junk, *COMMON_JUNK) if name in folders)]), "")
