"""A made-up life for the windows: a landscape architect's week in a real store, for tests and pictures."""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from gum_app.daemon.inquirer import inquire
from gum_app.daemon.learner import learn
from gum_app.paths import Home
from gum_app.records import (
    KINDS,
    PERSON,
    Account,
    Disclosure,
    Evidence,
    Feedback,
    Grant,
    Kind,
    Line,
    ObservationId,
    PropositionId,
    Revision,
    RevisionKind,
    Ruling,
    Skip,
    Source,
    SpotCheck,
    SpotCheckId,
    Verdict,
)
from gum_app.rules.merging import merged
from gum_app.rules.revisions import fold
from gum_app.rules.spot_check import stratum_of
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from tests.builders import a_line, an_observation

KEY = bytes(range(32))
ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 3, 10, 16, 42, tzinfo=ZONE)

EDITOR = """Kestrel Park, stage 2: planting plan
Zone A  river bank   Salix purpurea   140
Zone B  playground   Acer campestre    12
Zone C  meadow       seed mix 04      900 m²
Open points
The city wants the playground finished before 30 April
Ask Tomasz for the soil report"""
MAIL = """Re: Kestrel Park, soil report
From: Tomasz Lewandowski
Hi Ines,
the lab needs until Friday. I will bring the report to our Tuesday meeting.
Could you send me the drainage sections before that?
Best, Tomasz"""
SHEET = """Budget stage 2
Item        planned   ordered
Trees        18,400    17,950
Stone work   41,000    44,300
Benches       6,200     6,200
Over budget by 2,850: stone work"""
COURSE = """Lesson 7: soil moisture with QGIS
Raster calculator: how to weigh two layers
Next lesson: exporting a print layout
You have finished 6 of 12 lessons"""
TERMINAL = """ines@oak:~/plans$ qgis_process run native:buffer
Error: layer 'drains' has no valid geometry
ines@oak:~/plans$ qgis_process run native:fixgeometries
Error: layer 'drains' has no valid geometry"""
HEBREW = """פגישה עם נועה
נדבר על הגינה הקהילתית ביום חמישי בעשר"""

# minutes since midnight, minutes long, app, title, words
DAY: tuple[tuple[int, int, str, str, str], ...] = (
    (8 * 60 + 41, 14, "thunderbird", "Inbox — Thunderbird", MAIL),
    (8 * 60 + 55, 48, "qgis", "kestrel-park-stage-2 — QGIS", EDITOR),
    (9 * 60 + 47, 22, "libreoffice-calc", "budget-stage-2.ods — LibreOffice Calc", SHEET),
    (10 * 60 + 12, 9, "thunderbird", "Re: Kestrel Park, soil report — Thunderbird", MAIL),
    (10 * 60 + 24, 55, "qgis", "kestrel-park-stage-2 — QGIS", EDITOR),
    (11 * 60 + 21, 17, "xterm", "ines@oak: ~/plans", TERMINAL),
    (11 * 60 + 40, 33, "qgis", "drains — QGIS", EDITOR),
    (13 * 60 + 5, 26, "firefox", "Soil moisture with QGIS, lesson 7 — Mozilla Firefox", COURSE),
    (13 * 60 + 33, 12, "telegram", "נועה — Telegram", HEBREW),
    (13 * 60 + 48, 61, "qgis", "kestrel-park-stage-2 — QGIS", EDITOR),
    (14 * 60 + 52, 31, "libreoffice-calc", "budget-stage-2.ods — LibreOffice Calc", SHEET),
    (15 * 60 + 25, 44, "qgis", "planting-list — QGIS", EDITOR),
    (16 * 60 + 12, 24, "thunderbird", "Write: Drainage sections — Thunderbird", MAIL),
)
SKIPS: tuple[tuple[int, int, str, int], ...] = (
    (9 * 60 + 43, 4, "password manager", 6),
    (12 * 60 + 14, 48, "locked", 1),
    (13 * 60 + 31, 2, "private window", 3),
    (14 * 60 + 50, 2, "paused", 1),
    (16 * 60 + 9, 3, "screen shared", 5),
)


# what the model tells of an episode, by its app: what the person did, what is theirs, what is others'
ACCOUNTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "qgis": (
        "Drew the planting of zones A to C for stage 2 of Kestrel Park and listed what is still open.",
        ("140 Salix purpurea along the river bank", "“Ask Tomasz for the soil report”"),
        ("The city’s wish to have the playground finished before 30 April",),
    ),
    "libreoffice-calc": (
        "Compared what was planned with what was ordered for stage 2; stone work is over budget.",
        ("The sum “Over budget by 2,850”",),
        (),
    ),
}


