"""The commands that only read, with a running daemon and without one."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

import json

import pytest

from gum_app.errors import BadInput
from gum_app.paths import Home
from tests.test_commands import Run, as_json, lived, run, with_or_without  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("hooks_put_back")


@pytest.mark.usefixtures("with_or_without")
def test_what_is_believed_and_was_seen_is_listed(run: Run) -> None:
    assert "Believes: The parcel router is late." in run("propositions")
    assert "firefox: firefox window" in run("observations")
    assert "banking page" in run("skips")
    assert run("rulings") == ""
    assert "Nothing has been judged yet." in run("calibration")


@pytest.mark.usefixtures("with_or_without")
def test_the_same_as_json(run: Run) -> None:
    believed = as_json(run, "propositions")
    assert {"id", "text", "kind", "confidence", "freshness", "state", "evidence", "revisions"} <= set(believed[0])
    assert {seen["text"] for seen in as_json(run, "observations")} == {
        "I would love some tea",
        "The parcel router is late",
    }
    assert [skip["rule"] for skip in as_json(run, "skips")] == ["banking page"]
    assert as_json(run, "inspect", believed[0]["id"])["text"] == believed[0]["text"]


@pytest.mark.usefixtures("lived")
def test_propositions_are_searched(run: Run) -> None:
    (found,) = as_json(run, "propositions", "--search", "parcels")
    assert found["text"] == "Believes: The parcel router is late."
    assert run("propositions", "--search", "elephants") == "Nothing fits “elephants”.\n"


@pytest.mark.usefixtures("lived")
def test_the_rejected_ones_are_listed_only_when_asked_for(run: Run) -> None:
    run("say", 1, "wrong")
    assert "tea" not in run("propositions")
    assert "tea" in run("propositions", "--all")


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("number", [99, 0, -1, 10**30])
def test_a_proposition_that_is_not_there_is_told(run: Run, number: int) -> None:
    with pytest.raises(BadInput, match=f"There is no proposition {number}"):
        run("inspect", number)


def test_the_doctor_speaks_in_sentences(lived: Home, run: Run) -> None:
    told = run("doctor", status=1).splitlines()
    assert all(line.startswith(("✓ ", "✗ ")) and line.endswith(".") for line in told)
    assert any("database opens" in line for line in told)
    findings = json.loads(run("doctor", "--json", status=1))
    assert {"fine", "sentence"} == set(findings[0])
