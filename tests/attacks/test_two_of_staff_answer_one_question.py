"""Whatever staff are asked, the first answer counts, and who answers second hears who was first: for every kind of question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import rounds
from bot.core.model import Deadline, Profile, Terms
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.story.people import Letter

FORM = "Title: Asylum appeal\nSummary: An appeal against a refusal.\n"
TABLE = b"title,summary\nAn appeal,One appeal.\nA hearing,One hearing.\n"
ID = "JUS-2026-001"


def round_by_the_calendar(folder: Path) -> Desk:
    desk = Desk.open(folder, preview_hours="preview_hours = 24")
    desk.case()
    desk.clock.began = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    rounds.preview_due(desk.office)
    return desk


def round_asked_for_by_each(folder: Path) -> Desk:
    return _asked_by_each(folder, "ROUND PREVIEW")


def new_case(folder: Path) -> Desk:
    return _brought(folder, FORM, "NEW CASE")


def new_event(folder: Path) -> Desk:
    return _brought(folder, f"{FORM}Closes: 2026-12-18\nPlaces: 20\n", "NEW EVENT")


def draft_that_a_colleague_looks_at_too(folder: Path) -> Desk:
    desk = Desk.open(folder)
    desk.writes(SUZUKI, FORM, subject="NEW CASE")
    desk.writes(SATO, f"REOPEN {ID}")
    return desk


def table(folder: Path) -> Desk:
    desk = Desk.open(folder, approvals="approvals = 2")
    desk.writes(SUZUKI, "", subject="NEW CASE", files=(("cases.csv", "text/csv", TABLE),))
    return desk


def emergency_that_a_colleague_looks_at_too(folder: Path) -> Desk:
    desk = Desk.open(folder)
    desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    desk.writes(SATO, f"REOPEN {ID}")
    return desk


def bulletin_asked_for_by_each(folder: Path) -> Desk:
    return _asked_by_each(folder, f"BULLETIN {ID}")


def bulletin_of_the_ladder(folder: Path) -> Desk:
    desk = Desk.open(folder, ladder_days="ladder_days = [14]")
    desk.case(deadline=Deadline(desk.now + timedelta(days=10), is_day=False))
    desk.ticks()
    return desk


def change(folder: Path) -> Desk:
    desk = Desk.open(folder, approvals="approvals = 2")
    desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {ID}\nPlace: Osaka")
    return desk


def application(folder: Path) -> Desk:
    desk = Desk.open(folder)
    desk.writes("nora@newfirm.example", "JOIN\nName: Nora Nakamura\nFirm: New Firm\nBar: Tokyo\nLanguages: English, Japanese")
    return desk


def claim_that_does_not_fit(folder: Path) -> Desk:
    desk = Desk.open(folder)
    desk.joins(ALICE, name="Alice Arden", profile=Profile(capacity=("paralegal",)))
    desk.case(terms=Terms(eligible=("bengoshi",)))
    desk.writes(ALICE, f"CLAIM {ID}")
    desk.settles()
    return desk


def test_where_two_must_agree_the_preview_says_so_to_both(tmp_path: Path) -> None:
    desk = _brought(tmp_path, FORM, "EMERGENCY")
    assert "At your word and that of one colleague this goes to" in desk.last_letter_to(SUZUKI).flat
    assert "職員2名の「送信」のお返事がそろいしだい、" in "".join(desk.last_letter_to(SATO).text.split())


def _brought(folder: Path, form: str, subject: str) -> Desk:
    desk = Desk.open(folder, approvals="approvals = 2")
    desk.writes(SUZUKI, form, subject=subject)
    return desk


def _asked_by_each(folder: Path, command: str) -> Desk:
    desk = Desk.open(folder)
    desk.case()
    for who in (SUZUKI, SATO):
        desk.writes(who, command)
    return desk


YES_NO = (("YES", "はい"), ("YES", "いいえ"), ("NO", "はい"), ("NO", "いいえ"))
SEND_NO = (("SEND", "送信"), ("SEND", "いいえ"), ("NO", "送信"), ("NO", "いいえ"))
ROUND = (
    *(("SEND", other) for other in ("送信", "保留", "はい")),
    *(("HOLD", other) for other in ("送信", "保留", "はい", "いいえ")),
    *(("YES", other) for other in ("送信", "保留", "はい")),
)
KINDS: tuple[tuple[Callable[[Path], Desk], tuple[tuple[str, str], ...]], ...] = (
    (round_by_the_calendar, ROUND),
    (round_asked_for_by_each, ROUND[:7]),
    (new_case, YES_NO),
    (new_event, YES_NO),
    (draft_that_a_colleague_looks_at_too, YES_NO),
    (table, YES_NO),
    (emergency_that_a_colleague_looks_at_too, SEND_NO),
    (bulletin_asked_for_by_each, SEND_NO[:2]),  # a NO drops one's own preview, and no colleague's
    (bulletin_of_the_ladder, SEND_NO),
    (change, YES_NO),
    (application, YES_NO),
    (claim_that_does_not_fit, YES_NO),
)
PLAYED = [pytest.param(kind, first, second, id=f"{kind.__name__}-{first}-{second}") for kind, pairs in KINDS for first, second in pairs]


def told(desk: Desk, who: str, since: int) -> list[str]:
    return ["".join(letter.text.split("\n")) for letter in desk.letters_to(who)[since:]]


def answers(desk: Desk, who: str, word: str, question: Letter) -> list[str]:
    before = len(desk.letters_to(who))
    desk.writes(who, word, answering=question)
    desk.passes(seconds=30)
    return told(desk, who, before)


@pytest.mark.parametrize(("kind", "first", "second"), PLAYED)
def test_who_answers_second_hears_in_one_letter_who_was_first(
    tmp_path: Path, kind: Callable[[Path], Desk], first: str, second: str
) -> None:
    desk = kind(tmp_path)
    his, hers = desk.last_letter_to(SUZUKI), desk.last_letter_to(SATO)
    answers(desk, SUZUKI, first, his)
    (answer,) = answers(desk, SATO, second, hers)
    assert "Suzuki Taro" in answer or SUZUKI in answer


LATE = [
    pytest.param(kind, *pair, id=f"{kind.__name__}-{'-'.join(pair)}")
    for kind, pairs in KINDS
    for pair in (pairs[0], pairs[-1])
    if pairs not in (ROUND, ROUND[:7]) or pair[0] != "SEND"  # there the answer tells when the round went out
]


@pytest.mark.parametrize(("kind", "first", "second"), LATE)
def test_when_somebody_was_first_is_when_their_answer_came_however_late_it_is_read(
    tmp_path: Path, kind: Callable[[Path], Desk], first: str, second: str
) -> None:
    """The hour of reading was told, which lay behind the reader's own answer."""
    desk = kind(tmp_path)
    his, hers = desk.last_letter_to(SUZUKI), desk.last_letter_to(SATO)
    came = (desk.now + timedelta(minutes=10)).replace(microsecond=0)
    desk.passes(hours=1, minutes=2)
    for who, word, question, after in ((SUZUKI, first, his, 0), (SATO, second, hers, 30)):
        desk.writes(who, word, answering=question, at=(came - desk.clock.began).total_seconds() + after)
    answer = desk.last_letter_to(SATO).text
    first_at, read_at = (f"{moment.astimezone(desk.office.rules.zone):%H:%M}" for moment in (came, desk.now))
    assert ("Suzuki Taro" in answer or SUZUKI in answer) and first_at in answer and read_at not in answer


