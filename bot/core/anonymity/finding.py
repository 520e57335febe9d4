"""A finding: something in a public field by which a client could be known, and the sentence that tells staff of it.

Given a finding and a language, gives text for a preview or an answer, in English where the language has no form of its own.
The text it quotes is what a person typed: it is put on one line and cut.
Never decides what is a finding; the other files of this room do.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.fields import tidy_line
from bot.core.tongue import Tongue

_LONGEST_FOUND = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is the key of a public field (`summary`), `found` the text as it stands there."""

    kind: str
    where: str
    found: str

    @property
    def is_sure(self) -> bool:
        """Whether it is beyond doubt that this belongs to one person: a name from the confidential part, an address, a number of papers."""
        return self.kind not in UNSURE


_SENTENCES: dict[str, dict[str, str]] = {
    "name": {
        "en": "“{found}” is also in the confidential part of this case and reads like a name; please take it out.",
        "ja": "「{found}」は非公開欄にある名前と同じものと思われます。削除するか、言い換えてください。",
    },
    "part_of_name": {
        "en": "“{found}” is part of a name in the confidential part of this case, or sounds like one; if it means that person, please take it out.",
        "ja": "「{found}」は非公開欄にある名前の一部か、それに近い語です。その方を指す場合は、削除するか、言い換えてください。",
    },
    "person": {
        "en": "“{found}” reads like a person's name; please write “the client”, “the husband” or the like.",
        "ja": "「{found}」は個人名と思われます。「依頼者」「夫」などと書き換えてください。",
    },
    "initials": {
        "en": "“{found}” are the initials of somebody in this case; please take them out.",
        "ja": "「{found}」はこの案件の関係者のイニシャルと同じです。削除してください。",
    },
    "email": {
        "en": "“{found}” is an e-mail address; please move it to the confidential part.",
        "ja": "「{found}」はメールアドレスです。非公開欄に移してください。",
    },
    "phone": {
        "en": "“{found}” looks like a telephone number; please move it to the confidential part.",
        "ja": "「{found}」は電話番号と思われます。非公開欄に移してください。",
    },
    "link": {
        "en": "“{found}” is a link or the name of an account; please take it out, or move it to the confidential part.",
        "ja": "「{found}」はリンクまたはアカウント名です。削除するか、非公開欄に移してください。",
    },
    "birth_date": {
        "en": "“{found}” looks like a date of birth; please write an age group, such as “in her thirties”, or nothing.",
        "ja": "「{found}」は生年月日と思われます。「30代」のように書くか、削除してください。",
    },
    "passport": {
        "en": "“{found}” looks like a passport number; please move it to the confidential part.",
        "ja": "「{found}」は旅券番号と思われます。非公開欄に移してください。",
    },
    "residence_card": {
        "en": "“{found}” looks like the number of a residence card; please move it to the confidential part.",
        "ja": "「{found}」は在留カードの番号と思われます。非公開欄に移してください。",
    },
    "alien_registration": {
        "en": "“{found}” looks like an alien registration number; please move it to the confidential part.",
        "ja": "「{found}」は外国人登録番号と思われます。非公開欄に移してください。",
    },
    "id_number": {
        "en": "“{found}” looks like a number that belongs to one person; please move it to the confidential part.",
        "ja": "「{found}」は個人に付された番号と思われます。非公開欄に移してください。",
    },
    "case_number": {
        "en": "“{found}” looks like the number of a court case or an application; please move it to the confidential part.",
        "ja": "「{found}」は事件番号または申請番号と思われます。非公開欄に移してください。",
    },
    "address": {
        "en": "“{found}” looks like an exact address; please name no more than the prefecture or the region.",
        "ja": "「{found}」は詳しい住所と思われます。都道府県や地方までにとどめてください。",
    },
    "rare_combination": {
        "en": "“{found}” together may point to one person; please leave one of them out, or write it less exactly.",
        "ja": "「{found}」がそろうと個人が特定されるおそれがあります。いずれかを省くか、ぼかしてください。",
    },
}

KINDS = tuple(_SENTENCES)
PHRASES = {f"findings.{kind}": forms["en"] for kind, forms in _SENTENCES.items()}
"""What a further language needs, in English."""
UNSURE = frozenset({"part_of_name", "person", "initials", "rare_combination"})
"""What may well be harmless: staff are shown it, and need give no reason to let it pass."""


def finding_sentence(finding: Finding, tongue: Tongue) -> str:
    """One sentence without the place: what it looks like, and what to do.

    >>> finding_sentence(Finding("phone", "summary", "03-1234-5678"), ENGLISH)
    '“03-1234-5678” looks like a telephone number; please move it to the confidential part.'
    """
    forms = _SENTENCES[finding.kind]
    found = tidy_line(finding.found)
    shown = found if len(found) <= _LONGEST_FOUND else found[: _LONGEST_FOUND - 1] + "…"
    return tongue.says(f"findings.{finding.kind}", forms["en"], forms["ja"]).format(found=shown)
