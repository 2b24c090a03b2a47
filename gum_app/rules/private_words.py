"""The words by which private pages and programs are known, in many languages. Data only; `shipped_rules` uses it.

Written as alternatives of a regular expression, searched without case. A new language is a new line.
"""

from __future__ import annotations


def any_of(alternatives: str) -> str:
    """One group out of alternatives that are written over several lines, each but the last ending in |."""
    return "(?:" + "".join(line.strip() for line in alternatives.splitlines()) + ")"


def programs(names: str) -> str:
    """Names of programs, written over several lines, as `PrivacyRule.app` wants them."""
    return "|".join(names.split())


TELLING_BROWSERS = programs("firefox firefox-esr navigator librewolf waterfox floorp zen")  # by title, if private
BROWSERS = programs(
    """
    firefox firefox-esr navigator librewolf waterfox floorp zen chromium chromium-browser google-chrome
    google-chrome-stable google-chrome-beta chrome msedge microsoft-edge microsoft-edge-stable brave brave-browser opera
    vivaldi vivaldi-stable safari epiphany konqueror falkon qutebrowser midori min nyxt
    """
)
BROWSER_NAMES = any_of(
    """
    mozilla firefox|firefox(?: developer edition| nightly)?|google chrome|chromium|brave|microsoft.{0,2} ?edge|opera|
    vivaldi|safari|librewolf|waterfox|epiphany|web|falkon|konqueror|qutebrowser
    """
)
PRIVATE_WORDS = any_of(
    """
    private browsing|private window|private|incognito(?: mode)?|inprivate|
    privater modus|privates? (?:fenster|surfen)|inkognito(?:modus|-modus)?|
    navigation privée|fenêtre privée|
    navegación privada|ventana privada|(?:modo |de )?incógnito|
    navigazione (?:anonima|privata|in incognito)|finestra anonima|
    privénavigatie|privévenster|incognitovenster|
    navegação (?:privada|privativa|anónima|anônima)|janela (?:privada|privativa|anónima|anônima)|
    tryb (?:prywatny|incognito)|przeglądanie prywatne|okno prywatne|
    privat (?:surfning|surfing|fönster)|inkognitoläge|
    privat (?:browsing|vindue)|inkognitotilstand|
    privat (?:nettlesing|vindu)|inkognitomodus|
    yksityinen (?:selaus|ikkuna)|incognito-tila|
    anonymní (?:prohlížení|režim|okno)
    """
)
NEW_PRIVATE_TAB = any_of(
    """
    new (?:incognito|private|inprivate) tab|neuer (?:inkognito-?tab|privater tab)|
    nouvel onglet de navigation privée|nueva pestaña de incógnito|nuova scheda in incognito|nieuw incognitotabblad|
    nova guia anônima|novo separador de navegação anónima|nowa karta incognito|ny inkognitoflik|ny inkognitofane|
    uusi incognito-välilehti|nová anonymní karta
    """
)

