"""Settings are typed and bounded, and a wrong value is answered with a sentence."""

import pytest

from gum_app.errors import BadInput
from gum_app.settings import BOTH, Mark, Settings


def test_every_setting_has_a_default_and_a_sentence() -> None:
    settings = Settings()
    for name, field in Settings.model_fields.items():
        assert field.description and field.description.endswith("."), name
        assert getattr(settings, name) is not None


def test_a_changed_setting_leaves_the_others() -> None:
    settings = Settings().with_value("keep_words_days", 30)
    assert (settings.keep_words_days, settings.theme) == (30, "system")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("keep_words_days", 0, "cannot be set for keep_words_days"),
        ("theme", "pink", "cannot be set for theme"),
        ("ask_key", "G", "while one types"),
        ("kolour", 1, "no setting named"),
        ("quiet_from", "10 pm", "“10 pm” cannot be set for quiet_from: it is not a time of day such as 22:00."),
        ("quiet_until", "24:00", "not a time of day"),
        ("suggestions_a_day", 51, "cannot be set for suggestions_a_day"),
        ("never_offered", ["nagging"], "cannot be set for never_offered"),
    ],
)
def test_a_wrong_setting_is_refused_in_words(name: str, value: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        Settings().with_value(name, value)


def test_a_combination_of_keys_is_kept_as_it_is_usually_written() -> None:
    assert Settings().with_value("ask_key", " alt + control + g ").ask_key == "Ctrl+Alt+G"
    assert Settings().with_value("ask_key", "").ask_key == ""


def test_every_setting_is_shown_on_one_page_or_set_by_a_deed() -> None:
    marks = {name: Settings.mark(name) for name in Settings.model_fields}
    assert Settings.mark("endpoint_url").remakes == BOTH
    assert Settings.mark("theme") == Settings.mark("kolour") == Mark()
    for name, mark in marks.items():
        assert mark.page != "none" or mark.verb != "set", f"{name} can be neither seen nor set"
        assert not mark.remakes or mark.page == "model", name
