"""What the person can have done about models: one small verb each, told in one sentence like every other deed."""

from __future__ import annotations

from gum_app.ui.asking import Asking
from gum_app.ui.deeds import Deeds
from gum_app.ui.model_status import Offered

CHECK_SECONDS = 60.0  # looking into files, or knocking at a server
TRY_SECONDS = 600.0  # between two words of progress: a large model is loaded from a slow disk


class ModelDeeds:
    def __init__(self, deeds: Deeds) -> None:
        self._deeds = deeds

    # Models of the list

    def download(self, one: Offered) -> None:
        self._deeds.do({"do": "model_download", "id": one.id}, f"{one.name} is being downloaded.")

    def pause(self, one: Offered) -> None:
        self._deeds.do({"do": "model_pause", "id": one.id}, f"Paused. What has come of {one.name} stays.")

    def check(self, one: Offered) -> None:
        self._deeds.do({"do": "model_check", "id": one.id}, f"The files of {one.name} are read and compared.")

    def delete(self, one: Offered) -> None:
        self._deeds.do({"do": "model_delete", "id": one.id}, f"The files of {one.name} are gone.", CHECK_SECONDS)

    def use(self, id: str, name: str) -> None:  # noqa: A002
        self._deeds.do({"do": "model_choose", "model": id}, f"{name} thinks from now on.")

    def use_none(self) -> None:
        self._deeds.do({"do": "model_choose", "model": ""}, "No model thinks any more. Everything else goes on.")

    def compare_with(self, chosen: str, id: str, name: str) -> None:  # noqa: A002
        """Which model compares by meaning; `id` empty: none. `chosen` is the one that thinks, and stays."""
        said = f"{name} compares by meaning from now on." if id else "Words are compared, as before."
        self._deeds.do({"do": "model_choose", "model": chosen, "embedding": id}, said)

    def wake(self) -> None:
        self._deeds.do({"do": "model_wake"}, "It tries again.")

    # The person's own files, and a server

    def use_files(self, weights: str, projector: str) -> None:
        question = {"do": "model_files", "weights": weights, "projector": projector}
        self._deeds.do(question, "Your own model thinks from now on.", CHECK_SECONDS)

    def use_server(self, question: dict[str, str], where: str) -> Asking:
        """`question` has url, model, embedding_model, and key and confirmed where they were given."""
        return self._deeds.do(
            {"do": "endpoint", **question}, f"gum-app asks the server at {where} from now on.", CHECK_SECONDS
        )

    def switch_server_off(self) -> None:
        said = "The server is switched off. Nothing goes there any more."
        self._deeds.do({"do": "endpoint_off"}, said, CHECK_SECONDS)

    def forget_key(self) -> None:
        said = "The key is no longer in your keyring. The server is asked without one."
        self._deeds.do({"do": "endpoint_forget_key"}, said, CHECK_SECONDS)

    # The engine, and a trial

    def build_engine(self) -> None:
        self._deeds.do({"do": "engine_build"}, "The engine is being built.")

    def stop_building(self) -> None:
        self._deeds.do({"do": "engine_stop"}, "Building has stopped.")

    def remove_engine(self) -> None:
        self._deeds.do({"do": "engine_remove"}, "The engine is removed.", CHECK_SECONDS)

    def try_it(self) -> Asking:
        """Its signals tell how it goes; what fails is told where it was tried."""
        return self._deeds.asker.ask({"do": "model_try"}, timeout_seconds=TRY_SECONDS)