def test_staffs_word_about_a_case_stands_in_its_history_with_the_hour_at_which_it_came(desk: Desk) -> None:
    """And never before what was on record by then: the last of two words is the one that holds."""
    case = desk.case()
    desk.passes(hours=3)
    for minutes, who, text in ((60, SUZUKI, f"CLOSE {case}"), (61, SATO, f"REOPEN {case}"), (62, SUZUKI, f"EXPLAIN {case}")):
        desk.writes(who, text, at=minutes * 60)
    told_now = desk.last_letter_to(SUZUKI).flat
    assert "13:00:00 JST" in told_now and "13:01:00 JST" in told_now and "15:00:" not in told_now
    assert "decided on Fri 20 Nov 2026, 13:00" in next(one for one in desk.letters_to(SUZUKI) if "otherwise" in one.subject).flat


@pytest.mark.parametrize(("word", "is_sent"), [("送信", True), ("いいえ", False)])
@pytest.mark.parametrize("is_emergency", [True, False])
def test_who_was_first_of_two_that_are_needed_hears_what_became_of_it(tmp_path: Path, word: str, is_sent: bool, is_emergency: bool) -> None:
    desk = Desk.open(tmp_path, approvals="approvals = 2")
    if is_emergency:
        desk.writes(SUZUKI, FORM, subject="EMERGENCY")
    else:
        desk.writes(SUZUKI, f"BULLETIN {desk.case()}")
    hers = desk.last_letter_to(SATO)
    answers(desk, SUZUKI, "SEND", desk.last_letter_to(SUZUKI))
    before = len(desk.letters_to(SUZUKI))
    (hers_told,) = answers(desk, SATO, word, hers)
    (his,) = told(desk, SUZUKI, before)
    assert "Sato Hanako" in his and bool(desk.letters_to(ALICE)) == is_sent
    assert ("Suzuki Taro" in hers_told) == is_sent and ("does not go out" in his) == (not is_sent)


def test_who_agreed_that_a_round_goes_hears_that_a_colleague_holds_it(tmp_path: Path) -> None:
    desk = round_by_the_calendar(tmp_path)
    his, hers = desk.last_letter_to(SUZUKI), desk.last_letter_to(SATO)
    answers(desk, SUZUKI, "YES", his)
    answers(desk, SATO, "保留", hers)
    letter = desk.last_letter_to(SUZUKI)
    assert "decided otherwise" in letter.subject and "round held back by" in letter.text and SATO in letter.text


def test_after_a_yes_words_in_the_thread_of_a_round_are_still_told_which_word_holds_it(tmp_path: Path) -> None:
    desk = round_by_the_calendar(tmp_path)
    his = desk.last_letter_to(SUZUKI)
    answers(desk, SUZUKI, "YES", his)
    (told_now,) = answers(desk, SUZUKI, "Let us wait until the hearing is over.", his)
    assert "“HOLD”" in told_now


def test_the_second_to_answer_reads_whose_case_it_is_and_who_was_first_under_one_title(tmp_path: Path) -> None:
    desk = new_case(tmp_path)
    for one in (SUZUKI, SATO):
        desk.writes(one, "YES", answering=desk.last_letter_to(one))
    told = desk.last_letter_to(SATO)
    assert told.subject.startswith(ID) and "）が先に" in told.text.replace("\n", "").replace(" ", "")
    assert "）さんが" not in told.text.replace("\n", "").replace(" ", "")
