"""G-24: where the results that we rely on stay away, senders are asked, nothing is lost, and staff hear of it within the hour."""

from __future__ import annotations

from bot.core.trust import Share, has_drifted
from tests.attacks import oracles
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk


def a_fortnight(desk: Desk, *, proven: bool | None = True, mails: int = 12) -> None:
    """Mails of Alice's, spread over the days before; then it is a new day."""
    for number in range(mails):
        desk.writes(ALICE, "STATUS", subject=f"before {number}", proven=proven)
        desk.passes(days=1)
    desk.passes(hours=6)


def a_day(desk: Desk, *, proven: bool | None, mails: int) -> None:
    for number in range(mails):
        desk.writes(ALICE, "STATUS", subject=f"today {number}", proven=proven)
    desk.settles()


def warnings(desk: Desk) -> list[str]:
    return [letter.received.rcpt[0] for letter in desk.letters() if "checks fewer" in letter.subject or "確認が減って" in letter.subject]


def test_G_24_results_that_stay_away_are_told_to_staff_once_a_day(desk: Desk) -> None:
    a_fortnight(desk)
    a_day(desk, proven=None, mails=10)
    for _ in range(3):
        desk.settles()
    assert warnings(desk) == [SATO, SUZUKI]
    told = desk.last_letter_to(SUZUKI).flat
    assert "Of 10 mails" in told and "had checked 0." in told and "100 of 100" in told
    desk.passes(hours=22)
    desk.writes(ALICE, "STATUS", subject="next day", proven=None)
    desk.settles()
    assert len(warnings(desk)) == 4
    oracles.hold(desk)


def test_G_24_a_few_mails_without_results_are_no_drift(desk: Desk) -> None:
    a_fortnight(desk)
    a_day(desk, proven=None, mails=9)
    assert warnings(desk) == []


def test_G_24_where_results_were_never_there_nothing_has_vanished(desk: Desk) -> None:
    a_fortnight(desk, proven=None)
    a_day(desk, proven=None, mails=10)
    assert warnings(desk) == []


def test_G_24_strangers_and_failed_checks_do_not_count_as_vanished(desk: Desk) -> None:
    a_fortnight(desk)
    for number in range(20):
        desk.writes("stranger@evil.example", "hello", subject=f"{number}", proven=None)
    a_day(desk, proven=False, mails=10)
    assert warnings(desk) == []


def test_G_24_below_half_is_drift_and_half_is_not() -> None:
    usual = Share(20, 20)
    assert has_drifted(Share(10, 4), usual) and not has_drifted(Share(10, 5), usual)
    assert has_drifted(Share(100, 44), Share(100, 90)) and not has_drifted(Share(100, 45), Share(100, 90))


def test_status_shows_how_senders_could_be_proven(desk: Desk) -> None:
    a_fortnight(desk)
    for proven in (True, None, False):
        desk.writes(ALICE, "STATUS", subject=str(proven), proven=proven)
    desk.writes(SUZUKI, "STATUS")
    told = desk.last_letter_to(SUZUKI).flat
    assert "3 of 4 mails of people on file were checked by the mail server in 24 hours, 1 forged" in told
