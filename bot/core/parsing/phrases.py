"""The phrases by which automatic mail of many languages can be known where its headers are silent: data, no code.

Everything here is folded and lowered. An opening is believed only before a colon, a dash or a bracket, a whole only as the entire Subject,
a challenge and a bounce only by whole sentences of known programs: what a person would also write does not belong here. Absences are
the exception: a person may write them too, so they never make a machine, they only keep us from answering.
"""

from __future__ import annotations

OUT_OF_OFFICE_OPENINGS = (
    r"automatic reply|automatic response|automated reply|automated response|auto[- ]?reply|auto[- ]?response|"
    r"autoresponse|auto[- ]?responder|auto(?=: ?(?:re|aw|sv|fwd?):|:.{0,80} (?:is|am) (?:out of|away|on )|:.{0,60}不在)|"
    r"out[- ]of[- ](?:the[- ])?office(?: auto[- ]?reply| autoreply| reply| message| notification| notice)?|ooo|ooto|"
    r"on vacation|vacation reply|away from my mail|"
    r"out of office autoreply|vacation|holiday reply|away message|(?:re: ?)?away from office|"
    r"automatische antwort|automatische rückantwort|abwesenheitsnotiz|abwesenheitsmeldung|abwesenheitsassistent|"
    r"abwesenheitsbenachrichtigung|abwesend|abwesenheit|autom\. antwort|"
    r"réponse automatique|reponse automatique|absence du bureau|message d'absence|absent du bureau|notification d'absence|"
    r"respuesta automática|respuesta automatica|fuera de la oficina|fuera de oficina|ausente de la oficina|mensaje automático|"
    r"risposta automatica|fuori sede|fuori ufficio|assente dall'ufficio|messaggio automatico|"
    r"resposta automática|resposta automatica|fora do escritório|ausência temporária|ausente do escritório|mensagem automática|"
    r"automatisch antwoord|automatische beantwoording|afwezigheidsbericht|afwezigheidsmelding|niet aanwezig|afwezig|"
    r"automatiskt svar|autosvar|frånvaro|absent|assente|assente dal servizio|otomatik yanıt|trả lời tự động|frånvaromeddelande|frånvarobesked|frånvarande|ej på kontoret|automatisk svar|"
    r"fraværsmeddelelse|ikke til stede|automaattinen vastaus|poissaoloilmoitus|poissa|"
    r"automatyczna odpowiedź|autoodpowiedź|odpowiedź automatyczna|poza biurem|nieobecność|nieobecność w biurze|"
    r"informacja o nieobecności|"
    r"автоматический ответ|автоответ|вне офиса|automatická odpověď|nepřítomnost|"
    r"自動返信|自動応答|自動返信メール|不在通知|不在連絡|不在返信|不在メッセージ|不在自動応答|自動送信|自動配信|不在|"
    r"不在のお知らせ|外出中|休暇中|"
    r"自动回复|自動回覆|自动答复|自動答覆|自动应答|外出自动回复|不在办公室|不在辦公室|自動回信|"
    r"자동 ?회신|자동 ?응답|자동 ?답장|부재 ?중|부재 ?중 ?자동 ?응답|부재 ?중 ?알림"
)
"""How the Subject of an automatic answer begins."""

OUT_OF_OFFICE_WHOLE = (
    r"(?:i am|i'm|i will be) (?:currently )?(?:out of (?:the )?office|away|on (?:vacation|holiday|"
    r"leave))(?: until.{0,40}| from.{0,40})?|"
    r"(?:currently )?out of (?:the )?office(?: until.{0,30}| from.{0,30}| till.{0,30}| \d.{0,30})?|on (?:vacation|"
    r"annual leave|maternity leave|parental leave)(?: until.{0,30})?|"
    r"away from my (?:mail|e-?mail|desk)|out to lunch|(?:we have received your|"
    r"we received your) (?:e-?mail|message|inquiry|request|mail)|"
    r"ich bin (?:im urlaub|abwesend|nicht im (?:haus|büro))(?: bis.{0,30})?|urlaub|im urlaub|je suis absente?.{0,30}|"
    r"absente? du .{0,40}|en vacances|estoy de vacaciones|"
    r"sono in ferie|in ferie|estou de férias|ik ben afwezig.{0,30}|ik ben op vakantie|jag är på semester|"
    r"jag är inte på kontoret|jestem na urlopie|urlop|"
    r"(?:只今|ただいま)?(?:不在|休暇)(?:のお知らせ|のご連絡|のご案内|にしております|中です|しております|通知)|"
    r"外出|外出中です|休暇中です(?: re)?|away from (?:the )?office(?: until.{0,40}| from.{0,40})?|assente dal servizio.{0,30}|"
    r"夏季休業のお知らせ|年末年始休業のお知らせ|(?:お問い合わせ|メール)(?:を)?(?:受付|受け付け)(?:完了|"
    r"いたしました).{0,20}|"
    r"(?:お問い合わせ|お問合せ)(?:いただき)?(?:誠に)?ありがとうございます.{0,20}|自動返信です|我正在休假.{0,20}|"
    r"我不在办公室.{0,20}|휴가 중입니다|부재중입니다"
)
"""An automatic answer's entire Subject."""

