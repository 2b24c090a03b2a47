"""What windows may ask about the model: how it is, fetching and deleting, choosing, a server, and a try."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from gum_app import engine
from gum_app.addresses import read_address
from gum_app.catalogue import load_catalogue
from gum_app.daemon import model_status
from gum_app.daemon.room import Room
from gum_app.daemon.trial import trial
from gum_app.daemon.workshop import Workshop
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.settings import ENDPOINT, OWN, Settings
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world.shelf import look_at_own

Verb = Callable[[Question], Iterator[Answer]]
Writing = Callable[[], AbstractContextManager[Store]]


class ModelAnswers:
    """`writing` gives a store to write with, under the pen."""

    def __init__(self, room: Room, writing: Writing) -> None:
        self._room = room
        self._writing = writing
        self._workshop = Workshop(
            room.home, load_catalogue(), changed=room.choose_models_again, report=room.report_fault
        )
        self._surveyor = model_status.Surveyor(room)
        self.verbs: dict[str, Verb] = {
            "model": self._model,
            "model_download": self._download,
            "model_pause": self._pause,
            "model_check": self._check,
            "model_delete": self._delete,
            "model_choose": self._choose,
            "model_files": self._files,
            "model_try": self._try,
            "model_wake": self._wake,
            "engine_build": self._build,
            "engine_stop": self._stop_building,
            "engine_remove": self._remove_engine,
            "endpoint": self._endpoint,
            "endpoint_off": self._endpoint_off,
            "endpoint_forget_key": self._endpoint_forget_key,
        }

    def close(self) -> None:
        self._workshop.close()

    def _model(self, _question: Question) -> Iterator[Answer]:
        machine = self._surveyor.machine()
        assert self._room.key is not None, "the link asks for the key first"
        with ReadingStore(self._room.home.database, self._room.key) as store:
            yield model_status.answer(self._room, self._workshop, machine, store)

    # The list

    def _download(self, question: Question) -> Iterator[Answer]:
        with self._writing() as store:
            settings = store.settings()
        self._workshop.fetch(_text(question, "id"), settings)
        yield {"ok": True}

    def _pause(self, question: Question) -> Iterator[Answer]:
        self._workshop.pause(_text(question, "id"))
        yield {"ok": True}

    def _check(self, question: Question) -> Iterator[Answer]:
        self._workshop.check(_text(question, "id"))
        yield {"ok": True}

    def _delete(self, question: Question) -> Iterator[Answer]:
        """A model that is in use is switched off first: its files are open."""
        id_ = load_catalogue().find(_text(question, "id")).id
        with self._writing() as store:
            settings = store.settings()
            used = {name: "" for name in ("model", "embedding_model") if getattr(settings, name) == id_}
            self._put(store, used)
        mind = self._room.mind
        if "model" in used and mind is not None:
            mind.think_with(None)  # at once: on some systems an open file cannot be deleted
        if "embedding_model" in used and mind is not None:
            mind.compare_with(None)
        self._workshop.delete(id_)
        yield {"ok": True}

    def _choose(self, question: Question) -> Iterator[Answer]:
        wanted = {"model": _text(question, "model")}
        if question.get("embedding") is not None:
            wanted["embedding_model"] = _text(question, "embedding")
        for name, kind in (("model", "sees"), ("embedding_model", "embeds")):
            id_ = wanted.get(name, "")
            if id_ not in ("", OWN, ENDPOINT) and load_catalogue().find(id_).kind != kind:
                raise BadInput(f"“{id_}” is not a model for that: choose another.")
        with self._writing() as store:
            before = store.settings()  # what stays chosen goes on undisturbed
            self._put(store, {name: id_ for name, id_ in wanted.items() if id_ != getattr(before, name)})
        yield {"ok": True}

    def _files(self, question: Question) -> Iterator[Answer]:
        weights, projector = _text(question, "weights"), _text(question, "projector")
        if not weights:
            raise BadInput("Choose the file with the weights of the model: it ends in .gguf.")
        try:
            paths = [Path(each).expanduser() for each in (weights, projector) if each]
        except RuntimeError:
            raise BadInput("There is nobody of that name on this computer: write the folder in full.") from None
        look_at_own(paths[0], paths[1] if projector else None)
        with self._writing() as store:
            chosen = [str(path.resolve()) for path in paths] + [""]
            self._put(store, {"model_weights": chosen[0], "model_projector": chosen[1], "model": OWN})
        yield {"ok": True}

    def _wake(self, _question: Question) -> Iterator[Answer]:
        """Both models are tried again at once, also with what was set aside."""
        with self._writing() as store:
            store.try_again()
        if self._room.mind is not None:
            self._room.mind.wake()
        self._room.choose_models_again()
        yield {"ok": True}

    # The engine

    def _build(self, _question: Question) -> Iterator[Answer]:
        self._workshop.build_engine()
        yield {"ok": True}

    def _stop_building(self, _question: Question) -> Iterator[Answer]:
        self._workshop.stop_building()
        yield {"ok": True}

    def _remove_engine(self, _question: Question) -> Iterator[Answer]:
        self._workshop.stop_building()
        if self._room.mind is not None:
            self._room.mind.think_with(None)
            self._room.mind.compare_with(None)
        engine.remove(self._room.home)
        self._room.choose_models_again()
        yield {"ok": True}

    # A server

    def _endpoint(self, question: Question) -> Iterator[Answer]:
        """Raises BadInput for an address that is none, and for one beyond this computer without the words."""
        from gum_app.world.endpoint import Endpoint, EndpointEmbedder
        from gum_app.world.endpoint_key import drop_api_key, keep_api_key

        url, confirmed = _text(question, "url"), _text(question, "confirmed")
        model, compares = _text(question, "model"), _text(question, "embedding_model")
        with self._writing() as store:
            before = store.settings()
        same = _where(before.endpoint_url) == read_address(url).where
        words = confirmed or (before.endpoint_confirmed if same else "")
        if not model and not compares:
            raise BadInput("Say what the server calls the model, such as qwen3-vl.")
        (Endpoint if model else EndpointEmbedder)(url, model or compares, confirmed=words).close()
        has_key = same and before.endpoint_has_key
        if before.endpoint_has_key and not same:
            drop_api_key(self._room.home, before.endpoint_url)
        if question.get("key"):
            keep_api_key(self._room.home, url, _text(question, "key"))
            has_key = True
        wanted: dict[str, Any] = {
            "endpoint_url": url,
            "endpoint_model": model,
            "endpoint_embedding_model": compares,
            "endpoint_confirmed": words,
            "endpoint_has_key": has_key,
        }
        wanted |= {"model": ENDPOINT} if model else {}
        wanted |= {"embedding_model": ENDPOINT} if compares else {}
        with self._writing() as store:
            self._put(store, wanted)
        yield {"ok": True}

    def _endpoint_off(self, question: Question) -> Iterator[Answer]:
        """Nothing goes there any more: the words that allowed it go, then the key leaves the keyring."""
        with self._writing() as store:
            before = store.settings()
            wanted: dict[str, Any] = {"endpoint_confirmed": ""}
            wanted |= {name: "" for name in ("model", "embedding_model") if getattr(before, name) == ENDPOINT}
            self._put(store, wanted)
        yield from self._endpoint_forget_key(question)

    def _endpoint_forget_key(self, _question: Question) -> Iterator[Answer]:
        """The server stays as it is. Raises KeyLocked where the keyring does not give the key up: it is still there."""
        from gum_app.world.endpoint_key import drop_api_key

        with self._writing() as store:
            before = store.settings()
        if before.endpoint_has_key:
            drop_api_key(self._room.home, before.endpoint_url)
            with self._writing() as store:
                self._put(store, {"endpoint_has_key": False})
        yield {"ok": True}

    def _try(self, _question: Question) -> Iterator[Answer]:
        with self._writing() as store:
            sees = store.settings().sees_pictures
        return trial(self._room, sees=sees)

    # Pieces

    def _put(self, store: Store, wanted: dict[str, Any]) -> None:
        """Raises BadInput. A model that was switched on begins with what comes then, not with the past.

        One that takes over from another also tries what that one could make nothing of.
        """
        with store.transaction():
            had = bool(store.settings().model)
            for name, value in wanted.items():
                store.put_setting(name, value)
            if "model" in wanted:
                store.try_again()
            if bool(store.settings().model) != had:
                store.mark_not_for_model(self._room.clock.now())
        self._room.choose_models_again({part for name in wanted for part in Settings.mark(name).remakes})


def _where(url: str) -> str:
    try:
        return read_address(url).where
    except BadInput:
        return ""


def _text(question: Question, name: str) -> str:
    value = question.get(name, "")
    if not isinstance(value, str):
        raise BadInput(f"“{name}” is a text.")
    return value.strip()
