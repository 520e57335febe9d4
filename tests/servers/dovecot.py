"""A real Dovecot on loopback, for the tests of everything that reads mail.

Given nothing; gives an IMAP (and LMTP) server whose accounts exist as soon as they are named, and a back door to put mail in and to
look at it. Speaks RFC 3501 in clear, and with TLS where it was started with a certificate.
Never runs as root: under root it works as an account without rights, because Dovecot refuses to log root in.
"""

from __future__ import annotations

import shutil
import smtplib
from pathlib import Path
from string import Template
from typing import Self

from tests.servers.absence import absent
from tests.servers.certificate import Certificate
from tests.servers.ground import Worker, free_port, launch, own_folder, unprivileged, wait_until
from tests.servers.imap_server import LOG, PASSWORD, Account, ImapServer, Stored

__all__ = ["PASSWORD", "Account", "Dovecot", "Stored"]

_CONFIGURATION = Path(__file__).with_name("dovecot.conf")
_WHERE_SERVERS_LIE = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"


class Dovecot(ImapServer):
    """`with Dovecot.start() as post: …`; the ports stay the same over `restart()`."""

    def __init__(self, home: Path, worker: Worker, *, program: str) -> None:
        super().__init__(home, worker)
        self.tls_port, self.lmtp_port = 0, free_port()
        self._ports.append(self.lmtp_port)
        self._program = program

    @classmethod
    def start(cls, *, certificate: Certificate | None = None, tokeninfo: str = "") -> Self:
        """`tokeninfo` is whom it asks whose token it was shown; without, nobody logs in by XOAUTH2."""
        program = shutil.which("dovecot", path=_WHERE_SERVERS_LIE)
        if program is None:
            absent("Dovecot")
        worker = unprivileged("nobody")
        post = cls(own_folder("dovecot-", worker), worker, program=program)
        post._configure(certificate, tokeninfo)
        post.open()
        return post

    def receive(self, address: str, raw: bytes, *, sender: str) -> None:
        """Hands a message in by LMTP, as a provider's server does: Dovecot adds Return-Path, Delivered-To and Received."""
        with smtplib.LMTP(self.host, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [address], raw)

    def open(self) -> None:
        # One that was killed has left its sockets, and a log-in process of it may hold them for a moment: this one would not begin.
        shutil.rmtree(self.home / "run", ignore_errors=True)
        command = [self._program, "-F", "-c", str(self.home / "dovecot.conf")]
        self._process = launch(command, self._worker, log=self.home / LOG)
        wait_until(self._greets, otherwise=lambda: f"Dovecot does not start:\n{self.log}")

    def _configure(self, certificate: Certificate | None, tokeninfo: str) -> None:
        tls = "ssl = no"
        if certificate is not None:
            self.tls_port = free_port()
            self._ports.append(self.tls_port)
            copies = [shutil.copy(pem, self.home) for pem in (certificate.cert, certificate.key)]
            tls = f"ssl = yes\nssl_cert = <{copies[0]}\nssl_key = <{copies[1]}"
        tokens = ""
        if tokeninfo:
            asks = self.home / "oauth2.conf"
            asks.write_text(f"tokeninfo_url = {tokeninfo}\nusername_attribute = email\n")
            tokens = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {asks}\n}}"
        worker = self._worker
        names = {"worker": worker.name, "group": worker.group, "uid": worker.uid, "gid": worker.gid, "password": PASSWORD}
        names |= {"tokens": tokens, "mechanisms": " xoauth2" if tokens else ""}
        ports = {"port": self.port, "tls_port": self.tls_port, "lmtp_port": self.lmtp_port}
        text = Template(_CONFIGURATION.read_text()).substitute(names, home=self.home, tls=tls, **ports)
        (self.home / "dovecot.conf").write_text(text)
