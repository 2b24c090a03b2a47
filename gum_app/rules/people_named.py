"""Names of people as sentences and screens name them. Prefer one name too many: it is for hiding them from others.

Told by where they stand, for a name itself looks like any other word: after a greeting, a title or a label, before an
address, beside what only people do or have done to them, and in what is believed of relationships. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gum_app.rules.identity import ADDRESS
from gum_app.rules.name_forms import PARTICLES
from gum_app.rules.wording import STOP_WORDS, folded

MOST_WORDS = 4  # of one name
# Capital letters: Latin with accents, Greek, Cyrillic, Armenian.
_CAPITAL = (
    "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0102\u0104\u0106\u010c\u010e\u0110\u0118\u011a\u0141\u0143\u0147\u0150"
    "\u0158\u015a\u0160\u0164\u016e\u0179\u017b\u017d\u0386-\u03ab\u0400-\u042f\u0531-\u0556"
)
# All is bounded: a page chooses its words, and may choose many that look like one long name.
_PART = r"[^\W\d_]"
_WORD = (
    r"(?:(?:van|von|de|da|di|du|den|der|del|la|le|el|al|bin|ter) ){0,3}"
    rf"[{_CAPITAL}]{_PART}{{0,30}}(?:[.'’-]{_PART}{{1,30}}){{0,4}}\.?"
)
_MORE = rf"(?: {_WORD}){{0,{MOST_WORDS - 1}}}"
_NAME = rf"(?P<name>{_WORD}{_MORE})"
_NAMES = rf"(?P<names>{_WORD}{_MORE}(?:(?:, | and | & | und | et | y | i ){_WORD}{_MORE}){{0,8}})"

_GREETING = (
    "Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening)|Hallo|Liebe[rs]?|Guten (?:Tag|Morgen|Abend)|Moin|Servus|"
    "Bonjour|Salut|Cher|Chère|Hola|Estimad[oa]|Buenos días|Ciao|Caro|Cara|Gentile|Olá|Cześć|Drog[ia]|Witaj|Hej|Ahoj|"
    "Привет|Здравствуйте|Дорог(?:ой|ая)"
)
_HONORIFIC = "Mr|Mrs|Ms|Mx|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|Signora?|Pani?|Pan[ia]"
_LABEL = (
    "From|To|Cc|Bcc|Von|An|De|À|Para|Sender|Author|Assignee|Reviewers?|Owner|Organi[sz]er|Attendees|Participants|"
    "Reported by|Assigned to|Invited by|Signed|Contact"
)
_CLOSING = "Best|Regards|Kind regards|Best regards|Cheers|Thanks|Many thanks|Yours|Love|Grüße|Gruß|Viele Grüße|LG|VG"
# What is done with, to or for a person, as propositions tell it and as it stands on screens.
_DONE_WITH = (
    r"(?<!Works )(?<!something )(?<!exercises )with|1:1|in the names? of|[Mm]eets?|[Mm]et|[Cc]alls?|"
    r"[Cc]alled|[Ss]peaks? to|[Tt]alk(?:s|ed)? to|[Mm]arried to|"
    r"[Aa]sk(?:s|ed)?|[Tt]ells?|[Tt]old|[Rr]emind(?:s|ed)?|[Tt]hank(?:s|ed)?|[Ii]nvite[sd]?(?: by)?|"
    r"[Ww]rit(?:es?|ing) to|[Ww]rote to|[Mm]ail(?:s|ed)?(?: (?:to|from))?|"
    r"[Mm]essages? (?:to|from)|[Ss]ent (?:to|by)|[Ww]aits? for|[Ww]aiting for|[Rr]eports? to|[Ww]orks? for|"
    r"(?:[Mm]anaged|[Rr]eviewed|[Ww]ritten|[Aa]pproved|[Ss]hared|[Bb]rought) by|[Aa]ssigned to|[Mm]entors|"
    r"[Ff]etch(?:es)?|[Pp]icks? up|[Dd]rops? off|[Bb]irthday of|on behalf of|[Cc]olleague|[Ff]riend|"
    r"[Bb]oss|[Mm]anager|[Ww]ife|[Hh]usband|[Ss]ister|[Bb]rother|[Mm]other|[Ff]ather|[Dd]aughter|[Ss]on|[Pp]artner|"
    r"[Cc]lient|[Nn]eighbour|[Tt]eacher"
)
_DOES = (
    "said|says|wrote|writes|replied|replies|asked|asks|invited|invites|mentioned|commented|requested changes|approved|"
    r"thinks|told|tells|suggested|agreed|promised|will bring|is on leave|is typing|is calling|sent you|joined|reacted|"
    r"shared|hat geschrieben|schrieb|schreibt|a écrit|escribió|ha scritto|napisał[a]?"
)
_PLACES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?<!\w)(?:{_GREETING}),? {_NAMES}"),
    re.compile(rf"(?<!\w)(?:{_HONORIFIC})\.? {_NAME}"),
    re.compile(rf"(?<!\w)(?:{_LABEL}):\s*{_NAMES}"),
    re.compile(rf"(?<!\w)(?:{_CLOSING}),?\s+{_NAME}\s*$", re.MULTILINE),
    re.compile(rf"(?<![\w-])(?:{_DONE_WITH}) {_NAMES}"),
    re.compile(rf"(?<!\w){_NAMES} (?:{_DOES})(?!\w)"),
    re.compile(rf"(?<![\w.])(?P<name>[{_CAPITAL}]\. ?[{_CAPITAL}]{_PART}{{2,30}})"),
    re.compile(rf"(?<!\w){_NAME}\s?[<(]\s?(?:{ADDRESS.pattern})"),
    re.compile(rf"(?<!\w){_NAME}['’]s? (?:wife|husband|birthday|team|review|report|mail|message|office|desk|wedding)"),
)
_ADDED = re.compile(rf"(?:, | and | & | und | et | y | i )(?={_WORD})")
_MAIL_SAYS = re.compile(r"^An e-mail from (?P<name>.{1,60}?) says: ")
_OWN_SENTENCES = re.compile(r"^(?:Signs mail as|Is known to|Takes part in the channel) ")
_WRITES_WITH = re.compile(
    r"^(?:Writes with (?P<one>.+?) \(|Meets (?P<two>.+?) in video calls|.*reviewed by (?P<three>.+?)\.$)"
)
_RUN = re.compile(rf"(?<!\w){_WORD}(?: {_WORD}){{0,5}}")
_QUOTED = re.compile("“[^”]*”?")
_VERB = re.compile(r"[A-Z]\w*(?:s|ed|ing|ly)")
_AFTER_VERB = re.compile(r" (?:a|an|the|at|by|for|from|in|of|on|to|with|their|his|her|every|closely|regularly|often)\b")
# With which sentences about relationships begin, and which are nobody's name.
_BEGINNINGS_TEXT = """
works writes meets has takes is does likes wants uses needs reads reviews manages leads talks speaks calls chats
mails emails messages communicates collaborates coordinates cooperates corresponds reports shares knows helps
mentors supports supervises teaches trains studies lives plays plans visits sees follows asks tells invites
thanks depends relies discusses exchanges receives gets gives sends maintains keeps values cares prefers trusts
interacts pairs partners consults advises hires interviews organizes organises coaches belongs may regularly
often usually frequently occasionally sometimes currently recently probably seems appears user person
"""
_BEGINNINGS = frozenset(_BEGINNINGS_TEXT.split())
_AT_THE_EDGES_TEXT = """
hi hello hey dear hallo best regards thanks cheers from to cc bcc re fwd aw ms mr mrs dr prof team
"""
_AT_THE_EDGES = frozenset(_AT_THE_EDGES_TEXT.split())
_DATES_TEXT = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag today tomorrow
yesterday
"""
_DATES = frozenset(_DATES_TEXT.split())


