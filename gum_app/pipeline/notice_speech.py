"""What the person says in their own words, to whom they write, and what others tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from rapidfuzz import fuzz

from gum_app.pipeline.authors import as_witnessed
from gum_app.pipeline.scene import Scene
from gum_app.records import Sighting
from gum_app.rules.chats import bubbles, messages, peer_above
from gum_app.rules.days import DayNamed, days_in
from gum_app.rules.delicate import is_delicate
from gum_app.rules.identity import ADDRESS, account_names, is_person
from gum_app.rules.layout import Segment, is_noise, paragraphs, rows_of
from gum_app.rules.mails import Mail, composed, read_mail, replied
from gum_app.rules.own_words import AGREED, ASKED, TOLD, is_past, meaning_of
from gum_app.rules.speech import Sentence, Utterance, sentences
from gum_app.rules.strangers import addresses_machines, looks_like_phishing, sells
from gum_app.rules.titles import CODE_ENDINGS, TICKET
from gum_app.rules.wording import slug, stems

WRITING_KEYS = 30  # fewer keys in a document are a look at it, not work on it
SURE = 0.6  # the reader's confidence, 0–1, below which a sentence is not believed
TWIN = 88  # of 100: two readings of one sentence
FEWEST_WORDS = 4
CELL_GAP = 40  # pixels: a wider gap parts two cells of a table
MOST_NOTES = 6  # of one document in one episode: those with the nearest days
_TAKEN_BACK = re.compile(r"\b(?:not|instead of|rather than|was|no longer)\s+(?:on |the |for )*$", re.IGNORECASE)
_IN_WEEKS = re.compile(
    r"\b(?:a|one|two|three|four|\d+) (?:more )?weeks?\b|\bnext week\b|\bweeks? (?:more|from)\b", re.I
)
_LOOSE_DAY = re.compile(r"(?:on |from )?[a-z]{3,9}(?: at .*)?", re.IGNORECASE)
_BARE_DAY = re.compile(r"(?:\w+ )?(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:(?:on|by|from|last) )?[a-z]{3,9}", re.IGNORECASE)
_MEDIUM_WEIGHT = {"note": 1.0, "mail": 0.95, "message": 0.9, "comment": 0.9, "notes": 0.8}
_TABLES = (".ods", ".xlsx", ".xls", ".csv")
_LINE_NUMBER = re.compile(r"^\W*\d{1,3}\s+(?=\S)")
_NUMBER_OF_LINE = re.compile(r"\d{1,4}")
_MENU = re.compile(
    r"^(?:file|edit|view|insert|format|styles|sheet|data|tools|window|help|page \d+ of|sheet \d+ of|\d+ words)\b",
    re.IGNORECASE,
)
_SIDE_CHAT = re.compile(r"[—–-]\s*(?:Signal|WhatsApp|Telegram|Messages)\b|^WhatsApp$", re.IGNORECASE)
_MET_WITH = re.compile(r"\b(?:with|and|mit)\s+(?P<name>[A-Z]\w+(?:\s[A-Z]\w+)?)")
_FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+\b")
_REVIEWS = {"requested changes", "approved", "approved these changes", "reviewed"}
_CALENDAR_WORD = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october"
    r"|november|december|today|tomorrow",
    re.IGNORECASE,
)
_NAMED_IN_TALK = re.compile(r"(?<=\s)(?:[A-Z][a-z]+[A-Z]\w+|[A-Z][\w&-]{3,}(?:\s[A-Z]\w{2,})*)")


def notice_speech(scene: Scene) -> Iterator[Sighting]:
    if scene.observation.source == "notification":
        yield from _told_by_notification(scene)
        return
    said, mails = said_by_all(scene)
    own = [utterance for utterance in said if utterance.author == "person"]
    yield from _own_words(scene, own)
    yield from _people(scene, said)
    for mail in mails:
        if mail.said is not None and any(utterance.rows == mail.said.rows for utterance in own):
            yield from _signature(scene, mail)
        if mail.said is not None and mail.said.author == "other":
            yield from _claims(scene, mail)


def said_by_all(scene: Scene) -> tuple[list[Utterance], list[Mail]]:
    """Top to bottom. The person's are only those that they can be known to have written."""
    if scene.observation.source == "note":
        parts = tuple(part for screen in scene.screens for part in screen)
        return [Utterance(author="person", medium="note", rows=parts, at=scene.observation.ended_at)], []
    said: list[Utterance] = []
    mails: list[Mail] = []
    for screen in scene.screens:
        match scene.place.kind:
            case "compose":
                found = [composed(screen, scene.person)]
            case "mail":
                found = [
                    replied(screen, scene.person) or composed(screen, scene.person),
                    read_mail(screen, scene.person),
                ]
            case _:
                found = []
                said += _talk(scene, screen)
        mails += [mail for mail in found if mail is not None]
    said += [_to_sender(mail, mails) for mail in mails if mail.said is not None]
    return as_witnessed(scene, said + _notes(scene)), mails


