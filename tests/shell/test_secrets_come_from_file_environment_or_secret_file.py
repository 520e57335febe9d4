"""A key may come from the file, the environment or, where it is secret, a file of its own; and a secret is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.shell.configured import errors, filled_in, settings


def shown(secret: SecretStr | None) -> str:
    assert secret is not None
    return secret.get_secret_value()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    found = settings(
        tmp_path, filled_in(), FIRSTREPLY_IMAP__PASSWORD="from outside", FIRSTREPLY_IMAP__PORT="1993", FIRSTREPLY_IMAP__IDLE="false"
    )
    assert (shown(found.imap.password), found.imap.port, found.imap.idle) == ("from outside", 1993, False)


def test_lists_and_tables_come_from_the_environment_too(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        filled_in(imap__password=""),
        FIRSTREPLY_ORGANISATION__LANGUAGES="en, ja",
        FIRSTREPLY_STAFF='[{"address": "a@b.example"}, {"address": "c@d.example"}]',
        FIRSTREPLY_IMAP__OAUTH2__PROVIDER="google",
        FIRSTREPLY_IMAP__OAUTH2__CLIENT_ID="ours",
    )
    assert found.organisation.languages == ("en", "ja")
    assert [person.address for person in found.staff] == ["a@b.example", "c@d.example"]
    assert found.imap.oauth2 and (found.imap.oauth2.provider, found.imap.oauth2.client_id) == ("google", "ours")


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("FIRSTREPLY_IMAP__PASWORD", "did you mean FIRSTREPLY_IMAP__PASSWORD?"),
        ("FIRSTREPLY_IMAP_PASSWORD", "did you mean FIRSTREPLY_IMAP__PASSWORD, with two underscores?"),
        ("FIRSTREPLY_FOO__BAR", "FIRSTREPLY_FOO__BAR is no known"),
        ("FIRSTREPLY_STAFF", "FIRSTREPLY_STAFF is no JSON"),
        ("FIRSTREPLY_SMTP__PORT", "FIRSTREPLY_SMTP__PORT must be a whole number"),
    ],
)
def test_an_error_in_the_environment_names_its_variable(tmp_path: Path, variable: str, says: str) -> None:
    assert [sentence for sentence in errors(tmp_path, filled_in(), **{variable: "x"}) if says in sentence]


def test_the_path_of_the_configuration_is_no_key(tmp_path: Path) -> None:
    assert settings(tmp_path, filled_in(), FIRSTREPLY_CONFIG="/elsewhere", PATH="/bin")


def test_a_secret_may_stand_in_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "imap.secret").write_text("s3cret\n")
    (tmp_path / "url.secret").write_text("postgresql+psycopg://u:p@db/x\n")
    text = filled_in(imap__password="").replace("# password_file", "password_file", 1)
    found = settings(tmp_path, text.replace('url = "sqlite', 'url_file = "url.secret" # "sqlite'))
    assert shown(found.imap.password) == "s3cret"
    assert shown(found.database.url) == "postgresql+psycopg://u:p@db/x"


def test_the_environment_may_name_the_file_of_a_secret(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a signing secret of its own")
    found = settings(tmp_path, filled_in(), FIRSTREPLY_SECURITY__SECRET_FILE="key")
    assert shown(found.security.secret) == "a signing secret of its own"


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe\x00", "not text")])
def test_a_secret_file_that_is_no_use_is_one_sentence(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "imap.secret").write_bytes(content)
    found = errors(tmp_path, filled_in(imap__password="").replace("# password_file", "password_file", 1))
    assert len(found) == 1 and "[imap] password_file" in found[0] and says in found[0]


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    found = errors(tmp_path, filled_in().replace("# password_file", "password_file", 1))
    assert found == ["firstreply.toml: [imap] password and password_file are both given; keep one of them."]


def test_a_relative_database_lies_beside_the_configuration(tmp_path: Path) -> None:
    assert shown(settings(tmp_path, filled_in()).database.url) == f"sqlite:///{tmp_path}/data/firstreply.db"
    assert shown(settings(tmp_path, filled_in(database__url="sqlite:////var/x.db")).database.url) == "sqlite:////var/x.db"


def test_p16_no_secret_is_printed_in_settings_or_errors(tmp_path: Path) -> None:
    text = filled_in(smtp__username="u", smtp__password="hunter3", security__master_key="hunter4hunter4hunter4")
    assert "hunter" not in repr(settings(tmp_path, text)) + str(settings(tmp_path, text).model_dump_json())
    wrong = errors(
        tmp_path, text.replace("hunter3", "hun\\u0000ter").replace("hunter2", "hun\\nter"), FIRSTREPLY_DATABASE__URL="mysql://u:hunter5@x"
    )
    assert len(wrong) == 3 and "hun" not in "".join(wrong)


def test_settings_stay_as_they_were_read(tmp_path: Path) -> None:
    found = settings(tmp_path, filled_in())
    with pytest.raises(ValueError, match="frozen"):
        found.imap.port = 1
