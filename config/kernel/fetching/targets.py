"""Reads a web address strictly, so that what is checked is what is asked for.

No parser is trusted to agree with another: an address is taken apart here once, refused when it
is odd in any way, and put together again from its parts.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import idna

from .addresses import Address, why_not_public
from .values import Allow, FetchRefused

MAX_URL = 2048
DEFAULT_PORTS = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8080, 8443})

#: Names that mean a place inside: RFC 6761, 6762, 7686, 8375, 9476, and what offices use.
INNER_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan"}
    | {"test", "invalid", "onion", "arpa", "alt", "consul", "kubernetes"}
)
#: Public names that exist to point at, or send on to, whatever address is written into them.
STEERABLE_NAMES = frozenset(
    {"nip.io", "sslip.io", "xip.io", "traefik.me", "localtest.me", "lvh.me", "vcap.me", "fuf.me"}
    | {"lacolhost.com", "localh.st", "smackaho.st", "1u.ms", "rbndr.us"}
    | {"burpcollaborator.net", "oastify.com", "r3dir.me", "nicob.net"}
)
_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.DOTALL,
)
_SCHEME = re.compile(r"[A-Za-z0-9+.-]+:")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_DOTS = re.compile("[.。．｡]")
_SAFE = "/:@!$&'()*+,;=-._~%[]"


@dataclass(frozen=True)
class Target:
    """An address we may ask: `host` is a lower-case ASCII name, or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None
    address: Address | None = None
    is_excepted: bool = False

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"

    @property
    def path_and_query(self) -> str:
        return self.path if self.query is None else f"{self.path}?{self.query}"

    @property
    def url(self) -> str:
        return self.origin + self.path_and_query


def read_target(url: str, *, allow: Allow = frozenset()) -> Target:
    """The parts of a public http(s) address, or of one whose host and port are excepted.

    Names are judged by their spelling only; nothing is resolved. Raises FetchRefused.
    """
    scheme, authority, path, query = _split(url)
    host, port = _host_and_port(authority, DEFAULT_PORTS[scheme])
    excepted = (host, port) in allow
    address = _plain_address(host) if excepted else _judge(host, port)
    return Target(
        scheme=scheme,
        host=host,
        port=port,
        path=quote(path or "/", safe=_SAFE),
        query=None if query is None else quote(query, safe=_SAFE + "?"),
        address=address,
        is_excepted=excepted,
    )


def follow(target: Target, location: str, *, allow: Allow = frozenset()) -> Target:
    """The target a redirect names, judged like any other. Raises FetchRefused."""
    if location.startswith(("\\", "/\\")):
        raise FetchRefused("malformed", "the redirect's address has a backslash")
    try:
        joined = urljoin(target.url, location)
    except ValueError:
        raise FetchRefused("malformed", "the redirect's address can't be read") from None
    return read_target(joined, allow=allow)


def check_addresses(host: str, addresses: list[Address]) -> None:
    """Every address of a name must be public; one that isn't condemns the name."""
    for address in addresses:
        if reason := why_not_public(address):
            raise FetchRefused("address_not_public", f"{host}: {reason}")


def _split(url: str) -> tuple[str, str, str | None, str | None]:
    if not url.strip():
        raise FetchRefused("malformed", "the address is empty")
    if len(url) > MAX_URL:
        raise FetchRefused("malformed", f"the address is longer than {MAX_URL} characters")
    if any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn"} for c in url):
        raise FetchRefused("malformed", "the address has a space or an invisible character")
    match = _URL.fullmatch(url)
    scheme = match["scheme"].lower() if match else _scheme_of(url)
    if scheme not in DEFAULT_PORTS:
        raise FetchRefused("scheme", "only http:// and https:// addresses are read")
    if match is None or "\\" in match["authority"] + (match["path"] or ""):
        raise FetchRefused("malformed", "the address is not of the form https://name/path")
    return scheme, match["authority"], match["path"], match["query"]


def _scheme_of(url: str) -> str:
    match = _SCHEME.match(url)
    return match.group()[:-1].lower() if match else ""


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    if "@" in authority:
        raise FetchRefused("userinfo", "the address carries a user name or password")
    match = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", authority)
    if match is None or not match[1]:
        raise FetchRefused("malformed", "the host is missing or can't be read")
    port = int(match[2]) if match[2] else default
    if not 0 < port < 65536:
        raise FetchRefused("port", f"{port} is not a port")
    if match[1].startswith("["):
        return _read_v6(match[1][1:-1]), port
    return _read_name(match[1]), port


def _read_v6(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text if "%" not in text else ""))
    except ValueError:
        raise FetchRefused("malformed", "the IPv6 address can't be read") from None


def _read_name(text: str) -> str:
    """The host as lower-case ASCII, international names in their xn-- form."""
    labels = _DOTS.split(text.lower())
    if len(labels) > 1 and not labels[-1]:
        labels.pop()  # the dot that ends a full name
    name = ".".join(_read_label(label) for label in labels)
    if len(name) > 253:
        raise FetchRefused("malformed", "the host's name is too long")
    return name


def _read_label(label: str) -> str:
    ascii_label = label
    if not label.isascii():
        ascii_label = _to_idna(label)
        if not ascii_label.startswith("xn--"):
            raise FetchRefused("name_disguised", "plain letters are written in another alphabet")
    if not _LABEL.fullmatch(ascii_label):
        raise FetchRefused("malformed", "the host's name can't be read")
    return ascii_label


def _to_idna(label: str) -> str:
    try:
        return idna.encode(label, uts46=True, std3_rules=True).decode("ascii").lower()
    except idna.IDNAError:
        raise FetchRefused("malformed", "the international name can't be read") from None


def _judge(host: str, port: int) -> Address | None:
    """The address written as host, if it is one; refuses what can't be public."""
    address = _plain_address(host)
    if address is not None:
        check_addresses("the host", [address])
    else:
        _check_name(host)
    if port not in PORTS:
        raise FetchRefused("port", f"port {port} is not one the web uses")
    return address


def _plain_address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _check_name(host: str) -> None:
    labels = host.split(".")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        _refuse_number(host)
    if len(labels) == 1:
        raise FetchRefused("name_not_public", f"{host} has no dot, so it names a machine inside")
    if labels[-1] in INNER_NAMES:
        raise FetchRefused("name_not_public", f"names under {labels[-1]} are not public")
    if any(".".join(labels[i:]) in STEERABLE_NAMES for i in range(len(labels))):
        raise FetchRefused("name_not_public", f"{host} points at an address of anyone's choice")


def _refuse_number(host: str) -> None:
    """A number that is not a plain dotted address: octal, hexadecimal, short or overlong."""
    try:
        meant = ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        raise FetchRefused("address_spelling", f"{host} is no address") from None
    if reason := why_not_public(meant):
        raise FetchRefused("address_not_public", reason)
    raise FetchRefused("address_spelling", f"write the address plainly: {meant}")
