"""Google and Microsoft 365 take no passwords: a person signs in once, tokens are renewed, and staff hear before that ends.

The sign-in is a server of ours over HTTPS; the tokens go to a real Dovecot, which asks it whose they are, and to the recording SMTP server.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.notices import accounts
from bot.office import open_office
from bot.shell.settings import load
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.sign_in import USER_CODE, SignInServer, sign_in_server
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import BOT, World
from tests.story.terminal import Terminal

ITO = "ito@lawfirm.example"


@pytest.fixture
def provider(certificate: Certificate) -> Iterator[SignInServer]:
    with sign_in_server(certificate, user=BOT) as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, provider: SignInServer, certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(certificate.cert))
    with Dovecot.start(tokeninfo=provider.tokeninfo) as imap, SmtpSink.start(tokens=provider.knows) as sink:
        yield World.build(tmp_path, imap, sink)


def uses(world: World, oauth2: str) -> None:
    """The mailbox as it is with a provider that takes no passwords."""
    path = world.folder / "firstreply.toml"
    text = re.sub(r"^password = .*$", f"oauth2 = {{ {oauth2} }}", path.read_text(), flags=re.MULTILINE)
    path.write_text(text.replace("[smtp]\n", f'[smtp]\nusername = "{BOT}"\noauth2 = {{ {oauth2} }}\n'))


def microsoft(provider: SignInServer) -> str:
    return f'provider = "microsoft", client_id = "our-id", authority = "{provider.url}"'


def google(provider: SignInServer) -> str:
    return f'provider = "google", client_id = "our-id", client_secret = "ours", authority = "{provider.url}"'


def kept(world: World) -> tuple[Path, dict[str, str]]:
    (path,) = world.folder.rglob("*.signin")
    (entry,) = json.loads(path.read_text()).values()
    return path, entry


def later(world: World, **moments: timedelta) -> None:
    """As if so much of the sign-in's time had passed."""
    path, entry = kept(world)
    changed = {name: (datetime.fromisoformat(entry[name]) - by).isoformat() for name, by in moments.items()}
    (key,) = json.loads(path.read_text())
    path.write_text(json.dumps({key: {**entry, **changed}}))


def renewals(provider: SignInServer) -> int:
    return sum(form.get("grant_type") == "refresh_token" for _, form in provider.asked)


def test_a_device_code_opens_microsofts_mailbox_and_the_main_job_runs_on_tokens(world: World, provider: SignInServer) -> None:
    uses(world, microsoft(provider))
    told = world.command("login").out
    assert USER_CODE in told and "https://signin.example/device" in told and f"sign in there as {BOT}".casefold() in told.casefold()
    path, entry = kept(world)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and entry["token"] not in told
    assert "ok      IMAP" in (checked := world.command("check").out) and "ok      SMTP" in checked
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.writes(ITO, f"CLAIM {case}")
    world.settle_in()
    world.command("run", "--once")
    assert world.sink.to(ITO) and {letter.username for letter in world.sink.letters} == {BOT}
    assert renewals(provider) == 0


def test_google_is_signed_in_to_with_the_address_that_the_browser_ends_at(world: World, provider: SignInServer) -> None:
    uses(world, google(provider))
    with Terminal(world.folder, "login") as talk:
        address = re.search(r"https://\S+", talk.until("Paste the address here"))
        assert address
        talk.say(provider.browses(address[0]))
        assert "lets us into the mailbox" in talk.until("firstreply check")
    assert "ok      IMAP" in world.command("check").out


def test_check_sends_to_the_sign_in_and_a_provider_that_is_away_is_told_in_words(world: World, provider: SignInServer) -> None:
    uses(world, microsoft(provider))
    told = world.command("check", expect=1).out
    assert told.count("What to do: sign in with “firstreply login”.") == 2 and "host, port" not in told
    provider.is_down = True
    away = world.command("login", expect=1).err
    assert "cannot be reached just now" in away and "Error" not in away


def test_an_address_from_another_sign_in_is_refused(world: World, provider: SignInServer) -> None:
    uses(world, google(provider))
    refused = world.command("login", expect=1, stdin="http://127.0.0.1:8765/?state=forged&code=stolen\n")
    assert "not the address at which this sign-in ends" in refused.err and not list(world.folder.rglob("*.signin"))


def test_a_token_is_renewed_at_half_its_time_and_the_old_one_serves_while_nobody_answers(world: World, provider: SignInServer) -> None:
    uses(world, microsoft(provider))
    world.command("login")
    later(world, renewed_at=timedelta(minutes=31), token_ends_at=timedelta(minutes=31))
    provider.is_down = True
    world.command("run", "--once")
    provider.is_down = False
    world.command("run", "--once")
    world.command("run", "--once")
    assert renewals(provider) == 1


def test_C_13_a_token_that_the_mail_server_refuses_is_replaced_and_not_tried_again(world: World, provider: SignInServer) -> None:
    uses(world, microsoft(provider))
    world.command("login")
    provider.revoke()
    assert "ok      IMAP" in world.command("check").out
    assert renewals(provider) == 1


def test_a_renewal_that_is_refused_is_told_by_mail_while_the_token_still_works(world: World, provider: SignInServer) -> None:
    uses(world, microsoft(provider))
    world.command("login")
    later(world, renewed_at=timedelta(minutes=31), token_ends_at=timedelta(minutes=31))
    provider.refusing = "invalid_grant"
    world.command("run", "--once")
    world.command("run", "--once")
    assert any("our sign-in is no longer renewed" in letter.subject for letter in world.sink.letters)
    assert "FAULT" in (told := world.command("status", expect=1).out) and "firstreply login" in told
    later(world, token_ends_at=timedelta(hours=1))
    assert "run “firstreply login”" in world.command("run", "--once", expect=1).err
    provider.refusing = ""
    world.command("login")
    world.command("run", "--once")
    assert world.command("status").out.startswith("Health         well")


def test_the_end_of_a_sign_in_is_told_weeks_before_by_status_by_letter_and_in_the_balance(world: World, provider: SignInServer) -> None:
    uses(world, google(provider))
    provider.grant_seconds = 10 * 86400
    with Terminal(world.folder, "login") as talk:
        address = re.search(r"https://\S+", talk.until("Paste the address here"))
        assert address
        talk.say(provider.browses(address[0]))
        talk.until("firstreply check")
    world.command("run", "--once")
    assert "ends in 9 days" in world.command("status").out
    world.command("run", "--once")
    assert any("our sign-in ends soon" in letter.subject for letter in world.sink.letters)
    office = open_office(load(world.folder / "firstreply.toml", {}))
    with office.ledger.reading() as ledger:
        assert accounts.balance(office, ledger, since=office.clock(), above=0).signin_ends


def test_without_oauth2_there_is_nobody_to_sign_in_with(world: World) -> None:
    assert "Neither [imap] nor [smtp]" in world.command("login", expect=2).err


@pytest.mark.parametrize(
    ("oauth2", "told"),
    [
        ('provider = "yahoo", client_id = "x"', '[imap] oauth2.provider must be one of "microsoft", "google"'),
        ('provider = "microsoft"', "[imap] oauth2 has no client_id"),
        ('provider = "microsoft", clientid = "x"', "did you mean client_id"),
    ],
)
def test_a_wrong_oauth2_is_explained(world: World, oauth2: str, told: str) -> None:
    uses(world, oauth2)
    assert told in world.command("check", expect=2).err
