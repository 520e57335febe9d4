"""The lines above a quotation, as mail programs of many languages write them, never let the unmarked quotation under them act."""

from __future__ import annotations

import pytest

from bot.core.words import own_words

CLAIM = "CLAIM JAR-2026-014"
OTHER = "CLAIM JAR-2026-099"

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


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_an_attribution_begins_an_unmarked_quotation(attribution: str) -> None:
    found = own_words(f"{CLAIM}\n\n{attribution}\n\n{OTHER}\nmore", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_below_a_marked_quotation_the_sender_is_still_heard(attribution: str) -> None:
    found = own_words(f"{attribution}\n> {OTHER}\n> more\n\n{CLAIM}\n", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_an_attribution_takes_no_own_line_with_it(attribution: str) -> None:
    assert own_words(f"{CLAIM}\n{attribution}\n> {OTHER}", "").lines == (CLAIM,)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_quoted_header_begins_an_unmarked_quotation(header: str) -> None:
    found = own_words(f"{CLAIM}\n\n{header}\n\n{OTHER}", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_with_words_begins_an_unmarked_quotation(rule: str) -> None:
    assert own_words(f"{CLAIM}\n\n{rule}\n{OTHER}", "").lines == (CLAIM,)


@pytest.mark.parametrize(
    "line",
    [
        "As Sato wrote:", "On Monday I can take JAR-2026-014.", "To: the desk", "Subject: asylum", "I wrote to them on 2026-11-02",
        "件名: 面談", "明日 9:00 に行きます。",
        "Le client est libre lundi.", "2026年11月2日に面談できます。", "Please call Mori <mori@example.com>.",
    ],
)  # fmt: skip
def test_a_sentence_of_ones_own_is_no_attribution(line: str) -> None:
    assert own_words(f"{line}\n\n{CLAIM}", "").lines == (line, "", CLAIM)
