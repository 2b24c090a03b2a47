"""A client of the Model Context Protocol written by the specification alone: JSON-RPC 2.0 over pipes, a message a line.

It knows no SDK, so that what it sees is what stands on the wire. (modelcontextprotocol.io, “Base Protocol”, “Lifecycle”
and “Transports” of 2025-06-18, 2025-11-25 and 2026-07-28.)
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from gum_app.paths import Home
from tests.desktop import PATIENCE_SECONDS
from tests.stories.processes import command

Message = dict[str, Any]

HANDSHAKE = "2025-11-25"  # the last revision that begins with a handshake
WITHOUT_HANDSHAKE = "2026-07-28"


class RawClient:
    """Starts `gum-app mcp` as an assistant would. `errors` is the file its standard error goes to."""

    def __init__(self, home: Home, errors: Path, name: str = "claude") -> None:
        with errors.open("wb") as stream:
            self.process = subprocess.Popen(
                command(home, "mcp", "--name", name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                env=os.environ | {"PYTHONWARNINGS": ""},
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in, self._out = self.process.stdin, self.process.stdout
        self.lines: list[bytes] = []  # all that came, byte for byte
        self._came: queue.Queue[bytes] = queue.Queue()
        self._thread = threading.Thread(target=self._read, args=(self._out,), daemon=True)
        self._thread.start()
        self._ids = 0

    def __enter__(self) -> RawClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self._thread.join()
        self._out.close()
        if not self._in.closed:
            self._in.close()

    def begin(self, version: str = HANDSHAKE) -> Message:
        """The handshake; what the server says of itself."""
        fields = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
        said = self.ask("initialize", fields)
        self.tell("notifications/initialized")
        return dict(said["result"])

    def send(self, message: Message | bytes) -> None:
        self._in.write(message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n")
        self._in.flush()

    def tell(self, method: str, params: Message | None = None) -> None:
        """A notification: nothing is answered."""
        self.send({"jsonrpc": "2.0", "method": method} | ({"params": params} if params is not None else {}))

    def request(self, method: str, params: Message | None = None) -> int:
        self._ids += 1
        message: Message = {"jsonrpc": "2.0", "id": self._ids, "method": method}
        self.send(message | ({"params": params} if params is not None else {}))
        return self._ids

    def answer_to(self, id_: int | None) -> Message:
        """The answer to this request; notifications before it are passed over."""
        while True:
            message: Message = json.loads(self._came.get(timeout=3 * PATIENCE_SECONDS))
            if "method" not in message and message.get("id") == id_:
                return message

    def ask(self, method: str, params: Message | None = None) -> Message:
        """The whole answer, with `result` or `error`."""
        return self.answer_to(self.request(method, params))

    def call(self, tool: str, **arguments: Any) -> Message:
        """The result of a tool, refused or not."""
        said = self.ask("tools/call", {"name": tool, "arguments": arguments})
        return dict(said["result"])

    def end(self) -> int:
        """Close the pipe, as a client that leaves; how the server ended."""
        self._in.close()
        return self.process.wait(3 * PATIENCE_SECONDS)

    def _read(self, stream: IO[bytes]) -> None:
        for line in stream:
            self.lines.append(line)
            self._came.put(line)
