"""Hiding: which elements of a page its reader does not see, and which he may not have seen.

Given elements and the page's style sheets; gives one of three answers for each element. Reads what strangers' mail programs write.
Certain are only the element's own attributes and style: such text is nobody's word. Colours near to white, rules of a style sheet
(where every program believes other ones), struck out and mirrored text may be seen or not: then a command in it is a person's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

Attributes = Mapping[str, str | None]
"""Of an element: their names in small letters, and their values; None for one that stands without."""


class Sight(Enum):
    SEEN = auto()
    UNSURE = auto()
    HIDDEN = auto()


_ATTRIBUTES = frozenset(("hidden", "popover"))
_STRUCK = frozenset("bdo del s strike".split())
"""Elements whose text stands there and is not meant, or not in this order."""
_UNIT = r"(?:px|pt|pc|cm|mm|in|r?em|ex|ch|v[hw]|%)?(?:;|!|$)"
_NOTHING = rf"(?:0+(?:\.0*)?|\.0+){_UNIT}"
_TINY = r"(?:[01]?(?:\.\d+)?(?:px|pt)|\d(?:\.\d+)?%|0?\.0\d*r?em)(?:;|!|$)"
_HIDDEN = re.compile(
    rf"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:(?:{_NOTHING}|{_TINY})|(?:^|;)font:[a-z]*0(?:px|pt)?/"
    rf"|opacity:{_NOTHING}|(?:height|width):{_NOTHING}.{{0,200}}overflow:hidden|overflow:hidden.{{0,200}}(?:height|width):{_NOTHING}"
    r"|text-indent:-\d{3}|(?:left|top):-\d{3}|color:transparent|transform:(?:scale\(0|translate[xy]?\(-\d{3})"
    r"|clip:rect\((?:0(?:px)?,?){4}\)|clip-path:inset\((?:100|[5-9]\d)%"
)
_UNSURE = re.compile(
    r"text-decoration(?:-line)?:[a-z]*line-through|direction:rtl|unicode-bidi:(?:isolate-|bidi-)?override|transform:(?!none)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,60})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]{1,200})")
_HEX = re.compile(r"#(?:([0-9a-f]{3})[0-9a-f]?|([0-9a-f]{6})(?:[0-9a-f]{2})?)")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d+)?%?")
_WHITES = frozenset("white snow ivory ghostwhite whitesmoke floralwhite azure mintcream honeydew seashell aliceblue".split())
_NO_COLOUR = frozenset("transparent none inherit initial unset".split())
_PALE = 224
"""A channel from which a colour is hardly told from white paper."""
_LONGEST_STYLE = 4_000
_MOST_SHEETS = 200_000
_MOST_RULES = 50
_STYLE_BEGINS = re.compile("<style", re.IGNORECASE | re.ASCII)
_STYLE_ELEMENT = re.compile(r"<style\b[^>]{0,200}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_NAME = re.compile(r"[.#\[]?[^\W\d][\w-]*|[.#\[][\w-]+")
_NO_NAME = re.compile(r"(?<=\[)\s+|(?<=[\w-])\s*[~|^$*]?=[^\]]*|\]|::?[\w-]+(?:\([^)]*\)?)?")
"""Of a selector: the value of an attribute, and pseudo-classes."""
_DARK = re.compile(r"prefers-color-scheme:\s*dark|data-ogs[cb]")
"""Rules for readers with a dark screen, to whom white is no hiding place."""


def style_of(attributes: Attributes) -> str:
    """The style attribute as the patterns read it."""
    return _plain(attributes.get("style") or "") if attributes else ""


def _plain(declarations: str) -> str:
    """Without comments, escapes and blanks, lowered."""
    bounded = declarations[:_LONGEST_STYLE]
    if "\\" in bounded:
        bounded = _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0xFFFF)), bounded).replace("\\", "")
    return "".join(_COMMENT.sub("", bounded).split()).lower()


def has_ground(attributes: Attributes, style: str) -> bool:
    """Whether the element lays a ground of its own on which white can be read."""
    return bool(attributes) and (bool(attributes.get("bgcolor")) or _is_laid(style))


def _is_laid(style: str) -> bool:
    found = _BACKGROUND.search(style) if style else None
    return found is not None and found[1] not in _NO_COLOUR and not _is_pale(found[1])


def sight_of(tag: str, attributes: Attributes, style: str, *, sheet: Sheet, is_on_ground: bool) -> Sight:
    """Whether the reader sees the element, judged by itself alone; `is_on_ground` where it or one around it has a ground."""
    if not attributes and not sheet.rules and tag not in _STRUCK:
        return Sight.SEEN
    if not _ATTRIBUTES.isdisjoint(attributes) or (tag == "dialog" and "open" not in attributes) or _HIDDEN.search(style):
        return Sight.HIDDEN
    is_unsure = (
        tag in _STRUCK
        or bool(_UNSURE.search(style))
        or len(attributes.get("style") or "") > _LONGEST_STYLE
        or sheet.may_hide(tag, attributes)
        or _is_faint(style, _font_colour(tag, attributes), is_on_ground=is_on_ground)
    )
    return Sight.UNSURE if is_unsure else Sight.SEEN


def _font_colour(tag: str, attributes: Mapping[str, str | None]) -> str:
    return (attributes.get("color") or "").strip().lower() if tag == "font" else ""


def _is_faint(style: str, colour: str, *, is_on_ground: bool) -> bool:
    """White on no ground of its own, or a colour on itself."""
    inks = [*_COLOUR.findall(style), *([colour] if colour else [])]
    ground = _BACKGROUND.search(style)
    if ground and ground[1] in inks:
        return True
    return any(_is_pale(ink) for ink in inks) and not is_on_ground and not _is_laid(style)


def _is_pale(colour: str) -> bool:
    if colour in _WHITES:
        return True
    if short_or_long := _HEX.fullmatch(colour):
        digits = "".join(digit * 2 for digit in short_or_long[1]) if short_or_long[1] else short_or_long[2]
        return all(int(digits[at : at + 2], 16) >= _PALE for at in (0, 2, 4))
    if not colour.startswith(("rgb", "hsl")):
        return False
    numbers = [float(number.rstrip("%")) * (2.55 if number[-1] == "%" else 1) for number in _NUMBERS.findall(colour)[:4]]
    if colour.startswith("hsl"):
        return len(numbers) >= 3 and numbers[2] >= _PALE
    return len(numbers) >= 3 and (all(number >= _PALE for number in numbers[:3]) or (len(numbers) == 4 and numbers[3] == 0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of a page that hide something: each the names (``p``, ``.class``, ``#id``, ``[attribute``) that an element must have."""

    rules: tuple[frozenset[str], ...] = ()
    by_name: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, html: str) -> Sheet:
        """Read wide: of a selector only its last element counts, so that more may be hidden by it than a browser would hide."""
        if not _STYLE_BEGINS.search(html):
            return cls()
        sheets = "\n".join(_STYLE_ELEMENT.findall(html))[:_MOST_SHEETS]
        rules = tuple(dict.fromkeys(_hiding_rules(sheets)))
        rules = rules if len(rules) <= _MOST_RULES else (frozenset(),)
        by_name: dict[str, tuple[frozenset[str], ...]] = {}
        for rule in rules:
            name = min(rule, default="")
            by_name[name] = (*by_name.get(name, ()), rule)
        return cls(rules, by_name)

    def may_hide(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        if not self.rules:
            return False
        names = {"", tag, f"#{(attributes.get('id') or '').lower()}", *(f"[{name}" for name in attributes)}
        names.update(f".{name}" for name in (attributes.get("class") or "").lower().split())
        return any(rule <= names for name in names for rule in self.by_name.get(name, ()))


def _hiding_rules(sheets: str) -> Iterable[frozenset[str]]:
    """The selectors of every block whose declarations hide; blocks stand in each other inside ``@media``."""
    preludes: list[str] = []
    pieces = re.split(r"([{}])", _COMMENT.sub(" ", sheets))
    for before, brace in zip(pieces[0::2], pieces[1::2], strict=False):
        if brace == "{":
            preludes.append(before.rpartition(";")[2].strip().lower())
        elif preludes:
            selectors = preludes.pop()
            is_dark = any(_DARK.search(prelude) for prelude in (*preludes[-3:], selectors))
            if not selectors.startswith("@") and _hides(_plain(before), is_dark=is_dark):
                yield from (_names(selector) for selector in selectors.split(",")[:_MOST_RULES])


def _hides(style: str, *, is_dark: bool) -> bool:
    return bool(_HIDDEN.search(style) or _UNSURE.search(style)) or (not is_dark and _is_faint(style, "", is_on_ground=False))


def _names(selector: str) -> frozenset[str]:
    last = re.split(r"[\s>+~]+", _NO_NAME.sub("", _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0xFFFF)), selector)).strip())[-1]
    return frozenset(_NAME.findall(last))
