"""The engine, llama.cpp: whether it is there, which version, how to get it and how to be rid of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gum_app.ui.icons import IconButton
from gum_app.ui.model_status import Engine
from gum_app.ui.pieces import Card, Prose, column, muted, row
from gum_app.ui.progress import Progress


class EngineCard(Card):
    """Needed for models on this computer; a server brings its own."""

    build_wanted = Signal()
    stop_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        self.sentence = Prose()
        self.version, self.cost = muted(""), muted("")
        self.progress = Progress("How far the engine is built")
        self.build = IconButton("chip", "Build the engine")
        self.stop = IconButton("cross", "Stop building")
        self.remove = IconButton("bin", "Remove …", "danger")
        told = column(self.sentence, self.version, spacing=3)
        super().__init__(told, self.progress, self.cost, row(self.build, self.stop, self.remove, -1))
        self.build.clicked.connect(self.build_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.remove.clicked.connect(self.remove_wanted)

    def show_engine(self, engine: Engine) -> None:
        self.sentence.say(engine.sentence)
        self.version.say(f"llama.cpp, through llama-cpp-python {engine.version}")
        self.version.setVisible(bool(engine.version) and engine.version not in engine.sentence)
        absent = engine.state in {"missing", "failed"}
        self.cost.say(engine.cost)
        self.cost.setVisible(absent and engine.can_build and bool(engine.cost))
        building = engine.state == "building"
        self.progress.show_progress((engine.progress or (0, 0)) if building else None, "")
        self.build.setVisible(absent and engine.can_build)
        self.stop.setVisible(building)
        self.remove.setVisible(engine.state == "ready" and engine.can_build)
