"""A letter that is redirected has another To and is otherwise the same, however its reader's name is written in the header."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from bot.shell.letters import UnfitLetter, redirected
from bot.shell.letters.headers import mailbox

NEW = "chika.@docomo.ne.jp"
NAMES = (
    "",
    "Ito",
    "Ito, Hanako",
    "伊藤",
    "ピーター・パウル・ルーベンス国際法律事務所代表弁護士" * 3,
    "é" * 60,
    "a" * 200,
    "<Ito>",
    'Ito "the" second',
)


def letter(to: str) -> bytes:
    return f"From: desk@example.org\r\nTo: {to}\r\nSubject: To: be or not\r\n\r\nTo: nobody <x@example.org>\r\n".encode()


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_name_only_the_address_is_another(name: str) -> None:
    before, after = letter(mailbox(name, "ito@lawfirm.example")), letter(mailbox(name, NEW))
    assert redirected(before, NEW) == after
    (to,) = message_from_bytes(after, policy=policy.default)["To"].addresses
    assert (to.username, to.domain) == ("chika.", "docomo.ne.jp")


@pytest.mark.parametrize("to", ["", "a@example.org"])
def test_what_is_no_letter_of_ours_is_refused(to: str) -> None:
    with pytest.raises(UnfitLetter):
        redirected(letter(to), NEW)
