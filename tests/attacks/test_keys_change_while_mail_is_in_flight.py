"""O-04: secret and master key change without a pause. Old codes count as long as they are named, and what was sealed opens all the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.trust import code_in, is_ours
from bot.shell.ledger import KeyStore, KeysUnfit
from tests.attacks.desk import ALICE, BOB, Desk
from tests.shell.books import keys_of
from tests.story.people import Letter

OLD, NEW = "a secret that only this desk knows", "a secret that came after it"
DETAILS = "The client is the fictional Farida Ahmadi."

with_a_key_store_of_its_own = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""On PostgreSQL the keys are a table of the same server, and no file to lose or to exchange."""


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Desk:
    return Desk.open(tmp_path, database_url=database_url)


def again(desk: Desk, folder: Path, **security: str) -> Desk:
    """The service, restarted with other lines under [security]."""
    desk.office.ledger.close()
    url = desk.office.settings.database.url.get_secret_value()
    restarted = Desk.open(folder, database_url=url, secret="\n".join(f"{key} = {value}" for key, value in security.items()))
    restarted.clock.after, restarted._uid = desk.clock.after, desk._uid
    return restarted


def claims_in_answer(desk: Desk, who: str, letter: Letter, case: str) -> str:
    """A claim that nothing but the code of this letter proves; gives how far it did."""
    desk.writes(who, f"CLAIM {case}", answering=letter, proven=None)
    return desk.proof()


def details(desk: Desk, case: str) -> str:
    with desk.office.ledger.reading() as ledger:
        return ledger.cases.confidential(case).details


def test_O_04_codes_of_letters_that_are_out_count_until_the_old_secret_is_taken_away(desk: Desk, tmp_path: Path) -> None:
    case = desk.case(places=3)
    desk.sends_the_round()
    old = {who: desk.last_letter_to(who) for who in (ALICE, BOB)}
    desk = again(desk, tmp_path, secret=f'"{NEW}"', old_secrets=f'["{OLD}"]')
    assert claims_in_answer(desk, ALICE, old[ALICE], case) == "letter"
    desk.settles()
    code = code_in(desk.last_letter_to(ALICE).message_id) or ""
    assert is_ours(code, ALICE, keys=[NEW.encode()]) and not is_ours(code, ALICE, keys=[OLD.encode()])
    desk.office.ledger.keys.rotate()
    desk = again(desk, tmp_path, secret=f'"{NEW}"')
    assert claims_in_answer(desk, BOB, old[BOB], case) == "none"
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "unverified"}


def test_O_04_the_master_key_changes_step_by_step_and_everything_opens_all_the_time(desk: Desk, tmp_path: Path) -> None:
    case = desk.case(details=DETAILS, places=2)
    desk.writes(ALICE, f"CLAIM {case}")
    for step in ({"master_key": f'"{NEW}"'}, {"master_key": f'"{NEW} 2"', "old_master_keys": f'["{NEW}"]'}):
        desk = again(desk, tmp_path, secret=f'"{OLD}"', **step)
        other = desk.case(details=f"{DETAILS} {step}")
        assert details(desk, case) == DETAILS and details(desk, other)
        assert desk.office.ledger.keys.rotate() > 0 and desk.office.ledger.keys.rotate() == 0
    desk = again(desk, tmp_path, secret=f'"{NEW} and the secret is another"', master_key=f'"{NEW} 2"')
    desk.settles()
    assert DETAILS in desk.last_letter_to(ALICE).text


def test_O_04_two_processes_with_both_keys_read_each_others(desk: Desk, tmp_path: Path) -> None:
    """One was restarted with the new key in front, the other still has it behind."""
    first = again(desk, tmp_path, secret=f'"{OLD}"', old_master_keys=f'["{NEW}"]')
    url = first.office.settings.database.url.get_secret_value()
    second = Desk.open(tmp_path, database_url=url, secret=f'secret = "{OLD}"\nmaster_key = "{NEW}"')
    for writer, reader in ((first, second), (second, first)):
        assert details(reader, writer.case(details=DETAILS)) == DETAILS
    second.office.ledger.keys.rotate()
    assert details(first, second.case(details=DETAILS)) == DETAILS


def test_O_04_a_master_key_that_does_not_fit_is_told_in_a_sentence_before_anything_is_read(desk: Desk, tmp_path: Path) -> None:
    desk.case(details=DETAILS)
    with pytest.raises(KeysUnfit) as raised:
        again(desk, tmp_path, secret=f'"{NEW}"')
    said = str(raised.value)
    assert desk.office.ledger.keys.store.name in said and "master_key" in said and "old_secrets" in said and "\n" not in said


@with_a_key_store_of_its_own
def test_O_04_a_key_store_that_is_not_this_databases_is_told_too(desk: Desk, tmp_path: Path) -> None:
    desk.case(details=DETAILS)
    store = desk.office.ledger.keys.store
    assert store.path is not None
    store.path.unlink()
    KeyStore(store.url).prepare()
    keys_of(store.url.removesuffix(".keys"), OLD).for_new_case()
    with pytest.raises(KeysUnfit, match="not this database's, or older"):
        again(desk, tmp_path, secret=f'"{OLD}"')


@with_a_key_store_of_its_own
@pytest.mark.parametrize("emptied", [False, True])
@pytest.mark.parametrize("holds", ["a case", "mail"])
def test_O_04_a_key_store_that_is_lost_is_not_made_anew(desk: Desk, tmp_path: Path, holds: str, emptied: bool) -> None:
    """Nor where no case needs it yet: mail and letters lie sealed with the month's key."""
    if holds == "a case":
        desk.case(details=DETAILS)
    else:
        desk.writes(ALICE, "HELP")
    store = desk.office.ledger.keys.store
    assert store.path is not None
    store.path.unlink()
    if emptied:
        KeyStore(store.url).prepare()
    with pytest.raises(KeysUnfit, match="newest copy"):
        again(desk, tmp_path, secret=f'"{OLD}"')
    assert store.path.exists() == emptied


def test_a_month_that_is_forgotten_opens_nowhere_and_its_cases_do(desk: Desk) -> None:
    case = desk.case(details=DETAILS)
    desk.writes(ALICE, "HELP")
    desk.writes(BOB, f"CLAIM {case}")
    keys = desk.office.ledger.keys
    assert keys.months() == ["2026-11"]
    keys.forget_month("2026-11")
    with desk.office.ledger.reading() as ledger:
        assert [ledger.arrivals.raw(entry.id) is None for entry in ledger.arrivals.all()] == [True, False]
    assert details(desk, case) == DETAILS and keys.months() == []
    desk.writes(ALICE, "STATUS")
    assert keys.months() == ["2026-11"] and desk.last_letter_to(ALICE).text
