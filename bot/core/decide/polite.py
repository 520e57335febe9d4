"""What may stand behind the word of an answer and leave it that word: thanks, a closing, “with pleasure”, the writer's own name.

Given what follows the word, tells whether all of it is that. Each courtesy is one that is known here, for each answer its own; whatever else
stands there, the line is no answer. Decides nothing.
"""

from __future__ import annotations

import re

from bot.core import words as own

_THANKS = (
    r"(?:many )?(?:thanks|thank you)(?: (?:again|(?:so|very) much|a lot|kindly|in advance|for asking|for (?:the|this) opportunity))*"
    r"|(?:誠に|大変|どうも)?(?:ありがとう|有難う|有り難う)(?:ございま(?:す|した))?"
)
_CLOSING = (
    r"(?:with )?(?:my )?(?:best|kind|kindest|warm) (?:regards|wishes)|regards|best|all the best|cheers|(?:yours )?sincerely"
    r"|(?:何卒|どうぞ|どうか|今後とも|引き続き)?(?:よろしく|宜しく)お願い(?:(?:いた|致)?します|申し上げます)|以上|敬具"
)
_TAKES = (
    r"(?:(?:i will|i'll|i’ll|i can) (?:still )?(?:(?:gladly|happily) )?(?:take|accept)(?: on)?(?: (?:it|this|the)(?: case| one)?)?(?: on)?|i accept(?: it)?|i confirm"
    r"|(?:(?:i am|i'm|i’m|i would be|i'd be|i’d be) )?(?:still )?(?:willing|interested|happy|glad)(?: to(?: (?:take|accept) (?:it|this|the)(?: case| one)?(?: on)?)?)?"
    r"|i (?:would|do) still (?:like|want) (?:it|this|the)(?: case| one)?|i still want (?:it|this|the)(?: case| one)?"
    r"|(?:it|that|this) was (?:really )?me|i (?:wrote|sent) (?:it|that|this)|count me in|please go ahead|please|gladly|happily|with pleasure|of course|certainly|definitely|indeed|sure|absolutely)"
    r"|(?:引き続き)?(?:、)?お願い(?:(?:いた|致)?します|申し上げます)|喜んで|ぜひ|是非|(?:本件|こちら|この案件)(?:を|は|も)?"
    r"|(?:お?引き?受け|お受け|受任|担当)(?:(?:いた|致)?し|させて(?:いただ|頂)き)?ます|(?:(?:受任|担当|対応)は?)?(?:可能|問題ありません|問題ございません)(?:です)?"
    r"|引き?受ける(?:意思|意向|気持ち)に変わり(?:は)?(?:ありません|ございません)|(?:承知|了解)(?:(?:いた|致)?し)?ました|私(?:本人)?です"
)
_DECLINES = (
    r"(?:(?:i am|i'm|i’m) )?(?:very )?sorry|unfortunately(?: not)?|i can(?:not|'t|’t)(?: (?:take|accept) (?:it|this|the case))?|not this time"
    r"|(?:(?:i am|i'm|i’m) )?(?:too busy|fully booked)(?: (?:right )?now| at the moment| this month)?|(?:it|that|this) (?:was not|wasn't|wasn’t) me|not me"
    r"|(?:誠に)?申し?訳(?:ありません|ございません)|すみません|残念ですが|今回は|辞退(?:いた|致)?します|見送らせて(?:いただ|頂)きます"
    r"|(?:お引き受け|引き受け)(?:られません|できません|いたしかねます)"
)
_KEEPS = (
    r"(?:i(?: will|'ll|’ll| would like to| want to)?|i still) (?:still )?(?:keep|want|take|continue(?: with)?)(?: (?:it|this|the)(?: case| one)?)?"
    r"|(?:引き続き)?(?:、)?(?:(?:お?引き?受け|お受け|受任|担当|続け|継続|お待ち)(?:(?:いた|致)?し|させて(?:いただ|頂)き)?ます|お願い(?:(?:いた|致)?します|申し上げます))"
)
_SOLE = r"です|でした|でございます"
_POLITE = {
    "clear": "|".join((_THANKS, _CLOSING, _SOLE)),
    "conflict": "|".join((_THANKS, _CLOSING, _SOLE, _DECLINES)),
    "yes": "|".join((_THANKS, _CLOSING, _TAKES)),
    "no": "|".join((_THANKS, _CLOSING, _DECLINES)),
    "hands_back": "|".join(
        (
            _THANKS,
            _CLOSING,
            _DECLINES,
            r"please|of course|indeed|that is right|お願い(?:(?:いた|致)?します|申し上げます)|(?:そのとおり|その通り|間違いありません|辞退(?:させて(?:いただ|頂)き)?ます)(?:です)?",
        )
    ),
    "keeps": "|".join((_THANKS, _CLOSING, _KEEPS)),
}
HANDS_BACK = {"yes": "hands_back", "no": "keeps"}
"""Which courtesies stand behind a word to “did you mean to hand it back?”: “Yes, I will take it” is none of them."""

_PIECE = {verb: re.compile(rf"(?:{units})(?![a-z])", re.IGNORECASE) for verb, units in _POLITE.items()}
"""One courtesy after the other, each read once: nothing is tried twice."""
_BETWEEN = " \t,.!、。;:/~〜…-–—🙏😊👍"


def is_polite(rest: str, verb: str, about: str | None, names: tuple[str, ...]) -> bool:
    """Whether nothing stands behind the word but courtesies, the case that is asked about, and the writer's own name."""
    known = {part for name in names for part in own.fold(name).casefold().split() if part}
    left = rest.casefold().lstrip(_BETWEEN)
    while left:
        if about and left.startswith(about.casefold()):
            left = re.sub(r"^(?:を|は|について|の件)", "", left[len(about) :])
        elif found := _PIECE[verb].match(left):
            left = left[found.end() :]
        elif (first := re.split(r"[\s,.、。]", left, maxsplit=1)[0]) in known:
            left = left[len(first) :]
        else:
            return False
        left = left.lstrip(_BETWEEN)
    return True
