"""What the person works on and with: documents, projects, tickets, programs, languages, pages, and what fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gum_app.pipeline.scene import Scene
from gum_app.records import WATCHED, Sighting
from gum_app.rules.delicate import is_delicate
from gum_app.rules.errors_seen import troubles
from gum_app.rules.layout import Segment
from gum_app.rules.titles import CODE_ENDINGS, TICKET
from gum_app.rules.wording import slug

READING_SECONDS = 20.0
SEARCH_SECONDS = 5.0
_PROSE = {
    "md",
    "txt",
    "org",
    "odt",
    "docx",
    "doc",
    "rtf",
    "tex",
    "ods",
    "xlsx",
    "xls",
    "csv",
    "odp",
    "pptx",
    "ppt",
    "adoc",
    "rst",
}
_PROMPT_FOLDER = re.compile(
    r"^\W{0,2}(?:[\w-]+@[\w-]+:)?(?:~|/home/\w+|/Users/\w+)/(?:[\w.-]+/)?(?:src|code|projects?|repos?|git|dev"
    r"|workspace)/"
    r"(?:[\w-]+/)?(?P<name>\w[\w-]{2,40})(?=$|[\s$%#>❯»)(])"
)
_VIM = re.compile(r"^\W*--?\s*(?:NORMAL|INSERT|VISUAL)\s*--?")
_THEME = re.compile(r"\"(?:workbench\.)?colou?r_?[Tt]heme\"\s*:\s*\"(?P<name>[^\"]{3,40})\"")
_FORMULA = re.compile(r"^=\W?(?P<name>[A-Z]{3,12})\(")
_TRACKED = re.compile(
    r"\b(?:issue|ticket|PR|pull request|merge request|task|story|bug|jira|board)\b|#\d", re.IGNORECASE
)
_PHRASE = re.compile(r"\b[A-Z][\w&'’]*(?:\s+(?:(?:of|and|&|de|the|do|da|van|von)\s+)?(?:[A-Z][\w&'’]*|\d[\w-]*))+")
_PLAIN = re.compile(
    r"^(?:Re|Fwd|The|My|Your|New|Inbox|Calendar|Week|October|Monday|Sign|Log|Untitled|Settings|Home|Page|Part|Unit"
    r"|Module|Chapter)\b"
)
_HANDLED = {"page", "mail", "compose", "office", "editor", "reader", "files", "search"}


def notice_work(scene: Scene) -> Iterator[Sighting]:
    spoken_of = not (scene.beside or scene.called or is_delicate(scene.observation.title))
    if scene.observation.source in WATCHED and spoken_of:
        yield from _program(scene)
        yield from _document(scene)
        yield from _project(scene)
        yield from _page(scene)
        yield from _threads(scene)
        yield from _habits_of_hand(scene)
        yield from _formulas(scene)
    yield from _errors(scene)


def _program(scene: Scene) -> Iterator[Sighting]:
    place = scene.place
    if place.web:
        if place.site and place.kind in {"page", "office", "editor", "mail", "chat"} and _keys(scene) > 0:
            name = place.site
            yield scene.sighting(f"site:{slug(name)}", "tool", _title(scene), detail={"name": name, **_worked(scene)})
        return
    known = place.kind in {"editor", "office", "mail", "compose", "chat", "terminal", "reader"}
    if (known or (place.kind == "other" and place.file)) and place.program:
        detail = {"name": place.program, "kind": place.kind, **_worked(scene)}
        yield scene.sighting(f"tool:{slug(place.program)}", "tool", _title(scene), detail=detail)


def _document(scene: Scene) -> Iterator[Sighting]:
    place = scene.place
    if not place.file or place.kind not in {"office", "editor", "terminal", "other"}:
        return
    ending = place.file.rsplit(".", 1)[-1].lower() if "." in place.file else ""
    if ending in CODE_ENDINGS and ending not in _PROSE:
        language = CODE_ENDINGS[ending]
        detail = {"name": language, "file": place.file, **_worked(scene)}
        yield scene.sighting(f"language:{slug(language)}", "skill", _title(scene), detail=detail)
        return
    name = place.file.rsplit("/", 1)[-1]
    if ending in _PROSE or place.web or place.kind in {"office", "other"}:
        detail = {"name": name, "program": place.program, "ending": ending, **_worked(scene)}
        yield scene.sighting(f"document:{name.casefold()}", "task", _title(scene), detail=detail)


def _project(scene: Scene) -> Iterator[Sighting]:
    place = scene.place
    projects = {place.project: _title(scene)} if place.project else {}
    if place.kind == "terminal":
        projects |= {name: part.quote for part, name in _prompts(scene)}
    for project, quote in projects.items():
        detail = {"name": project, "program": place.program, **_worked(scene)}
        mine = 1.0 if place.kind in {"editor", "terminal"} else 0.7
        yield scene.sighting(f"project:{project.casefold()}", "task", quote, detail=detail, weight=mine)
    for ticket in TICKET.findall(scene.observation.title):
        tracked = bool(place.project or _TRACKED.search(scene.observation.title) or (place.web and _has_tracker(scene)))
        if tracked:
            title = place.name.replace(ticket, "").strip(" –-:·")
            detail = {"name": ticket, "title": title, "tracked": "yes"}
            yield scene.sighting(f"ticket:{ticket.casefold()}", "task", _title(scene), detail=detail, weight=0.8)


def _prompts(scene: Scene) -> list[tuple[Segment, str]]:
    """Folders in which a shell waited for a command more than once, by the prompts on the screen."""
    found: dict[str, list[Segment]] = {}
    for screen in scene.screens[-1:]:
        for part in screen:
            match = _PROMPT_FOLDER.match(part.text)
            if match:
                found.setdefault(match["name"], []).append(part)
    return [(parts[0], name) for name, parts in found.items() if len(parts) >= 2]


def _has_tracker(scene: Scene) -> bool:
    return any(
        re.fullmatch(r"assignees?|reviewers?|labels|milestone|sprint|iteration", p.text, re.IGNORECASE)
        for s in scene.screens
        for p in s
    )


def _page(scene: Scene) -> Iterator[Sighting]:
    place, seconds = scene.place, scene.observation.active_seconds
    if place.kind == "search" and place.name and seconds >= SEARCH_SECONDS:
        detail = {"name": place.name}
        yield scene.sighting(f"search:{slug(place.name)}", "interest", _title(scene), detail=detail)
    if place.kind == "page" and place.site and seconds >= READING_SECONDS and not place.project:
        detail = {"site": place.site, "page": place.name, **_worked(scene)}
        topic = f"reading:{slug(place.site) or place.site.casefold()}"
        yield scene.sighting(topic, "interest", _title(scene), detail=detail)


def _threads(scene: Scene) -> Iterator[Sighting]:
    """Names that may come up in several programs: a client, a place, a project without a folder."""
    place = scene.place
    if place.kind not in _HANDLED or place.kind == "search":
        return
    for match in _PHRASE.finditer(place.name):
        phrase = match.group().strip()
        if _PLAIN.match(phrase) or phrase.casefold() == place.site.casefold() or len(phrase) < 6:
            continue
        where = place.site or place.program
        detail = {"name": phrase, "where": where, "kind": place.kind, **_worked(scene)}
        yield scene.sighting(f"thread:{slug(phrase)}", "task", phrase, detail=detail, weight=0.8)


def _habits_of_hand(scene: Scene) -> Iterator[Sighting]:
    for screen in scene.screens[-1:]:
        for part in screen:
            if scene.place.kind in {"editor", "terminal"} and _VIM.match(part.text):
                detail = {"program": scene.place.program}
                yield scene.sighting("preference:vim-keys", "preference", part.quote, detail=detail)
            in_editor = scene.place.kind in {"editor", "terminal"} and not scene.place.web
            if in_editor and (match := _THEME.search(part.text)):
                yield scene.sighting(
                    "preference:theme", "preference", part.quote, value=match["name"], detail={"name": match["name"]}
                )


def _formulas(scene: Scene) -> Iterator[Sighting]:
    if scene.place.kind != "office":
        return
    found = [
        (part, match["name"]) for screen in scene.screens for part in screen if (match := _FORMULA.match(part.text))
    ]
    if found:
        detail = {"names": "|".join(sorted({name.upper() for _, name in found}))}
        yield scene.sighting("preference:formulas", "skill", found[0][0].quote, detail=detail)


def _errors(scene: Scene) -> Iterator[Sighting]:
    notified = scene.observation.source == "notification"
    if scene.called or not (
        notified or (scene.beside is False and scene.place.kind in {"terminal", "editor", "page", "office", "other"})
    ):
        return
    for trouble in troubles(scene.parts):
        detail = {
            "name": trouble.name,
            "times": str(trouble.times),
            "test": "yes" if trouble.is_test else "",
            "where": _where(scene),
        }
        yield scene.sighting(
            f"error:{trouble.key}", "struggle", trouble.quote, detail=detail, weight=0.6 if notified else 1.0
        )


def _where(scene: Scene) -> str:
    return scene.place.site or (scene.place.program if scene.place.kind != "terminal" else "the terminal")


def _title(scene: Scene) -> str:
    return scene.observation.title


def _keys(scene: Scene) -> int:
    """Where keys are not counted, being there counts as using."""
    return scene.observation.keys if scene.observation.keys is not None else 1


def _worked(scene: Scene) -> dict[str, str]:
    keys = scene.observation.keys
    return {"keys": "" if keys is None else str(keys), "hour": str(scene.observation.started_at.hour)}
