"""The settings, made from their definitions: a widget for the type, the name as a label, the sentence below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gum_app.settings import Settings
from gum_app.ui.deeds import Deeds
from gum_app.ui.pieces import Card, Prose, Word, column, group, heading, muted, row, rule
from gum_app.ui.sheet import Sheet
from gum_app.ui.still import DropDown, Number
from gum_app.ui.theme import SPACE

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("You", ("person_name",)),
    ("The app", ("theme", "ask_key", "start_at_login")),
    ("Watching", ("read_notifications", "triage_notifications", "look_interval_seconds", "idle_after_seconds")),
    ("Suggestions", ("suggestions", "suggestions_a_day", "suggestions_an_hour", "quiet_from", "quiet_until")),
    (
        "Keeping",
        ("keep_words_days", "keep_thumbnails", "keep_thumbnails_days", "keep_disclosures_days", "disk_limit_mb"),
    ),
)
LABELS = {
    "person_name": "Your name",
    "ask_key": "Keys for “Ask”",
    "suggestions": "Offer help",
    "suggestions_a_day": "At most",
    "suggestions_an_hour": "And at most",
    "quiet_from": "Quiet from",
    "quiet_until": "Quiet until",
    "triage_notifications": "Judge notifications",
    "look_interval_seconds": "Look at least every",
    "idle_after_seconds": "Away after",
    "keep_words_days": "Keep words for",
    "keep_thumbnails": "Keep small pictures",
    "keep_thumbnails_days": "Keep small pictures for",
    "keep_disclosures_days": "List what programs were told for",
    "disk_limit_mb": "Use at most",
    "think_when": "The model may think",
    "vision_calls_an_hour": "Look at pictures of",
    "compute_seconds_an_hour": "Compute for",
    "context_tokens": "Hold in mind",
    "gpu_layers": "On the graphics card",
    "model_threads": "Processor threads",
    "download_mirror": "Mirror",
    "download_proxy": "Proxy",
}
CHOICES = {
    "think_when": {"idle": "While I am away", "mains": "On mains power", "always": "Always"},
}
AT_LEAST = {"gpu_layers": "As many as fit", "model_threads": "All cores but one"}  # what the smallest number stands for
KEYS = (
    ("Ctrl+1 … Ctrl+9, Ctrl+0", "turn to a page"),
    ("Ctrl+F, Down", "search in the propositions, and go to what was found"),
    ("Ctrl+N", "add a proposition of your own"),
    ("Ctrl+Z", "take the last change back"),
    ("Enter, Shift+Enter", "on the page “Ask”: ask, begin a new line"),
    ("Ctrl+Enter, Esc", "on the page “Ask”: look first, stop"),
    ("R, W, E, P", "on a chosen proposition: right, wrong, edit, pin"),
    ("M, S, Del", "on a chosen proposition: merge, split, forget"),
    ("Alt+Left, Alt+Right", "the day before, the day after"),
    ("Shift+arrows", "on the timeline: choose a span"),
    ("Ctrl+W", "close the window; the light stays on"),
)
UNITS = {
    "suggestions_a_day": " a day",
    "suggestions_an_hour": " an hour",
    "seconds": " s",
    "days": " days",
    "mb": " MB",
    "tokens": " tokens",
    "layers": " layers",
    "vision_calls_an_hour": " episodes an hour",
    "compute_seconds_an_hour": " s an hour",
}
WIDEST_FIELD = 260


def groups() -> list[tuple[str, list[str]]]:
    """Every setting that is shown here, once; those that no group names come last."""
    named = {name for _, names in GROUPS for name in names}
    rest = [name for name in Settings.model_fields if name not in named and Settings.mark(name).page == "settings"]
    found = [(title, list(names)) for title, names in GROUPS]
    return [*found, ("More", rest)] if rest else found


def label_of(name: str) -> str:
    """What stands before the field; made from the name where nobody has found better words."""
    if name in LABELS:
        return LABELS[name]
    words = name.split("_")
    if words[-1] in UNITS:
        words = words[:-1]
    return " ".join(words).capitalize()


class Field:
    """One setting on the page: shows a value, and tells the daemon about a new one."""

    def __init__(self, name: str, info: FieldInfo, changed: Callable[[str, Any], None]) -> None:
        self.name, self._changed = name, changed
        self._shown: Any = info.default
        self.widget = self._make(info)
        self.widget.setAccessibleName(label_of(name))
        self.widget.setAccessibleDescription(info.description or "")
        self.trouble = Prose(look="danger")
        self.trouble.hide()
        self._put = self._typed()  # what stands there unless the person is typing
        self.show(info.default)

    def show(self, value: Any) -> None:
        """What the person is typing right now is left alone."""
        self._shown = value
        if self.widget.hasFocus() and self._typed() != self._put:
            return
        self.widget.blockSignals(True)
        match self.widget:
            case QCheckBox() as box:
                box.setChecked(bool(value))
            case QComboBox() as choice:
                choice.setCurrentIndex(choice.findData(value))
            case QSpinBox() as number:
                number.setValue(int(value))
            case QLineEdit() as line:
                line.setText(str(value))
        self.widget.blockSignals(False)
        self._put = self._typed()

    def _typed(self) -> str | int | None:
        """What stands in the field now; None where nothing is typed."""
        match self.widget:
            case QSpinBox() as number:
                return number.value()
            case QLineEdit() as line:
                return line.text()
        return None

    def _make(self, info: FieldInfo) -> QWidget:
        kind = info.annotation
        if kind is bool:
            box = QCheckBox(label_of(self.name))
            box.toggled.connect(self._set)
            return box
        if get_origin(kind) is Literal:
            choice = DropDown()
            for value in get_args(kind):
                choice.addItem(CHOICES.get(self.name, {}).get(value, str(value).capitalize()), value)
            choice.currentIndexChanged.connect(lambda _n: self._set(choice.currentData()))
            return choice
        if kind is int:
            return self._make_number(info)
        line = QLineEdit()
        line.editingFinished.connect(lambda: self._set(line.text().strip()))
        return line

    def _make_number(self, info: FieldInfo) -> QSpinBox:
        number = Number()
        least = next((limit.ge for limit in info.metadata if isinstance(limit, Ge)), 0)
        most = next((limit.le for limit in info.metadata if isinstance(limit, Le)), 1_000_000)
        assert isinstance(least, int) and isinstance(most, int)
        number.setRange(least, most)
        number.setSuffix(UNITS.get(self.name) or UNITS.get(self.name.rsplit("_", 1)[-1], ""))
        number.setSpecialValueText(AT_LEAST.get(self.name, ""))
        number.setGroupSeparatorShown(True)
        number.lineEdit().setTextMargins(6, 0, 0, 0)
        number.editingFinished.connect(lambda: self._set(number.value()))
        return number

    def _set(self, value: Any) -> None:
        self._put = self._typed()
        if value != self._shown:
            self._shown = value
            self._changed(self.name, value)


class SettingsPage(Sheet):
    def __init__(self, deeds: Deeds, *, restyle: Callable[[str], None]) -> None:
        """`restyle` is called with a new theme at once, before the daemon has kept it."""
        super().__init__(spacing=3 * SPACE)
        self._deeds, self._restyle = deeds, restyle
        self.fields = {
            name: Field(name, Settings.model_fields[name], self._changed) for _, names in groups() for name in names
        }
        page = QWidget()
        cards = [self._group(title, names) for title, names in groups()]
        page.setLayout(
            column(
                column(heading("Settings"), muted("Each is kept as soon as you change it.", 1.0), spacing=2),
                *cards,
                group("Keys", _keys()),
                -1,
                spacing=3 * SPACE,
            )
        )
        self.put(page)

    def show_settings(self, settings: Settings) -> None:
        for name, field in self.fields.items():
            field.show(getattr(settings, name))

    def say(self, name: str, trouble: str) -> None:
        """Why a setting does nothing now; empty for one that does what it says."""
        label = self.fields[name].trouble
        label.say(trouble)
        label.setVisible(bool(trouble))

    def _group(self, title: str, names: list[str]) -> QVBoxLayout:
        return group(title, Card(*lines_of([self.fields[name] for name in names]), spacing=2 * SPACE))

    def _changed(self, name: str, value: Any) -> None:
        if name == "theme":
            self._restyle(value)
        self._deeds.set(name, value, called=label_of(name))


def lines_of(fields: list[Field]) -> list[QWidget | QVBoxLayout]:
    """A line for each setting, with a thin rule between them."""
    parts: list[QWidget | QVBoxLayout] = []
    for field in fields:
        if parts:
            parts.append(rule())
        parts.append(_line(field))
    return parts


def _line(field: Field) -> QVBoxLayout:
    told = muted(Settings.model_fields[field.name].description or "")
    if isinstance(field.widget, QCheckBox):
        return column(field.widget, told, field.trouble, spacing=2)
    field.widget.setMinimumWidth(200 if isinstance(field.widget, QLineEdit) else 150)
    field.widget.setMaximumWidth(WIDEST_FIELD)
    text = column(Prose(label_of(field.name)), told, field.trouble, spacing=2)
    line = row(spacing=2 * SPACE)
    line.addLayout(text, 1)
    line.addWidget(field.widget, alignment=Qt.AlignmentFlag.AlignVCenter)
    return column(line)


def _keys() -> Card:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(3 * SPACE)
    for n, (keys, does) in enumerate(KEYS):
        grid.addWidget(Word(keys, bold=True), n, 0)
        grid.addWidget(muted(does, 1.0), n, 1)
    grid.setColumnStretch(1, 1)
    return Card(table)
