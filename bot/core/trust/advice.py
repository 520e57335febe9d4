"""What a survey of the mailbox means for whoever sets it up, in sentences that need no knowledge of mail.

Given a survey and the settings; gives sentences, the most telling first. Never shows anything of a mail but the names of servers.
"""

from __future__ import annotations

from bot.core.trust.results import MICROSOFT, border_of
from bot.core.trust.survey import Survey, Trial

_ENOUGH = 5
"""Of fewer mails it is said that they are few."""
_FAIR_SHARE = 2
"""Settings are called wrong only where the mails of another server are so many times as many."""


def advice(found: Survey, *, checks_dkim: bool) -> list[str]:
    """Plain sentences for the operator."""
    if not found.mails:
        return [
            "The mailbox holds no mail yet, so nothing can be said of what it proves about senders."
            " Send it a mail or two from another provider, then run this again."
        ]
    told = _of_the_settings(found, found.configured) if found.configured else []
    is_working = found.configured is not None and found.configured.stated > 0
    if found.seen is not None and _is_news(found.seen, found.configured):
        told += _suggested(found, found.seen)
    elif not is_working:
        told += _nothing(found, checks_dkim=checks_dkim)
    counted = found.configured if is_working else found.seen
    told += _forgeries(counted) if counted else []
    if found.mails < _ENOUGH:
        told.append(f"{_mails(found.mails)} are few to go by: send some more from other providers and run this again.")
    return told


def _of_the_settings(found: Survey, trial: Trial) -> list[str]:
    name, border = _named(trial), border_of(trial.profile.authserv_id, trial.profile.border_received)
    setting = f'authserv_id is "{trial.profile.authserv_id}"'
    if not trial.bordered:
        return [f"{setting}, but none of {_recent(found)} was received by {border}: its results prove nobody."]
    if not trial.stated:
        return [f"{setting}, but none of {_recent(found)} carries its results above the Received line of {border}: they prove nobody."]
    asked = found.mails - trial.passed - trial.failed
    told = [
        f"Of {_recent(found)} {trial.stated} carry results of {name} ({_methods(trial)}). Sender proven without asking: {trial.passed};"
        f" found forged: {trial.failed}; would be asked for a YES: {asked}."
    ]
    return told + _limits(trial)


def _suggested(found: Survey, trial: Trial) -> list[str]:
    profile = trial.profile
    setting = f'authserv_id = "{profile.authserv_id}"'
    if profile.border_received:
        setting += f' and border_received = "{profile.border_received}"'
    told = [
        f"{trial.stated} of {_recent(found)} carry results of {_named(trial)} ({_methods(trial)}): set [security] {setting},"
        f" and a fresh claim is proven without asking wherever they say so (here in {trial.passed})."
    ]
    if profile.authserv_id == MICROSOFT:
        told.append("Microsoft writes no results into mail between people of your own organisation: who writes so is asked for a YES.")
    if "@" in profile.authserv_id:
        told.append("Your provider calls itself by the address of the mailbox. That is unusual, and works as well.")
    if found.names_seen > 1:
        told.append(
            f"Results stand there in {found.names_seen} names, and only one can be set: mail that was checked in another is asked for a YES."
        )
    return told + _limits(trial)


def _nothing(found: Survey, *, checks_dkim: bool) -> list[str]:
    told = [
        f"None of {_recent(found)} carries results that the mail server can be seen to have written:"
        " only answers to our letters prove a sender, and any other request is asked for a YES first. No mail is lost by it."
    ]
    if found.foreign:
        told.append(
            f"Results of {_listed(found.foreign)} stand where a sender could have written them, and are not believed."
            " If one of these is your own mail server, ask your provider how it marks the mail that it receives."
        )
    if checks_dkim:
        told.append("check_dkim is on: a good signature of the sender’s own domain proves its sender as well.")
    else:
        told.append("With [security] check_dkim = true firstreply checks signatures itself, and most fresh mail is proven without asking.")
    return told


def _limits(trial: Trial) -> list[str]:
    told = []
    if trial.stated and "dmarc" not in trial.methods:
        told.append(f"{_named(trial)} states no DMARC result: a signature can prove a sender, but no mail is ever found forged by it.")
    if trial.by_server_alone:
        told.append(
            f"In {_mails(trial.by_server_alone)} only the sending server was checked (SPF): enough for a lawyer’s word, not for one of staff."
        )
    if trial.unreadable:
        told.append(f"In {_mails(trial.unreadable)} these results could not be read, and prove nobody.")
    return told


def _forgeries(trial: Trial) -> list[str]:
    if not trial.below:
        return []
    return [
        f"{_mails(trial.below)} carry results in the name of {_named(trial)} only below the line where it received them."
        " Their senders could have written these; they are not believed."
    ]


def _is_news(seen: Trial, configured: Trial | None) -> bool:
    if configured is None or not seen.methods:
        return bool(seen.methods)
    return seen.profile != configured.profile and seen.stated > _FAIR_SHARE * configured.stated


def _named(trial: Trial) -> str:
    return "Microsoft 365 (which gives no name)" if trial.profile.authserv_id == MICROSOFT else trial.profile.authserv_id


def _methods(trial: Trial) -> str:
    return _listed(tuple(method.upper() for method in trial.methods))


def _listed(names: tuple[str, ...]) -> str:
    shown = names[:4]
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1] if shown else ""


def _recent(found: Survey) -> str:
    return f"{found.mails} recent {'mail' if found.mails == 1 else 'mails'}"


def _mails(number: int) -> str:
    return f"{number} {'mail' if number == 1 else 'mails'}"
