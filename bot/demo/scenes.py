"""The chapters of the story: who writes what, what the bot does, and what each receives.

Given a stage and a narrator, plays the chapters in their order. A letter that does not come ends the story (`Broken`); whether what came was
right is asked in `reckoning`, of the listings and the mailboxes, after the last chapter.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.demo import example, mail_programs
from bot.demo.cast import DESK, ORGANISATION, STAFF, Person
from bot.demo.example import SETTLE_SECONDS, ZONE
from bot.demo.letter import Letter, excerpt
from bot.demo.narration import Narrator
from bot.demo.post_office import HOST
from bot.demo.stage import CONFIG, Stage

_SLOW_CLOCK: Final = timedelta(minutes=4)
_THIRD_AFTER_SECONDS: Final = 1.1


@dataclass(frozen=True, slots=True)
class Play:
    """What every chapter has at hand."""

    stage: Stage
    tell: Narrator
    interview: str
    """The case that three lawyers want."""
    rescue: str
    """The case that the staff bring in an emergency."""

    def written(self, how: str, raw: bytes, shown: str) -> bytes:
        """Tells of a mail that somebody wrote, before it is sent."""
        self.tell.written(how, Letter(raw, datetime.now(UTC)), shown)
        return raw


def raise_curtain(stage: Stage, tell: Narrator) -> Play:
    """The desk is set up and goes to work."""
    tell.title("firstreply: a round, a race and an emergency", f"{ORGANISATION}. Every person and every case is invented.")
    tell.say(
        f"A post office has opened on this machine: IMAP on {HOST}:{stage.post.imap_port}, SMTP on {HOST}:{stage.post.smtp_port}. "
        f"The desk reads {DESK.address} there. {STAFF.name} of the staff brings in the lawyers and this month's cases, and starts the bot."
    )
    (stage.folder / "roster.csv").write_bytes(example.roster())
    (stage.folder / "cases.csv").write_bytes(example.cases(today=datetime.now(ZONE).date()))
    stage.hire(example.cast())
    tell.gap()
    for words in (("roster", "import", "roster.csv"), ("case", "import", "cases.csv")):
        with tell.waiting("…"):
            printed = stage.command(*words)
        tell.typed(f"firstreply {' '.join(words)}", printed)
    with tell.waiting("…"):
        stage.start_daemon()
    tell.typed("firstreply run &", f"(reads {CONFIG}; waits for mail in IMAP IDLE)")
    numbered = f"JAR-{datetime.now(ZONE).year}-"
    return Play(stage, tell, interview=f"{numbered}002", rescue=f"{numbered}009")


def the_round(play: Play) -> None:
    """Every lawyer gets the month's cases in their own language."""
    play.tell.chapter("1  The round")
    play.tell.say("Once a month the open cases go to every lawyer on the roster, one letter each, in the reader's language.")
    play.tell.gap()
    with play.tell.waiting("ten letters are on their way …"):
        play.tell.typed("firstreply round send", play.stage.command("round", "send"))
    case = play.interview
    english, japanese = (play.stage.next_letter(person) for person in (play.stage.cast.second, play.stage.cast.first))
    play.tell.received(_reader(play.stage.cast.second), english, excerpt(english.text, ("Dear", "If one of them"), (f"* {case}", f"%20{case}")))
    play.tell.received(
        _reader(play.stage.cast.first), japanese, excerpt(japanese.text, ("様", "いつも"), (f"■ {case}", case), (f"%20{case}", f"%20{case}"))
    )
    play.tell.say("Names and other facts about a client stand in neither. They go to one lawyer only, later.")
    _answer_by_machine(play)
    _race(play, english, japanese)


def _answer_by_machine(play: Play) -> None:
    absent = play.stage.cast.absent
    letter = play.stage.next_letter(absent)
    play.tell.chapter("2  Somebody is on holiday")
    play.tell.say(f"{absent.name}'s office answers at once, by machine, and sends the whole round back with every command in it.")
    own = "ただいま休暇をいただいております。来週月曜日より順次ご返信いたします。"
    raw = mail_programs.vacation_responder(absent, own, answering=letter)
    play.stage.sends(
        absent,
        play.written(f"{absent.name}, out of office (Auto-Submitted: auto-replied)", raw, f"{own}\n\n-----元のメッセージ-----\n[… 「受任 {play.interview}」 and all the rest …]"),
        is_notice=True,
    )
    play.tell.say("A machine's mail is noted and never acted on, and never answered: two machines could answer each other for ever.")


