"""Markup: an HTML body becomes the lines that a reader sees, with each quotation reduced to one marked line.

Given HTML; gives lines. Reads what strangers' mail programs write, walks it without recursion and stops at a bound.
Never follows a link, never runs or loads anything, and never gives out text that the reader would not see.
"""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAX_TAGS = 30_000
_MAX_DEPTH = 1_000
_MAX_ATTRIBUTES = 400
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_UNSEEN = frozenset(
    "applet audio canvas head iframe link math meta noscript object option script select style svg template textarea title video".split()
)
_QUOTES = frozenset(
    "gmail_attr hey_quote mail_quote moz-cite-prefix moz-forward-container ms-outlook-mobile-reference-message outlookmessageheader"
    " protonmail_quote quoted-text tmail-quote tutanota_quote wrote-quoted yahoo-quoted yahoo_quoted zmail_extra zmail_extra_hr".split()
)
_SIGNATURES = frozenset(
    "applemailsignature gmail_signature gmail_signature_prefix moz-signature ms-outlook-mobile-signature protonmail_signature_block"
    " tutanota_signature".split()
)
_SIGNATURE_IDS = frozenset(
    "applemailsignature applemailsignaturebyline ms-outlook-mobile-signature signature ymail_android_signature".split()
)
_ENDS = frozenset(
    "_mailoriginal appendonsend divrplyfwdmsg mail-editor-reference-message-container mailoriginal olk_src_body_section"
    " originalcontent stopspelling".split()
)
_OUTLOOK_EDGE = re.compile(r"border-top:solid(?:#[be][0-9a-f]{5}|windowtext)1(?:\.0)?pt|border:none;border-top:solid")
_NOTHING = r"0(?:\.0*)?(?:px|pt|em|rem|%)?(?:;|!|$)"
_HIDDEN = re.compile(
    rf"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:{_NOTHING}|font-size:1(?:\.0*)?px|opacity:{_NOTHING}"
    rf"|(?:height|width):{_NOTHING}.{{0,200}}overflow:hidden|overflow:hidden.{{0,200}}(?:height|width):{_NOTHING}"
    r"|text-indent:-\d{3}|(?:left|top):-\d{3}|color:transparent"
)
_WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?(?:ff)?|white|rgba?\(255,255,255[^)]*\))(?:;|!|$)")
_BACKGROUND = re.compile(
    r"background(?:-color|-image)?:(?!\s*(?:#fff(?:fff)?|white|transparent|none|inherit|initial|rgba?\(255,255,255)[;!]?)"
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,20})")
_SHALLOW = frozenset("p li td th tr dt dd option br hr img input meta link col base wbr area tbody thead tfoot".split())
"""Elements that hold nothing or close themselves, and so say nothing of the depth."""
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
QUOTE_LINE = ">"
"""Stands for a dropped quotation."""


def is_empty_markup(html: str) -> bool:
    """No HTML body, or one without a visible word: Apple Mail appends such to a text."""
    return not html.strip() or not any(line.strip() for line in visible_lines(html, keeps_quotes=True))


def is_tangled(html: str) -> bool:
    """Whether the tags are so many or so deep that reading them could take long: the parser's time grows with the square of the depth."""
    depth = 0
    opened: Counter[str] = Counter()
    for count, tag in enumerate(_TAG.finditer(html)):
        name = tag[2].lower()
        step = 0 if name in _SHALLOW else 1 if not tag[1] else -1 if opened[name] else 0
        opened[name] += step
        depth += step
        if count > _MAX_TAGS or depth > _MAX_DEPTH or _has_many_attributes(html, tag.end()):
            return True
    return False


def _has_many_attributes(html: str, start: int) -> bool:
    end = html.find(">", start, start + _MAX_ATTRIBUTES)
    return end < 0 and len(html[start : start + 15 * _MAX_ATTRIBUTES].partition(">")[0].split()) > _MAX_ATTRIBUTES


def visible_lines(html: str, *, keeps_quotes: bool = False) -> list[str]:
    """The lines as shown. A quotation by its element, class or id is one line ``>``; what follows a mail program's cut is gone."""
    if is_tangled(html):
        return []
    root = LexborHTMLParser(html).body
    if root is None:
        return []
    page = _Page(keeps_quotes=keeps_quotes)
    page.walk(root)
    return page.finished()


