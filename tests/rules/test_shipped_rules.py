"""Both sides: what must be hidden, and what sounds like it and must stay visible."""

from __future__ import annotations

import re

import pytest

from gum_app.records import Window
from gum_app.rules.privacy import SHIPPED, may_look, sentence_of


def hidden_by(window: Window) -> str | None:
    rule = may_look(window, SHIPPED)
    return rule.name if rule else None


def page(title: str, app: str = "firefox", suffix: str = " — Mozilla Firefox") -> Window:
    return Window(app=app, title=title + suffix)


def at(url: str) -> Window:
    return Window(app="firefox", title="A page — Mozilla Firefox", url=url)


@pytest.mark.parametrize(
    "title",
    [
        "Search — Mozilla Firefox Private Browsing",
        "Search - Mozilla Firefox (Private Browsing)",
        "Suche — Mozilla Firefox Privater Modus",
        "Recherche — Mozilla Firefox Navigation privée",
        "Buscar — Mozilla Firefox (Navegación privada)",
        "Cerca — Mozilla Firefox Navigazione anonima",
        "Zoeken — Mozilla Firefox Privénavigatie",
        "Busca — Mozilla Firefox Navegação privativa",
        "Szukaj — Mozilla Firefox Tryb prywatny",
        "Sök — Mozilla Firefox Privat surfning",
        "Søg — Mozilla Firefox Privat browsing",
        "Søk — Mozilla Firefox Privat nettlesing",
        "Haku — Mozilla Firefox Yksityinen selaus",
        "Hledání — Mozilla Firefox Anonymní prohlížení",
        "New Incognito tab - Google Chrome",
        "Neuer Inkognito-Tab - Chromium",
        "Something - Google Chrome (Incognito)",
        "Something - [InPrivate] - Microsoft​ Edge",
        "Something - Opera (Private)",
    ],
)
def test_private_windows_are_told_by_their_titles(title: str) -> None:
    assert hidden_by(Window(app="browser", title=title)) == "private window"


@pytest.mark.parametrize(
    "title",
    [
        "How to use Private Browsing | Firefox Help — Mozilla Firefox",
        "Private methods in Python - Google Chrome",
        "Incognito (2019) – Films — Mozilla Firefox",
        "Private equity in the Netherlands — Mozilla Firefox",
    ],
)
def test_a_page_about_private_things_is_no_private_window(title: str) -> None:
    assert hidden_by(Window(app="firefox", title=title)) is None


@pytest.mark.parametrize(
    ("app", "rule"),
    [
        ("KeePassXC", "password manager"),
        ("org.keepassxc.KeePassXC", "password manager"),
        ("Bitwarden", "password manager"),
        ("1Password", "password manager"),
        ("org.gnome.seahorse.Application", None),  # its process tells, see below
        ("gcr-prompter", "password prompt"),
        ("Polkit-gnome-authentication-agent-1", "password prompt"),
        ("org.kde.polkit-kde-authentication-agent-1", "password prompt"),
        ("Pinentry-gtk-2", "password prompt"),
        ("ssh-askpass", "password prompt"),
        ("i3lock", "lock screen"),
        ("gum-app", "gum-app itself"),
        ("Tor Browser", "Tor Browser"),
        ("keeper.exe", "password manager"),
        ("code", None),
        ("secretary", None),
    ],
)
def test_programs_that_keep_or_ask_for_passwords(app: str, rule: str | None) -> None:
    assert hidden_by(Window(app=app, title="Main window")) == rule


def test_the_process_tells_too() -> None:
    assert hidden_by(Window(app="org.gnome.seahorse.Application", title="Login", process="seahorse"))


@pytest.mark.parametrize(
    "title",
    ["Authentication Required", "Unlock Login Keyring", "Choose password for new keyring", "Enter PIN for card"],
)
def test_dialogs_that_ask_for_a_password_are_told_by_their_titles(title: str) -> None:
    assert hidden_by(Window(app="zenity", title=title)) == "password prompt, by its title"


def test_a_question_about_authentication_is_no_dialog() -> None:
    assert hidden_by(page("Authentication required after upgrade – Ask Ubuntu")) is None


