"""What no line of a letter's HTML breaks: the id of a case, a day, an hour with its zone.

Given words, as text or as HTML of ours, gives HTML in which these stand together whatever the width of the screen.
Never touches what stands inside a tag, a link say, and never the text part, whose lines `layout` sets.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_DAYS_AND_HOURS = (
    r"\d{4}-\d{2}-\d{2}",
    r"\d{4}年\d{1,2}月\d{1,2}日(?:\(.\))?",
    r"UTC \d\d:\d\d(?::\d\d)?",
    r"\d\d:\d\d(?::\d\d)?(?: [A-Z]{2,5}\b)?",
)
_OUTSIDE_TAGS = r"(?![^<>]*>)"
_AT_SIGN = re.compile(rf"(?<=\w)@(?=\w){_OUTSIDE_TAGS}")


def whole(words: str, *, case_id: str) -> Markup:
    """Words in which no case id, day or hour is broken; `case_id` is a pattern.

    Japanese that follows an id at the head breaks as a whole, where it breaks at all: “JAR-2026-014” over “その後…”, not “その” over “後…”.

    >>> whole("until 09:02 JST", case_id="JAR-[0-9]+")
    Markup('until <span style="white-space:nowrap">09:02 JST</span>')
    """
    headed = re.sub(rf"\A({case_id}) ([^\x00-\x7f][^<]*)\Z", r'\1 <span style="display:inline-block">\2</span>', str(escape(words)))
    together = rf"(?<![A-Za-z0-9-])(?:{'|'.join((case_id, *_DAYS_AND_HOURS))})(?![A-Za-z0-9-]){_OUTSIDE_TAGS}"
    return Markup(re.sub(together, r'<span style="white-space:nowrap">\g<0></span>', headed))


def behind_at_sign(words: str) -> Markup:
    """Words in which an address breaks behind its @, where a narrow column has to break it at all.

    >>> behind_at_sign("ito@lawfirm.example")
    Markup('ito@<wbr>lawfirm.example')
    """
    return Markup(_AT_SIGN.sub("@<wbr>", str(escape(words))))
