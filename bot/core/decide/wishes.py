"""Mails that say nothing but that their writer would take a case: the question back to them is clear, and no person need read them.

Given a message, tells whether all of it is such a wish, courtesies and names of cases. A condition, a question, an attachment or anything that
is not known here is more than that. Nothing here acts, and nothing is asked by it.
"""

from __future__ import annotations

import re

from bot.core import words as own
from bot.core.case_ids import listed, tokens_of
from bot.core.courtesies import substance
from bot.core.decide.message import Message
from bot.core.intent import bare_subject
from bot.core.model import View
from bot.core.rules import Rules
from bot.core.vocabulary import LONGEST_LINE, Vocabulary, after

_ONE = (
    r"(?:(?:the )?(?:cases?|no\.?|number|案件(?:番号)?:?|[#№第])\s?){0,2}(?:[a-z]{2,12}[ -])?(?:\d{4}-)?\d{1,6}(?:番|号)?(?:の?案件|の件)?"
)
_CASES = rf"{_ONE}(?:(?:\s?[,、・&と]\s?| and | & ){_ONE}){{0,9}}"
_WISH = re.compile(
    r"(?:please,? )?(?:(?:i|we)(?:'d|’d|'ll|’ll|'m|’m)?|happy|glad|willing)?(?: (?:am|are|would|will|can|could|want|very much|really|gladly|happily|also|still)){0,4}"
    r"(?: ?(?:like|love|wish|be (?:happy|glad|pleased|honou?red|willing)|happy|glad|willing|ready|able))?(?: to)? ?"
    rf"(?:take|taking|claim|accept|handle|do|have)?(?: on)? ?{_CASES}(?: on)?(?:,? please)?"
    rf"|{_CASES}(?:を|は|で|について|に関して)?[、,]?\s?(?:ぜひ|是非|喜んで)?(?:を|の)?"
    r"(?:(?:お?引き?受け|受任|担当)(?:を?希望|(?:いた|致)?し|でき|可能で|させて(?:いただ|頂)き)?(?:ます|たいです|す|たく存じます|たいと(?:思い|存じ)ます)"
    r"|希望(?:(?:いた|致)?し)?ます|お願い(?:(?:いた|致)?し)?(?:ます|申し上げます)|です)?"
    rf"|(?:受任|担当)(?:希望)?[:]?\s?{_CASES}(?:です|します|を?希望(?:(?:いた|致)?し)?ます|お願い(?:(?:いた|致)?し)?ます)?",
    re.IGNORECASE,
)


def is_all(message: Message, view: View, rules: Rules) -> bool:
    """Whether the mail says no more than which cases its writer would take."""
    if view.member is None or message.intent.declines or message.arrival.attachments:
        return False
    subject = () if message.arrival.answers else (bare_subject(message.arrival.subject),)
    lines = tuple(line for line in (*subject, *message.intent.lines) if not _is_list(line, rules.vocabulary))
    return not substance(lines, names=message.signed_by(view.member), also=_WISH)


def _is_list(line: str, vocabulary: Vocabulary) -> bool:
    """``CLAIM 2 3``, in whatever word the organisation has for a claim."""
    text = own.fold(line[:LONGEST_LINE]).strip().rstrip(".。 ")
    words = (word for word, verb in vocabulary.spoken if verb == "claim")
    return any(behind and listed(tokens_of(behind), vocabulary.prefix) for word in words if (behind := after(text, word)) is not None)
