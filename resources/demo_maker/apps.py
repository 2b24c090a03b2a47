"""The desktop programs of the recording: what is given as plain data comes out as windows.

Texts named `html` may hold tags; all other texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from resources.demo_maker.desk import FULL, Box, Win
from resources.demo_maker.icons import icon

ME = "Tamsin Orrell"
CARET = '<span class="caret"></span>'
FACES = ("#2c7a5f", "#8a5a9e", "#b0692b", "#356fa8", "#a8455c", "#5d6b2f")


def paragraphs(text: str) -> str:
    """One <p> a line; a line that ends in a backslash goes on in the next one; `|` is the text cursor."""
    lines = [escape(line.strip()).replace("|", CARET) for line in text.replace("\\\n", " ").split("\n")]
    return "".join(f"<p>{line}</p>" for line in lines if line)


FOLDERS = (  # icon, name, unread
    ("pen", "Drafts", 1),
    ("forward", "Sent", 0),
    ("folder", "Brightholm", 0),
    ("folder", "Nurseries", 0),
    ("folder", "Family", 0),
    ("warn", "Junk", 9),
)


class Mail(NamedTuple):
    who: str
    when: str
    subject: str
    start: str
    new: bool = False


def mail_item(mail: Mail, on: bool) -> str:
    classes = f"item{' on' if on else ''}{' new' if mail.new else ''}"
    return (
        f'<div class="{classes}"><div class="who"><span>{mail.when}</span>{escape(mail.who)}</div>'
        f'<div class="subject">{escape(mail.subject)}</div><div class="start">{escape(mail.start)}</div></div>'
    )


def inbox(mails: Sequence[Mail], chosen: int, text: str, attached: Sequence[str] = (), unread: int = 4) -> Win:
    """The mail program with its list and the chosen mail beside it."""
    mail = mails[chosen]
    folders = (("mail", "Inbox", unread), *FOLDERS)
    nav = "".join(
        f'<p class="{"on" if name == "Inbox" else ""}">{icon(pic)}{name}<b>{count or ""}</b></p>'
        for pic, name, count in folders
    )
    listed = "".join(mail_item(item, number == chosen) for number, item in enumerate(mails))
    read = f'<h2>{escape(mail.subject)}</h2><div class="head"><b>{escape(mail.who)}</b> to {ME} · {mail.when}</div>'
    clips = "".join(f'<div class="attach">{icon("pdf")}{escape(name)}</div>' for name in attached)
    body = (
        f'<div class="tools">{icon("reload")}<span>Get messages</span><span class="btn go">New message</span>'
        f'<span>Tag</span><span>Quick filter</span></div><div class="mail"><nav><p><b style="margin:0">'
        f'tamsin@alderrill.example</b></p>{nav}</nav><div class="list">{listed}</div>'
        f'<div class="read">{read}{paragraphs(text)}{clips}</div></div>'
    )
    return Win(app="thunderbird", title="Inbox – tamsin@alderrill.example – Thunderbird", body=body)


def compose(to: str, subject: str, text: str, box: Box) -> Win:
    signature = "Tamsin Orrell CMLI · Associate landscape architect\nAlder & Rill Landscape Architects, Sheffield"
    signature += "\nNo calls before 9:30 please, I am on the school run."
    heads = (("From", "Tamsin Orrell <tamsin@alderrill.example>"), ("To", to), ("Subject", subject))
    lines = "".join(f'<div class="line"><span>{name}</span>{escape(value)}</div>' for name, value in heads)
    body = (
        f'<div class="tools"><span class="btn blue">Send</span>{icon("clip")}<span>Attach</span><span>Spelling</span>'
        f'<span>Save</span></div><div class="write">{lines}<div class="text">{paragraphs(text)}<br>'
        f'<div class="muted">{paragraphs(signature).replace("</p><p>", "<br>")}</div></div></div>'
    )
    return Win(app="thunderbird", title=f"Write: {subject} – Thunderbird", body=body, box=box)


def initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:2]).upper()


def message(who: str, when: str, html: str) -> str:
    colour = FACES[sum(map(ord, who)) % len(FACES)]
    return (
        f'<div class="msg"><div class="face" style="background:{colour}">{initials(who)}</div>'
        f"<div><b>{escape(who)}</b><small>{when}</small><br>{html}</div></div>"
    )


def log(lines: Iterable[tuple[str, ...]]) -> str:
    """Messages (who, when, html); a line of one text is the name of a day."""
    return "".join(
        f'<div class="day">{line[0]}</div>' if len(line) == 1 else message(line[0], line[1], line[2]) for line in lines
    )


ROOMS = ("general", "brightholm", "plants", "it-help", "pet-pictures")
PEOPLE = ("Bashir Qureshi", "Freya Nilsen", "Owen Pryce", "Marta Szabo")


def element(room: str, about: str, lines: Sequence[tuple[str, ...]], draft: str, box: Box = FULL, pin: str = "") -> Win:
    """The studio's chat; `pin` is html."""

    def listed(names: Sequence[str], mark: str) -> str:
        return "".join(f'<p class="{"on" if name == room else ""}">{mark}{name}</p>' for name in names)

    pinned = f'<div class="pin"><b>Pinned</b> · {pin}</div>' if pin else ""
    mark = "# " if room in ROOMS else ""
    typed = escape(draft).replace("|", CARET)
    body = (
        f'<div class="chat"><nav><h3>Alder &amp; Rill</h3><small>Rooms</small>{listed(ROOMS, "# ")}'
        f"<small>People</small>{listed(PEOPLE, '')}<small>{ME} (you)</small></nav><section><header>{mark}{room}"
        f'<span>{escape(about)}</span></header>{pinned}<div class="log">{log(lines)}</div>'
        f'<div class="draft">{typed or "Message " + room}</div>'
        "</section></div>"
    )
    return Win(app="element", title=f"{mark}{room} · Alder & Rill · Element", body=body, box=box)


