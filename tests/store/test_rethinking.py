"""Episodes that go on are thought about anew; what shows that it may not be kept goes at once."""

from gum_app.records import Sighting
from gum_app.store.store import Store
from tests.builders import NOON, a_line, a_revision, an_observation, some_evidence, some_lines


def test_an_episode_that_goes_on_is_thought_about_anew_and_its_sightings_are_not_doubled(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="first words"))
    store.close_observation(id_)
    seen = Sighting(topic="project:x", kind="task", observation_id=id_, at=NOON, app="code", quote="first words")
    store.digest([id_], sightings=[seen], revisions=[], at=NOON)
    assert store.undigested() == []
    more = (a_line("other words", y=300),)
    store.extend_observation(id_, ended_at=NOON, active_seconds=90, lines=more)
    (again,) = store.undigested()
    assert again.text == "first words\nother words"
    store.digest([id_], sightings=[seen], revisions=[], at=NOON)
    assert len(store.sightings({"project:x"})["project:x"]) == 1


def test_words_read_twice_on_the_same_place_give_nothing_new_to_think_about(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="first words"))
    store.close_observation(id_)
    store.digest([id_], sightings=[], revisions=[], at=NOON)
    store.extend_observation(id_, ended_at=NOON, active_seconds=90, lines=some_lines("first words"))
    assert store.undigested() == []


def test_a_discarded_episode_leaves_no_row_and_what_rested_on_it_is_gone(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="a bank page"))
    store.close_observation(id_)
    belief = a_revision(evidence=(some_evidence(observation_id=id_),))
    store.digest([id_], sightings=[], revisions=[belief], at=NOON)
    with store.transaction():
        store.discard_observation(id_)
    assert store.observation(id_) is None
    assert store.propositions_about(belief.topic) == []
    assert store.integrity() == []


def test_what_was_open_is_found_again_with_its_words(store: Store) -> None:
    store.open_observation(an_observation(text="first words"))
    (open_one,) = store.open_observations()
    assert open_one.text == "first words"
    store.close_all_observations()
    assert store.open_observations() == []
