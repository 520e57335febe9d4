"""Every key is checked at the start, and every error is one plain sentence that says where it is and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.shell.settings import SettingsError, load, warnings
from tests.shell.configured import errors, filled_in, settings


def test_a_filled_in_sample_has_every_default_of_the_contract(tmp_path: Path) -> None:
    found = settings(tmp_path, filled_in())
    assert (found.organisation.timezone, found.organisation.languages, found.organisation.case_prefix) == (
        "Asia/Tokyo",
        ("ja", "en"),
        "JAR",
    )
    assert (found.imap.port, found.smtp.port, found.imap.poll_seconds, found.smtp.in_doubt_seconds) == (993, 465, 60, 600)
    assert (found.round.schedule, found.round.preview_hours, found.round.holidays) == ("0 9 1 * *", 24, "JP")
    assert (found.claims.settle_seconds, found.claims.hold_hours, found.bulletin.approvals) == (120, 48, 1)
    assert (found.reports.daily, found.retention.closed_case_days, found.retention.raw_mail_days) == ("0 8 * * *", 365, 90)


def test_the_sample_says_the_same_as_the_defaults(tmp_path: Path) -> None:
    only_needed = """
        organisation.name = "Example Refugee Association"
        mailbox.address = "cases@example.org"
        imap = { host = "imap.example.org", username = "cases@example.org", password = "hunter2" }
        smtp.host = "smtp.example.org"
        security.secret = "correct horse battery staple"
        staff = [{ address = "legal@example.org" }]
    """
    assert settings(tmp_path, only_needed).model_dump() == settings(tmp_path, filled_in()).model_dump()


def test_some_defaults_follow_from_other_keys(tmp_path: Path) -> None:
    found = settings(tmp_path, filled_in(security__authserv_id="mx.example.org"))
    assert found.organisation.contact == "legal@example.org"
    assert found.security.border_received == "mx.example.org"
    assert found.staff[0].language == "ja"


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="firstreply init"):
        load(tmp_path / "firstreply.toml", {})


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb =\nc = 2", 2), ("a = 'x", 1), ("[imap]\n[imap]\nx=1", 2), ("a=1\na=2", 2)])
def test_a_slip_in_toml_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert errors(tmp_path, text)[0].startswith(f"firstreply.toml: line {line} ")


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "firstreply.toml").write_bytes('name = "事務局"'.encode("cp932"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load(tmp_path / "firstreply.toml", {})


def test_a_byte_order_mark_of_a_windows_editor_is_no_error(tmp_path: Path) -> None:
    assert settings(tmp_path, "\ufeff" + filled_in()).organisation.name == "Example Refugee Association"


def test_an_empty_file_names_all_that_is_required(tmp_path: Path) -> None:
    missing = [re.search(r"(\[.*) is missing", sentence) for sentence in errors(tmp_path, "")]
    assert [found[1] for found in missing if found] == [
        "[organisation] name",
        "[mailbox] address",
        "[imap] host",
        "[imap] username",
        "[imap] password",
        "[smtp] host",
        "[security] secret",
        "[[staff]]",
    ]


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("[imap]\npol_seconds = 5", "did you mean poll_seconds?"),
        ("[rounds]\nschedule = 'x'", "did you mean [round]?"),
        ("[imap]\nconnections = 4", "did you mean [smtp] connections?"),
        ("poll_seconds = 5", "did you mean [imap] poll_seconds?"),
        ("[imap]\nzzz = 1", "did you mean "),
        ("[[staff]]\nadress = 'a@b.example'", "did you mean address?"),
    ],
)
def test_O_01_an_unknown_key_names_the_nearest_known_one(tmp_path: Path, wrong: str, nearest: str) -> None:
    assert any(nearest in sentence for sentence in errors(tmp_path, wrong))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("organisation__timezone", "Asia/Tokio", "nearest is Asia/Tokyo"),
        ("organisation__timezone", "../../etc/passwd", "no time zone"),
        ("organisation__languages", [], "at least one language"),
        ("organisation__languages", ["ja", "ja"], "twice"),
        ("organisation__case_prefix", "jar", "capital letters"),
        ("organisation__case_prefix", "ABCDEFGHIJK", "one to ten"),
        ("organisation__contact", "legal", "name@example.org"),
        ("mailbox__address", "cases@example.org\r\nX: y", "line break"),
        ("mailbox__display_name", "Desk\nBcc: m@e.example", "line break"),
        ("imap__host", "imaps://imap.example.org", "without imaps://"),
        ("imap__port", 0, "must be 1 or more"),
        ("imap__port", 65536, "at most 65535"),
        ("imap__security", "ssl", 'must be one of "tls", "starttls", "none"'),
        ("imap__folder", "INBOX\r\nX1 LOGOUT", "line break"),
        ("imap__poll_seconds", 0, "must be 1 or more"),
        ("imap__idle", "maybe", "true or false"),
        ("smtp__connections", True, "whole number, not true"),
        ("smtp__in_doubt_seconds", -1, "must be 0 or more"),
        ("database__url", "postgres://u:hunter2@db/x", "postgresql+psycopg://"),
        ("database__url", "sqlite://", "sqlite:///FILE"),
        ("database__url", "sqlite:///:memory:", "sqlite:///FILE"),
        ("round__schedule", "61 * * * *", "cron expression"),
        ("round__schedule", "0 9 31 2 *", "cron expression"),
        ("round__schedule", "", "cron expression"),
        ("round__holidays", "Japan", "two letters"),
        ("reports__daily", "every day", "cron expression"),
        ("bulletin__approvals", 2, "only 1 [[staff]]"),
        ("security__secret", "short", "16 random characters"),
        ("staff__language", "fr", "[organisation] languages"),
        ("staff__address", "Cases@example.org", "own address"),
        ("smtp__username", "cases@example.org", "password that goes with the username"),
        ("smtp__password", "hunter2", "without a username"),
    ],
)
def test_O_01_a_wrong_value_is_one_sentence_that_names_its_key(
    tmp_path: Path, key: str, value: str | int | bool | list[str], says: str
) -> None:
    found = errors(tmp_path, filled_in(**{key: value}))
    assert len(found) == 1 and says in found[0] and found[0].endswith(".")
    assert key.partition("__")[0] in found[0]


def test_O_01_all_errors_are_told_at_once(tmp_path: Path) -> None:
    assert len(errors(tmp_path, filled_in(imap__port=0, round__holidays="XX", staff__address="x", imap__security="none"))) == 4


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_mail_goes_in_clear_only_to_this_machine(tmp_path: Path, host: str) -> None:
    assert settings(tmp_path, filled_in(imap__host=host, imap__security="none", smtp__host=host, smtp__security="none"))
    assert len(errors(tmp_path, filled_in(imap__host="127.example.org", imap__security="none", smtp__security="none"))) == 2


@pytest.mark.parametrize("address", ["chika.@docomo.ne.jp", "a..b@ezweb.ne.jp", '"x."@docomo.ne.jp', "legal+desk@xn--bcher-kva.example"])
def test_addresses_that_really_exist_are_taken(tmp_path: Path, address: str) -> None:
    assert settings(tmp_path, filled_in(staff__address=address)).staff[0].address == address


@pytest.mark.parametrize(("section", "word"), [("imap = 3", "must be a section"), ("[staff]\naddress = 'a@b.example'", "double brackets")])
def test_a_section_of_the_wrong_shape_says_how_to_write_it(tmp_path: Path, section: str, word: str) -> None:
    assert any(word in sentence for sentence in errors(tmp_path, section))


def test_oauth2_may_stand_for_the_password(tmp_path: Path) -> None:
    text = filled_in(imap__password="").replace("# oauth2 =", "oauth2 =", 1)
    found = settings(tmp_path, text).imap.oauth2
    assert found and (found.provider, found.client_id, found.tenant) == ("microsoft", "…", "organizations")


def test_G_22_the_keys_cannot_lie_in_the_ledger_itself(tmp_path: Path) -> None:
    said = errors(tmp_path, filled_in(security__key_store="data/../data/firstreply.db"))
    assert "[security] key_store names" in said[0] and "file of their own" in said[0]
    assert "schema of their own" in errors(tmp_path, filled_in(security__key_store="x.keys", database__url="postgresql+psycopg://u@h/d"))[0]


def test_the_master_key_may_be_a_credential_of_systemd(tmp_path: Path) -> None:
    (tmp_path / "master_key").write_text("a key that systemd hands over\n")
    found = settings(tmp_path, filled_in(), CREDENTIALS_DIRECTORY=str(tmp_path))
    assert found.security.master_key.get_secret_value() == "a key that systemd hands over"
    named = settings(tmp_path, filled_in(security__master_key="the one that is named"), CREDENTIALS_DIRECTORY=str(tmp_path))
    assert named.security.master_key.get_secret_value() == "the one that is named"


def test_former_secrets_are_lists_in_any_way_that_a_secret_may_come(tmp_path: Path) -> None:
    (tmp_path / "old.secrets").write_text("one that is long enough\nanother that is long enough\n")
    from_file = settings(tmp_path, filled_in().replace("old_secrets = []", "").replace("# old_secrets_file", "old_secrets_file"))
    from_outside = settings(tmp_path, filled_in(), FIRSTREPLY_SECURITY__OLD_SECRETS='["one that is long enough"]')
    assert [len(found.security.old_secrets) for found in (from_file, from_outside)] == [2, 1]
    assert "too short" in errors(tmp_path, filled_in(security__old_secrets=["short"]))[0]


def test_without_an_authserv_id_it_is_said_what_that_means(tmp_path: Path) -> None:
    assert any("authserv_id" in sentence for sentence in warnings(settings(tmp_path, filled_in())))
