"""Tangles: pages whose tags are so many or so deep that to read them could take long.

Given HTML, says whether it is such a page, in linear time. Never parses it: the parser's time grows with the square of the depth.
"""

from __future__ import annotations

import re
from collections import Counter

_MAX_TAGS = 30_000
_MAX_DEPTH = 1_000
_MAX_ATTRIBUTES = 400
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,20})")
_LONG = re.compile(rf">[^>]{{{_MAX_ATTRIBUTES}}}")
"""Where a tag may be so long that it holds too many attributes, or a text is."""
_SHALLOW = frozenset("p li td th tr dt dd option br hr img input meta link col base wbr area tbody thead tfoot".split())
"""Elements that hold nothing or close themselves, and so say nothing of the depth."""


def is_tangled(html: str) -> bool:
    """Whether to read it could take long."""
    has_long_tags = _LONG.search(f">{html}") is not None
    signs = html.count("<")
    if not has_long_tags and signs <= _MAX_TAGS and signs - html.count("</") <= _MAX_DEPTH:
        return False  # too few tags, and too few that open
    depth = 0
    opened: Counter[str] = Counter()
    for count, tag in enumerate(_TAG.finditer(html)):
        if count > _MAX_TAGS or (has_long_tags and _has_many_attributes(html, tag.end())):
            return True
        name = tag[2].lower()
        if name in _SHALLOW:
            continue
        step = 1 if not tag[1] else -1 if opened[name] else 0
        opened[name] += step
        depth += step
        if depth > _MAX_DEPTH:
            return True
    return False


def _has_many_attributes(html: str, start: int) -> bool:
    end = html.find(">", start, start + _MAX_ATTRIBUTES)
    return end < 0 and len(html[start : start + 15 * _MAX_ATTRIBUTES].partition(">")[0].split()) > _MAX_ATTRIBUTES