def _to_sender(mail: Mail, mails: Sequence[Mail]) -> Utterance:
    """A reply goes to whoever wrote the mail above it, by name rather than by address."""
    assert mail.said is not None
    senders = [other.sender for other in mails if other.said is not mail.said and other.sender]
    if mail.said.author == "person" and ADDRESS.fullmatch(mail.to) and len(set(senders)) == 1:
        return replace(mail.said, to=senders[0])
    return mail.said


def _talk(scene: Scene, screen: Sequence[Segment]) -> list[Utterance]:
    place = scene.place
    if place.kind in {"calendar", "office", "files", "settings", "search", "editor"}:
        return []
    to = place.peer or (f"#{place.channel}" if place.channel else "")
    found = messages(screen, scene.person, to=to, medium="message" if place.kind in {"chat", "call"} else "comment")
    if any(utterance.author == "person" for utterance in found):
        return found
    if place.kind == "chat" or (scene.beside and any(_SIDE_CHAT.search(part.text) for part in screen)):
        hung = bubbles(screen, to=to)
        peer = to or peer_above(screen, hung)
        hung = bubbles(screen, to=peer) if peer != to else hung
        return hung if any(utterance.author == "person" for utterance in hung) else found
    return found


def _notes(scene: Scene) -> list[Utterance]:
    """Lines of a document that the person is writing, each for itself."""
    place = scene.place
    if (
        place.kind not in {"office", "editor", "terminal"}
        or not place.file
        or (scene.observation.keys or 0) < WRITING_KEYS
    ):
        return []
    ending = place.file.rsplit(".", 1)[-1].lower()
    if ending in CODE_ENDINGS and ending != "tex":
        return []
    parts = [part for screen in scene.screens[-1:] for part in screen if not _NUMBER_OF_LINE.fullmatch(part.text)]
    rows = rows_of(parts, CELL_GAP)
    texts = rows if place.file.endswith(_TABLES) else paragraphs(rows)
    return [
        Utterance(author="person", medium="notes", rows=tuple(paragraph), to=place.file, at=paragraph[0].at)
        for paragraph in texts
        if sum(len(part.words) for part in paragraph) >= FEWEST_WORDS and not _MENU.match(paragraph[0].text)
    ]


def _own_words(scene: Scene, own: Sequence[Utterance]) -> Iterator[Sighting]:
    kept: list[Sighting] = []
    for utterance in own:
        for sentence in sentences(utterance):
            if not _may_speak(sentence, utterance):
                continue
            if utterance.medium != "notes" or not scene.place.file.endswith(_TABLES):
                yield from _tickets(scene, sentence)
            sighting = _said(scene, utterance, sentence)
            if sighting is not None:
                _keep_clearest(kept, sighting)
    notes = [sighting for sighting in kept if sighting.detail["medium"] == "notes"]
    too_many = sorted(notes, key=lambda s: (s.detail.get("day", "9"), -float(s.detail["sure"])))[MOST_NOTES:]
    yield from (sighting for sighting in kept if sighting not in too_many)


def _may_speak(sentence: Sentence, utterance: Utterance) -> bool:
    """What the person told the app is theirs to tell; in all else delicate matters are passed over."""
    if sentence.confidence < SURE or addresses_machines(sentence.text) or sells(sentence.text):
        return False
    return utterance.medium == "note" or not is_delicate(sentence.text)