def like_names(called: Iterable[str]) -> Iterator[str]:
    """Those of what a screen calls others that can be the name of somebody: no channel, and no misread sentence."""
    for name in called:
        words = [word for word in name.split() if folded(word) not in PARTICLES]
        small = [word for word in words if word[:1].islower()]
        is_sentence = any(folded(word) in STOP_WORDS for word in small) or 0 < len(small) < len(words)
        is_date = any(sign.isdigit() for word in words[1:] for sign in word)
        if words and not name.startswith("#") and len(words) <= MOST_WORDS and not (is_sentence or is_date):
            yield name


def named_anywhere(text: str) -> Iterator[str]:
    """Whom a text names where only people are named; in what is neither, nobody."""
    if match := _MAIL_SAYS.match(text):
        yield from like_names([match["name"]])
    for pattern in _PLACES:
        for match in pattern.finditer(text):
            found = match.groupdict()
            for name in _ADDED.split(found.get("names") or found.get("name") or ""):
                yield from _as_name(name)


def named_in_relationship(text: str) -> Iterator[str]:
    """Whom a sentence about a relationship names: where it is not ours, whatever is written with a capital letter."""
    if _OWN_SENTENCES.match(text):
        return
    match = _WRITES_WITH.match(text)
    if match is not None:
        yield from _as_name(match["one"] or match["two"] or match["three"])
        return
    yield from named_anywhere(text)
    told = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)  # somebody's own words name also other things
    for run in _RUN.finditer(told):
        if run.start() or not _begins_with_a_verb(run.group(), told[run.end() :]):
            yield from _as_name(run.group())
        else:
            yield from _as_name(run.group().partition(" ")[2])


def _begins_with_a_verb(run: str, rest: str) -> bool:
    """ "Meets with", but not "Tomas is"; "She", but not "Sheila"."""
    first, _, more = run.partition(" ")
    if folded(first) in STOP_WORDS | _BEGINNINGS:
        return True
    return _VERB.fullmatch(first) is not None and (bool(more) or _AFTER_VERB.match(rest) is not None)


def _as_name(text: str) -> Iterator[str]:
    """Without the days and the words that say nothing at its edges; nothing where nothing is left."""
    words = text.strip(" .,;:").split()
    while words and _is_none(words[0]):
        words.pop(0)
    while words and _is_none(words[-1]):
        words.pop()
    if words:
        yield " ".join(words)


def _is_none(word: str) -> bool:
    plain = folded(word).strip(".,'’")
    return plain in _DATES | _AT_THE_EDGES or (plain in STOP_WORDS and plain not in {"will", "may"}) or not plain
