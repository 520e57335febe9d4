"""What stands beside a command goes to a person when it says something, and only then."""

from __future__ import annotations

import re

import pytest

from bot.core.courtesies import proposes, substance, without_signature
from bot.core.form_lines import is_field

NAMES = ("Ito Akiko", "Ito & Partners", "森 大輔", "森法律事務所")

COURTESIES = [
    "Dear all,",
    "Hello!",
    "Hello, everybody.",
    "Hi, Sato-san,",
    "Good morning, thank you very much.",
    "Dear Ms Sato and colleagues,",
    "Thank you very much.",
    "Thanks for your work!",
    "Many thanks for the list.",
    "Best regards,\nIto Akiko\nIto & Partners\nTel 03-1234-5678\n1-2-3 Marunouchi, Tokyo",
    "Kind regards\nAkiko",
    "I would like to take this case.\n\nSincerely yours,\nIto",
    "I'd be happy to take this case. Thank you!",
    "お世話になっております。",
    "いつもお世話になっております。森法律事務所の森です。",
    "森です。",
    "お世話になっております。東京の森と申します。",
    "ご担当者 様",
    "ご連絡ありがとうございます。",
    "よろしくお願いいたします。",
    "どうぞよろしくお願い申し上げます。\n\n森法律事務所\n弁護士　森 大輔\n電話 03-0000-0000",
    "以上、よろしくお願い致します。",
    "本件を担当いたします。",
    "Best regards,\nIto Akiko\nhttps://lawfirm.example",
    "承知いたしました。",
    "取り急ぎご連絡まで。",
    "",
]

SAYS_SOMETHING = [
    "I can only meet in January, is that fine?",
    "Thank you, but I do not speak French.",
    "Dear desk, may I bring a trainee?",
    "Best regards,\nIto\n\nP.S. I am away until Monday",
    "Best regards,\nIto\nPlease note that the fee waiver must be filed first.",
    "お世話になっております。1月以降しか面会できませんが、よろしいでしょうか。",
    "通訳の手配をお願いします。",
    "費用はどうなりますか",
    "よろしくお願いいたします。\n森\n追伸　来週は不在です",
    "I will take this case only if an interpreter is there.",
    "本件を担当いたしますが、通訳が必要です。",
    "I know the client personally",
    "森の件です。",
    "木です。",
    "I would like to meet on Monday.",
    "Please let me know if Monday suits you.",
    "Dear Ms Sato, I would like to meet on Monday.",
    "Hello, please let me know if Monday suits you.",
    "Hi, I cannot come on Monday.",
    "Hello I would like to meet on Monday",
    "Dear desk please let us know when the hearing is",
]

PROPOSALS = [
    "I would like to meet on Monday.",
    "We'd like to talk about it first.",
    "I want to ask you something.",
    "I would like you to call me.",
    "Please let me know if Monday suits you.",
    "Let us know when you can come.",
]


@pytest.mark.parametrize("text", PROPOSALS)
def test_a_wish_that_a_yes_would_answer_is_a_proposal(text: str) -> None:
    assert proposes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I would like to thank you.",
        "I would like to take this case.",
        "We hope all is well.",
        "No hurry. It is enough if we hear by Friday.",
    ],
)
def test_a_wish_that_wants_no_answer_is_none(text: str) -> None:
    assert not proposes(text)


@pytest.mark.parametrize("text", COURTESIES)
def test_a_courtesy_asks_nothing_of_anybody(text: str) -> None:
    assert substance(text.split("\n"), names=NAMES) == ()


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_whatever_says_more_is_kept(text: str) -> None:
    assert substance(text.split("\n"), names=NAMES)


@pytest.mark.parametrize("text", ["Hi, all is well.", "All is well", "Dear Ms Sato, all is well. Thank you!"])
def test_what_says_no_more_says_none_behind_a_greeting(text: str) -> None:
    assert substance([text], also=re.compile("all is well")) == () and substance([text])


def test_only_the_lines_that_say_something_are_kept() -> None:
    text = "Dear desk,\n\nThe hearing room is on the third floor.\n\nThank you!\nIto"
    assert substance(text.split("\n"), names=NAMES) == ("The hearing room is on the third floor.",)


def test_a_long_run_of_anything_is_read_in_no_time() -> None:
    for text in ("よろしく" * 20_000, "お世話" * 20_000, "thank you " * 20_000, "a" * 100_000, "の" * 100_000):
        assert substance([text]) == (text,)


@pytest.mark.parametrize(
    "below",
    [
        "Kind regards,\nTaro Suzuki\nLegal Officer, Example Refugee Association\nMobile: 080-5555-1234",
        "よろしくお願いいたします。\n\n佐藤花子\n電話：03-1234-5678",
        "Suzuki Taro\nTel. 03-1234-5678",
        "佐藤 花子\nどうぞよろしくお願いいたします。",
        "Kind regards,\nSuzuki Taro\n1-2-3 Nishi-Shinjuku, Tokyo 160-0023\nTel: 03-1234-5678 / Mobile: 090-1111-2222\nhttps://ngo.example",
        "Suzuki Taro\nLegal Officer\nT: +81 3 1234 5678\nM: +81 90 1111 2222\nOffice hours: Mon-Fri 9:00-17:00",
        "佐藤 花子\n難民支援の会\n〒160-0023 東京都新宿区西新宿1-2-3\nTEL：03-1234-5678\nEメール：sato@ngo.example\n受付時間：9:00-17:00",
    ],
)
def test_a_signature_below_a_form_is_no_part_of_its_last_field(below: str) -> None:
    lines = ("Title: T", "Summary: One visit.", "", *below.split("\n"))
    assert without_signature(lines, names=("Suzuki Taro", "佐藤 花子"), is_text=is_field) == lines[:3]


