"""The parts and phrases of one letter are set up once, however many of its templates import them.

Jinja sets up a module that is imported “with context” anew each time, and a letter imports these two a dozen times, always in the same
context: the letter's. Given such an import, gives the module that the same letter has had before. A module that was asked for what it has
not is named by its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.utils import missing

AT_HAND: Final = "modules_at_hand"
"""Under this name a letter's values hold the modules that it has imported."""
_SHARED: Final = ("parts.j2", "/phrases.j2")
_LACKS: Final = " lacks "


class SharingTemplate(Template):
    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        at_hand = (vars or {}).get(AT_HAND)
        if at_hand is None or self.name is None or not self.name.endswith(_SHARED):
            return super().make_module(vars, shared, locals)
        if self.name not in at_hand:
            at_hand[self.name] = super().make_module(vars, shared, locals)
        module: TemplateModule = at_hand[self.name]
        return module


class Wanting(StrictUndefined):
    """What is not there; asked of a module, its fault says which page lacks it, for no line of that page is at work then."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: type[TemplateRuntimeError] = UndefinedError
    ) -> None:
        page = f"{obj.__name__}{_LACKS}{name}" if isinstance(obj, TemplateModule) else None
        super().__init__(hint or page, obj, name, exc)


def page_that_lacks(fault: UndefinedError) -> str:
    """The page that such a fault names; "" for none."""
    page, lacks, _ = (fault.message or "").partition(_LACKS)
    return page if lacks else ""
