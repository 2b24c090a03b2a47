"""The nouns: plain, frozen values that every room may hold. No behaviour beyond what follows from the values.

Instants end in `_at` and carry a time zone. Rectangles are pixels of the whole desktop unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType, get_args

ObservationId = NewType("ObservationId", int)
PropositionId = NewType("PropositionId", int)
RevisionId = NewType("RevisionId", int)
InquiryId = NewType("InquiryId", int)
SpotCheckId = NewType("SpotCheckId", int)
DisclosureId = NewType("DisclosureId", int)
ImportId = NewType("ImportId", int)

Source = Literal["window", "screen", "notification", "note", "import"]
Kind = Literal[
    "task",
    "plan",
    "schedule",
    "habit",
    "preference",
    "interest",
    "skill",
    "tool",
    "relationship",
    "struggle",
]
# ended: it was so, and then the world changed. replaced: others say it now, because it was merged or split.
State = Literal["active", "doubted", "ended", "replaced", "retired", "rejected"]
RevisionKind = Literal[
    "created",
    "supported",
    "reworded",
    "merged",  # takes in the evidence of another, which is `absorbed`
    "split",  # begins a part of another, which is `divided`
    "doubted",
    "contradicted",  # something speaks against the person's word; it stands, and the person is asked
    "ended",
    "absorbed",
    "divided",
    "retired",
    "edited",
    "pinned",
    "unpinned",
    "confirmed",
    "rejected",
    "lifted",  # what was rejected may be believed again
    "undone",
]
Relation = Literal["refines", "contradicts", "replaces"]
Verdict = Literal["right", "wrong", "partly"]
Urgency = Literal["low", "normal", "critical"]
ImportKind = Literal["activitywatch", "gum", "calendar"]  # from which kind of program a file is
Matter = Literal[
    "health",
    "intimate",
    "beliefs",
    "money",
    "pay",
    "legal",
    "children",
    "others",
    "private",  # a model said so, and not of which kind
    "credentials",
]
Keeping = Literal["keep", "without detail", "drop"]  # from the loosest to the strictest
Whose = Literal["person", "others", "children", "nobody"]  # about whom words are; nobody: no one in particular

KINDS: tuple[Kind, ...] = get_args(Kind)
# Episodes in which somebody was at a machine. Words of a file that was brought in have no seconds.
WATCHED: frozenset[Source] = frozenset({"screen", "window", "import"})
STATES: tuple[State, ...] = get_args(State)
CURRENT: frozenset[State] = frozenset({"active", "doubted"})  # what is believed now
MATTERS: tuple[Matter, ...] = get_args(Matter)
KEEPINGS: tuple[Keeping, ...] = get_args(Keeping)

JUST_MADE = PropositionId(0)  # in a batch of revisions: the proposition that the last new one before it made
PERSON = "person"  # `Revision.made_by` when the person did it; everything else names a rule or a model
TIDYING = "rule:tidying"  # and when it was tidied by night
CALLED: dict[str, Verdict] = {f"called {verdict}": verdict for verdict in get_args(Verdict)}  # `Disclosure.verb`


# With slots: hundreds of thousands of words are in memory while somebody asks what could be offered.
@dataclass(frozen=True, kw_only=True, slots=True)
class Rect:
    """A rectangle in pixels; `x` and `y` may be negative on a desktop with several monitors."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def area(self) -> int:
        return self.width * self.height

    def meet(self, other: Rect) -> Rect | None:
        """What both cover, or None where they do not touch."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x=x, y=y, width=right - x, height=bottom - y) if right > x and bottom > y else None

    def join(self, other: Rect) -> Rect:
        """The smallest rectangle that covers both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x=x, y=y, width=max(self.right, other.right) - x, height=max(self.bottom, other.bottom) - y)

    def covers(self, other: Rect) -> bool:
        return self.meet(other) == other

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)


@dataclass(frozen=True, kw_only=True)
class Monitor:
    index: int
    rect: Rect


