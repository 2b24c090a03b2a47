import pytest

from gum_app.rules.wording import denies, folded, listed, named, shortened, slug, stems, words


def test_accents_and_case_do_not_tell_names_apart() -> None:
    assert folded("Pádraig") == folded("PADRAIG")


def test_a_slug_is_made_of_the_saying_stems_in_order() -> None:
    assert slug("I do not eat the meat of animals") == "eat-meat-anim"
    assert slug("of the") == ""


def test_names_and_numbers_cannot_be_said_in_other_words() -> None:
    assert named("Works on close_tracker_2026.ods in LibreOffice") == {"close_tracker_2026.ods", "libreoffice"}


def test_a_shortened_text_ends_between_words() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("short", 12) == "short"


def test_a_list_reads_like_a_sentence() -> None:
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"]) == "one, two and three"


def test_words_and_stems_come_in_their_order() -> None:
    assert words("The flaky tests") == ["the", "flaky", "tests"]
    assert stems("The flaky tests") == ["flaki", "test"]


@pytest.mark.parametrize(
    ("text", "contrary"),
    [
        ("Works on the leases.", "Does not work on the leases."),
        ("Eats meat.", "Never eats meat."),
        ("Eats meat.", "Doesn’t eat meat."),
        ("Smokes.", "Has stopped smoking."),
        ("Likes calls.", "Dislikes calls."),
        ("Notes what was noted.", "Works without noting."),
    ],
)
def test_what_denies_is_told_from_what_says(text: str, contrary: str) -> None:
    assert not denies(text)
    assert denies(contrary)