def an_account(did: str = "Planned a park.", id: int = 1, **more: Any) -> Account:  # noqa: A002
    defaults: dict[str, Any] = {"at": NOW, "made_by": "model:Qwen3-VL-4B observe 3f2a91c0"}
    return Account(observation_id=ObservationId(id), did=did, **{**defaults, **more})


@dataclass(frozen=True, kw_only=True)
class Known:
    """A proposition to be put into the store: `days` ago it was last seen, `times` it was seen, on which words."""

    text: str
    kind: Kind
    raw: float
    half_life_days: float
    why: str
    quotes: tuple[tuple[str, str], ...] = ()  # (app whose words it rests on, the quote)
    days: float = 0.1
    made_by: str = "rule:project"
    weight: float = 1.0
    then: tuple[tuple[RevisionKind, str], ...] = field(default=())  # by the person, or "rule:…" in the text


KNOWN: tuple[Known, ...] = (
    Known(
        text="Ines is finishing the planting plan for stage 2 of Kestrel Park.",
        kind="task",
        raw=0.7,
        half_life_days=9,
        why="The same plan was open for three hours and forty minutes today, and on four days of the last week.",
        quotes=(("qgis", "Kestrel Park, stage 2: planting plan"), ("thunderbird", "Re: Kestrel Park, soil report")),
        then=(("pinned", ""),),
    ),
    Known(
        text="The playground of Kestrel Park has to be finished before 30 April.",
        kind="schedule",
        raw=0.75,
        half_life_days=40,
        why="A date with the word “before” stands beside the name of a project she works on.",
        quotes=(("qgis", "finished before 30 April"),),
        made_by="rule:date",
    ),
    Known(
        text="Ines waits for the soil report, which Tomasz Lewandowski brings to the Tuesday meeting.",
        kind="plan",
        raw=0.6,
        half_life_days=5,
        why="A mail to her announces it; she opened that mail three times.",
        quotes=(("thunderbird", "I will bring the report to our Tuesday meeting."),),
        made_by="rule:date",
        then=(("confirmed", ""),),
    ),
    Known(
        text="She works with Tomasz Lewandowski on Kestrel Park.",
        kind="relationship",
        raw=0.65,
        half_life_days=90,
        why="The name stood in eleven episodes of nine days, in mails she answered.",
        quotes=(("thunderbird", "From: Tomasz Lewandowski"), ("qgis", "Ask Tomasz for the soil report")),
        made_by="rule:people",
    ),
    Known(
        text="Stone work for stage 2 is over budget by 2,850.",
        kind="struggle",
        raw=0.55,
        half_life_days=12,
        why="The sheet that says so was open twice today for 53 minutes.",
        quotes=(("libreoffice-calc", "Over budget by 2,850: stone work"),),
        made_by="rule:numbers",
    ),
    Known(
        text="The layer “drains” keeps failing with “no valid geometry”.",
        kind="struggle",
        raw=0.6,
        half_life_days=4,
        why="The same error was on the screen twice within four minutes.",
        quotes=(("xterm", "Error: layer 'drains' has no valid geometry"),),
        made_by="rule:errors",
    ),
    Known(
        text="Ines is learning QGIS from a course; she has finished 6 of 12 lessons.",
        kind="skill",
        raw=0.6,
        half_life_days=30,
        why="Lessons 5, 6 and 7 were open on three days after lunch.",
        quotes=(("firefox", "You have finished 6 of 12 lessons"),),
        made_by="rule:learning",
        then=(("edited", "Ines is learning QGIS for soil and water maps; she has finished 6 of 12 lessons."),),
    ),
    Known(
        text="QGIS is the program she spends most of her day in.",
        kind="tool",
        raw=0.8,
        half_life_days=120,
        why="4 h 1 min of 6 h 36 min today; on each of the last seven working days it came first.",
        quotes=(("qgis", "kestrel-park-stage-2 — QGIS"),),
        made_by="rule:routine",
    ),
    Known(
        text="She reads her mail first thing in the morning, and again just before she goes home.",
        kind="habit",
        raw=0.6,
        half_life_days=60,
        why="Thunderbird was the first window on eight of nine days, always before nine.",
        quotes=(("thunderbird", "Inbox — Thunderbird"),),
        made_by="rule:routine",
    ),
    Known(
        text="She prefers plants that are native to river banks.",
        kind="preference",
        raw=0.45,
        half_life_days=200,
        why="Two of three plants on her list belong there.",
        quotes=(("qgis", "Salix purpurea"),),
        days=6,
        made_by="rule:topics",
    ),
    Known(
        text="הגינה הקהילתית: היא נפגשת עם נועה ביום חמישי בעשר.",
        kind="plan",
        raw=0.5,
        half_life_days=3,
        why="A day and an hour stand in a message to her.",
        quotes=(("telegram", "הקהילתית ביום חמישי בעשר"),),
        made_by="rule:date",
    ),
    Known(
        text="An e-mail claims that her parcel is held at customs and wants a payment.",
        kind="task",
        raw=0.3,
        half_life_days=2,
        why="Only a stranger’s text says so; nothing she did supports it.",
        quotes=(("thunderbird", "the lab needs until Friday"),),
        days=3,
        made_by="rule:date",
        weight=0.2,
        then=(("rejected", ""),),
    ),
    Known(
        text="Ines is looking for a new flat in the old town.",
        kind="interest",
        raw=0.5,
        half_life_days=14,
        why="Four pages of flats were open on two evenings.",
        quotes=(("firefox", "Next lesson: exporting a print layout"),),
        days=19,
        made_by="rule:topics",
        then=(("retired", "rule:tidying"),),
    ),
    Known(
        text="She cycles to work and checks the weather of the river valley before she leaves, unless a site visit "
        "that starts before eight o’clock takes her to the other side of the city, by train, with the minutes.",
        kind="habit",
        raw=0.4,
        half_life_days=45,
        why="The weather page was the last one before the screen was locked on three evenings.",
        quotes=(("firefox", "Raster calculator: how to weigh two layers"),),
        days=9,
        made_by="rule:routine",
        then=(("doubted", "rule:routine"),),
    ),
    Known(
        text="Community gardens interest her beyond work.",
        kind="interest",
        raw=0.5,
        half_life_days=70,
        why="They come up in private messages and in what she reads in the evening.",
        quotes=(("telegram", "נדבר על הגינה הקהילתית"),),
        days=1.2,
        made_by="model:Qwen3-VL-4B propose 3f2a91c0",
    ),
)


