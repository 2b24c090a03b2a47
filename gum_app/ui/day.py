"""A day as it is shown: lanes of programs over the hours, and one line for each episode and each look away. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from gum_app.records import Account, Observation, ObservationId, Skip
from gum_app.ui.account_told import told
from gum_app.ui.wording import lasts, program, times

MOST_LANES = 7  # programs with a lane of their own; the rest share one
OTHERS = "Others"
NO_ACCOUNTS: Mapping[ObservationId, Account] = {}
LEAST_HOURS = 4  # a short day is not stretched over the whole width


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A stretch of time; `episode` is None where nothing was looked at."""

    started_at: datetime
    ended_at: datetime
    episode: ObservationId | None
    says: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    name: str
    seconds: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    date: date
    begins_at: datetime  # full hours
    ends_at: datetime
    lanes: tuple[Lane, ...]
    away: tuple[Bar, ...]  # when nothing was looked at, and by which rule
    observations: tuple[Observation, ...]  # oldest first
    skips: tuple[Skip, ...]
    accounts: Mapping[ObservationId, Account]  # of the episodes that a model has told

    @property
    def seconds(self) -> float:
        return sum(lane.seconds for lane in self.lanes)

    @property
    def is_empty(self) -> bool:
        return not self.observations and not self.skips


def bounds(day: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """From midnight to midnight on the person's clock; 23 or 25 hours where the clocks are changed."""
    begins = datetime.combine(day, time(), tzinfo=zone)
    return begins, datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def day_of(
    day: date,
    observations: Sequence[Observation],
    skips: Sequence[Skip],
    zone: tzinfo | None,
    accounts: Mapping[ObservationId, Account] = NO_ACCOUNTS,
) -> Day:
    """`observations` and `skips` overlap the day; what reaches beyond midnight is cut there."""
    since, until = bounds(day, zone)
    seen = sorted(observations, key=lambda item: (item.started_at, item.id))
    away = sorted(skips, key=lambda item: item.started_at)
    bars = defaultdict(list)
    for item in seen:
        bars[program(item.app, item.source)].append(_bar(item, since, until, accounts.get(item.id)))
    lanes = [Lane(name=app, seconds=_length(own), bars=tuple(own)) for app, own in bars.items()]
    looked_away = [_away(skip, since, until) for skip in away]
    begins, ends = _hours([bar for lane in lanes for bar in lane.bars] or looked_away, since, until)
    return Day(
        date=day,
        begins_at=begins,
        ends_at=ends,
        lanes=tuple(_few(lanes)),
        away=tuple(looked_away),
        observations=tuple(seen),
        skips=tuple(away),
        accounts=accounts,
    )


def _bar(item: Observation, since: datetime, until: datetime, account: Account | None) -> Bar:
    begun, over = (
        max(item.started_at, since).astimezone(since.tzinfo),
        min(item.ended_at, until).astimezone(since.tzinfo),
    )
    says = f"{begun:%H:%M}–{over:%H:%M}  {program(item.app, item.source)}\n{item.title}"
    if account is not None:
        says += f"\n{told(account)}"
    return Bar(started_at=begun, ended_at=over, episode=item.id, says=says)


def _away(skip: Skip, since: datetime, until: datetime) -> Bar:
    begun, over = (
        max(skip.started_at, since).astimezone(since.tzinfo),
        min(skip.ended_at, until).astimezone(since.tzinfo),
    )
    says = f"{begun:%H:%M}–{over:%H:%M}  Looked away {times(skip.count)}: {skip.rule}"
    return Bar(started_at=begun, ended_at=over, episode=None, says=says)


def _length(bars: Sequence[Bar]) -> float:
    return sum((bar.ended_at - bar.started_at).total_seconds() for bar in bars)


def _few(lanes: list[Lane]) -> list[Lane]:
    """The programs used longest, longest first; the others together."""
    lanes = sorted(lanes, key=lambda lane: (-lane.seconds, lane.name))
    if len(lanes) <= MOST_LANES + 1:
        return lanes
    rest = lanes[MOST_LANES:]
    bars = sorted((bar for lane in rest for bar in lane.bars), key=lambda bar: bar.started_at)
    others = Lane(name=f"{OTHERS} ({len(rest)})", seconds=_length(bars), bars=tuple(bars))
    return [*lanes[:MOST_LANES], others]


def _hours(bars: Sequence[Bar], since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """The full hours around all bars, at least four of them; looking away in the night does not widen the day."""
    if not bars:
        return since + timedelta(hours=8), since + timedelta(hours=18)
    first = min(bar.started_at for bar in bars).replace(minute=0, second=0, microsecond=0)
    last = max(bar.ended_at for bar in bars)
    whole = last.replace(minute=0, second=0, microsecond=0)
    last = whole if whole == last else whole + timedelta(hours=1)
    last = max(last, first + timedelta(hours=LEAST_HOURS))
    if last > until:
        first, last = min(first, until - timedelta(hours=LEAST_HOURS)), until
    return max(first, since), last


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the list below the drawing."""

    started_at: datetime
    ended_at: datetime
    app: str
    what: str
    episode: ObservationId | None
    account: Account | None = None  # what the model tells of it

    @property
    def length(self) -> str:
        return lasts((self.ended_at - self.started_at).total_seconds())


def entries(day: Day) -> list[Entry]:
    """Episodes and looks away, newest first."""
    zone = day.begins_at.tzinfo
    found = [
        Entry(
            started_at=item.started_at.astimezone(zone),
            ended_at=item.ended_at.astimezone(zone),
            app=program(item.app, item.source),
            what=item.title or ("A note" if item.source == "note" else ""),
            episode=item.id,
            account=day.accounts.get(item.id),
        )
        for item in day.observations
    ]
    found += [
        Entry(
            started_at=skip.started_at.astimezone(zone),
            ended_at=skip.ended_at.astimezone(zone),
            app="",
            what=f"Not looked at: {skip.rule}" + (f" ({times(skip.count)})" if skip.count > 1 else ""),
            episode=None,
        )
        for skip in day.skips
    ]
    return sorted(found, key=lambda entry: entry.started_at, reverse=True)