def _keep_clearest(kept: list[Sighting], new: Sighting) -> None:
    """Of two readings of one sentence the one that the reader was surer of."""
    for n, old in enumerate(kept):
        if fuzz.ratio(old.detail["text"], new.detail["text"]) >= TWIN:
            if float(old.detail["sure"]) < float(new.detail["sure"]):
                kept[n] = new
            return
    kept.append(new)


def _said(scene: Scene, utterance: Utterance, sentence: Sentence) -> Sighting | None:
    text = _LINE_NUMBER.sub("", sentence.text)
    days = _days_ahead(text, scene, whole=" ".join(row.text for row in utterance.rows))
    meaning = meaning_of(text, names_day=bool(days))
    if utterance.medium == "note" and meaning in {None, ASKED}:
        meaning = AGREED if days else TOLD
    if meaning is None and days and len(text.split()) >= FEWEST_WORDS and not text.endswith("?"):
        meaning = AGREED
    topic = slug(_without_days(text, days), most=6)
    if meaning is None or not topic:
        return None
    detail = {
        "text": text,
        "lead": meaning.lead,
        "prior": f"{meaning.prior:.2f}",
        "half_life": f"{meaning.half_life_days:.2f}",
        "medium": utterance.medium,
        "to": scene.place.name if utterance.medium == "comment" else utterance.to,
        "sure": f"{sentence.confidence:.2f}",
    }
    if days:
        detail |= {"day": days[-1].day.isoformat(), "relative": "yes" if days[-1].relative else ""}
        detail["loose"] = "yes" if _LOOSE_DAY.fullmatch(days[-1].phrase) else ""
    weight = _MEDIUM_WEIGHT[utterance.medium]
    return scene.sighting(
        f"said:{topic}",
        meaning.kind,
        sentence.quote,
        detail=detail,
        weight=weight,
        value=detail.get("day", ""),
    )


def _without_days(text: str, days: Sequence[DayNamed]) -> str:
    """A moved date is the same statement with another day: it meets the old one under the same topic."""
    for day in sorted(days, key=lambda day: -day.position):
        text = f"{text[: day.position]} {text[day.position + len(day.phrase) :]}"
    return re.sub(r"\b\d{1,2}[:.]\d{2}\b", "", text)


def _days_ahead(text: str, scene: Scene, whole: str = "", *, said_on: date | None = None) -> list[DayNamed]:
    """Days after today that the text looks forward to, without those that it takes back ("not the 5th").

    `said_on`: when that was not today, "next Friday" is the one after that day.

    A bare weekday is not the next one where the text tells what has been, or counts in weeks.
    """
    today = scene.observation.ended_at.date()
    unclear = is_past(text) or _IN_WEEKS.search(whole)
    return [
        day
        for day in days_in(text, _said_at(scene, said_on))
        if (day.last_day or day.day) > today
        and not _TAKEN_BACK.search(text[: day.position])
        and not (unclear and _BARE_DAY.fullmatch(day.phrase))
    ]


def _said_at(scene: Scene, said_on: date | None) -> datetime:
    read_at = scene.observation.ended_at
    return read_at if said_on is None else datetime.combine(said_on, time(12), read_at.tzinfo)


def _tickets(scene: Scene, sentence: Sentence) -> Iterator[Sighting]:
    for ticket in TICKET.findall(sentence.text):
        done = re.search(r"\b(?:done|merged|closed|finished|fixed)\b", sentence.text, re.IGNORECASE)
        detail = {"name": ticket, "title": "", "tracked": ""}
        topic = f"ticket:{ticket.casefold()}"
        yield scene.sighting(topic, "task", sentence.quote, value="done" if done else "", detail=detail)


