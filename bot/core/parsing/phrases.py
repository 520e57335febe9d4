"""The phrases by which automatic mail of many languages can be known where its headers are silent: data, no code.

Everything here is folded and lowered. An opening is believed only before a colon, a dash or a bracket, a whole only as the entire Subject,
a challenge and a bounce only by whole sentences of known programs: what a person would also write does not belong here.
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
    r"automatiskt svar|autosvar|frånvaromeddelande|frånvarobesked|frånvarande|ej på kontoret|automatisk svar|"
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

CHALLENGES = (
    r"to have your (?:message|e-?mail|mail) (?:be )?delivered,? (?:please )?(?:click|reply|visit|confirm)|(?:click|"
    r"follow|visit)(?: \S+){0,8} to (?:have|get) your (?:message|e-?mail)(?: \S+){0,4} delivered|"
    r"your (?:message|e-?mail|mail) (?:is|has been) (?:being )?(?:held|waiting|quarantined)(?: \S+){0,25} (?:verif|"
    r"confirm|click|approv)|"
    r"(?:must|need to|have to|please) (?:first )?(?:verify|confirm|authenticate) (?:that you (?:are|sent)|"
    r"your (?:e-?mail )?(?:address|identity|message))(?: \S+){0,25} (?:deliver|spam|sender)|"
    r"(?:this is a )?one[- ]time(?: \S+){0,4} (?:verification|confirmation|authentication)(?: \S+){0,25} (?:deliver|"
    r"spam)|spam ?arrest|protected by (?:boxbe|tmda|chooseyourmail|mailinblack)|"
    r"mailinblack|boxbe\.com|this account is protected by|your message (?:will not be|won't be) delivered until|"
    r"(?:approved senders|whitelist|"
    r"white list)(?: \S+){0,25} (?:click|link|reply to this)"
)
"""Sentences of filters that ask a sender to prove that he is a person."""