BOUNCE_SUBJECTS = (
    r".{0,200}\((?:delivery failed|undeliverable|undelivered)\)$|undeliver(?:ed|able)\b|returned mail|"
    r"mail delivery (?:failed|failure|status|error|problem|report|subsystem)|"
    r"delivery (?:status notification|failure|has failed|report|notification|problem|error)|"
    r"(?:mail )?(?:system )?(?:error|failure)(?: -| notice|$)|failure notice|failed mail|non[- ]?delivery|"
    r"not delivered|message (?:undeliverable|not delivered|delivery)|"
    r"(?:warning|fwd|re)?:? ?(?:could not send|unable to deliver|mail (?:could not be|system|returned|rejected)|"
    r"nondeliverable|undelivered)|mail failure|mail returned|"
    r"returned (?:to sender|e-?mail|message)|delivery$|user unknown|unzustellbar|nicht zustellbar|"
    r"échec de (?:la )?remise|non remis|mensaje no entregado|no se pudo entregar|mancata consegna|"
    r"não (?:foi )?entregue|falha na entrega|onbestelbaar|ej levererat|kan inte leverera|nie można dostarczyć|"
    r"niedostarczon|配信不能|未配達|配信エラー|配送エラー|送信エラー|送信失敗|配達不能|"
    r"メール(?:の)?(?:送信|配信|配達)(?:に)?(?:失敗|エラー|できませんでした)|返送|退信|系统退信|退件|无法投递|"
    r"無法投遞|投递失败|배달 ?실패|배달되지 않음|반송|発信エラー|送信できませんでした|"
    r"status of your message|problem delivering|host unknown|mail rejected|rejected mail|your message (?:could not|"
    r"to .{1,80} could not)|"
    r"e-?mail (?:not delivered|delivery)|message status|delayed mail|mail delayed|delivery delayed|warning: could not"
)
"""How the Subject of a bounce begins."""

BOUNCE_TEXTS = (
    r"(?:could|can|was|were|has|have|did|will) ?not (?:be )?(?:been )?(?:successfully )?(?:deliver|reach|sent|send|"
    r"process)|undeliver|unable to (?:be )?(?:deliver|relay|send)|"
    r"(?:delivery|message|mail|recipient|address(?:es)?|transmission)(?: \S+){0,8} (?:fail|reject|refus|return|delay|"
    r"problem|unknown|error)|permanent(?:ly)? (?:fatal )?(?:error|fail)|fatal error|"
    r"user (?:is )?unknown|unknown (?:user|local|recipient|address)|no such (?:user|recipient|mailbox|person|address|"
    r"local)|mailbox (?:full|unavailable|not found|is full|does not exist)|"
    r"(?:over|exceed\w*)(?: \S+){0,3} quota|55[0-4][ -]|5\.\d\.\d|returned (?:to sender|mail|message)|"
    r"invalid (?:recipient|address|mailbox)|not (?:known|listed|found) (?:at|in|on)|"
    r"konnte nicht|nicht zugestellt|n'a pas pu|no se (?:ha )?(?:pudo|podido)|non è stato possibile|não (?:pôde|"
    r"foi possível)|kon niet|kunde inte|nie (?:mógł|została)|"
    r"配信でき|配達でき|送信でき|届きません|届け(?:られ|でき)|存在しません|見つかりません|宛先不明|無法|无法|"
    r"전달(?:되지|할 수)|unreachable|does not exist|doesn't exist|action: failed|final-recipient"
)
"""Sentences of a bounce, looked for only under such a Subject."""

