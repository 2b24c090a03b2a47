"""Chromium as a pen: HTML in, a picture and the words that can really be read in it out.

Spoken to over its debugging pipe (file descriptors 3 and 4, JSON messages ended by a zero byte), so that one
process draws all pages. A development tool only: the recording that it wrote is what is shipped.
"""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from PIL import Image

SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-lcd-text",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
]
READ_WORDS = (Path(__file__).parent / "visible_words.js").read_text(encoding="utf-8")
COLOURS = 128


class Chromium:
    """A headless browser that lives as long as the `with` block."""

    def __init__(self, width: int, height: int) -> None:
        self.size = {"width": width, "height": height}

    def __enter__(self) -> Chromium:
        self.profile = TemporaryDirectory()
        for_child, self.to_child = os.pipe()
        self.from_child, by_child = os.pipe()
        command = ["chromium", *SWITCHES, f"--user-data-dir={self.profile.name}", "about:blank"]
        redirect = f'exec "$@" 3<&{for_child} 4>&{by_child}'
        self.process = subprocess.Popen(
            ["bash", "-c", redirect, "chromium", *command], pass_fds=(for_child, by_child), stderr=subprocess.DEVNULL
        )
        os.close(for_child)
        os.close(by_child)
        self.unread = b""
        self.number = 0
        self.session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Emulation.setDeviceMetricsOverride", **self.size, deviceScaleFactor=1, mobile=False)
        self.page_frame = self.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        os.close(self.to_child)
        self.process.kill()
        self.process.wait()
        os.close(self.from_child)
        self.profile.cleanup()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser and wait for its answer; events that come in between are passed over."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_child, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def receive(self) -> dict[str, Any]:
        while b"\0" not in self.unread:
            chunk = os.read(self.from_child, 1 << 20)
            if not chunk:
                raise RuntimeError("chromium ended before it answered")
            self.unread += chunk
        line, _, self.unread = self.unread.partition(b"\0")
        return dict(json.loads(line))

    def draw(self, page: str) -> tuple[Image.Image, list[str]]:
        """The page as a palette picture, and its visible text: one entry a block, words that are covered left out."""
        self.call("Page.setDocumentContent", frameId=self.page_frame, html=page)
        ready = "document.fonts.ready.then(() => 0)"
        self.call("Runtime.evaluate", expression=ready, awaitPromise=True)
        words = self.call("Runtime.evaluate", expression=READ_WORDS, returnByValue=True)["result"]["value"]
        data = self.call("Page.captureScreenshot", format="png")["data"]
        picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
        return picture.quantize(COLOURS, dither=Image.Dither.NONE), list(words)
