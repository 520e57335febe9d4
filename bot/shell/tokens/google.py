"""Google Workspace: sign-in in a browser (RFC 8252 with PKCE), or a service account that needs none. google-auth's one door.

Google gives no device codes for mail, so the person opens an address and brings back the one at which the browser ends.
Given a registration, gives sign-ins. Reads what Google answers, and the address that was pasted. Never shows more than an error's words.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google.oauth2.service_account import Credentials as ServiceAccount

from bot.core.mail import SignInAway, SignInRefused
from bot.shell.tokens.nouns import Conversation, Registration, SignIn

SCOPE: Final = "https://mail.google.com/"
SIGN_IN: Final = "https://accounts.google.com"
TOKENS: Final = "https://oauth2.googleapis.com"
COMES_BACK_TO: Final = "http://127.0.0.1:8765/"
"""Nobody listens there: the browser's address line is what counts, and works where the browser is on another machine, too."""


def sign_in(registration: Registration, conversation: Conversation, now: Callable[[], datetime]) -> SignIn:
    if registration.service_account:
        return renewed(registration, None, now())
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(16)
    conversation.say(
        f"Open this address in a browser, on any device, and sign in as {registration.username}:\n\n{_address(registration, verifier, state)}\n\n"
        f"The browser ends at an address that begins with {COMES_BACK_TO} and cannot be shown. That is as it should be: copy that address."
    )
    code = _code(conversation.ask("Paste the address here"), state)
    wanted = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": COMES_BACK_TO}
    answer = _asked(registration, wanted)
    at, lasts = now(), answer.get("refresh_token_expires_in")
    return SignIn(
        grant=json.dumps({"refresh_token": answer["refresh_token"]}),
        token=answer["access_token"],
        token_ends_at=at + timedelta(seconds=int(answer.get("expires_in", 3600))),
        renewed_at=at,
        ends_at=at + timedelta(seconds=int(lasts)) if lasts else None,
    )


def renewed(registration: Registration, kept: SignIn | None, now: datetime) -> SignIn:
    try:
        credentials = _credentials(registration, kept)
        credentials.refresh(Request())
    except TransportError as fault:
        raise _away(registration, fault) from None
    except RefreshError as fault:
        if fault.retryable:
            raise _away(registration, fault) from None
        raise _refusal(registration, str(fault.args[0]) if fault.args else "") from None
    except (OSError, ValueError) as fault:
        raise SignInRefused(f"{registration.service_account} is no service account of Google's: {fault}.") from None
    lasts = credentials.expiry.replace(tzinfo=UTC) - datetime.now(UTC) if credentials.expiry else timedelta(hours=1)
    grant = json.dumps({"refresh_token": credentials.refresh_token}) if isinstance(credentials, Credentials) else ""
    return SignIn(grant, credentials.token, now + lasts, now, kept.ends_at if kept else None)


def _credentials(registration: Registration, kept: SignIn | None) -> Any:
    if registration.service_account:
        path = str(registration.service_account)
        return ServiceAccount.from_service_account_file(path, scopes=[SCOPE], subject=registration.username)
    return Credentials(
        token=None,
        refresh_token=json.loads(kept.grant)["refresh_token"] if kept else None,
        token_uri=f"{registration.authority or TOKENS}/token",
        client_id=registration.client_id,
        client_secret=registration.client_secret,
    )


def _address(registration: Registration, verifier: str, state: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    wanted = {
        "client_id": registration.client_id,
        "redirect_uri": COMES_BACK_TO,
        "response_type": "code",
        "scope": SCOPE,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
        "login_hint": registration.username,
    }
    return f"{registration.authority or SIGN_IN}/o/oauth2/v2/auth?{urlencode(wanted)}"


def _code(pasted: str, state: str) -> str:
    """The code in the address, if it answers what we asked."""
    found = {name: values[0] for name, values in parse_qs(urlsplit(pasted.strip()).query).items()}
    if "error" in found:
        raise SignInRefused(f"Google says: {found['error'][:100]}. Start “firstreply login” again.")
    if "code" not in found or not secrets.compare_digest(found.get("state", "").encode(), state.encode()):
        raise SignInRefused(
            "That is not the address at which this sign-in ends: it has a code and our mark in it. Start “firstreply login” again."
        )
    return found["code"]


def _asked(registration: Registration, wanted: dict[str, str]) -> dict[str, Any]:
    wanted |= {"client_id": registration.client_id, "client_secret": registration.client_secret}
    try:
        reply = Request()(
            url=f"{registration.authority or TOKENS}/token",
            method="POST",
            body=urlencode(wanted).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = json.loads(reply.data)
    except (GoogleAuthError, ValueError) as fault:
        raise _away(registration, fault) from None
    if not isinstance(answer, dict) or "refresh_token" not in answer or "access_token" not in answer:
        found = answer if isinstance(answer, dict) else {}
        raise _refusal(registration, str(found.get("error_description") or found.get("error") or "no grant that lasts"))
    return answer


def _refusal(registration: Registration, said: str) -> SignInRefused:
    words = " ".join(said.split())[:200]
    remedy = "allow it to use that mailbox (domain-wide delegation)" if registration.service_account else "run “firstreply login”"
    return SignInRefused(f"Google does not accept the sign-in of {registration.username}: {remedy}. It said: {words}")


def _away(registration: Registration, fault: Exception) -> SignInAway:
    why = "its answer is not what it should be" if isinstance(fault, ValueError) else "nothing answers"
    return SignInAway(f"Google's sign-in cannot be reached just now ({why}). See that this machine is on the network, and try again later.")
