"""Why a claim stands as it does, as a sentence for people. The words on record are short and never change; these may."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.model import FORM_FIELDS, MISFIT, UNFIT
from bot.core.tongue import Tongue

_SENTENCES: dict[str, tuple[str, str]] = {
    "": ("waits to be decided", "決定を待っています"),
    "not_proven": ("waits for the sender to stand by it", "本人の確認を待っています"),
    "first": ("was first in line for a free place", "到着順で担当に決まりました"),
    "first_able": (
        "came first of those to whom the place could go",
        "担当をお願いできる方のうち、最も早く届いた申し出でした",
    ),
    "promoted": ("was next in line", "順番が回ってきました"),
    "after_others": ("arrived after others", "ほかの申し出のあとに届きました"),
    "passed_over": (
        "was in turn, and the member could have no further case just then; keeps the place in line",
        "順番が来ましたが、本人がその時点でほかの案件を受けられないため、順番を保って待機しています",
    ),
    "late_surfaced": (
        "could be counted only after the decision; keeps the place in line that its arrival gives",
        "申し出と確認できたのが決定後のため、到着順の位置で待機しています",
    ),
    "allotted": (
        "has a place: partner firms came first, then members, then applicants, each by arrival",
        "提携事務所、名簿の方、登録申込中の方の順に、それぞれ到着順で席が決まりました",
    ),
    "firm_full": ("the firm has as many places as one may have", "一事務所あたりの人数に達しています"),
    "event_closed": ("arrived after the closing date", "締切後に届きました"),
    "firm_served": (
        "the firm had a case of this month already; somebody of another firm is waited for",
        "同じ事務所が今月すでに受任しているため、ほかの事務所からの申し出を待っています",
    ),
    "firm_overtaken": (
        "the firm had a case of this month already, and somebody of another firm had asked too",
        "同じ事務所が今月すでに受任しており、ほかの事務所からも申し出がありました",
    ),
    "staff_chose": ("staff had given the place to somebody else", "職員がほかの方に決めていました"),
    "offered": (
        "is asked whether still willing; the place is kept until then",
        "今も担当できるかを本人に確認中です（その間は取り置いています）",
    ),
    "declined": ("no longer willing when a place came free", "空きが出ましたが、本人が辞退しました"),
    "offer_over": ("did not answer in time when a place came free", "空きが出ましたが、期限までに返答がありませんでした"),
    "by_member": ("handed back by the member", "本人が辞退しました"),
    "conflict_found": (
        "handed back by the member, who had found a conflict of interest",
        "利益相反があることがわかり、本人が辞退しました",
    ),
    "left_line": ("the member left the waiting list", "本人が順番待ちを取りやめました"),
    "taken_back": ("the member took it back with a later mail, before it was decided", "決まる前に、本人が後のメールで取り消しました"),
    "conflict": ("the member found a conflict of interest", "利益相反がありました"),
    "left": ("the member left the roster", "名簿から退会しました"),
    "disowned": ("the member said that it was not theirs", "本人が否認しました"),
    "no_answer": ("the conflict check was not answered in time", "期限までに利益相反の回答がありませんでした"),
    "unknown_case": ("no such case", "該当する案件がありません"),
    "closed": ("the case was closed", "案件は終了しています"),
    "withdrawn": ("the case was withdrawn", "案件は取り下げられました"),
    "expired": ("the case had expired", "案件の期限が過ぎています"),
    "past_deadline": ("arrived after the deadline", "期限後に届きました"),
    "not_admitted": ("the member was not on the roster yet, or no more", "名簿に登録されていない方です"),
    "not_active": ("the member was not active", "名簿で有効ではありません"),
    "limit_reached": ("the member held as many cases as allowed", "受任数の上限に達しています"),
    "own_limit": ("the member held as many cases as they wish to", "本人が決めた受任数の上限に達しています"),
    "already_yours": ("the member had the case already", "すでに受任しています"),
    "already_waiting": ("the member was in line already", "すでに待機しています"),
    "erased": ("erased for good, from the command line", "コマンドラインから、情報が完全に消去されました"),
    "superseded": ("an earlier mail of the same member counts instead", "同じ方の先のメールが有効です"),
}


_MISFITS: dict[str, tuple[str, str]] = {
    "capacity": ("the case is for another kind of legal personnel, or theirs is not on file", "資格が対象と異なるか、登録されていません"),
    "gender": ("the client wishes for a lawyer of another gender", "依頼者の希望する性別と異なります"),
    "language": ("none of the languages they told is the case's", "案件の言語が対応言語にありません"),
    "region": ("the case is in another region", "地域が異なります"),
}


_JOINED = {
    "released": " from ",
    "claimed": " for ",
    "agreed": " of ",
    "not_agreed": " of ",
    "removed": " ",
    "approved": " ",
    "readdressed": " from ",
}
"""How English joins the person concerned; else by “to”."""
_BY_SOMEBODY: dict[str, tuple[str, str, str]] = {
    "claimed": ("claimed{whom} by {who}", "{who}が{whom}名前で申し出ました", "{}の"),
    "assigned": ("assigned{whom} by {who}", "{who}が、順番によらず{whom}担当に決めました", "{}を"),
    "released": ("released{whom} by {who}", "{who}が{whom}担当または順番待ちを取り消しました", "{}の"),
    "agreed": ("claim{whom} accepted by {who}", "{who}が{whom}申し出を認めました", "{}の"),
    "not_agreed": ("claim{whom} not accepted by {who}", "{who}が{whom}申し出を認めませんでした", "{}の"),
    "readdressed": ("address changed{whom} by {who}", "{who}がアドレスを変更しました（{whom}）", "{}"),
    "removed": ("removed{whom} from the roster by {who}", "{who}が{whom}名簿から外しました", "{}を"),
    "approved": ("let{whom} onto the roster by {who}", "{who}が{whom}名簿に登録しました", "{}を"),
    "turned_away": ("application{whom} turned down by {who}", "{who}が{whom}登録を見送りました", "{}の"),
    "held_round": ("round held back by {who}", "{who}がご案内の送信を止めました", ""),
    "agreed_round": ("{who} agreed that the round goes out at its hour", "{who}が、予定どおりの送信でよいと答えました", ""),
    "sent_round": ("round sent by {who}", "{who}がご案内を送信しました", ""),
    "closed": ("closed by {who}", "{who}が終了としました", ""),
    "withdrawn": ("withdrawn by {who}", "{who}が取り下げました", ""),
    "opened": ("opened by {who}", "{who}が募集を始めました", ""),
    "draft": ("made a draft again by {who}", "{who}が下書きに戻しました", ""),
    "bulletin": ("sent out as a bulletin by {who}", "{who}が緊急のご案内として送りました", ""),
    "passed": ("let into the round by {who}", "{who}が、ご案内への掲載を認めました", ""),
    "changed": ("{fields} changed by {who}", "{who}が変更しました（{fields}）", ""),
    "read": ("client's details read by {who}, on the machine", "{who}が、サーバー上で非公開欄を見ました", ""),
    "reopened": ("opened again by {who}", "{who}がもう一度募集しました", ""),
}
"""English, Japanese, and how Japanese joins the person concerned."""
_WORD_BY_WHOM = re.compile(
    r"(?P<word>\w+) by (?P<who>command line|\S+)(?: for (?P<whom>\S+))?(?: of (?P<fields>[\w,]+))?(?: because (?P<why>.*))?", re.DOTALL
)
"""How an override stands on record: ``assigned by sato@ngo.example``; in a case's history also for whom, of which fields, and why."""
_BY_HAND = "command line"
_AT_THE_COMMAND_LINE = ("somebody at the command line", "コマンドラインを操作した方")
_BECAUSE = (" (reason given: {why})", "（理由：{why}）")
_ASKED = ("staff are asked: {what}", "職員に確認しています（{what}）")
_UNFIT = ("somebody else had it before staff were asked: {what}", "職員に確認する前に、別の方に決まりました（{what}）")

