"""Who may claim in whose name: a firm's pro bono coordinator for its lawyers, a deputy for whom the roster names.

Given members with the roles that staff gave them (`coordinator`, `deputy:ito@lawfirm.example`), gives those in whose name one may
claim, and whom a name or an address in a command means. A name counts only among these; two that fit are asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.core.fields import name_key, plain
from bot.core.mail import canonical
from bot.core.model import Member

COORDINATOR = frozenset({"coordinator", "probonocoordinator", "コーディネーター", "プロボノ担当", "取りまとめ"})
DEPUTY = frozenset({"deputy", "deputyfor", "代理"})
_TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|attorney)\.? |(?:様|先生|弁護士|さん|氏)$", re.IGNORECASE)


def wards(member: Member, roster: Iterable[Member]) -> tuple[Member, ...]:
    """In whose name this member may claim, whatever their state on the roster but outside it."""
    if not claims_for_others(member):
        return ()
    named = addresses_in(member.roles)
    firm = name_key(member.firm) if any(name_key(role) in COORDINATOR for role in member.roles) else ""
    return tuple(
        one
        for one in roster
        if one.id != member.id
        and not one.is_outside
        and (not named.isdisjoint((one.email, *one.aliases)) or (firm and name_key(one.firm) == firm))
    )


def addresses_in(roles: Iterable[str]) -> frozenset[str]:
    """Of a deputy's roles: for whom, by address.

    >>> sorted(addresses_in(["deputy: Ito@lawfirm.example", "coordinator"]))
    ['ito@lawfirm.example']
    """
    parted = (_role(role) for role in roles)
    return frozenset(canonical(whom.strip()) for role, _, whom in parted if name_key(role) in DEPUTY and whom)


def claims_for_others(member: Member) -> bool:
    return any(name_key(role) in COORDINATOR | DEPUTY for role, _, _ in map(_role, member.roles))


def meant(whom: str, colleagues: Sequence[Member]) -> tuple[Member, ...]:
    """Whom a command names: by address, by the whole name, else by a part of it. More than one is for the sender to decide."""
    if "@" in whom:
        address = canonical(whom)
        return tuple(one for one in colleagues if address in (one.email, *one.aliases))
    name = _TITLES.sub("", plain(whom)).strip()
    whole = tuple(one for one in colleagues if _joined(one.name) == _joined(name))
    return whole or tuple(one for one in colleagues if name and name in plain(one.name).split())


def _role(role: str) -> tuple[str, str, str]:
    return role.replace("：", ":").partition(":")


def _joined(name: str) -> str:
    """森　大輔 and 森大輔 are one name."""
    return plain(name).replace(" ", "")
