"""`firstreply init` where a server is away, wrong or strict: there is a way back, nothing that was said is lost, and the end says what is open.

Everything it says is in the language of the conversation; only a server's own words are as the server has them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import ground
from tests.servers.certificate import Certificate
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story import command
from tests.story.conversation import BOT
from tests.story.terminal import Terminal

ROOT = Path(__file__).parents[2]
WHO = [
    ("Name, as it shall stand", "Example"),
    ("Your own name", "Suzuki"),
    ("Your own e-mail address", "suzuki@ngo.example"),
    ("Its address", BOT),
]
WHO_JA = [("団体名", "難民支援の会"), ("お名前", "鈴木"), ("あなたのメールアドレス", "suzuki@ngo.example"), ("窓口のメールアドレス", BOT)]
REST = [("Languages", ""), ("Time zone", "Asia/Tokyo")]
REST_JA = [("メールの言語", ""), ("タイムゾーン", "Asia/Tokyo")]
SECRETS = ("Password", "パスワード（", "送信用のパスワード")

Lines = Iterable[tuple[str, str | None]]


@pytest.fixture
def imap(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    with Dovecot.start(certificate=certificate) as server:
        server.account(BOT)
        yield server


@pytest.fixture
def relay(certificate: Certificate) -> Iterator[SmtpSink]:
    with SmtpSink.start(credentials=(BOT, PASSWORD), certificate=certificate, security="starttls") as server:
        yield server


@pytest.fixture
def no_network(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which no name is known, as on a machine that is on no network."""
    folder = tmp_path_factory.mktemp("no-network")
    (folder / "sitecustomize.py").write_text(
        "import socket\n\ndef nowhere(*_, **__):\n    raise socket.gaierror(-3, 'no network')\n\nsocket.getaddrinfo = nowhere\n"
    )
    return {"PYTHONPATH": f"{folder}:{ROOT}"}


def talk(folder: Path, lines: Lines, *words: str, columns: int = 200, env: dict[str, str] | None = None) -> str:
    with Terminal(folder, "init", *words, columns=columns, env=env) as terminal:
        for question, answer in lines:
            terminal.until(question)
            if answer is not None:
                (terminal.say_unseen if question in SECRETS else terminal.say)(answer)
    assert terminal.code == 0 and "Traceback" not in terminal.text
    return terminal.text


def written(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "firstreply.toml").read_text())


def ended(text: str, head: str) -> str:
    return text[text.index(head) :]


def test_what_the_provider_and_the_person_know_is_kept_where_there_is_no_network(tmp_path: Path, no_network: dict[str, str]) -> None:
    lines = [*WHO, ("Number", "1"), ("is not known", None), ("go on without", "k"), ("Return leaves it for later", None)]
    lines += [("User name", ""), ("Password", "abcd efgh"), ("smtp.gmail.com", None), ("go on without", "k"), *REST]
    end = ended(talk(tmp_path, lines, env=no_network), "Written, and not finished yet")
    imap, smtp = written(tmp_path)["imap"], written(tmp_path)["smtp"]
    assert (imap["host"], imap["port"], imap["username"], imap["password_file"]) == ("imap.gmail.com", 993, BOT, "imap.secret")
    assert (smtp["host"], smtp["port"], smtp["username"], smtp["password_file"]) == ("smtp.gmail.com", 465, BOT, "imap.secret")
    assert (smtp["messages_per_minute"], smtp["connections"]) == (30, 4) and (tmp_path / "imap.secret").read_text() == "abcd efgh"
    for line in (
        "[imap] imap.gmail.com was not reached",
        "[smtp] smtp.gmail.com was not reached",
        "Next:  firstreply --config firstreply.toml check",
    ):
        assert line in end
    assert "is missing" not in command.run(tmp_path, "check").err


def test_a_sign_in_that_cannot_be_tried_yet_is_written_down_and_named_at_the_end(tmp_path: Path, no_network: dict[str, str]) -> None:
    lines = [*WHO_JA, ("番号", "2"), ("見つかりません", None), ("このまま進む", "k"), ("クライアント", "our-id"), ("テナント", "")]
    lines += [("smtp.office365.com", None), ("このまま進む", "k"), *REST_JA]
    end = ended(talk(tmp_path, lines, "--language", "ja", columns=100, env=no_network), "まだ終わっていません")
    imap, smtp = written(tmp_path)["imap"], written(tmp_path)["smtp"]
    known = {"provider": "microsoft", "client_id": "our-id", "tenant": "ngo.example"}
    assert imap["oauth2"] == smtp["oauth2"] == known and imap["username"] == smtp["username"] == BOT
    assert (imap["host"], imap["port"], imap["security"]) == ("outlook.office365.com", 993, "tls")
    assert (smtp["host"], smtp["port"], smtp["security"]) == ("smtp.office365.com", 587, "starttls")
    assert not re.search(r"^\s*[。、」]", end, re.MULTILINE)
    assert end.count("まだサインインしていません") == 2 and "firstreply.toml login" in end and "firstreply.toml check" in end


