"""Sentences about work: programs, documents, projects, tickets, languages, reading, and what goes wrong."""

from __future__ import annotations

import re
from collections import Counter

from gum_app.pipeline.gathered import Gathered
from gum_app.records import Draft
from gum_app.rules.identity import is_person
from gum_app.rules.wording import listed

ENOUGH_SECONDS = 300.0
EARLY_SECONDS = 15.0  # the first minutes with somebody new: little is said, and with little confidence
EARLY_RAW, EARLY_CEILING = 0.4, 0.49  # below one half: it may be chance
EARLY_EPISODES = 2
MANY_KEYS_A_MINUTE = 15
EVENING = 18
NIGHT_ENDS = 6
TIMES_THAT_COUNT = 3
# Pages of one's own affairs are not read for their subject; other rules say what happens on them.
_OWN_AFFAIR = re.compile(
    r"(?i:(?:my|your|you|you're|thanks?|order|booking|renewal|confirm|request|payment|cart|checkout|account|settings"
    r"|plan|profile|sign|log|home|dashboard|inbox|export|clients|renew|pricing)\b)"
    r"|.*\b(?:Module|Unit|Lesson|Chapter|Exercise) \d"
)
UNSAVED = re.compile(r"^\s*[*●•✱✳]|\s[●•*](?=\s|$)")
_TOOL_SENTENCES = {
    "editor": "Uses {name} to write.",
    "office": "Works with {name}.",
    "mail": "Reads and writes mail in {name}.",
    "compose": "Reads and writes mail in {name}.",
    "chat": "Uses {name} to talk to people.",
    "terminal": "Works in the terminal.",
}
_DOCUMENTS = {
    "ods": "spreadsheet",
    "xlsx": "spreadsheet",
    "xls": "spreadsheet",
    "csv": "table",
    "odp": "presentation",
    "pptx": "presentation",
    "ppt": "presentation",
    "odt": "document",
    "docx": "document",
    "doc": "document",
    "tex": "LaTeX file",
    "md": "file",
    "txt": "file",
    "org": "file",
}


def tool(known: Gathered) -> Draft | None:
    early = known.seconds < 2 * ENOUGH_SECONDS and not (len(known.episodes) >= 3 and known.seconds >= ENOUGH_SECONDS)
    if early and not _is_early_enough(known):
        return None
    name, kind = known.newest.detail["name"], known.most("kind", 1)[0]
    if kind == "reader":
        return None  # what is read says more than with what
    return known.draft(
        _TOOL_SENTENCES.get(kind, "Works with {name}.").format(name=name),
        kind="tool",
        raw=EARLY_RAW if early else 0.7,
        ceiling=EARLY_CEILING if early else 0.82,
        half_life_days=1 if early else 90,
        why=f"{name[:1].upper()}{name[1:]} was in front in {known.counted()}.",
        rule="tool",
    )


def site(known: Gathered) -> Draft | None:
    """A site that is worked with, not only read: something is typed there, on several occasions."""
    once = len({sighting.quote for sighting in known.episodes}) == 1 and len(known.days) == 1
    if known.seconds < 2 * ENOUGH_SECONDS or len(known.episodes) < 3 or once or not _typed_much(known):
        return None
    name = known.newest.detail["name"]
    return known.draft(
        f"Works with {name} in the browser.",
        kind="tool",
        raw=0.62,
        ceiling=0.75,
        half_life_days=60,
        why=f"{name} was used in {known.counted()}.",
        rule="site",
    )