def _race(play: Play, english: Letter, japanese: Letter) -> None:
    """Two answers within one second, a third a second later; the earlier arrival gets the case."""
    cast, case = play.stage.cast, play.interview
    play.tell.chapter("3  Three lawyers want one case")
    play.tell.say(
        f"{cast.first.name} taps the link on her phone. {cast.second.name} answers from Outlook within the same second; her computer's clock is "
        f"four minutes slow, so her mail claims to be the older one. {cast.third.name} follows, in full-width letters, from a webmail that "
        "still writes ISO-2022-JP."
    )
    third_round = play.stage.next_letter(cast.third)
    tapped = japanese.link(case)
    own = f"CLAIM {case}\n\nGlad to go along; I am free the whole week.\n\nKind regards,\nEmma Clarke"
    wide = f"受任　{_full_width(case)}\n\nお世話になっております。北浜パートナーズの森です。\n当日は終日対応可能です。"
    mails = [
        (cast.first, mail_programs.iphone_link(cast.first, tapped), "iPhoneから送信"),
        (cast.second, mail_programs.outlook(cast.second, own, answering=english, slow_clock=_SLOW_CLOCK), f"{own}\n\n[… her mail program quotes the whole round …]"),
        (cast.third, mail_programs.japanese_webmail(cast.third, wide, answering=third_round), f"{wide}\n\n[… > the round, quoted …]"),
    ]
    for (person, raw, shown), how in zip(mails, ("on her iPhone", "in Outlook", "in a webmail"), strict=True):
        play.written(f"{person.name} writes, {how}", raw, shown)
    _send_within_a_second(play, [(person, raw) for person, raw, _ in mails])
    play.tell.say(
        f"All three are on record before anything is decided. The bot waits {SETTLE_SECONDS} seconds (two minutes in life), in case an earlier mail "
        "is still to surface, and then goes by the order in which the mailbox took them in. The Date that a sender writes counts for nothing."
    )
    with play.tell.waiting("the settlement window is open …"):
        won, second, third = (play.stage.next_letter(person) for person in (cast.first, cast.second, cast.third))
    play.tell.received(_reader(cast.first), won, excerpt(won.text, (f"{case}", "様"), ("ありがとう", "ありがとう"), ("M.S.", "M.S.")))
    play.tell.received(_reader(cast.second), second, excerpt(second.text, ("Thank you", "A case goes")))
    play.tell.say(f"{cast.third.name} hears the same in Japanese: “{third.subject}”. Neither is told who was faster.")
    _release(play, won)


def _release(play: Play, confirmation: Letter) -> None:
    cast, case = play.stage.cast, play.interview
    play.tell.chapter("4  A change of plans")
    play.tell.say(f"A hearing of {cast.first.name}'s own is moved to the same day. She hands the case back: one line is enough.")
    own = f"辞退 {case}\n\n申し訳ありません。同日に別件の期日が入りました。"
    raw = mail_programs.iphone_answer(cast.first, own, answering=confirmation)
    play.stage.sends(cast.first, play.written(f"{cast.first.name} writes, on her iPhone", raw, f"{own}\n\niPhoneから送信\n[… > the letter, quoted …]"))
    with play.tell.waiting("the next in line …"):
        released, promoted = play.stage.next_letter(cast.first), play.stage.next_letter(cast.second)
        notice = play.stage.next_letter(STAFF, about="Placed")
        notice = play.stage.next_letter(STAFF, about="Placed")
    play.tell.say(f"She has her receipt (“{released.subject}”), and the next in line moves up in the same moment:")
    play.tell.received(_reader(cast.second), promoted, excerpt(promoted.text, ("A place on", "A place on"), ("For you alone", "M.S."), ("Your contact", "Your contact")))
    play.tell.say(f"{STAFF.name} hears of each placement: “{notice.subject}”.")


