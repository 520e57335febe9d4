"""The configuration file that `firstreply init` writes: every key, what it is for, and its default.

Given a fresh secret and the answers so far, gives the text of a valid TOML file. What only the operator knows is left empty.
Never holds a value of its own that differs from `schema`'s default; a test compares them.
"""

from __future__ import annotations

import json
import re

SAMPLE = """\
# firstreply: configuration. Fill in what is empty; everything else may stay as it is. Then run `firstreply check`.
#
# Each key may also come from the environment: FIRSTREPLY_IMAP__PASSWORD is [imap] password.
# A secret may stand in a file of its own: password_file = "imap.secret" instead of password = "…".
# Relative names of files start from the folder of this file. Times are in seconds, hours or days, as the name of the key says.

[organisation]
name = ""                         # as it stands in letters: "Example Refugee Association"
timezone = "Asia/Tokyo"           # for the schedule, and for every time in a letter
languages = ["ja", "en"]          # of letters; the first is the default
case_prefix = "JAR"               # case ids become JAR-2026-001; do not change it later
contact = ""                      # the human behind the bot; empty: the first of the staff
command_words = ""                # a file of your own with further command words; empty: none
templates = ""                    # a folder of your own whose letters replace ours one by one; empty: none

[mailbox]
address = ""                      # the bot's own address: "cases@example.org"
display_name = "Pro bono desk"    # the name that lawyers see beside it
subaddressing = false             # true where cases+anything@ reaches the mailbox too

[imap]                            # where mail is read
host = ""                         # "imap.example.org"
port = 993                        # 993 for tls, 143 for starttls
security = "tls"                  # "tls" or "starttls"; "none" only to a server on this machine
username = ""                     # often the whole address
password = ""                     # or password_file = "…", or oauth2 below
# password_file = "imap.secret"   # a file that holds the password and nothing else
# oauth2 = { provider = "microsoft", client_id = "…" }   # instead of a password, for Microsoft 365 and Google; then: firstreply login
folder = "INBOX"                  # where claims arrive
junk_folder = ""                  # the spam folder; read too, so that a rescued claim keeps its place
archive_folder = ""               # where read mail is filed; empty: it is left in place
sent_folder = ""                  # where your provider keeps what we send; what an erased case left there goes too; empty: left alone
poll_seconds = 60                 # how often to look, where the server cannot announce new mail
idle = true                       # let the server announce new mail at once (IMAP IDLE)

[smtp]                            # where mail is sent
host = ""                         # "smtp.example.org"
port = 465                        # 465 for tls, 587 for starttls
security = "tls"                  # as above
username = ""                     # empty where the server asks for no log-in
password = ""                     # goes with the username
# password_file = "smtp.secret"   # a file that holds the password and nothing else
# oauth2 = { provider = "microsoft", client_id = "…" }   # instead of a password
connections = 4                   # how many at once, at most
in_doubt_seconds = 600            # a letter whose receipt was lost is sent once more after this long
messages_per_minute = 0           # your provider's limit; 0: none

[database]
url = "sqlite:///data/firstreply.db"   # or "postgresql+psycopg://user:password@host/firstreply"
# url_file = "database.secret"    # a file that holds the url and nothing else

[round]                           # the monthly mail with all open cases
schedule = "0 9 1 * *"            # minute hour day month weekday: 09:00 on the first of each month
preview_hours = 24                # staff see it this long before, and may HOLD it; 0: no preview
business_days_only = true         # otherwise it goes out on the next business day
holidays = "JP"                   # the country whose holidays count; empty: none

[claims]
settle_seconds = 120              # how long a decision waits after the first claim, for an earlier one to surface
hold_hours = 48                   # time to check for conflicts of interest, where a case asks for it
offer_hours = 24                  # time for who is next in line to say whether they still want a case; near a deadline less
max_open_per_member = 0           # cases that one lawyer may hold at once; 0: no limit
one_per_firm = false              # true: one case a month for each firm; a further one waits a day for another firm
checkin_days = 91                 # how often who holds a case is asked how it is; 0: never

[reports]
daily = "0 8 * * *"               # when staff get the balance of the day; empty: never
monthly = "0 9 1 * *"             # when staff get the figures of the month before; empty: never
year_begins = 1                   # the month with which the year of a report begins: 4 for April to March

[bulletin]                        # the emergency mail to everybody
approvals = 1                     # how many of the staff must answer SEND before it goes out
ladder_days = [14, 7, 3]          # days before a deadline at which staff are offered one for a case that nobody has taken; []: never

[security]
secret = ""                       # signs our letters so that answers can be trusted; keep it, and show it to nobody
# secret_file = "signing.secret"  # a file that holds the secret and nothing else
authserv_id = ""                  # the name in your mail server's Authentication-Results; empty: only answers to our letters prove a sender
border_received = ""              # the `by` host of your border's Received line; empty: the same as authserv_id
check_dkim = false                # true: check signatures ourselves, where your provider writes no results (asks the DNS)
# Client data is sealed on disk with keys of its own, and these are locked with the master key. Keep it on another disk, or with
# systemd (LoadCredential=master_key:…), so that a copy of the database and its keys alone opens nothing.
master_key = ""                   # empty: made from the secret
# master_key_file = "master.secret"   # a file that holds the key and nothing else
old_secrets = []                  # what the secret was before: codes in letters that are out still count
# old_secrets_file = "old.secrets"    # a file with one of these on each line
old_master_keys = []              # what the master key was before, until `firstreply keys rotate`
# old_master_keys_file = "old-master.secrets"   # a file with one of these on each line
key_store = ""                    # the file of the locked keys; empty: beside the database, named like it with .keys behind

[retention]                       # in days; 0: for ever
closed_case_days = 365            # how long the words of a case are kept after the last that happened to it, once it is over
raw_mail_days = 90                # how long mail is kept as it came, here and in the mailbox
set_aside_days = 180              # the same, for mail that was left to a person
letter_days = 30                  # how long the text of a letter is kept after it was sent

[health]
metrics_port = 0                  # /health and /metrics (Prometheus) on 127.0.0.1; 0: none

[alerts]                          # a second way to tell that something is wrong, for when mail itself is broken
file = ""                         # a file to which a line is added for each alert; empty: none
command = []                      # a program with its arguments, such as ["/usr/local/bin/page", "legal"]; the text is its input
webhook = ""                      # an https address to which the alert is posted as JSON; empty: none
# webhook_file = "webhook.secret" # a file that holds the address and nothing else

[[staff]]                         # who may bring in cases; one such block for each person
address = ""                      # "you@example.org"
name = ""                         # "Legal officer"
language = ""                     # "ja" or "en"; empty: the first of languages
"""


