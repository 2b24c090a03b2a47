"""What one program is told: within its grant, under pseudonyms where the person wants them, and written down before.

Used within one transaction, so that a grant that is taken back and words that are forgotten meanwhile are heeded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from gum_app.daemon.answers_search import limit_of, query_of
from gum_app.link import Question
from gum_app.records import CURRENT, Disclosure, Grant, Observation, Proposition, PropositionId, Window
from gum_app.rules.confidence import is_hearsay
from gum_app.rules.delicate import may_be_private
from gum_app.rules.leaving import episode_may_leave, horizon, may_leave, quotes_of
from gum_app.rules.people_named import like_names, named_anywhere, named_in_relationship
from gum_app.rules.privacy import SHIPPED, hides
from gum_app.rules.pseudonyms import PSEUDONYM, Pseudonyms, key_for
from gum_app.rules.secrets import cut_text
from gum_app.rules.titles import place_of
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import MOST_HITS, Hit, Query
from gum_app.store.store import Store

MOST_EPISODES = 2_000  # that are looked at for what was done lately
MOST_TOLD = 50  # propositions in one answer
MOST_ROUNDS = 4  # in which what is found shows words of the question to be names

Fields = dict[str, Any]


class Telling:
    def __init__(self, store: Store, grant: Grant, secret: bytes, now: datetime) -> None:
        """`grant` holds. `secret`: what pseudonyms are made with, which never leaves."""
        self.store, self.grant, self._now = store, grant, now
        self._hiding = _pseudonyms(store, grant, secret) if grant.pseudonyms else None

    def asked(self, text: str) -> str:
        """A question as it is looked for: with the names that its pseudonyms stand for, and without all others."""
        if self._hiding is None:
            return text
        return self._with_names_told(text).resolve(self._hiding.without_names(text))

    def noted(self, text: str) -> str:
        """What it says itself, with the names that its pseudonyms stand for."""
        return text if self._hiding is None else self._with_names_told(text).resolve(text)

    def query(self, question: Question) -> Query:
        """Raises BadInput."""
        text = question.get("text", "")
        text = self.asked(text) if isinstance(text, str) else text
        query = replace(query_of({**question, "text": text}, self._now), states=CURRENT, app=None)
        if not self.grant.kinds:
            return query
        return replace(query, kinds=query.kinds & self.grant.kinds if query.kinds else self.grant.kinds)

    def find(self, question: Question, meaning: Meaning | None = None, meant: str = "") -> list[Proposition]:
        """The best first. Nothing is found by a name, nor by words that the program is not told.

        `meaning`: that of `meant`; it counts where that is what is looked for. Raises BadInput.
        """
        limit = min(limit_of(question), MOST_TOLD)
        told: list[Proposition] = []
        looked_for: Query | None = None
        for _ in range(MOST_ROUNDS):
            if self._asks_for_names_alone(question):
                return []  # as of a name that nobody has: else the answer would tell who is known
            query = self.query(question)
            if query == looked_for:
                return told
            told = self._found(query, meaning if query.text == meant else None, limit)
            if self._hiding is None:
                return told
            looked_for, self._hiding = query, self._hiding.with_names(_names_in(told))
        return []

    def one(self, id_: PropositionId) -> Proposition | None:
        belief = self.store.proposition(id_)
        if belief is None or not may_leave(belief, self.grant, self._now):
            return None
        if self._hiding is not None:
            self._hiding = self._hiding.with_names(_names_in([belief]))
        return belief

    def done_lately(self, hours: int, limit: int) -> list[Observation]:
        """The newest first; of one window that was in front again and again, each time."""
        since = max(self._now - timedelta(hours=hours), horizon(self.grant, self._now))
        rules = (*SHIPPED, *self.store.privacy_rules())
        told: list[Observation] = []
        for seen in self.store.observations(since=since, limit=MOST_EPISODES):
            window = Window(app=seen.app, title=seen.title, url=seen.url)
            if episode_may_leave(seen, self.grant, self._now) and not any(hides(rule, window) for rule in rules):
                told.append(seen)
            if len(told) == limit:
                break
        if self._hiding is not None:
            self._hiding = self._hiding.with_names(_names_in_titles(told))
        return told

    def write_down(
        self,
        verb: str,
        question: str = "",
        propositions: Iterable[Proposition] = (),
        seen: Iterable[Observation] = (),
    ) -> None:
        question = cut_text(question)
        self.store.add_disclosure(
            Disclosure(
                client=self.grant.client,
                at=self._now,
                verb=verb,
                question="" if may_be_private(question) else question,
                propositions=tuple(each.id for each in propositions),
                with_quotes=self.grant.quotes,
                with_pseudonyms=self.grant.pseudonyms,
                seen=tuple(each.id for each in seen),
            )
        )

    def fields(self, belief: Proposition) -> Fields:
        """For programs. The names are a promise."""
        told: Fields = {
            "id": belief.id,
            "text": self._hidden(belief.text),
            "kind": belief.kind,
            "state": belief.state,
            "confidence": round(belief.confidence, 2),
            "last_supported_at": belief.last_supported_at.isoformat(),
            "only_others_say_so": is_hearsay(belief.evidence),
        }
        if self.grant.quotes:
            told["quotes"] = [
                {"at": each.at.isoformat(), "app": self._hidden(each.app), "words": self._hidden(each.quote)}
                for each in quotes_of(belief, self.grant, self._now)
            ]
        return told

    def episode_fields(self, seen: Observation) -> Fields:
        return {
            "app": self._hidden(seen.app),
            "title": self._hidden(seen.title),
            "started_at": seen.started_at.isoformat(),
            "ended_at": seen.ended_at.isoformat(),
            "active_seconds": round(seen.active_seconds),
        }

    # Pieces

    def _hidden(self, text: str) -> str:
        return text if self._hiding is None else self._hiding.hide(text)

    def _found(self, query: Query, meaning: Meaning | None, limit: int) -> list[Proposition]:
        told: list[Proposition] = []
        if self.grant.kinds and not query.kinds:
            return told  # of the kinds asked for none is within the grant, and none stands for all
        hits = self.store.retrieve(query, now=self._now, meaning=meaning, limit=MOST_HITS)
        for hit in hits:
            if len(told) == limit:
                break
            belief = None if _tells_of_quotes(hit) and not self.grant.quotes else self.store.proposition(hit.row.id)
            if belief is not None and may_leave(belief, self.grant, self._now):
                told.append(belief)
        return told

    def _asks_for_names_alone(self, question: Question) -> bool:
        text = question.get("text", "")
        return isinstance(text, str) and bool(text.strip()) and not self.asked(text).strip(" .,;:'’\"")

    def _with_names_told(self, text: str) -> Pseudonyms:
        """Also those that only what it was told shows to be names, where a pseudonym is nobody's else."""
        assert self._hiding is not None
        if PSEUDONYM.search(self._hiding.resolve(text)) is None:
            return self._hiding
        words = self.store.words_told(self.grant.client)
        return self._hiding.with_names(name for each in words for name in named_anywhere(each))