def document(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    early = known.seconds < 120
    if known.keys is not None and known.keys < 60:
        return None
    if early and not (_is_early_enough(known) and _is_changed(known)):
        return None
    noun = _DOCUMENTS.get(detail["ending"], "document")
    program = detail["program"]
    where = f" in {program}" if program and not program.startswith("a ") else ""
    return known.draft(
        f"Works on the {noun} {detail['name']}{where}.",
        kind="task",
        raw=EARLY_RAW if early else min(0.62 + 0.04 * len(known.days) + 0.01 * len(known.episodes), 0.78),
        half_life_days=1 if early else 10,
        why=f"The {noun} was open and written in during {known.counted()}.",
        rule="document",
    )


def project(known: Gathered) -> Draft | None:
    own = [sighting for sighting in known.episodes if sighting.weight >= 1.0]
    if not own or sum(sighting.seconds for sighting in own) < ENOUGH_SECONDS:
        return None
    spent: Counter[str] = Counter()
    for sighting in own:
        spent[_plain(sighting.detail["program"])] += round(sighting.seconds)
    return known.draft(
        f"Works on the repository {known.newest.detail['name']}, mostly in {spent.most_common(1)[0][0]}.",
        kind="task",
        raw=0.75,
        half_life_days=21,
        why=f"It was open in {listed([_plain(p) for p in known.most('program')])}: {known.counted()}.",
        rule="project",
    )


def ticket(known: Gathered) -> Draft | None:
    own = [sighting for sighting in known.sightings if sighting.weight >= 1.0]
    tracked = any(sighting.detail["tracked"] for sighting in known.sightings)
    if not tracked and len(known.episodes) < 3:
        return None  # many numbers look like a ticket
    if not own and (len(known.episodes) < 2 or known.seconds < ENOUGH_SECONDS):
        return None
    name = known.newest.detail["name"]
    title = next((s.detail["title"] for s in known.sightings if s.detail.get("title")), "")
    named = f"{name} (“{title}”)" if title else name
    done = (
        max((s for s in known.sightings if s.weight >= 1.0), key=lambda s: s.at, default=known.newest).value == "done"
    )
    return known.draft(
        f"Has finished the ticket {named}." if done else f"Works on the ticket {named}.",
        kind="task",
        raw=0.72 if own else 0.55,
        half_life_days=7,
        why=f"The ticket came up in {known.counted()}" + (", also in your own words." if own else "."),
        rule="ticket",
        value="done" if done else "open",
        # That it is done rests on what says so: else the work before would stand against it.
        only=[sighting for sighting in known.episodes if sighting.value == "done"] if done else None,
    )


def language(known: Gathered) -> Draft | None:
    if known.seconds < ENOUGH_SECONDS or (known.keys is not None and known.keys < 200):
        return None
    late = sum(s.seconds for s in known.episodes if not NIGHT_ENDS <= int(s.detail["hour"]) < EVENING)
    when = ", mostly in the evening" if late >= 0.7 * known.seconds else ""
    files = known.most("file")
    return known.draft(
        f"Writes {known.newest.detail['name']}{when}.",
        kind="skill",
        raw=0.7,
        half_life_days=120,
        why=f"{listed(files)} {'was' if len(files) == 1 else 'were'} edited: {known.counted()}.",
        rule="language",
    )


def reading(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    early = known.seconds < 90
    if known.keys is not None and _typed_much(known):
        return None
    if early and not _is_early_enough(known):
        return None
    pages = [page for page in known.most("page") if page and not _OWN_AFFAIR.match(page)]
    if not pages:
        return None
    return known.draft(
        f"Reads about {listed([f'“{page}”' for page in pages[:2]])} on {detail['site']}.",
        kind="interest",
        raw=EARLY_RAW - 0.1 if early else min(0.42 + 0.03 * len(known.episodes), 0.55),
        half_life_days=0.5 if early else 5,
        ceiling=EARLY_CEILING if early else 0.7,
        why=f"Pages of {detail['site']} were in front in {known.counted()}, with little typing.",
        rule="reading",
    )


def search(known: Gathered) -> Draft | None:
    return known.draft(
        f"Has looked up “{known.newest.detail['name']}”.",
        kind="interest",
        raw=0.6,
        half_life_days=4,
        ceiling=0.85,
        why=f"It was searched for in {known.counted()}.",
        rule="search",
    )


def thread(known: Gathered) -> Draft | None:
    name, places = known.newest.detail["name"], known.most("where")
    if is_person(name, known.person) or known.seconds < ENOUGH_SECONDS or len(known.episodes) < 2:
        return None
    mail_only = all(sighting.detail["kind"] in {"mail", "compose"} for sighting in known.episodes)
    if mail_only:
        return None  # the subject of a mail: whom it is written with says more
    if len(places) == 1 and (len(known.episodes) < 3 or not (known.keys is None or _typed_much(known))):
        return None
    where = f"“{name}” ({listed(places)})" if len(places) > 1 else f"“{name}” in {places[0]}"
    return known.draft(
        f"Is busy with {where}." if len(places) > 1 else f"Works on {where}.",
        kind="task",
        raw=0.5 + 0.05 * min(len(places), 4),
        half_life_days=14,
        ceiling=0.8,
        why=f"The name stands in titles of {listed(places)}: {known.counted()}.",
        rule="thread",
    )


def preference(known: Gathered) -> Draft | None:
    if known.sightings[0].topic == "preference:formulas":
        return _formulas(known)
    if known.sightings[0].topic == "preference:theme":
        name = known.newest.detail["name"]
        return known.draft(
            f"Has chosen the colour theme “{name}” in the editor.",
            kind="preference",
            raw=0.72,
            half_life_days=365,
            why="The setting was on the screen.",
            rule="theme",
            value=name.casefold(),
        )
    if len(known.episodes) < 2:
        return None
    programs = [_plain(program) for program in known.most("program")]
    return known.draft(
        f"Works with Vim keys in {listed(programs)}.",
        kind="preference",
        raw=0.75,
        half_life_days=365,
        why=f"The mode line of Vim was on the screen in {known.counted()}.",
        rule="vim-keys",
    )


def _formulas(known: Gathered) -> Draft | None:
    if len(known.episodes) < 2:
        return None
    names = sorted({name for sighting in known.episodes for name in sighting.detail["names"].split("|")})
    return known.draft(
        f"Builds spreadsheets with formulas such as {listed(names[:3])}.",
        kind="skill",
        raw=0.7,
        half_life_days=365,
        why=f"Such formulas stood in the formula bar in {known.counted()}.",
        rule="formulas",
    )


def error(known: Gathered) -> Draft | None:
    """Only what goes wrong again: three times, over more than one look or with a counter of attempts."""
    times = sum(int(sighting.detail["times"]) for sighting in known.episodes)
    if times < TIMES_THAT_COUNT or len(known.episodes) < 2:
        return None
    name = re.sub(r"\s*#\d+", "", known.strongest.detail["name"])
    tested = known.strongest.detail["test"] == "yes"
    what = f"the failing test {name}" if tested else f"“{name}”"
    return known.draft(
        f"Has run into {what} again and again.",
        kind="struggle",
        raw=min(0.58 + 0.03 * times, 0.78),
        half_life_days=7,
        why=f"It was seen {times} times, in {listed(known.most('where'))}: {known.counted()}.",
        rule="error",
    )


def _is_early_enough(known: Gathered) -> bool:
    return len(known.episodes) >= EARLY_EPISODES and known.seconds >= EARLY_SECONDS


def _is_changed(known: Gathered) -> bool:
    """Something was written: keys were counted, or the title bears the mark of unsaved changes."""
    return known.keys is not None or any(UNSAVED.search(sighting.quote) for sighting in known.episodes)


def _typed_much(known: Gathered) -> bool:
    return known.keys is not None and known.keys >= MANY_KEYS_A_MINUTE * max(known.seconds / 60, 1)


def _plain(program: str) -> str:
    return "the terminal" if program == "a terminal" else program