@pytest.mark.parametrize(
    "title",
    [
        "Confirm transfer – MV Bank",
        "Accounts – Harbour Bank Business",
        "Log in | Bank of Ireland",
        "MV Bank – Log in",
        "Kontoübersicht – Sparkasse Köln",
        "Overzicht - Rabobank",
        "Virement – Crédit Agricole",
        "Cuentas | Banco Santander",
        "Nowy przelew – mBank",
        "Mijn ING - Inloggen | ING",
        "Internet Banking",
        "Portfolio – DEGIRO",
        "Approve payment – Some House",
    ],
)
def test_banks_are_told_by_their_titles(title: str) -> None:
    assert hidden_by(page(title)) == "banking page, by its title"


@pytest.mark.parametrize(
    "title",
    [
        "Quay Street Coffee – Bank rec | LedgerNest",
        "bank-parser: parse bank statements – GitHub",
        "Bank holidays in Ireland – Citizens Information",
        "Volunteer – Galway Food Bank",
        "Power bank 20000 mAh – Corrib Outdoor",
        "World Bank",
        "MV Bank – Wikipedia",
        "Transfer learning | Fernwick Wiki",
        "Deutsche Bank cuts 3,000 jobs – The Gazette",
        "Import bank statement · Issue #12 · ledger",
        "River Bank – a walk along the Corrib",
    ],
)
def test_pages_that_speak_of_banks_stay_visible(title: str) -> None:
    assert hidden_by(page(title)) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://secure.mvbank.example/transfer/confirm",
        "https://business.harbourbank.example/accounts",
        "https://www.bankofireland.com/",
        "https://online.bank.example/login",
        "https://www.rabobank.nl/particulieren",
        "https://www.sparkasse-koeln.de/",
        "https://app.n26.com/",
        "https://www.paypal.com/signin",
        "https://www.example.org/ebanking/start",
        "secure.mvbank.example/transfer",
    ],
)
def test_banks_are_told_by_their_addresses(url: str) -> None:
    assert hidden_by(at(url)) == "banking page"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/someone/bank-parser",
        "https://app.ledgernest.example/c/quay-street-coffee/bank-rec/2026-09",
        "https://bank-parser.readthedocs.io/en/latest/",
        "https://www.galwayfoodbank.example/volunteer",
        "https://www.burbank.example/",
        "https://shop.example/powerbank/20000",
        "https://databank.worldbank.org/",
        "https://www.bank-holidays.example/2026",
        "https://www.booking.com/hotel",
        "https://quackle.example/?q=bank+of+ireland",
    ],
)
def test_addresses_that_sound_like_a_bank_stay_visible(url: str) -> None:
    assert hidden_by(at(url)) is None


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Payment – Some shop", "https://www.someshop.example/en/book/payment"),
        ("Checkout – Corrib Outdoor", "https://www.corrib-outdoor.example/checkout/2"),
        ("Kasse – Fahrradladen", "https://laden.example/kasse"),
        ("Afrekenen | Bol", "https://www.bol.example/afrekenen"),
        ("Paiement sécurisé – La Boutique", "https://boutique.example/commande/paiement"),
        ("Payment details | Docupile", "https://checkout.pay.example/c/123"),
    ],
)
def test_payment_forms_are_told_by_title_and_by_address(title: str, url: str) -> None:
    assert hidden_by(page(title)) == "payment page, by its title"
    assert hidden_by(at(url)) == "payment page"


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Git - git-checkout Documentation", "https://git-scm.com/docs/git-checkout"),
        ("Checkout · Actions · GitHub Marketplace", "https://github.com/actions/checkout"),
        ("Payments API reference | Docs", "https://docs.shop.example/payments/checkout"),
        ("Payment terms of our clients – Fernwick Wiki", "https://wiki.fernwick.dev/payment"),
        ("Payments – Quay Street Coffee | LedgerNest", "https://app.ledgernest.example/c/quay/payments"),
        ("Late payment letter.odt", "https://cloud.example/files/late-payment-letter"),
        ("Payload types", "https://example.org/payload"),
    ],
)
def test_pages_that_speak_of_payments_stay_visible(title: str, url: str) -> None:
    assert hidden_by(page(title)) is None
    assert hidden_by(at(url)) is None


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Report – Galway Imaging Centre", "https://portal.galway-imaging.example/reports/4477120"),
        ("First talk – Corrib Family Mediation", "https://www.corrib-mediation.example/first-talk"),
        ("Afspraak – Huisartsenpraktijk Noord", "https://www.huisartsennoord.example/afspraak"),
        ("Appointments – St Anne's Hospital", "https://www.stanneshospital.example/appointments"),
        ("Test results | MyChart", "https://mychart.example.org/results"),
        ("Termin – Praxis Dr. Maier | Doctolib", "https://www.doctolib.de/praxis/maier"),
        ("Repeat prescription – Boots Pharmacy", "https://www.harbourpharmacy.example/repeat"),
        ("Book a session – Anna Berg Psychotherapy", "https://www.annabergtherapy.example/book"),
        ("Wyniki badań – Przychodnia Zdrowie", "https://www.szpital.example/wyniki"),
    ],
)
def test_care_is_told_by_title_and_by_address(title: str, url: str) -> None:
    assert hidden_by(page(title)) == "health page, by its title"
    assert hidden_by(at(url)) == "health page"


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Healthy eating on a budget – The Gazette", "https://www.gazette.example/healthy-eating"),
        ("Imaging – PyPI", "https://www.imaging.dev/"),
        ("Hession Dental – P&L | LedgerNest", "https://app.ledgernest.example/c/hession-dental/reports/pnl"),
        ("Health checks · kubernetes", "https://kubernetes.example/health"),
        ("Hospitality jobs in Galway", "https://www.hospitality-jobs.example/galway"),
        ("Clinical trials with R – Course", "https://courses.clinical-r.example/"),
        ("Physiology of the heart – Wikipedia", "https://en.wikipedia.org/wiki/Hospital"),
        ("Mediator pattern – Refactoring", "https://refactoring.example/mediator"),
    ],
)
def test_pages_that_speak_of_health_stay_visible(title: str, url: str) -> None:
    assert hidden_by(page(title)) is None
    assert hidden_by(at(url)) is None


