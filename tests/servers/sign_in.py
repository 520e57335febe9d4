"""The sign-in of Microsoft and of Google, as far as a mail program meets it: device codes, a code from the browser, tokens that end.

Given what a person does in their browser, gives tokens, on HTTPS; and tells a mail server whose token it was shown (`/tokeninfo`, in
clear on loopback). It keeps every request. RFC 6749 and 8628, and of OpenID's discovery what msal asks for.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.certificate import Certificate
from tests.servers.ground import LOOPBACK

USER_CODE = "WDJB-MJHT"


@dataclass(slots=True)
class SignInServer:
    """`with sign_in_server(certificate) as server: …`."""

    user: str
    url: str = ""
    tokeninfo: str = ""
    token_seconds: int = 3600
    grant_seconds: int | None = None
    waits: int = 1
    """How often the person at the browser makes us ask again."""
    refusing: str = ""
    """The error that every renewal meets."""
    is_down: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    """Those that let somebody in now."""
    codes: dict[str, str] = field(default_factory=dict)
    """Of Google: the challenge that each code from the browser was made for."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def revoke(self) -> None:
        """Every token so far has ended, before its hour."""
        self.tokens.clear()

    def knows(self, username: str, token: str) -> bool:
        return username == self.user and token in self.tokens

    def browses(self, address: str) -> str:
        """The person opens the address and agrees; gives where their browser ends."""
        wanted = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{next(self._numbers)}"
        self.codes[code] = wanted["code_challenge"]
        return f"{wanted['redirect_uri']}?state={wanted['state']}&code={code}&scope={wanted['scope']}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append((path, form))
        if self.is_down and path != "/tokeninfo":
            return 503, {}
        if path.endswith("/.well-known/openid-configuration"):
            base = f"{self.url}{path.partition('/v2.0')[0]}/oauth2/v2.0"
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "device_authorization_endpoint": "devicecode"}
            return 200, {"issuer": self.url, **{name: f"{base}/{place}" for name, place in places.items()}}
        if path == "/tokeninfo":
            return (200, {"email": self.user}) if form["access_token"] in self.tokens else (400, {"error": "invalid_token"})
        if path.endswith("/devicecode"):
            device = {"device_code": "device", "user_code": USER_CODE, "verification_uri": "https://signin.example/device"}
            return 200, {**device, "expires_in": 900, "interval": 1}
        return self._grant(form)

    def _grant(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        kind = form["grant_type"].rpartition(":")[2]
        if kind == "device_code" and self.waits:
            self.waits -= 1
            return 400, {"error": "authorization_pending"}
        if kind == "authorization_code":
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            if self.codes.pop(form["code"], None) != challenge:
                return 400, {"error": "invalid_grant", "error_description": "Bad Request"}
        if kind == "refresh_token" and self.refusing:
            return 400, {"error": self.refusing, "error_description": "the grant is no longer good"}
        number = next(self._numbers)
        self.tokens.add(f"token-{number}")
        lasts = {"refresh_token_expires_in": self.grant_seconds} if self.grant_seconds else {}
        told = {"access_token": f"token-{number}", "refresh_token": f"grant-{number}", "expires_in": self.token_seconds}
        claims = (
            {"id_token": _claims(self.user), "client_info": _base64({"uid": "u", "utid": "t"})} if "oauth2" in self.asked[-1][0] else {}
        )
        return 200, {"token_type": "Bearer", "scope": form.get("scope", ""), **told, **lasts, **claims}


def _claims(user: str) -> str:
    payload = {"iss": "x", "sub": "s", "aud": "our-id", "exp": 9999999999, "iat": 1, "preferred_username": user, "oid": "u", "tid": "t"}
    return f"{_base64({'alg': 'none'})}.{_base64(payload)}."


def _base64(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@contextmanager
def sign_in_server(certificate: Certificate, *, user: str) -> Iterator[SignInServer]:
    found = SignInServer(user)
    secure, clear = (ThreadingHTTPServer((LOOPBACK, 0), _page(found)) for _ in range(2))
    secure.socket = certificate.for_server().wrap_socket(secure.socket, server_side=True)
    found.url = f"https://{LOOPBACK}:{secure.server_port}"
    found.tokeninfo = f"http://{LOOPBACK}:{clear.server_port}/tokeninfo?access_token="
    threads = [threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True) for server in (secure, clear)]
    for thread in threads:
        thread.start()
    yield found
    for server, thread in zip((secure, clear), threads, strict=True):
        server.shutdown()
        server.server_close()
        thread.join()


def _page(server: SignInServer) -> type[BaseHTTPRequestHandler]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._tell(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, *_: object) -> None:
            pass

        def _tell(self, query: str) -> None:
            form = {name: values[0] for name, values in parse_qs(query).items()}
            code, document = server.answer(urlsplit(self.path).path, form)
            body = json.dumps(document).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Page
