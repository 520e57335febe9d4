"""A lawyer asks, a person answers, and the two write to each other as if there were no program in between; staff read a round first."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.story.conversation import BOT, SATO, SUZUKI, TOKYO, World
from tests.story.people import reply_address

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
CANARIES = ("QZX CANARY NAME", "+81-90-0000-4242", "験証 漏子")


def test_a_lawyer_and_staff_write_to_each_other_and_nothing_confidential_gets_out(world: World) -> None:
    world.member(ITO, name="Ito Akiko", firm="Ito & Partners")
    world.member(MORI, name="森 健", language="ja")
    case = world.case("Detention hearing", details=f"The client is {CANARIES[0]}, {CANARIES[1]}.", conflict_check=CANARIES[2])
    world.sends_the_round()
    world.writes(
        ITO, f"CLAIM {case}\n\nI can only meet in January, is that fine?\n\nBest regards,\nIto", answering=world.last_letter_to(ITO)
    )
    world.runs_once()
    question = next(letter for letter in world.letters_to(SUZUKI) if "Ito Akiko writes" in letter.subject)
    assert "only meet in January" in question.text and case in question.text and reply_address(question) == BOT
    assert "A person reads the rest" in world.last_letter_to(ITO).text

    world.writes(SUZUKI, f"Dear Ms Ito,\n\nJanuary is fine for {CANARIES[0]}.\n\nSuzuki", answering=question)
    world.runs_once()
    asked = world.last_letter_to(SUZUKI)
    assert "not sent to Ito Akiko yet" in asked.subject
    world.writes(SUZUKI, "Dear Ms Ito,\n\nJanuary is fine.\n\nSuzuki", answering=asked)
    world.runs_once()
    words = world.last_letter_to(ITO)
    assert "January is fine." in words.text and "Suzuki Taro, Example Refugee Association" in str(words.headers["From"])

    world.writes(ITO, "Thank you. Where do we meet?", answering=words)
    world.runs_once()
    assert all("Where do we meet?" in world.last_letter_to(person).text for person in (SUZUKI, SATO))
    assert "Your mail is with Suzuki Taro" in world.last_letter_to(ITO).subject
    assert "unanswered" in world.cli("status", "--json") and world.cli("status", "--json")["unanswered"] == 1
    world.writes(SUZUKI, "At the main gate.", answering=world.last_letter_to(SUZUKI))
    world.runs_once()
    gate = world.last_letter_to(ITO)
    world.writes(ITO, "At nine, then. Is there parking?", answering=gate)
    world.writes(ITO, "Many thanks!", answering=gate)
    world.runs_once()
    assert "At the main gate." in world.last_letter_to(ITO).text, "no word of the desk in between"
    assert "Many thanks!" in world.last_letter_to(SUZUKI).text and "Is there parking?" in world.last_letter_to(SATO).text
    for letter in world.sink.letters:
        if letter.rcpt[0] not in (SUZUKI, SATO):
            shown = letter.raw.decode() + "".join(part.get_content() for part in letter.message.walk() if not part.is_multipart())
            leaked = [canary for canary in CANARIES if canary in shown]
            assert leaked == ([CANARIES[2]] if letter.rcpt[0] == ITO and "CLEAR" in shown else []), "only its holder checks the names"


def test_a_lawyer_and_staff_write_to_each_other_in_japanese(world: World) -> None:
    world.member(MORI, name="森 健", language="ja", firm="森法律事務所")
    case = world.case("面会の付き添い", "入管での面会に1回同行していただきます。")
    world.writes(MORI, f"お世話になっております。\n受任 {case}\n\n1月以降でもよろしいでしょうか。\n\nよろしくお願いいたします。\n森")
    world.runs_once()
    question = next(letter for letter in world.letters_to(SATO) if "森 健さんからのメール" in letter.subject)
    assert "1月以降でもよろしいでしょうか。" in question.text and "面会の付き添い" in question.text
    assert "職員からお返事いたします" in world.last_letter_to(MORI).text.replace("\n", "")
    world.writes(SATO, "森先生\n\n1月以降で結構です。\n\n佐藤", answering=question)
    world.runs_once()
    words = world.last_letter_to(MORI)
    assert "1月以降で結構です。" in words.text and "Sato Hanako, Example Refugee Association" in str(words.headers["From"])
    assert "森 健さんに送りました" in world.last_letter_to(SATO).text
    assert "1月以降で結構です。" in world.last_letter_to(SUZUKI).text
    world.writes(MORI, "承知いたしました。ありがとうございます。", answering=words)
    world.writes(MORI, "当日は通訳の方もお越しになりますか。", answering=words)
    world.runs_once()
    told = world.last_letter_to(MORI)
    assert "Sato Hanako" in told.subject and "通訳の方もお越しになりますか" in world.last_letter_to(SUZUKI).text
    world.writes(SATO, "はい、10時に参ります。", answering=world.last_letter_to(SATO))
    world.runs_once()
    world.writes(MORI, "10時ですね。伺います。", answering=world.last_letter_to(MORI))
    world.runs_once()
    assert "はい、10時に参ります。" in world.last_letter_to(MORI).text and "伺います" in world.last_letter_to(SATO).text


def test_staff_hold_a_round_from_its_preview_and_let_it_go(world: World) -> None:
    world.member(ITO, name="Ito Akiko")
    world.member(MORI, name="森 健", language="ja")
    world.case("Country research")
    ahead = datetime.now(TOKYO) + timedelta(hours=3)
    world.configure("schedule", f'schedule = "{ahead.minute} {ahead.hour} {ahead.day} * *"\nbusiness_days_only = false')
    world.configure("preview_hours", "preview_hours = 24")
    world.runs_once()
    theirs, ours = world.last_letter_to(SATO), world.last_letter_to(SUZUKI)
    assert all("> ■ JAR-" in letter.text and "> * JAR-" in letter.text for letter in (theirs, ours))
    world.writes(SATO, "保留", answering=theirs)
    world.runs_once()
    world.writes(SUZUKI, "HOLD", answering=ours)
    world.runs_once()
    assert SATO in world.last_letter_to(SUZUKI).text and not world.letters_to(ITO)
    world.writes(SUZUKI, "SEND", answering=ours)
    world.runs_once()
    assert "Country research" in world.last_letter_to(ITO).text and "案件" in world.last_letter_to(MORI).subject


def test_the_command_line_shows_the_round_in_every_language_and_what_to_look_at(world: World) -> None:
    world.member(ITO, name="Ito Akiko")
    deadline = datetime.now(TOKYO) + timedelta(days=3)
    case = world.case("Appeal", "Mr Farrokhzad needs help.", conflict_check="Farrokhzad", deadline=f"{deadline:%Y-%m-%d}")
    shown = world.cli("round", "preview")
    assert "To 0 members in ja" in shown and "To 1 member in en" in shown and "Farrokhzad" in shown.partition("Please look at")[2]
    document = world.cli("round", "preview", "--language", "en", "--json")
    assert [letter["language"] for letter in document["letters"]] == ["en"] and document["cases"] == [case] and document["findings"]
