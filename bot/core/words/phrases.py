"""The phrases by which mail programs of many languages mark what is not the sender's own: data, no code.

Everything here is folded and lowered as `folding` does it. A new client or language is a new entry here and a sample in the tests.
Never holds a phrase that a person would write as a whole line of their own.
"""

from __future__ import annotations

LABELS = {
    "from": "from|von|de|da|van|från|fra|od|发件人|寄件者|寄件人|發件人|差出人|送信者|送信元|発信者|보낸 사람|보낸사람|"
    "보낸이|от|от кого|lähettäjä|"
    "avsändare|afzender|expéditeur|nadawca|remitente|mittente|remetente|odesílatel|kimden|from address|adresant|من|"
    "מאת|από|feladó|expeditor",
    "sent": "sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviada|fecha|"
    "inviato|inviato il|data|"
    "verzonden|verzonden op|skickat|wysłano|wysłane|data wysłania|sendt|dato|发送时间|发送日期|寄件日期|傳送日期|"
    "傳送時間|日期|時間|送信日時|送信日|日時|日付|受信日時|"
    "보낸 날짜|보낸날짜|날짜|보낸 시간|дата|отправлено|lähetetty|päiväys|päivämäärä|date sent|odesláno|tarih|"
    "تم الإرسال|التاريخ|נשלח|στάλθηκε|ημερομηνία|elküldve|dátum",
    "to": "to|an|à|a|para|per|aan|till|til|do|收件人|收件者|宛先|受信者|받는 사람|받는사람|받는이|кому|vastaanottaja|"
    "destinataire|pour|empfänger|komu|kime|adresat|adresaci|إلى|אל|προς|címzett",
    "cc": "cc|ccn|bcc|kopie|copie|copie à|copia|c.c.|抄送|副本|참조|копия|kopia|kopio|dw|udw|reply-to|antwort an|"
    "répondre à|返信先|importance|priority|重要度",
    "subject": "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|主题|主旨|標題|题目|件名|表題|題名|제목|"
    "тема|aihe|předmět|konu|re|الموضوع|נושא|θέμα|tárgy",
}
"""Header labels of a quoted message by role: Outlook, Notes, Yahoo and others print them instead of an attribution."""

ORIGINAL = (
    "original message|original appointment|forwarded message|forwarded by|begin forwarded message|reply message|"
    "original e-mail|"
    "ursprüngliche nachricht|original-nachricht|originalnachricht|weitergeleitete nachricht|"
    "anfang der weitergeleiteten nachricht|"
    "message d'origine|message original|message transféré|début du message transféré|début du message réexpédié|"
    "message initial|message suivi|"
    "mensaje original|mensaje reenviado|inicio del mensaje reenviado|messaggio originale|messaggio inoltrato|"
    "inizio messaggio inoltrato|"
    "mensagem original|mensagem encaminhada|início da mensagem encaminhada|oorspronkelijk bericht|"
    "oorspronkelijke bericht|doorgestuurd bericht|"
    "begin doorgestuurd bericht|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|"
    "vidarebefordrat brev|vidarebefordrat mejl|"
    "wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|"
    "treść przekazanej wiadomości|początek przekazanej wiadomości|"
    "oprindelig meddelelse|oprindelig besked|antwort nachricht|original besked|videresendt besked|"
    "opprinnelig melding|videresendt melding|alkuperäinen viesti|välitetty viesti|"
    "исходное сообщение|пересылаемое сообщение|původní zpráva|přeposlaná zpráva|orijinal mesaj|"
    "元のメッセージ|元のメール|オリジナルメッセージ|転送メッセージ|転送されたメッセージ|転送メール|転送元メッセージ|"
    "以下は転送されたメッセージです|転送されたメッセージここから|"
    "原始邮件|原邮件|邮件原件|转发的邮件|转发邮件|转发邮件信息|开始转发的邮件|被转发邮件信息|原始郵件|轉寄郵件|"
    "轉寄的郵件|開始轉寄郵件|轉寄郵件開始|原始信息|回复的原邮件|"
    "원본 메시지|원본 메일|원본메시지|원본메일|전달된 메시지|전달된 메일|original mail"
)
"""The words between the dashes above a quoted or forwarded message."""

