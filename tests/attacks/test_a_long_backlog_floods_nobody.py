"""O-05, O-11: after weeks off, and under a mail bomb, claims have their place, nobody is flooded, and staff have the account of it all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.core.mail import RawMail, Stamp
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, BOT, CHIKA, SUZUKI, Desk
from tests.story.people import Post

DAYS = 14
STRANGERS = 400


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path, daily='daily = "0 8 * * *"')


def waits(desk: Desk, posts: list[Post]) -> None:
    """These mails lay in the mailbox, in this order; they are read now, in one look."""
    mails = [
        RawMail(desk._stamp((post.at - desk.clock.began).total_seconds(), "INBOX"), raw, len(raw)) for post in posts for raw in [post.raw()]
    ]
    desk.received |= {mail.stamp.uid: mail.raw for mail in mails}
    random.Random(5).shuffle(mails)
    desk.takes_in(mails)


def test_O_05_two_weeks_of_mail_are_decided_by_arrival_and_old_questions_are_not_answered_in_a_flood(desk: Desk) -> None:
    case = desk.case()
    began = desk.clock.began
    desk.ticks()
    posts: list[Post] = []
    desk.passes(hours=1)
    for day in range(DAYS):
        for number, word in enumerate(("HELP", "STATUS", "LIST", f"SHOW {case}")):
            posts.append(Post(CHIKA, "千佳", BOT, word, desk.now, subject=f"{day} {number}"))
        if day in (3, 5):
            posts.append(Post({3: BOB, 5: ALICE}[day], "", BOT, f"CLAIM {case}", desk.now, subject="mine"))
        desk.passes(days=1)
    waits(desk, posts)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed", ALICE: "waitlisted"}
    assert len(desk.letters_to(CHIKA)) == 6, "as many as on any one day, and that no more come"
    ignored = [reason for disposition, reason in desk.endings() if disposition == "ignored"]
    assert sum(reason.startswith("too old") for reason in ignored) == 4 * (DAYS - 3)
    balances = [letter for letter in desk.letters_to(SUZUKI) if "mails in" in letter.subject]
    assert f"{len(posts)} mails" in balances[-1].text and len(balances) == 1 and desk.now > began
    oracles.hold(desk)


def test_O_05_who_asks_today_is_answered_today(desk: Desk) -> None:
    desk.writes(CHIKA, "HELP")
    desk.passes(days=3)
    desk.writes(CHIKA, "HELP", subject="again", at=0)
    assert len(desk.letters_to(CHIKA)) == 2


def test_O_11_under_a_mail_bomb_the_one_claim_is_decided_and_no_stranger_is_answered(desk: Desk) -> None:
    case = desk.case()
    raw = [
        Post(f"x{number}@evil.example", "", BOT, f"CLAIM {case} now!", desk.now, subject=f"{number}").raw() for number in range(STRANGERS)
    ]
    raw.insert(STRANGERS // 2, Post(ALICE, "", BOT, f"CLAIM {case}", desk.now).raw())
    mails = [RawMail(Stamp("INBOX", 1, 1000 + number, desk.now), one, len(one)) for number, one in enumerate(raw)]
    desk.received |= {mail.stamp.uid: mail.raw for mail in mails}
    desk._uid = 1000 + len(mails)
    desk.takes_in(mails)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
    recipients = {letter.received.rcpt[0] for letter in desk.letters()}
    assert not any(address.endswith("evil.example") for address in recipients) and len(desk.letters_to(SUZUKI)) < 5
    path = desk.office.ledger.path
    assert path is not None and path.stat().st_size < 10_000_000
