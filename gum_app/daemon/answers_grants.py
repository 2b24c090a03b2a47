"""The verbs with which the person decides what other programs are told, and looks at what they were told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from gum_app.daemon.room import Room
from gum_app.daemon.telling import Telling
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.records import KINDS, Disclosure, Grant, Kind
from gum_app.rules.leaving import LONGEST_NAME, is_name
from gum_app.store.store import Store

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]

MOST_DAYS = 3660
MOST_LISTED = 1000
LONGEST_ASKED = 8_000  # characters in which pseudonyms are looked for


class GrantAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening) -> None:
        """`store` opens the store; `writing` does so with the pen held."""
        self._room = room
        self._writing = writing
        self._store = store
        self.verbs: dict[str, Verb] = {
            "grant": self._grant,
            "revoke": self._revoke,
            "disclosures": self._disclosures,
            "disclosures_clear": self._clear,
            "who": self._who,
        }

    def _grant(self, question: Question) -> Iterator[Answer]:
        """`client`; `kinds` (none: all), `days` (None: without limit), `quotes`, `activity`, `pseudonyms`.

        What it might be told before ends.
        """
        client, now = name_of(question), self._room.clock.now()
        with self._writing() as store, store.transaction():
            known = store.grant(client)
            grant = Grant(
                client=client,
                asked_at=now if known is None else known.asked_at,
                given_at=now,
                kinds=_kinds_of(question),
                days=_days_of(question),
                quotes=question.get("quotes") is True,
                activity=question.get("activity") is True,
                pseudonyms=question.get("pseudonyms") is True,
            )
            store.put_grant(grant)
        yield {"granted": client}

    def _revoke(self, question: Question) -> Iterator[Answer]:
        """`client`: from now on it is told nothing. Of one that has only asked: the person says no."""
        client, now = name_of(question), self._room.clock.now()
        with self._writing() as store, store.transaction():
            known = store.grant(client)
            if known is None:
                raise BadInput(f"No program called “{client}” has asked or may ask.")
            store.put_grant(replace(known, given_at=known.given_at or now, revoked_at=now))
        yield {"revoked": client}

    def _disclosures(self, _question: Question) -> Iterator[Answer]:
        """Who may be told what, and what was told, the newest first."""
        with self._store() as store:
            grants, told = store.grants(), store.disclosures(limit=MOST_LISTED)
        yield {
            "programs": [_grant_fields(each) for each in grants],
            "disclosures": [_disclosure_fields(each) for each in told],
        }

    def _clear(self, _question: Question) -> Iterator[Answer]:
        """What was told is listed no more. What each may be told stays."""
        with self._writing() as store:
            yield {"cleared": store.clear_disclosures()}

    def _who(self, question: Question) -> Iterator[Answer]:
        """`client` and `text`: the text with names where pseudonyms of this program stand. For the person alone."""
        client, text = name_of(question), question.get("text")
        if not isinstance(text, str) or len(text) > LONGEST_ASKED:
            raise BadInput(f"Give the words with the pseudonyms in them, in at most {LONGEST_ASKED} characters.")
        with self._store() as store:
            assert self._room.key is not None, "the store has been opened with it"
            now = self._room.clock.now()
            grant = Grant(client=client, asked_at=now, given_at=now, pseudonyms=True)
            yield {"text": Telling(store, grant, self._room.key, now).noted(text)}


def name_of(question: Question) -> str:
    """Raises BadInput."""
    client = question.get("client")
    if not is_name(client):
        raise BadInput(f"A program has a name of at most {LONGEST_NAME} letters without accents, digits and signs.")
    return str(client)


def number_within(question: Question, name: str, most: int, usual: int) -> int:
    """Raises BadInput."""
    number = question.get(name, usual)
    if type(number) is not int or not 0 < number <= most:
        raise BadInput(f"“{name}” is a number from 1 to {most}.")
    return number


def _kinds_of(question: Question) -> frozenset[Kind]:
    given = question.get("kinds") or []
    if not isinstance(given, list) or any(each not in KINDS for each in given):
        raise BadInput(f"Kinds are some of: {', '.join(KINDS)}.")
    return frozenset(given)


def _days_of(question: Question) -> int | None:
    days = question.get("days")
    if days is not None and (type(days) is not int or not 0 < days <= MOST_DAYS):
        raise BadInput(f"Say how many days back, from 1 to {MOST_DAYS}, or leave it out for no limit.")
    return days


def _grant_fields(grant: Grant) -> dict[str, Any]:
    return {
        "client": grant.client,
        "may_ask": grant.holds,
        "asked_at": grant.asked_at.isoformat(),
        "given_at": None if grant.given_at is None else grant.given_at.isoformat(),
        "revoked_at": None if grant.revoked_at is None else grant.revoked_at.isoformat(),
        "kinds": sorted(grant.kinds),
        "days": grant.days,
        "quotes": grant.quotes,
        "activity": grant.activity,
        "pseudonyms": grant.pseudonyms,
    }


def _disclosure_fields(told: Disclosure) -> dict[str, Any]:
    return {
        "client": told.client,
        "at": told.at.isoformat(),
        "verb": told.verb,
        "question": told.question,
        "propositions": list(told.propositions),
        "with_quotes": told.with_quotes,
        "with_pseudonyms": told.with_pseudonyms,
        "seen": list(told.seen),
        "episodes": told.episodes,
    }
