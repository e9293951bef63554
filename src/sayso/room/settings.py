"""What a room is told when it is made: which record, where it listens, whom it lets in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sayso.errors import UsageError

PORT = 8765
LONG_ENOUGH = 16
"""Characters of a token that nobody guesses."""

_MB = 1 << 20
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 (compared with)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_OWN_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much the room takes on. Sizes in bytes, rates a minute for one person or address."""

    body: int = 1 * _MB
    reading_body: int = 12 * _MB
    """Of a request that brings an article."""
    target: int = 8_192
    """Of an address with all that it asks for."""
    stall: float = 20.0
    """Seconds to wait for more of a request."""
    at_once: int = 64
    """Requests that are answered at the same time; as many event streams beside them."""
    threads: int = 8
    """Of those, so many that use the record."""
    requests: int = 1_200
    readings: int = 60
    """Requests that have articles read or drafts checked."""
    entries: int = 10
    """Tries to enter with a token."""
    queue: int = 32
    """Drafts that wait to be read."""
    articles: int = 500
    """Articles in one draft."""
    addresses: int = 10
    """Addresses in one draft: each takes up to 20 seconds."""
    kept: int = 200
    """Drafts that are remembered when they were read, until they are kept or discarded."""
    kept_seconds: float = 6 * 3_600.0
    kept_characters: int = 10_000_000
    """Of all drafts that are remembered."""
    max_chars: int = 1_000_000
    """Characters of an article."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A room. `tokens` are by the name of the person; without any, all come from this machine.

    `url` is where browsers find the room if not at `host` and `port`, as behind a proxy.
    Raises UsageError for what would let in people whom nobody knows.
    """

    record: Path
    model: str | None = None
    host: str = "127.0.0.1"
    port: int = PORT
    url: str | None = None
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    demo: bool = False
    """Whether the reports are the invented ones, which each page then says."""
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if not self.tokens and not is_loopback(self.host):
            raise UsageError(f"at {self.host} others reach the room: it needs a token for each")
        if any(len(token) < LONG_ENOUGH for token in self.tokens.values()):
            raise UsageError(f"a token has {LONG_ENOUGH} characters or more, so that none guesses")
        if len(set(self.tokens.values())) < len(self.tokens):
            raise UsageError("two people have one token: the room could not tell them apart")
        if self.url is not None and _origin(self.url) is None:
            raise UsageError(f"{self.url!r} is no address of a room: write https://room.example")

    @cached_property
    def origin(self) -> str:
        """What the addresses that people open begin with."""
        if self.url is not None:
            return _origin(self.url) or ""
        return f"http://{bare(authority(self._named_host(), self.port), 'http')}"

    @property
    def cited(self) -> str:
        """What the addresses begin with that are told to others: nothing where only this machine
        can open them."""
        return "" if self.url is None and is_loopback(self.host) else self.origin

    def _named_host(self) -> str:
        """The host that people can ask for."""
        if self.host not in _EVERYWHERE:
            return self.host
        from socket import gethostname

        return gethostname()

    @property
    def secure(self) -> bool:
        """Whether browsers reach the room by https."""
        return self.origin.startswith("https:")

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names that requests may ask for, with their ports."""
        hosts = {self.host}
        if is_loopback(self.host) or self.host in _EVERYWHERE:
            hosts |= _LOCAL
        found = urlsplit(self.origin)
        port = found.port or _OWN_PORTS[found.scheme]
        names = authorities(found.hostname or "", port, found.scheme)
        return names.union(*(authorities(host, self.port) for host in hosts))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def authority(host: str, port: int) -> str:
    """`host:port`, as it stands in addresses."""
    return f"[{host}]:{port}" if ":" in host else f"{host.lower()}:{port}"


def authorities(host: str, port: int, scheme: str = "http") -> frozenset[str]:
    """The same as clients may write it: most leave out the port that is the scheme's own."""
    whole = authority(host, port)
    return frozenset({whole, bare(whole, scheme)})


def bare(authority: str, scheme: str) -> str:
    """An authority without the port that is the scheme's own."""
    return authority.removesuffix(f":{_OWN_PORTS[scheme]}")


def _origin(url: str) -> str | None:
    """Scheme and host of an address that has nothing else; None if it has."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        return None
    name = authority(parts.hostname, port or _OWN_PORTS[parts.scheme])
    return f"{parts.scheme}://{bare(name, parts.scheme)}"
