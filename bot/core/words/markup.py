"""Markup: an HTML body becomes the lines that a reader sees, with each quotation reduced to one marked line.

Given HTML; gives lines. Reads what strangers' mail programs write, walks it without recursion and stops at a bound.
Never follows a link, never runs or loads anything, and never gives out text that the reader would not see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.words.hiding import Attributes, Sheet, Sight, has_ground, sight_of, style_of
from bot.core.words.tangles import is_tangled

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_UNSEEN = frozenset(
    "applet audio canvas datalist head iframe link math meta meter noembed noframes noscript object option progress script select style svg"
    " template textarea title video".split()
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
_QUOTE_EDGE = re.compile(r"(?:^|;)border-left(?:-width)?:(?!none|0|[^;]*transparent)[^;]*(?:[1-9]|solid|thin|medium|thick)")
"""A line drawn down the left side, where a program marks a quotation so and not by its element."""
_INLINE = re.compile(r"(?:^|;)display:inline(?:-block)?(?:;|!|$)")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_BLANKS = re.compile(" {2,}")
_BETWEEN_CELLS = re.compile(r" *\t[ \t]*")
"""Of a table's row; in the text itself a tab is a space."""
QUOTE_LINE = ">"
"""Stands for a dropped quotation."""


def is_empty_markup(html: str) -> bool:
    """No HTML body, or one without a visible word: Apple Mail appends such to a text."""
    return not html.strip() or not any(line.strip() for line in shown(html, keeps_quotes=True).lines)


def all_text(html: str) -> str:
    """All words of the page, whether they are shown or not."""
    root = None if is_tangled(html) else LexborHTMLParser(html).body
    return "" if root is None else root.text(deep=True, separator="\n")


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a page as shown. `unsure` are those of them that its reader may not have seen, or only struck out."""

    lines: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()
    is_tangled: bool = False
    """Whether nothing of it was read, for it would take too long."""


def visible_lines(html: str) -> list[str]:
    """The lines that the reader certainly saw, without quotations."""
    page = shown(html)
    return [line for line in page.lines if line not in page.unsure]


def shown(html: str, *, keeps_quotes: bool = False) -> Shown:
    """The page read. A quotation by its element, class or id is one line ``>``; what follows a mail program's cut is gone."""
    if is_tangled(html):
        return Shown(is_tangled=True)
    root = LexborHTMLParser(html).body
    if root is None:
        return Shown()
    page = _Page(Sheet.of(html), keeps_quotes=keeps_quotes)
    page.walk(root)
    return page.finished()


class _Around(NamedTuple):
    """What the elements around a place say of it."""

    is_on_ground: bool = False
    is_preformatted: bool = False
    is_unsure: bool = False


class _Element:
    """An element, with what is asked of it more than once. Most have no attribute."""

    style = ""
    classes: frozenset[str] = frozenset()
    id = ""
    """Outlook puts an x_ before those of the mail that it quotes."""

    def __init__(self, node: LexborNode) -> None:
        self.node = node
        self.tag = node.tag or ""
        self.attributes: Attributes = node.attributes
        if self.attributes:
            self.style = style_of(self.attributes)
            self.classes = frozenset(self.attribute("class").lower().split())
            self.id = self.attribute("id").lower().removeprefix("x_")
        self.breaks_line = self.tag in _BLOCKS and not (self.style and _INLINE.search(self.style))

    def attribute(self, name: str) -> str:
        return self.attributes.get(name) or ""


