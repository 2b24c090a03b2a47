"""The words by which text that gives orders to software is known, in many languages. Data only; `orders` uses it.

Who is spoken to or of stands in REMEMBERS and ADDRESSES as ‹user›, ‹ai› and ‹people›, which `orders` puts in their
place: written out each time, the pattern would take 12 MB.

Alternatives of a regular expression, searched in small letters without accents. A new language is a new line.
"""

from __future__ import annotations

from gum_app.rules.private_words import any_of

SOFTWARE = any_of(
    r"""
    ais?|a\.i\.|llms?|(?:large )?language models?|gpts?|chat ?gpt|claude|gemini|copilot|chat ?bots?|bots?|
    (?:a[il1]|llm|virtual|digital|automated|autonomous|personal|smart|desktop|helpful) (?:assistants?|agents?|
    models?|systems?|readers?|tools?|helpers?)|
    assistants?|agents?|screen readers?|summari[sz]ers?|crawlers?|machine readers?|memory (?:systems?|agents?)|
    ki(?:-assistent\w*|-systeme?|-modelle?)?|sprachmodelle?|assistants? ia|modeles? de langage|ia|
    modelos? de lenguaje|asistentes?(?: de ia)?|
    assistenti? ia|modelli? linguistic[oi]|taalmodel(?:len)?|ai-assistent\w*|modele? jezykow\w+
    """
)
# Of those, which nobody takes for people.
AI = any_of(
    r"""
    a[il1]s?|a\.i\.|llms?|(?:large )?language models?|gpts?|chat ?gpt|claude|gemini|copilot|chat ?bots?|
    (?:a[il1]|llm|virtual|digital|automated|autonomous|smart|desktop)(?: \w+ and ai)? (?:assistants?|agents?|models?|
    systems?|readers?|tools?|helpers?)|screen readers?(?: and ai \w+)?|summari[sz]ers?|memory (?:systems?|agents?)|
    ki(?:-assistent\w*|-systeme?|-modelle?)?|sprachmodelle?|assistants? ia|modeles? de langage|modelos? de lenguaje|
    asistentes? de ia|assistenti? ia|taalmodel(?:len)?|ai-assistent\w*|modele? jezykow\w+
    """
)
THE_USER = any_of(
    r"""
    (?:the|this|your|its|our) (?:current |human )?(?:user|reader|viewer|owner|account holder|operator|human|
    person (?:at|behind|reading|using)(?: this| it| these words| the screen)?)|
    whoever (?:reads|sees) this|the person (?:reading|viewing|using) (?:this|it)|the owner of (?:this|the) (?:screen|
    computer|machine|account|device)|
    (?:der|die|dieser|diese) (?:nutzer|benutzer|leser|anwender)(?:in)?|l'(?:utilisateur|usager)|le lecteur|
    el (?:usuario|lector)|l'utente|
    o (?:usuario|utilizador|leitor)|de (?:gebruiker|lezer)|uzytkownik|czytelnik|anvandaren|brugeren|brukeren|kayttaja|
    пользовател\w+|用户|使用者|ユーザー
    """
)
LIFE = any_of(
    r"""
    (?:has (?:decided|agreed|moved|bought|booked|sold|quit|resigned|ordered|consented|authori[sz]ed|given|requested|
    married|converted|approved|confirmed|stopped|become|an? )|
    hates?|loves?|likes?|prefers?|wants? to|lives? in|moved|decided|resigned|booked|bought|sold|quit|agreed|
    plans? to|owns?|earns?|owes?|voted|trusts?|believes?|
    is (?:an? |going to|moving|leaving|planning|married|pregnant|looking for|interested|allergic|afraid|rich|retired|
    the )|works? (?:for|at|as)|enjoys?|needs? (?:a|to buy|to order|our|new)|
    always|never|no longer|now|supports?|endorses?|recommends?|asked)
    """
)

