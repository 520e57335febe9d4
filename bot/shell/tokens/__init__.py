"""Tokens: what logs us in at Google and Microsoft 365 instead of a password (RFC 6749; XOAUTH2).

Given a registration and a file, gives a token that is good for the next log-in, renews it in time, and holds the conversation in which a
person signs in. Reads what the provider's sign-in servers answer. Never shows a token or a grant, and never asks for a password itself.
msal and google-auth have their one door here; they come with the extra `oauth`.
"""

from bot.shell.tokens.nouns import Conversation, DeviceCode, Registration, Screen, SignIn
from bot.shell.tokens.source import Standing, TokenSource

__all__ = ["Conversation", "DeviceCode", "Registration", "Screen", "SignIn", "Standing", "TokenSource"]
