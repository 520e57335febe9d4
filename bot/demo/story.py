"""`firstreply demo`: the whole main job on real IMAP and SMTP, played, told, and checked.

Given a folder for what is to be kept, gives an exit code: 0 where everything went as the story says, 1 where anything did not, and that is said
in words. Whatever happens, Ctrl-C included, the daemon and the post office are stopped, and a folder that nobody asked for is removed.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NoReturn

from bot.demo import keepsake, reckoning, scenes, visitors
from bot.demo.keepsake import DESK_FOLDER, Kept
from bot.demo.letter import Letter
from bot.demo.narration import Narrator
from bot.demo.reckoning import Promise
from bot.demo.scenes import Play
from bot.demo.stage import CONFIG, Broken, Stage, opened

INTERRUPTED = 130


def play(*, keep: Path | None, is_interactive: bool) -> int:
    """The story, and with `is_interactive` an open house behind it."""
    with ExitStack() as ground:
        try:
            folder = keepsake.make_room(keep) if keep else Path(ground.enter_context(tempfile.TemporaryDirectory(prefix="firstreply-")))
        except keepsake.Occupied:
            return _refused(f"{keep} holds something else than an earlier story; name an empty or a new folder.")
        except OSError as error:
            return _refused(f"{keep} cannot be used: {error.strerror}.")
        ground.enter_context(_ended_by_signals())
        try:
            return _Performance(folder, is_kept=keep is not None).run(is_interactive=is_interactive)
        except KeyboardInterrupt:
            print("\nStopped. Nothing is left running.", file=sys.stderr)
            return INTERRUPTED


class _Performance:
    """One playing of the story."""

    def __init__(self, folder: Path, *, is_kept: bool) -> None:
        self._folder, self._is_kept = folder, is_kept
        self._tell = Narrator()
        self._begun = monotonic()

    def run(self, *, is_interactive: bool) -> int:
        ports = (visitors.IMAP_PORT, visitors.SMTP_PORT) if is_interactive else (0, 0)
        with opened(self._folder / DESK_FOLDER, imap_port=ports[0], smtp_port=ports[1]) as stage:
            scene = Play(stage, self._tell)
            try:
                broken = self._chapters(scene)
                if is_interactive:
                    self._open_house(scene)
                elif code := stage.stop_daemon():
                    raise Broken(f"the daemon ended with {code} when it was asked to stop")
            except Broken as fault:
                self._break_off(fault, stage)
                return 1
        if is_interactive:
            self._tell.last("Closed. Nothing is left running.")
        else:
            self._farewell(scene)
        return 1 if broken else 0

    def _chapters(self, scene: Play) -> int:
        """All of them, and the reckoning; gives how many promises were broken."""
        scenes.raise_curtain(scene)
        said = Promise("the story could be told to its end", is_kept=True)
        try:
            for number, (name, chapter) in enumerate(scenes.CHAPTERS, start=1):
                self._tell.chapter(f"{number}  {name}")
                chapter(scene)
        except Broken as fault:
            self._break_off(fault, scene.stage)
            said = Promise(said.words, is_kept=False, otherwise=str(fault))
        return self._reckon(scene, said)

    def _reckon(self, scene: Play, said: Promise) -> int:
        self._tell.chapter("Who got what, and why")
        with self._tell.waiting("…"):
            account = reckoning.take_account(scene)
        rows = reckoning.timeline(account)
        kept = [said, *reckoning.promises(account, scene)]
        self._tell.table(reckoning.COLUMNS, rows)
        for promise in kept:
            self._tell.verdict(promise.is_kept, promise.words, promise.otherwise)
        broken = sum(not promise.is_kept for promise in kept)
        seconds = round(monotonic() - self._begun)
        ending = (
            f"The story took {seconds} seconds and went as it was told." if not broken else f"{broken} of {len(kept)} promises were broken."
        )
        self._keep = partial(keepsake.keep, self._folder, rows=rows, promises=kept, ending=ending)
        self._keep_mails(scene)
        self._tell.last(ending)
        return broken

    def _keep_mails(self, scene: Play) -> None:
        if self._is_kept:
            self._keep([Kept(number, owner, Letter(raw, at)) for number, (at, owner, raw) in enumerate(scene.stage.everything(), start=1)])

    def _open_house(self, scene: Play) -> None:
        visitors.welcome(scene, self._tell)
        with suppress(KeyboardInterrupt):
            visitors.wait(scene)
        self._keep_mails(scene)

    def _break_off(self, fault: Broken, stage: Stage) -> None:
        """In words, and with the end of the daemon's log, which may be gone with the folder."""
        self._tell.last(f"Here the story breaks off: {fault}.")
        for line in stage.log.splitlines()[-5:]:
            print(line, file=sys.stderr)

    def _farewell(self, scene: Play) -> None:
        if self._is_kept:
            desk = self._folder / DESK_FOLDER / CONFIG
            self._tell.say(f"Every mail is in {self._folder}: open {self._folder / 'index.html'}. The desk's books are there too:")
            self._tell.command_line(f"firstreply --config {desk} explain {scene.interview}")
            self._tell.last("Next: firstreply demo --interactive, and play a lawyer yourself.")
        else:
            self._tell.last(
                "Next: firstreply demo --keep story, to read every mail; or firstreply demo --interactive, to play a lawyer from your own mail program."
            )


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Ctrl-C ends the story also where the shell had switched it off, and so does being terminated."""
    wanted = [signal.SIGINT, signal.SIGTERM]
    before = [signal.signal(number, _interrupt) for number in wanted]
    try:
        yield
    finally:
        for number, action in zip(wanted, before, strict=True):
            signal.signal(number, action)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
