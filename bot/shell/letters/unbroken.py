"""What no line of a letter's HTML breaks: the id of a case, a date, an hour and its zone, a command, in a heading a name; and the air in Japanese.

Given words, as text or as HTML of ours, gives HTML in which these stand together whatever the width of the screen.
Never touches what stands inside a tag, a link say, and never the text part, whose lines `layout` sets.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATE = (
    rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}"
    r"|(?<![、。（「])(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([月火水木金土日]\))?"
)
"""In Japanese not behind a comma or a bracket: a tag between two signs that no space parts is what filters take for words pulled apart."""
_AT_TERMINAL = re.compile(r"([“「])(firstreply(?: [a-z]+){1,3})([”」])")
_WIDEST = 257
"""Pixels that a bullet on a screen of 320 leaves for its words, nearly."""
_OUTSIDE_TAGS = r"(?![^<>]*>)"
_HOUR = re.compile(rf"(?<=\d\d:\d\d) (?=[A-Z]{{2,5}}(?![A-Za-z]))|(?<=\bUTC) (?=\d\d:\d\d){_OUTSIDE_TAGS}")
_KEPT_TWICE = re.compile(r'(<(?:b|span) style="white-space:nowrap">[^<]*)<span style="white-space:nowrap">([^<]*)</span>')
_AT_SIGN = re.compile(rf"(?<=\w)@(?=\w){_OUTSIDE_TAGS}")
_JAPANESE = "[\u3041-\u309f\u30a1-\u30ff\u3005\u4e00-\u9fff]"
_KANJI = "[\u30a1-\u30ff\u3005\u4e00-\u9fff]"
_LATIN = "[A-Za-z\u00c0-\u024f.’-]+"
_NAME = re.compile(
    rf"(?<!{_KANJI})({_KANJI}{{1,4}}) (?={_KANJI}{{1,4}}(?!{_KANJI}))|(?<=[A-Za-z\u00c0-\u024f.]) (?={_LATIN}(?: {_LATIN}){{0,2}}さん)"
)
_BOLD_WHOLE = '<b style="white-space:nowrap">'
_OPENS, _CLOSES = '<(?:a |b\\b|span style="white-space)', "</a>|</b>|pan>"
_TIGHT = re.compile(rf"(?<={_JAPANESE}|：)(?={_OPENS})|(?<={_CLOSES})(?={_JAPANESE})")


def whole(words: str, *, case_id: str) -> Markup:
    """Words in which no case id, date or hour is broken; `case_id` is a pattern.

    Japanese that follows an id at the head breaks as a whole, where it breaks at all: “JAR-2026-014” over “その後…”, not “その” over “後…”.

    >>> whole("JAR-14, until 09:02 JST", case_id="JAR-[0-9]+")
    Markup('<span style="white-space:nowrap">JAR-14</span>, until 09:02\\xa0JST')
    """
    headed = re.sub(rf"\A({case_id}) ([^\x00-\x7f][^<]*)\Z", r'\1 <span style="display:inline-block">\2</span>', str(escape(words)))
    together = rf"(?<![A-Za-z0-9-])(?:{case_id}|{_DATE}|SHA-256)(?![A-Za-z0-9-]){_OUTSIDE_TAGS}"
    kept = re.sub(together, r'<span style="white-space:nowrap">\g<0></span>', _HOUR.sub("\xa0", headed))
    return Markup(_AT_TERMINAL.sub(rf"{_BOLD_WHOLE}\g<0></b>", _once(kept)))


def _once(html: str) -> str:
    """What is kept whole inside what is kept whole anyhow needs no tag of its own; a command may hold several ids."""
    while (flat := _KEPT_TWICE.sub(r"\1\2", html)) != html:
        html = flat
    return html


def command(words: str, *, case_id: str) -> Markup:
    """A command in its quotation marks, as a sentence shows it: on one line where a phone has the room, else broken behind its id or first word.

    >>> command("“RELEASE JAR-14”", case_id="JAR-[0-9]+")
    Markup('<b style="white-space:nowrap">“RELEASE JAR-14”</b>')
    >>> command("“ASSIGN JAR-14 ito@lawfirm.example”", case_id="JAR-[0-9]+")
    Markup('<b><span style="white-space:nowrap">“ASSIGN JAR-14</span> ito@lawfirm.example”</b>')
    """
    if _pixels(words) <= _WIDEST:
        return Markup(f"{_BOLD_WHOLE}{escape(words)}</b>")
    head = re.match(rf"\S+(?: {case_id})?(?= )", words)
    if head is None or _pixels(head[0]) > _WIDEST:
        return Markup(f"<b>{escape(words)}</b>")
    return Markup(f'<b><span style="white-space:nowrap">{escape(head[0])}</span>{escape(words[head.end() :])}</b>')


def _pixels(words: str) -> float:
    """About as wide as bold letters are on a phone."""
    return sum(9.5 if sign < "\u2e80" else 16.5 for sign in words)


def named(words: str) -> Markup:
    """The words of a heading in which no Japanese name is broken between its two halves, and no other name before さん.

    >>> named("JAR-14: 森 太郎 is on the list"), named("JAR-14 Kim Soraさん")
    (Markup('JAR-14: 森\\xa0太郎 is on the list'), Markup('JAR-14 Kim\\xa0Soraさん'))
    """
    return Markup(_NAME.sub(lambda found: f"{found[1] or ''}\xa0", str(escape(words))))


def aired(words: str) -> Markup:
    """Words in which a little space parts Japanese from a number, a link or bold words that stand in it, as typesetters have it.

    It also keeps filters from taking the tags between them for words pulled apart to deceive.

    >>> aired(Markup('案件<a href="mailto:a@b.example">a@b.example</a>へ'))
    Markup('案件 <a href="mailto:a@b.example">a@b.example</a> へ')
    """
    return Markup(_TIGHT.sub(" ", str(escape(words))))


def behind_at_sign(words: str) -> Markup:
    """Words in which an address breaks behind its @, where a narrow column has to break it at all.

    >>> behind_at_sign("ito@lawfirm.example")
    Markup('ito@<wbr>lawfirm.example')
    """
    return Markup(_AT_SIGN.sub("@<wbr>", str(escape(words))))
