"""What a page of the person's has asked for, while it lies in front of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, rows
from gum_app.pipeline.suggest_offer import offer, quoted, where
from gum_app.rules.layout import Segment
from gum_app.rules.wording import slug, stems
from gum_app.suggestions import Act, Offer

_MISSING = re.compile(
    r"^\W*(?:still )?(?:missing|outstanding|not yet (?:uploaded|received|submitted)|documents? (?:needed|required)"
    r"|to be (?:uploaded|submitted))\W*",
    re.IGNORECASE,
)
_ITEMS = re.compile(r"\s*(?:[,;•·]|\band\b)\s*")
FEWEST_STEMS, MOST_STEMS = 2, 5
SECONDS_IN_FRONT = 60.0
BELIEF = 0.62
GOOD_FOR = timedelta(hours=2)
_DOCUMENT_IN = {"office", "editor", "reader"}


def asked_for(known: Known) -> Iterator[Offer]:
    front = known.front
    if front is None or front.place.kind not in _DOCUMENT_IN or front.observation.active_seconds < SECONDS_IN_FRONT:
        return
    if not (front.place.file or front.place.kind == "reader"):
        return
    here: set[str] | None = None
    for page in reversed(known.looked_at):
        if page.place.kind != "page":
            continue
        for item in _items(page):
            wanted = set(stems(item))
            if here is None:
                title = re.sub(r"[_.-]", " ", front.observation.title)
                here = set(stems(title)) | {stem for part in front.parts for stem in stems(part.text)}
            if wanted <= here and set(stems(re.sub(r"[_.-]", " ", front.place.file))) & wanted:
                yield _offer(item, page, front, known)
        if any(_MISSING.match(part.text) for part in page.parts):
            return  # the newest look at such a list counts


def _items(page: Scene) -> Iterator[str]:
    """The names behind, beside or below the word."""
    for part in rows(page, _MISSING):
        rest = _MISSING.sub("", part.text)
        for text in (rest, *(other.text for other in page.parts if _belongs(other, part))):
            for item in _ITEMS.split(text):
                if FEWEST_STEMS <= len(stems(item)) <= MOST_STEMS:
                    yield item.strip(" .:")


def _belongs(other: Segment, label: Segment) -> bool:
    if other.at != label.at or other is label:
        return False
    beside = abs(other.rect.y - label.rect.y) <= 12 and 0 < other.rect.x - label.rect.right <= 420
    below = 0 < other.rect.y - label.rect.y <= 2.6 * max(label.height, 10) and abs(other.rect.x - label.rect.x) <= 12
    return beside or below


def _offer(item: str, page: Scene, front: Scene, known: Known) -> Offer:
    site = page.place.site or page.place.name
    address = page.observation.url or ""
    act = Act(kind="open", title=f"{site}: {item}", target=address)
    if not address.startswith("https://") or not known.is_own(page):  # any page may say that something is missing
        act = Act(kind="checklist", title=f"For {site}", text=f"[ ] {item} to {site}")
    return offer(
        "deadline",
        topic=f"deadline:missing:{slug(site)}:{slug(item)}",
        title=f"{quoted(item, 36)} is still missing at {site}",
        why_now=f"{site} asked for it at {page.observation.ended_at:%H:%M}, and {where(front)} is in front.",
        act=act,
        seen=[page, front],
        belief=BELIEF,
        good_until=known.now + GOOD_FOR,
        rule="missing",
    )
