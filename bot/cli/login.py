"""`firstreply login`: a person signs in with Google or Microsoft 365, so that the mailbox lets us in without a password."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, Refusal, config_path, open_desk, visible

if TYPE_CHECKING:
    from bot.shell.tokens import DeviceCode


def register(app: typer.Typer) -> None:
    app.command("login")(login)


def login() -> None:
    """Sign in with Google or Microsoft 365, where [imap] or [smtp] has oauth2 instead of a password. Needs the extra oauth.

    Example: firstreply login
    """
    from bot.core.mail import SignInAway, SignInRefused
    from bot.office import lockout, signing_in

    with open_desk() as office:
        sources = signing_in.sources(office)
        if not sources:
            raise Refusal(
                f"Neither [imap] nor [smtp] in {config_path()} has oauth2, so there is nobody to sign in with; passwords need no “firstreply login”."
            )
        try:
            for source in sources:
                source.sign_in(_Terminal())
                print(f"{source.registration.name} lets us into the mailbox of {visible(source.registration.username)}.")
        except (SignInAway, SignInRefused) as failure:
            raise Refusal(visible(failure), code=FAILED) from None
        signing_in.look_after(office)
        lockout.lift(office, "imap")
        lockout.lift(office, "smtp")
    print(f"It is kept in {office.settings.sign_in_file} and renewed by itself. Now try it: firstreply check")


class _Terminal:
    """The person who signs in."""

    def show(self, code: DeviceCode) -> None:
        from bot.cli.signing import CodeScreen
        from bot.cli.talk import Talk

        CodeScreen(Talk.of("en")).show(code)

    def say(self, text: str) -> None:
        print("\n".join(visible(line) for line in text.split("\n")) + "\n", flush=True)

    def ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            print(f"{question}:", flush=True)
            return sys.stdin.readline()
        return str(typer.prompt(question))
