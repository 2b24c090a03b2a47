from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.pipeline.notice import notice
from gum_app.pipeline.propose_counted import propose_counted
from gum_app.records import Draft, Observation, Sighting
from tests.builders import NOON
from tests.screens import ANNA, a_sighting, rows, seen

LATER = NOON + timedelta(hours=8)


def believed(*observations: Observation) -> list[Draft]:
    """What these episodes amount to, all topics together."""
    by_topic: dict[str, list[Sighting]] = {}
    for observation in observations:
        for sighting in notice(observation, ANNA):
            by_topic.setdefault(sighting.topic, []).append(sighting)
    return [draft for known in by_topic.values() for draft in propose_counted(known, person=ANNA, now=LATER)]


def test_nothing_seen_is_nothing_believed() -> None:
    assert propose_counted((), person=ANNA, now=LATER) == ()


def test_a_topic_no_rule_made_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        propose_counted([a_sighting(topic="weather:rain")], person=ANNA, now=LATER)


def test_every_draft_is_a_sentence_with_evidence_a_reason_and_a_rule() -> None:
    words = rows("Anna Berger 10:44", "I eat everything that is not meat.", "", "Eva Lind 10:50", "Noted.")
    drafts = believed(
        seen(words, id=1, app="Slack", title="random (Channel) - School - Slack"),
        *[seen(id=n, app="WINWORD.EXE", title="Report.docx - Word") for n in (2, 3, 4)],
    )
    assert len(drafts) >= 4
    for draft in drafts:
        assert draft.text[0].isupper() and draft.text[-1] in ".”)", draft.text
        assert draft.evidence and draft.why and draft.made_by.startswith("rule:")
        assert 0.0 < draft.confidence_raw <= draft.ceiling <= 1.0
        assert 2 / 24 <= draft.half_life_days <= 730
        assert "Anna" not in draft.text, "sentences are about a person without naming them"


def test_only_a_stranger_s_word_never_reaches_one_half() -> None:
    sighting = a_sighting(
        topic="mail:keys",
        kind="plan",
        weight=0.3,
        detail={"text": "The keys move to Monday 30 March.", "sender": "Maas", "day": "2026-03-30", "subject": "Keys"},
    )
    (draft,) = propose_counted([sighting] * 9, person=ANNA, now=LATER)
    assert draft.ceiling <= 0.45
    assert draft.text.startswith("An e-mail from Maas says")


def test_a_claim_of_a_page_changes_nothing_that_is_known_better() -> None:
    detail = {"text": "Last day: Friday 15 May 2026", "day": "2026-05-15", "page": "Portal"}
    told = a_sighting(topic="listed:contract", kind="plan", value="2026-05-15", detail=detail)
    claim = a_sighting(
        topic="listed:contract", number=3, value="2027-01-01", detail=detail | {"day": "2027-01-01", "claimed": "yes"}
    )
    (known,) = propose_counted([told, claim], person=ANNA, now=LATER)
    (alone,) = propose_counted([claim], person=ANNA, now=LATER)
    assert (known.value, len(known.evidence)) == ("2026-05-15", 1)
    assert alone.text.startswith("A page claims: has on Portal")
    assert alone.ceiling < 0.5
