"""A reader whose answers are written down beforehand. It fails when asked once too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gum_app.records import Line, Rect

if TYPE_CHECKING:
    from PIL.Image import Image


class ScriptedReader:
    def __init__(self, *answers: tuple[Line, ...] | Exception) -> None:
        self._answers = list(answers)
        self.regions: list[Rect] = []  # what it was asked to read
        self.rests = 0

    @property
    def engine(self) -> str:
        return "scripted"

    def read(self, image: Image, region: Rect) -> tuple[Line, ...]:
        inside = region.meet(Rect(x=0, y=0, width=image.width, height=image.height))
        if inside is None:
            return ()
        assert self._answers, "the reader was asked once more than the test expects"
        self.regions.append(region)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return tuple(line for line in answer if inside.covers(line.rect))

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        pass