PHRASES = {
    **{f"reasons.{reason or 'undecided'}": english for reason, (english, _) in _SENTENCES.items()},
    **{f"misfits.{word}": english for word, (english, _) in _MISFITS.items()},
    "misfits.asked": _ASKED[0],
    "misfits.unfit": _UNFIT[0],
    **{f"overrides.{word}": english.replace("{whom}", "") for word, (english, _, _) in _BY_SOMEBODY.items()},
    **{
        f"overrides.{word}_whom": english.replace("{whom}", f"{_JOINED.get(word, ' to ')}{{whom}}")
        for word, (english, _, _) in _BY_SOMEBODY.items()
        if "{whom}" in english
    },
    "overrides.because": _BECAUSE[0],
    "overrides.command_line": _AT_THE_COMMAND_LINE[0],
}
"""What a further language needs, in English. An override that concerns somebody has a sentence that names them, too."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What staff did, as it stands on record: a word, by whom, to whom of the members, and why; "" where nothing is said."""

    word: str
    who: str
    whom: str = ""
    why: str = ""

    def __str__(self) -> str:
        return f"{self.word} by {self.who}{f' for {self.whom}' if self.whom else ''}{because(self.why)}"


def because(why: str) -> str:
    """How a reason stands behind what is on record."""
    return f" because {why}" if why else ""


