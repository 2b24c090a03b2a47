"""The words that announce something secret, in many languages. Data only; `secrets` uses it.

Alternatives of a regular expression, searched without case in text without accents (`folding`). A new language is a
new line.
"""

from __future__ import annotations

import re

from gum_app.rules.folding import folded
from gum_app.rules.private_words import any_of


def _searched(pattern: str) -> re.Pattern[str]:
    return re.compile(folded(pattern), re.IGNORECASE)


_NO_CODE = any_of(
    "error|status|exit|source|promo|discount|coupon|voucher|gift|postal|post|zip|country|area|product|item|qr|colou?r|"
    "dress|review|clean|legacy|morse|bar|tax|vat|language|currency|reference|booking|genetic|go|your own|example"
)
CODE_COMING = _searched(
    any_of(
        rf"""
        (?<!\w)(?:one[- ]?time|verification|security|confirmation|authenticat(?:ion|or)|auth|log-?in|log in|sign-?in|
        sign in|access|sms|2fa|mfa|two[- ]factor|approval|activation|unlock|recovery|backup)[- ]?(?:pass)?(?:code|
        pin)s?\b|
        one[- ]time pass(?:word|code|key)|\b(?:otp|totp|passcode|[mp]tan|tan-code|tan code|sms-?tan|pushtan)\b|
        (?-i:\b[mpi]?TAN\b)|\btan(?=:? \d)|\b(?:door|gate|alarm|entry|key ?box|lock ?box|safe|building) code\b|
        \b(?:your|the) (?:(?!{_NO_CODE}\b)\w+ ){{0,3}}code (?:is|for|to)\b|
        (?<=\bis )(?:your|the) (?:(?!{_NO_CODE}\b)[\w-]+ ){{0,3}}code\b|\b\d[- ]?digit (?:\w+ )?code|
        \b(?:enter|type|use|sent|send|got|got a|texted) (?:(?!{_NO_CODE}\b)[\w-]+ ){{0,4}}code\b|
        (?:bestätigungs|sicherheits|einmal|freigabe|anmelde|verifizierungs|aktivierungs)(?:code|kennwort|passwort)|
        code de (?:vérification|sécurité|confirmation|validation|connexion)|code à usage unique|votre code|
        código de (?:verificación|seguridad|confirmación|acceso|verificação|segurança|confirmação)|clave de un solo uso|
        codice (?:di )?(?:verifica|sicurezza|conferma|accesso|monouso)|codice otp|
        (?:verificatie|beveiligings|bevestigings|inlog|toegangs|eenmalige ?)code|
        kod (?:weryfikacyjny|autoryzacyjny|bezpieczeństwa|sms|jednorazowy)|hasło jednorazowe|
        (?:verifierings|säkerhets|bekräftelse|engångs)kod|(?:bekræftelses|sikkerheds|engangs|godkendelses)kode|
        (?:bekreftelses|sikkerhets|engangs)kode|(?:vahvistus|turva|kertakäyttö)(?:koodi|tunnus)|
        (?:ověřovací|bezpečnostní|potvrzovací|jednorázový) kód
        """
    )
)

PASSWORD = any_of(
    """
    pass ?(?:word|phrase|code)|passwd|pwd|pw|passwort|kennwort|mot de passe|contraseña|clave|wachtwoord|senha|
    palavra-passe|hasło|lösenord|adgangskode|passord|salasana|heslo|wi-?fi key|network key|wpa key|wlan-?schlüssel
    """
)
PASSWORD_LABEL = _searched(rf"(?<![\w-]){PASSWORD}(?![\w(])")
NO_PASSWORD = frozenset(
    """
    required incorrect wrong changed reset expired expires must should is was has have had for to and or of the a an
    in on
    manager managers field policy protected hint strength weak strong medium show hide forgot forgotten again confirm
    repeat new old current optional none null true false string str text hidden saved please use see ask same your my
    our
    please choose enter type will may can cannot not no with without by at from this that it login log username user
    email e-mail name update change set create generator generators reuse rules first last every each all never copy
    vergessen ändern falsch oublié olvidada vergeten glömt glemt
    """.split()  # noqa: SIM905 - a list of this length is easier read as text
)
PIN = _searched(r"(?<![\w-])(?:pin(?:[- ]?code)?|pincode|pin-?nummer|puk)(?:\s+is\b|\s*[:=])?\s+(?=\d)")