def test_a_name_that_was_typed_is_kept_and_an_answer_that_was_left_is_asked_for_by_check(tmp_path: Path) -> None:
    lines = [*WHO, ("Number", "3"), ("example.sakura.ne.jp", None), ("IMAP", "imaps://ngo.invalid"), ("is no server", None)]
    lines += [("IMAP", "ngo.invalid:1993"), ("is not known", None), ("go on without", "k"), ("User name", "ngo-cases"), ("Password", "")]
    lines += [("SMTP) [ngo.invalid]", ""), ("go on without", "k"), *REST]
    end = ended(talk(tmp_path, lines), "Written, and not finished yet")
    imap, smtp = written(tmp_path)["imap"], written(tmp_path)["smtp"]
    assert (imap["host"], imap["port"], imap["username"], imap["password"]) == ("ngo.invalid", 1993, "ngo-cases", "")
    assert (smtp["host"], smtp["port"], smtp["username"], smtp["messages_per_minute"]) == ("ngo.invalid", 465, "ngo-cases", 10)
    assert "[imap] The password is missing" in end and not (tmp_path / "imap.secret").exists()
    assert re.findall(r"(\[\w+\] \w+) is missing", command.run(tmp_path, "check").err) == ["[imap] password", "[smtp] password"]


def test_a_port_of_another_kind_is_told_and_the_server_is_asked_for_again(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    lines = [*WHO, ("Number", "5"), ("IMAP", f"localhost:{relay.port}"), ("but not as a “Server for reading", None), ("try again", "")]
    lines += [("IMAP", f"localhost:{imap.tls_port}"), ("User name", ""), ("Password", PASSWORD), ("Logged in", None)]
    lines += [("SMTP", f"localhost:{imap.port}"), ("but not as a “Server for sending", None), ("try again", "")]
    lines += [("SMTP", f"localhost:{relay.port}"), ("Logged in for sending", None), *REST, ("\nDone", None)]
    text = talk(tmp_path, lines)
    assert "Malformed" not in text and "not finished" not in text and command.run(tmp_path, "check").code == 0


def test_what_was_given_once_is_not_asked_for_again_where_only_the_server_was_at_fault(
    tmp_path: Path, certificate: Certificate, imap: Dovecot, relay: SmtpSink
) -> None:
    with SmtpSink.start(certificate=certificate, security="tls") as foreign:
        lines = [*WHO, ("Number", "5"), ("IMAP", f"localhost:{foreign.port}"), ("User name", ""), ("Password", PASSWORD)]
        lines += [("Reading does not work yet", None), ("try again", ""), ("IMAP", f"localhost:{imap.tls_port}"), ("Logged in", None)]
        lines += [("SMTP", f"localhost:{imap.tls_port}"), ("Sending does not work yet", None), ("try again", "")]
        lines += [("SMTP", ""), ("Sending does not work yet", None), ("try again", "")]
        lines += [("SMTP", f"localhost:{relay.port}"), ("Logged in for sending", None), *REST, ("\nDone", None)]
        text = talk(tmp_path, lines)
    assert text.count("User name") == text.count("Password (") == 1 and "Password for sending" not in text


def test_what_nobody_sees_is_told_in_a_registration(tmp_path: Path, no_network: dict[str, str]) -> None:
    lines = [*WHO, ("Number", "2"), ("is not known", None), ("go on without", "k"), ("client", "our\u200bid"), ("invisible", None)]
    lines += [("client", "our-id"), ("enant", "ngo\u200b.example"), ("invisible", None), ("enant", ""), ("go on without", "k"), *REST]
    talk(tmp_path, lines, env=no_network)
    assert written(tmp_path)["imap"]["oauth2"] == {"provider": "microsoft", "client_id": "our-id", "tenant": "ngo.example"}


def test_what_nobody_sees_is_told_in_a_server_and_in_each_password(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    lines = [*WHO, ("Number", "5")]
    for name in ("mail localhost", "localhost/", f"{BOT.partition('@')[0]}@localhost", "local\u200bhost"):
        lines += [("IMAP", name), ("is no server", None)]
    lines += [("IMAP", f"localhost:{ground.free_port()}"), ("go on without", "k"), ("User name", ""), ("Password", "")]
    lines += [("SMTP", f"localhost:{relay.port}"), ("Password", "wr\u200bong"), ("invisible", None), ("Password", "wrong")]
    lines += [("Sending does not work yet", None), ("try again", ""), ("Password", f"\u200b{PASSWORD}"), ("invisible", None)]
    lines += [("Password", PASSWORD), ("Logged in for sending", None), *REST]
    talk(tmp_path, lines)
    assert (tmp_path / "smtp.secret").read_text() == PASSWORD


def test_from_a_refused_log_in_there_is_a_way_to_another_server(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    closed = ground.free_port()
    lines = [
        *WHO,
        ("Number", "5"),
        ("IMAP", f"localhost:{imap.tls_port}"),
        ("User name", ""),
        ("Password", "wrong"),
        ("refuses the log-in", None),
    ]
    lines += [("another server", "s"), ("IMAP", f"localhost:{closed}"), ("does not answer", None), ("another server", "s")]
    lines += [("IMAP", f"localhost:{imap.tls_port}"), ("User name", ""), ("Password", PASSWORD), ("Logged in", None)]
    lines += [("SMTP", f"localhost:{imap.tls_port}"), ("Sending does not work yet", None), ("try again", "")]
    lines += [("SMTP", f"localhost:{relay.port}"), ("Logged in for sending", None), *REST]
    talk(tmp_path, lines)
    assert command.run(tmp_path, "check").code == 0


def test_an_address_that_may_not_send_is_found_out_at_once(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    relay.script.refuse("MAIL", reply="550 5.7.1 not owned by user", times=1)
    lines = [*WHO, ("Number", "5"), ("IMAP", f"localhost:{imap.tls_port}"), ("User name", ""), ("Password", PASSWORD)]
    lines += [("SMTP", f"localhost:{relay.port}"), ("takes no mail from the bot's address: 550 5.7.1", None), ("try again", "")]
    talk(tmp_path, [*lines, ("Logged in for sending", None), *REST])
    assert command.run(tmp_path, "check").code == 0 and relay.letters == []


def test_what_was_tried_in_vain_is_kept_and_named_at_the_end(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    lines = [
        *WHO,
        ("Number", "5"),
        ("IMAP", f"localhost:{imap.tls_port}"),
        ("User name", ""),
        ("Password", "wrong"),
        ("go on without", "k"),
    ]
    lines += [("SMTP", f"localhost:{relay.port}"), ("Sending does not work yet", None), ("go on without", "k"), *REST]
    end = ended(talk(tmp_path, lines), "Written, and not finished yet")
    assert end.count("localhost was tried and does not work yet") == 2 and (tmp_path / "imap.secret").read_text() == "wrong"
    assert (written(tmp_path)["imap"]["port"], written(tmp_path)["smtp"]["port"]) == (imap.tls_port, relay.port)


def test_a_conversation_in_japanese_is_in_japanese_where_something_goes_wrong_too(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    lines = [("団体名", "難民\u200b支援の会"), ("目に見えない文字", None), *WHO_JA, ("番号", "5")]
    lines += [("受信サーバー", "localhost:x"), ("サーバー名の形になっていません", None), ("受信サーバー", "no-such-host.invalid")]
    lines += [("見つかりません", None), ("もう一度", ""), ("受信サーバー", f"localhost:{ground.free_port()}"), ("応答がありません", None)]
    lines += [("もう一度", ""), ("受信サーバー", f"localhost:{relay.port}"), ("ではありません", None), ("もう一度", "")]
    lines += [("受信サーバー", f"127.0.0.1:{imap.tls_port}"), ("ユーザー名", ""), ("パスワード（", "wrong"), ("受け付けません", None)]
    lines += [("もう一度", ""), ("ユーザー名", ""), ("パスワード（", PASSWORD), ("ログインできました", None)]
    lines += [("送信サーバー", f"127.0.0.1:{relay.port}"), ("送信用にもログインできました", None)]
    lines += [
        ("メールの言語", "fr"),
        ("ja か en", None),
        ("メールの言語", ""),
        ("タイムゾーン", "Asia/Tokio"),
        ("というタイムゾーンはありません", None),
    ]
    text = talk(tmp_path, [*lines, ("タイムゾーン", "Asia/Tokyo"), ("できあがりました", None)], "--language", "ja")
    english = re.findall(r"[A-Za-z']{2,}(?: [a-z']{2,}){2,}", text)
    assert english == [], english


def test_a_server_on_this_machine_that_offers_no_tls_is_used_without(tmp_path: Path) -> None:
    with Dovecot.start() as imap, SmtpSink.start(credentials=(BOT, PASSWORD)) as relay:
        imap.account(BOT)
        lines = [*WHO, ("Number", "5"), ("IMAP", f"localhost:{imap.port}"), ("User name", ""), ("Password", PASSWORD)]
        lines += [("offers no TLS: it is used without", None), ("Logged in", None), ("SMTP", f"localhost:{relay.port}")]
        lines += [("offers no TLS: it is used without", None), ("Logged in for sending", None), *REST, ("\nDone", None)]
        text = talk(tmp_path, lines)
        found = written(tmp_path)
        assert found["imap"]["security"] == found["smtp"]["security"] == "none" and "does not work yet" not in text
        assert command.run(tmp_path, "check").code == 0