def screen(words: str) -> tuple[Line, ...]:
    """Words as they stand on a screen of 1920×1080: a heading, a column at the left, paragraphs."""
    lines = []
    for n, text in enumerate(words.splitlines()):
        lines.append(a_line(text, x=320 if n else 120, y=150 + 84 * n, block=n, at=NOW))
    menu = [a_line(word, x=40, y=40 + 52 * n, block=100 + n, at=NOW) for n, word in enumerate(("File", "Edit", "View"))]
    return (*menu, *lines)


RULINGS: tuple[tuple[str, int, Ruling], ...] = (
    ("evince", 95, Ruling(matter="pay", keeping="without detail", rule="its title", whose="others")),
    (
        "thunderbird",
        190,
        Ruling(matter="health", keeping="without detail", rule="a telling word", whose="person", count=3),
    ),
    ("firefox", 1520, Ruling(matter="children", keeping="drop", rule="many of its rows", whose="children", count=6)),
    ("xterm", 240, Ruling(matter="credentials", keeping="without detail", rule="key", count=2)),
    ("gum-app", 400, Ruling(matter="health", keeping="keep", rule="your own note", whose="person")),
)


def fill(home: Home) -> None:
    """A week in a new store. Always the same."""
    with Store(home.database, KEY, fold=fold) as store, store.transaction():
        for back in (6, 5, 4, 1, 0):
            seen = _one_day(store, NOW - timedelta(days=back), thin=back > 0)
        for known in KNOWN:
            _believe(store, known, seen)
        for app, minutes, ruling in RULINGS:
            store.add_rulings([ruling], app=app, at=NOW - timedelta(minutes=minutes))
        store.put_setting("person_name", "Ines Carvalho")
        store.put_setting("consented_at", (NOW - timedelta(days=6)).isoformat())
        store.put_setting("theme", "light")


def _one_day(store: Store, day: datetime, *, thin: bool) -> dict[str, ObservationId]:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    seen: dict[str, ObservationId] = {}
    for start, length, app, title, words in DAY[:: 2 if thin else 1]:
        begun = midnight + timedelta(minutes=start)
        observation = an_observation(
            source=_source(app),
            app=app,
            title=title,
            started_at=begun,
            ended_at=begun + timedelta(minutes=length),
            active_seconds=length * 52.0,
        )
        id_ = store.open_observation(replace(observation, lines=screen(words)))
        if app in {"qgis", "xterm"}:
            store.add_thumbnail(id_, begun, picture(dark=app == "xterm"))
        store.close_observation(id_)
        if app in ACCOUNTS:
            did, theirs, others = ACCOUNTS[app]
            store.keep_account(an_account(did, id_, theirs=theirs, others=others), id_, begun)
        seen[app] = id_
    for start, length, rule, count in SKIPS:
        begun = midnight + timedelta(minutes=start)
        store.add_skip(Skip(started_at=begun, ended_at=begun + timedelta(minutes=length), rule=rule, count=count))
    return seen


