"""Which letters may go out once more: those whose reply was lost in a fault that was looked at, and no other (ATTACKS (e)).

Asks the SMTP server what it took on which connection, and the outbox what is on record as sent; looks after each run, told how many replies
its faults can have cost. A letter is unheard of where it is the last that a connection took, the connection ended without QUIT, and the
run left it unsent or sent it again. Never goes by a count alone: each second copy must follow such a first.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.office import Office
from bot.shell.ledger.outbox import Posted
from tests.servers.smtp_sink import Received, SmtpSink


class Doubt:
    def __init__(self, sink: SmtpSink, office: Office) -> None:
        self._sink, self._office = sink, office
        self._seen = 0
        self._unheard: set[int] = set()
        """Copies by their order: nobody but the server knew of them when the run in which they went was over, or went again."""

    def looks(self, *, replies: int) -> int:
        """After a run, amid faults that can have cost so many replies. Gives how many letters have gone twice by now."""
        letters = self._sink.letters
        with self._office.ledger.reading() as ledger:
            rows = ledger.outbox.all()
        sent = {row.message_id for row in rows if row.state == "sent"}
        lost = self._lost(letters, sent)
        assert len(lost) <= replies, f"{len(lost)} replies lost, of {replies} that can be: {[letter.subject for letter in lost]}"
        self._unheard |= {letter.order for letter in lost}
        twice = second_copies(letters)
        for first, second in twice:
            assert first.order in self._unheard, (
                f"sent again though its reply was heard: {second.subject!r} to {second.rcpt}, {_where(first, second)}"
            )
            assert first.raw == second.raw, f"the same letter in two versions: {second.subject!r}"
        self._none_is_given_up_that_was_heard(letters, rows)
        again = {first.order for first, _ in twice}
        self._unheard -= {
            letter.order for letter in letters if letter.message_id in sent
        } - again  # on record: from now on it may not go again
        self._seen = len(letters)
        return len(twice)

    def _lost(self, letters: Sequence[Received], sent: set[str]) -> list[Received]:
        """The copies of this run of which no process heard, as far as its record goes."""
        last = {letter.connection: letter for letter in letters[self._seen :] if letter.connection not in self._sink.parted}
        again = {first.order for first, _ in second_copies(letters)}
        return [letter for letter in last.values() if letter.order in again or letter.message_id not in sent]

    def _none_is_given_up_that_was_heard(self, letters: Sequence[Received], rows: Sequence[Posted]) -> None:
        failed = {row.message_id for row in rows if row.state == "failed"}
        heard = [letter for letter in letters if letter.message_id in failed and letter.order not in self._unheard]
        assert not heard, f"given up though the server's reply was heard: {[(letter.subject, letter.rcpt) for letter in heard]}"


def second_copies(letters: Sequence[Received]) -> list[tuple[Received, Received]]:
    """Each with the first copy; none may go a third time."""
    first: dict[str, Received] = {}
    twice: dict[str, tuple[Received, Received]] = {}
    for letter in letters:
        before = first.setdefault(letter.message_id, letter)
        if before is not letter:
            assert letter.message_id not in twice, f"sent a third time: {letter.subject!r} to {letter.rcpt}"
            twice[letter.message_id] = (before, letter)
    return list(twice.values())


def _where(*copies: Received) -> str:
    return " and ".join(f"no. {letter.order} on connection {letter.connection}" for letter in copies)
