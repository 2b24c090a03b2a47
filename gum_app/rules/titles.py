"""What a window is, from its application, its title and, where the platform tells it, its address.

Titles differ between programs but are built of the same parts: what is open, in what, in which program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

PlaceKind = Literal[
    "editor",
    "office",
    "terminal",
    "page",
    "mail",
    "compose",
    "chat",
    "calendar",
    "reader",
    "files",
    "settings",
    "tasks",
    "call",
    "video",
    "search",
    "other",
]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Empty strings where the window does not say. `name` is the open thing: a file, a page, a subject, a query."""

    kind: PlaceKind
    program: str
    name: str = ""
    file: str = ""
    project: str = ""
    site: str = ""
    peer: str = ""
    channel: str = ""
    web: bool = False


_BROWSERS = {
    "firefox": "Firefox",
    "chrome": "Chrome",
    "chromium": "Chromium",
    "edge": "Edge",
    "brave": "Brave",
    "safari": "Safari",
    "opera": "Opera",
    "vivaldi": "Vivaldi",
    "librewolf": "LibreWolf",
    "epiphany": "Web",
}
_BROWSER_ENDING = re.compile(
    r"\s+[—–-]\s+(?:Mozilla Firefox|Google Chrome|Chromium|(?:Microsoft\W*)?Edge|Brave|Safari|Opera|Vivaldi"
    r"|LibreWolf)"
    r"(?: Private Browsing)?$"
)
# Parts of program and site names by what they are for, in the order in which they are tried.
_KINDS: dict[PlaceKind, tuple[str, ...]] = {
    "editor": (
        r"visual studio|vscod|\bcode\b|codium|pycharm|intellij|goland|webstorm|clion|rstudio|jupyter|xcode",
        r"android studio|sublime|\bzed\b|text ?editor|emacs|neovim|\bgvim|kate\b|gedit|mousepad|notepad",
        r"obsidian|logseq|joplin|typora|texstudio|overleaf",
    ),
    "office": (
        r"libreoffice|openoffice|soffice|microsoft word|\bword$|excel|powerpoint|onenote|\bpages\b|\bnumbers\b|keynote",
        r"onlyoffice|calligra|abiword|gnumeric|google (?:docs|sheets|slides)|figma|blender|gimp|inkscape|krita",
        r"photoshop|illustrator|indesign|lightroom|darktable|freecad|autocad|kicad|audacity|ardour|davinci|premiere",
        r"scribus|penpot",
    ),
    "terminal": (
        r"\bfoot\b|\bterminal\b|konsole|xterm|alacritty|kitty|wezterm|\biterm|tilix|terminator|powershell|\bcmd\b",
        r"ghostty|\bst\b",
    ),
    "mail": (r"thunderbird|outlook|evolution|geary|kmail|mailspring|\bmail\b|gmail|proton ?mail|fastmail|roundcube",),
    "chat": (
        r"slack|signal|whatsapp|telegram|discord|\bteams\b|element|mattermost|rocket\.?chat|messenger|threema|viber",
        r"zulip|imessage|\bmessages\b|wechat|skype",
    ),
    "call": (r"\bzoom\b|google meet|^meet\b|\bmeet$|jitsi|webex|whereby|bigbluebutton|facetime|teams meeting",),
    "reader": (
        r"zathura|evince|okular|xreader|\batril\b|acrobat|\bpreview\b|document viewer|mupdf|foxit|calibre|foliate",
        r"zotero|sumatra",
    ),
    "files": (r"nemo|nautilus|dolphin|thunar|caja|pcmanfm|finder|\bexplorer\b|\bfiles\b",),
    "settings": (r"settings|control cent(?:er|re)|preferences|systemsettings",),
    "video": (r"youtube|vimeo|netflix|twitch|prime video|disney\+|\bvlc\b|\bmpv\b|celluloid|totem",),
    "calendar": (r"calendar|kalender|calendrier|agenda\b",),
    "tasks": (r"\bto-?do\b|todoist|\btasks\b|trello|asana|reminders|\bthings\b|planner|ticktick|clickup|kanban",),
}
_KIND_PATTERNS = {kind: re.compile("|".join(parts), re.IGNORECASE) for kind, parts in _KINDS.items()}
_PROGRAM_NAMES = {
    "code": "Visual Studio Code",
    "vscode": "Visual Studio Code",
    "codium": "VSCodium",
    "foot": "a terminal",
    "gnome-terminal": "a terminal",
    "konsole": "a terminal",
    "xterm": "a terminal",
    "xfce4-terminal": "a terminal",
    "alacritty": "a terminal",
    "kitty": "a terminal",
    "google-chrome": "Chrome",
    "qgis": "QGIS",
    "signal-desktop": "Signal",
    "texteditor": "Text Editor",
    "systemmonitor": "System Monitor",
    "libreoffice-calc": "LibreOffice Calc",
    "libreoffice-writer": "LibreOffice Writer",
    "libreoffice-impress": "LibreOffice Impress",
    "nemo": "the file manager",
    "nautilus": "the file manager",
    "thunar": "the file manager",
    "dolphin": "the file manager",
    "cinnamon-settings": "System Settings",
}
_REVERSED_DOMAIN = re.compile(r"[a-z]{2,}\.[\w-]+\.[\w.-]+$")
_ARTICLE = re.compile(r"^(?:a|the) ")
_ENDINGS = (
    "odt ods odp odg docx? xlsx? pptx? rtf txt md org adoc rst csv tsv json ya?ml toml xml html? css scss pdf epub"
    " djvu tex bib"
    " ipynb py rs go jsx? tsx? java kt cs? cc cpp hpp h rb php swift rmd r qmd jl sql scala hs exs? lua sh do blend"
    " psd psb ai indd"
    " svg xcf kra fig sketch afdesign dwg dxf skp fcstd step stl wav mp3 flac mp4 mov mkv prproj drp als rpp cpr sav"
    " dta sps"
    " key pages numbers gdoc gsheet kicad_pcb kicad_sch jpe?g png tiff? raw cr2 nef arw"
)
FILE = re.compile(rf"(?<![\w/.@-])[\w()+&][\w()+& .,'’-]*?\.(?:{'|'.join(_ENDINGS.split())})(?![\w.])", re.IGNORECASE)
_OPENED = re.compile(rf"(?<!\S)[\w./~+-]+\.(?:{'|'.join(_ENDINGS.split())})(?![\w.])", re.IGNORECASE)
TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b")
_LANGUAGES = {
    "Go": "go",
    "Rust": "rs",
    "Python": "py ipynb",
    "JavaScript": "js jsx",
    "TypeScript": "ts tsx",
    "Java": "java",
    "Kotlin": "kt",
    "C": "c h",
    "C++": "cpp cc hpp",
    "C#": "cs",
    "Ruby": "rb",
    "PHP": "php",
    "Swift": "swift",
    "R": "r rmd qmd",
    "Julia": "jl",
    "SQL": "sql",
    "LaTeX": "tex",
    "Scala": "scala",
    "Haskell": "hs",
    "Elixir": "ex exs",
    "Lua": "lua",
    "shell scripts": "sh",
    "Stata": "do",
    "MATLAB": "m",
}
CODE_ENDINGS = {ending: language for language, endings in _LANGUAGES.items() for ending in endings.split()}
_NOTE_PROGRAMS = re.compile(
    r"obsidian|logseq|joplin|typora|onenote|\bnotes\b|notion|bear\b|zettlr|simplenote|evernote", re.I
)
_SPLIT = re.compile(r"\s+[—–|·•]\s+|\s+-\s+")
_FOLDER = re.compile(r"^(?:~|\.)?/(?:[^/]+/)*(?=[^/]+\.\w{1,8}$)")  # editors that name the whole path of a file
_MARKS = re.compile(r"^[●*•◦\s]+|^\(\d+\+?\)\s*|[●*•\s]+$")
_REPOSITORY = re.compile(r"^([\w.-]+)/([\w.-]+)$")
_FORGE = re.compile(r"\b(?:pull request|merge request|PR|MR|issue|pipeline|commit)s?\s*[#!]?\d*\b|#\d+", re.IGNORECASE)
_NO_SITE = re.compile(rf"^(?:{_FORGE.pattern})$|^{TICKET.pattern}$", re.IGNORECASE)
_NO_PEER = re.compile(r"^(?:chats?|activity|calls?|direct messages?|teams|threads?|home|new message)$", re.IGNORECASE)
_COMPOSE = re.compile(
    r"^(?:write|compose|new message|new mail|verfassen|reply|draft)\b\s*:?\s*(?P<subject>.*)$", re.IGNORECASE
)
_INBOX = re.compile(r"^(?:inbox|posteingang|sent|drafts|archive)\b", re.IGNORECASE)
_HOST_KINDS: tuple[tuple[str, PlaceKind], ...] = (
    (r"^(?:mail|webmail|outlook|gmail)\.|mail\.", "mail"),
    (r"^(?:calendar|cal)\.|/calendar\b", "calendar"),
    (r"^(?:meet|zoom|teams\.live)\.|\bmeet\.|zoom\.us/", "call"),
    (r"(?:whatsapp|telegram|slack|discord|messenger)\.", "chat"),
    (r"(?:youtube|vimeo|netflix|twitch)\.|/watch\?v=", "video"),
)
_CODE_HOSTS = re.compile(
    r"^(?:git|github|gitlab|codeberg|bitbucket|code|forge|sr)\b|\.?(?:github|gitlab|codeberg|bitbucket)\."
)


