"""The board lets in staff alone, by a link that is mailed to them; a word given there goes the way of every mail, and a forged one no way at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.story.board import ITO, MORI, Board, asked, opened, serving
from tests.story.conversation import SATO, SUZUKI


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with opened(tmp_path_factory.mktemp("board")) as one:
        yield one


def test_a_link_goes_to_staff_alone_and_the_page_does_not_tell_who_that_is(board: Board) -> None:
    def said_to(address: str) -> str:
        return asked(board.port, "POST", "/enter", body={"address": address})[1]

    letters = len(board.world.letters_to(ITO))
    board.signed_in(SUZUKI)
    assert said_to(ITO) == said_to("stranger@elsewhere.example") == said_to(SUZUKI)
    assert len(board.world.letters_to(ITO)) == letters


def test_a_link_is_good_once_and_looking_at_it_does_not_use_it_up(board: Board) -> None:
    with serving(board.world) as port:
        fresh = Board(board.world, port, board.browser, board.case, board.other)
        path = fresh.link_for(SUZUKI).removeprefix(fresh.url(""))
        assert [asked(port, "GET", path)[0] for _ in range(2)] == [200, 200]
        assert asked(port, "POST", path) == (303, "/")
        assert (asked(port, "POST", path)[0], asked(port, "GET", path)[0]) == (410, 410)


def test_holding_the_round_is_a_mail_of_whoever_holds_it_and_what_waits_then_is_what_status_tells(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url("/round"))
    page.fill("#hold-why", "a client is in danger")
    page.get_by_role("button", name="Hold the round").click()
    assert "in the mailbox" in page.get_by_role("status").inner_text()
    board.world.runs_once()
    page.goto(board.url("/round"))
    assert f"Held back by {SUZUKI}" in page.content() and "a client is in danger" in page.content()
    answers = [letter.text for letter in board.world.letters_to(SUZUKI)]
    assert any("is held back" in answer for answer in answers)
    for person, waits, held in (
        (SUZUKI, "Send the bulletin?", "is held back by"),
        (SATO, "確認のメールへのお返事待ち", "保留中"),
    ):
        page = board.signed_in(person)
        page.goto(board.url("/waiting"))
        shown = page.locator("main").inner_text()
        assert waits in shown and held in shown and shown.count("JAR-2026-003") == 1


def test_giving_a_case_out_of_turn_goes_the_way_of_every_assign(board: Board) -> None:
    page = board.signed_in(SATO)
    page.goto(board.url(f"/case/{board.other}"))
    page.select_option("#member", ITO)
    page.fill("#assign-why", "本人の希望")
    page.get_by_role("button", name="担当にする").click()
    board.world.runs_once()
    assert board.world.standing(board.other) == {ITO: "held"}
    page.goto(board.url(f"/case/{board.other}"))
    assert "本人の希望" in page.content()


def test_a_bulletin_is_sent_by_the_answer_to_its_preview(board: Board) -> None:
    page = board.signed_in(SUZUKI)
    page.goto(board.url("/waiting"))
    page.locator("form", has_text="Send the bulletin?").get_by_role("button", name="Send", exact=True).click()
    board.world.runs_once()
    assert [letter.subject for letter in board.world.letters_to(MORI) if "Detention hearing" in letter.subject] != []


@pytest.mark.parametrize(
    "form",
    [
        {"do": "hold"},
        {"do": "hold", "token": "guessed"},
        {"do": "assign", "case": "JAR-2026-001", "member": f"{ITO}\nROUND SEND", "token": "*"},
        {"do": "send", "letter": "<somebody.elses@letter.example>", "token": "*"},
        {"do": "yes; drop", "token": "*"},
    ],
    ids=["no token", "wrong token", "two lines", "another's letter", "no such word"],
)
def test_a_forged_form_puts_no_word_into_the_mailbox(board: Board, form: dict[str, str]) -> None:
    token = board.form_token(SUZUKI)
    cookie = next(one for one in board.signed_in(SUZUKI).context.cookies() if one["name"] == "firstreply_board")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    before = len(board.world.dispositions())
    sent = {**form, **({"token": token} if form.get("token") == "*" else {})}
    status, place = asked(board.port, "POST", "/word", body=sent, Cookie=f"firstreply_board={cookie['value']}")
    assert status == 303 and (place == "/enter" or place.endswith("said=unclear"))
    board.world.runs_once()
    assert len(board.world.dispositions()) == before


def test_a_page_of_elsewhere_that_gives_itself_our_address_gets_nothing(board: Board) -> None:
    assert asked(board.port, "GET", "/enter", Host="evil.example")[0] == 400


def test_signing_out_ends_it(board: Board) -> None:
    with serving(board.world) as port:
        fresh = Board(board.world, port, board.browser, board.case, board.other)
        page = fresh.signed_in(SATO)
        page.get_by_role("button", name="サインアウト").click()
        page.goto(fresh.url("/log"))
        assert page.url == fresh.url("/enter")
