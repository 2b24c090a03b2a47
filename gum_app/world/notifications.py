"""Notifications on a Linux desktop: reading those that other programs show, and showing one of our own.

Read are the ones that go through org.freedesktop.Notifications on the session bus, by listening in as a monitor.
GTK programs on GNOME may use org.gtk.Notifications instead; those are not read.
"""

from __future__ import annotations

import html
import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from select import select
from typing import Any, Protocol

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import Monitoring

from gum_app.clock import Clock
from gum_app.errors import NotYet
from gum_app.records import Urgency
from gum_app.world.bus import Bus, BusLost, NoAnswer, interface_of, member_of, sender_of
from gum_app.world.hands import Notified

OWN_NAME = "gum-app"  # what we call ourselves; our own words must never come back as something that was seen
BUS = "org.freedesktop.DBus"
SERVICE = "org.freedesktop.Notifications"
ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
NOTIFY = "susssasa{sv}i"  # app, replaced id, icon, summary, body, actions, hints, milliseconds
URGENCIES: tuple[Urgency, ...] = ("low", "normal", "critical")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
SHARE = re.compile(r"\d\s?%")  # how far something is
REMEMBERED = 50
Words = tuple[str, str, str]  # app, summary, body
NO_SERVICE = "No program on this desktop shows notifications."
DAEMON_DECIDES = -1  # when it goes away by itself
MARKUP = re.compile(r"</?(?:b|i|u|a|p|br|span|tt|small|big|strong|em)\b[^<>]*>", re.IGNORECASE)
IMAGE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
TOLD_OF_IMAGE = re.compile(r"\balt=\"([^\"<>]*)\"", re.IGNORECASE)
# Who shows a notification chooses its words, and how many: what is longer is nobody's message.
LONGEST_NAME, LONGEST_SUMMARY, LONGEST_BODY = 200, 1_000, 10_000


class NotificationReader:
    """Belongs to one thread. Never raises: without a bus it reads nothing, and `why_not` says so."""

    def __init__(self, clock: Clock, open_bus: Callable[[], Bus]) -> None:
        self._clock = clock
        self._open = open_bus
        self._bus: Bus | None = None
        self._why_not: str | None = None
        self._repeats = _Repeats()
        self.mend()

    @property
    def bus(self) -> Bus | None:
        """What to wait for with `select`."""
        return self._bus

    @property
    def why_not(self) -> str | None:
        """A sentence, when notifications cannot be read."""
        return self._why_not

    def mend(self) -> None:
        """Connect, if not connected."""
        if self._bus is not None:
            return
        bus = None
        try:
            bus = self._open()
            rule = MatchRule(type="method_call", interface=SERVICE, member="Notify").serialise()
            bus.call(Monitoring().BecomeMonitor([rule]))
        except (BusLost, NoAnswer) as error:
            self._why_not = f"The notifications of other programs cannot be read: {error}"
            if bus is not None:
                bus.close()
        else:
            self._bus, self._why_not = bus, None

    def read(self) -> list[Notified]:
        """Those that were shown since the last call. Does not wait."""
        if self._bus is None:
            return []
        try:
            messages = self._bus.arrived()
        except BusLost as error:
            self.close()
            self._why_not = f"The notifications of other programs cannot be read: {error}"
            return []
        return [notified for message in messages if (notified := self._understand(message)) is not None]

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()
        self._bus = None

    def _understand(self, message: Message) -> Notified | None:
        """None: it is not a notification, it is ours, or it only shows the same again (a bar that moves)."""
        if member_of(message) != "Notify" or _signature_of(message) != NOTIFY:
            return None
        app, replaced_id, _icon, summary, body, _actions, hints, _milliseconds = message.body
        if app == OWN_NAME:
            return None
        notified = Notified(
            at=self._clock.now(),
            app=app[:LONGEST_NAME],
            summary=summary[:LONGEST_SUMMARY],
            body=without_markup(body[:LONGEST_BODY]),
            urgency=_urgency(hints),
        )
        return None if self._repeats.says_the_same(notified, int(replaced_id), moves="value" in hints) else notified


