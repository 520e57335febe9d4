"""The balance: received = answered + ignored + for a person + pending, whatever the reasons were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.balance import cause, mail_in
from bot.core.model import Disposition

ENDINGS = st.lists(st.tuples(st.sampled_from(list(Disposition)), st.text(max_size=12), st.integers(1, 9)), max_size=12)


@given(ENDINGS)
def test_the_equation_holds(endings: list[tuple[Disposition, str, int]]) -> None:
    account = mail_in(endings)
    assert account.received == sum(count for _, _, count in endings)


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("the same message as INBOX/104", "copy"),
        ("delivery report: 5.1.1 failed", "delivery_report"),
        ("delivery report without a signature of ours", "delivery_report"),
        ("answers for today are used up", "used_up"),
        ("too old to be answered: it only asked how things stood", "too_old"),
        ("Auto-Submitted: auto-replied", "automatic"),
    ],
)
def test_reasons_are_put_together_under_a_few_causes(reason: str, word: str) -> None:
    assert cause(reason) == word


def test_mail_in_somebodys_name_has_reasons_of_its_own() -> None:
    endings = [
        (Disposition.FOR_STAFF, "authentication failed: dmarc=fail", 2),
        (Disposition.ANSWERED, "sender not proven: asked at the address on file", 1),
        (Disposition.PENDING, "sender not proven; will be asked about when the open question to the address on file is answered", 3),
        (Disposition.ANSWERED, "claim", 4),
    ]
    account = mail_in(endings)
    assert (account.forged, account.unproven, account.received) == (2, 4, 10)


def test_the_most_frequent_cause_comes_first() -> None:
    ignored = [(Disposition.IGNORED, "bulk", 1), (Disposition.IGNORED, "the same message as INBOX/1", 2), (Disposition.IGNORED, "list", 2)]
    assert mail_in(ignored).ignored == (("automatic", 3), ("copy", 2))