def place_of(app: str, title: str, url: str | None) -> Place:
    """What this window is. Unknown programs give a place of kind `other`, never a guess at its parts."""
    bare = _BROWSER_ENDING.sub("", title).strip()
    browser = next((name for key, name in _BROWSERS.items() if key in app.lower()), "")
    parts = _parts(bare)
    if browser or bare != title.strip():
        return _page(browser or "a browser", parts, url)
    return _program(app, parts)


def program_name(app: str, last_part: str = "") -> str:
    """The name a person would use for an application id."""
    bare = app.removesuffix(".exe").removesuffix(".EXE")
    short = bare.rsplit(".", 1)[-1] if _REVERSED_DOMAIN.match(bare) else bare
    known = _PROGRAM_NAMES.get(app.lower()) or _PROGRAM_NAMES.get(short.lower())
    if known:
        return known
    # The title usually ends with the name in full: "Thunderbird", "LibreOffice Calc".
    if last_part and (short.lower() in last_part.lower() or last_part.lower().replace(" ", "") in app.lower()):
        return last_part.removeprefix("Mozilla ").strip()
    return short[:1].upper() + short[1:]


def shown_name(app: str) -> str:
    """The same as it stands alone, in a list: “Terminal”, “Text Editor”. A privacy rule may use it too."""
    name = _ARTICLE.sub("", program_name(app))
    return name[:1].upper() + name[1:]