Answer = str | int | bool | list[str] | dict[str, str]


def sample(secret: str, **answers: Answer) -> str:
    """The sample with its secret and with answers such as ``imap__host="imap.example.org"`` or ``staff__address=…`` put in.

    A key that stands in a comment, such as ``password_file``, is taken out of it.
    """
    text = SAMPLE
    for name, value in {"security__secret": secret, **answers}.items():
        section, _, key = name.partition("__")
        text = _with(text, section, key, value)
    return text


def _with(text: str, section: str, key: str, value: Answer) -> str:
    old = r"(?:\"[^\"\n]*\"|\[[^\]\n]*\]|\{[^}\n]*\}|\S+)"
    line = re.compile(rf"(^\[+{section}\]+(?:(?!^\[).)*?^)((?:# )?{key} = {old} *)", re.MULTILINE | re.DOTALL)
    # A comment keeps its column where the value leaves room for it.
    changed, count = line.subn(lambda match: match[1] + f"{key} = {_written(value)}   ".ljust(len(match[2])), text, count=1)
    if not count:
        raise KeyError(f"{section}.{key}")
    return changed


def _written(value: Answer) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_written(one)}" for name, one in value.items()) + " }"
    # TOML's basic strings are JSON's, but for DEL, which JSON may leave as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
