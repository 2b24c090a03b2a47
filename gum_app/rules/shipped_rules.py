"""The privacy rules that always hold: which programs, titles and addresses are never looked at.

X11 tells no address, so a title has to be enough. Titles are judged by whole parts ("Confirm transfer – MV Bank"),
addresses by host and path, so that a repository called bank-parser or a page on healthy eating stays visible.
"""

from __future__ import annotations

from gum_app.records import PrivacyRule
from gum_app.rules import private_words as words

PRIVATE_WINDOW = "private window"
OWN_WINDOW = "gum-app itself"
FULL_SCREEN_BROWSER = "full-screen browser"  # judged by `privacy.may_look`: no pattern of a title can tell it

# Parts of a title stand between dashes with spaces, bars or dots; the browser's own name may be the last.
_NEXT = r"(?:\s[-–—·•:]\s|\s?\|\s?)"
_END = rf"(?:{_NEXT}{words.BROWSER_NAMES}[^-–—|]*)?$"
# Pages about software or about a word are not what their title sounds like.
_ABOUT = (
    r"(?!.*\b(?:github|gitlab|codeberg|bitbucket|stack ?overflow|docs?|documentation|api|npm|pypi|crates\.io|wikipedia|"
    r"wiktionary|wiki|reference|tutorial|manual|pull request|merge request|issue|commit|youtube|reddit|news)\b)"
)
_SITE = (
    r"^(?>(?:[a-z][a-z0-9+.-]*://)?)(?>(?:[^/?#@\s]*@)?)"  # atomic: what was taken for the scheme stays the scheme
    r"(?!(?:[^/?#]*\.)?(?:github|gitlab|codeberg|bitbucket|readthedocs|stackoverflow|stackexchange|wikipedia|npmjs|pypi|"
    r"crates|medium|reddit|youtube)\.|(?:docs?|developers?|dev|api|git|wiki|blog|news)\.|localhost)"
)
_HOST = rf"{_SITE}[^/?#\s]*?"
_PATH = rf"{_SITE}[^?#\s]*/"
_PATH_END = r"(?:/|\?|#|$)"

# "bank" in a host: by itself, in front ("bankofireland") or at the end of a name ("harbourbank"), but not "foodbank".
_BANK_IN_HOST = (
    r"(?:(?<![a-z])bank(?:ing|of[a-z]+|online|direct)?(?![a-z]|-?(?:holiday|rec|statement|parser|details))|"
    r"(?<!food)(?<!blood)(?<!power)(?<!river)(?<!world)(?<!data)(?<!memory)(?<!question)(?<!image)(?<!milk)(?<!seed)"
    r"(?<!test)(?<!piggy)(?<!word)(?<!sand)(?<!snow)(?<!bur)(?<!fair)(?<!bit)"
    rf"(?<=[a-z0-9])bank(?:ing)?(?![a-z])|{words.BANK_HOSTS})"
)
_A_BANK = rf"(?!(?:[\w'’-]+ ){{0,3}}{words.NO_BANK} ?bank){words.BANK_NAMES}(?: {words.BANK_ENDINGS})*"
_ONLINE_BANKING = rf"(?:[\w'’]+ )?{words.ONLINE_BANKING}(?: {words.ENTER})?"

_PRIVATE_TITLE = (
    rf"{words.BROWSER_NAMES}.{{0,4}}[\(\[]?{words.PRIVATE_WORDS}[\)\]]?$|[\(\[]{words.PRIVATE_WORDS}[\)\]]|"
    rf"^{words.NEW_PRIVATE_TAB}\b"
)
_BANK_ADDRESS = rf"{_HOST}{_BANK_IN_HOST}|{_PATH}(?:e|online|net|internet|web|home)?-?banking{_PATH_END}"
_BANK_TITLE = (
    rf"^{_ABOUT}(?:.*{_NEXT})?(?:{_A_BANK}|{_ONLINE_BANKING}){_END}|^{_ABOUT}{_A_BANK}{_NEXT}{words.ENTER}{_END}|"
    rf"^{_ABOUT}{words.MONEY_ACTS}(?:{_NEXT}.*)?$"
)
_PAYMENT_ADDRESS = (
    rf"{_SITE}(?:[^/?#\s]*\.)?(?:checkout|pay|payments?|secure-?pay(?:ments?)?)\.[^/?#\s]+\.|"
    rf"{_PATH}{words.CHECKOUT_PATHS}{_PATH_END}"
)
_PAYMENT_TITLE = rf"^{_ABOUT}{words.CHECKOUT}(?:{_NEXT}.*)?$"
_CARE_ADDRESS = (
    rf"{_HOST}{words.CARE_HOSTS}|{_SITE}(?:portal|my|patients?|results?)\.[^/?#\s]*imaging|"
    rf"{_HOST}imaging[^/?#\s]*/(?:reports?|results?|appointments?){_PATH_END}|"
    rf"{_PATH}(?:mychart|patients?-?portal|patient){_PATH_END}"
)
_CARE_TITLE = (
    rf"^{_ABOUT}(?:.*{_NEXT})?(?:{words.CARE_NAMES}|{words.CARE_SITES}){_END}|"
    rf"(?:^|{_NEXT})(?:my )?{words.CARE_PAGES}(?:{_NEXT}|$)"
)


