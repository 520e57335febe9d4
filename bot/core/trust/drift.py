"""Whether the evidence that we rely on is vanishing: our provider's results on the mail of people on file (ATTACKS G-24).

Given how many mails of a day, and of the fortnight before, were proven how far; gives figures, and says whether to warn.
Never judges a sender, and never changes what is believed: without results senders are asked, which is safe but slow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_FEWEST = 10
"""Of fewer mails a share says nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the mails of people on file, how many our provider, or our own check of signatures, had a verdict on."""

    mails: int
    checked: int

    @property
    def percent(self) -> int:
        return round(100 * self.checked / self.mails) if self.mails else 0


def share(proofs: Mapping[str, int]) -> Share:
    """From the number of mails by the level of their `Proof`; a failed check is a verdict too."""
    return Share(sum(proofs.values()), sum(proofs.get(level, 0) for level in ("domain", "both", "failed")))


def has_drifted(lately: Share, before: Share) -> bool:
    """Whether the share of the last day lies below half of what it was; never said of fewer than ten mails."""
    if min(lately.mails, before.mails) < _FEWEST:
        return False
    return 2 * lately.checked * before.mails < before.checked * lately.mails
