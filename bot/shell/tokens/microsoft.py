"""Microsoft 365: sign-in by device code (RFC 8628), renewal from msal's own cache. msal's one door.

Given a registration, gives sign-ins. Reads what login.microsoftonline.com, or the cloud that `authority` names, answers.
Never shows more of an answer than its error's words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msal
import requests

from bot.core.mail import SignInAway, SignInRefused
from bot.shell.tokens.nouns import DeviceCode, Registration, Screen, SignIn

SCOPES: Final = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]
USUAL: Final = "https://login.microsoftonline.com"
SECONDS: Final = 20
_PASSING: Final = frozenset({"temporarily_unavailable", "server_error", "service_unavailable", "slow_down"})
_OUTAGES: Final = (requests.RequestException, msal.exceptions.MsalError)


def sign_in(registration: Registration, screen: Screen, now: Callable[[], datetime]) -> SignIn:
    cache = msal.SerializableTokenCache()
    try:
        app = _app(registration, cache)
        flow = app.initiate_device_flow(scopes=SCOPES)
        if "user_code" not in flow:
            raise _failure(registration, flow)
        minutes = max(1, round((flow.get("expires_at", time.time() + 900) - time.time()) / 60))
        screen.show(DeviceCode(flow["verification_uri"], flow["user_code"], registration.username, minutes))
        granted = app.acquire_token_by_device_flow(flow)
    except ValueError:
        raise SignInRefused(
            f"{registration.name} knows no tenant {registration.tenant!r}: put oauth2.tenant right, which is your organisation's domain or its id.",
            why="tenant",
        ) from None
    except _OUTAGES as fault:
        raise _away(registration, fault) from None
    if "access_token" not in granted:
        raise _failure(registration, granted)
    return _sign_in(granted, cache, now())


def renewed(registration: Registration, kept: SignIn | None, now: datetime) -> SignIn:
    cache = msal.SerializableTokenCache()
    cache.deserialize(kept.grant if kept else "")
    try:
        app = _app(registration, cache)
        accounts = app.get_accounts()
        granted = app.acquire_token_silent_with_error(SCOPES, account=accounts[0], force_refresh=True) if accounts else None
    except (ValueError, *_OUTAGES) as fault:  # no JSON: something between us and the provider has answered
        raise _away(registration, fault) from None
    if not granted or "access_token" not in granted:
        raise _failure(registration, granted or {})
    return _sign_in(granted, cache, now)


def _app(registration: Registration, cache: msal.SerializableTokenCache) -> msal.PublicClientApplication:
    return msal.PublicClientApplication(
        registration.client_id,
        authority=f"{registration.authority or USUAL}/{registration.tenant}",
        token_cache=cache,
        timeout=SECONDS,
        # An address that the operator wrote needs no word of Microsoft's that it is one of theirs.
        instance_discovery=False if registration.authority else None,
    )


def _sign_in(granted: dict[str, Any], cache: msal.SerializableTokenCache, now: datetime) -> SignIn:
    lasts = granted.get("refresh_token_expires_in")
    return SignIn(
        grant=cache.serialize(),
        token=granted["access_token"],
        token_ends_at=now + timedelta(seconds=int(granted.get("expires_in", 3600))),
        renewed_at=now,
        ends_at=now + timedelta(seconds=int(lasts)) if lasts else None,
    )


def _failure(registration: Registration, answer: dict[str, Any]) -> SignInRefused | SignInAway:
    said = " ".join(str(answer.get("error_description") or answer.get("error") or "no sign-in is kept").split())[:200]
    if answer.get("error") in _PASSING:
        return SignInAway(f"{registration.name} cannot sign us in just now: {said}")
    return SignInRefused(
        f"{registration.name} does not accept the sign-in of {registration.username}: run “firstreply login”. It said: {said}",
        said=said,
    )


def _away(registration: Registration, fault: Exception) -> SignInAway:
    why = "its answer is not what it should be" if isinstance(fault, msal.exceptions.MsalError | ValueError) else "nothing answers"
    return SignInAway(
        f"{registration.name}'s sign-in cannot be reached just now ({why}). See that this machine is on the network, and try again later."
    )
