"""Who may read what: client details, names for the conflict check, and who was first (ATTACKS G-10, P-06, P-18, P-19)."""

from __future__ import annotations

import pytest

from bot.core.mail import Letter
from bot.core.model import Lifecycle
from bot.shell.letters import OUTCOMES, Typesetter
from tests.shell.letters_samples import APPEAL, CODE, HOUSE, KIND_FACTS, NOW, SECRET, answer, letter, said

TYPESETTER = Typesetter(HOUSE)
SECRETS = {"details": "DETAILS-CANARY", "conflict_names": "NAMES-CANARY", "contact": "CONTACT-CANARY", "winner": "WINNER-CANARY"}
MAY_SHOW_KIND = {"case_changed": {"details", "contact"}}
MAY_SHOW = {"confirmed": {"details", "contact"}, "held": {"conflict_names"}, "event_place": {"details", "contact"}}
LANGUAGES = ("en", "ja")


def whole(one: Letter) -> str:
    page = TYPESETTER.preview(one, now=NOW, reader_name="Ito", code=CODE)
    return page.subject + page.text + page.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_G_10_an_answer_shows_only_the_secrets_of_its_outcome(outcome: str, language: str) -> None:
    shown = whole(answer(language, said(outcome, facts=SECRETS)))
    assert {name for name, canary in SECRETS.items() if canary in shown} == MAY_SHOW.get(outcome, set())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(KIND_FACTS))
def test_G_10_no_other_letter_shows_any(kind: str, language: str) -> None:
    shown = whole(letter(kind, language, confidential=SECRET, **SECRETS))
    may_not = {name: canary for name, canary in SECRETS.items() if name not in MAY_SHOW_KIND.get(kind, set())}
    assert not [canary for canary in [*may_not.values(), "Karimi", "teacher in K"] if canary in shown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_G_10_a_holder_reads_of_a_change_no_more_than_has_changed(language: str) -> None:
    shown = whole(letter("case_changed", language, **SECRETS, changed=["deadline"]))
    assert not [canary for canary in SECRETS.values() if canary in shown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_P_06_an_unpublished_case_reads_like_one_that_never_was(language: str) -> None:
    draft = type(APPEAL)(APPEAL.id, "Secret title", "Secret", lifecycle=Lifecycle.DRAFT)
    unpublished = whole(answer(language, said("refused", case=draft, reason="unpublished")))
    unknown = whole(answer(language, said("refused", case=None, reason="unknown_case")))
    assert unpublished.replace(APPEAL.id, "ID") == unknown.replace("JAR-2026-099", "ID")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reason", ["closed", "withdrawn", "expired", "past_deadline", "event_closed", "already_yours", "already_waiting", "limit_reached"]
)
def test_every_refusal_has_words_of_its_own(reason: str, language: str) -> None:
    others = {"unknown_case", "not_active", "not_yours", "of_another", "nothing_to_clear", "something_new"}
    texts = [whole(answer(language, said("refused", reason=one))) for one in (reason, *others)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_waitlisted_lawyer_reads_the_own_arrival_in_both_times_and_the_place(language: str) -> None:
    shown = whole(answer(language, said("waitlisted", waiting_place=7)))
    assert "09:02:11 JST" in shown and "00:02:11" in shown and "7" in shown and "JAR-2026-015" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_inside_one_second_and_a_late_sight_are_explained(language: str) -> None:
    texts = {whole(answer(language, said("waitlisted", same_second=same, late=late))) for same, late in ((0, 0), (1, 0), (0, 1))}
    assert len(texts) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conflict_names_stand_apart_from_the_rest_of_a_preview(language: str) -> None:
    shown = TYPESETTER.preview(answer(language, said("preview_case")), now=NOW, reader_name="Sato").text
    apart = "Goes only to the confirmed lawyer" if language == "en" else "担当が決まった方だけにお送りする内容"
    before, _, after = shown.partition(apart)
    assert "Ahmad Karimi" not in before and "Ahmad Karimi" in after


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_that_tells_of_an_unknown_outcome_is_not_sent(language: str) -> None:
    with pytest.raises(LookupError):
        whole(answer(language, said("no_such_outcome")))