@pytest.mark.parametrize(
    "url",
    [
        "about:logins",
        "chrome://password-manager/passwords",
        "edge://wallet/passwords",
        "https://vault.bitwarden.com/#/",
    ],
)
def test_saved_passwords_of_a_browser_are_hidden(url: str) -> None:
    assert hidden_by(at(url)) == "passwords page"


def test_saved_passwords_are_told_by_the_title_too() -> None:
    assert hidden_by(page("Passwords")) == "passwords page, by its title"
    assert hidden_by(page("Zugangsdaten & Passwörter")) == "passwords page, by its title"
    assert hidden_by(page("Passwords are dead – The Gazette")) is None


@pytest.mark.parametrize(
    ("title", "is_hidden"),
    [
        ("payslip_2026-03_halvorsen.pdf — zathura", True),
        ("Gehaltsabrechnung März.pdf", True),
        ("payslip.py — salary-tool — Visual Studio Code", False),
        ("payslip-generator/README.md", False),
    ],
)
def test_pay_slips_are_told_by_the_file(title: str, is_hidden: bool) -> None:
    assert (hidden_by(Window(app="viewer", title=title)) == "pay slip") is is_hidden


@pytest.mark.parametrize(
    ("app", "title"),
    [
        ("thunderbird", "Inbox – maeve@tiernandoyle.ie – Mozilla Thunderbird"),
        ("code", "rebalance_test.go ● — parcel-router — Visual Studio Code"),
        ("foot", "tmux: main — go test"),
        ("libreoffice-calc", "close_tracker_2026-09.ods — LibreOffice Calc"),
        ("firefox", "WhatsApp — Mozilla Firefox"),
        ("firefox", "Calendar – Week of March 9 — Mozilla Firefox"),
        ("firefox", "Revenue eServices – Agent log-in — Mozilla Firefox"),
        ("Slack", "team-routing (Channel) - Fernwick - Slack"),
        ("zoom", "Docupile demo – Zoom Meeting"),
        ("", ""),
    ],
)
def test_ordinary_windows_stay_visible(app: str, title: str) -> None:
    assert hidden_by(Window(app=app, title=title)) is None


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_each_rule_has_a_name_of_its_own_a_sentence_and_patterns_that_compile(rule: object) -> None:
    names = [one.name for one in SHIPPED]
    assert len(names) == len(set(names))
    for one in SHIPPED:
        assert one.shipped
        assert sentence_of(one).endswith(".")
        re.compile(one.title or "", re.IGNORECASE)
        re.compile(one.address or "", re.IGNORECASE)


@pytest.mark.parametrize("app", ["Dunst", "Xfce4-notifyd", "Notify-osd", "lxqt-notificationd"])
def test_a_notification_on_the_screen_is_not_read_for_it_may_be_of_a_program_that_is_left_out(app: str) -> None:
    assert hidden_by(Window(app=app, title=app)) == "notification on the screen"
