"""What a thief with the key would find: the raw bytes of every page, free space included, as SQLCipher 4 encrypts them.

A copy by SQL would leave out just what matters here: the gaps in pages and the pages on the free list.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from gum_app.store.connect import PAGE_BYTES

RESERVED_BYTES = 80  # at the end of each page: 16 of nonce, 64 of mark
SALT_BYTES = 16
JOURNAL_HEAD_BYTES = 32
FRAME_HEAD_BYTES = 24


def decrypted(path: Path, key: bytes) -> bytes:
    """The file and its journal, every page of both."""
    data = path.read_bytes()
    pages = [data[start : start + PAGE_BYTES] for start in range(0, len(data), PAGE_BYTES)]
    plain = [_page(page, key, SALT_BYTES if number == 0 else 0) for number, page in enumerate(pages)]
    journal = path.with_name(path.name + "-wal")
    if journal.exists():
        plain += _frames(journal.read_bytes(), key)
    return b"".join(plain)


def _frames(data: bytes, key: bytes) -> list[bytes]:
    frames = []
    step = FRAME_HEAD_BYTES + PAGE_BYTES
    for start in range(JOURNAL_HEAD_BYTES, len(data) - step + 1, step):
        is_first = int.from_bytes(data[start : start + 4], "big") == 1
        page = data[start + FRAME_HEAD_BYTES : start + step]
        frames.append(_page(page, key, SALT_BYTES if is_first else 0))
    return frames


def _page(page: bytes, key: bytes, skipped: int) -> bytes:
    nonce = page[-RESERVED_BYTES : -RESERVED_BYTES + 16]
    cipher = Cipher(AES(key), CBC(nonce)).decryptor()
    return cipher.update(page[skipped:-RESERVED_BYTES]) + cipher.finalize()
