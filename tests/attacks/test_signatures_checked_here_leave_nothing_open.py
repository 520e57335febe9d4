"""Group S of the attacks, where the provider writes no results and signatures are checked here: S-26, over a real name server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import oracles
from tests.attacks.desk import ALICE, Desk
from tests.attacks.test_a_forged_sender_does_nothing import ASKED
from tests.core.test_trust_own_dkim import RECORD, sign
from tests.servers import name_server

MAIL = (
    b"From: Alice <alice@lawfirm.example>\r\nTo: cases@bot.ngo.example\r\nSubject: hi\r\nDate: Fri, 20 Nov 2026 03:00:00 +0000\r\n"
    b"Message-ID: <1@lawfirm.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, authserv_id='authserv_id = ""\ncheck_dkim = true')
    with name_server.answering({"k1._domainkey.lawfirm.example": RECORD}):
        yield opened


@pytest.fixture
def case(desk: Desk) -> Iterator[str]:
    yield desk.case()
    oracles.hold(desk)


def test_S_26_a_signature_with_a_length_counts_as_none(desk: Desk, case: str) -> None:
    signed = sign(MAIL + b"hi", length=True)
    desk.arrives(signed + f"\r\nCLAIM {case}\r\n".encode())
    desk.settles()
    assert desk.standing(case) == {ALICE: "unverified"} and desk.endings() == [ASKED]


def test_S_26_the_same_signature_over_the_whole_proves(desk: Desk, case: str) -> None:
    desk.arrives(sign(MAIL + f"CLAIM {case}\r\n".encode()))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.proof() == "domain"


def test_S_26_what_was_appended_after_signing_breaks_it(desk: Desk, case: str) -> None:
    desk.arrives(sign(MAIL + b"hi\r\n") + f"CLAIM {case}\r\n".encode())
    desk.settles()
    assert desk.standing(case) == {ALICE: "unverified"} and desk.proof() == "none"
