"""Afterwards the words are nowhere: in no table, index, journal, page gap or copy; and what is left is sound."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gum_app.records import PERSON, ObservationId, PrivacyRule, Proposition, PropositionId, RevisionKind, Skip
from gum_app.rules.merging import Part, merged, split
from gum_app.rules.revisions import fold
from gum_app.store import forgetting
from gum_app.store.connect import Database
from gum_app.store.listing import PropositionQuery
from gum_app.store.migrations import copy_of
from gum_app.store.reading import ReadingStore
from gum_app.store.store import ForgetReport, ForgetScope, ForgettingUnfinished, Store
from tests.builders import NOON, a_revision, a_verdict, an_observation, some_evidence, some_lines
from tests.store.conftest import KEY
from tests.store.life import a_call, a_frame, a_sighting, an_account, believe, resting_on, see, see_pictures
from tests.store.pages import decrypted

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def terms(path: Path) -> set[str]:
    """Every term of the full-text index: on disk they share beginnings, so that searching for bytes would miss them."""
    database = Database(path, KEY)
    database.run("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, proposition_words, row)")
    found = {row["term"] for row in database.all("SELECT term FROM temp.terms")}
    database.close()
    return found


def test_the_test_itself_sees_words_in_every_place(store: Store, path: Path) -> None:
    seen = see(store, "canaryline", title="canarytitle")
    store.digest(
        [seen],
        sightings=[a_sighting(seen, "canaryquote")],
        revisions=[resting_on((seen, "canaryquote"), text="Says canarytext.")],
        at=NOON,
    )
    store.keep_account(
        an_account(seen, "Read canarydid.", theirs=("canarytheirs",), others=("canaryothers",)), seen, NOON
    )
    see_pictures(store, jpegs=[b"canaryframe"])
    found = set(re.findall(rb"canary\w+", decrypted(path, KEY)))
    assert {b"canarytitle", b"canaryquote", b"canarytext"} <= found, "lines are packed, so they do not show"
    assert {b"canarydid", b"canarytheirs", b"canaryothers", b"canaryframe"} <= found
    store._database.run("DELETE FROM observations")
    assert {"canarytext", "canaryquot"} <= terms(path)


@pytest.mark.parametrize(("seed", "many"), [(0, 300), (1, 300), (2, 0)])
def test_no_page_remembers_what_was_forgotten(
    path: Path, seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "MANY", many)
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(2000)]
    store = Store(path, KEY, fold=fold)
    said: list[PropositionId] = []

    def say(count: int, canary: str) -> str:
        return " ".join([*chance.choices(words, k=count), canary])

    for number in range(250):
        app = "secret" if chance.random() < 0.2 else "firefox"
        canary = f"qzx{number}canary{'x' * chance.randint(0, 30)}" if app == "secret" else ""
        with store.transaction():
            seen = see(store, say(20, canary), app=app, title=say(5, canary), at=NOON + number * MINUTE)
            store.add_thumbnail(seen, NOON, f"jpeg {canary}".encode())
            store.put_frames(seen, [a_frame(seen, f"jpeg {canary} {chance.random()}".encode() * 100)])
            if chance.random() < 0.5:
                store.keep_account(an_account(seen, say(8, canary), theirs=(say(3, canary),)), seen, NOON)
            again = said and chance.random() < 0.5
            quote = say(5, canary)
            revision = resting_on(
                (seen, quote),
                kind="supported" if again else "created",
                proposition_id=chance.choice(said) if again else None,
                text=say(6, canary),
                why=f"Seen as {quote}",
                topic=f"project:{canary or chance.choice(words)}",
            )
            said += store.digest([seen], sightings=[a_sighting(seen, quote)], revisions=[revision], at=NOON)
    assert b"canary" in decrypted(path, KEY)
    report = store.forget(ForgetScope(app="secret"), at=NOON)
    assert report.observations > 20
    assert b"canary" not in decrypted(path, KEY)
    assert store.integrity() == []
    store.close()
    assert not [term for term in terms(path) if "canar" in term]
    assert all(b"canary" not in file.read_bytes() for file in path.parent.glob("gum.db*"))


def test_what_is_forgotten_is_counted_and_the_preview_says_the_same(store: Store) -> None:
    here, gone = see(store, "parcel list"), see(store, "router setup", app="xterm")
    kept = believe(store, (here, "parcel list"), text="Keeps a parcel list.", topic="a")
    believe(store, (gone, "parcel"), kind="supported", proposition_id=kept, text="Keeps a parcel list.", topic="a")
    lost = believe(store, (gone, "router setup"), text="Sets up a router.", topic="b")
    store.add_feedback(a_verdict("right", proposition_id=lost))
    store.digest([gone], sightings=[a_sighting(gone)], revisions=[], at=NOON)
    store.add_thumbnail(gone, NOON, b"jpeg")
    store.keep_account(an_account(gone), gone, NOON)
    store.keep_account(an_account(here), here, NOON)
    see_pictures(store, app="xterm", jpegs=(b"one", b"two"))
    version = list(store.export_lines())
    preview = store.preview_forget(ForgetScope(app="XTERM"))
    assert list(store.export_lines()) == version, "looking changes nothing"
    report = store.forget(ForgetScope(app="XTERM"), at=NOON)
    assert preview == report
    assert report == ForgetReport(
        **{"observations": 2, "propositions": 1, "propositions_changed": 1, "revisions": 2, "evidence": 2},
        **{"thumbnails": 1, "sightings": 1, "frames": 2, "accounts": 1},
    )
    assert store.accounts([gone, here]).keys() == {here}
    assert store.proposition(lost) is None
    assert store.feedback() == []
    assert store.integrity() == []


def test_an_episode_at_the_edge_goes_whole(store: Store) -> None:
    for start, end in ((0, 10), (10, 20), (20, 30), (31, 40)):
        see(store, started_at=NOON + start * MINUTE, ended_at=NOON + end * MINUTE)
    store.forget(ForgetScope(since=NOON + 15 * MINUTE, until=NOON + 30 * MINUTE), at=NOON)
    assert [(seen.started_at - NOON) // MINUTE for seen in store.observations()] == [31, 0]


def test_an_open_episode_goes_too(store: Store) -> None:
    store.open_observation(an_observation(text="router"))
    assert store.forget(ForgetScope(since=NOON - MINUTE), at=NOON).observations == 1


def test_a_day_is_that_of_the_wall_clock(store: Store) -> None:
    tokyo = timezone(timedelta(hours=9))
    see(store, "early", at=datetime(2026, 3, 11, 1, tzinfo=tokyo))
    see(store, "late", at=datetime(2026, 3, 11, 23, tzinfo=UTC))
    see(store, "before", at=datetime(2026, 3, 10, 23, 59, tzinfo=UTC))
    see(store, "over midnight", started_at=datetime(2026, 3, 9, tzinfo=UTC), ended_at=datetime(2026, 3, 12, tzinfo=UTC))
    assert store.forget(ForgetScope(day=date(2026, 3, 11)), at=NOON).observations == 3
    assert [seen.text for seen in store.observations(with_lines=True)] == ["before"]


def test_all_that_is_set_must_hold(store: Store) -> None:
    see(store, app="xterm", at=NOON)
    see(store, app="xterm", at=NOON + HOUR)
    see(store, app="firefox", at=NOON + HOUR)
    assert store.forget(ForgetScope(app="xterm", since=NOON + MINUTE), at=NOON).observations == 1
    assert {seen.app for seen in store.observations()} == {"xterm", "firefox"}


def test_single_episodes_can_go(store: Store) -> None:
    ids = [see(store, "one"), see(store, "two"), see(store, "three")]
    store.forget(ForgetScope(observation_ids=(ids[0], ids[2])), at=NOON)
    assert [seen.id for seen in store.observations()] == [ids[1]]


def test_skips_go_with_their_time_but_not_with_an_app(store: Store) -> None:
    store.add_skip(Skip(started_at=NOON, ended_at=NOON + MINUTE, rule="paused"))
    assert store.forget(ForgetScope(app="xterm"), at=NOON).skips == 0
    assert store.forget(ForgetScope(since=NOON + MINUTE), at=NOON).skips == 1
    assert store.skips() == []


def test_a_quote_whose_observation_has_expired_goes_with_its_time_day_and_app(store: Store) -> None:
    for hour in range(4):
        at = NOON + hour * 24 * HOUR
        seen = see(store, "parcel router", at=at)
        quote = some_evidence("parcel router", observation_id=seen, at=at, app=("xterm", "firefox")[hour % 2])
        store.add_revisions([a_revision(evidence=(quote,), text=f"Day {hour}", topic=str(hour))])
    store.expire(at=NOON, words_before=NOON + 100 * 24 * HOUR, thumbnails_before=NOON, max_bytes=10**9)

    def left() -> list[str]:
        return [row.text for row in store.propositions(PropositionQuery(sort="oldest"), now=NOON)]

    assert left() == ["Day 0", "Day 1", "Day 2", "Day 3"]
    store.forget(ForgetScope(day=date(2026, 3, 11)), at=NOON)
    assert left() == ["Day 0", "Day 2", "Day 3"]
    store.forget(ForgetScope(app="firefox"), at=NOON)
    assert left() == ["Day 0", "Day 2"]
    store.forget(ForgetScope(since=NOON + HOUR), at=NOON)
    assert left() == ["Day 0"]


def test_a_proposition_goes_with_its_history_and_its_observations_stay(store: Store) -> None:
    seen = see(store, "parcel router")
    id_ = believe(store, (seen, "parcel router"))
    believe(store, (seen, "parcel"), kind="supported", proposition_id=id_)
    scope = ForgetScope(proposition_id=id_)
    assert store.preview_forget(scope) == ForgetReport(propositions=1, revisions=2, evidence=2)
    store.forget(scope, at=NOON)
    assert store.proposition(id_) is None
    assert store.observation(seen) is not None
    assert store.integrity() == []


def test_everything_goes_but_what_the_person_set(store: Store, path: Path) -> None:
    store.put_setting("person_name", "Ann")
    store.add_privacy_rule(PrivacyRule(name="bank", app="bank"))
    seen = see(store, "canary", title="canary")
    store.add_thumbnail(seen, NOON, b"canary")
    id_ = believe(store, (seen, "canary"), text="A canary.", topic="canary")
    store.add_feedback(a_verdict("right", proposition_id=id_))
    store.digest([seen], sightings=[a_sighting(seen, "canary")], revisions=[], at=NOON)
    store.add_skip(Skip(started_at=NOON, ended_at=NOON, rule="paused"))
    store.keep_account(an_account(seen, "Read about a canary."), seen, NOON)
    see_pictures(store, jpegs=[b"canary"])
    store.add_call(a_call())
    before = list(store.export_lines())
    preview = store.preview_forget(ForgetScope(everything=True))
    assert list(store.export_lines()) == before
    report = store.forget(ForgetScope(everything=True), at=NOON)
    assert report == preview
    assert report == ForgetReport(
        **{"observations": 2, "propositions": 1, "revisions": 1, "evidence": 1, "thumbnails": 1, "skips": 1},
        **{"sightings": 1, "frames": 1, "accounts": 1},
    )
    assert store.calls() == [], "they tell when somebody was here"
    assert b"canary" not in decrypted(path, KEY)
    left = [line.split('"')[1] for line in store.export_lines()]
    assert left == ["gum_export", "privacy_rule", "setting"]
    assert store.integrity() == []


def test_a_scope_that_names_nothing_is_not_everything(store: Store) -> None:
    see(store, "router")
    for forget in (store.preview_forget, lambda scope: store.forget(scope, at=NOON)):
        with pytest.raises(ValueError, match="names nothing"):
            forget(ForgetScope())
    assert len(store.observations()) == 1


def test_forgetting_again_finds_nothing(store: Store) -> None:
    see(store, "router")
    store.forget(ForgetScope(since=NOON), at=NOON)
    assert store.forget(ForgetScope(since=NOON), at=NOON) == ForgetReport()
    assert store.forget(ForgetScope(proposition_id=PropositionId(5)), at=NOON) == ForgetReport()


def test_done_is_said_only_when_no_reader_keeps_the_journal(store: Store, path: Path) -> None:
    seen = see(store, "canary", title="canary")
    believe(store, (seen, "canary"), text="A canary.")
    with ReadingStore(path, KEY) as reader:
        with reader._database.snapshot():
            reader.observations()
            with pytest.raises(ForgettingUnfinished, match="close the other windows"):
                forgetting.forget(store._database, fold, ForgetScope(since=NOON), NOON, patience_seconds=0)
            assert store.observations() == [], "it is deleted all the same"
            assert store.is_forgetting_unfinished()
        store.finish_forgetting()
    assert not store.is_forgetting_unfinished()
    assert b"canary" not in decrypted(path, KEY)


def test_a_forgetting_that_was_cut_off_is_finished_at_the_next_start(store: Store, path: Path) -> None:
    seen = see(store, "canary", title="canary")
    store.discard_observation(seen)
    assert store.is_forgetting_unfinished()
    assert b"canary" in decrypted(path, KEY)
    store.close()
    again = Store(path, KEY, fold=fold)
    assert not again.is_forgetting_unfinished()
    assert b"canary" not in decrypted(path, KEY)
    again.close()


def test_the_app_starts_though_a_reader_holds_up_the_end_of_a_forgetting(store: Store, path: Path) -> None:
    store.discard_observation(see(store, "canary"))
    store.close()
    with ReadingStore(path, KEY) as reader, reader._database.snapshot():
        reader.observations()
        again = Store(path, KEY, fold=fold)
        assert again.is_forgetting_unfinished()
        again.close()


def test_a_copy_from_before_an_update_goes_too(store: Store, path: Path) -> None:
    see(store, "router")
    copy = copy_of(path, "a later idea")
    copy.write_bytes(b"words")
    store.forget(ForgetScope(since=NOON), at=NOON)
    assert not copy.exists()


def test_a_discarded_episode_takes_its_conclusions_along(store: Store) -> None:
    seen = store.open_observation(an_observation(lines=some_lines("salary statement")))
    id_ = believe(store, (seen, "salary statement"), text="Has a salary.")
    store.discard_observation(seen)
    assert store.observation(seen) is None
    assert store.proposition(id_) is None
    assert store.integrity() == []


def test_an_episode_untold_keeps_its_time_and_no_word_nor_what_was_concluded(store: Store, path: Path) -> None:
    seen = see_pictures(store, "canaryline", title="canarytitle", url="https://canary.example", active_seconds=60.0)
    believe(store, (seen, "canaryquote"), text="Says canarytext.")
    store.add_thumbnail(seen, NOON, b"canarythumb")
    store.digest([seen], sightings=[a_sighting(seen, "canarysight")], revisions=(), at=NOON)
    store.untell_observation(seen, "A matter of health")
    store.finish_forgetting()
    (left,) = store.observations(with_lines=True)
    assert (left.title, left.url, left.lines, left.active_seconds) == ("A matter of health", None, (), 60.0)
    assert store.frames_of(seen) == []
    assert store.thumbnail(seen) is None
    assert store.propositions(PropositionQuery(), now=NOON) == []
    assert store.integrity() == []
    store.close()
    assert re.findall(rb"canary\w*", decrypted(path, KEY)) == []


def canaries(path: Path) -> set[bytes]:
    return set(re.findall(rb"canary\w+", decrypted(path, KEY)))


def two_beliefs(store: Store) -> tuple[PropositionId, PropositionId, ObservationId]:
    """The second rests on words that will be forgotten."""
    plain, secret = see(store, "plain words"), see(store, "canaryline words", at=NOON + HOUR)
    kept = believe(store, (plain, "plain"), text="Likes plain things.", topic="interest:plain")
    gone = believe(store, (secret, "canaryline"), text="Likes the canaryline.", topic="interest:canaryline")
    return kept, gone, secret


def folded(store: Store, id_: PropositionId) -> Proposition:
    found = store.proposition(id_)
    assert found is not None
    return found


def test_what_was_merged_away_and_is_forgotten_leaves_its_heir_no_words(store: Store, path: Path) -> None:
    kept, gone, seen = two_beliefs(store)
    before = folded(store, kept)
    store.add_together(merged(before, folded(store, gone), why="The same.", made_by="rule:tidying", at=NOON))
    assert len(folded(store, kept).evidence) == 2
    store.forget(ForgetScope(proposition_id=gone), at=NOON)
    assert [item.quote for item in folded(store, kept).evidence] == ["plain"]
    assert "canaryline" not in " ".join(terms(path))
    store.forget(ForgetScope(observation_ids=(seen,)), at=NOON)
    assert canaries(path) == set()
    assert store.integrity() == []


@pytest.mark.parametrize("kind", ["ended", "doubted"])
def test_what_a_forgotten_belief_did_to_another_is_undone(store: Store, kind: RevisionKind) -> None:
    kept, gone, seen = two_beliefs(store)
    against = some_evidence("canaryline", observation_id=seen, supports=False)
    revision = a_revision(kind, proposition_id=kept, text="Likes plain things.", topic="interest:plain")
    store.add_together([replace(revision, other=gone, evidence=(against,))])
    assert folded(store, kept).state == kind
    store.forget(ForgetScope(proposition_id=gone), at=NOON)
    assert folded(store, kept).state == "active"
    assert "canaryline" not in repr(folded(store, kept))
    assert store.integrity() == []


def test_the_parts_of_what_was_split_do_not_tell_what_the_forgotten_part_was_about(store: Store, path: Path) -> None:
    plain, secret = see(store, "plain words"), see(store, "canaryline words", at=NOON + HOUR)
    id_ = believe(
        store, (secret, "canaryline"), (plain, "plain"), text="Likes canaryline, plain.", topic="x:canaryline"
    )
    whole = folded(store, id_)
    parts = [Part("Likes the canaryline.", whole.evidence[:1]), Part("Likes plain.", whole.evidence[1:])]
    ids = store.add_together(split(whole, parts, made_by=PERSON, at=NOON))
    store.forget(ForgetScope(observation_ids=(secret,)), at=NOON)
    assert canaries(path) == set()
    assert folded(store, ids[1]).text == "Likes plain."
    assert store.integrity() == []
