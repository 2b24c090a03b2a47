"""The verbs of other programs, such as assistants over MCP: what each may be told is decided here and nowhere else.

A program is known by the name that it gives itself, which is only a claim: whoever can ask at all runs as this user.
What it is told is written down before it is told. Private matters are told to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from gum_app.daemon.answers_norms import norms_of
from gum_app.daemon.answers_search import limit_of, query_of
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.questions import proposition_id_of, text_of
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, NotGranted
from gum_app.link import Answer, Question
from gum_app.records import CURRENT, KINDS, Disclosure, Grant, Kind, Proposition
from gum_app.rules.confidence import is_hearsay
from gum_app.rules.delicate import may_be_private
from gum_app.rules.leaving import LONGEST_NAME, is_name, may_leave, quotes_of
from gum_app.rules.privacy import SHIPPED
from gum_app.rules.secrets import cut_text
from gum_app.settings import Settings
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import MOST_HITS, Hit
from gum_app.store.store import Store
from gum_app.world.hands import Notified

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]
MeaningOf = Callable[[str, Settings], tuple[Meaning | None, str]]

MOST_ASKING = 20  # programs that wait for the person's answer: whoever asks under ever new names is not listed for ever
MOST_TOLD = 50  # propositions in one answer
MOST_DAYS = 3660
MOST_LISTED = 1000
NOT_TOLD = "There is no such proposition, or it is not within what this program may be told."


class ProgramAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening, meaning_of: MeaningOf) -> None:
        """`store` opens the store; `writing` does so with the pen held; `meaning_of` as `SearchAnswers.meaning_of`."""
        self._room = room
        self._writing = writing
        self._store = store
        self._meaning_of = meaning_of
        self.verbs: dict[str, Verb] = {
            "context": self._context,
            "story": self._story,
            "program_note": self._program_note,
            "grant": self._grant,
            "revoke": self._revoke,
            "disclosures": self._disclosures,
        }

    # What a program asks

    def _context(self, question: Question) -> Iterator[Answer]:
        """`client`; `text`, `kinds`, `since`, `until` and `limit` as of `search`."""
        now = self._room.clock.now()
        query, limit = replace(query_of(question, now), states=CURRENT, app=None), min(limit_of(question), MOST_TOLD)
        grant = self._granted(question)
        with self._store() as store:
            meaning, _ = self._meaning_of(query.text, store.settings())
        with self._writing() as store, store.transaction():
            grant = _held(store, grant.client)  # it may have been taken back meanwhile
            if grant.kinds:
                query = replace(query, kinds=query.kinds & grant.kinds if query.kinds else grant.kinds)
            hits = store.retrieve(query, now=now, meaning=meaning, limit=MOST_HITS) if _asks(query.kinds, grant) else []
            found = (store.proposition(hit.row.id) for hit in hits if grant.quotes or not _tells_of_quotes(hit))
            told = _those_that_may_leave(found, grant, now, limit)
            _write_down(store, grant, now, "context", str(question.get("text", "")), told)
        yield {"as_of": now.isoformat(), "propositions": [_fields(each, grant, now) for each in told]}

    def _story(self, question: Question) -> Iterator[Answer]:
        """`client` and `id`: one proposition, and how it came about and changed."""
        now, id_ = self._room.clock.now(), proposition_id_of(question)
        grant = self._granted(question)
        with self._writing() as store, store.transaction():
            grant = _held(store, grant.client)
            belief = store.proposition(id_)
            if belief is None or not may_leave(belief, grant, now):
                raise BadInput(NOT_TOLD)
            _write_down(store, grant, now, "story", "", [belief])
        changes = [
            {"at": each.at.isoformat(), "kind": each.kind, "by_the_person": each.made_by == "person"}
            for each in belief.revisions
        ]
        yield {"as_of": now.isoformat(), **_fields(belief, grant, now), "changes": changes}

    def _program_note(self, question: Question) -> Iterator[Answer]:
        """`client` and `text`: heard like a notification, for it is what a program says and not the person's word."""
        text = text_of(question)
        client = self._granted(question).client
        with self._writing() as store, store.transaction():
            _held(store, client)
            norms = norms_of(store)
            rules = (*SHIPPED, *store.privacy_rules())
            keeper = Keeper(store, rules=lambda: rules, norms=lambda: norms, thumbnails=lambda: False)
            keeper.keep_notification(
                Notified(at=self._room.clock.now(), app=client, summary=f"A note by {client}", body=text)
            )
        self._room.something_to_think_about.set()
        self._room.something_to_interpret.set()
        yield {"noted": True}

    def _granted(self, question: Question) -> Grant:
        """Raises NotGranted; a program that asks for the first time is put on the person's list for that."""
        client = name_of(question)
        with self._writing() as store:
            known = store.grant(client)
            asking = sum(each.given_at is None for each in store.grants())
            if known is None and asking < MOST_ASKING:
                store.put_grant(Grant(client=client, asked_at=self._room.clock.now()))
            return _held(store, client)

    # What the person decides

    def _grant(self, question: Question) -> Iterator[Answer]:
        """`client`; `kinds` (none: all), `days` (None: without limit), `quotes`. What it might be told before ends."""
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


