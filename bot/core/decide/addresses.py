"""A member's main address: staff put another in its place, by mail or by hand.

Where letters go from then on; the former address stays one that the member writes from, for answers to what was sent to it. Both are
told, so that whoever did not ask for it hears. A client's file may go to the new one, so whoever changes it says how they know it (P-20).
Given the member and the new address, gives what is wrong, or the change and its letters.
"""

from __future__ import annotations

from bot.core.decide.lawyers import Step
from bot.core.decide.overrides import StaffDesk, not_done
from bot.core.intent import Command
from bot.core.mail import Letter, canonical
from bot.core.model import ChangeMember, Line, Member, MemberState
from bot.core.reasons import Deed
from bot.core.roster import address_fault
from bot.core.rules import Rules


def readdress(command: Command, desk: StaffDesk) -> Step:
    """`CHANGE ADDRESS old new`; `old` may be any address that the member writes from."""
    old, new = (canonical(one) for one in command.argument.split())
    member = desk.view.people.get(old)
    if member is None:
        return not_done(command, "not_on_roster", address=old)
    wrong = why_not(member, new, owner=desk.view.people.get(new), why=desk.why(command), rules=desk.rules)
    if wrong:
        return not_done(command, wrong, address=member.email, new=new)
    done = Deed("readdressed", desk.staff.address, f"{member.email}→{new}", desk.why(command))
    change, letters = moved(member, new, done)
    facts: dict[str, object] = {"name": member.name, "old": member.email, "new": new, "was": member.state.value, "grounds": done.why}
    return Step(Line(command.said, "readdressed", facts=facts), (change,), letters)


def why_not(member: Member, new: str, *, owner: Member | None, why: str, rules: Rules) -> str:
    """The word for what stands against it; "" for nothing."""
    if member.state is MemberState.LEFT:
        return "has_left"
    if new == member.email:
        return "address_same"
    if owner is not None and owner.id != member.id:
        return "address_taken"
    if _without_tag(new) == rules.own_address:
        return "address_of_desk"
    if owner is None and any(new == person.address for person in rules.staff):
        return "address_of_staff"
    if address_fault(new):
        return "address_unfit"
    return "" if why else "address_unsure"


def _without_tag(address: str) -> str:
    """`cases+anything@` reaches the mailbox of `cases@` at many providers."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def moved(member: Member, new: str, done: Deed) -> tuple[ChangeMember, tuple[Letter, ...]]:
    """Whom letters that came back had suspended is active again: there is an address that may work."""
    state = MemberState.ACTIVE if member.state is MemberState.SUSPENDED else None
    change = ChangeMember(member.id, state=state, email=new, note=str(done))
    told = ((new, True), (member.email, False))
    letters = (
        Letter("address_changed", to, member.language, {"new": new, "is_new": is_new}, member_id=member.id, to_name=member.name)
        for to, is_new in told
    )
    return change, tuple(letters)