def _source(app: str) -> Source:
    return "notification" if app == "telegram" else "screen"


def _believe(store: Store, known: Known, seen: dict[str, ObservationId]) -> None:
    at = NOW - timedelta(days=known.days)
    evidence = [
        Evidence(observation_id=seen[app], quote=quote, at=at, app=app, weight=known.weight)
        for app, quote in known.quotes
    ]
    first = Revision(
        kind="created",
        at=at - timedelta(days=4),
        text=known.text,
        why=known.why,
        made_by=known.made_by,
        confidence_raw=known.raw,
        ceiling=0.95 if known.weight == 1 else 0.4,
        half_life_days=known.half_life_days,
        topic=known.text[:20],
        proposition_kind=known.kind,
        evidence=tuple(replace(item, at=at - timedelta(days=4)) for item in evidence[:1]),
    )
    id_ = store.add_revisions([first])[0]
    again = replace(first, kind="supported", proposition_id=id_, at=at, evidence=tuple(evidence))
    store.add_revisions([again])
    for kind, told in known.then:
        store.add_revisions([_then(first, id_, kind, told, at)])


def _then(first: Revision, id_: PropositionId, kind: RevisionKind, told: str, at: datetime) -> Revision:
    by_rule = told.startswith("rule:")
    text = told if told and not by_rule else first.text
    why = "Nothing like it was seen for two weeks." if by_rule else ""
    made_by = told if by_rule else PERSON
    return replace(first, kind=kind, proposition_id=id_, at=at, text=text, evidence=(), why=why, made_by=made_by)


def picture(*, dark: bool) -> bytes:
    """A small JPEG that could be a screen."""
    ground, ink = ("#1d2026", "#5a6270") if dark else ("#f4f4f0", "#b9b7ad")
    image = Image.new("RGB", (320, 180), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 320, 14), fill=ink)
    draw.rectangle((0, 14, 46, 180), fill="#2a2e36" if dark else "#e7e6df")
    for n in range(7):
        draw.rectangle((54, 26 + 14 * n, 54 + 60 + 31 * (n * 5 % 6), 31 + 14 * n), fill=ink)
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def fill_with_many(home: Home, number: int) -> None:
    """So many propositions, quickly: for measuring. All in one transaction."""
    chance = random.Random(7)
    verbs = ("plans", "keeps", "often opens", "asks about", "waits for", "prefers", "prepares", "compares")
    things = ("the river bank", "the budget sheet", "soil reports", "drainage sections", "the meadow", "print layouts")
    with Store(home.database, KEY, fold=fold) as store, store.transaction():
        store.add_revisions(
            Revision(
                kind="created",
                at=NOW - timedelta(days=chance.random() * 300),
                text=f"She {chance.choice(verbs)} {chance.choice(things)} for project {n % 997} (note {n}).",
                why="Made for measuring.",
                made_by="rule:measure",
                confidence_raw=chance.random(),
                ceiling=0.95,
                half_life_days=chance.choice((2.0, 14.0, 90.0, 400.0)),
                topic=f"measure:{n}",
                proposition_kind=chance.choice(KINDS),
            )
            for n in range(number)
        )


