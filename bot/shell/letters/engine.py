"""The template engine, once for each way to show a letter: where its templates are found, and what they may call.

Undefined facts are errors (StrictUndefined), HTML is escaped. Knows no letter and no reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.shell.letters import forms, layout, lead, unbroken
from bot.shell.letters.compiled import compiled
from bot.shell.letters.house import MARKER
from bot.shell.letters.links import write_to
from bot.shell.letters.modules import SharingTemplate, Wanting
from bot.shell.letters.phrasing import phrased
from bot.shell.letters.scrub import Commands, one_line

SEAM: Final = "\f"
"""Parts the Subject from the text in what the text frame renders; scrubbing takes it out of every fact."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The folders, the organisation's own first, and what of the desk the filters go by."""

    folders: Sequence[Path]
    case_prefix: str
    command_words: frozenset[str]
    commands: Commands
    said_by: Callable[..., str]

    def engine(self, medium: Literal["text", "html"]) -> Environment:
        """With the parts of this medium before those of both."""
        case_id = rf"{re.escape(self.case_prefix)}-\d{{4}}-\d+"
        environment = Environment(
            loader=FileSystemLoader([place for folder in self.folders for place in (folder / medium, folder)]),
            autoescape=medium == "html",
            undefined=Wanting,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled(medium, self.case_prefix, self.command_words),
            finalize=_in_line if medium == "html" else None,
        )
        environment.template_class = SharingTemplate
        environment.filters.update(
            fill=partial(layout.fill, shuns=self.commands.starts),
            fill_lines=partial(layout.fill_lines, shuns=self.commands.starts),
            columns=layout.width,
            seamless=_seamless,
            one_line=one_line,
            paragraphs=_paragraphs,
            phrased=phrased,
            said_by=self.said_by,
            aired=unbroken.aired,
            behind_at_sign=unbroken.behind_at_sign,
            named=unbroken.named,
            whole=partial(unbroken.whole, case_id=case_id),
            command=partial(unbroken.command, case_id=case_id),
        )
        environment.globals.update(
            marker=MARKER,
            lead=lead.HERE,
            greets=lead.GREETS,
            says=lead.SAYS,
            seam=SEAM,
            kept_start=layout.KEPT_START,
            kept_end=layout.KEPT_END,
            write_to=write_to,
            filled_form=forms.filled,
        )
        return environment


def _in_line(value: Any) -> Any:
    """A fact inside HTML stays on one line of the source too: some programs keep those breaks when they quote."""
    return value.replace("\n", " ") if type(value) is str else value


def _seamless(text: str) -> str:
    return Markup(layout.seamless(str(text))) if isinstance(text, Markup) else layout.seamless(text)


def _paragraphs(text: str) -> list[list[str]]:
    """Free text as paragraphs of lines."""
    blocks = str(text).strip("\n").split("\n\n")
    return [[line.strip() for line in block.split("\n") if line.strip()] for block in blocks if block.strip()]
