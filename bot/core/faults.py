"""What is wrong with what a person filled in, as a sentence in the reader's language that says what to do.

A `Fault` carries a word such as ``date_past`` or, with one fact, ``too_long:200``; this table turns it into a sentence.
Given a fault and a language, gives text for a letter or a terminal. The value in it is what a person typed, on one line and cut.
Never decides what is a fault; `intake`, `roster` and `dates` do.
"""

from __future__ import annotations

import re

from bot.core.fields import tidy_line
from bot.core.model import FORM_FIELDS, Fault
from bot.core.tongue import Tongue

_LONGEST_VALUE = 80

_SENTENCES: dict[str, dict[str, str]] = {
    "missing": {
        "en": "This is needed; please fill it in.",
        "ja": "必須項目です。ご記入ください。",
    },
    "too_long": {
        "en": "This is longer than {fact} characters; please shorten it.",
        "ja": "{fact}文字を超えています。短くしてください。",
    },
    "unreadable_characters": {
        "en": "Some characters here could not be read (�); please type them again.",
        "ja": "読み取れない文字(�)があります。もう一度入力してください。",
    },
    "given_twice": {
        "en": "This field is given twice with different values; please keep one.",
        "ja": "同じ項目が異なる内容で二度書かれています。一つにしてください。",
    },
    "no_field": {
        "en": "“{value}”: there is no such field, and the desk cannot tell who may read it. Please move it below Details, which only the "
        "confirmed lawyer reads, or write it here without the colon or the brackets.",
        "ja": "「{value}」という項目は様式にないため、どなたにお見せしてよいか判断できません。担当が決まった方だけが読む「詳細」の下に移すか、"
        "ここに残す場合はコロンや括弧を付けずにお書きください。",
    },
    "above_fields": {
        "en": "“{value}”: there is no such field, so this stands in none yet. If it belongs to the case, please write it under one of the form’s.",
        "ja": "「{value}」という項目は様式にないため、この内容はまだどの項目にも入っていません。案件の内容でしたら、様式の項目に書き写してください。",
    },
    "field_misspelt": {
        "en": "“{value}”: there is no such field; the nearest is “{fact}”. Please correct it, or write it without the colon or the brackets.",
        "ja": "「{value}」という項目は様式にありません。近い項目名は「{fact}」です。直すか、コロンや括弧を付けずにお書きください。",
    },
    "field_within": {
        "en": "“{value}”: is this the field “{fact}”, or part of the text above it? For the field, please write its name with no number or "
        "brackets; for text, leave out the colon or the brackets.",
        "ja": "「{value}」は項目「{fact}」でしょうか、それともその上の文章の一部でしょうか。項目でしたら、番号や括弧を付けずに項目名とコロンをお書きください。"
        "文章でしたら、コロンや括弧を付けずにお書きください。",
    },
    "field_unmarked": {
        "en": "“{value}”: if this is the field {fact}, it wants a colon behind its name, with nothing between them. As it stands, the roster might read it.",
        "ja": "「{value}」が項目「{fact}」のことでしたら、項目名のすぐ後にコロンを付けてお書きください。このままでは名簿の皆さまに見えるおそれがあります。",
    },
    "places": {
        "en": "“{value}” is no number of places; please write a whole number from 1 to 99.",
        "ja": "「{value}」は募集人数として読めません。1から99までの数字でお書きください。",
    },
    "places_held": {
        "en": "“{value}” is fewer than the {fact} that lawyers hold; take a place back first with RELEASE, ID and address.",
        "ja": "「{value}」は、すでに担当が決まっている{fact}名より少ない人数です。先に「担当解除」と番号、アドレスで担当を取り消してください。",
    },
    "stays_case": {
        "en": "What went out as a case cannot become an event; please enter the event as a new one, with NEW EVENT.",
        "ja": "案件として募集したものは、研修・催しに変更できません。新規研修として、あらためてご登録ください。",
    },
    "stays_event": {
        "en": "An event needs its closing date; please write another date instead.",
        "ja": "研修・催しには締切が必要です。別の日付をお書きください。",
    },
    "date_unreadable": {
        "en": "“{value}” could not be read as a date; please write it as 2026-12-20 or 2026-12-20 17:00.",
        "ja": "「{value}」は日付として読めません。2026-12-20 または 2026年12月20日 17:00 のようにお書きください。",
    },
    "date_relative": {
        "en": "Which day is “{value}”? Please write the date itself, such as 2026-12-20.",
        "ja": "「{value}」は何月何日でしょうか。2026年12月20日のように日付でお書きください。",
    },
    "date_ambiguous": {
        "en": "“{value}” can be two different days; please write it with the name of the month, or as 2026-12-20.",
        "ja": "「{value}」は月と日の順が二通りに読めます。12月20日 または 2026-12-20 のようにお書きください。",
    },
    "date_no_such_day": {
        "en": "There is no such day as “{value}”; please check it.",
        "ja": "「{value}」という日はありません。ご確認ください。",
    },
    "date_past": {
        "en": "“{value}” is already past; please check the year.",
        "ja": "「{value}」はすでに過ぎています。年をご確認ください。",
    },
    "date_far": {
        "en": "“{value}” is more than 20 years away; please check the year.",
        "ja": "「{value}」は20年以上先です。年をご確認ください。",
    },
    "date_weekday": {
        "en": "In “{value}” the day of the week does not belong to the date; please check both.",
        "ja": "「{value}」の曜日が日付と合いません。ご確認ください。",
    },
    "column_unknown": {
        "en": "There is no column “{value}”; the nearest is “{fact}”. Please rename or delete it.",
        "ja": "「{value}」という列はありません。近い列名は「{fact}」です。列名を直すか、列を削除してください。",
    },
    "column_strange": {
        "en": "There is no column “{value}”, and none like it. Please rename or delete it.",
        "ja": "「{value}」という列も、それに似た列もありません。列名を直すか、列を削除してください。",
    },
    "column_missing": {
        "en": "The column “{value}” is missing; please add it.",
        "ja": "「{value}」の列がありません。追加してください。",
    },
    "column_twice": {
        "en": "“{value}” and “{fact}” are the same column; please keep one.",
        "ja": "「{value}」と「{fact}」は同じ列です。一つにしてください。",
    },
    "address_of_machine": {
        "en": "“{value}” is answered by a machine, never by a person; please write the person's own address.",
        "ja": "「{value}」は人が読むアドレスではないようです。ご本人のアドレスをお書きください。",
    },
    "address_invalid": {
        "en": "“{value}” is no e-mail address; please write it as name@example.org.",
        "ja": "「{value}」はメールアドレスとして読めません。name@example.org の形でお書きください。",
    },
    "address_not_ascii": {
        "en": "“{value}” holds the letter {fact}, which only looks like one of an e-mail address; please type the address again.",
        "ja": "「{value}」にメールアドレスに使えない紛らわしい文字 {fact} があります。アドレスを半角英数字で入力し直してください。",
    },
    "address_twice": {
        "en": "“{value}” is already in line {fact}; one address belongs to one person.",
        "ja": "「{value}」は{fact}行目にもあります。一つのアドレスは一人だけのものです。",
    },
    "address_of_bot": {
        "en": "“{value}” is this mailbox's own address; it cannot be a member.",
        "ja": "「{value}」はこの受付自身のアドレスです。登録できません。",
    },
    "only_for_events": {
        "en": "Only an event has this; please write when it closes, or leave this empty.",
        "ja": "研修や催しだけの項目です。締切もご記入になるか、空欄にしてください。",
    },
    "not_for_events": {
        "en": "An event has no conflict check; please leave this empty, or leave out when it closes.",
        "ja": "研修や催しでは利益相反の確認を行いません。空欄にするか、締切を外してください。",
    },
    "closes_too_late": {
        "en": "“{value}” is after the deadline; please let it close before.",
        "ja": "「{value}」は期限より後です。期限より前の締切をお書きください。",
    },
    "yes_or_no": {
        "en": "“{value}” is neither yes nor no; please write one of them.",
        "ja": "「{value}」は読み取れません。「可」か「不可」でお書きください。",
    },
    "gender_unknown": {
        "en": "“{value}” is not understood; please write female, male or other, or leave it empty.",
        "ja": "「{value}」は読み取れません。女性、男性、その他のいずれかをお書きください。問わない場合は空欄で結構です。",
    },
    "language_unknown": {
        "en": "“{value}” is no language of ours; please write one of {fact}.",
        "ja": "「{value}」は対応していない言語です。{fact} のいずれかをお書きください。",
    },
}
PHRASES = {f"faults.{word}": forms["en"] for word, forms in _SENTENCES.items()}
"""What a further language needs, in English."""


