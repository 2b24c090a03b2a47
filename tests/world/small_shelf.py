"""A catalogue of tiny models, and a real server that has their files: the way of the large ones, in a second."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gum_app.catalogue import Catalogue, load_catalogue
from tests.world.file_server import FileServer

FILES = {"weights": "qwen3vl.gguf", "projector": "qwen3vl-mmproj.gguf", "words": "bert-embed.gguf"}
REVISION = "0123456789" * 4


def small_server(tiny: Path) -> FileServer:
    return FileServer(
        files={f"/us/tiny/resolve/{REVISION}/{name}": (tiny / name).read_bytes() for name in FILES.values()}
    )


def small_catalogue(tiny: Path) -> Catalogue:
    """Two models: one that sees, with hashes that are known, and one that embeds, without."""
    shipped = load_catalogue()

    def file(role: str, name: str, *, known: bool) -> dict[str, object]:
        data = (tiny / name).read_bytes()
        sha256 = hashlib.sha256(data).hexdigest() if known else None
        return {
            "role": role,
            "repository": "us/tiny",
            "revision": REVISION,
            "path": name,
            "bytes": len(data),
            "sha256": sha256,
        }

    sees = shipped.find("qwen3-vl-2b").model_dump() | {
        "id": "sees",
        "files": [file("weights", FILES["weights"], known=True), file("projector", FILES["projector"], known=True)],
    }
    embeds = shipped.find("bge-small-en-1.5").model_dump() | {
        "id": "embeds",
        "files": [file("weights", FILES["words"], known=False)],
    }
    return Catalogue.model_validate({"version": 1, "host": shipped.host, "entries": [sees, embeds]})
