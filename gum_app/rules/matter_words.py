"""The words by which a matter is known that is nobody's business, in many languages. Data only; `matters` uses it.

Alternatives of a regular expression, searched without case in text without accents. What is *telling* is hardly ever
said of anything else; what is *ambiguous* ("loan", "separation", "hospital") counts only where somebody is spoken of.
A new language is a new line.
"""

from __future__ import annotations

from gum_app.records import Matter
from gum_app.rules.private_words import any_of

HEALTH = any_of(
    r"""
    panic attacks?|anxiety (?:disorder|medication|attacks?)|depressive|clinically depressed|anti-?depress\w+|
    psychiatr\w+|psychotherap\w+|cancer(?! research)|carcinoma|leuk(?:a|e)emia|lymphoma|metasta\w+|chemo(?:therapy)?|
    tumou?rs?|hiv(?:[- ]positive)?|hepatitis|epilep\w+|diabet\w+|insulin|crohn'?s|multiple sclerosis|dementia|
    alzheimer\w*|
    parkinson'?s|arthritis|asthma|anaphyla\w+|thyroid\w*|migraines?|chlamydia|herpes|endometriosis|menopause|
    adhd|autis(?:m|tic)|bipolar disorder|schizophren\w+|eating disorder|anorexi\w+|bulimi\w+|suicid(?:e|al)|self-harm|
    overdose[ds]?|alcoholi(?:c|sm)|alcoholics anonymous|burn-?out|biops(?:y|ies)|colonoscop\w+|mammogra\w+|
    blood (?:tests?|results?|sugar|pressure)|mri scans?|ct scans?|test results? (?:from|of) (?:the |my )?(?:doctor|
    gp|clinic)|
    diagnosed with|my diagnosis|(?:his|her|your|the|medical) diagnosis|symptoms of|side effects of|
    prescri(?:bed|ption for)|\d+ ?mg (?:daily|twice|a day|tablets?)|sick ?(?:leave|note|pay)|signed off (?:sick|
    with)|sertraline|fluoxetine|
    citalopram|metformin|levothyroxine|methotrexate|prozac|xanax|ritalin|oncolog\w+|urolog\w+|gyna?ecolog\w+|
    disabilit(?:y|ies) (?:benefit|allowance|pension)|wheelchair user|
    krebs(?:diagnose|vorsorge)?|depressionen|krankschreibung|krankgeschrieben|diagnostiziert|chemotherapie|
    diabetiker\w*|
    herzinfarkt|schlaganfall|blutwerte|schwerbehindert\w*|angststorung|magersucht|
    tumeur|chimiotherapie|arret maladie|antidepresseurs?|diabetique|depression nerveuse|anxiete|
    baja por enfermedad|baja medica|quimioterapia|diabetes|depresion|ansiedad|tumor|
    chemioterapia|depressione|ansia|diabetico|malattia cronica|
    kanker|ziekteverlof|burn-out|depressief|
    nowotwor|zwolnienie lekarskie|cukrzyca|sjukskriv\w+|cancersjuk|sygemeld\w*|sykmeld\w*
    """
)
HEALTH_AMBIGUOUS = any_of(
    r"""
    hospital|therapy|therapist|diagnos\w+|medication|antibiotics?|surgery|operation on|allerg(?:y|ic|ies)|anxiety|
    depress\w+|
    (?:the|see a|gp|doctor'?s) appointment|symptoms?|disabled|disability|insomnia|unwell|(?:off|called in) sick|
    ill(?:ness)?|
    (?:the|a|her|his|my) (?:knee|heart|lung|liver|kidney|hip|breast|prostate)\w*|infection|infected|transplant|
    hospice|rehab|
    (?:doctor|consultant|specialist|surgeon) (?:says|said|thinks|wants|found)|
    krankenhaus|arzttermin|medikamente|hopital|medecin|medicaments|medico|ospedale|ziekenhuis|szpital|sjukhus
    """
)
INTIMATE = any_of(
    r"""
    pregnan(?:t|cy)|miscarr\w+|abortion|ivf|infertil\w+|contracepti\w+|morning-after pill|
    (?:my|his|her|their|an?) (?:ex-)?affair with|cheat(?:ed|ing|s) on (?:me|her|him|my|his|their)|having an affair|
    divorc\w+|
    custody (?:of (?:the |my |his |her |our )?(?:child\w*|kids?|sons?|daughters?)|hearing|battle)|
    marriage counsell?\w+|couples? therapy|leav(?:e|ing) (?:my|his|her) (?:husband|
    wife|partner)|
    tinder|grindr|bumble date|hookup|one-night stand|erotic\w*|porn\w*|escort service|sex (?:life|toys?|shop|
    therapist)|
    sexting|nudes|libido|erectile|viagra|sexually transmitted|
    (?:am|is|are|was|he'?s|she'?s|i'?m|came out as|being) (?:gay|lesbian|bisexual|trans(?:gender)?|queer|asexual)|
    my sexuality|gender identity|coming out to (?:my|his|her)|domestic (?:abuse|violence)|rape[ds]?|
    sexual(?:ly)? (?:assault\w*|abuse\w*|orientation)|
    schwanger(?:schaft)?|scheidung|fehlgeburt|abtreibung|affare mit|enceinte|grossesse|fausse couche|
    embarazada|embarazo|divorcio|aborto|incinta|gravidanza|divorzio|zwanger(?:schap)?|echtscheiding|miskraam|
    w ciazy|rozwod|gravid|skilsmass\w*|skilsmisse|abort
    """
)
INTIMATE_AMBIGUOUS = any_of(
    r"""
    separat(?:e|ed|ion|ing) (?:from|after)|broke up|breaking up|split up|my ex(?:-\w+)?|dating|crush on|in love with|
    lover|mediation|
    fertility|condoms?|gay|lesbian|sexual\w*|my period|trennung|getrennt|rupture|separacion|separazione
    """
)
BELIEFS = any_of(
    r"""
    (?:my|his|her|their|our) (?:faith|religion|politics|confession|church|mosque|synagogue|parish|priest|imam|rabbi|
    prayers?)|
    (?:i|we|he|she|they) (?:will |would |always |never |don'?t |didn'?t )?(?:vote[ds]?|voting) (?:for |against |
    green|labour|tory|conservative|republican|democrat|afd|spd|cdu)|
    (?:am|is|are|was) (?:an? )?(?:devout |practi[sc]ing |ex-)?(?:catholics?|protestants?|muslims?|hindus?|buddhists?|
    atheists?|jewish|jews|jehovah'?s witness(?:es)?|mormons?|christians?)|
    (?:party|union) (?:membership|member(?:ship)? (?:card|fee|number|since))|member of the (?:party|union|socialist|
    labour|green|conservative)|
    joined (?:the|a) (?:union|party)|union rep(?:resentative)?|converted to (?:islam|christianity|judaism|
    catholicism)|
    (?:am|is|are) (?:far|hard)[- ](?:left|right)|political (?:views?|opinions?|beliefs?) (?:of|are|is)|
    konfession|kirchenaustritt|gewerkschaftsmitglied|parteimitglied|parteibuch|ich wahle|
    syndique|ma religion|mon eglise|soy (?:catolico|ateo|musulman)|afiliado al sindicato|iscritto al sindacato|
    vakbondslid|partijlid
    """
)
BELIEFS_AMBIGUOUS = any_of(
    r"pray(?:er|ing|s|ed)?|mosque|synagogue|church|sermon|ramadan|bible study|rally|protest(?:ing)?|strike vote"
)
MONEY = any_of(
    r"""
    (?:my|our|his|her|their|your) (?:debts?|overdraft|mortgage|credit score|savings|bankruptcy|benefits|loans?|
    inheritance|pension pot)|
    in debt|deep in debt|debt collect(?:or|ion)s?|payday loan|bailiffs?|(?:filed for|personal) bankrupt\w+|
    insolven(?:t|cy) (?:practitioner|plan)|
    overdrawn|credit (?:score|rating) (?:is|of|was)|cannot (?:pay|afford) (?:the|my|our) (?:rent|mortgage|bills?)|
    rent arrears|missed (?:a |the )?(?:payment|instalment)s? on|repossess\w+|net worth|alimony|child support|
    maintenance payments?|
    gambl(?:ing|es?|ed) (?:debts?|problem|addiction)|online casino|betting (?:account|slip)|universal credit|
    housing benefit|food ?bank|
    (?:my|our|his|her|their|your|current|account|available|outstanding|savings) balance(?: is|:)|
    schulden|schufa\w*|privatinsolvenz|dispo(?:kredit)?|burgergeld|unterhaltszahlung\w*|
    surendett\w+|decouvert bancaire|mes dettes|rsa|mis deudas|embargo|paro|i miei debiti|pignoramento|
    schuldhulp\w*|mijn schulden|uitkering|alimentatie|komornik|dlugi|skuldsan\w+|kronofogden
    """
)
MONEY_AMBIGUOUS = any_of(
    r"""
    loans?|mortgage|bankrupt\w*|overdraft|gambl\w+|casino|bet(?:ting|s)|owes?|owing|inherit(?:ed|ance)|
    benefits? claim|
    cannot pay|tax debt|behind (?:on|with) (?:the |my |our )?(?:rent|payments?)|kredit|darlehen|pret|prestamo|mutuo|
    hypotheek
    """
)
PAY = any_of(
    r"""
    salar(?:y|ies)|pay ?(?:slips?|stubs?|review|rise|raise|cut)|(?:annual|gross|net|base|basic|monthly|
    hourly) (?:pay|wages?|earnings)|
    take-home pay|wage slips?|(?:my|his|her|their|your) (?:wages?|bonus|compensation|pay|earnings|severance|
    redundancy)|
    (?:total|annual) compensation|compensation package|stock options grant|severance (?:pay|package|agreement)|
    redundancy (?:pay|package)|
    letter of resignation|resignation letter|hand(?:ed|ing)? in my notice|(?:i|she|he)(?:'?m|'?s| am| is| have| has|
    've)? (?:going to )?(?:resign(?:ed|ing)?|quit(?:ting)?) (?:from |my |her |his |the )?(?:job|firm|company|post)?|
    quit(?:ting)? my job|leaving the (?:company|firm|practice|job)|performance (?:improvement plan|review of)|
    disciplinary (?:hearing|action|meeting|process)|
    (?:written|final) warning (?:to|for)|got (?:fired|sacked|laid off|made redundant)|(?:was|were|been|
    being) (?:fired|sacked|laid off|made redundant|dismissed)|
    gehalt(?:s\w*)?|lohn(?:abrechnung|zettel|erhohung)|kundigung(?:sschreiben)?|abmahnung|abfindung|
    salaires?|fiche de paie|demission|licencie\w*|nomina|salarios?|sueldos?|despedid[oa]|dimision|
    stipendi[oa]?|busta paga|licenziat\w+|dimissioni|salaris(?:strook)?|loonstrook|ontslag(?:en|brief)?|
    wynagrodzeni\w+|wypowiedzenie|lonebesked|lonespec\w+|uppsagning|lonseddel|lonnsslipp|oppsigelse
    """
)
PAY_AMBIGUOUS = any_of(
    r"resign\w*|bonus|wages?|earns?|paid [€$£]\s?\d+|notice period|appraisal|promotion|demotion|absences?|raise"
)
LEGAL = any_of(
    r"""
    (?:my|his|her|their|our|your) (?:solicitor|lawyer|attorney|barrister|lawsuit|conviction|criminal record|arrest|
    trial|appeal against|asylum (?:claim|application))|
    (?:was|were|been|got|being) (?:arrested|charged with|convicted|sentenced|sued|deported|evicted)|arrest warrant|
    restraining order|
    court (?:hearing|summons|order|date)|criminal record|probation officer|on (?:parole|bail)|community service order|
    police (?:report|statement|caution|interview)|eviction notice|drink-?driving|speeding (?:fine|ticket)|
    settlement agreement|
    witness statement|legal aid|asylum (?:seeker|claim|application|interview)|deportation|
    vorstrafe\w*|anzeige gegen|gerichtstermin|anklage|strafbefehl|garde a vue|casier judiciaire|
    convocation au tribunal|
    antecedentes penales|citacion judicial|condenad[oa]|precedenti penali|udienza in tribunale|strafblad|dagvaarding|
    rechtszaak
    """
)
LEGAL_AMBIGUOUS = any_of(
    r"""
    lawsuit|solicitor|lawyer|arrest\w*|court|custody|probation|asylum|visa (?:refus\w+|overstay)|eviction|
    tribunal|litigation
    """
)
OTHERS = any_of(
    r"""
    (?:date of birth|home address|national insurance|insurance number|passport number|next of kin|
    emergency contact)(?= (?:of|for) )|
    (?:please )?(?:do not|don'?t) tell (?:anyone|anybody|him|her|them)|between (?:you and me|us)|
    in (?:strict )?confidence|
    keep (?:this|it) (?:between us|to yourself|confidential)|told me in confidence|his drinking|her drinking|
    (?:grievance|complaint) (?:against|about) [A-Z]?\w+|unter uns gesagt|im vertrauen|entre nous|
    que quede entre nosotros|
    resti tra noi|onder ons gezegd
    """
)