def the_emergency(play: Play) -> None:
    """A case that cannot wait for the next round."""
    cast = play.stage.cast
    play.tell.chapter("5  An emergency")
    play.tell.say(f"Then {STAFF.name} learns of a removal flight. She writes a mail; the form is a few lines of “Field: value”.")
    raw = mail_programs.thunderbird(STAFF, _emergency_form(), subject="EMERGENCY")
    play.stage.sends(STAFF, play.written(f"{STAFF.name} writes, in Thunderbird", raw, _emergency_form()))
    with play.tell.waiting("the preview …"):
        preview = play.stage.next_letter(STAFF, about="SEND")
    play.tell.say("Nothing has gone out yet. She is shown the bulletin as it will be read, and what stays behind:")
    play.tell.received(STAFF.name, preview, excerpt(preview.text, ("Nothing has been sent", f"* {play.rescue}"), ("Goes only to", "D.K."), ("To send it", "To send it")))
    play.stage.sends(STAFF, play.written(f"{STAFF.name} answers", mail_programs.thunderbird(STAFF, "SEND", answering=preview), "SEND"))
    rescuer = cast.rescuer
    with play.tell.waiting("ten bulletins …"):
        bulletin = play.stage.next_letter(rescuer, about=play.rescue)
        japanese = play.stage.next_letter(cast.first, about=play.rescue)
    play.tell.received(_reader(rescuer), bulletin, excerpt(bulletin.text, ("Dear", f"%20{play.rescue}")))
    play.tell.say(f"Ten lawyers have it within seconds, six of them in Japanese: “{japanese.subject}”.")
    _rescue(play, bulletin)


def _rescue(play: Play, bulletin: Letter) -> None:
    rescuer = play.stage.cast.rescuer
    own = f"CLAIM {play.rescue}\n\nOn it. I can file tonight."
    raw = mail_programs.gmail(rescuer, own, answering=bulletin)
    play.stage.sends(rescuer, play.written(f"{rescuer.name} writes, in Gmail", raw, f"{own}\n\n[… > the bulletin, quoted …]"))
    with play.tell.waiting("the settlement window is open …"):
        confirmation = play.stage.next_letter(rescuer)
        notice = play.stage.next_letter(STAFF, about=play.rescue)
        notice = play.stage.next_letter(STAFF, about="Placed") if "Placed" not in notice.subject else notice
    play.tell.received(_reader(rescuer), confirmation, excerpt(confirmation.text, ("Thank you", "Thank you"), ("For you alone", "D.K.")))
    play.tell.say(f"The last letter goes to {STAFF.name}: “{notice.subject}”.")


CHAPTERS: Final[tuple[Callable[[Play], None], ...]] = (the_round, the_emergency)


def _send_within_a_second(play: Play, mails: list[tuple[Person, bytes]]) -> None:
    """The first two on open lines at the beginning of a second, so that both arrive in it; the last one later."""
    lines = [(person, raw, play.stage.line(person)) for person, raw in mails]
    time.sleep(1 - time.time() % 1)
    for number, (person, raw, line) in enumerate(lines):
        if number == len(lines) - 1:
            time.sleep(_THIRD_AFTER_SECONDS)
        with line:
            line.sendmail(person.address, [DESK.address], raw)


def _emergency_form() -> str:
    flight = datetime.now(ZONE) + timedelta(days=2)
    tomorrow = (flight - timedelta(days=1)).date().isoformat()
    return (
        "Title: 送還の執行停止の申立て / Motion to stay a removal\n"
        "Kind: 訴訟 / Litigation\n"
        "Summary: 送還便が明後日に予定されています。明日中の申立てが必要です。\n"
        "A removal flight is booked for the day after tomorrow; the motion\n"
        "must be filed tomorrow.\n"
        "Details: 依頼者は架空の人物「D.K.」。委任状は署名済みです。\n"
        "The client is the fictional \"D.K.\"; the power of attorney is signed.\n"
        "Language: English\n"
        "Place: 東京 / Tokyo\n"
        f"Deadline: {tomorrow} 17:00\n"
        "Contact: Hanako Sato, 03-0000-0009"
    )


def _reader(person: Person) -> str:
    return f"{person.name}, {person.firm}" if person.firm else person.name


def _full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)