def signal(who: str, others: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str, str]], box: Box) -> Win:
    """The family's messenger; lines are (who, when, text) and the person's own have the name `me`."""
    nav = "".join(
        f'<p class="{"on" if name == who else ""}">{escape(name)}<br><small>{escape(last)}</small></p>'
        for name, last in others
    )
    talk = "".join(
        f'<div class="msg {"me" if name == "me" else ""}"><div>{escape(text)}<small>'
        f"{'' if name == 'me' else name + ' · '}{when}</small></div></div>"
        for name, when, text in lines
    )
    body = (
        f'<div class="chat signal"><nav><h3>Chats</h3>{nav}</nav><section><header>{escape(who)}</header>'
        f'<div class="log">{talk}</div><div class="draft"><span class="muted">Message</span></div></section></div>'
    )
    return Win(app="signal", title=f"{who} — Signal", body=body, box=box)


class Event(NamedTuple):
    day: int  # 0 is Monday
    start: float  # hours
    end: float
    html: str
    colour: str = ""
    lane: tuple[int, int] = (0, 100)  # from and to, in per cent of the day's width: events at the same time share it


def week(days: Sequence[str], now: int, events: Sequence[Event], ahead: Sequence[str], title: str, box: Box) -> Win:
    """A calendar week from 8 to 20 o'clock; `ahead` (html) stands in a list at the right."""
    wide = box[2] - 320 - 62
    tall = (box[3] - 38 - 44) / 12  # pixels an hour

    def shown(event: Event) -> str:
        top, height = 44 + (event.start - 8) * tall, (event.end - event.start) * tall - 2
        lane = f"left:{event.lane[0] + 1}%;right:{100 - event.lane[1] + 1}%"
        return f'<div class="ev {event.colour}" style="top:{top:.0f}px;height:{height:.0f}px;{lane}">{event.html}</div>'

    day_wide = wide / len(days)
    columns = "".join(
        f'<div class="col" style="left:{60 + number * day_wide:.0f}px;width:{day_wide:.0f}px">'
        f'<div class="dayname {"now" if number == now else ""}">{name}</div>'
        f"{''.join(shown(event) for event in events if event.day == number)}</div>"
        for number, name in enumerate(days)
    )
    hours = "".join(
        f'<div class="hour" style="top:{44 + number * tall - 9:.0f}px">{number + 8}:00</div>'
        f'<div class="rule" style="top:{44 + number * tall:.0f}px"></div>'
        for number in range(1, 12)
    )
    body = (
        f'<div class="cal"><div class="week">{hours}{columns}</div><aside><h3>Coming up</h3><br>'
        f"{''.join(f'<p>{line}</p>' for line in ahead)}</aside></div>"
    )
    return Win(app="org.gnome.Calendar", title=f"{title} – Calendar", body=body, box=box)


def terminal(text: str, box: Box, title: str = "tamsin@heron: ~") -> Win:
    """Lines that begin with `$` are typed, lines that begin with `!` are errors."""

    def line(raw: str) -> str:
        if raw.startswith("$"):
            return f'<span class="p">tamsin@heron:~$</span>{escape(raw[1:]).replace("|", CARET)}'
        if raw.startswith("!"):
            return f'<span class="e">{escape(raw[1:])}</span>'
        return escape(raw)

    body = "\n".join(line(raw) for raw in text.strip("\n").split("\n"))
    return Win(app="org.gnome.Terminal", title=title, body=body, box=box)


def text_editor(name: str, text: str, box: Box) -> Win:
    body = escape(text.strip("\n")).replace("|", CARET)
    return Win(app="org.gnome.TextEditor", title=f"{name} – Text Editor", body=body, box=box)


def writer(name: str, html: str, words: int, box: Box = FULL, page: str = "Page 3 of 9") -> Win:
    tools = "".join(f"<span>{name}</span>" for name in ("File", "Edit", "View", "Insert", "Format", "Styles", "Tools"))
    body = (
        f'<div class="tools">{tools}</div><div class="paper"><div class="sheet">{html.replace("|", CARET)}</div></div>'
        f'<div class="status"><span>{page}</span><span>{words:,} words</span><span>English (UK)</span></div>'
    )
    return Win(app="libreoffice-writer", title=f"{name} — LibreOffice Writer", body=body, box=box)