def deed(note: str) -> Deed | None:
    """The deed that a note on record tells of; None for a note of any other kind.

    >>> deed("assigned by sato@ngo.example for ito@lawfirm.example because she speaks Dari")
    Deed(word='assigned', who='sato@ngo.example', whom='ito@lawfirm.example', why='she speaks Dari')
    """
    found = _WORD_BY_WHOM.fullmatch(note)
    return Deed(found["word"], found["who"], found["whom"] or "", found["why"] or "") if found else None


def doer(who: str, tongue: Tongue) -> str:
    """Who did something, for people: an address as it is, and words for what has none."""
    return tongue.says("overrides.command_line", *_AT_THE_COMMAND_LINE) if who == _BY_HAND else who


def sentence(reason: str, tongue: Tongue) -> str:
    """The sentence for a reason on record; the word itself where it has none."""
    override = _WORD_BY_WHOM.fullmatch(reason)
    if override and override["word"] in _BY_SOMEBODY:
        because = tongue.says("overrides.because", *_BECAUSE).format(why=override["why"]) if override["why"] else ""
        return _by_somebody(override, tongue) + because
    if reason.startswith((f"{MISFIT} ", f"{UNFIT} ")):
        wrong = (tongue.says(f"misfits.{word}", *_MISFITS[word]) for word in reason.split()[1:])
        said = tongue.says("misfits.asked", *_ASKED) if reason.startswith(MISFIT) else tongue.says("misfits.unfit", *_UNFIT)
        return said.format(what=("、" if tongue.is_japanese else "; ").join(wrong))
    return tongue.says(f"reasons.{reason or 'undecided'}", *_SENTENCES.get(reason, (reason, reason)))


def _by_somebody(override: re.Match[str], tongue: Tongue) -> str:
    word, who, whom = override["word"], doer(override["who"], tongue), override["whom"]
    if word == "readdressed":
        whom = whom.replace("→", "から" if tongue.is_japanese else " → ")
    named = set((override["fields"] or "").split(","))
    labels = [japanese if tongue.is_japanese else english for key, english, japanese in FORM_FIELDS if key in named]
    if tongue.is_japanese:
        _, japanese, joined = _BY_SOMEBODY[word]
        return japanese.format(who=who, whom=joined.format(whom) if whom else "", fields="、".join(labels))
    key = f"overrides.{word}_whom" if whom and f"overrides.{word}_whom" in PHRASES else f"overrides.{word}"
    return tongue.says(key, PHRASES[key], "").format(who=who, whom=whom, fields=", ".join(labels))
