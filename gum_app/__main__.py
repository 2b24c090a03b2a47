"""The front door: reads the command line, turns an error for the person into one sentence and an exit status."""

from __future__ import annotations

import os
import sys

from gum_app.commands import INTERRUPTED, run
from gum_app.errors import GumError


def main() -> int:
    """0: done. 1: it could not be done, and a sentence says why. 2: the command line is off."""
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
        return status
    except GumError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has had enough; Python would complain once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
