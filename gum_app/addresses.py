"""Where a server is: on this computer, in the house, or beyond; and what the person says before anything goes there.

Pure: no name is looked up. Only `localhost` and loopback addresses written in full count as this computer. An address
is taken apart once, and what is connected to is put together from the checked parts: no two readers can disagree on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from gum_app.errors import BadInput

PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
# Some resolvers read a name that ends in a number as an IPv4 address in one of its odd forms: 127.1, 0x7f000001.
ODD_NUMBER = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")
# Names that the internet does not know: mDNS (RFC 6762), home networks (RFC 8375), .internal (ICANN 2024), habit.
HOUSE_NAMES = (".local", ".home.arpa", ".internal", ".lan")
PASTED_TOO_FAR = ("/chat/completions", "/embeddings", "/models")
LONGEST_URL = 2000

WRITE_IN_FULL = "Write the number of the computer in full, as in 192.168.1.20."
LOOKS_LIKE = "it looks like http://127.0.0.1:8080/v1 or https://gpu.example.org/v1"


@dataclass(frozen=True, kw_only=True)
class Address:
    """A server's address. Without a path `/v1` is meant, where llama-server, Ollama, LM Studio and vLLM answer."""

    scheme: str  # http or https
    host: str  # ASCII, in lower case; an IPv6 address without brackets
    port: int
    path: str  # begins with a slash and ends without one

    @property
    def where(self) -> str:
        """As sentences name it: "gpu-box.local:8080"."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.where}{self.path}"

    @property
    def is_local(self) -> bool:
        number = _number(self.host)
        return self.host == "localhost" or (number is not None and number.is_loopback)

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"


def read_address(url: str) -> Address:
    """Raises BadInput with a sentence that does not repeat the address: somebody may have typed a password into it."""
    text = url.strip()
    if len(text) > LONGEST_URL or "\\" in text or any(c.isspace() or not c.isprintable() for c in text):
        raise BadInput(f"That is not the address of a server: {LOOKS_LIKE}.")
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise BadInput(f"That is not the address of a server: {LOOKS_LIKE}.") from None
    _check_form(parts, port)
    address = Address(scheme=parts.scheme, host=_host(host), port=port or PORTS[parts.scheme], path=_path(parts.path))
    if not (address.is_encrypted or _is_in_the_house(address.host)):
        raise BadInput(f"What is sent to {address.where} could be read on its way: use https:// beyond your own house.")
    return address


def sends_to(url: str) -> str:
    """ "host:port". Raises BadInput."""
    return read_address(url).where


def is_local(url: str) -> bool:
    """Whether nothing would leave this computer. Raises BadInput."""
    return read_address(url).is_local


def words_to_confirm(url: str) -> str:
    """What the person types before anything goes there; empty for this computer. Raises BadInput."""
    address = read_address(url)
    if address.is_local:
        return ""
    return f"send to {address.where}" if address.is_encrypted else f"send unencrypted to {address.where}"


def is_confirmed(url: str, words: str) -> bool:
    """Whether these words allow this address; for this computer none are needed. Raises BadInput."""
    needed = words_to_confirm(url)
    return not needed or " ".join(words.casefold().split()) == needed


def what_goes_there(url: str, *, already: bool = False) -> str:
    """What would be sent where, or is sent already, in a sentence for the person. Raises BadInput."""
    address = read_address(url)
    if address.is_local:
        return f"Everything stays on this computer: the server at {address.where} runs on it."
    verb = "are" if already else "would be"
    sent = f"Pictures of your screen, its words and what gum-app believes about you {verb} sent to {address.where}"
    if address.is_encrypted:
        return f"{sent}, encrypted on the way; whoever runs that server can read them."
    return f"{sent}, unencrypted; whoever runs that server or is in the same network can read them."


def _check_form(parts: SplitResult, port: int | None) -> None:
    if parts.scheme not in PORTS:
        raise BadInput(f"The address of a server begins with http:// or https://: {LOOKS_LIKE}.")
    if "@" in parts.netloc:
        raise BadInput("The address of a server has no user name in it: give the API key apart from it.")
    if parts.query or parts.fragment or port == 0:
        raise BadInput(f"The address of a server has only a name, a port and a path: {LOOKS_LIKE}.")


def _host(name: str) -> str:
    number = _number(name)
    if number is not None:
        if number.is_unspecified or number.is_multicast or "%" in name:
            raise BadInput("That is no address of one computer: for a server on this one write 127.0.0.1.")
        if isinstance(number, IPv6Address) and number.ipv4_mapped is not None:
            # ::ffff:8.8.8.8 leads to 8.8.8.8 (RFC 4291, 2.5.5.2), and versions of Python differ on what it is.
            raise BadInput(WRITE_IN_FULL)
        return str(number)
    try:
        plain = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        plain = ""
    if NAME.fullmatch(plain) is None or len(plain) > 253:
        raise BadInput(f"That is not the address of a server: {LOOKS_LIKE}.")
    if ODD_NUMBER.fullmatch(plain):
        raise BadInput(WRITE_IN_FULL)
    return plain


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _path(path: str) -> str:
    if PATH.fullmatch(path) is None:
        raise BadInput(f"The path of a server's address is plain, like /v1: {LOOKS_LIKE}.")
    path = path.rstrip("/")
    for end in PASTED_TOO_FAR:
        path = path.removesuffix(end)
    return path or "/v1"


def _is_in_the_house(host: str) -> bool:
    """A number or name that the internet does not lead to."""
    number = _number(host)
    if number is not None:
        return not number.is_global
    return "." not in host or host.endswith(HOUSE_NAMES)
