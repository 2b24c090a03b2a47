"""What a model may look at once more, and what becomes of its verdicts. The interpreter's test has the whole way."""

from __future__ import annotations

from typing import Any

from gum_app.clock import SetClock
from gum_app.daemon.auditor import Auditor
from gum_app.daemon.mind import Mind
from gum_app.records import Person
from gum_app.rules.norms import Norms
from tests.builders import NOON, an_observation
from tests.pipeline.test_audit_asked import a_draft
from tests.world.scripted_model import ScriptedModel


def an_auditor(*answers: object) -> tuple[Auditor, ScriptedModel]:
    model = ScriptedModel(*answers)
    mind = Mind(SetClock(NOON), lambda _call: None)
    mind.think_with(model)
    return Auditor(mind, norms=Norms, person=Person), model


NONE: dict[str, Any] = {"number": 1, "kind": "none", "verdict": "keep"}


def test_where_nothing_is_to_be_judged_nothing_is_asked() -> None:
    auditor, model = an_auditor()
    audited = auditor.audit([], [an_observation(text="Solicitor")], leaves=False)
    assert (audited.drafts, audited.cuttings, audited.rulings) == ((), (), ())
    assert model.asked == []


def test_a_row_that_goes_takes_only_itself() -> None:
    auditor, _ = an_auditor({"verdicts": [NONE, {"number": 2, "kind": "legal", "verdict": "drop"}]})
    seen = an_observation(text="Lunch\nSolicitor, fourth floor")
    audited = auditor.audit([a_draft()], [seen], leaves=False)
    (cutting,) = audited.cuttings
    assert [line.text for line in cutting.lines] == ["Lunch"]
    assert [(ruling.matter, id_) for ruling, _, id_ in audited.rulings] == [("legal", seen.id)]


def test_what_leaves_the_computer_holds_no_row_in_doubt() -> None:
    auditor, model = an_auditor({"verdicts": [NONE]})
    audited = auditor.audit([a_draft()], [an_observation(text="Solicitor, fourth floor")], leaves=True)
    assert len(audited.drafts) == 1
    assert "Solicitor" not in str(model.asked[0].parts)
