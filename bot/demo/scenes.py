"""The chapters of the story: who writes what, what the bot does, and what each receives.

Given a stage and a narrator, plays the chapters in their order. A letter that does not come ends the story (`Broken`); whether what came was
right is asked in `reckoning`, of the listings and the mailboxes, after the last chapter.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.demo import example, mail_programs
from bot.demo.cast import DESK, ORGANISATION, STAFF, Person
from bot.demo.example import SETTLE_SECONDS, ZONE
from bot.demo.letter import CUT, Letter, excerpt
from bot.demo.narration import Narrator
from bot.demo.post_office import HOST
from bot.demo.stage import CONFIG, Stage

_SLOW_CLOCK: Final = timedelta(minutes=4)
_THIRD_AFTER_SECONDS: Final = 1.1
_QUOTED: Final = f"{CUT} the letter, quoted"


@dataclass(slots=True)
class Play:
    """What every chapter has at hand."""

    stage: Stage
    tell: Narrator
    interview: str = ""
    """The case that three lawyers want."""
    rescue: str = ""
    """The case that the staff bring in an emergency; "" until they have."""
    in_hand: dict[str, Letter] = field(default_factory=dict)
    """The letter that each person has opened last, by address."""

    def opens(self, person: Person, *, about: str = "") -> Letter:
        letter = self.in_hand[person.address] = self.stage.next_letter(person, about=about)
        return letter

    def shows(self, person: Person, *spans: tuple[str, str]) -> None:
        """The paragraphs of the letter that this person has in hand."""
        letter = self.in_hand[person.address]
        self.tell.received(f"{person.name}, {person.firm}" if person.firm else person.name, letter, excerpt(letter.text, *spans))

    def writes(self, person: Person, raw: bytes, shown: str, *, how: str) -> bytes:
        self.tell.written(f"{person.name} writes, {how}", Letter(raw, datetime.now(UTC)), shown)
        return raw


def raise_curtain(play: Play) -> None:
    """The desk is set up and goes to work."""
    stage, tell = play.stage, play.tell
    tell.title("firstreply: a round, a race and an emergency", f"{ORGANISATION}. Every person and every case is invented.")
    tell.say(
        f"A post office has opened on this machine: IMAP on {HOST}:{stage.post.imap_port}, SMTP on {HOST}:{stage.post.smtp_port}. "
        f"The desk reads {DESK.address} there. {STAFF.name} of the staff brings in the lawyers and this month's cases, and starts the bot."
    )
    (stage.folder / "roster.csv").write_bytes(example.roster())
    (stage.folder / "cases.csv").write_bytes(example.cases(today=datetime.now(ZONE).date()))
    stage.hire(example.cast())
    lines = ("roster import roster.csv", "case import cases.csv")
    tell.gap()
    with tell.waiting("the desk is being set up …"):
        for line, printed in zip(lines, stage.commands(*lines), strict=True):
            tell.typed(f"firstreply {line}", printed)
        stage.start_daemon()
    tell.typed("firstreply run &", f"(reads {CONFIG}; waits for mail in IMAP IDLE)")
    play.interview = f"{example.PREFIX}-{datetime.now(ZONE).year}-002"


def the_round(play: Play) -> None:
    """Every lawyer gets the month's cases in their own language."""
    play.tell.say("Once a month the open cases go to every lawyer on the roster, one letter each, in the reader's language.")
    play.tell.gap()
    with play.tell.waiting("ten letters are on their way …"):
        play.tell.typed("firstreply round send", *play.stage.commands("round send"))
        play.stage.await_daemon()
    cast, case = play.stage.cast, play.interview
    for person in (cast.first, cast.second, cast.third, cast.absent):
        play.opens(person)
    play.shows(cast.second, ("Dear", "If one of them"), (f"* {case}", f"%20{case}"))
    play.shows(cast.first, ("様", "いつも"), (f"■ {case}", case), (f"%20{case}", f"%20{case}"))
    play.tell.say("What could identify the client stands in neither of them. It goes to one lawyer only, later.")


