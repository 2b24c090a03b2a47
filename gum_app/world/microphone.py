"""Whether a program listens to the microphone now: somebody may be in a call, whatever windows can be seen.

Asked of the sound server by `pactl`, which both PulseAudio and PipeWire answer: one line for each program that records.
As its documentation says; no sound server was tried. Elsewhere nobody can tell.
"""

from __future__ import annotations

import subprocess

COMMAND = ("pactl", "list", "short", "source-outputs")
ANSWER_SECONDS = 1.0


def is_listened_to() -> bool | None:
    """None: it cannot be told. Never raises."""
    try:
        done = subprocess.run(
            COMMAND, capture_output=True, text=True, timeout=ANSWER_SECONDS, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return bool(done.stdout.strip()) if done.returncode == 0 else None