def fault_place(where: str, language: str) -> tuple[int, str]:
    """The line of a table (0: the whole of it, or no table at all) and the field in the reader's language.

    >>> fault_place("line 4, deadline", "en"), fault_place("places", "ja")
    ((4, 'Deadline'), (0, '募集人数'))
    """
    line, key = line_and_key(where)
    names = {name: japanese if language == "ja" else english for name, english, japanese in FORM_FIELDS}
    return line, names.get(key, "" if key == "header" else key)


def line_and_key(where: str) -> tuple[int, str]:
    """The line of a table (0: the whole of it, or no table at all) and the key of the field, or ``header``."""
    match = re.fullmatch(r"line (\d+), (.*)", where)
    return (int(match[1]), match[2]) if match else (0, where)


def fault_sentence(fault: Fault, tongue: Tongue) -> str:
    """One or two sentences without the place; English where the language has none.

    >>> fault_sentence(Fault("title", "", "missing"), ENGLISH)
    'This is needed; please fill it in.'
    """
    word, _, fact = fault.sentence.partition(":")
    forms = _SENTENCES[word]
    value = tidy_line(fault.value)
    shown = value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 1] + "…"
    # Both are put in at once, so that braces in a person's text stay text.
    return tongue.says(f"faults.{word}", forms["en"], forms["ja"]).format(value=shown, fact=fact)
