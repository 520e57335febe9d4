"""What mail programs of many languages and makers put above and around a quotation: tables for tests, as seen in real mail.

`ATTRIBUTIONS`, `HEADERS` and `RULES` are lines of text; `PAGES` gives, for a program that writes HTML, its page of own and quoted lines.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

ATTRIBUTIONS = {
    "gmail en": "On Mon, Nov 2, 2026 at 9:00 AM Pro bono desk <cases@example.org> wrote:",
    "gmail en, broken": "On Mon, Nov 2, 2026 at 9:00 AM Pro bono desk of the Example Association\n<cases@example.org>\nwrote:",
    "apple en": "On Nov 2, 2026, at 9:00, Pro bono desk <cases@example.org> wrote:",
    "thunderbird en": "On 02/11/2026 09:00, Pro bono desk wrote:",
    "becky": "On Mon, 2 Nov 2026 09:00:00 +0900\nPro bono desk <cases@example.org> wrote:",
    "gmail ja": "2026年11月2日(月) 9:00 事務局 <cases@example.org>:",
    "gmail ja, broken": "2026年11月2日(月) 9:00 事務局\n<cases@example.org>:",
    "iphone ja": "2026/11/02 9:00、事務局 <cases@example.org>のメール:",
    "thunderbird ja": "On 2026/11/02 9:00, 事務局 wrote:",
    "thunderbird ja 2": "2026/11/02 9:00、事務局 さんは書きました:",
    "shuriken": "事務局 <cases@example.org> さんは書きました:",
    "full width": "２０２６年１１月２日（月） ９：００ 事務局 ＜cases@example.org＞：",
    "gmail de": "Am Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Pro bono <cases@example.org>:",
    "apple de": "Am 02.11.2026 um 09:00 schrieb Pro bono <cases@example.org>:",
    "gmail fr": "Le lun. 2 nov. 2026 à 09:00, Pro bono <cases@example.org> a écrit :",
    "gmail es": "El lun, 2 nov 2026 a las 9:00, Pro bono (<cases@example.org>) escribió:",
    "gmail it": "Il giorno lun 2 nov 2026 alle ore 09:00 Pro bono <cases@example.org> ha scritto:",
    "gmail pt": "Em seg., 2 de nov. de 2026 às 09:00, Pro bono <cases@example.org> escreveu:",
    "gmail nl": "Op ma 2 nov 2026 om 09:00 schreef Pro bono <cases@example.org>:",
    "gmail sv": "Den mån 2 nov. 2026 kl 09:00 skrev Pro bono <cases@example.org>:",
    "gmail pl": "pon., 2 lis 2026 o 09:00 Pro bono <cases@example.org> napisał(a):",
    "apple pl": "Wiadomość napisana przez Pro bono <cases@example.org> w dniu 02.11.2026, o godz. 09:00:",
    "gmail zh": "Pro bono <cases@example.org> 于2026年11月2日周一 09:00写道：",
    "apple zh": "在 2026年11月2日，09:00，Pro bono <cases@example.org> 写道：",
    "gmail zh-tw": "Pro bono <cases@example.org> 於 2026年11月2日 週一 上午9:00寫道：",
    "gmail ko": "2026년 11월 2일 (월) 오전 9:00, Pro bono <cases@example.org>님이 작성:",
    "apple ko": "2026. 11. 2. 오전 9:00, Pro bono <cases@example.org> 작성:",
    "zoho": "---- On Mon, 02 Nov 2026 09:00:00 +0900 Pro bono <cases@example.org> wrote ----",
    "a language we do not know": "Þann mán. 2. nóv. 2026 kl. 09:00 skrifaði Pro bono <cases@example.org>:",
}

HEADERS = {
    "en": "From: Pro bono <cases@example.org>\nSent: Monday, November 2, 2026 9:00 AM\nTo: Taro <taro@example.com>\nSubject: Cases",
    "en, bold": "*From:* Pro bono <cases@example.org>\n*Sent:* Monday, November 2, 2026 9:00 AM\n*To:* Taro\n*Subject:* Cases",
    "en, in one line": "From: Pro bono <cases@example.org> Sent: Monday, November 2, 2026 9:00 AM To: Taro Subject: Cases",
    "en, blank lines": "From: Pro bono <cases@example.org>\n\nSent: Monday, November 2, 2026 9:00 AM\n\nTo: Taro\n\nSubject: Cases",
    "ja": "差出人: 事務局 <cases@example.org>\n送信日時: 2026年11月2日 9:00\n宛先: 山田 太郎\n件名: 案件一覧",
    "ja, full-width colon": "差出人： 事務局\n送信日時： 2026年11月2日 9:00\n宛先： 山田\n件名： 案件",
    "ja, rule above": "________________________________\n差出人: 事務局\n送信日時: 2026年11月2日 9:00\n宛先: 山田\n件名: 案件",
    "ja, yahoo": "----- Original Message -----\n差出人: 事務局\n日時: 2026/11/2, Mon 09:00\n件名: 案件",
    "de": "Von: Pro bono\nGesendet: Montag, 2. November 2026 09:00\nAn: Taro\nBetreff: Fälle",
    "de, gmx": 'Gesendet: Montag, 02. November 2026 um 09:00 Uhr\nVon: "Pro bono" <cases@example.org>\nAn: taro@example.com\n'
    "Betreff: Fälle",
    "fr": "De : Pro bono\nEnvoyé : lundi 2 novembre 2026 09:00\nÀ : Taro\nObjet : Dossiers",
    "es": "De: Pro bono\nEnviado: lunes, 2 de noviembre de 2026 9:00\nPara: Taro\nAsunto: Casos",
    "it": "Da: Pro bono\nInviato: lunedì 2 novembre 2026 09:00\nA: Taro\nOggetto: Casi",
    "pt": "De: Pro bono\nEnviado: segunda-feira, 2 de novembro de 2026 09:00\nPara: Taro\nAssunto: Casos",
    "nl": "Van: Pro bono\nVerzonden: maandag 2 november 2026 09:00\nAan: Taro\nOnderwerp: Zaken",
    "sv": "Från: Pro bono\nSkickat: den 2 november 2026 09:00\nTill: Taro\nÄmne: Ärenden",
    "pl": "Od: Pro bono\nWysłano: poniedziałek, 2 listopada 2026 09:00\nDo: Taro\nTemat: Sprawy",
    "zh": "发件人: Pro bono\n发送时间: 2026年11月2日 9:00\n收件人: Taro\n主题: 案件",
    "zh-tw": "寄件者: Pro bono\n寄件日期: 2026年11月2日 9:00\n收件者: Taro\n主旨: 案件",
    "ko": "보낸 사람: Pro bono\n보낸 날짜: 2026년 11월 2일 9:00\n받는 사람: Taro\n제목: 사건",
}

RULES = [
    "-----Original Message-----", "-----Ursprüngliche Nachricht-----", "-----Message d'origine-----", "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Mensagem original-----", "-----Oorspronkelijk bericht-----", "-----Ursprungligt meddelande-----",
    "-----Wiadomość oryginalna-----", "-----元のメッセージ-----",
    "-----原始邮件-----", "-----原始郵件-----", "-----원본 메시지-----", "----- 転送メッセージ -----",
    "------------------ 原始邮件 ------------------",
]  # fmt: skip

Page = Callable[[str, Sequence[str]], str]


def _divs(lines: Sequence[str]) -> str:
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in lines)


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p class=MsoNormal><span lang=JA>{html.escape(line) or '&nbsp;'}<o:p></o:p></span></p>" for line in lines)


def _breaks(lines: Sequence[str]) -> str:
    return "<br>\n".join(html.escape(line).replace("  ", "&nbsp; ") for line in lines)


_WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--\np.MsoNormal, li.MsoNormal, div.MsoNormal\n'
    '\t{margin:0mm;font-size:10.5pt;font-family:"游ゴシック";}\nspan.EmailStyle17\n\t{color:windowtext;}\n--></style></head>'
)
_HEADER_JA = (
    "<b>差出人:</b> 事務局 &lt;cases@example.org&gt;<br><b>送信日時:</b> 2026年11月2日 9:00<br><b>宛先:</b> 山田<br><b>件名:</b> 案件一覧"
)

PAGES: dict[str, Page] = {
    "gmail": lambda own, quoted: (
        f'<div dir="ltr">{html.escape(own)}<div><br></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        '2026年11月2日(月) 9:00 事務局 &lt;<a href="mailto:cases@example.org">cases@example.org</a>&gt;:<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{_breaks(quoted)}</blockquote></div>'
    ),
    "apple mail": lambda own, quoted: (
        f'<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body>{html.escape(own)}<br><div><br><blockquote type="cite">'
        f"<div>2026/11/02 9:00、事務局 &lt;cases@example.org&gt;のメール:</div><br><div>{_divs(quoted)}</div></blockquote></div></body></html>"
    ),
    "iphone": lambda own, quoted: (
        f'<html><body dir="auto">{html.escape(own)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">iPhoneから送信</div><div dir="ltr"><br>'
        f'<blockquote type="cite">2026/11/02 9:00、事務局のメール:<br><br></blockquote></div><blockquote type="cite"><div>{_divs(quoted)}</div></blockquote></body></html>'
    ),
    "outlook desktop": lambda own, quoted: (
        f"{_WORD}<body lang=JA><div class=WordSection1>{_paragraphs([own, ''])}<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
        f"padding:3.0pt 0mm 0mm 0mm'><p class=MsoNormal>{_HEADER_JA}</p></div></div>{_paragraphs(quoted)}</div></body></html>"
    ),
    "outlook on the web": lambda own, quoted: (
        f'<div class="elementToProof">{html.escape(own)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr">{_HEADER_JA}</div><div>{_divs(quoted)}</div>'
    ),
    "outlook on a phone": lambda own, quoted: (
        f'<div dir="auto">{html.escape(own)}</div><div id="ms-outlook-mobile-signature"><a href="https://aka.ms/o0ukef">Outlook for iOS</a> を入手</div>'
        f'<hr><div id="divRplyFwdMsg" dir="ltr">{_HEADER_JA}</div>{_divs(quoted)}'
    ),
    "thunderbird": lambda own, quoted: (
        f'<p>{html.escape(own)}</p><div class="moz-cite-prefix">On 2026/11/02 9:00, 事務局 wrote:<br></div>'
        f'<blockquote type="cite" cite="mid:x@example.org"><pre>{html.escape(chr(10).join(quoted))}</pre></blockquote>'
    ),
    "yahoo japan": lambda own, quoted: (
        f"<div>{html.escape(own)}</div><div><br></div><div><div>----- Original Message -----<br>差出人: 事務局<br>日時: 2026/11/2, Mon 09:00<br>"
        f"件名: 案件</div><blockquote>{_breaks(quoted)}</blockquote></div>"
    ),
    "yahoo": lambda own, quoted: (
        f'<div class="ydp1yahoo-style-wrap"><div dir="ltr">{html.escape(own)}</div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted">'
        f"<div>On Monday, November 2, 2026, Desk &lt;cases@example.org&gt; wrote:</div><div>{_divs(quoted)}</div></div>"
    ),
    "a phone without marks": lambda own, quoted: (
        f'<html><body><div style="color:#000000">{_breaks([own, "", "2026年11月2日(月) 9:00 事務局 <cases@example.org>:", *quoted])}</div></body></html>'
    ),
}