def a_holiday(play: Play) -> None:
    """A machine answers, and must not be heard."""
    absent = play.stage.cast.absent
    play.tell.say(f"{absent.name}'s office answers at once, by machine, and sends the whole round back with every command in it.")
    own = "ただいま休暇をいただいております。来週月曜日より順次ご返信いたします。"
    raw = mail_programs.vacation_responder(absent, own, answering=play.in_hand[absent.address])
    shown = f"{own}\n\n-----元のメッセージ-----\n{CUT} 「受任 {play.interview}」"
    play.stage.sends(absent, play.writes(absent, raw, shown, how="or rather his vacation responder"), is_notice=True)
    play.tell.say("A machine's mail is noted, never acted on and never answered: two machines could go on for ever.")


def the_race(play: Play) -> None:
    """Two answers within one second, a third a second later; the earlier arrival gets the case."""
    cast = play.stage.cast
    play.tell.say(
        f"{cast.first.name} taps the link on her phone. {cast.second.name} answers from Outlook within the same second; her computer's "
        f"clock is four minutes slow, so her mail claims to be the older one. {cast.third.name} follows a second later, in full-width "
        "letters (受任 is CLAIM), from a webmail that still writes ISO-2022-JP."
    )
    _send_within_a_second(play, _three_claims(play))
    play.tell.say(
        f"All three are on record before anything is decided. The bot waits {SETTLE_SECONDS} seconds (two minutes in life), in case an "
        "earlier mail is still to surface. Then the order counts in which the mailbox took them in; the Date that a sender writes does not."
    )
    with play.tell.waiting("the settlement window is open …"):
        for person in (cast.first, cast.second, cast.third):
            play.opens(person)
    play.shows(cast.first, ("様", "様"), ("ありがとう", "ありがとう"), ("M.S.", "M.S."))
    play.shows(cast.second, ("Thank you", "A case goes"))
    play.tell.say(
        f"{cast.third.name} hears the same in Japanese: “{play.in_hand[cast.third.address].subject}”. Nobody is told who was faster."
    )


def a_change_of_plans(play: Play) -> None:
    """A release near the deadline: the next in line is asked, says yes, and has the case."""
    cast = play.stage.cast
    play.tell.say(
        f"A hearing of {cast.first.name}'s own is moved to the same day. She hands the case back; one line is enough (辞退 is RELEASE)."
    )
    own = f"辞退 {play.interview}\n\n申し訳ありません。同日に別件の期日が入りました。\n\niPhoneから送信"
    raw = mail_programs.iphone_answer(cast.first, own, answering=play.in_hand[cast.first.address])
    play.stage.sends(cast.first, play.writes(cast.first, raw, f"{own}\n\n{_QUOTED}", how="on her iPhone"))
    with play.tell.waiting("the next in line …"):
        receipt, _ = play.opens(cast.first), play.opens(cast.second)
        play.opens(STAFF, about="Placed")
    play.tell.say(
        f"She gets a receipt (“{receipt.subject.partition('：')[0]}”) that asks her what is due next. The deadline is near, so the next in "
        "line is asked first, and the place is kept for her until she answers:"
    )
    play.shows(cast.second, ("A place on", "A place on"), ("If you will", "If you will"))
    raw = mail_programs.outlook(cast.second, "Yes.", answering=play.in_hand[cast.second.address])
    play.stage.sends(cast.second, play.writes(cast.second, raw, f"Yes.\n\n{_QUOTED}", how="in Outlook"))
    with play.tell.waiting("the file …"):
        play.opens(cast.second)
        notice = play.opens(STAFF, about="Placed")
    play.shows(cast.second, ("Thank you", "Thank you"), ("For you alone", "M.S."), ("Your contact", "Your contact"))
    play.tell.say(f"{STAFF.name} hears of each placement: “{notice.subject}”.")


def an_emergency(play: Play) -> None:
    """A case that cannot wait for the next round: shown to the staff first, then to everybody."""
    rescuer = play.stage.cast.rescuer
    play.tell.say(f"{STAFF.name} learns of a removal flight. She writes a mail to the desk: a few lines of “Field: value”.")
    form = _emergency_form()
    play.stage.sends(STAFF, play.writes(STAFF, mail_programs.thunderbird(STAFF, form, subject="EMERGENCY"), form, how="in Thunderbird"))
    with play.tell.waiting("the preview …"):
        preview = play.opens(STAFF, about="SEND")
    play.rescue = preview.case_named(example.PREFIX)
    play.tell.say("Nothing has gone out yet. She is shown the bulletin as it will be read, and what will stay behind:")
    play.shows(STAFF, ("Nothing has been sent", f"* {play.rescue}"), ("Goes only to", "D.K."), ("To send it", "To send it"))
    play.stage.sends(STAFF, mail_programs.thunderbird(STAFF, "SEND", answering=preview))
    play.tell.say("She answers with the one word SEND, and ten lawyers have it within seconds.")
    with play.tell.waiting("ten bulletins …"):
        play.opens(rescuer, about=play.rescue)
        japanese = play.opens(play.stage.cast.first, about=play.rescue)
    play.shows(rescuer, ("This case cannot", f"* {play.rescue}"), (f"%20{play.rescue}", f"%20{play.rescue}"))
    play.tell.say(f"In Japanese it is “{japanese.subject}”.")