ABSENCES = (
    r"(?:i am|i'm|i will be|i'll be|we are) (?:currently |presently |now )?(?:out of (?:the |my )?office|on (?:annual |sick |parental |"
    r"maternity |paternity |medical |family )?(?:leave|vacation|holidays?)|away from (?:the |my )?(?:office|desk|e-?mails?)|"
    r"away (?:until|from|on|till)\b|travell?ing (?:until|from)|not in the office|unavailable until)|"
    r"(?:this is an )?(?:automatic|automated|auto)[- ]?(?:reply|response|answer)\b|"
    r"(?:thank you|thanks) for your (?:e-?mail|message|mail)[.,!]? (?:i am|i'm|i will be) "
    r"(?:currently )?(?:out of|on|away|not in)\b|"
    r"away until\b|out of (?:the )?office until\b|"
    r"ich bin (?:zur ?zeit |derzeit |aktuell |momentan |ab \S+ |vom .{3,40} |bis .{3,40} )?"
    r"(?:nicht (?:im (?:haus|büro)|erreichbar|am arbeitsplatz)|abwesend|im urlaub|außer haus|in elternzeit)|"
    r"vielen dank für ihre (?:nachricht|e-?mail|mail)[.,!]? ich bin (?:zur ?zeit |derzeit |aktuell |momentan )?(?:nicht|abwesend|im urlaub)|"
    r"(?:je suis|je serai) (?:actuellement )?(?:absente?|en congés?|en vacances|hors du bureau|en déplacement)|"
    r"(?:estoy|estaré|me encuentro) (?:actualmente )?(?:fuera de (?:la )?oficina|de vacaciones|ausente|de baja)|"
    r"(?:sono|sarò) (?:attualmente )?(?:assente|fuori (?:ufficio|sede)|in ferie)|"
    r"(?:estou|estarei|encontro-me) (?:atualmente |de momento )?(?:ausente|de férias|em férias|fora do escritório)|"
    r"ik ben (?:momenteel |tot .{3,40} |op dit moment )?(?:afwezig|niet (?:aanwezig|op kantoor)|op vakantie|met verlof)|"
    r"jag är (?:för närvarande |just nu )?(?:inte på kontoret|på semester|bortrest|tjänstledig|föräldraledig|frånvarande)|"
    r"(?:jestem|będę|obecnie jestem|przebywam|obecnie przebywam) (?:obecnie )?(?:nieobecn[ya]|na urlopie|poza biurem)|"
    r"(?:誠に勝手ながら|勝手ながら|恐れ入りますが|申し訳ありませんが|申し訳ございませんが)?[、,]?(?:只今|ただいま|現在)?[、,]?"
    r"(?:\S{0,30}(?:まで|から|より|の間|中)[、,]?)?"
    r"(?:不在(?:に|と)(?:して|させて|なって|なり)|不在です|不在のため|休暇(?:中|を(?:いただ|頂|取得))|お休みを(?:いただ|頂)|出張(?:中|のため不在)|"
    r"育児?休(?:業|暇)中|産休中)|"
    r"(?:これは|本メールは|このメールは)?自動(?:返信|応答|送信|配信)(?:メール|メッセージ)?(?:です|となります|になります|されています|しています|により)|"
    r"(?:您好[,，。!]? ?)?我(?:正在|目前|现在|現在|已)?(?:正在)?(?:休假|外出|出差|不在办公室|不在辦公室|度假)|(?:这|這)是(?:一封)?自(?:动|動)(?:回复|回覆|答复)|"
    r"(?:현재|지금|저는 현재|저는)? ?(?:부재 ?중(?:입니다|이오니|이므로)|휴가 ?중(?:입니다|이오니|이므로)|출장 ?중(?:입니다|이오니|이므로)|"
    r"사무실에 없습니다)"
)
"""How the note of somebody who is away begins, or a sentence near its beginning."""

