"""What KDE Plasma answers on the bus when asked not to disturb, by its documentation. It shows nothing.

python -m tests.world.plasma_double [NAME]      NAME instead of “Plasma”
"""

from __future__ import annotations

import os
import sys

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection

SERVICE = "org.freedesktop.Notifications"


def serve(name: str) -> None:
    connection = open_dbus_connection(bus=os.environ["DBUS_SESSION_BUS_ADDRESS"])
    bus = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
    gone = MatchRule(type="signal", interface=bus.interface, member="NameOwnerChanged", path=bus.object_path)
    connection.send_and_get_reply(message_bus.AddMatch(gone))
    connection.send_and_get_reply(message_bus.RequestName(SERVICE))
    inhibited: dict[int, str] = {}
    last = 0
    while True:
        message = connection.receive()
        fields = message.header.fields
        member, sender = fields.get(HeaderFields.member), fields.get(HeaderFields.sender, "")
        if message.header.message_type is MessageType.signal and member == "NameOwnerChanged":
            inhibited = {cookie: who for cookie, who in inhibited.items() if who != message.body[0]}
        if message.header.message_type is not MessageType.method_call:
            continue
        match member:
            case "GetServerInformation":
                answer = new_method_return(message, "ssss", (name, "KDE", "5.27.5", "1.2"))
            case "Inhibit":
                last += 1
                inhibited[last] = sender
                answer = new_method_return(message, "u", (last,))
            case "UnInhibit":
                inhibited.pop(message.body[0], None)
                answer = new_method_return(message)
            case "Get":
                answer = new_method_return(message, "v", (("b", bool(inhibited)),))
            case _:
                answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        connection.send(answer)


if __name__ == "__main__":
    serve(*(sys.argv[1:] or ["Plasma"]))