class _Page:
    """Collects lines while the tree is walked in document order."""

    def __init__(self, *, keeps_quotes: bool) -> None:
        self.keeps_quotes = keeps_quotes
        self.lines: list[str] = []
        self.run: list[str] = []
        self.coloured = 0
        self.preformatted = 0

    def walk(self, root: LexborNode) -> None:
        pending: list[tuple[LexborNode, bool]] = [(root, False)]
        while pending:
            node, is_closing = pending.pop()
            if is_closing:
                self._close(node)
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node:
                if self._ends_here(node):
                    return
                if self._open(node):
                    pending.append((node, True))
                    pending.extend((child, False) for child in reversed(_children(node)))

    def finished(self) -> list[str]:
        self._break()
        return self.lines

    def _text(self, text: str) -> None:
        if not self.preformatted:
            self.run.append(_SPACES.sub(" ", text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.run.append(first)
        for line in rest:
            self._break(is_hard=True)
            self.run.append(line)

    def _break(self, *, is_hard: bool = False) -> None:
        line = _SPACES.sub(" ", "".join(self.run)).strip() if not self.preformatted else "".join(self.run).rstrip()
        self.run.clear()
        if line or is_hard:
            self.lines.append(line)

    def _open(self, node: LexborNode) -> bool:
        """Whether the element's children are to be read."""
        tag = node.tag or ""
        if tag in _UNSEEN or _is_hidden(node, is_coloured=self.coloured > 0):
            return False
        if tag == "br":
            self._break(is_hard=True)
            return False
        if tag in _BLOCKS:
            self._break()
        if not self.keeps_quotes and _is_signature(node):
            return False
        if not self.keeps_quotes and _is_quotation(node):
            self._break()
            self.lines.append(QUOTE_LINE)
            return False
        if tag in ("td", "th"):
            self.run.append(" ")
        self.coloured += _is_coloured(node)
        self.preformatted += _is_preformatted(node)
        return True

    def _close(self, node: LexborNode) -> None:
        if node.tag in _BLOCKS:
            self._break()
            if node.tag in ("p", "ul", "ol", "table", "pre", "h1", "h2", "h3"):
                self.lines.append("")
        self.coloured -= _is_coloured(node)
        self.preformatted -= _is_preformatted(node)

    def _ends_here(self, node: LexborNode) -> bool:
        """Outlook and others mark where the quotation begins with an empty element; everything behind it is quoted."""
        if self.keeps_quotes:
            return False
        name = _attribute(node, "id").lower().removeprefix("x_") or _attribute(node, "name").lower()
        return name in _ENDS or (node.tag == "div" and _OUTLOOK_EDGE.search(_style(node)) is not None)


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _style(node: LexborNode) -> str:
    return re.sub(r"\s+", "", _attribute(node, "style")[:2000]).lower()


def _classes(node: LexborNode) -> frozenset[str]:
    return frozenset(_attribute(node, "class").lower().split())


def _is_signature(node: LexborNode) -> bool:
    return bool(_classes(node) & _SIGNATURES) or _attribute(node, "id").lower().removeprefix("x_") in _SIGNATURE_IDS


def _is_quotation(node: LexborNode) -> bool:
    """Gmail's wrapper also holds what is written below its quotation, so only its inner blockquote goes where there is one."""
    classes = _classes(node)
    if node.tag == "blockquote" or classes & _QUOTES:
        return True
    return "gmail_quote" in classes and node.css_first("blockquote") is None


def _is_hidden(node: LexborNode, *, is_coloured: bool) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = _style(node)
    if _HIDDEN.search(style):
        return True
    is_white = bool(_WHITE.search(style)) or (
        node.tag == "font" and (attributes.get("color") or "").lower() in ("white", "#ffffff", "#fff")
    )
    return is_white and not is_coloured and not _is_coloured(node)


def _is_coloured(node: LexborNode) -> bool:
    return bool(_attribute(node, "bgcolor")) or _BACKGROUND.search(_style(node)) is not None


def _is_preformatted(node: LexborNode) -> bool:
    return node.tag == "pre" or "white-space:pre" in _style(node)
