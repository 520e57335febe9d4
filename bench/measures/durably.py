"""The round into a Postfix that queues every letter on the disk before it says yes, beside others who hand over into the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bench.counterparts import smtp_source
from bench.figures import Figure, Target, expect, in_turn, pairs
from bench.ground import Ground
from bench.measures.sending import Round, aiosmtplib_over, by_smtp_source, hand_over, letters_of, send_round
from bench.queueing import Postfix, durable_postfix

BESIDE_SMTP_SOURCE = Target(0.9, is_stretch=True)


def measure(ground: Ground) -> list[Figure]:
    count = ground.plan.letters
    organisation, program, rounds_sent = ground.organisation(members=count), smtp_source(), list[Round]()
    letters = letters_of(organisation, count, ground)
    with durable_postfix() as postfix:
        organisation = organisation.with_relay(port=postfix.port)
        works = {
            "ours": lambda: send_round(organisation, count, rounds_sent),
            "smtp-source": lambda: by_smtp_source(program, letters, postfix.port),
            "aiosmtplib": lambda: hand_over(letters, postfix.port, []),
        }
        taken = in_turn({name: _all_queued(work, postfix, count) for name, work in works.items()}, turns=ground.plan.turns)
    what, connections = "round into a Postfix that queues durably", letters.connections
    source = Figure(what, "letters/s", f"smtp-source -d, {connections} sessions", pairs(taken["ours"], taken["smtp-source"]))
    sent = pairs([own.sent for own in rounds_sent], taken["smtp-source"])
    return [
        replace(source, target=BESIDE_SMTP_SOURCE, note=f"{count} letters of {letters.kilobytes:.1f} kB, held back once they are queued"),
        replace(source, what="  of it: handed over and recorded", pairs=sent),
        replace(source, reference=aiosmtplib_over(connections), pairs=pairs(taken["ours"], taken["aiosmtplib"])),
    ]


def _all_queued(work: Callable[[], float], postfix: Postfix, count: int) -> Callable[[], float]:
    """Into a queue that is empty; nothing counts unless all of it lies there afterwards."""

    def into_an_empty_queue() -> float:
        postfix.forget()
        rate = work()
        expect("letters in Postfix's queue", postfix.queued(), count)
        return rate

    return into_an_empty_queue