def _rule(name: str, *, app: str | None = None, title: str | None = None, address: str | None = None) -> PrivacyRule:
    return PrivacyRule(name=name, app=app, title=title, address=address, shipped=True)


SHIPPED: tuple[PrivacyRule, ...] = (
    _rule(OWN_WINDOW, app="gum-app|gum_app"),
    _rule(PRIVATE_WINDOW, title=_PRIVATE_TITLE),
    _rule(FULL_SCREEN_BROWSER),
    _rule("Tor Browser", app="tor browser|torbrowser|tor-browser"),
    _rule("Tor Browser, by its title", title=r"(?:^|[-–—] )tor browser$"),
    _rule("password manager", app=words.PASSWORD_PROGRAMS),
    _rule("password manager, by its title", title=r"[-–—] keepassx?c?$|\.kdbx\b.*keepass"),
    _rule("passwords page", address=f"^{words.PASSWORD_PAGES}"),
    _rule("passwords page, by its title", app=words.BROWSERS, title=f"^{words.PASSWORD_TITLES}{_END}"),
    _rule("password prompt", app=words.PROMPT_PROGRAMS),
    _rule("password prompt, by its title", title=f"^{words.PROMPT_TITLES}{_END}"),
    _rule("lock screen", app=words.LOCK_PROGRAMS),
    _rule("notification on the screen", app=words.NOTIFICATION_PROGRAMS),
    _rule("banking page", address=_BANK_ADDRESS),
    _rule("banking page, by its title", app=words.BROWSERS, title=_BANK_TITLE),
    _rule("payment page", address=_PAYMENT_ADDRESS),
    _rule("payment page, by its title", app=words.BROWSERS, title=_PAYMENT_TITLE),
    _rule("health page", address=_CARE_ADDRESS),
    _rule("health page, by its title", app=words.BROWSERS, title=_CARE_TITLE),
    _rule("pay slip", title=rf"\b{words.PAY_SLIPS}[^|–—/]*\.(?:pdf|png|jpe?g|docx?|odt|xlsx?|ods)\b"),
)

SENTENCES: dict[str, str] = {
    OWN_WINDOW: "The windows of gum-app are not looked at: it would learn from itself.",
    PRIVATE_WINDOW: "Private and incognito windows of any browser, told by their titles or by the system.",
    FULL_SCREEN_BROWSER: "Chromium and its kin in full screen: nothing tells then whether the window is private.",
    "Tor Browser, by its title": "Windows of Tor Browser, told by their titles.",
    "Tor Browser": "Everything that Tor Browser shows.",
    "password manager": "Password managers, key rings and authenticators: KeePassXC, Bitwarden, 1Password.",
    "password manager, by its title": "Windows of KeePass and its kin, told by their titles.",
    "passwords page": "The saved passwords of a browser, and password managers on the web, told by their addresses.",
    "passwords page, by its title": "The saved passwords of a browser, and password managers on the web, by title.",
    "password prompt": "Dialogs that ask for a password, a PIN or a passphrase.",
    "password prompt, by its title": "Dialogs that ask for a password or a PIN, told by their titles.",
    "lock screen": "The lock screen and the log-in screen.",
    "notification on the screen": "Notifications as they pop up: whose they are is only told to who reads them itself.",
    "banking page": "Banks and brokers on the web, told by their addresses.",
    "banking page, by its title": "Banks and brokers on the web, told by their titles.",
    "payment page": "Checkouts and payment forms, told by their addresses.",
    "payment page, by its title": "Checkouts and payment forms, told by their titles.",
    "health page": "Doctors, hospitals, pharmacies, therapy, mediation, told by their addresses.",
    "health page, by its title": "Doctors, hospitals, pharmacies, therapy, mediation, told by the titles of pages.",
    "pay slip": "Documents that are called pay slips.",
}
