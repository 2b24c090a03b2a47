"""Everything into one file, for the person to take along: not encrypted, for its owner only, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from gum_app.errors import BadInput
from gum_app.paths import OWNER_ONLY_FILE
from gum_app.store.reading import ReadingStore


def write_export(store: ReadingStore, path: Path) -> int:
    """One JSON object a line. Returns the number of lines. Raises BadInput; what was begun then is gone again."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE)
    except FileExistsError as error:
        raise BadInput(f"{path} exists already: choose another name.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}): choose another place.") from error
    try:
        return _write(store, handle)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written to its end ({error.strerror}): choose another place.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(store: ReadingStore, handle: int) -> int:
    count = 0
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        for line in store.export_lines():
            out.write(line + "\n")
            count += 1
    return count
