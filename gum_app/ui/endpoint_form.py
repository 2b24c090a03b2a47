"""A server that thinks instead: its address, the model's name there, a key, and for a server beyond this computer
what would be sent where, in plain words that the person answers in words.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gum_app.addresses import is_confirmed, is_local, read_address, what_goes_there, words_to_confirm
from gum_app.errors import BadInput
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.model_status import Server
from gum_app.ui.pieces import Card, Prose, Word, chip, column, look, muted, row
from gum_app.ui.theme import SPACE

ABOUT = (
    "For a bigger machine in the house, or another program on this one: any server that speaks OpenAI’s protocol, such "
    "as llama-server, Ollama, LM Studio or vLLM."
)
PICTURES = "At most three pictures of what you do in an episode, with the words that were read in it."
FIELDS = (
    ("url", "Address", "such as http://127.0.0.1:8080/v1"),
    ("model", "Model", "what the server calls it"),
    ("embedding_model", "Compares", "for comparing by meaning; optional"),
    ("key", "Key", "where the server wants one; kept in your keyring"),
)
KEY_KEPT = "Kept in your keyring"


class EndpointForm(Card):
    wanted = Signal(object, str)  # the question's fields, and the place in a sentence
    left = Signal()  # switch it off
    key_unwanted = Signal()

    def __init__(self) -> None:
        self.lines = {name: QLineEdit() for name, _, _ in FIELDS}
        self.lines["key"].setEchoMode(QLineEdit.EchoMode.Password)
        self.goes, self.pictures = Prose(look="danger", weight=Prose.BOLD), Prose(look="danger")
        self.ask = Prose()
        self.words = QLineEdit()
        self.words.setAccessibleName("The words that allow it")
        self.note = Prose(look="danger")
        self.use = IconButton("check", "Use this server", "primary")
        self.leave = IconButton("cross", "Switch off", "danger")
        self.forget_key = IconButton("bin", "Remove key", "danger")
        self.in_use = chip("In use", "chip-accent")
        self._told, self._in_use = Server(), False
        self.beyond, self.asking = QWidget(), QWidget()
        self.asking.setLayout(column(self.ask, self.words))
        self.beyond.setLayout(column(self.goes, self.pictures, self.asking))
        flow, acts = Flow(SPACE), QWidget()
        for widget in (self.use, self.leave, self.in_use):
            flow.addWidget(widget)
        acts.setLayout(flow)
        super().__init__(muted(ABOUT, 1.0), self._grid(), self.beyond, self.note, acts)
        for line in (*self.lines.values(), self.words):
            line.textChanged.connect(lambda _text: self._look())
            line.returnPressed.connect(self._use)
        self.use.clicked.connect(self._use)
        self.leave.clicked.connect(self.left)
        self.forget_key.clicked.connect(self.key_unwanted)
        self.show_server(Server(), in_use=False)

    def show_server(self, told: Server, *, in_use: bool) -> None:
        """What the person is typing right now is left alone."""
        if told != self._told:
            self._told = told
            for name in ("url", "model", "embedding_model"):
                self.lines[name].setText(getattr(told, name))
        self.lines["key"].setPlaceholderText(KEY_KEPT if told.has_key else FIELDS[-1][2])
        self.forget_key.setVisible(told.has_key)
        self._in_use = in_use
        self.leave.setVisible(in_use)
        self._look()

    def taken(self) -> None:
        """The server is in use: what was typed in secret, or to allow it, is not kept in the window."""
        self.lines["key"].clear()
        self.words.clear()

    # Living

    def _look(self) -> None:
        """Where it would go, as soon as the address can be read; what is wrong with it, when the field is left."""
        url = self._text("url")
        trouble = trouble_with(url) if url else ""
        beyond = bool(url) and not trouble and not is_local(url)
        self.beyond.setVisible(beyond)
        self.note.say(trouble)
        self.note.setVisible(bool(trouble) and not self.lines["url"].hasFocus())
        as_it_is = self._is_in_use_as_it_is()
        self.in_use.setVisible(as_it_is)
        if beyond:
            self.goes.say(what_goes_there(url, already=as_it_is))
            self.pictures.say(PICTURES)
            self.ask.say(f"To allow this, write: {words_to_confirm(url)}")
            self.words.setPlaceholderText(words_to_confirm(url))
            self.asking.setVisible(not as_it_is)
        elif url and not trouble:
            self.note.say(what_goes_there(url))
            self.note.show()
        look(self.note, "danger" if trouble else "muted")
        allowed = not trouble and bool(url) and (not beyond or is_confirmed(url, self.words.text()))
        named = bool(self._text("model") or self._text("embedding_model"))
        self.use.setEnabled(allowed and named and not as_it_is)

    def _use(self) -> None:
        self._look()
        if not self.use.isEnabled():
            return
        question = {name: self._text(name) for name in ("url", "model", "embedding_model")}
        if self._text("key"):
            question["key"] = self._text("key")
        if not is_local(question["url"]):
            question["confirmed"] = self.words.text()
        self.wanted.emit(question, read_address(question["url"]).where)

    def _is_in_use_as_it_is(self) -> bool:
        same = all(self._text(name) == getattr(self._told, name) for name in ("url", "model", "embedding_model"))
        return self._in_use and same and not self._text("key")

    def _text(self, name: str) -> str:
        return self.lines[name].text().strip()

    # Building

    def _grid(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for n, (name, label, example) in enumerate(FIELDS):
            called = Word(label)
            called.setBuddy(self.lines[name])
            self.lines[name].setPlaceholderText(example)
            self.lines[name].setAccessibleName(label)
            grid.addWidget(called, n, 0)
            if name == "key":
                grid.addLayout(row(self.lines[name], self.forget_key), n, 1)
            else:
                grid.addWidget(self.lines[name], n, 1)
        grid.setColumnStretch(1, 1)
        self.lines["url"].editingFinished.connect(self._look)
        return form


def trouble_with(url: str) -> str:
    """Why this is no address; empty where it is one."""
    try:
        read_address(url)
    except BadInput as error:
        return str(error)
    return ""