@dataclass(frozen=True, kw_only=True)
class Window:
    """A window as the platform tells it. `url` is None where the platform does not tell it (X11 never does)."""

    app: str
    title: str
    url: str | None = None
    private: bool = False  # a private or incognito window, where the platform or the recording says so
    fullscreen: bool = False
    process: str | None = None  # name of the executable
    pid: int | None = None
    monitor: int = 0
    rect: Rect | None = None  # None: the platform does not tell where it is


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """All windows that can be seen at one instant. `foreground` None means unknown, and unknown is private."""

    foreground: Window | None
    visible: tuple[Window, ...] = ()  # the foreground window included where the platform lists it
    monitors: tuple[Monitor, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    text: str
    rect: Rect
    confidence: float = 1.0  # 0–1, as the reading engine says


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Words that stand in one line of one block, left to right, as they were read at one instant on one monitor."""

    words: tuple[Word, ...]
    block: int = 0  # lines of one paragraph, cell or message share a block; unique within one reading
    at: datetime | None = None
    monitor: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def rect(self) -> Rect:
        rect = self.words[0].rect
        for word in self.words[1:]:
            rect = rect.join(word.rect)
        return rect


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One episode: consecutive looks at the same thing, or one notification, or one note of the person."""

    id: ObservationId
    source: Source
    app: str
    title: str
    url: str | None = None
    started_at: datetime
    ended_at: datetime
    active_seconds: float = 0.0  # seconds within the episode in which somebody was at the machine
    keys: int | None = None  # how many keys were pressed; None: not counted on this machine. Never which keys
    fullscreen: bool = False
    in_call: bool = False
    dark_share: float | None = None  # share of the looked-at pixels that are dark, 0–1; None: no picture was taken
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the person did in an episode, as the model tells it: what is theirs, and what is others'."""

    observation_id: ObservationId
    did: str
    theirs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    at: datetime
    made_by: str  # "model:Qwen3-VL-4B observe 3f2a91c0": the model, the step, the prompt's fingerprint


@dataclass(frozen=True, kw_only=True)
class StillFrame:
    """A picture of an episode that waits for the model: JPEG, without what must not be kept. Gone two hours later."""

    observation_id: ObservationId
    at: datetime
    jpeg: bytes


@dataclass(frozen=True, kw_only=True)
class Call:
    """One question to the model, as numbers only."""

    at: datetime
    step: str
    model: str
    prompt_tokens: int = 0
    reused_tokens: int = 0
    answer_tokens: int = 0
    pictures: int = 0
    pictures_reused: int = 0
    milliseconds: int = 0
    outcome: str = "answered"  # answered, gave way, or the name of the error


@dataclass(frozen=True, kw_only=True)
class Device:
    """A graphics card, as far as it is cheaply told. None where it is not."""

    maker: Literal["nvidia", "amd", "intel", "apple", "other"]
    name: str = ""
    total_bytes: int | None = None
    free_bytes: int | None = None
    shares_memory: bool = False  # its memory is that of the processor


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What a model would run on."""

    memory_bytes: int
    available_bytes: int
    disk_free_bytes: int  # where the app keeps its data
    cores: int  # physical ones
    has_battery: bool = False
    devices: tuple[Device, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Which words of which observation speak for or against a proposition."""

    observation_id: ObservationId | None  # None: the observation is gone by retention; the quote stays
    quote: str
    supports: bool = True
    at: datetime
    app: str = ""
    weight: float = 1.0  # 0–1: 1 the person's own act or words, little for what a stranger's text says

    @property
    def episode(self) -> ObservationId | datetime:
        """What it counts for once; quotes of one that has expired are told apart by their instant."""
        return self.observation_id if self.observation_id is not None else self.at


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One thing that one observation says about one topic: what a rule noticed, before anything is believed.

    `topic` is the stable name under which sightings of different observations meet ("project:parcel-router");
    `value` is what may change while the topic stays ("2026-03-30"). `detail` holds small named facts the wording needs.
    """

    topic: str
    kind: Kind
    observation_id: ObservationId
    at: datetime
    app: str
    quote: str
    value: str = ""
    supports: bool = True
    weight: float = 1.0
    seconds: float = 0.0
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a step believes, before it is compared with what is already believed."""

    topic: str
    kind: Kind
    text: str
    value: str = ""
    confidence_raw: float  # 0–1: what the rule's prior or the model says
    ceiling: float = 0.95  # what such evidence can carry at most
    half_life_days: float
    evidence: tuple[Evidence, ...]
    why: str
    made_by: str
    supports: PropositionId | None = None  # it says what this one says, and only adds evidence to it
    relation: Relation | None = None  # what a model said that it is to `relates_to`
    relates_to: PropositionId | None = None


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One change of mind, only ever added. `evidence` is what this change adds."""

    id: RevisionId | None = None  # None: not stored yet
    proposition_id: PropositionId | None = None  # None: a new proposition
    kind: RevisionKind
    at: datetime
    text: str
    why: str
    made_by: str
    confidence_raw: float
    ceiling: float
    half_life_days: float
    topic: str = ""
    value: str = ""
    proposition_kind: Kind = "task"
    evidence: tuple[Evidence, ...] = ()
    undoes: RevisionId | None = None  # for `undone`: the revision that no longer counts
    # The other proposition of this change: what was merged, split or replaced. None: there is none, or it is forgotten.
    other: PropositionId | None = None
    deed: int | None = None  # what was done together, and is taken back together, has one number


@dataclass(frozen=True, kw_only=True)
class Proposition:
    """What we believe about the person: the fold of its revisions (`rules.revisions.fold`)."""

    id: PropositionId
    text: str
    kind: Kind
    state: State
    topic: str
    value: str
    confidence: float  # calibrated: what is shown
    confidence_evidence: float  # what independent episodes for and against make of it, before calibration
    confidence_raw: float  # what the rule's prior or the model said
    ceiling: float
    half_life_days: float
    created_at: datetime
    last_supported_at: datetime
    pinned: bool = False
    edited: bool = False
    confirmed: bool = False
    evidence: tuple[Evidence, ...] = ()
    revisions: tuple[Revision, ...] = ()
    made_by: str = ""  # who brought it up: the source whose track record counts


@dataclass(frozen=True, kw_only=True)
class Skip:
    """That we did not look or did not keep, when, and by which rule; never what."""

    started_at: datetime
    ended_at: datetime
    rule: str
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What the audit decided of words of one kind, and by which rule; never the words. `count`: of how many rows."""

    matter: Matter
    keeping: Keeping
    rule: str
    whose: Whose = "nobody"
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class ListedRuling:
    """A ruling as it is listed: when, in which program. `observation_id` None: nothing is kept of that episode."""

    ruling: Ruling
    app: str
    started_at: datetime
    ended_at: datetime
    observation_id: ObservationId | None = None


@dataclass(frozen=True, kw_only=True)
class PrivacyRule:
    """What is never looked at. A field that is None does not matter; all that are set must match.

    `app` is compared without case with the window's app or process (several names with | between); `title` and
    `address` are regular expressions, searched without case.
    """

    name: str
    app: str | None = None
    title: str | None = None
    address: str | None = None
    shipped: bool = False


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What the person said of a proposition, and how sure it was before that was learned."""

    at: datetime
    proposition_id: PropositionId
    verdict: Verdict
    confidence_shown: float
    confidence_evidence: float  # before calibration
    made_by: str  # the source whose calibration this verdict belongs to; PERSON: the person had spoken before
    spot_check: SpotCheckId | None = None  # the draw it answers; None: it was given unasked

    @property
    def drawn(self) -> bool:
        return self.spot_check is not None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """What the verdicts make of the numbers of one source: log-odds shown = intercept + slope · log-odds of evidence.

    The default is the identity: what evidence makes is what is shown.
    """

    source: str  # as in `made_by`; "rule" or "model": all of that sort; empty: all
    slope: float = 1.0
    intercept: float = 0.0
    verdicts: int = 0  # how many the curve rests on, its own


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A proposition that may be drawn to be judged."""

    id: PropositionId
    text: str
    made_by: str
    confidence: float  # as shown
    confidence_evidence: float


@dataclass(frozen=True, kw_only=True)
class SpotCheck:
    """A proposition that was drawn at random to be judged, as it was then: what makes the figures honest."""

    id: SpotCheckId
    drawn_at: datetime  # the same for all that were drawn together
    proposition_id: PropositionId
    made_by: str
    stratum: int  # by the confidence shown: 0 is the lowest
    stratum_size: int  # how many could have been drawn from it then
    confidence_shown: float
    confidence_evidence: float
    skipped: bool = False  # the person does not know, or does not say
    verdict: Verdict | None = None  # None: not answered


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A question to the person about a proposition. `answer`: yes, no, changed, never; None: not answered."""

    id: InquiryId
    proposition_id: PropositionId
    revision_id: RevisionId | None  # what speaks against the person's word; None: asked because we are unsure
    asked_at: datetime
    expires_at: datetime
    answer: Literal["yes", "no", "changed", "never"] | None


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What another program may be told, by the name that it gives itself. Private matters never, whatever it says.

    `given_at` None: it has asked, and the person has not answered.
    """

    client: str
    asked_at: datetime
    given_at: datetime | None = None
    revoked_at: datetime | None = None
    kinds: frozenset[Kind] = frozenset()  # empty: all
    days: int | None = None  # how far back what it is told may have been supported last; None: without limit
    quotes: bool = False  # also the words that a proposition rests on
    activity: bool = False  # also which windows were in front lately, by program and title
    pseudonyms: bool = False  # names of other people leave as pseudonyms

    @property
    def holds(self) -> bool:
        return self.given_at is not None and self.revoked_at is None


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What passed between a program and us: who, when, and which propositions and episodes, as far as they are not
    forgotten since. `episodes` counts also those that are.

    `question` is empty where there was none, or where it is not kept: a private matter, or forgotten with its answer.
    A verb of CALLED says that nothing was told: the program called the proposition right, wrong or partly so.
    """

    id: DisclosureId | None = None  # None: not stored yet
    client: str
    at: datetime
    verb: str
    question: str = ""
    propositions: tuple[PropositionId, ...] = ()
    with_quotes: bool = False
    with_pseudonyms: bool = False
    seen: tuple[ObservationId, ...] = ()
    episodes: int = 0


@dataclass(frozen=True, kw_only=True)
class Import:
    """That a file of another program was brought in: which, when, and how much of it is still here."""

    id: ImportId
    kind: ImportKind
    name: str  # of the file or folder, without its path
    began_at: datetime
    ended_at: datetime | None = None  # None: it was stopped in the midst, or goes on
    kept: int = 0  # observations of it that are here now
    left_out: int = 0  # what was in the file and is not here: by a rule, or for its age


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One thing of a file, as it is kept. `fingerprint` is the same each time the file is read.

    `content` changes where the file says something else of the same thing; `version` says which is the later one.
    """

    fingerprint: str
    content: str
    version: int
    observation: Observation
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who the propositions are about. Both may be empty: the name is asked at the first start and is optional."""

    name: str = ""
    handles: tuple[str, ...] = ()  # user names, addresses, initials that stand for the person on their screens