def cell(value: str, here: bool) -> str:
    plain = value.replace(",", "").replace(".", "").replace("£", "").replace("%", "")
    classes = " ".join(filter(None, ("num" if plain.isdigit() else "", "at" if here else "")))
    return f'<td class="{classes}">{escape(value)}</td>'


def calc(
    name: str,
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    at: tuple[int, int],
    formula: str,
    warn: Sequence[int] = (),
    box: Box = FULL,
    sheet: str = "Schedule",
) -> Win:
    """A spreadsheet; `at` is the chosen cell (row, column from 0), `warn` the rows in yellow; row 0 is the heading."""
    heads = "".join(f'<th style="width:{width}px">{chr(65 + number)}</th>' for number, width in enumerate(widths))
    lines = "".join(
        f'<tr class="{"head" if row == 0 else "warn" if row in warn else ""}"><th class="n">{row + 1}</th>'
        f"{''.join(cell(value, (row, column) == at) for column, value in enumerate(values))}</tr>"
        for row, values in enumerate(rows)
    )
    blank = "".join(f'<tr><th class="n">{len(rows) + n + 1}</th>{"<td></td>" * len(widths)}</tr>' for n in range(20))
    body = (
        f'<div class="formula"><span>{chr(65 + at[1])}{at[0] + 1}</span>{escape(formula)}</div>'
        f'<div class="calc"><table><tr><th class="n" style="width:46px"></th>{heads}</tr>{lines}{blank}</table></div>'
        f'<div class="status"><span>{sheet}</span><span>Sheet 1 of 2</span></div>'
    )
    return Win(app="libreoffice-calc", title=f"{name} — LibreOffice Calc", body=body, box=box)


def files(place: str, names: Sequence[str], box: Box, dialog: str = "") -> Win:
    def tile(name: str) -> str:
        if "." not in name:
            return f'<div class="tile">{icon("folder", 44, "#2c8a69")}<br>{escape(name)}</div>'
        return f'<div class="tile">{icon("file", 44, "#6b757b")}<br>{escape(name)}</div>'

    places = (("folder", "Home"), ("star", "Starred"), ("folder", "Projects"), ("disk", "survey"), ("disk", "drawings"))
    nav = "".join(f"<p>{icon(pic)}{name}</p>" for pic, name in places)
    body = (
        f'<div class="tools">{icon("back")}{icon("forward")}<span>{escape(place)}</span></div><div class="files">'
        f'<nav>{nav}</nav><div class="tiles">{"".join(map(tile, names))}</div>{dialog}</div>'
    )
    return Win(app="org.gnome.Nautilus", title=place.rpartition(" / ")[2], body=body, box=box)


def pdf(name: str, html: str, box: Box, page: str = "1 of 1") -> Win:
    body = (
        f'<div class="tools"><span>{page}</span><span>100 %</span>{icon("search")}</div><div class="paper">'
        f'<div class="sheet plain">{html}</div></div>'
    )
    return Win(app="org.gnome.Evince", title=name, body=body, box=box)


def keepass(entries: Sequence[tuple[str, str]], on: int, details: Sequence[tuple[str, str]], box: Box) -> Win:
    rows = "".join(
        f'<tr class="{"on" if number == on else ""}"><td>{escape(name)}</td><td>{escape(user)}</td></tr>'
        for number, (name, user) in enumerate(entries)
    )
    facts = "".join(
        f'<tr><td class="muted">{escape(name)}</td><td class="mono">{escape(value)}</td></tr>'
        for name, value in details
    )
    body = (
        f'<div class="tools">{icon("lock")}{icon("key")}{icon("search")}</div>'
        f'<div class="kee"><table><tr><th>Title</th><th>User name</th></tr>{rows}</table>'
        f'<div class="entry"><h3>{escape(entries[on][0])}</h3><table>{facts}</table></div></div>'
    )
    return Win(app="org.keepassxc.KeePassXC", title="orrell.kdbx – KeePassXC", body=body, box=box)


def call(title: str, people: Sequence[str], shared: str, caption: str, sharer: str, box: Box = FULL) -> Win:
    """A video call; `shared` (html) is the screen that `sharer` shows."""
    tiles = "".join(
        f'<div class="tile" style="background:{FACES[sum(map(ord, name)) % len(FACES)]}">'
        f'<svg width="100%" height="100%" viewBox="0 0 230 200" preserveAspectRatio="xMidYMid slice"><circle cx="115" '
        f'cy="82" r="38" fill="#f2d9c4"/><path d="M40 220c0-130 150-130 150 0z" fill="#22333d"/></svg>'
        f"<span>{escape(name)}</span></div>"
        for name in people
    )
    body = (
        f'<div class="call"><div class="stage"><div class="shared">{shared}</div>'
        f'<div class="people">{tiles}</div></div>'
        f'<div class="caption">{escape(caption)}</div><div class="controls">{escape(sharer)} is sharing '
        "the screen &nbsp; · &nbsp; Mute &nbsp; Stop video &nbsp; Share &nbsp; Captions on &nbsp; Leave</div></div>"
    )
    return Win(app="zoom", title=title, body=body, box=box)