def split_title(title: str) -> list[str]:
    """The parts of a title without the browser's name and without change marks."""
    return _parts(_BROWSER_ENDING.sub("", title).strip())


def _parts(bare: str) -> list[str]:
    parts = (_MARKS.sub("", part).strip() for part in _SPLIT.split(bare))
    return [_FOLDER.sub("", part) for part in parts if part]


def _kind_of(*texts: str) -> PlaceKind | None:
    for kind, pattern in _KIND_PATTERNS.items():
        if any(pattern.search(text) for text in texts if text):
            return kind
    return None


def _file_in(parts: list[str]) -> str:
    for part in parts:
        match = FILE.search(part)
        if match:
            return match.group().strip()
    return ""


def _program(app: str, parts: list[str]) -> Place:
    last = parts[-1] if len(parts) > 1 else ""
    program = program_name(app, last)
    compose = _COMPOSE.match(parts[0]) if parts else None
    kind = _kind_of(app, program) or _kind_of(last) or "other"
    if kind == "mail" and compose:
        return Place(kind="compose", program=program, name=_subject(parts, compose["subject"]))
    if kind == "call" or (kind == "chat" and any("meeting" in part.lower() for part in parts)):
        return Place(kind="call", program=program, name=parts[0] if parts else "")
    if kind == "chat":
        peer, channel = _peer(parts, program)
        return Place(kind=kind, program=program, peer=peer, channel=channel)
    file = (_file_in(parts) or (_any_file(parts) if last else "")) if kind != "terminal" else _opened_in(parts)
    project = ""
    if not file and len(parts) > 1 and (kind == "office" or _NOTE_PROGRAMS.search(program)):
        file, kind = parts[0], "editor" if kind == "other" else kind
    if kind == "editor" and len(parts) >= 3 and file and not _NOTE_PROGRAMS.search(program):
        project = parts[-2] if not FILE.fullmatch(parts[-2]) else ""
    return Place(kind=kind, program=program, name=parts[0] if parts else "", file=file, project=project)


def _subject(parts: list[str], first: str) -> str:
    return _join([part for part in (first, *parts[1:-1]) if part])


def _any_file(parts: list[str]) -> str:
    """The first part where it is built like a file of a kind we do not know: brightholm_planting.qgz."""
    return parts[0] if re.fullmatch(r"[\w()+& .,'’-]*\w\.[A-Za-z]\w{1,5}", parts[0]) else ""


def _opened_in(parts: list[str]) -> str:
    """The file a terminal program was started with: the last path that ends like one."""
    found = _OPENED.findall(" ".join(parts))
    return found[-1] if found else ""


def _peer(parts: list[str], program: str) -> tuple[str, str]:
    """Whom a chat window is about: a person or a channel; both empty where the title names only the program."""
    for part in parts[:2]:
        if part.lower() == program.lower() or _KIND_PATTERNS["chat"].fullmatch(part.lower()) or _NO_PEER.match(part):
            continue
        channel = re.match(r"#?\s*(?P<name>[\w.-]+)\s+\(Channel\)|#\s*(?P<name2>[\w.-]+)", part, re.IGNORECASE)
        if channel:
            return "", channel["name"] or channel["name2"]
        peer = re.sub(r"\((?:DM|Direct message)\)", "", part, flags=re.IGNORECASE)
        peer = re.sub(r"[^\w\s.'’-]", "", peer).strip()
        if peer and len(peer.split()) <= 4:
            return peer, ""
        return "", ""
    return "", ""