ENTER = any_of(
    """
    log ?-?(?:in|on)|sign ?-?(?:in|on)|home|accounts?(?: overview)?|overview|dashboard|balances?|transfers?|payments?|
    cards?|savings|statements?|portfolio|anmelden|anmeldung|konten|kontoübersicht|inloggen|overzicht|connexion|comptes|
    inicio|cuentas|accesso|conti|logga in|log ind|logg inn|kirjaudu|zaloguj|přihlášení
    """
)
NO_BANK = any_of(
    """
    food|blood|power|river|world|data|memory|question|image|milk|seed|test|piggy|word|item|sand|snow|bur|fair|central|left|
    right|west|south|north|east|the|a|my|your
    """
)
BANK_NAMES = any_of(
    r"""
    (?:[\w&.'’]+ ){0,3}[\w&]*bank|bank of(?: [\w-]+){1,3}|(?:[\w'’]+ ){1,3}(?:credit union|building society)|
    sparkasse(?: [\w-]+){0,3}|raiffeisen\w*(?: [\w-]+){0,3}|(?:banque|banco|banca|caixa|caja)(?: [\w'’-]+){1,3}|
    crédit (?:agricole|mutuel|lyonnais)[\w -]*|
    revolut|n26|monzo|bunq|starling|paypal|hsbc(?: uk)?|barclays|lloyds|natwest|santander|halifax|wells fargo|
    capital one|citi|aib|permanent tsb|ptsb|ing|nordea|handelsbanken|dnb|comdirect|dkb|boursobank|bnp paribas|
    société générale|bbva|unicredit|intesa sanpaolo|fineco|ubs|postfinance|klarna|
    trade republic|scalable capital|degiro|etoro|robinhood|interactive brokers|charles schwab|trading 212|
    hargreaves lansdown|coinbase|binance
    """
)
BANK_ENDINGS = any_of(
    r"""
    business|online|personal|private|internet|mobile|direct|banking|login|log in|sign in|app|group|plc|ag|n\.?v\.?|
    b\.?v\.?|se|ltd|ireland|uk|us|nederland|deutschland|france|españa|italia|polska
    """
)
ONLINE_BANKING = any_of("online|internet|net|web|e|mobile|home|telephone") + "[ -]?" + any_of("banking|bankieren")
MONEY_ACTS = any_of(
    """
    (?:confirm|approve|authori[sz]e|review|new|make a|schedule a?) (?:bank )?(?:transfer|payment|wire)|
    (?:transfer|send|wire) money|payment approval|standing orders?|direct debits|
    überweisung(?: (?:bestätigen|freigeben))?|neue überweisung|daueraufträge?|
    overschrijving|overboeking|geld overmaken|virement(?: bancaire)?|nouveau virement|
    transferencia(?: bancaria)?|nueva transferencia|bonifico|nuovo bonifico|transferência|
    przelew|nowy przelew|överföring|ny överföring|overførsel|overføring|tilisiirto|převod|nová platba
    """
)
BANK_HOSTS = any_of(
    r"""
    sparkasse|raiffeisen|banque|(?<![a-z])(?:banco|banca|caixa)|credit-?agricole|credit-?mutuel|societe-?generale|
    bnpparibas|boursorama|bbva|unicredit|intesasanpaolo|nordea|handelsbanken|
    (?<![a-z])(?:ing|dnb|seb|aib|ptsb|hsbc|chase|n26|bunq|ubs|dkb|365online|monzo|revolut|wise|paypal|klarna|barclays|
    lloyds|natwest|santander|halifax|wellsfargo|citi|capitalone|degiro|etoro|robinhood|fidelity|schwab|vanguard|
    trading212|traderepublic|interactivebrokers|coinbase|binance|kraken|comdirect|postfinance|fineco)\.(?:com?|[a-z]{2})\b
    """
)

CHECKOUT = any_of(
    r"""
    (?:secure )?check-?out|payment(?: (?:details|methods?|information|page|confirmation))?|pay(?: now)?|
    billing details|card details|add (?:a )?card|kasse|zur kasse|zahlung(?:sarten?|sdaten|smethode)?|bezahlen|
    bezahlung|afrekenen|betaling|betalen|betaalmethode|paiement(?: sécurisé)?|moyens? de paiement|pago(?: seguro)?|
    método de pago|finalizar compra|pagamento|metodo di pagamento|cassa|płatność|zapłać|kassa|betalning|maksu|
    maksaminen|platba|pokladna
    """
)
CHECKOUT_PATHS = any_of(
    """
    check-?out|payment(?:-(?:details|methods?|info))?|pay(?:-now)?|payments?/(?:approve|confirm|new|authori[sz]e|card)|
    billing/(?:card|payment|update)|add-card|afrekenen|betaling|betalen|kasse|zur-kasse|zahlung|bezahlen|bezahlung|
    paiement|pago|pagamento|platnosc|kassa|betalning|maksu|platba|pokladna
    """
)