TELLING: dict[Matter, str] = {
    "health": HEALTH,
    "intimate": INTIMATE,
    "beliefs": BELIEFS,
    "money": MONEY,
    "pay": PAY,
    "legal": LEGAL,
    "others": OTHERS,
}
AMBIGUOUS: dict[Matter, str] = {
    "health": HEALTH_AMBIGUOUS,
    "intimate": INTIMATE_AMBIGUOUS,
    "beliefs": BELIEFS_AMBIGUOUS,
    "money": MONEY_AMBIGUOUS,
    "pay": PAY_AMBIGUOUS,
    "legal": LEGAL_AMBIGUOUS,
}

CHILD = any_of(
    r"""
    child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|pupils?|minors?|teenagers?|daughters?|sons?|little (?:one|boy|girl)|
    schoolchild\w*|kind(?:er|es)?|sohn|tochter|schuler(?:in|s)?|enfants?|fils|fille|eleves?|hij[oa]s?|nin[oa]s?|
    alumn[oa]s?|
    figli[oa]?|bambin[oaie]|kinderen|zoon|dochter|leerlingen?|dziec(?:ko|i|ka)|syn|corka|barn(?:et|en)?|pojke|flicka
    """
)
# What a form or letter about a child says of it.
CHILD_RECORD = any_of(
    r"""
    medical (?:conditions?|consent|needs)|special (?:educational )?needs|school report|report card|
    behaviou?r (?:report|log|incident)|
    safeguarding|child protection|social (?:services|worker)|bull(?:ied|ying)|detention|expelled|excluded from school|
    free school meals|speech therapy|educational psychologist|foster(?:ing| care| parents?)|adopt(?:ed|ion)|
    paediatric\w*|pediatric\w*|
    vaccination record|eczema|allerg(?:y|ies|ic)|epipen|inhaler|learning difficult\w+|wets the bed|
    jugendamt|forderbedarf|kindeswohl|assistante sociale|informe escolar|servicios sociales|jeugdzorg
    """
)
