"""What the person has set holds from the moment it is set."""

from __future__ import annotations

from pathlib import Path

from gum_app.daemon.wishes import Wishes
from gum_app.records import Person, PrivacyRule
from gum_app.rules.privacy import SHIPPED
from gum_app.store.store import Store
from tests.daemon.watching import open_store


def test_the_shipped_rules_always_hold_and_the_persons_own_with_them(store: Store, tmp_path: Path) -> None:
    wishes = Wishes(open_store(tmp_path / "gum.db"))
    assert wishes.rules() == SHIPPED
    mine = PrivacyRule(name="diary", title="diary")
    store.add_privacy_rule(mine)
    assert wishes.rules() == (*SHIPPED, mine)
    store.remove_privacy_rule("diary")
    assert wishes.rules() == SHIPPED


def test_a_setting_that_is_changed_elsewhere_is_heard_of(store: Store, tmp_path: Path) -> None:
    wishes = Wishes(open_store(tmp_path / "gum.db"))
    assert not wishes.thumbnails()
    assert wishes.person() == Person()
    store.put_setting("keep_thumbnails", True)
    store.put_setting("person_name", "Ann Smith")
    assert wishes.thumbnails()
    assert wishes.person() == Person(name="Ann Smith")
    assert wishes.settings().keep_thumbnails