WROTE_LAST = (
    "wrote|writes|said|a écrit|écrit|escribió|escribio|escribe|ha scritto|scrive|escreveu|schreef|schrijft|"
    "schreef het volgende|schrieb|schrieb folgendes|"
    "geschreven|skrev|skriver|napisał(a)|napisał|napisała|napisali|pisze|kirjoitti|написал|написала|пишет|писал|"
    "писала|написал(а)|napsal|napsala|napsal(a)|yazdı|"
    "写道|寫道|写到|写了|작성|작성함|님이 작성|썼습니다|のメール|からのメール|のメッセージ|さんは書きました|"
    "は書きました|さんが書きました|が書きました|書きました|さん 曰く|"
    "のメールより|님의 말|님이 쓴 글|wrote in message|írta|đã viết|a scris|έγραψε|sent|menulis|napísal|skrifaði|كتب|"
    "כתב|כתבה|написав|пише|schrieb am|נכתב"
)
"""Verbs that end an attribution."""

WROTE_WITHIN = r"schrieb|schreef|skrev|wrote|kirjoitti|a écrit|escribió|ha scritto|escreveu|napisał\(a\)|napisał|写道|寫道"
"""Verbs after which the name may still follow: ``Am 2.11.2026 um 9:00 schrieb Taro <…>:``."""

OPENERS = (
    r"on|am|le|el|il|em|op|den|på|om|w dniu|dnia|no dia|in data|il giorno|il dì|at|quoting|in article|in message|ai|"
    r"pe|ma|ti|ke|to|la|su|"
    r"lør|søn|man|tir|ons|tor|fre|mån|tis|lör|sön|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|sab|pon|wt|śr|"
    r"czw|pt|sob|niedz|vom|dne|vào|pada|"
    r"mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|在|于|於"
)
"""First words of an attribution; only believed where a date or an address follows."""

SENT_FROM = (
    r"sent (?:from|via|using|with|by) (?:my |a |the )?(?:iphone|ipad|ios|mobile|phone|cell|smartphone|android|samsung|"
    r"galaxy|blackberry|nokia|htc|windows|outlook|"
    r"mail for|yahoo|gmail|proton|hey|spark|superhuman|mailbox|airmail|aol|huawei|xiaomi|xperia|pixel|e-mail|handheld|"
    r"wireless|verizon|t-mobile|motorola|oneplus|edison|bluemail|fastmail|thunderbird|zoho|nine|newton|boxer|aquamail|k-9).*"
    r"|(?:get|download) outlook for (?:ios|android|mac).*|sent from (?:the )?.{0,20}(?:app|mail)\W{0,20}"
    r"|outlook for (?:ios|android) ?(?:を入手|から送信|で送信).*|(?:iphone|ipad|android|スマートフォン|スマホ|携帯|"
    r"携帯電話|モバイル|au|docomo|softbank|xperia|galaxy|mac)"
    r"(?:から|より)(?:の)?送信.*|(?:私の|僕の)?(?:iphone|ipad|スマートフォン)(?:から送信|より送信|"
    r"からの送信)(?:されました|しています|しました)?.*"
    r"|yahoo!?メール ?- ?.*|(?:yahoo|gmail|outlook).{0,20}(?:から送信|で送信).*|"
    r"windows (?:\d+ )?版の ?メール ?から送信.*|.{0,30}から送信(?:されました)?"
    r"|(?:von|vom) (?:meinem|meiner) .{1,30} gesendet.*|gesendet (?:von|mit|über|aus) .{1,40}|"
    r"diese nachricht wurde von meinem .{1,80}"
    r"|envoyé (?:de|depuis|à partir de|avec|par) (?:mon |ma |l'|un |une )?.{1,40}|télécharge[rz]? outlook.*|obtenir outlook.*"
    r"|enviado (?:desde|do|de|a partir do|usando|con|via|através de) .{1,40}|obtener outlook.*|obter o outlook.*"
    r"|inviato (?:da|dal|dall'|con|tramite) .{1,40}|ottieni outlook.*|scarica outlook.*"
    r"|verstuurd (?:vanaf|met|via|van) .{1,40}|verzonden (?:vanaf|vanuit|met|via|van) .{1,40}|outlook voor .{1,20}"
    r"|skickat från .{1,40}|skickades från .{1,40}|sendt fra .{1,40}|hämta outlook.*|lähetetty .{1,40}"
    r"|wysłan[eoy] (?:z|za|przy|ze) .{1,50}|отправлено (?:с|из) .{1,40}|odesláno z .{1,40}"
    r"|发自我的.{0,30}|從我的.{0,30}傳送|从我的.{0,30}发送|發自我的.{0,30}|来自我的.{0,20}|傳送自.{1,30}|"
    r"发送自.{1,30}|获取 ?outlook.*|.{1,30}(?:-omról|-ról|-ről) küldve|trimis (?:de pe|din|de la) .{1,40}|"
    r"أُرسلت من .{1,30}|나의 .{1,20}에서 보냄.*|내 .{1,20}에서 보냄.*|.{1,20}에서 보낸 메일.*"
)
"""The line that a phone or webmail adds under the text."""

