"""An answer without a deed is not opened again by taking back another deed."""

from gum_app.records import PERSON
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.store.life import an_inquiry
from tests.store.test_inquiries import tell


def test_what_changed_nothing_is_not_taken_back(store: Store) -> None:
    tea = tell(store)
    id_ = store.add_inquiry(an_inquiry(tea))
    store.add_together([a_revision("pinned", proposition_id=tea, made_by=PERSON)])
    store.put_answer(id_, "never", with_deed=False)
    store.undo_last(NOON)
    assert store.inquiries(NOON) == []