CARE_NAMES = (
    r"(?:(?:[\w&.'’-]+ ){0,4}"
    + any_of(
        r"""
        clinic|hospital|hospital of(?: [\w-]+){1,3}|health ?care|radiology|dental|dentists?|orthodontics|
        (?:medical|health|imaging|cancer|fertility|maternity|dental|eye) (?:cent(?:re|er)|clinic|practice|portal|group)|
        physio(?:therapy)?|pharmacy|surgery|(?:gp|family|doctors?) practice|psycho(?:therapy|logy)|psychotherapists?|
        therapy|therapists?|counsell?ing|mediation|hospice|patient portal|mychart
        """
    )
    + "(?: (?:online|portal|patient portal|app|login))?"
    + "|"
    + any_of(
        """
        klinik(?:um)?|krankenhaus|(?:arzt|haus|zahnarzt)praxis|apotheke|psychotherapie|physiotherapie|
        huisarts(?:en)?(?:praktijk)?|ziekenhuis|apotheek|tandarts(?:en)?(?:praktijk)?|fysiotherapie|
        clinique|hôpital|pharmacie|cabinet médical|clínica|farmacia|farmácia|ospedale|clinica|szpital|przychodnia|
        apteka|sjukhus(?:et)?|vårdcentral(?:en)?|apotek(?:et)?|sygehus(?:et)?|lægehus(?:et)?|sykehus(?:et)?|
        legesenter|sairaala|terveyskeskus|apteekki|nemocnice|poliklinika|lékárna
        """
    )
    + r"(?: [\w’'-]+){0,3})"
)
CARE_SITES = any_of(
    r"""
    doctolib|zocdoc|mychart|patient access|nhs(?: app| \d+)?|helsenorge|sundhed\.dk|1177(?: vårdguiden)?|omakanta|
    docmorris|betterhelp|talkspace|teladoc|babylon health|my ?health(?: record| portal)?|webdoctor(?:\.ie)?
    """
)
CARE_PAGES = any_of(
    """
    patient portal|medical records?|test results|lab results|prescriptions|patientenportal|befunde|laborwerte|
    patiëntenportaal|dossier médical|historia clínica|fascicolo sanitario
    """
)
CARE_HOSTS = any_of(
    r"""
    clinic(?!al)|klinik|hospital(?!ity)|krankenhaus|ziekenhuis|sjukhus|sykehus|sygehus|sairaala|nemocnice|szpital|
    ospedale|hopital|pharmac|farmaci|apothe(?:ke|ek)|apotek|apteka|apteekki|lekarna|patient|dentist|dental|zahnarzt|
    tandarts|huisarts|arztpraxis|radiolog|imaging-?(?:cent|clinic|group)|therap(?:y|ist|ie)|psychiatr|counsell?ing|
    (?<![a-z])mediation|fertility|oncolog|cardiolog|dermatolog|orthopa?edic|mychart|doctolib|zocdoc|helsenorge|sundhed|
    1177\.se|omakanta|kanta\.fi|betterhelp|talkspace|teladoc|webdoctor|(?<![a-z])nhs\.|(?<![a-z])gp-[a-z]|-gp\.|
    myhealth|health-?portal
    """
)

PAY_SLIPS = any_of(
    """
    pay ?slips?|salary slip|wage slip|pay ?stub|p60|loonstrook(?:je)?|salarisstrook|gehaltsabrechnung|lohnabrechnung|
    entgeltabrechnung|lohnzettel|fiche de paie|bulletin de (?:paie|salaire)|nómina|busta paga|cedolino|
    recibo de vencimento|holerite|lønseddel|lønnsslipp|lönespecifikation|lönebesked|palkkalaskelma|výplatní páska|
    pasek wynagrodzenia
    """
)