CARD_NUMBER = _searched(
    any_of(
        """
        card (?:information|details)|kartendaten|kaartgegevens|datos de (?:la )?tarjeta|dati (?:della )?carta|
        card (?:number|no\\.?|nr\\.?)|(?:credit|debit|bank) ?card (?:number|no)|kartennummer|kreditkartennummer|
        kaartnummer|
        numéro de (?:la )?carte|número de (?:la )?tarjeta|numero (?:della )?carta|número do cartão|numer karty|
        kortnummer|kortin numero|číslo karty
        """
    )
)
CARD_EXPIRY = _searched(
    any_of(
        """
        expir(?:y|es|ation)(?: date)?|valid (?:thru|until|to)|exp\\.? ?date|mm ?/ ?(?:yy|jj|aa|rr|åå|vv)|gültig bis|
        ablaufdatum|verfallsdatum|vervaldatum|geldig tot|date d.expiration|expire|caducidad|vencimiento|scadenza|
        validade|
        ważna do|data ważności|utgångsdatum|giltig|udløbsdato|utløpsdato|voimassa|platnost
        """
    )
)
CARD_CODE = _searched(
    any_of(
        """
        \\bcv[cvn]2?\\b|\\bcid\\b|security code|card (?:verification|security)(?: code| number)?|kartenprüfnummer|
        prüfziffer|
        prüfnummer|sicherheitscode|beveiligingscode|veiligheidscode|code de sécurité|cryptogramme|código de seguridad|
        codice di sicurezza|código de segurança|kod (?:cvv|cvc|bezpieczeństwa)|säkerhetskod|sikkerhedskode|
        sikkerhetskode|
        turvakoodi|bezpečnostní kód
        """
    )
)
CARD_HOLDER = _searched(
    any_of(
        """
        name on (?:the )?card|card ?holder|karteninhaber|naam op (?:de )?kaart|kaarthouder|titulaire|titular|
        intestatario|posiadacz|kortinnehavare|kortindehaver|kortholder|kortinhaltija|držitel
        """
    )
)
ACCOUNT = _searched(
    any_of(
        """
        (?:bank )?account (?:number|no\\.?|nr\\.?|#)|acc(?:t|ount)?\\.? ?no\\b|sort ?code|routing (?:number|no\\.?)|
        konto(?:nummer|-?nr\\.?)|bankleitzahl|\\bblz\\b|rekening(?:nummer|nr\\.?)|numéro de compte|n° de compte|
        \\brib\\b|
        número de (?:cuenta|conta)|numero (?:di )?conto|n(?:ume)?r\\.? (?:rachunku|konta)|kontonummer|clearingnummer|
        registreringsnummer|tilinumero|číslo účtu|\\baccount(?=:? \\d{6,12}(?!\\d))
        """
    )
)
BORN = _searched(
    any_of(
        """
        date of birth|birth ?date|\\bdob\\b|d\\.o\\.b\\.|born on|\\bborn(?=:? \\d)|
        geburtsdatum|geboren am|geboortedatum|
        date de naissance|
        fecha de nacimiento|data di nascita|data de nascimento|data urodzenia|födelsedatum|fødselsdato|syntymäaika|
        datum narození
        """
    )
)
HEALTH = _searched(
    r"(?:medical|health) conditions?|known conditions?|allergies|allergy|diagnos[ei]s|(?:current )?medications?|"
    r"blood (?:group|type)|erkrankungen|allergien|medikamente|allergieën|medicatie|antécédents médicaux|alergias"
)
SEED = _searched(r"\b(?:recovery|seed|backup|secret) (?:phrase|words|codes)\b|wiederherstellungs(?:phrase|codes)")

# National numbers: what announces them, and by which of python-stdnum's modules they are checked.
IDENTITY: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (_searched(label), modules)
    for label, modules in (
        (r"\b(?:bsn|burgerservicenummer|sofi-?nummer|citizen service number)\b", ("nl.bsn",)),
        (r"\bpps(?:n| ?(?:number|no\.?|nr))?\b", ("ie.pps",)),
        (r"\b(?:ssn|social security(?: number| no\.?)?|itin|tin)\b", ("us.ssn", "us.itin")),
        (r"\b(?:nino?|national insurance(?: number| no\.?)?|nhs (?:number|no\.?)|utr)\b", ("gb.nhs", "gb.utr")),
        (
            r"\b(?:steuer-?(?:id|identifikationsnummer|nummer)|idnr|sozialversicherungsnummer|sv-nummer)\b",
            ("de.idnr", "de.stnr", "at.vnr"),
        ),
        (r"\b(?:nir|numéro de sécurité sociale|sécurité sociale|numéro fiscal)\b", ("fr.nir", "fr.nif")),
        (r"\b(?:dni|nie|nif)\b", ("es.dni", "es.nie", "es.nif", "pt.nif")),
        (r"\bcodice fiscale\b", ("it.codicefiscale",)),
        (r"\bpesel\b", ("pl.pesel",)),
        (r"\b(?:personnummer|samordningsnummer)\b", ("se.personnummer",)),
        (r"\b(?:cpr(?:-?(?:nummer|nr\.?))?)\b", ("dk.cpr",)),
        (r"\b(?:fødselsnummer|personnummer)\b", ("no.fodselsnummer",)),
        (r"\b(?:henkilötunnus|hetu)\b", ("fi.hetu",)),
        (r"\b(?:rodné číslo|r\. ?č\.)", ("cz.rc",)),
        (r"\b(?:rijksregisternummer|insz|numéro national|niss)\b", ("be.nn",)),
        (r"\b(?:ahv(?:-?(?:nummer|nr\.?))?|avs)\b", ("ch.ssn",)),
        (r"\b(?:cpf)\b", ("br.cpf",)),
        (
            r"\b(?:passport|reisepass|paspoort|passeport|pasaporte|passaporto|paszport)[- ]?"
            r"(?:number|no\.?|nr\.?|nummer)",
            (),
        ),
        (r"\b(?:driving licen[cs]e|driver'?s licen[cs]e|führerschein|rijbewijs)[- ]?(?:number|no\.?|nr\.?|nummer)", ()),
        (r"\b(?:medical record (?:number|no\.?)|mrn|patient (?:id|number|no\.?))\b", ()),
    )
)
