"""What the bot asks, and a question on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.model.cases import Lifecycle


class Question(StrEnum):
    """What the bot may ask; a YES, NO or SEND in that thread answers it, but for a check-in."""

    VERIFY = "verify"
    OPEN_CASE = "open_case"
    OPEN_CASES = "open_cases"
    CHANGE_CASE = "change_case"
    SEND_BULLETIN = "send_bulletin"
    DID_YOU_MEAN = "did_you_mean"
    GIVE_BACK = "give_back"
    """To who holds a case or waits for it, and wrote of giving it up: shall it be handed back? It stands open until it is answered."""
    FILL_FORM = "fill_form"
    AGREE = "agree"
    SEND_ROUND = "send_round"
    PASS_ON = "pass_on"
    OFFER = "offer"
    """Still willing? To who is next in line."""
    LEAVE = "leave"
    """Leave, and hand back what you hold?"""
    HANDOVER = "handover"
    """Why is the case handed back, and what is due next? Any words answer it."""
    ADMIT = "admit"
    """May the applicant, whose address is the `content_key`, join the roster?"""
    CHECK_IN = "check_in"
    """To a holder: how is the case? Its answers are words of their own, in any thread of it and at any time."""


WAITS_WHILE = {
    Question.OPEN_CASE: frozenset({Lifecycle.DRAFT}),
    Question.OPEN_CASES: frozenset({Lifecycle.DRAFT}),
    Question.SEND_BULLETIN: frozenset({Lifecycle.DRAFT, Lifecycle.OPEN}),
}
"""What a case may be for its preview to wait for a word, and for a NO to have anything to do. A change that is proposed can always be dropped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on record: to whom, about which arrivals or case, and how it ended."""

    id: int
    question: Question
    to: str
    arrival_ids: tuple[int, ...] = ()
    case_id: str | None = None
    content_key: str = ""
    """Of a form: what it was sent back for. Of a preview: the key of the text that was shown, so that a YES is to that text alone.
    Of a round's preview: the month. Of an application: the applicant's address. Of a case handed back: the others that the same
    mail handed back."""
    expires_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    approvals: tuple[str, ...] = ()
    bulletins: int = 0
    """How many bulletins about the case had gone out when it was asked; the answer to a preview sends the next one and no other."""
    case_ids: tuple[str, ...] = ()
    """The cases of a table, where the question is about all of them."""
    proposed: dict[str, str] = field(default_factory=dict, hash=False)
    """Of a change that waits: the new values by field, as the form writes them."""
    asked_at: datetime | None = None
    """None before it is on record."""

    @property
    def about(self) -> tuple[str, ...]:
        """The cases that it is about, each once."""
        return tuple(dict.fromkeys(filter(None, (self.case_id, *self.case_ids))))
