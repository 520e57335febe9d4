"""Own words of HTML: what a reader sees and the sender wrote; and where text and HTML differ, a person is asked."""

from __future__ import annotations

import pytest

from bot.core.words import own_words
from tests.core.mails import mail, multipart

CLAIM = "CLAIM JAR-2026-014"
OTHER = "CLAIM JAR-2026-099"

QUOTATIONS = {
    "M-16 blockquote": f'<div>{CLAIM}</div><blockquote type="cite">…{OTHER}…<br>{OTHER}</blockquote>',
    "gmail": f'<div dir="ltr">{CLAIM}</div><br><div class="gmail_quote gmail_quote_container">'
    f'<div class="gmail_attr">On Mon, X wrote:<br></div>'
    f'<blockquote class="gmail_quote"><div>{OTHER}</div></blockquote></div>',
    "gmail forward": f'<div>{CLAIM}</div><div class="gmail_quote">'
    f'<div class="gmail_attr">---------- Forwarded message ---------<br>From: X</div><br>{OTHER}</div>',
    "outlook web": f'<div>{CLAIM}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> X<br></div><div>{OTHER}</div>',
    "outlook desktop": f"<p class=MsoNormal>{CLAIM}</p><div>"
    f"<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
    f"<p><b>From:</b> X</p></div></div><p>{OTHER}</p>",
    "outlook without marks": f"<p>{CLAIM}</p><p><b>差出人:</b> 事務局<br><b>送信日時:</b> 2026年11月2日 9:00<br>"
    f"<b>宛先:</b> 山田<br><b>件名:</b> 案件</p><p>{OTHER}</p>",
    "outlook mobile": f'<div>{CLAIM}</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div>'
    f'<div id="mail-editor-reference-message-container">{OTHER}</div>',
    "yahoo": f'<div>{CLAIM}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday X wrote:</div><div>{OTHER}</div></div>',
    "thunderbird": f'<p>{CLAIM}</p><div class="moz-cite-prefix">On 02/11/2026, X wrote:<br></div><blockquote type="cite">'
    f"<p>{OTHER}</p></blockquote>",
    "apple": f"<div>{CLAIM}<div><br></div><div>On Nov 2, 2026, at 9:00, X &lt;x@example.org&gt; wrote:</div>"
    f'<blockquote type="cite"><div>{OTHER}</div></blockquote></div>',
    "hotmail": f'<div>{CLAIM}</div><hr id="stopSpelling">From: x@example.org<br>{OTHER}',
    "proton": f'<div>{CLAIM}</div><div class="protonmail_quote">On Monday, X wrote:<br><blockquote>{OTHER}</blockquote></div>',
    "no mark but the attribution": f"<div>{CLAIM}</div><div>2026年11月2日(月) 9:00 事務局 &lt;cases@example.org&gt;:</div>"
    f"<div>{OTHER}</div>",
}


@pytest.mark.parametrize("html", QUOTATIONS.values(), ids=QUOTATIONS)
def test_a_quotation_in_html_never_acts(html: str) -> None:
    found = own_words("", html)
    assert (found.lines, found.doubt) == ((CLAIM,), "")


def test_words_below_a_gmail_quotation_are_the_senders() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">On Mon, X wrote:</div><blockquote>{OTHER}</blockquote><div>{CLAIM}</div></div>'
    )
    assert own_words("", html).lines == (CLAIM,)


HIDDEN = [
    "display:none", "display : none !important", "visibility:hidden", "font-size:0", "font-size: 0px;", "opacity:0", "mso-hide:all",
    "DISPLAY:/**/none", r"d\69splay:none", "opacity:.0", "font:0/0 a", "font-size:.5pt", "font-size:0.01em", "clip:rect(0,0,0,0)", "transform: scale(0)",
    "max-height:0;overflow:hidden", "text-indent:-9999px", "position:absolute;left:-5000px", "color:transparent", "font-size:1px",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDDEN)
def test_hidden_text_is_nobodys_word(style: str) -> None:
    assert own_words("", f'<p>thank you</p><p style="{style}">{OTHER}</p>').lines == ("thank you",)


@pytest.mark.parametrize(
    "style",
    ["opacity:inherit", "font-size:11.0pt", "font-size:1em", "font-size:0.9em", "margin-left:-18.0pt", "color:#222222", "height:100%"],
)
def test_what_programs_usually_write_hides_nothing(style: str) -> None:
    assert own_words("", f'<p style="{style}">{CLAIM}</p>') == own_words(CLAIM, "")


PERHAPS_HIDDEN = {
    "white": f'<p style="color:#ffffff">{OTHER}</p>',
    "white by name": f'<p style="color: white">{OTHER}</p>',
    "nearly white": f'<p style="color:#fdfdfd">{OTHER}</p>',
    "white in numbers": f'<p style="color:rgb(255, 255, 255)">{OTHER}</p>',
    "white in parts": f'<p style="color: hsl(0, 0%, 100%)">{OTHER}</p>',
    "no ink": f'<p style="color:rgba(0,0,0,0)">{OTHER}</p>',
    "black on black": f'<p style="color:#000;background-color:#000">{OTHER}</p>',
    "white font": f'<font color="#FFFFFF">{OTHER}</font>',
    "a class": f"<style>.x {{ display: none }}</style><p class='a x'>{OTHER}</p>",
    "a class inside a media rule": f"<style>@media screen {{ .x, .y {{ display: none !important }} }}</style><p class=y>{OTHER}</p>",
    "a class in a comment for old programs": f"<style><!--\n.x{{font-size:0}}\n--></style><p class=x>{OTHER}</p>",
    "a class in another's child": f"<style>div.a > span.x{{visibility:hidden}}</style><span class=x>{OTHER}</span>",
    "an escaped class": f"<style>.\\78 {{display:n\\6fne}}</style><p class=x>{OTHER}</p>",
    "an id": f"<style>p#one{{opacity:0}}</style><p id=one>{OTHER}</p>",
    "an element": f"<style>b{{color:#fff}}</style><p><b>{OTHER}</b></p>",
    "an attribute": f"<style>[data-x]{{display:none}}</style><p data-x=1>{OTHER}</p>",
    "a sheet in the body": f"<p class=x>{OTHER}</p><style>.x{{display:none}}</style>",
    "only a digit": "<style>.x{display:none}</style><p>CLAIM JAR-2026-09<span class=x>9</span></p>",
    "struck out": f"<p><s>{OTHER}</s></p>",
    "struck out by style": f'<p style="text-decoration: line-through">{OTHER}</p>',
    "mirrored": f"<bdo dir=rtl>{OTHER}</bdo>",
    "a style too long to be read": f'<p style="{"color:red;" * 900}">{OTHER}</p>',
}


