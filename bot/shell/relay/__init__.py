"""SMTP (RFC 5321): letters in, one verdict for each out: sent, deferred, refused or unknown.

The one door to aiosmtplib. Callers use `Relay` and the nouns below; everything else in here is behind the door.
"""

from bot.shell.relay.nouns import Ended, Outcome, SmtpAccount, Source, Verdict
from bot.shell.relay.relay import Relay
from bot.shell.relay.session import Door

__all__ = ["Door", "Ended", "Outcome", "Relay", "SmtpAccount", "Source", "Verdict"]
