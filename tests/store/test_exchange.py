"""Everything goes out, noun by noun, and nobody waits for whoever reads it."""

from __future__ import annotations

import json

from gum_app.settings import Settings
from gum_app.store.exchange import STAYS_HERE
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.store.life import see


def test_every_line_is_one_noun(full: Store) -> None:
    lines = [json.loads(line) for line in full.export_lines()]
    assert lines[0] == {"gum_export": 1}
    assert {noun for line in lines[1:] for noun in line} == {
        *("observation", "thumbnail", "account", "sighting", "revision", "spot_check", "feedback", "inquiry"),
        *("skip", "privacy_rule", "setting"),
    }


def test_what_is_said_of_one_computer_is_a_setting_that_there_is() -> None:
    assert Settings.model_fields.keys() > STAYS_HERE
    servers = {name for name in Settings.model_fields if name.startswith(("endpoint_", "download_"))}
    assert servers < STAYS_HERE, "a file from elsewhere must not decide where words are sent or what is fetched"


def test_what_does_not_travel_is_not_in_the_file(full: Store) -> None:
    full.put_setting("endpoint_url", "http://canary.example")
    full.put_setting("think_when", "always")
    text = "\n".join(full.export_lines())
    assert "canary" not in text
    assert '"think_when"' in text
    assert '"jpeg": "anBlZw=="' not in text, "no picture that waits for the model"
    assert "prompt_tokens" not in text


def test_a_reader_may_take_its_time(full: Store) -> None:
    lines = full.export_lines()
    next(lines)
    see(full, "nobody waits for the export")
    assert len(list(lines)) > 10


def test_a_reader_can_take_everything_along(full: Store, reading: ReadingStore) -> None:
    assert list(reading.export_lines()) == list(full.export_lines())


def test_words_go_out_as_they_are(full: Store) -> None:
    assert any("“quoted”" in line and "😀" in line for line in full.export_lines())
