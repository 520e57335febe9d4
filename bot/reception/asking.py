"""What the answer to a mail asks: one question, of whoever wrote, for as long as it may be answered.

Given what the decision wants to know, remembers it until the answer is owed. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.amending import shown_key
from bot.core.decide.answers import PREVIEWS
from bot.core.model import Ask, Asked, Confidential, Line, ProposeChange, Question
from bot.office import Office
from bot.shell.ledger import Transaction

_PATIENT = (PREVIEWS - {Question.SEND_BULLETIN}) | {Question.FILL_FORM, Question.LEAVE, Question.HANDOVER}
"""A bulletin is about today; what else waits for staff may wait over a week-end."""


class Asking:
    def __init__(self, office: Office, ledger: Transaction, arrival_id: int, sender: str, now: datetime) -> None:
        self.asked: Asked | None = None
        self._rules, self._now = office.rules, now
        self._ledger, self._arrival_id, self._sender = ledger, arrival_id, sender

    def ask(self, change: Ask) -> None:
        """A letter asks one question; of several cases that a mail hands back, the first is asked about and the others go with it."""
        if self.asked is not None and self.asked.question is change.question is Question.HANDOVER:
            self.asked = replace(self.asked, content_key=f"{self.asked.content_key} {change.case_id}".strip())
        elif change.question in PREVIEWS:
            self.show(change.question, change.case_id, change.case_ids)
        else:
            asked = self._question(change.question, change.case_id, content_key=change.content_key)
            self.asked = replace(asked, case_ids=change.case_ids, arrival_ids=(change.arrival_id or self._arrival_id,))

    def show(self, question: Question, case_id: str | None, case_ids: Sequence[str] = ()) -> None:
        """A preview of one case, or of those of a table: its answer is to the text as it stands now, and to no other."""
        ids = case_ids or ((case_id,) if case_id else ())
        cases = self._ledger.cases.some(ids)
        key = shown_key(cases[one].fields(Confidential()) for one in ids)
        self.asked = replace(self._question(question, case_id, content_key=key), case_ids=tuple(case_ids))

    def propose(self, change: ProposeChange) -> None:
        """A case as it would be read with other fields."""
        asked = self._question(Question.CHANGE_CASE, change.case_id, content_key=change.shown_key)
        self.asked = replace(asked, proposed=change.values)

    def fill_form(self, line: Line) -> None:
        """A form that comes back filled in is the answer."""
        self.asked = self._question(Question.FILL_FORM, line.case_id, content_key=str(line.facts["kind"]))

    def _question(self, question: Question, case_id: str | None, *, content_key: str) -> Asked:
        lives = self._rules.preview_lives if question in _PATIENT else self._rules.question_lives
        until = None if question is Question.GIVE_BACK else self._now + lives
        return Asked(0, question, self._sender, (self._arrival_id,), case_id, content_key, until)