class _Repeats:
    """Which notifications only show again what stood there: a bar that moves, one that its program puts up anew.

    The number of a notification is told to its program alone: what the first of a number said is looked for among what
    the program has just said.
    """

    def __init__(self) -> None:
        self._new: deque[Words] = deque(maxlen=REMEMBERED)
        self._replaced: OrderedDict[tuple[str, int], Words] = OrderedDict()

    def says_the_same(self, notified: Notified, replaced_id: int, *, moves: bool) -> bool:
        """`moves`: it shows how far something is, so that other numbers are no news."""
        words = _words(notified, moves=moves)
        if not replaced_id:
            self._new.append(words)
            return False
        key = (notified.app, replaced_id)
        before = self._replaced.pop(key, None)
        self._replaced[key] = words
        if len(self._replaced) > REMEMBERED:
            self._replaced.popitem(last=False)
        return before == words if before is not None else words in self._new


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a notification of ours."""

    id: int
    action: str | None  # the key of the button that was pressed; None: it went away without a choice


class Notifier(Protocol):
    """Shows notifications, and hears what the person does with them."""

    def has_buttons(self) -> bool:
        """Whether this desktop can show actions, and tell which was chosen."""
        ...

    def show(
        self, summary: str, body: str, actions: Mapping[str, str] | None = None, *, urgency: Urgency = "normal"
    ) -> int:
        """Plain words; `actions` are buttons, key to label, left out where there are none. Its id. Raises NotYet."""
        ...

    def withdraw(self, id: int) -> None:  # noqa: A002 - one word for one thing
        """Take it away, if it is still there. It is then not answered any more."""
        ...

    def answer(self, timeout_seconds: float) -> Answer | None:
        """The next answer to one of ours, each given once; None when there is none within the time."""
        ...

    def close(self) -> None: ...


class DesktopNotifier:
    """The Notifier of a Linux desktop. Belongs to one thread."""

    def __init__(self, open_bus: Callable[[], Bus], *, icon: str = "") -> None:
        """`icon`: a file, or the name of an icon in the desktop's theme."""
        self._open = open_bus
        self._icon = icon
        self._bus: Bus | None = None
        self._shown: dict[int, str] = {}  # and not yet answered; with the program that shows it
        self._answers: deque[Answer] = deque()

    def has_buttons(self) -> bool:
        try:
            return "actions" in self._capabilities()
        except NotYet:
            return False

    def show(
        self, summary: str, body: str, actions: Mapping[str, str] | None = None, *, urgency: Urgency = "normal"
    ) -> int:
        can = self._capabilities()
        buttons = [part for pair in (actions or {}).items() for part in pair] if "actions" in can else []
        words = html.escape(body, quote=False) if "body-markup" in can else body
        hints = {"urgency": ("y", URGENCIES.index(urgency)), "desktop-entry": ("s", OWN_NAME)}
        said = (OWN_NAME, 0, self._icon, summary, words, buttons, hints, DAEMON_DECIDES)
        (shown,) = self._call("Notify", NOTIFY, said)
        if not isinstance(shown, int):
            raise NotYet(NO_SERVICE)
        assert self._bus is not None
        try:
            self._shown[shown] = self._bus.owner(SERVICE) or ""
        except BusLost as error:
            self.close()
            raise NotYet(f"No notification can be shown: {error}") from error
        return shown

    def withdraw(self, id: int) -> None:  # noqa: A002
        self._shown.pop(id, None)
        if self._bus is not None:
            with suppress(BusLost):  # then it is gone with the bus
                self._bus.send(new_method_call(ADDRESS, "CloseNotification", "u", (id,)))

    def answer(self, timeout_seconds: float) -> Answer | None:
        deadline = time.monotonic() + timeout_seconds
        while self._bus is not None and not self._take_answers():
            if not select([self._bus], [], [], max(deadline - time.monotonic(), 0.0))[0]:
                break
        return self._answers.popleft() if self._answers else None

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()
        self._bus = None
        self._shown.clear()

    def _take_answers(self) -> bool:
        """Whether there are any."""
        assert self._bus is not None
        try:
            messages = self._bus.arrived()
        except BusLost:
            self._answers += [Answer(id=id_, action=None) for id_ in self._shown]
            self.close()
            return True
        for message in messages:
            self._answers += self._understand(message)
        return bool(self._answers)

    def _capabilities(self) -> set[str]:
        (names,) = self._call("GetCapabilities")
        return {str(name) for name in names} if isinstance(names, list) else set()

    def _call(self, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        try:
            if self._bus is None:
                self._bus = self._open()
                self._bus.listen(sender=SERVICE, interface=SERVICE)
                self._bus.listen(sender=BUS, interface=BUS, member="NameOwnerChanged", first=SERVICE)
            answer = self._bus.call(new_method_call(ADDRESS, method, signature, body))
        except BusLost as error:
            self.close()
            raise NotYet(f"No notification can be shown: {error}") from error
        except NoAnswer as error:
            raise NotYet(NO_SERVICE) from error
        if len(answer) != 1:
            raise NotYet(NO_SERVICE)
        return answer

    def _understand(self, message: Message) -> list[Answer]:
        """Only the program that shows a notification can say what became of it: any other may guess its number."""
        if message.header.message_type is not MessageType.signal:
            return []
        sender = sender_of(message)
        if sender == BUS and member_of(message) == "NameOwnerChanged":
            gone = [id_ for id_, program in self._shown.items() if program == message.body[1]]
            return [self._answered(id_, None) for id_ in gone]
        if interface_of(message) != SERVICE or member_of(message) not in {"ActionInvoked", "NotificationClosed"}:
            return []
        if _signature_of(message) not in {"us", "uu"} or self._shown.get(message.body[0]) != sender:
            return []
        id_, what = message.body
        return [self._answered(id_, str(what) if member_of(message) == "ActionInvoked" else None)]

    def _answered(self, id_: int, action: str | None) -> Answer:
        del self._shown[id_]
        return Answer(id=id_, action=action)


def without_markup(body: str) -> str:
    """The words of a body: the few tags that notifications may use are taken out, everything else stays as it is."""
    return html.unescape(MARKUP.sub("", IMAGE.sub(_told_of_image, body))).strip()


def _told_of_image(image: re.Match[str]) -> str:
    told = TOLD_OF_IMAGE.search(image[1])
    return told[1] if told is not None else ""


def _signature_of(message: Message) -> str:
    """The types of its parts: the bus passes on whatever anybody sends."""
    return str(message.header.fields.get(HeaderFields.signature, ""))


def _urgency(hints: Mapping[str, tuple[str, object]]) -> Urgency:
    _, level = hints.get("urgency", ("y", 1))
    return URGENCIES[level] if isinstance(level, int) and 0 <= level < len(URGENCIES) else "normal"


def _words(notified: Notified, *, moves: bool) -> Words:
    said = (notified.app, notified.summary, notified.body)
    if not moves and not SHARE.search(f"{notified.summary} {notified.body}"):
        return said
    app, summary, body = (NUMBER.sub("#", part) for part in said)
    return app, summary, body
