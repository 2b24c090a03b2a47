"""Where things live. `--home DIR` moves everything the app keeps; nothing else is written unless asked for."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from gum_app.errors import HomeUnusable

OWNER_ONLY_DIR = 0o700
OWNER_ONLY_FILE = 0o600


@dataclass(frozen=True)
class Home:
    """The one folder of the app. Make it with `prepare` before anything is written."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "gum.db"

    @property
    def key_file(self) -> Path:
        """How the database key is kept, and the key itself where the person chose a file or a passphrase."""
        return self.root / "key.json"

    @property
    def lock_file(self) -> Path:
        return self.root / "daemon.lock"

    @property
    def link_key(self) -> Path:
        return self.root / "link.key"

    @property
    def link_address(self) -> Path:
        return self.root / "link.sock"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def crashes(self) -> Path:
        return self.root / "crashes"

    @property
    def models(self) -> Path:
        """The files of language models, a folder each; made when the first is fetched."""
        return self.root / "models"

    @property
    def engine(self) -> Path:
        """llama.cpp, where it was built for this app alone; made when it is."""
        return self.root / "engine"

    @property
    def outbox(self) -> Path:
        """What was written for the person after a click: drafts, lists, summaries; made when the first is."""
        return self.root / "outbox"

    def prepare(self) -> None:
        """Make the folder, readable by its owner only. Raises HomeUnusable."""
        try:
            for folder in (self.root, self.logs, self.crashes):
                folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
                if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) != OWNER_ONLY_DIR:
                    folder.chmod(OWNER_ONLY_DIR)
            probe = self.root / ".writable"
            probe.touch(mode=OWNER_ONLY_FILE)
            probe.unlink()
        except OSError as error:
            raise HomeUnusable(
                f"The folder {self.root} cannot be used ({error.strerror}): "
                "make it writable for you, or choose another with --home."
            ) from error


def usual_home() -> Home:
    return Home(Path(platformdirs.user_data_dir("gum-app", appauthor=False)))


def shipped(name: str) -> Path:
    """A file or folder of the program itself, `resources/…` or `prompts/…`, in a checkout and in an installed wheel."""
    package = Path(__file__).resolve().parent
    for root in (package, package.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} does not come with this installation: install gum-app again.")
