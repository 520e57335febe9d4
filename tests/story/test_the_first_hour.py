"""`firstreply init` at a terminal: a short conversation that tries each answer on real servers, and leaves a configuration that works."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

from bot.core.mail import Why
from bot.shell.resources import data_dir
from tests.servers.certificate import Certificate
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story import command
from tests.story.conversation import BOT, TOKYO
from tests.story.people import BORDER, Post
from tests.story.terminal import Terminal

ROOT = Path(__file__).parents[2]
SUZUKI = "suzuki@ngo.example"
NAME = "Example Refugee Association"


@pytest.fixture
def imap(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    with Dovecot.start(certificate=certificate) as server:
        yield server


@pytest.fixture
def relay(certificate: Certificate) -> Iterator[SmtpSink]:
    with SmtpSink.start(credentials=(BOT, PASSWORD), certificate=certificate, security="starttls") as server:
        yield server


def says_who_it_is(talk: Terminal) -> None:
    for question, answer in (("Name, as it shall stand", NAME), ("Your own name", "Suzuki Taro"), ("Your own e-mail address", SUZUKI)):
        talk.until(question)
        talk.say(answer)


def test_init_asks_tries_each_answer_and_writes_what_works(tmp_path: Path, imap: Dovecot, relay: SmtpSink) -> None:
    day = datetime.now(TOKYO).replace(microsecond=0)
    for _ in range(3):
        imap.deliver(BOT, Post("ito@lawfirm.example", "Ito", BOT, "hello", day).raw(), at=day)
    with Terminal(tmp_path, "init") as talk:
        says_who_it_is(talk)
        for question, answer in (
            ("Its address", SUZUKI),
            ("That is the bot's own address", None),
            ("Its address", BOT),
            ("somebody else", None),
            ("Number", "6"),
            ("Please write a number from 1 to 5", None),
            ("Number", "5"),
            ("IMAP", "no-such-host.invalid"),
            ("is not known", None),
            ("try again", ""),
            ("IMAP", f"localhost:{imap.tls_port}"),
            ("answers at port", None),
            ("User name", ""),
            ("Password", "wrong"),
            ("refuses the log-in", None),
            ("try again", ""),
            ("User name", ""),
            ("Password", PASSWORD),
            ("3 mails in the inbox", None),
            ("“Junk”", None),
            ("SMTP", f"localhost:{relay.port}"),
            ("(STARTTLS)", None),
            ("Logged in for sending", None),
            (f"“{BORDER}”", None),
            ("Languages", "en"),
            ("Time zone", "Asia/Tokio"),
            ("nearest is Asia/Tokyo", None),
            ("Time zone", "Asia/Tokyo"),
            ("firstreply.toml check", None),
        ):
            talk.until(question)
            if answer and question == "Password":
                talk.say_unseen(answer)
            elif answer is not None:
                talk.say(answer)
    assert talk.code == 0 and PASSWORD not in talk.text
    path, secret = tmp_path / "firstreply.toml", tmp_path / "imap.secret"
    assert {stat.S_IMODE(file.stat().st_mode) for file in (path, secret)} == {0o600} and secret.read_text() == PASSWORD
    found = tomllib.loads(path.read_text())
    assert (found["imap"]["security"], found["smtp"]["security"]) == ("tls", "starttls")
    assert (found["imap"]["junk_folder"], found["smtp"]["password_file"]) == ("Junk", "imap.secret")
    assert (found["security"]["authserv_id"], found["organisation"]["languages"]) == (BORDER, ["en"])
    assert found["staff"] == [{"address": SUZUKI, "name": "Suzuki Taro", "language": "en"}]
    assert PASSWORD not in path.read_text() and not relay.letters
    assert command.run(tmp_path, "check").code == 0


def test_what_does_not_work_yet_can_be_kept_and_the_sender_may_have_another_password(
    tmp_path: Path, imap: Dovecot, relay: SmtpSink
) -> None:
    imap.close()
    with Terminal(tmp_path, "init", "--language", "ja", columns=60) as talk:
        for question, answer in (
            ("団体名", NAME),
            ("お名前", "鈴木 太郎"),
            ("あなたのメールアドレス", SUZUKI),
            ("窓口のメールアドレス", BOT),
            ("番号", "4"),
            ("受信サーバー", f"localhost:{imap.tls_port}"),
            ("このまま進む", "k"),
            ("ユーザー名", ""),
            ("パスワード", ""),
            ("送信サーバー", f"localhost:{relay.port}"),
            ("パスワード", "wrong"),
            ("まだ送信できません", None),
            ("このまま進む", ""),
            ("送信用のパスワード", PASSWORD),
            ("送信用にもログインできました", None),
            ("メールの言語", ""),
            ("タイムゾーン", "Asia/Tokyo"),
        ):
            talk.until(question)
            if answer is not None and question.endswith("パスワード"):
                talk.say_unseen(answer)
            elif answer is not None:
                talk.say(answer)
    found = tomllib.loads((tmp_path / "firstreply.toml").read_text())
    assert (found["smtp"]["messages_per_minute"], found["organisation"]["languages"]) == (25, ["ja", "en"])
    assert (tmp_path / found["smtp"]["password_file"]).read_text() == PASSWORD and found["imap"]["password"] == ""


def test_an_interrupted_conversation_leaves_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init") as talk:
        talk.until("Name, as it shall stand")
        talk.interrupt()
    assert talk.code == 1 and not list(tmp_path.iterdir()) and "Traceback" not in talk.text


def test_plain_asks_nothing_and_a_secret_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "--plain", "here") as talk:
        talk.until("Fill in what it asks for")
    assert list((tmp_path / "here").iterdir()) == [tmp_path / "here" / "firstreply.toml"]
    (tmp_path / "imap.secret").write_text("old")
    refused = command.run(tmp_path, "init")
    assert refused.code == 2 and "imap.secret is there already" in refused.err
    (tmp_path / "imap.secret").unlink()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "firstreply.db.signin").write_text("{}")
    refused = command.run(tmp_path, "init")
    assert refused.code == 2 and "firstreply.db.signin is there already" in refused.err
    assert not (tmp_path / "firstreply.toml").exists()


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    words = tomllib.loads((data_dir() / "init.toml").read_text(encoding="utf-8"))
    assert list(words["en"]) == list(words["ja"])
    used = {*re.findall(r'"(\w+)"', "".join(path.read_text() for path in (ROOT / "bot" / "cli").glob("*.py")))}
    by_name = {f"fault_{why}" for why in get_args(Why)} | {"imap_host", "smtp_host"}
    assert {key for key in words["en"] if not key.startswith("hint_")} <= used | by_name and by_name <= {*words["en"]}
    for key, text in words["en"].items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", words["ja"][key])), key
