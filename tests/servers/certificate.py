"""A self-made certificate for a server on loopback, and what a client needs to believe it.

Made by the `openssl` command, because Python's standard library can read certificates but not sign them.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers.absence import absent


@dataclass(frozen=True, slots=True)
class Certificate:
    cert: Path
    key: Path

    def for_server(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.cert, self.key)
        return context

    def for_client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.cert))


def make_certificate(folder: Path, *, names: tuple[str, ...] = ("DNS:localhost", "IP:127.0.0.1"), days: int = 2) -> Certificate:
    if shutil.which("openssl") is None:
        absent("openssl")
    made = Certificate(folder / "server.crt", folder / "server.key")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-subj", "/CN=localhost", "-addext", f"subjectAltName={','.join(names)}", "-days", str(days)]
    subprocess.run([*command, "-keyout", str(made.key), "-out", str(made.cert)], check=True, capture_output=True)
    made.key.chmod(0o644)  # a server under another account reads it; it guards nothing
    return made