CHALLENGES = "|".join(
    opening + rest
    for openings, rest in (
        ("to have your", r" (?:message|e-?mail|mail) (?:be )?delivered,? (?:please )?(?:click|reply|visit|confirm)"),
        ("click|follow|visit", r"(?: \S+){0,8} to (?:have|get) your (?:message|e-?mail)(?: \S+){0,4} delivered"),
        (
            "your",
            r" (?:message|e-?mail|mail) (?:is|has been) (?:being )?(?:held|waiting|quarantined)(?: \S+){0,25} (?:verif|confirm|click|approv)",
        ),
        (
            "must|need to|have to|please",
            r" (?:first )?(?:verify|confirm|authenticate) (?:that you (?:are|sent)|your (?:e-?mail )?(?:address|identity|message))"
            r"(?: \S+){0,25} (?:deliver|spam|sender)",
        ),
        ("one", r"[- ]time(?: \S+){0,4} (?:verification|confirmation|authentication)(?: \S+){0,25} (?:deliver|spam)"),
        ("spam", r" ?arrest"),
        ("protected by", r" (?:boxbe|tmda|chooseyourmail|mailinblack)"),
        (r"mailinblack|boxbe\.com|this account is protected by", ""),
        ("your message", r" (?:will not be|won't be) delivered until"),
        ("approved senders|whitelist|white list", r"\S*(?: \S+){0,25} (?:click|link|reply to this)"),
        (
            "reply|respond",
            r" to this (?:message|e-?mail)(?: \S+){0,12} your (?:original )?(?:message|e-?mail|mail) (?:will|can) (?:then )?be (?:delivered|released)",
        ),
        (
            "prove|confirm|verify|show",
            r" (?:that )?you(?: are|'re) (?:a (?:human|real (?:person|human))|human|not a (?:robot|spammer|machine))",
        ),
        ("require", r"s? (?:all )?(?:unknown |new )?senders to (?:verify|confirm|authenticate|prove)"),
        (
            "add|adding",
            r" (?:you|yourself|your (?:address|e-?mail))(?: \S+){0,4} to my (?:guest|approved|allowed|safe) (?:list|senders)",
        ),
        (
            "damit|um",
            r" ihre (?:nachricht|e-?mail|mail)(?: \S+){0,8} (?:zugestellt|zuzustellen)\S*(?: \S+){0,25} (?:klick|link|bestätig)",
        ),
        (
            "pour que votre",
            r" (?:message|e-?mail|courriel)(?: \S+){0,6} (?:remis|délivré|distribué|transmis)\S*(?: \S+){0,25} (?:cliqu|authentifi)",
        ),
        ("votre", r" (?:message|e-?mail|courriel)(?: \S+){0,20} (?:vous authentifier|authentification)"),
        ("para que su", r" (?:mensaje|correo)(?: \S+){0,6} entregado\S*(?: \S+){0,25} (?:clic|pulse|confirm)"),
        ("affinché il", r" (?:suo|tuo) messaggio(?: \S+){0,6} (?:consegnato|recapitato)\S*(?: \S+){0,25} (?:clicc|conferm)"),
        ("para que", r" (?:a )?sua mensagem(?: \S+){0,6} entregue\S*(?: \S+){0,25} (?:cliqu|confirm)"),
        ("om|zodat", r" uw (?:bericht|e-?mail)(?: \S+){0,8} (?:bezorgd|afgeleverd|bezorgen|afleveren)\S*(?: \S+){0,25} (?:klik|bevestig)"),
        (
            "メール|メッセージ",
            r"(?:を|が).{0,12}(?:届ける|お届けする|配信する|届く|配信される|受信される)(?:ため|に)?(?:には|に).{0,40}(?:クリック|認証|承認)",
        ),
        ("送信者", r"(?:の)?認証(?:が必要|を行って|をお願い)"),
        ("请|請", r"(?:点击|點擊).{0,30}(?:验证|驗證).{0,30}(?:投递|投遞|送达|送達)"),
        ("메일|메시지", r"(?:이|가|을|를) (?:전달|배달|수신)\S{0,8} .{0,30}(?:인증|클릭)"),
    )
    for opening in openings.split("|")
)
"""Sentences of filters that ask a sender to prove that he is a person. Each is spelt from its first letter on: a search passes quickly over
whatever begins with none of these."""

RECEIPTS = (
    r"(?:read|not read|read receipt|return receipt|lu|non lu|gelesen|ungelesen|leído|letto|lida|gelezen|läst|przeczytane|"
    r"開封済み|開封確認|開封通知|未開封|已读|已讀|읽음)\s*[:]"
)
"""How the Subject of a read receipt begins, in the languages of Outlook."""

RECALLS = r"(?:recall|message recall|取り消し|取消し?|メッセージの取り消し)\s*[:]"
"""How the Subject of Outlook's word begins that somebody would like a message back: believed only over the text that goes with it."""

RECALLS_SAY = (
    r".{0,200}?(?:(?:would like|wants?|is trying|is attempting) to recall (?:the|this) message"
    r"|メッセージ.{0,300}?を(?:取り消そうとしています|取り消したいと))"
)

CALENDAR_ANSWERS = (
    r"(?:accepted|declined|tentative|tentatively accepted|new time proposed|accepté|refusé|provisoire|zugesagt|abgesagt|mit vorbehalt|aceptada|rechazada|"
    r"accettato|rifiutato|承諾|辞退|仮承諾|仮の予定|已接受|已拒绝)\s*[:](?!.*\d{4}-\d)"
)
"""How the Subject of an answer to an invitation begins: believed only over an empty text, for 辞退 and “Accepted:” are people's words too."""

BOUNCE_WHOLE = (
    r"undelivered mail returned to sender.{0,80}|mail delivery failed(?:: returning message to sender)?|delivery status notification \(.{1,20}\).{0,80}|"
    r"returned mail: see transcript for details|failure notice|(?:undeliverable|unzustellbar|non remis|配信不能)\s*[:].*|nachricht unzustellbar.{0,40}|"
    r"配信不能|配信できませんでした"
)
"""Subjects that only mail programs give, whole or up to their colon."""
