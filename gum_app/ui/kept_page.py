"""What is kept, for how long, how much room it takes, and how to take it along or be rid of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from gum_app.paths import Home
from gum_app.records import Import
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.store.sizes import Sizes
from gum_app.ui.asking import Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.drawn import Meter
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.import_dialog import ImportDialog
from gum_app.ui.imports_card import ImportsCard
from gum_app.ui.kept_wording import forecast
from gum_app.ui.pieces import Card, Prose, Word, column, group, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import bytes_told, counted, percent

ABOUT = "How much there is of you on this computer, how long it stays, and how to take it along or be rid of it."
MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Kept:
    sizes: Sizes
    settings: Settings
    imports: tuple[Import, ...] = ()


def look_up(store: ReadingStore) -> Kept:
    return Kept(sizes=store.sizes(), settings=store.settings(), imports=tuple(store.imports()))


def lines(kept: Kept) -> list[tuple[str, str, str]]:
    """What is kept, how much of it, and how long it stays."""
    sizes, settings = kept.sizes, kept.settings
    days = counted(settings.keep_words_days, "day")
    words = f"{days}, then the words go; what was concluded stays"
    pictures = (
        f"{counted(settings.keep_thumbnails_days, 'day')}"
        if settings.keep_thumbnails
        else "switched off: no picture is kept once it has been read"
    )
    return [
        ("Episodes and words", f"{sizes.observations:,}", words),
        ("Small pictures", f"{sizes.thumbnails:,}", pictures),
        ("Propositions", f"{sizes.propositions:,}", "until you forget them; unseen ones fade"),
        ("Pieces of evidence", f"{sizes.evidence:,}", "as long as their proposition"),
        ("Changes of mind", f"{sizes.revisions:,}", "as long as their proposition"),
        ("Your verdicts", f"{sizes.verdicts:,}", "as long as their proposition"),
        ("Notes of looking away", f"{sizes.skips:,}", "when and by which rule; never what"),
        ("Notes of what was cut", f"{sizes.rulings:,}", f"{days}; of what kind and by which rule, never what"),
    ]


class KeptPage(Sheet):
    forget_wanted = Signal(object, str)  # the scope, and its name

    def __init__(self, home: Home, reader: Reader, deeds: Deeds) -> None:
        super().__init__(spacing=3 * SPACE)
        self._home, self._reader, self._deeds = home, reader, deeds
        self._shown: Kept | None = None
        self.refresh()

    def refresh(self) -> None:
        self._reader.read(look_up, self._show)

    def _show(self, kept: Kept) -> None:
        if kept == self._shown:
            return
        self._shown = kept
        page = QWidget()
        page.setLayout(
            column(
                column(heading("What is kept"), muted(ABOUT, 1.0), spacing=2),
                group("On your disk", self._disk(kept)),
                group("Of what, and for how long", _table(kept)),
                group("Take it along", self._export_card()),
                group("Bring in what you had before", self._imports(kept)),
                group("Be rid of it", self._remove()),
                -1,
                spacing=3 * SPACE,
            )
        )
        self.put(page)

    def _disk(self, kept: Kept) -> Card:
        sizes, settings = kept.sizes, kept.settings
        used = sizes.file_bytes + sizes.journal_bytes
        share = used / (settings.disk_limit_mb * MEGABYTE)
        says = f"{bytes_told(used)} of {bytes_told(settings.disk_limit_mb * MEGABYTE)}, {percent(share)}"
        told = forecast(
            used, sizes.bytes_per_day, len(sizes.day_bytes), settings.keep_words_days, settings.disk_limit_mb
        )
        head = Flow(2 * SPACE)  # below each other in a narrow window
        head.addWidget(Word(says, bold=True))
        head.addWidget(Meter(min(share, 1.0), says))
        return Card(
            head,
            muted(told),
            muted(f"Encrypted, in {self._home.root}. Nothing of it is anywhere else."),
        )

    def _imports(self, kept: Kept) -> Card:
        card = ImportsCard(kept.imports)
        card.file_wanted.connect(self._bring_a_file)
        card.folder_wanted.connect(self._bring_a_folder)
        card.forget_wanted.connect(self.forget_wanted)
        return Card(card)

    def _export_card(self) -> Card:
        save = IconButton("save", "Export …")
        save.clicked.connect(self._export)
        told = (
            "Everything as one open file, a line for each thing. The file is not encrypted: keep it where only you can."
        )
        return Card(muted(told, 1.0), row(save, -1))

    def _remove(self) -> Card:
        everything = IconButton("bin", "Forget everything …", "danger")
        everything.clicked.connect(lambda: self.forget_wanted.emit({"all": True}, "everything"))
        told = (
            "Forgetting everything leaves an empty database and your settings. To remove the program with all it has "
            "kept, quit it and run “gum-app uninstall --purge”."
        )
        return Card(muted(told, 1.0), row(everything, -1))

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Export to", "gum-app.jsonl", "JSON lines (*.jsonl)")
        if path:
            self._deeds.export(path)

    def _bring_a_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Import from", "", "All that may be one (*)")
        self.bring(path)

    def _bring_a_folder(self) -> None:
        self.bring(QFileDialog.getExistingDirectory(self, "Import all calendars in"))

    def bring(self, path: str) -> ImportDialog | None:
        """None: nothing was chosen."""
        if not path:
            return None
        dialog = ImportDialog(self._deeds.asker, path, Path(path).name)
        dialog.came.connect(lambda said: self._deeds.done.emit(said, False))
        dialog.own_wanted.connect(self._deeds.bring)
        dialog.forget_wanted.connect(self.forget_wanted)
        dialog.open_over(self.window())
        return dialog


def _table(kept: Kept) -> Card:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * SPACE)
    grid.setVerticalSpacing(SPACE + 2)
    for n, (what, number, how_long) in enumerate(lines(kept)):
        grid.addWidget(Word(what), n, 0)
        grid.addWidget(Word(number, bold=True), n, 1)
        grid.addWidget(Prose(how_long, look="muted", size=0.92, middle=True), n, 2)
    grid.setColumnStretch(2, 1)
    return Card(table)