def _pseudonyms(store: Store, grant: Grant, secret: bytes) -> Pseudonyms:
    names, relationships = store.names_of_others()
    told = (name for text in relationships for name in named_in_relationship(text))
    return Pseudonyms(key_for(secret, grant.client), (*like_names(names), *told), store.settings().person_name)


def _names_in(told: Sequence[Proposition]) -> list[str]:
    """But for the programs that they were seen in: “with QGIS” names nobody."""
    places = [place_of(item.app, item.quote, None) for belief in told for item in belief.evidence]
    programs = {name for place in places for name in (place.program, place.site)}
    texts = (text for belief in told for text in (belief.text, *(item.quote for item in belief.evidence)))
    found = [name for text in texts for name in named_anywhere(text) if name not in programs]
    return [*found, *like_names(place.peer for place in places)]


def _names_in_titles(told: Sequence[Observation]) -> list[str]:
    places = [place_of(seen.app, seen.title, seen.url) for seen in told]
    programs = {name for place in places for name in (place.program, place.site)}
    found = [name for seen in told for name in named_anywhere(seen.title) if name not in programs]
    return [*found, *like_names(place.peer for place in places)]


def _tells_of_quotes(hit: Hit) -> bool:
    """It was found by the words it rests on alone: to tell of it would be to tell that they stand there."""
    return bool(hit.words) and not hit.by_text and not hit.means_it
