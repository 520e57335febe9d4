"""A message read: its commands in the order in which they stand, the cases that its prose names, and why nothing of it may act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from bot.core import grounds
from bot.core import words as own
from bot.core.case_ids import MOST_NAMED, Named, cases_named, numbers_named
from bot.core.intent import owners, retractions
from bot.core.intent.command import ONLY_IN_A_CHECK_IN, Command
from bot.core.intent.grammar import read_line
from bot.core.intent.slips import DECLINES, MOST_COMMANDS, Slip, unsure
from bot.core.intent.subject import bare_subject, intake_word
from bot.core.parsing.machines import begins_or_ends_absent
from bot.core.vocabulary import LONGEST_LINE, Vocabulary

_LEADS_TO_CLAIM = re.compile(r"\bbut\b.*:\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intent:
    """All that a message asks for. `doubt` says why nothing in it may act."""

    commands: tuple[Command, ...] = ()
    intake: str = ""
    """``new_case``, ``new_event`` or ``emergency`` where the Subject begins with those words."""
    lines: tuple[str, ...] = ()
    """The sender's own words."""
    prose: tuple[str, ...] = ()
    """Those of `lines` that are no command."""
    leading: tuple[Command, ...] = ()
    """The commands of the Subject and of the first of `lines`: what the mail begins with."""
    named: tuple[str, ...] = ()
    """Case ids that the own words mention, whether or not a command names them; the first twenty."""
    names_in_subject_alone: bool = False
    """Whether `named` comes from the Subject and from none of `lines`."""
    declines: bool = False
    """Whether the own words speak of not taking, or of handing back; such words are never taken for an offer."""
    numbers: tuple[int, ...] = ()
    """Bare numbers by which the own words may mean a case, as in "I'd like to take 14": only ever asked about."""
    unsure: Named = field(default_factory=Named)
    """What stands behind the word for a claim and is no id of a claim that is carried out: asked about too, and before all else."""
    dropped: int = 0
    """How many commands stood beyond the first twenty."""
    doubt: str = ""
    doubted: str = ""
    """The line that `doubt` is about, where one alone is."""
    reasons: owners.Owned = ()
    """Each reason in a line of its own, with the line that it belongs to."""
    reason: str = ""
    """That of these which belongs to no override: of an answer to a question, or of a round that is sent."""

    @property
    def only_claims(self) -> bool:
        """Whether all that the commands ask is to claim, for the sender; False where there is none."""
        return bool(self.commands) and all(command.verb == "claim" and not command.argument for command in self.commands)


def understand(text: str, html: str, vocabulary: Vocabulary, *, subject: str, quoted: Iterable[str] = (), marker: str = "") -> Intent:
    """Read one message by its two bodies. `subject` is its Subject without our codes; `quoted` the texts of the letters of ours that it answers."""
    read_once = cache(partial(read_line, vocabulary=vocabulary))  # most lines stand in the text and in the page, and are asked about anew
    spoken = own.own_words(text, html, quoted=quoted, marker=marker, command_like=read_once)
    subject_line = bare_subject(subject)
    lines = (subject_line, *spoken.lines)
    read = [_outside_check_ins(read_once(line)) for line in lines]
    found = _without_echoes(command for commands in read for command in commands)
    intake = intake_word(subject_line, vocabulary)
    reasons = owners.reasons(lines, read, vocabulary)
    named = cases_named(spoken.lines, vocabulary.prefix)
    return Intent(
        commands=found[:MOST_COMMANDS],
        intake=intake,
        lines=spoken.lines,
        prose=tuple(line for line, commands in zip(spoken.lines, read[1:], strict=True) if not commands),
        leading=tuple(command for commands in read[:2] for command in commands),
        named=tuple(dict.fromkeys((*cases_named((subject_line,), vocabulary.prefix), *named)))[:MOST_NAMED],
        names_in_subject_alone=not named,
        declines=any(DECLINES.search(own.fold(line[:LONGEST_LINE])) for line in lines),
        numbers=numbers_named(lines),
        unsure=unsure(lines, read, vocabulary),
        dropped=max(0, len(found) - MOST_COMMANDS),
        doubt=spoken.doubt or ("" if intake else _doubt(spoken.lines, read)),
        doubted=spoken.doubted,
        reasons=reasons,
        reason=owners.of_answer(reasons, read),
    )


def _doubt(lines: Sequence[str], read: Sequence[tuple[Command, ...]]) -> str:
    """A claim in the note of somebody who is away may come from a program, unless the note itself leads to it: “…, but this one is for me:”."""
    is_claim = any(command.verb == "claim" for commands in read for command in commands)
    if is_claim and begins_or_ends_absent(lines) and not any(_LEADS_TO_CLAIM.search(own.fold(line[:LONGEST_LINE])) for line in lines):
        return "a claim stands in a note of absence"
    if any(commands and commands[0].verb in grounds.MAY_HAVE_GROUNDS for commands in read) and not is_claim:
        lines = ["" if grounds.is_line(line) else line for line in lines]  # why, and no part of the sentence with the command
    return retractions.doubt(read[0], lines, read[1:])


def _without_echoes(commands: Iterable[Command]) -> tuple[Command, ...]:
    """A command said twice is done once, unless another about the same case (or, where they name none, any such) stands between."""
    kept: list[Command] = []
    last: dict[str | None, Command] = {}
    for command in commands:
        if last.get(command.case_id) != command:
            kept.append(command)
            last[command.case_id] = command
    return tuple(kept)


def in_place(intent: Intent, slips: Sequence[Slip], vocabulary: Vocabulary) -> tuple[Command | Slip, ...]:
    """The commands of a mail and what was meant for one, in the order in which they stand."""
    left = list(slips)
    found: list[Command | Slip] = []
    at = -1
    for command in intent.commands:
        place = next((one for one in range(max(at, 0), len(intent.lines)) if command in read_line(intent.lines[one], vocabulary)), at)
        at = place
        while left and left[0].place < at:
            found.append(left.pop(0))
        found.append(command)
    return (*found, *left)


def grounds_of(command: Command, intent: Intent, vocabulary: Vocabulary) -> str:
    """The reason given with an override: behind it, else in a line that is its own; "" for none."""
    said = {number for number, line in enumerate(intent.lines, 1) if command in read_line(line, vocabulary)} or {owners.SUBJECT}
    return grounds.kept(command.grounds or next((why for owner, why in intent.reasons if owner in said), ""))


def _outside_check_ins(commands: Iterable[Command]) -> tuple[Command, ...]:
    return tuple(command for command in commands if command.verb not in ONLY_IN_A_CHECK_IN)
