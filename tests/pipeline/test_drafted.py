"""What a draft adds, and what it leaves alone."""

from gum_app.pipeline.drafted import at_its_numbers, from_draft, new_evidence, strongest_against
from gum_app.records import ObservationId
from tests.builders import NOON, a_proposition, some_evidence
from tests.pipeline.test_revise import a_draft


def test_a_revision_from_a_draft_has_its_words_and_the_topic_of_what_it_changes() -> None:
    draft, old = a_draft("Works in Code."), a_proposition(topic="thread:code")
    made = from_draft("reworded", draft, NOON, of=old, why="", evidence=())
    assert (made.text, made.topic, made.proposition_id) == (draft.text, old.topic, old.id)
    assert from_draft("created", draft, NOON, why="", evidence=()).topic == draft.topic


def test_evidence_of_an_episode_that_counts_already_is_not_new() -> None:
    old = a_proposition(evidence=(some_evidence("a", observation_id=ObservationId(2)),))
    assert new_evidence(a_draft(), old) == ()
    assert len(new_evidence(a_draft(), a_proposition())) == 1


def test_the_strongest_words_speak_against_the_other() -> None:
    weak, strong = some_evidence("weak", weight=0.3), some_evidence("strong")
    against = strongest_against(a_draft(evidence=(weak, strong)))
    assert (against.quote, against.supports) == ("strong", False)


def test_numbers_of_the_old_stay_with_the_evidence_of_the_new() -> None:
    old = a_proposition(ceiling=0.49, confidence_raw=0.4, half_life_days=1.0, kind="tool")
    draft = at_its_numbers(a_draft(), old)
    assert (draft.ceiling, draft.confidence_raw, draft.half_life_days, draft.kind) == (0.49, 0.4, 1.0, "tool")
    assert draft.evidence == a_draft().evidence