def name_of(question: Question) -> str:
    """Raises BadInput."""
    client = question.get("client")
    if not is_name(client):
        raise BadInput(f"A program has a name of at most {LONGEST_NAME} letters without accents, digits and signs.")
    return str(client)


def _held(store: Store, client: str) -> Grant:
    grant = store.grant(client)
    if grant is not None and grant.holds:
        return grant
    if grant is not None and grant.revoked_at is not None:
        raise NotGranted(f"The person does not let “{client}” ask: only they can change that, in gum-app.")
    raise NotGranted(
        f"The person has not yet said what “{client}” may be told: they do it in gum-app, on the page “Privacy” under "
        f"“Other programs”, or with `gum-app grant {client}`."
    )


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


def _asks(kinds: frozenset[Kind], grant: Grant) -> bool:
    """Whether any kind is left: of those asked for, none may be within the grant, and none stands for all."""
    return bool(kinds) or not grant.kinds


def _tells_of_quotes(hit: Hit) -> bool:
    """It was found by the words it rests on alone: to tell of it would be to tell that they stand there."""
    return bool(hit.words) and not hit.by_text and not hit.means_it


def _those_that_may_leave(
    found: Iterable[Proposition | None], grant: Grant, now: datetime, limit: int
) -> list[Proposition]:
    told: list[Proposition] = []
    for belief in found:
        if len(told) == limit:
            break
        if belief is not None and may_leave(belief, grant, now):
            told.append(belief)
    return told


def _write_down(
    store: Store, grant: Grant, at: datetime, verb: str, question: str, told: Iterable[Proposition]
) -> None:
    question = cut_text(question)
    store.add_disclosure(
        Disclosure(
            client=grant.client,
            at=at,
            verb=verb,
            question="" if may_be_private(question) else question,
            propositions=tuple(each.id for each in told),
            with_quotes=grant.quotes,
        )
    )


def _fields(belief: Proposition, grant: Grant, now: datetime) -> dict[str, Any]:
    """For programs. The names are a promise."""
    fields: dict[str, Any] = {
        "id": belief.id,
        "text": belief.text,
        "kind": belief.kind,
        "state": belief.state,
        "confidence": round(belief.confidence, 2),
        "last_supported_at": belief.last_supported_at.isoformat(),
        "only_others_say_so": is_hearsay(belief.evidence),
    }
    if grant.quotes:
        quotes = quotes_of(belief, grant, now)
        fields["quotes"] = [{"at": each.at.isoformat(), "app": each.app, "words": each.quote} for each in quotes]
    return fields


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
    }


def _disclosure_fields(told: Disclosure) -> dict[str, Any]:
    return {
        "client": told.client,
        "at": told.at.isoformat(),
        "verb": told.verb,
        "question": told.question,
        "propositions": list(told.propositions),
        "with_quotes": told.with_quotes,
    }