def _people(scene: Scene, said: Sequence[Utterance]) -> Iterator[Sighting]:
    place = scene.place
    own = [utterance for utterance in said if utterance.author == "person" and utterance.medium != "notes"]
    met = _MET_WITH.search(scene.observation.title) if place.kind == "call" else None
    if met:
        yield _person(scene, met["name"], scene.observation.title, "met", place.program, [])
    for utterance in own:
        if utterance.to and not utterance.to.startswith("#") and not is_person(utterance.to, scene.person):
            how = "mailed" if utterance.medium == "mail" else "wrote"
            yield _person(scene, utterance.to, utterance.rows[0].quote, how, place.program, own)
    if place.channel and own:
        detail = {"name": f"#{place.channel}", "program": place.program}
        topic = f"channel:{place.channel.casefold()}"
        yield scene.sighting(topic, "relationship", own[0].rows[0].quote, detail=detail)
    if place.kind == "page" and place.project and own:
        for utterance in said:
            if utterance.author == "other" and utterance.act in _REVIEWS:
                name = _full_name(utterance.name, scene)
                yield _person(scene, name, utterance.rows[0].quote, "reviewed", place.project, own)


def _full_name(handle: str, scene: Scene) -> str:
    """The name on the same screen of which a user name like this is made; where there is none, the user name."""
    for screen in scene.screens:
        for part in screen:
            for match in _FULL_NAME.finditer(part.text):
                if handle.casefold() in account_names(match.group()):
                    return match.group()
    return handle


def _person(scene: Scene, name: str, quote: str, how: str, where: str, own: Sequence[Utterance]) -> Sighting:
    plain = re.sub(r"\s*\([^)]*\)", "", name).strip(" ,.")
    about = [
        word for utterance in own for sentence in sentences(utterance) for word in _NAMED_IN_TALK.findall(sentence.text)
    ]
    detail = {
        "name": plain,
        "how": how,
        "where": where,
        "about": "|".join(dict.fromkeys(word for word in about if not _CALENDAR_WORD.fullmatch(word))),
        "subject": scene.place.name if how == "mailed" else "",
    }
    return scene.sighting(f"person:{'-'.join(stems(plain))}", "relationship", quote, detail=detail)


def _signature(scene: Scene, mail: Mail) -> Iterator[Sighting]:
    for row in mail.signature:
        if is_noise(row.text):
            continue
        if is_person(row.text.split(" · ")[0].split(" - ")[0], scene.person) or " · " in row.text:
            yield scene.sighting("self:signature", "relationship", row.quote, detail={"text": row.text}, weight=1.0)
        elif meaning_of(row.text):
            sentence = Sentence(text=row.text, quote=row.quote, confidence=row.confidence)
            said = Utterance(author="person", medium="mail", rows=(row,))
            sighting = _said(scene, said, sentence)
            if sighting:
                yield sighting


def _claims(scene: Scene, mail: Mail) -> Iterator[Sighting]:
    """Days that a mail names which the person has read: a stranger's word, and marked as such."""
    assert mail.said is not None
    texts = [part.text for screen in scene.screens for part in screen]
    if looks_like_phishing(texts) or not mail.sender:
        return
    for sentence in sentences(mail.said):
        days = _days_ahead(sentence.text, scene, said_on=mail.said.said_on)
        if len(sentence.text.split()) < FEWEST_WORDS + 1 or re.match(
            r"\W*\w{0,3}\s?\w{0,2}\s?(?:re|fwd):", sentence.text, re.I
        ):
            continue
        if (
            days
            and not sells(sentence.text)
            and not is_delicate(sentence.text)
            and not addresses_machines(sentence.text)
            and sentence.confidence >= SURE
        ):
            detail = {
                "text": sentence.text,
                "sender": mail.sender,
                "day": days[-1].day.isoformat(),
                "subject": scene.place.name,
            }
            yield scene.sighting(
                f"mail:{slug(sentence.text, most=6)}", "plan", sentence.quote, detail=detail, weight=0.3
            )


def _told_by_notification(scene: Scene) -> Iterator[Sighting]:
    name = scene.observation.title
    if scene.place.kind == "chat" and re.fullmatch(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}\W*", name):
        plain = re.sub(r"[^\w\s.'’-]", "", name).strip()
        detail = {"name": plain, "how": "received", "where": scene.place.program, "about": "", "subject": ""}
        yield scene.sighting(f"person:{'-'.join(stems(plain))}", "relationship", name, detail=detail, weight=0.3)