def a_rescue(play: Play) -> None:
    """The bulletin is claimed."""
    rescuer = play.stage.cast.rescuer
    own = f"CLAIM {play.rescue}\n\nOn it. I can file tonight."
    raw = mail_programs.gmail(rescuer, own, answering=play.in_hand[rescuer.address])
    play.stage.sends(rescuer, play.writes(rescuer, raw, f"{own}\n\n{_QUOTED}", how="in Gmail"))
    with play.tell.waiting("the settlement window is open …"):
        play.opens(rescuer)
        notice = play.opens(STAFF, about=f"Placed: {play.rescue}")
    play.shows(rescuer, ("Thank you", "Thank you"), ("D.K.", "D.K."))
    play.tell.say(f"The last letter goes to {STAFF.name}: “{notice.subject}”.")


CHAPTERS: Final[tuple[tuple[str, Callable[[Play], None]], ...]] = (
    ("The round", the_round),
    ("Somebody is on holiday", a_holiday),
    ("Three lawyers want one case", the_race),
    ("A change of plans", a_change_of_plans),
    ("An emergency", an_emergency),
    ("A rescue", a_rescue),
)


def _three_claims(play: Play) -> list[tuple[Person, bytes]]:
    cast, case = play.stage.cast, play.interview
    tapped = mail_programs.iphone_link(cast.first, play.in_hand[cast.first.address].link(case))
    play.writes(cast.first, tapped, "iPhoneから送信", how="on her iPhone")
    own = f"CLAIM {case}\n\nGlad to go along; I am free the whole week.\n\nKind regards,\nEmma Clarke"
    slow = mail_programs.outlook(cast.second, own, answering=play.in_hand[cast.second.address], slow_clock=_SLOW_CLOCK)
    play.writes(cast.second, slow, f"{own}\n\n{_QUOTED}", how="in Outlook")
    own = f"受任　{_full_width(case)}\n\nお世話になっております。北浜パートナーズの森です。\n当日は終日対応可能です。"
    wide = mail_programs.japanese_webmail(cast.third, own, answering=play.in_hand[cast.third.address])
    play.writes(cast.third, wide, f"{own}\n\n{_QUOTED}", how="in a webmail")
    return [(cast.first, tapped), (cast.second, slow), (cast.third, wide)]


def _send_within_a_second(play: Play, mails: list[tuple[Person, bytes]]) -> None:
    """The first two on open lines at the beginning of a second, so that both arrive in it; the last one later."""
    lines = [(person, raw, play.stage.line(person)) for person, raw in mails]
    time.sleep(1 - time.time() % 1)
    for person, raw, line in lines:
        if person == mails[-1][0]:
            time.sleep(_THIRD_AFTER_SECONDS)
        with line:
            line.sendmail(person.address, [DESK.address], raw)


def _emergency_form() -> str:
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).date().isoformat()
    return (
        "Title: 送還の執行停止の申立て / Motion to stay a removal\n"
        "Kind: 訴訟 / Litigation\n"
        "Summary: 送還便が明後日に予定されています。明日中の申立てが必要です。\n"
        "A removal flight is booked for the day after tomorrow; the motion\n"
        "must be filed tomorrow.\n"
        "Details: 依頼者は架空の人物「D.K.」。委任状は署名済みです。\n"
        'The client is the fictional "D.K."; the power of attorney is signed.\n'
        "Language: English\n"
        "Place: 東京 / Tokyo\n"
        f"Deadline: {tomorrow} 17:00\n"
        "Contact: Hanako Sato, 03-0000-0009"
    )


def _full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)
