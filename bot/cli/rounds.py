"""`firstreply round` and `firstreply bulletin`: what goes to the whole roster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer

from bot.cli.completion import case_ids
from bot.cli.desk import JSON, Refusal, counted, local, open_desk, show_json, show_table
from bot.cli.finding import find_case
from bot.cli.menu import Part
from bot.cli.progress import progress_of
from bot.cli.standstill import refuse_while_paused
from bot.core.tongue import ENGLISH

if TYPE_CHECKING:
    from bot.office import Office
    from bot.office.previews import Preview

commands = typer.Typer(
    cls=Part, help="The monthly round.\n\nExample: firstreply round preview", no_args_is_help=True, rich_markup_mode=None
)
REASON = typer.Option("", "--reason", help="Why; it goes on record.")
MONTH = typer.Option("", "--month", metavar="YYYY-MM", help="Which month; this one if none is named.")


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="round")
    app.command("bulletin")(bulletin)


@commands.command("preview")
def preview(month: str = MONTH, language: str = typer.Option("", "--language", help="In which language."), as_json: bool = JSON) -> None:
    """The round's letter as the roster would read it now, in every language, with what in it wants a second look.

    Example: firstreply round preview --month 2026-12
    """
    from bot.core.circulation import month_of, occasion_of
    from bot.office import previews

    with open_desk() as office, office.ledger.reading() as ledger:
        languages = office.settings.organisation.languages
        if language and language not in languages:
            raise Refusal(f"There are no letters in “{language}”; the languages are {', '.join(languages)}.")
        month = checked_month(month) or month_of(office.clock(), office.rules.zone)
        occasion = occasion_of(office.calendar, month, now=office.clock())
        shown = previews.preview(office, ledger, month, at=occasion.at if occasion else None)
        facts = shown.facts(ENGLISH)
    pages = [page for page in facts["pages"] if language in ("", page["language"])]
    if as_json:
        show_json(
            {
                "month": month,
                "recipients": shown.count,
                "cases": [case.id for case in shown.cases],
                "events": [event.id for event in shown.events],
                "subject": pages[0]["subject"] if pages else None,
                "letters": [{name: page[name] for name in ("language", "count", "subject", "text")} for page in pages],
                "findings": [{"case": case_id, "sentence": sentence} for case_id, sentence in facts["findings"]],
                "deadlines_before_next": [case.id for case in shown.passing],
                "deadlines_before_its_hour": [case.id for case in shown.expiring],
                "left_out": [{"case": case.id, "reason": reason} for case, reason in shown.left_out],
                "needs_word": shown.needs_word,
            }
        )
        return
    if not pages:
        why = "All that is open will be over before its hour" if shown.expiring else "No case and no event is open"
        print(f"{why}, so the round {month} would send nothing to the roster.")
    for page in pages:
        print(f"To {counted(page['count'], 'member')} in {page['language']}\nSubject: {page['subject']}\n\n{page['text']}\n")
    for remark in _remarks(shown, facts["findings"]):
        print(remark)


def _remarks(shown: Preview, findings: list[tuple[str, str]]) -> list[str]:
    """What wants a second look, a line each."""
    why = {
        "draft": "it is a draft that nobody has approved",
        "filled": "every place is taken",
        "held": "it is kept while conflicts are checked",
        "past_deadline": "its deadline has passed",
    }
    return [
        *(f"Please look at {case_id} again: {sentence}" for case_id, sentence in findings),
        *(f"The deadline of {case.id} passes before the next round." for case in shown.passing),
        *(
            f"{case.id} will be over before the round goes out, and goes only if it is sent before; firstreply bulletin {case.id} reaches the roster now."
            for case in shown.expiring
        ),
        *(f"{case.id} does not go: {why[reason]}." for case, reason in shown.left_out),
        *(f"{case_id} goes only if staff answer SEND: nobody has had time to read it." for case_id in shown.needs_word),
    ]


@commands.command("send")
def send(month: str = MONTH, reason: str = REASON, as_json: bool = JSON) -> None:
    """Send a month's round now. A second time for the same month sends nothing. Whoever held it back hears so.

    Example: firstreply round send --reason "the hearing is on Friday"
    """
    from bot import rounds
    from bot.core import grounds

    with open_desk() as office:
        refuse_while_paused(office)
        month, letters = rounds.send_now(office, checked_month(month) or None, by="command line", why=grounds.kept(reason))
        note = _send_due(office, letters)
    if as_json:
        show_json({"month": month, "letters": letters or 0, "sent_before": letters is None})
    elif letters is None:
        print(f"The round {month} went out before; nothing was sent.")
    else:
        print(
            f"The round {month} is on its way to {counted(letters, 'member')}.{note}"
            if letters
            else f"No case is open: the round {month} sends nothing, and staff have been told."
        )


@commands.command("list")
def list_rounds(as_json: bool = JSON) -> None:
    """The rounds that went out.

    Example: firstreply round list
    """
    from bot.office import circulars

    with open_desk() as office, office.ledger.reading() as ledger:
        past = ledger.rounds.all()
        why = {one.month: circulars.reason_sent(ledger, one.month) for one in past}
    if as_json:
        show_json(
            [
                {
                    "month": one.month,
                    "opened_at": one.opened_at.isoformat(),
                    "opened_by": one.opened_by,
                    "reason": why[one.month],
                    "cases": one.cases,
                    "letters": one.letters,
                }
                for one in past
            ]
        )
        return
    rows = [(one.month, local(office, one.opened_at), one.opened_by, one.cases, one.letters, why[one.month]) for one in past]
    show_table(("Month", "Opened", "By", "Cases", "Letters", "Why"), rows, empty="No round has gone out yet.")


def bulletin(case_id: str = typer.Argument(..., metavar="ID", autocompletion=case_ids), reason: str = REASON, as_json: bool = JSON) -> None:
    """Mail an emergency bulletin about one case to every active member, now.

    Example: firstreply bulletin JAR-2026-014 --reason "the hearing is tomorrow"
    """
    from bot import rounds
    from bot.core import grounds
    from bot.core.model import Lifecycle

    with open_desk() as office:
        with office.ledger.reading() as ledger:
            case = find_case(office, ledger, case_id)
        if case.lifecycle is not Lifecycle.OPEN:
            raise Refusal(f"{case.id} is {case.lifecycle.value}, so no bulletin can go out about it.")
        if case.free_places == 0:
            raise Refusal(f"Every place of {case.id} is taken, so no bulletin is needed.")
        refuse_while_paused(office)
        letters = rounds.bulletin_now(office, case.id, by="command line", why=grounds.kept(reason))
        note = _send_due(office, letters)
    if as_json:
        show_json({"case": case.id, "letters": letters})
    else:
        print(f"The bulletin about {case.id} is on its way to {counted(letters, 'member')}.{note}")


def _send_due(office: Office, letters: int | None) -> str:
    """Hand over what is due; what a server will not take now stays owed and goes with the next try."""
    from bot.daemon import send_due

    with progress_of(office, letters=letters):
        tally = send_due(office)
    why = tally.halt or tally.barred
    return f" Not all could be handed over yet ({why}); they stay in the outbox and go with the next run." if why else ""


def checked_month(text: str) -> str:
    """A month as it was asked for, or a refusal; "" for none."""
    if text and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise Refusal(f"“{text}” is not a month; write it as YYYY-MM, for example 2026-12.")
    return text