PASSWORD_PROGRAMS = programs(
    """
    keepassxc keepass keepass2 keeweb bitwarden bitwarden-desktop 1password onepassword seahorse enpass kwalletmanager
    kwalletmanager5 kwalletmanager6 gnome-passwordsafe secrets passwordsafe pwsafe qtpass password-store gopass-ui
    lastpass dashlane nordpass protonpass proton-pass keeper buttercup authpass authenticator otpclient numberstation
    revelation roboform padloc strongbox macpass passwords
    """
)
PROMPT_PROGRAMS = programs(
    """
    polkit-gnome-authentication-agent-1 polkit-kde-authentication-agent-1 polkit-mate-authentication-agent-1 lxpolkit
    lxqt-policykit-agent xfce-polkit ukui-polkit agent-polkit mate-polkit polkit-agent-helper-1 hyprpolkitagent soteria
    pinentry pinentry-gtk pinentry-gtk-2 pinentry-gnome3 pinentry-qt pinentry-qt4 pinentry-qt5 pinentry-x11
    pinentry-fltk pinentry-efl gcr-prompter gnome-keyring-prompt gnome-keyring-prompt-3 ssh-askpass x11-ssh-askpass
    gnome-ssh-askpass gnome-ssh-askpass2 gnome-ssh-askpass3 ksshaskpass lxqt-openssh-askpass git-gui--askpass gksu
    gksudo kdesu kdesudo lxqt-sudo lxsudo ktsuss kwalletd kwalletd5 kwalletd6 credentialuibroker consent securityagent
    coreauthui
    """
)
# Their windows show the words of other programs, and do not say of which.
NOTIFICATION_PROGRAMS = programs(
    """
    dunst xfce4-notifyd mate-notification-daemon notification-daemon notify-osd lxqt-notificationd wired twmnd
    deadd-notification-center
    """
)
LOCK_PROGRAMS = programs(
    """
    i3lock swaylock hyprlock gtklock waylock xscreensaver xscreensaver-auth light-locker gnome-screensaver
    gnome-screensaver-dialog mate-screensaver mate-screensaver-dialog cinnamon-screensaver xfce4-screensaver
    xfce4-screensaver-dialog ukui-screensaver-dialog kscreenlocker_greet slock xsecurelock xtrlock physlock
    betterlockscreen lightdm-gtk-greeter slick-greeter sddm-greeter gdm-greeter lockapp loginwindow
    """
)
PROMPT_TITLES = any_of(
    """
    authenticate|authentication (?:is )?required|authentication dialog|password required|
    unlock (?:login |default )?key ?ring|enter (?:the )?(?:pass(?:word|phrase)|pin)(?: (?:for|to) .*)?|
    choose password for new keyring|new keyring password|pass(?:word|phrase)|kde wallet service|kwallet|sudo|
    root password|legitimation (?:ist )?erforderlich|authentifizierung (?:ist )?erforderlich|passwort eingeben|
    authentification requise|mot de passe requis|se requiere autenticación|autenticación requerida|
    autenticazione richiesta|authenticatie vereist|autenticação (?:necessária|obrigatória)|
    wymagane uwierzytelnienie|autentisering krävs|autentificering kræves|autentisering kreves|
    tunnistautuminen vaaditaan|vyžadováno ověření
    """
)
PASSWORD_PAGES = any_of(
    r"""
    about:logins|about:preferences#privacy|
    (?:chrome|chromium|brave|edge|opera|vivaldi)://(?:password-manager|settings/(?:passwords|autofill|payments)|wallet)|
    https?://(?:passwords\.google\.com|vault\.bitwarden\.(?:com|eu)|(?:[\w-]+\.)?1password\.(?:com|eu|ca)|
    (?:[\w-]+\.)?lastpass\.com|app\.dashlane\.com|(?:[\w-]+\.)?keepersecurity\.(?:com|eu)|pass\.proton\.me|
    (?:[\w-]+\.)?nordpass\.com)
    """
)
PASSWORD_TITLES = any_of(
    r"""
    (?:saved |your )?(?:logins|passwords)(?: (?:&|and) (?:passwords|logins|autofill))?|(?:google )?password manager|
    (?:[\w ]+ [-–—] )?(?:bitwarden|1password|lastpass|dashlane)(?: (?:web )?vault)?|
    zugangsdaten (?:&|und) passwörter|passwörter|passwort-?manager|
    identifiants et mots de passe|mots de passe|gestionnaire de mots de passe|
    contraseñas(?: guardadas)?|gestor de contraseñas|credenziali e password|gestore delle password|
    aanmeldingen en wachtwoorden|wachtwoorden|wachtwoordbeheer|senhas|palavras-passe|hasła|menedżer haseł|
    lösenord|adgangskoder|passord|salasanat|hesla
    """
)
