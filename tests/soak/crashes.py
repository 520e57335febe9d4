"""C-01: the process is killed at any station, again and again; what is left ends as if nothing had been.

A world of a few members, cases and claims, made from the seed; up to three runs are killed at stations of the seed's choice, and the server
may lose its reply once. The one exception is written down: a letter that was on the wire goes out once more, with the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.soak import oracles
from tests.soak.doubt import Doubt
from tests.soak.figures import Figures
from tests.story.conversation import World, Written

VERBS = tuple(f"{verb} {moment}" for verb in ("MAIL", "RCPT", "DATA") for moment in ("sent", "answered"))
STATIONS = (
    *("fetched", "stored", "decided", "entered", "filed", "given", "settled", "taken"),
    *(*VERBS, "body begins", "body sent", "dot sent", "dot answered", "handed over", "recorded"),
)
DOT_LOST = "reply to the dot lost"
MOST_CONNECTIONS = 2
"""A process that is killed leaves one letter at most on each in doubt, wherever it is killed: the others send while one is at its station."""
MOST_RUNS = 8
_MEMBERS = ("ito@lawfirm.example", "mori@houritsu.example", "abe@harbour.example", "kim@bengo.example")
_BOB = "bob@bengo.example"


@dataclass(slots=True)
class Scene:
    """What happens before the first run, and who must have what after the last."""

    written: list[Written] = field(default_factory=list)
    standings: dict[str, dict[str, str]] = field(default_factory=dict)


def play(seed: int, folder: Path, figures: Figures) -> None:
    chance = random.Random(seed)
    with Dovecot.start() as imap, SmtpSink.start() as sink:
        world = World.build(folder, imap, sink)
        scene = set_up(world, chance)
        places = [f"{chance.choice(STATIONS)}:{chance.choice((1, 1, 2, 3, 5))}" for _ in range(chance.randint(1, 3))]
        drops = chance.choice((0, 0, 1))
        if drops:
            sink.script.drop("after DOT", nth=chance.randint(1, 6))
        crash(world, scene, places, figures, drops=drops)
        _good_claim_follows(world)


def set_up(world: World, chance: random.Random, *, members: Sequence[str] = _MEMBERS, cases: int = 2) -> Scene:
    """Members, cases and claims; some in the same second, some in Junk, with machine mail and rubbish between them."""
    scene = Scene()
    world.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "Read"')
    world.configure("settle_seconds", "settle_seconds = 0")
    resend_at_once(world, connections=chance.choice((1, 1, MOST_CONNECTIONS)))
    for number, address in enumerate([*members, _BOB]):
        world.member(address, name=f"Member {number}", language=("en", "ja")[number % 2])
    for number in range(cases):
        places = chance.choice((1, 1, 2))
        case_id = world.case(f"Asylum appeal {number}", details=f"{oracles.CANARY} {number}", places=str(places))
        _claims(world, scene, case_id, places, chance)
    return scene


def resend_at_once(world: World, *, connections: int = 1) -> None:
    """So many letters at most are on the wire when the process dies, and no wait before a letter in doubt goes again."""
    path = world.folder / "firstreply.toml"
    smtp, database = path.read_text().split("\n[database]")
    path.write_text(f"{smtp}connections = {connections}\nin_doubt_seconds = 0\n\n[database]{database}")


def _claims(world: World, scene: Scene, case_id: str, places: int, chance: random.Random) -> None:
    claimants = chance.sample(_MEMBERS, chance.randint(2, len(_MEMBERS)))
    order = []
    for address in claimants:
        at = f"09:0{chance.randrange(3)}:{chance.choice((10, 10, 40))}"
        folder = chance.choice(("INBOX", "INBOX", "INBOX", "Junk"))
        mail = world.writes(address, f"CLAIM {case_id}", at=at, folder=folder)
        scene.written.append(mail)
        order.append((mail.at, folder == "Junk", mail.uid, address))
        if chance.random() < 0.3:
            scene.written.append(world.writes("vacation@elsewhere.example", "I am away.", headers={"Auto-Submitted": "auto-replied"}))
    order.sort()
    scene.standings[case_id] = {address: "confirmed" if place < places else "waitlisted" for place, (*_, address) in enumerate(order)}


def crash(world: World, scene: Scene, places: Sequence[str], figures: Figures, *, drops: int = 0) -> None:
    """One run for each place, killed there if it comes by; then runs until all is quiet, and the oracles."""
    figures.messages = len(scene.written)
    world.settle_in()
    doubt = Doubt(world.sink, oracles.office_of(world))
    for place in places:
        outcome = world.runs_once(env={"FIRSTREPLY_CRASH_AT": place}, expect=None)
        assert outcome.code in (0, -9), outcome.err
        if outcome.code == -9:
            figures.faults[place.partition(":")[0]] += 1
        doubt.looks(replies=drops + MOST_CONNECTIONS * (outcome.code == -9))
    if drops:
        figures.faults[DOT_LOST] += drops
    until_quiet(world, doubt, replies=drops)
    figures.duplicates = oracles.hold(world, scene.written, standings=scene.standings)
    figures.letters = len(world.sink.letters)


def until_quiet(world: World, doubt: Doubt, *, replies: int = 0) -> None:
    for _ in range(MOST_RUNS):
        before = len(world.sink.letters)
        oracles.is_one_object_a_line(world.runs_once().err)
        doubt.looks(replies=replies)
        if len(world.sink.letters) == before:
            return
    raise AssertionError(f"still sending after {MOST_RUNS} runs")


def _good_claim_follows(world: World) -> None:
    """O4: what comes afterwards is handled within two looks."""
    case_id = world.case("A further case")
    world.settle_in()
    world.writes(_BOB, f"CLAIM {case_id}")
    world.runs_once()
    world.runs_once()
    assert world.standing(case_id) == {_BOB: "confirmed"} and len(world.letters_to(_BOB)) == 1
