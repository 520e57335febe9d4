"""How bad each finding is, and the plain sentence of what it is and what to do. Japanese words for letters to staff stand in the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.model import Grade

FAULT, NOTICE = Grade.FAULT, Grade.NOTICE
WORDS: Final[Mapping[str, tuple[Grade, str]]] = {
    "daemon_gone": (FAULT, "The daemon has given no sign of life. Start it again and look into its log; nothing is lost by it."),
    "daemon_stopped": (FAULT, "The daemon was stopped, and nobody has read the mailbox since. Start it again with “firstreply run”."),
    "nobody_leads": (
        FAULT,
        "Several machines are there and none leads, so nobody reads the mailbox or decides. Restart firstreply on each, and look at the database.",
    ),
    "reader_stalled": (FAULT, "The part of the daemon that reads the mailbox stands still. Restart the daemon; nothing is lost by it."),
    "sender_stalled": (FAULT, "The part of the daemon that sends mail stands still. Restart the daemon; nothing is lost by it."),
    "clock_stalled": (FAULT, "The part of the daemon that keeps dates stands still. Restart the daemon; nothing is lost by it."),
    "keys_unfit": (
        FAULT,
        "The keys do not fit the database, so nothing is read, decided or sent. “firstreply check” says what is wrong and what to do.",
    ),
    "letters_unfit": (
        FAULT,
        "Letters come out otherwise than they are written here, so nothing is started or sent. Install firstreply anew, with its own Python.",
    ),
    "database_away": (FAULT, "The database cannot be read or written, so nothing is done. Look at its disk, or at its server."),
    "mailbox_refused": (
        FAULT,
        "The mail server refuses our log-in to the mailbox. Put [imap] username and password right, then run “firstreply check”.",
    ),
    "mailbox_unread": (
        FAULT,
        "The mailbox is not being read. Mail waits there and keeps its place. “firstreply check” says what is in the way.",
    ),
    "relay_refused": (
        FAULT,
        "The mail server refuses our log-in for sending. Put [smtp] username and password right, then run “firstreply check”.",
    ),
    "sender_refused": (
        FAULT,
        "The mail server takes no mail from our address. Letters are kept and leave when it does. Ask the provider whether the account is "
        "blocked, and look at [mailbox] address.",
    ),
    "signin_refused": (
        FAULT,
        "The mail provider no longer renews our sign-in: mail stops within the hour, or has stopped. Run “firstreply login” and sign in again.",
    ),
    "signin_over": (FAULT, "Our sign-in with the mail provider ends within three days, and mail with it. Run “firstreply login” before."),
    "signin_ends": (NOTICE, "Our sign-in with the mail provider ends in {days} days, and mail with it. Run “firstreply login” before."),
    "letters_stuck": (FAULT, "Letters that are due: {count}, and none leaves. They are kept. “firstreply check” says what is in the way."),
    "letters_old": (FAULT, "Letters that wait for more than two hours: {count}. “firstreply outbox list” shows what the mail server says."),
    "letters_lost": (
        FAULT,
        "Letters given up: {count}, and the mail server has taken none since, so staff may not have heard. “firstreply outbox list” says why. "
        "Ask the provider; then “firstreply outbox send” sends one again.",
    ),
    "letters_in_doubt": (NOTICE, "Letters whose receipt was lost: {count}. Each is sent once more; look at the line to the mail server."),
    "undecided": (FAULT, "Cases that could be decided and are not: {count}. Look into the log, and restart the daemon."),
    "set_aside": (
        FAULT,
        "Mails of strangers, forged or unreadable within a day: {count}. Look at “firstreply inbox list”, and tell the provider.",
    ),
    "disk_full": (FAULT, "The disk with the database is {percent} % full. When it is full, nothing can be put on record. Make room."),
    "disk_filling": (NOTICE, "The disk with the database is {percent} % full. Make room before it is full."),
    "mailbox_full": (
        FAULT,
        "The mailbox is {percent} % full. When it is full, claims are refused. Delete old, filed mail, or ask for more room.",
    ),
    "mailbox_filling": (NOTICE, "The mailbox is {percent} % full. Delete old, filed mail, or ask the provider for more room."),
    "drift": (
        NOTICE,
        "The mail server checks far fewer senders than it used to. “firstreply check” shows what it says of the newest mails.",
    ),
    "clock_ahead": (
        NOTICE,
        "This machine’s clock is ahead of the mail server’s by {minutes} minutes. Set it, and let it be kept (NTP). Who was first is not touched.",
    ),
    "clock_behind": (
        NOTICE,
        "This machine’s clock is behind the mail server’s by {minutes} minutes. Set it, and let it be kept (NTP). Who was first is not touched.",
    ),
    "clock_unset": (FAULT, "This machine’s clock is not set, so nothing is decided or sent. Set it, and let it be kept (NTP)."),
    "renumbered": (
        NOTICE,
        "The mail server has numbered a folder anew, as where a mailbox was restored or moved. Nothing acts twice. If the mailbox was "
        "restored, mail that came after we last read it may be lost: ask the provider.",
    ),
    "backlog": (NOTICE, "A long backlog of mail is being read. Decisions wait until all of it is on record."),
    "template_spoilt": (
        NOTICE,
        "A letter template of your own cannot be used, so letters go out from the one that ships. “firstreply status” says where; mend it and restart.",
    ),
    "alert_failed": (NOTICE, "An alert could not be given. Look at [alerts], then run “firstreply check”."),
}

UNMAILABLE: Final = frozenset(
    {
        "clock_unset",
        "relay_refused",
        "sender_refused",
        "letters_stuck",
        "letters_lost",
        "sender_stalled",
        "keys_unfit",
        "letters_unfit",
        "database_away",
    }
)
"""What a letter could tell of only when it is over."""
