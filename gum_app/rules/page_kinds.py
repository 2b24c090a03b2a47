"""What kind of page is this, judged by its read words? For when neither title nor address tells.

Evidence is weighed: one word proves nothing, several together do. Precision comes first, since a page that is taken for
a bank is not kept at all; `secrets` still cuts the single numbers out of everything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gum_app.records import Line, Matter
from gum_app.rules.folding import folded
from gum_app.rules.private_words import any_of
from gum_app.rules.secret_shapes import ACCOUNT, shapes
from gum_app.rules.secret_words import BORN, CARD_CODE, CARD_EXPIRY, CARD_HOLDER, CARD_NUMBER, IDENTITY

# The matter that each kind of page is about, and which of them the person may have kept all the same.
MATTER_OF_PAGE: dict[str, Matter] = {
    "web banking": "credentials",
    "payment form": "credentials",
    "password manager": "credentials",
    "health record": "health",
    "counselling": "intimate",
    "pay or employment record": "pay",
    "screen shared": "private",
}
LOOSENED = frozenset({"health record", "counselling", "pay or employment record"})
LABEL_WORDS = 4  # a label in a form is short; a sentence that names it is not


@dataclass(frozen=True)
class _Kind:
    name: str
    needed: float
    evidence: tuple[tuple[re.Pattern[str], float], ...]

    def weight(self, text: str) -> float:
        return sum(weight for pattern, weight in self.evidence if pattern.search(text))


def _kind(name: str, needed: float, *evidence: tuple[str, float]) -> _Kind:
    return _Kind(
        name, needed, tuple((re.compile(folded(rf"\b{any_of(p)}\b"), re.I | re.M), weight) for p, weight in evidence)
    )


# Marks for what other rules found; no page has such words.
_ACCOUNT_SEEN, _PERSON_SEEN, _AMOUNTS_SEEN = "gum_seen_account", "gum_seen_person", "gum_seen_amounts"

_KINDS = (
    _kind(
        "web banking",
        8,
        (
            """
            current account|checking account|savings account|(?:available|account|current|closing) balance|girokonto|
            tagesgeld|kontostand|compte (?:courant|chèques)|livret a|cuenta corriente|saldo disponible|conto corrente|
            betaalrekening|spaarrekening|conta corrente|rachunek bieżący|lönekonto|sparkonto|lønkonto|brukskonto|
            käyttötili|běžný účet|umsätze
            """,
            2.5,
        ),
        (
            """
            (?:confirm|approve|new|make a) (?:transfer|payment)|pay (?:someone|a bill)|transfer money|send money|
            überweisung|overboeking|virement|transferencia|bonifico|transferência|przelew|överföring|overførsel|
            overføring|tilisiirto|převod
            """,
            2,
        ),
        ("standing orders?|daueraufträge?|sepa|direct debits?|lastschrift(?:en)?|incasso|prélèvements?", 1.5),
        ("^(?:transfers?|payments|cards|savings|loans|mortgages?|statements|konten|karten|rekeningen)$", 1.5),
        ("log ?(?:out|off)|sign out|abmelden|uitloggen|déconnexion|cerrar sesión|esci|logga ut|log ud|logg ut", 1),
        (
            """
            report fraud|(?:block|lock|freeze|lost) (?:a |your )?card|card (?:blocking|freeze)|karte sperren|
            pas blokkeren|opposition carte|bloquear tarjeta
            """,
            2,
        ),
        (
            """
            deposit guarantee|regulated by the central bank|fscs|member fdic|einlagensicherung|depositogarantie|
            prudential regulation authority|we never ask for (?:codes|your (?:pin|password))
            """,
            2.5,
        ),
        ("online banking|internet banking|safe banking|mobile banking|netbank|onlinebanking", 1.5),
        ("sort code|bic|swift|\\biban\\b", 1),
        ("last log-?in|letzte anmeldung|laatst ingelogd|dernière connexion", 1),
        ("buying power|market value|unrealised|unrealized|holdings|isin|day's gain|depotwert", 1.5),
        (_ACCOUNT_SEEN, 2),
        (_AMOUNTS_SEEN, 1.5),
    ),
    _kind(
        "health record",
        6,
        ("patient portal|patientenportal|patiëntenportaal|portal del paciente|portail patient|my ?chart", 4),
        ("(?:confidential )?medical records?|health record|patientenakte|medisch dossier|dossier médical", 3),
        ("mrn|medical record number|nhs number|patient (?:id|no|number)|patientennummer|patiëntnummer", 3),
        ("mri|ct scan|x-?ray|ultrasound|biopsy|blood test|lab results|test results|laborwerte|röntgen|befund|irm", 2),
        ("diagnosis|diagnose|diagnóstico|diagnosi|findings|impression|prognosis", 1.5),
        ("prescriptions?|medication|dosage|repeat prescription|rezept|medikation|recept|ordonnance|receta", 1.5),
        ("referred by|referral|überweisung an|doorverwijzing|lettre d.adressage", 1),
        (
            """
            orthopa?edic|oncolog\\w+|cardiolog\\w+|gyna?ecolog\\w+|psychiatr\\w+|radiolog\\w+|dermatolog\\w+|neurolog\\w+|
            urolog\\w+|consultant|general practitioner|gp|huisarts|hausarzt|médecin traitant|physiotherap\\w+
            """,
            1.5,
        ),
        ("symptoms|allergies|immuni[sz]ations|vaccinations|symptome|allergien|klachten|antécédents", 1),
        ("share with (?:gp|doctor|my doctor)|book an appointment|next appointment|my appointments", 1),
        (
            """
            arthroscopy|chemotherapy|antidepressants?|tear of|fracture|lesion|carcinoma|tumou?r|effusion|hypertension|
            diabetes|depression|anxiety disorder|panic (?:attack|disorder)|pregnan(?:t|cy)|miscarriage|hiv
            """,
            1.5,
        ),
    ),
    _kind(
        "counselling",
        5,
        ("(?:family |couples? )?mediation|mediator|paartherapie|relatietherapie|thérapie de couple", 2),
        ("counsell?ing|psychotherap\\w+|therapist|therapy sessions?|beratungsstelle|therapeut", 2),
        ("separat(?:ion|e)|divorce|custody|my (?:husband|wife|partner)|scheidung|trennung|echtscheiding", 1.5),
        ("(?:is|are|strictly|completely) confidential|in confidence|vertraulich|vertrouwelijk|confidentiel", 1.5),
        ("first (?:talk|session|appointment)|intake|erstgespräch|kennismakingsgesprek|your situation", 1),
        ("how may we reach you|request for a|how do you feel|suicid\\w+|self-harm|abuse|addiction", 1.5),
    ),
    _kind(
        "password manager",
        6,
        ("kdbx|keepassx?c?|bitwarden|1password|lastpass|dashlane|enpass|proton pass|master password", 3),
        ("copy password|generate password|password generator|show password|reveal", 2),
        ("^user ?name:?|benutzername|gebruikersnaam|nom d.utilisateur", 1),
        ("^password:?|^passwort:?|^wachtwoord:?|^mot de passe:?", 1),
        ("totp|recovery codes?|one-time password", 1.5),
        ("recycle bin|my vault|all vaults|all items|^entries$|^groups$|database", 1),
        ("^notes:?$|^url:?|expiration|^modified$|^website$", 0.5),
    ),
    _kind(
        "pay or employment record",
        6,
        (
            """
            pay ?slip|salary slip|wage slip|loonstrook|gehaltsabrechnung|lohnabrechnung|bulletin de (?:paie|salaire)|
            nómina|busta paga|lønseddel|lønnsslipp|lönespecifikation|palkkalaskelma|výplatní páska|
            contract of employment|employment contract|arbeitsvertrag|arbeidsovereenkomst|contrat de travail
            """,
            3,
        ),
        ("gross (?:salary|pay|wages?)|annual salary|bruttogehalt|brutto(?:lohn|loon)|salaire brut|salario bruto", 1.5),
        ("net pay|net salary|net, paid|netto(?:gehalt|lohn|loon)?|net à payer|neto a percibir", 1.5),
        ("(?:pay|salary|performance) review|(?:salary|pay) (?:proposal|increase)|proposed (?:salary|from)", 2.5),
        ("^(?:salary(?: now)?|(?:new|current|present) salary|absences?)$|for the line manager", 1.5),
        ("wage tax|income tax|payroll tax|paye|prsi|usc|national insurance|loonheffing|lohnsteuer|withholding", 1),
        ("pension contribution|pensioenpremie|rentenversicherung|cotisations?", 1),
        ("holiday allowance|leave balance|year to date|ytd|vakantiegeld|urlaubsanspruch", 1),
        ("the employee|the employer|employee (?:no|number)|arbeitnehmer|werknemer|salarié", 1),
        (_PERSON_SEEN, 2),
        (_ACCOUNT_SEEN, 1),
    ),
)


# The banner that a browser or a meeting puts up while this screen, not another's, is shown to others.
_SHARING = re.compile(
    r"\b(?:you are|you're|\S+\.\w{2,}(?: is)?) (?:now )?sharing (?:your|this|the) (?:screen|window|tab|desktop)\b|"
    r"\byou(?: are|'re) presenting\b",
    re.IGNORECASE,
)


def page_kind(lines: Sequence[Line], title: str = "") -> str | None:
    """The name of the kind that must not be kept, or None."""
    rows = [line.text for line in lines if line.words]
    if any(_SHARING.search(row) for row in rows):
        return "screen shared"
    if _is_payment_form(rows):
        return "payment form"
    text = folded("\n".join([title, *rows, *_seen(rows)]))
    found = [(kind.weight(text) / kind.needed, kind.name) for kind in _KINDS]
    share, name = max(found)
    return name if share >= 1 else None


def _is_payment_form(rows: Sequence[str]) -> bool:
    """The number of a card and two more of its labels, each by itself as in a form."""
    labels = folded("\n".join(row for row in rows if len(row.split()) <= LABEL_WORDS))
    others = sum(label.search(labels) is not None for label in (CARD_EXPIRY, CARD_CODE, CARD_HOLDER))
    return CARD_NUMBER.search(labels) is not None and others >= 2


def _seen(rows: Sequence[str]) -> list[str]:
    """What other rules find, as marks that the evidence can name."""
    text = folded("\n".join(rows))
    marks = []
    if any(span.kind == ACCOUNT for row in rows for span in shapes(row)):
        marks.append(_ACCOUNT_SEEN)
    if BORN.search(text) or any(label.search(text) for label, _ in IDENTITY):
        marks.append(_PERSON_SEEN)
    if len(re.findall(r"^[-−—+]\s?[€$£]?\s?\d[\d.,]*[.,]\d\d$", text, re.MULTILINE)) >= 3:
        marks.append(_AMOUNTS_SEEN)
    return marks


def weights(lines: Sequence[Line], title: str = "") -> dict[str, float]:
    """How much speaks for each kind, 1 is enough. For whoever tunes the evidence."""
    rows = [line.text for line in lines if line.words]
    text = folded("\n".join([title, *rows, *_seen(rows)]))
    return {kind.name: kind.weight(text) / kind.needed for kind in _KINDS}