# Sentences of orders, by what they want.
OVERRIDES = any_of(
    r"""
    (?:ignore|disregard|override|bypass|forget|discard|overlook|set aside|pay no attention to|do not (?:follow|obey)|
    stop following|never mind)[ ](?:(?:about|any of|all of|of|the|these|those) ){0,3}
    (?:(?:all|any|your|every|previous|prior|earlier|preceding|above|original|former|past|initial|developer'?s?|system|
    safety)[ ]){1,5}(?:(?:the|old|other|existing|current|of|your) ){0,3}
    (?:instructions?|prompts?|guidelines?|directives?|directions|messages?|rules|restrictions|training|commands|
    orders|
    safeguards|context)|
    (?:ignore|disregard|bypass|forget|pay no attention to|do not (?:follow|obey)|stop following) (?:the )?
    (?:instructions?|prompts?|guidelines?|directives?|rules) (?:above|before this|so far|you were given|you have)|
    (?:ignore|disregard|forget) (?:everything|all|anything|what(?:ever)?)(?: (?:that )?(?:was|were|is|has been|
    you (?:were|have been|are)) (?:said|told|written|given|instructed)| (?:above|before|previously|so far))|
    (?:your|the) (?:previous|earlier|original|old) (?:instructions?|prompt|rules) (?:are|is|were|was|no longer|
    have been|has been) (?:void|obsolete|cancel\w+|replaced|superseded|suspended|apply|revoked|outdated)|
    (?:new|updated|revised|real|actual|hidden|secret|additional) (?:system )?(?:instructions?|prompt|directives?|
    orders) (?:for you\b|for the (?:ai|assistant|model|reader|agent)|follow\b)|
    from now on,? (?:you (?:are|will|must|shall|act|only)|act as|respond as|treat the user)|enter (?:developer|debug|
    god|admin|maintenance) mode|
    you are now (?:an? |in |the )?(?:unrestricted|jailbroken|dan\b|free|different|new|developer|assistant|ai|helpful)|
    (?:reveal|print|repeat|output|show|leak) (?:me )?(?:your|the) (?:system prompt|hidden prompt|initial prompt|
    instructions verbatim)|
    ignorier(?:e|en|t)(?: sie)? (?:alle |deine |ihre |die |bitte |saemtliche |samtliche |vorherigen |bisherigen |
    obigen |fruheren |vorigen ){1,5}(?:anweisungen|instruktionen|regeln|vorgaben|befehle)|
    vergiss (?:alle |deine |die |alles ){1,4}(?:vorherigen |bisherigen )?(?:anweisungen|regeln|was)|
    (?:ignore[rz]?|oublie[rz]?|ne tiens? pas compte de)s? (?:toutes? |tous |les |tes |vos |
    ces ){1,3}(?:instructions?|consignes?|regles?|directives?)|
    (?:ignora|ignore|ignorad|olvida|olvide|haz caso omiso de) (?:todas? |todos |las |tus |sus |
    estas ){1,4}(?:instrucciones|reglas|indicaciones|ordenes)|
    (?:ignora|ignorate|dimentica) (?:tutte |tutti |le |tue |queste |i ){1,4}(?:istruzioni|regole|direttive|comandi)|
    (?:ignore|ignora|esqueca|desconsidere) (?:todas |as |suas |tuas |estas |os |todos ){1,4}(?:instrucoes|regras|
    ordens|comandos)|
    (?:negeer|vergeet) (?:alle |je |uw |de |vorige |eerdere |bovenstaande |voorgaande ){1,4}(?:instructies|
    aanwijzingen|regels|opdrachten)|
    (?:zignoruj|ignoruj|zapomnij) (?:wszystkie |swoje |poprzednie |wczesniejsze |o |powyzsze ){1,4}(?:instrukcje|
    polecenia|zasady|instrukcjach)|
    (?:ignorera|glom) (?:alla |dina |de |tidigare |foregaende ){1,4}(?:instruktioner|anvisningar|regler)|
    (?:ignorer|glem) (?:alle |dine |de |tidligere |forrige ){1,4}(?:instruktioner|instrukser|regler|instruksjoner)|
    (?:onceki|tum|butun) (?:\w+ )?talimatlari (?:yok say|unut|goz ardi et)|
    (?:игнорируй|проигнорируй|забудь)(?:те)? (?:все |всё |свои |предыдущие |прежние |прошлые |про |
    выше ){1,4}(?:инструкции|указания|правила)|
    (?:忽略|无视|忘记).{0,8}(?:指令|指示|说明|规则|提示)|(?:以前|これまで|上記|前|すべて)の?.{0,6}(?:指示|命令|指令|ルール)を(?:無視|忘れ)|
    (?:이전|위의|모든).{0,8}(?:지시|명령|지침).{0,4}(?:무시|잊)
    """
)
REMEMBERS = any_of(
    rf"""
    (?:record|conclude|memori[sz]e|write down|store|save|log|register|persist|document|infer|enter|put down|
    file)(?: it| this| down|
    ,| permanently| the fact| in your memory| into your memory| to memory| as a fact| please){{0,3}},? (?:that|how|
    the fact that) ‹user›(?! (?:must|can|cannot|may|should|might|could|will|needs? to|does|did|clicks?|enters?|
    selects?))|
    (?:note|remember|keep in mind|assume|bear in mind|know|learn|believe|be aware)(?: it| this|
    ,| down| please){{0,2}},? (?:that )?‹user› {LIFE}|
    (?:save|add|write|commit|append|store|put|insert|log|record)(?: \S+){{0,12}}? (?:to|in|into|on) (?:your|its|
    ‹user›(?:'s?)?|the (?:‹(?:ai|people)›|model)(?:'s?)?|their|long[- ]term|the long[- ]term|the persistent|
    persistent) (?:own |long[- ]term |user |personal )?(?:memory|memories|profile|user model|knowledge (?:base|
    graph)|notes about|facts|records? of)|
    (?:save|add|write|store|put)(?: \S+){{0,8}}? (?:to|in|into) (?:the )?(?:profile|memory|user model|
    dossier) of ‹user›|
    (?:update|overwrite|edit|change|modify|set|rewrite|extend) (?:your|‹user›(?:'s?)?) (?:memory|profile|user model|
    beliefs|
    knowledge|notes|records?) (?:of ‹user›|about ‹user›|with the fact|so (?:that )?it (?:says|states|reads)|
    to (?:say|state|read|reflect|show that))|
    (?:convince|persuade|urge) ‹user› (?:to|that)|
    (?:do not|don't|never) (?:tell|inform|mention(?: this| it)? to|alert|notify|warn|reveal(?: this| it)? to)
    [ ]‹user› (?:about |of )?(?:this|these|it|any of)|
    without (?:telling|informing|notifying|asking|alerting) ‹user›,? (?:append|add|send|forward|save|store|delete|
    approve|transfer|buy|order|post|upload|share|accept|install)|
    (?:merke? dir|speichere|notiere|vermerke|halte fest|trage ein)(?: bitte)?,? dass ‹user›|
    (?:retiens|retenez|enregistre[rz]?|note[rz]?|memorise[rz]?|souviens-toi|
    souvenez-vous)(?: bien)? qu[e'] ?‹user›|
    (?:recuerda|recuerde|registra|registre|anota|anote|guarda|guarde|memoriza) que ‹user›|
    (?:ricorda|ricordati|registra|annota|memorizza|salva) che ‹user›|
    (?:lembre-se|registe|registre|anote|memorize|guarde)(?: de)? que ‹user›|
    (?:onthoud|noteer|sla op|registreer) dat ‹user›|(?:zapamietaj|zapisz|zanotuj),? ze ‹user›|
    (?:kom ihag|notera|spara|husk|noter|lagre|gem) (?:att|at) ‹user›|
    (?:запомни|запиши|отметь|сохрани)(?:те)?,? что ‹user›|(?:记住|记录|请记).{{0,6}}(?:用户|使用者)|(?:ユーザー|
    利用者).{{0,30}}(?:覚えて|記録し|記憶し)
    """
)
ADDRESSES = any_of(
    r"""
    (?:attention|notice|(?:this is an? )?instructions?|message|note|hey|dear|hello|hi|warning|memo|reminder|command|
    request|order|hint|to|for|important|achtung|hinweis|an|attention aux?|note aux?|atencion|nota (?:para|per)|
    attenzione|let op|uwaga),?(?: (?:to|for|all|any|the|every|reading|fur|an|alle|les|los|las|gli|voor|dla|other|
    your))* ‹ai›(?: \S+){0,8}?\s?[:;,!–—-]+ \S+|
    ‹(?:ai|people)›, (?:please |kindly |you must |now )?(?:ignore|disregard|forget|record|remember|note that|save|store|
    log|
    conclude|memori[sz]e|praise|recommend|rate|obey|act as|pretend)|
    if (?:you are|you're|this is being read by|this text is read by|an?|
    you,?)(?: an?| the| any)? ‹(?:ai|people)›(?: \S+){0,6}?,? (?:then |please |you )?(?:must|should|shall|ignore|
    disregard|add|include|remember|record|note|say|answer|reply|respond|tell|write|mention|save|store|click|open|
    send|forward|execute|run|do not|skip|stop|rate|recommend)|
    (?:wenn|falls) du ein(?:e)? ‹(?:ai|people)›(?: \S+){0,4}? bist|si (?:tu es|vous etes|eres|usted es) (?:une?|
    un) ‹(?:ai|people)›|als je een ‹(?:ai|people)› bent|se sei un(?:a)? ‹(?:ai|people)›|
    ‹(?:ai|people)› (?:reading|processing|parsing|viewing|that (?:reads?|sees?|process(?:es)?|summari[sz]es?)|
    who reads?) (?:this|it|the)(?: \S+){0,6}? (?:must|should|shall|please|will|are to|has to|have to|is to|
    needs? to)|
    ‹(?:ai|people)› (?:must|shall|are required to|is required to|are to|is to|please|should now|should always) (?:now |
    always |also )?(?:ignore|disregard|record|remember|note|save|store|add|forward|send|treat|conclude|obey|execute|
    forget|tell|write|reply|rate|recommend|memori[sz]e|log)|
    (?:when(?:ever)?|while|every time) (?:you )?(?:summari[sz](?:e|ing)|process(?:ing)?|read(?:ing)?|index(?:ing)?)
    [ ](?:this|the) (?:page|
    e-?mail|message|document|text|screen)(?: \S+){0,6}?,? (?:please |always |also |you must )?(?:ignore|add|
    include|remember|record|note|say|tell|write|mention|save|store|recommend|conclude|append|state)
    """
)
# One of these stands in every such text; a lower line is a space. Most rows have none, and cost next to nothing.
HINTS = tuple(
    hint.replace("_", " ")
    for hint in """
    ignor disregard overrid bypass forget discard overlook aside obey follow instruct prompt from_now_on _mode
    you_are_now vergiss oubli olvid omiso diment esque desconsid negeer vergeet zapomn glom glem talimat user reader
    viewer owner human operator holder whoever person_ memor profile nutzer leser anwender utilisateur usager
    lecteur usuario lector utente utiliz leitor gebruiker lezer assistan agent summar crawler sprachmodell asistent
    taalmodel llm language_model gpt claude gemini copilot chatbot ai_ ai, al_ ki_ ia_ <| [inst [/inst [sys <<sys
    system_ system: ## attention persona restrict rules onceki butun konus 지시 명령
    """.split()  # noqa: SIM905 - a list of this length is easier read as text
)
