"""Another program on the desktop, which shows notifications; and one that listens to what is shown."""

from __future__ import annotations

from jeepney import MatchRule, new_method_call
from jeepney.bus_messages import Monitoring

from gum_app.world.bus import Bus, member_of
from gum_app.world.notifications import ADDRESS, NOTIFY, SERVICE
from tests.desktop import Desktop


class Program:
    def __init__(self, desk: Desktop) -> None:
        self.bus = Bus(desk.session_bus)

    def show(self, summary: str, body: str = "", *, app: str = "Mail", urgency: int = 1, replaces: int = 0) -> int:
        said: tuple[object, ...] = (app, replaces, "", summary, body, [], {"urgency": ("y", urgency)}, 1000)
        return int(self.bus.call(new_method_call(ADDRESS, "Notify", NOTIFY, said))[0])

    def take_away(self, id: int) -> None:  # noqa: A002
        self.bus.call(new_method_call(ADDRESS, "CloseNotification", "u", (id,)))


class Listener:
    """What one program shows, as it goes over the bus: its summaries, and how urgent it calls each."""

    def __init__(self, desk: Desktop, app: str) -> None:
        self._app = app
        self._bus = Bus(desk.session_bus)
        rule = MatchRule(type="method_call", interface=SERVICE, member="Notify").serialise()
        self._bus.call(Monitoring().BecomeMonitor([rule]))
        self._heard: list[tuple[str, int]] = []

    def heard(self) -> list[tuple[str, int]]:
        for message in self._bus.arrived():
            if member_of(message) == "Notify" and message.body[0] == self._app:
                self._heard.append((message.body[3], message.body[6]["urgency"][1]))
        return self._heard

    def close(self) -> None:
        self._bus.close()
