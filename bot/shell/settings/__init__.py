"""The configuration: read once at the start, checked as a whole, frozen, secrets masked when printed.

Given `firstreply.toml` and the environment, gives `Settings`; `sample` writes the commented file that a new organisation begins with.
Reads only what the operator wrote. Never guesses: an unknown key is an error that names the nearest known one.
"""

from bot.shell.settings.loading import load, warnings
from bot.shell.settings.providers import COMMON_JUNK, PORTS, PROVIDERS, Provider
from bot.shell.settings.sample import SAMPLE, Answer, sample
from bot.shell.settings.schema import Settings
from bot.shell.settings.sections import Person
from bot.shell.settings.sentences import SettingsError

__all__ = [
    "COMMON_JUNK",
    "PORTS",
    "PROVIDERS",
    "SAMPLE",
    "Answer",
    "Person",
    "Provider",
    "Settings",
    "SettingsError",
    "load",
    "sample",
    "warnings",
]
