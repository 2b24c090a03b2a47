"""What the person has set, as of now: settings and privacy rules, read again only when the database has changed."""

from __future__ import annotations

from gum_app.records import Person, PrivacyRule
from gum_app.rules.norms import Norms
from gum_app.rules.privacy import SHIPPED
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore


class Wishes:
    """Belongs to the thread of its store."""

    def __init__(self, store: ReadingStore) -> None:
        self._store = store
        self._version = -1
        self._settings = Settings()
        self._rules: tuple[PrivacyRule, ...] = SHIPPED
        self._norms = Norms()

    def settings(self) -> Settings:
        self._look()
        return self._settings

    def rules(self) -> tuple[PrivacyRule, ...]:
        """The shipped ones and the person's own."""
        self._look()
        return self._rules

    def norms(self) -> Norms:
        """How much is kept of private matters."""
        self._look()
        return self._norms

    def person(self) -> Person:
        return Person(name=self.settings().person_name)

    def thumbnails(self) -> bool:
        return self.settings().keep_thumbnails

    def stills(self) -> bool:
        """Whether the model that was chosen is to look at pictures."""
        settings = self.settings()
        return settings.sees_pictures and settings.vision_calls_an_hour > 0

    def _look(self) -> None:
        version = self._store.version()
        if version != self._version:
            self._version = version
            self._settings = self._store.settings()
            self._rules = (*SHIPPED, *self._store.privacy_rules())
            self._norms = Norms(said=self._settings.norms, reluctance=self._store.reluctance())