class _Page:
    """Collects lines while the tree is walked in document order."""

    def __init__(self, sheet: Sheet, *, keeps_quotes: bool) -> None:
        self.sheet = sheet
        self.keeps_quotes = keeps_quotes
        self.lines: list[str] = []
        self.unsure: set[str] = set()
        self.run: list[str] = []
        self.is_run_unsure = False
        self.is_rest_unsure = False
        self.around = _Around()
        self.outside: list[_Around] = []

    def walk(self, root: LexborNode) -> None:
        pending: list[LexborNode | _Element] = [root]
        while pending:
            node = pending.pop()
            if isinstance(node, _Element):
                self._close(node)
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node:
                element = _Element(node)
                if self._ends_here(element):
                    return
                if self._open(element):
                    pending.append(element)
                    pending.extend(reversed(list(node.iter(include_text=True))))

    def finished(self) -> Shown:
        self._break()
        return Shown(tuple(self.lines), frozenset(self.unsure))

    def _text(self, text: str) -> None:
        self.is_run_unsure = self.is_run_unsure or ((self.around.is_unsure or self.is_rest_unsure) and not text.isspace())
        if not self.around.is_preformatted:
            self.run.append(_SPACES.sub(" ", text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.run.append(first)
        for line in rest:
            self._break(is_hard=True)
            self.run.append(line)

    def _break(self, *, is_hard: bool = False) -> None:
        line = self._written() if self.run else ""
        if line or is_hard:
            self.lines.append(line)

    def _written(self) -> str:
        """What has been gathered of a line, which is then begun anew."""
        line = "".join(self.run).rstrip()
        if not self.around.is_preformatted:
            line = _BETWEEN_CELLS.sub("\t", _BLANKS.sub(" ", line)).strip()
        if self.is_run_unsure and line:
            self.unsure.add(line)
        self.run.clear()
        self.is_run_unsure = False
        return line

    def _open(self, element: _Element) -> bool:
        """Whether the element's children are to be read."""
        tag, attributes, style = element.tag, element.attributes, element.style
        is_on_ground = self.around.is_on_ground or has_ground(attributes, style)
        sight = Sight.HIDDEN if tag in _UNSEEN else sight_of(tag, attributes, style, sheet=self.sheet, is_on_ground=is_on_ground)
        if sight is Sight.HIDDEN:
            return False
        if tag == "br":
            self._break(is_hard=True)
            return False
        if element.breaks_line:
            self._break()
        if not self.keeps_quotes and _is_signature(element):
            return False
        if not self.keeps_quotes and _is_quotation(element):
            self._break()
            self.is_rest_unsure = self.is_rest_unsure or _leads_nowhere(element)
            self.lines.append(QUOTE_LINE)
            return False
        if tag in ("td", "th"):
            self.run.append("\t")
        self.outside.append(self.around)
        if attributes or tag == "pre" or sight is Sight.UNSURE:
            is_preformatted = self.around.is_preformatted or tag == "pre" or "white-space:pre" in style
            self.around = _Around(is_on_ground, is_preformatted, self.around.is_unsure or sight is Sight.UNSURE)
        return True

    def _close(self, element: _Element) -> None:
        if element.breaks_line:
            self._break()
            if element.tag in ("p", "ul", "ol", "table", "pre", "h1", "h2", "h3"):
                self.lines.append("")
        self.around = self.outside.pop()

    def _ends_here(self, element: _Element) -> bool:
        """Outlook and others mark where the quotation begins with an empty element; everything behind it is quoted."""
        if self.keeps_quotes or not element.attributes:
            return False
        name = element.id or element.attribute("name").lower()
        return name in _ENDS or (element.tag == "div" and _OUTLOOK_EDGE.search(element.style) is not None)


def _is_signature(element: _Element) -> bool:
    return not _SIGNATURES.isdisjoint(element.classes) or element.id in _SIGNATURE_IDS


def _leads_nowhere(element: _Element) -> bool:
    """Thunderbird's line above a quotation, with no quotation marked below it: whose words follow cannot be told."""
    if "moz-cite-prefix" not in element.classes:
        return False
    after = element.node.next
    while after is not None:
        if after.is_element_node and (after.tag == "blockquote" or after.css_first("blockquote") is not None):
            return False
        after = after.next
    return True


def _is_quotation(element: _Element) -> bool:
    """Gmail's wrapper also holds what is written below its quotation, so only its inner blockquote goes where there is one."""
    classes = element.classes
    if element.tag == "blockquote" or not _QUOTES.isdisjoint(classes):
        return True
    if element.style and element.tag == "div" and _QUOTE_EDGE.search(element.style):
        return True
    return "gmail_quote" in classes and element.node.css_first("blockquote") is None
