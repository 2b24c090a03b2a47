"""From pictures to words: what is new in a picture goes to the desk, and what was read of it comes to the keeper.

Holds for each monitor the last picture that counts as seen. Used by the recorder's thread only.
"""

from __future__ import annotations

from gum_app.daemon.desk import Desk
from gum_app.daemon.glance import Glimpse
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.looks import Episode, Frame
from gum_app.records import Surroundings
from gum_app.rules.sameness import Baseline, changed_regions
from gum_app.world.hands import Picture

READER_BEHIND = "the reader was busy"
READER_FAILED = "the words could not be read"


class Eyes:
    def __init__(self, keeper: Keeper, desk: Desk, *, reads_whole: bool = False) -> None:
        """`reads_whole`: each picture is read whole, not only what changed since the one before."""
        self._keeper = keeper
        self._desk = desk
        self._reads_whole = reads_whole
        self._baselines: dict[int, Baseline] = {}

    def take(self, seen: Glimpse, episode: Episode) -> bool:
        """False: some of it could not be taken in; look again soon."""
        return all([self._take_picture(picture, seen.surroundings, episode) for picture in seen.pictures])

    def take_readings(self) -> None:
        for read in self._desk.take():
            if read.lines is None and not read.frame.episode.forgotten:
                self._baselines.pop(read.frame.monitor.index, None)  # what was not read has not been seen
                self._keeper.skip(read.frame.at, READER_FAILED)
            self._keeper.keep(read)

    def lose_sight(self, monitor: int | None = None) -> None:
        """What this monitor shows, or all of them, is not known any more: the next picture is new as a whole."""
        if monitor is None:
            self._baselines.clear()
        else:
            self._baselines.pop(monitor, None)
        self._keeper.lose_sight(monitor)

    def drop_all(self) -> None:
        """Something was forgotten."""
        self._desk.drop()
        self._keeper.drop_all()
        self.lose_sight()

    def _take_picture(self, picture: Picture, surroundings: Surroundings, episode: Episode) -> bool:
        monitor = picture.monitor.index
        if episode.refused:
            self.lose_sight(monitor)  # it is not read, so it must not count as seen
            return True
        whole = self._reads_whole or episode.may_be_private  # also where nothing has changed: it must be judged
        before = None if whole else self._baselines.get(monitor)
        changed = changed_regions(before, picture.image)
        if changed.regions:
            frame = Frame(
                at=picture.at,
                monitor=picture.monitor,
                image=picture.image,
                regions=changed.regions,
                surroundings=surroundings,
                episode=episode,
            )
            if not self._desk.put(frame):
                self._keeper.skip(picture.at, READER_BEHIND)
                return False
        self._baselines[monitor] = changed.baseline
        self.take_readings()
        return True