@pytest.mark.parametrize("html", PERHAPS_HIDDEN.values(), ids=PERHAPS_HIDDEN)
def test_a_command_that_its_reader_may_not_have_seen_is_asked_about(html: str) -> None:
    """Dropped, it might be a claim from a program with a dark screen that is lost; believed, it might be nobody's."""
    assert own_words("", f"<p>thank you</p>{html}").doubt
    assert own_words(f"thank you\n\n{OTHER}", f"<p>thank you</p>{html}").doubt


@pytest.mark.parametrize("html", PERHAPS_HIDDEN.values(), ids=PERHAPS_HIDDEN)
def test_other_words_that_may_be_hidden_raise_no_doubt(html: str) -> None:
    other = html.replace(OTHER, "thank you").replace("CLAIM JAR-2026-09", "thanks")
    assert own_words("", f"<p>{CLAIM}</p>{other}").doubt == ""


def test_rules_for_a_dark_screen_and_usual_sheets_hide_nothing() -> None:
    sheet = (
        "<style>p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt} a:link {color:#0563C1} .shape {behavior:url(#default#VML);}"
        "@media (prefers-color-scheme: dark) { p { color: #ffffff } } [data-ogsc] p { color: white }</style>"
    )
    assert own_words("", f"{sheet}<p class=MsoNormal>{CLAIM}</p>") == own_words(CLAIM, "")


def test_a_page_beside_a_text_adds_only_what_was_surely_seen() -> None:
    part = f"Content-Type: text/html\n\n<style>.x{{display:none}}</style><p>thanks</p><p class=x>{OTHER}</p>"
    kind, body = multipart("mixed", f"Content-Type: text/plain\n\n{CLAIM}", part)
    found = mail(kind, body=body)
    assert [line for line in own_words(found.text, found.html).lines if line] == [CLAIM, "thanks"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    assert own_words("", f'<div style="background-color:#000"><p style="color:#ffffff">{CLAIM}</p></div>').lines == (CLAIM,)


@pytest.mark.parametrize("tag", ["script", "style", "title", "template", "noscript", "textarea", "svg"])
def test_what_a_browser_does_not_show_is_nobodys_word(tag: str) -> None:
    assert own_words("", f"<p>thank you</p><{tag}>{OTHER}</{tag}>").lines == ("thank you",)


@pytest.mark.parametrize(
    "html", ["<div>CLAIM</div><div>JAR</div>", "CLAIM<br>JAR", "<p>CLAIM<p>JAR", "<ul><li>CLAIM<li>JAR</ul>", "<pre>CLAIM\nJAR</pre>"]
)
def test_blocks_and_breaks_make_lines(html: str) -> None:
    assert [line for line in own_words("", html).lines if line] == ["CLAIM", "JAR"]


def test_inline_markup_makes_no_lines() -> None:
    assert own_words("", "<p>CL<b>AIM</b>&nbsp;<span>JAR-2026</span>-014\n</p>").lines == (CLAIM,)


def test_text_and_html_that_say_the_same_are_not_doubtful() -> None:
    text = f"*{CLAIM}*\n\nA long sentence that the text part wraps after so many\ncharacters.\n\nTaro"
    html = f"<p><b>{CLAIM}</b></p><p>A long sentence that the text part wraps after so many characters.</p><p>Taro</p>"
    assert own_words(text, html).doubt == ""


def test_a_command_in_bold_is_one_although_the_text_marks_it_with_stars() -> None:
    found = own_words(f"*{CLAIM}*\n\nTaro", f"<p><b>{CLAIM}</b></p><p>Taro</p>", command_like=lambda line: line in (CLAIM, OTHER))
    assert (found.lines, found.doubt) == ((CLAIM, "", "Taro"), "")


def test_a_sentence_that_the_text_breaks_before_a_command_does_not_act() -> None:
    """The page says it in one line, and in the text alone it would be a command."""
    found = own_words(
        f"I am sorry to say that I will not\n{CLAIM}", f"<p>I am sorry to say that I will not {CLAIM}</p>", command_like=CLAIM.__eq__
    )
    assert found.doubt


@pytest.mark.parametrize(("text", "html"), [(CLAIM, OTHER), (CLAIM, "thank you"), ("thank you", CLAIM), (f"{CLAIM}\n{OTHER}", CLAIM)])
def test_text_and_html_that_differ_in_a_command_are_doubtful(text: str, html: str) -> None:
    assert own_words(text, f"<p>{html}</p>").doubt


def test_an_html_part_without_words_does_not_contradict_the_text() -> None:
    assert own_words(CLAIM, "<html><body><br><img src=x></body></html>").doubt == ""


def test_tangled_html_is_set_before_a_person() -> None:
    assert own_words(CLAIM, "<div>" * 5000 + CLAIM).doubt