DISCLAIMERS = (
    r"(?:this|the (?:information|contents?) (?:contained )?(?:in|of) this) (?:e-?mail|message|communication|transmission)"
    r"(?: message)?(?:,? (?:and|including|together with) (?:any|all|its)| is | may | contains | was | has been | transmission)"
    r".{0,120}(?:confidential|privileged|intended|virus)"
    r"|(?:confidentiality|privacy|legal|privilege) (?:notice|note|statement|disclaimer)\b.{0,40}$|(?:confidentiality|"
    r"privacy) (?:notice|note)\s*[:\-].*|disclaimer\s*[:\-].*"
    r"|diese (?:e-?mail|nachricht).{0,80}vertraulich|ce (?:message|courriel|mail).{0,80}confidentiel|este (?:mensaje|"
    r"correo).{0,80}confidencial"
    r"|esta mensagem.{0,80}confidenci|(?:questo messaggio|il presente messaggio|questa e-?mail).{0,80}(?:riservat|confidenzial)"
    r"|(?:dit bericht|deze e-?mail).{0,80}vertrouwelijk|detta (?:meddelande|e-?post).{0,80}konfidentiell|(?:niniejsza|"
    r"ta) wiadomość.{0,80}(?:poufn|przeznaczon)"
    r"|(?:(?:ご?注意(?:事項|ください)?|重要|お願い|免責事項|[【\[].{1,12}[】\]])\s*[:]?\s*)?(?:この|本)(?:電子)?(?:メール|メッセージ|e-?mail).{0,60}(?:機密|秘密|誤って|守秘|宛先人)|本邮件.{0,40}(?:保密|"
    r"机密)|本郵件.{0,40}(?:機密|保密)"
    r"|이 (?:메일|메시지|이메일).{0,60}(?:기밀|비밀)"
)
"""How a firm's legal footer begins."""

ANNOUNCES = (
    r"[\[(「『【<-]{0,4}\s*(?:quote|quoted|quotation|forwarded|引用|転送|以下[、,]?(?:は|に|の)?(?:引用|転送)|引用(?:開始|ここから)|転送(?:開始|ここから))"
    r"(?:します|です|いたします|文|文です|メール|メールです)?\s*[\])」』】>:。.-]{0,4}"
    r"|以下[、,]?\S{0,20}(?:転送|引用|抜粋)(?:です|します|いたします|しました|になります|となります)[。:]?"
    r"|\S{1,40}(?:さん|様|氏|先生)(?:は|が|より|からの)\s?(?:\S{0,30})(?:書きました|述べました|言いました|メールです|連絡です|メッセージです|のメール)[。:]?"
    r"|[-=*#~\s]{2,12}.{1,60}\b(?:wrote|writes|said|says)\b.{0,20}[-=*#~\s]{2,12}"
    r"|(?:[^\s,.;:]{2,30} ){1,3}(?:wrote|writes|said|says)(?: (?:to me|to us|earlier|today|yesterday|this morning|last \w+|on \w+|just now)){0,3}\s?[:.]?"
    r"|(?:fyi[,:.]? )?(?:please )?(?:see |read |below is |here is |this is )(?:below )?(?:what|the (?:mail|e-?mail|message)|a (?:mail|e-?mail|message))"
    r" .{0,60}\b(?:sent|wrote|said|received|forwarded|writes)\b.{0,20}:"
)
"""A whole line by which a person says that somebody else's words follow, where no mail program does."""
