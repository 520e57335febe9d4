"""Own words of HTML: what a reader sees and the sender wrote; and where text and HTML differ, a person is asked."""

from __future__ import annotations

import pytest

from bot.core.words import own_words

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
    "display:none", "display : none !important", "visibility:hidden", "font-size:0", "font-size: 0px;", "opacity:0", "color:#ffffff",
    "color: white", "mso-hide:all",
    "max-height:0;overflow:hidden", "text-indent:-9999px", "position:absolute;left:-5000px", "color:transparent", "font-size:1px",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDDEN)
def test_hidden_text_is_nobodys_word(style: str) -> None:
    assert own_words("", f'<p>thank you</p><p style="{style}">{OTHER}</p>').lines == ("thank you",)


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


@pytest.mark.parametrize(("text", "html"), [(CLAIM, OTHER), (CLAIM, "thank you"), ("thank you", CLAIM), (f"{CLAIM}\n{OTHER}", CLAIM)])
def test_text_and_html_that_differ_in_a_command_are_doubtful(text: str, html: str) -> None:
    assert own_words(text, f"<p>{html}</p>").doubt


def test_an_html_part_without_words_does_not_contradict_the_text() -> None:
    assert own_words(CLAIM, "<html><body><br><img src=x></body></html>").doubt == ""


def test_tangled_html_is_set_before_a_person() -> None:
    assert own_words(CLAIM, "<div>" * 5000 + CLAIM).doubt