def judge(store: Store) -> None:
    """Sixty verdicts of earlier spot checks, and what was learned from them: for pictures of the figures."""
    chance, now = random.Random(7), NOW - timedelta(days=100)
    for n in range(60):
        sure = chance.uniform(0.3, 0.97)
        said: Verdict = "right" if chance.random() < sure**1.5 else chance.choice(("wrong", "wrong", "partly"))
        belief = PropositionId(1 + n % len(KNOWN))
        at = now + timedelta(days=7 * (n // 10))
        check = SpotCheck(
            id=SpotCheckId(0),
            drawn_at=at,
            proposition_id=belief,
            made_by=KNOWN[belief - 1].made_by,
            stratum=stratum_of(sure),
            stratum_size=20,
            confidence_shown=sure,
            confidence_evidence=sure,
        )
        store.add_spot_checks([check])
        answer = Feedback(
            at=at,
            proposition_id=belief,
            verdict=said,
            confidence_shown=sure,
            confidence_evidence=sure,
            made_by=check.made_by,
            spot_check=store.spot_checks()[-1].id,
        )
        store.add_feedback(answer)
    learn(store, nullcontext())


def let_programs_ask(store: Store) -> None:
    """One has asked, one may ask and was told two propositions, one is told nothing any more."""
    asked = NOW - timedelta(hours=3)
    kinds: frozenset[Kind] = frozenset({"task", "plan", "schedule", "tool"})
    store.put_grant(
        Grant(client="claude", asked_at=asked, given_at=asked, kinds=kinds, days=30, activity=True, pseudonyms=True)
    )
    store.put_grant(Grant(client="old-editor", asked_at=asked, given_at=asked, revoked_at=NOW))
    store.put_grant(Grant(client="cursor", asked_at=NOW))
    ids = tuple(row.id for row in store.propositions(PropositionQuery(), now=NOW, limit=2))
    told = Disclosure(
        client="claude", at=asked, verb="context", question="the park", propositions=ids, with_pseudonyms=True
    )
    store.add_disclosure(told)
    seen = tuple(each.id for each in store.observations(limit=3))
    store.add_disclosure(Disclosure(client="claude", at=NOW - timedelta(minutes=40), verb="recent", seen=seen))
    store.add_disclosure(
        Disclosure(client="claude", at=NOW - timedelta(minutes=20), verb="called wrong", propositions=ids[:1])
    )
    store.add_disclosure(Disclosure(client="claude", at=NOW - timedelta(minutes=5), verb="context"))


def change(store: Store) -> PropositionId:
    """What has changed since: a meeting that moved, the person's word with something against it, a night's tidying.

    Answers the proposition that has ended.
    """
    before, since = NOW - timedelta(days=8), NOW - timedelta(hours=2)
    old = _told(store, "Meets Tomasz about the soil report on Friday 13 March at 10:00.", "Fri 13 March, 10:00", before)
    new = _told(
        store, "Meets Tomasz about the soil report on Tuesday 17 March at 14:00.", "moved to Tue 17", since, old
    )
    _say(store, "ended", old, since, other=new, why="It was said that this has changed.", quote="moved to Tue 17 March")
    mine = _told(store, "I do not work on Fridays.", "", before, made_by=PERSON, kind="habit")
    other = _told(store, "Usually works on Fridays from about 9:00.", "planting-list — QGIS", since, kind="habit")
    _say(store, "contradicted", mine, since, other=other, why="Seen otherwise.", quote="planting-list — QGIS")
    inquire(store, NOW, pen=nullcontext())
    night = NOW.replace(hour=3, minute=12)
    over = _told(store, "Has “Site visit, river bank” in the calendar on Monday 9 March 2026.", "Site visit", before)
    twin = _told(store, "Is drawing the planting plan of Kestrel Park, stage 2.", "kestrel-park-stage-2 — QGIS", before)
    one, two = (store.proposition(id_) for id_ in (PropositionId(1), twin))
    assert one is not None
    assert two is not None
    store.add_together(merged(one, two, why="They say the same.", made_by="rule:tidying", at=night))
    retired = replace(_first(store, over), kind="retired", made_by="rule:tidying", at=night, id=None, evidence=())
    store.add_together([replace(retired, why="Its day is over: Monday 9 March 2026.")])
    store.put_tidied_at(night)
    return old


def _told(
    store: Store, text: str, quote: str, at: datetime, other: PropositionId | None = None, **more: Any
) -> PropositionId:
    evidence = (Evidence(observation_id=None, quote=quote, at=at, app="thunderbird"),) if quote else ()
    revision = Revision(
        kind="created",
        at=at,
        text=text,
        why="It stood in a mail that you answered.",
        made_by=more.get("made_by", "rule:calendar"),
        confidence_raw=0.7,
        ceiling=0.92,
        half_life_days=30,
        topic=f"life:{text}",
        proposition_kind=more.get("kind", "plan"),
        evidence=evidence,
        other=other,
    )
    return store.add_revisions([revision])[0]


def _first(store: Store, id_: PropositionId) -> Revision:
    belief = store.proposition(id_)
    assert belief is not None
    return belief.revisions[0]


def _say(
    store: Store, kind: RevisionKind, id_: PropositionId, at: datetime, *, other: PropositionId, why: str, quote: str
) -> None:
    item = Evidence(observation_id=None, quote=quote, at=at, app="thunderbird", supports=False)
    made = replace(_first(store, id_), id=None, kind=kind, at=at, made_by="rule:calendar", other=other, why=why)
    store.add_revisions([replace(made, evidence=(item,))])