def _join(parts: list[str]) -> str:
    return " – ".join(parts)


def _page(browser: str, parts: list[str], url: str | None) -> Place:
    kind = _page_kind(parts, _host(url), url)
    site = _site(parts, kind, url)
    name = _join([part for part in parts if part != site]) or site
    match kind:
        case "search":
            return Place(kind=kind, program=browser, name=name or _query(url), site=site, web=True)
        case "compose":
            match = _COMPOSE.match(parts[0])
            return Place(
                kind=kind, program=site, site=site, name=_subject(parts, match["subject"] if match else ""), web=True
            )
        case "chat":
            peer, channel = _peer(parts, site)
            return Place(kind=kind, program=site, site=site, peer=peer, channel=channel, web=True)
        case "office" | "editor":
            return Place(kind=kind, program=site, site=site, name=name, file=name, web=True)
    program = site if kind in {"mail", "calendar", "call"} else browser
    project = _repository(parts, url)
    return Place(kind=kind, program=program, name=name, site=site, project=project, file=_file_in(parts), web=True)


def _site(parts: list[str], kind: PlaceKind, url: str | None) -> str:
    """The name of the site: usually the last part of the title, for calendars and calls often the first."""
    named = [part for part in parts if not _NO_SITE.match(part) and not _REPOSITORY.match(part)]
    if kind in {"calendar", "call", "chat"}:
        first = next((part for part in parts if _kind_of(part) == kind), "")
        if first:
            return first
    if len(parts) > 1 and parts[-1][:1].islower() and " " in parts[-1] and parts[0][:1].isupper():
        return parts[0]  # "Casa da Urze – your request": several small words are no name
    if len(parts) > 1 and parts[-1] in named:
        return parts[-1]
    return _host(url) or (named[-1] if len(named) == 1 and len(parts) == 1 else "")


def _page_kind(parts: list[str], host: str, url: str | None) -> PlaceKind:
    ends = [part for part in (parts[:1] + parts[-1:]) if part]
    if parts and _COMPOSE.match(parts[0]) and _is_mail(parts, url):
        return "compose"
    if _looks_searched(parts, url):
        return "search"
    address = (
        f"{host}{urlsplit(url).path if url else ''}{'?' + urlsplit(url).query if url and urlsplit(url).query else ''}"
    )
    for pattern, kind in _HOST_KINDS:
        if host and re.search(pattern, address):
            return kind
    if _is_mail(parts, url):
        return "mail"
    known = _kind_of(*ends) if len(parts) > 1 else _kind_of(*(part for part in ends if len(part.split()) <= 2))
    if parts and _NOTE_PROGRAMS.fullmatch(parts[-1]):
        return "editor"
    return known if known in {"calendar", "call", "chat", "video", "office", "editor", "tasks"} else "page"


def _is_mail(parts: list[str], url: str | None) -> bool:
    last = parts[-1] if parts else ""
    return bool(
        re.search(r"mail$", last, re.IGNORECASE)
        or (parts and _INBOX.match(parts[0]))
        or (url and re.search(r"/(?:inbox|mail)/", url))
    )


def _looks_searched(parts: list[str], url: str | None) -> bool:
    if url:
        query = _query(url)
        return bool(query) and len(query) > 3 and urlsplit(url).path in {"", "/", "/search", "/html/"}
    if len(parts) != 2:
        return False
    query, engine = parts
    return bool(
        re.fullmatch(r"(?:google )?search|google|duckduckgo|bing|ecosia|startpage|kagi|qwant", engine, re.IGNORECASE)
        or (len(query.split()) >= 3 and query[0].islower() and re.fullmatch(r"[a-z]+", engine))
    )


def _query(url: str | None) -> str:
    return (parse_qs(urlsplit(url).query).get("q") or [""])[0].strip() if url else ""


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _repository(parts: list[str], url: str | None) -> str:
    """The repository a code-hosting page belongs to, without its owner."""
    for part in parts:
        match = _REPOSITORY.match(part)
        if match:
            return match[2]
    host = _host(url)
    pieces = [piece for piece in urlsplit(url).path.split("/") if piece] if url else []
    if host and _CODE_HOSTS.search(host) and len(pieces) >= 2 and (len(pieces) == 2 or _FORGE.search(_join(parts))):
        return pieces[1]
    return (
        pieces[1] if len(pieces) >= 3 and pieces[2] in {"pulls", "issues", "pipelines", "pull", "tree", "blob"} else ""
    )