@pytest.mark.parametrize(
    "below", ["Kind regards,\nPlace: Osaka", "Suzuki Taro\nNotes: she is ill", "She has a child.\nThe rest is in Details."]
)
def test_text_below_a_sign_off_is_not_taken_for_a_signature(below: str) -> None:
    lines = ("Summary: One visit.", "", *below.split("\n"))
    assert without_signature(lines, names=("Suzuki Taro",), is_text=is_field) == lines


WRITERS = ("高橋 結衣", "みなと共同法律事務所", "takahashi@minato.example")
WESTERN = ("Emma Clarke", "Harbour Law", "emma@harbour.example")


@pytest.mark.parametrize(
    "text",
    [
        "弁護士　高橋　結衣",
        "弁護士 高橋結衣",
        "高橋 結衣\n事務局",
        "みなと共同法律事務所\n弁護士　高橋　結衣",
        "みなと共同法律事務所　弁護士　高橋　結衣",
        "弁護士法人みなと共同法律事務所\n代表弁護士　高橋　結衣（第二東京弁護士会所属）",
        "お世話になっております。\n\nみなと共同法律事務所\n弁護士　高橋　結衣\n〒100-0001 東京都千代田区千代田1-1-1 丸の内ビル5階\nTEL：03-1234-5678　FAX：03-1234-5679\nE-mail：takahashi@minato.example\nhttps://minato.example/",
        "高橋 結衣\n法務担当\n\n〒160-0023\n東京都新宿区西新宿1-2-3\n電話 03-1234-5678（代表）",
        "弁護士　高橋　結衣\nどうぞよろしくお願いいたします。",
    ],
)
def test_a_japanese_signature_is_known_without_a_sign_off(text: str) -> None:
    assert substance(text.split("\n"), names=WRITERS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Emma Clarke\nPartner | Harbour Law\nTel +81 3 1234 5678",
        "Emma Clarke\nPartner, Harbour Law",
        "Emma Clarke, Senior Associate\nHarbour Law\n2-3-4 Marunouchi, Chiyoda-ku, Tokyo 100-0005\nT: +81 3 1234 5678 / F: +81 3 1234 5679\nemma@harbour.example\nwww.harbour.example",
        "Thank you!\n\nEmma Clarke\nLegal officer",
        "Emma Clarke\nTel. 03-5555-6666",
        "Emma Clarke\nHarbour Law\n2-3-4 Marunouchi, Chiyoda-ku, Tokyo\nTel. 03-5555-6666",
    ],
)
def test_an_english_signature_is_known_without_a_sign_off(text: str) -> None:
    assert substance(text.split("\n"), names=WESTERN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "弁護士　佐藤　花",
        "弁護士　佐藤　花\n佐藤法律事務所\nTEL 03-1234-5678",
        "東京高裁\nTEL 03-1234-5678",
        "TEL 03-1234-5678",
        "03-1234-5678\n弁護士　高橋　結衣",
        "相手方は佐藤法律事務所\n弁護士　高橋　結衣",
        "弁護士　高橋　結衣\n12月3日",
        "弁護士　高橋　結衣\n2026-12-03",
        "弁護士　高橋　結衣\nJAR-2026-014",
        "弁護士　高橋　結衣\n通訳が必要です。",
        "弁護士　高橋　結衣\n通訳 希望",
        "弁護士　高橋　結衣でよいか",
        "弁護士　高橋　結衣?",
        "弁護士　高橋　結衣\nclient@example.org",
        "弁護士は不要",
        "東京都千代田区霞が関1-1-4に来てください\n弁護士　高橋　結衣",
    ],
)
def test_what_only_looks_like_one_is_kept(text: str) -> None:
    assert substance(text.split("\n"), names=WRITERS)


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo High Court\nTel 03-1234-5678",
        "Maria Garcia\nPartner\nTel 03-1234-5678",
        "Emma Clarke\nPartner\n3 December",
        "Emma Clarke\nPartner\nTuesday, 10:00",
        "Emma Clarke\nOther counsel: Maria Garcia",
        "Conflict with Harbour Law\nEmma Clarke\nPartner",
        "Against Tanaka Law\nEmma Clarke\nPartner",
        "Emma Clarke\nhttps://zoom.example/j/1234567",
        "Emma Clarke\nPartner\nI am away until Monday",
        "Emma Clarke cannot, Partner",
    ],
)
def test_what_only_looks_like_an_english_one_is_kept(text: str) -> None:
    assert substance(text.split("\n"), names=WESTERN)


@pytest.mark.parametrize(
    "text",
    [
        "ご検討のほど、何卒よろしくお願い申し上げます。",
        "平素より大変お世話になっております。",
        "お忙しいところ恐れ入ります。",
        "お忙しいところ恐れ入りますが、よろしくお願いいたします。",
        "お手数をおかけしますが、どうぞよろしくお願いいたします。",
        "お手数ですが、ご確認のほどよろしくお願いいたします。",
        "お手数をおかけいたします。",
        "下記のとおりお願いいたします。",
        "いつもありがとうございます。高橋です。",
        "お疲れさまです。高橋です。",
        "このたびはありがとうございます。",
    ],
)
def test_a_japanese_courtesy_asks_nothing(text: str) -> None:
    assert substance([text], names=WRITERS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "お手数ですが、通訳の手配をお願いいたします。",
        "お手数ですが、ご連絡ください。",
        "お忙しいところ恐れ入りますが、期日を延ばしてください。",
        "下記のとおり変更をお願いいたします。",
        "下記の日程でお願いいたします。",
    ],
)
def test_a_wish_behind_a_courtesy_is_kept(text: str) -> None:
    assert substance([text], names=WRITERS) == (text,)
