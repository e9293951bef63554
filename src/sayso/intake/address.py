"""Which network addresses are public: the only ones that Sayso fetches from unless told."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from sayso.errors import FetchRefused

# `is_global` differs between Python's own versions and lets some of these pass.
_NOT_PUBLIC_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers; one cloud's metadata address is in it
        "168.63.129.16/32",  # a cloud's metadata address among public ones
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/3",  # multicast and reserved
    )
]
_GLOBAL_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo tunnels among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 tunnels: they can lead to any IPv4 address
        "3fff::/20",
    )
]
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Whether a numeric IP address, in any form that IPv6 has for it, is on the open internet."""
    ip = ip_address(address.partition("%")[0])
    return _is_public_4(ip) if isinstance(ip, IPv4Address) else _is_public_6(ip)


def _is_public_4(ip: IPv4Address) -> bool:
    return ip.is_global and not any(ip in network for network in _NOT_PUBLIC_4)


def _is_public_6(ip: IPv6Address) -> bool:
    if ip.ipv4_mapped is not None:
        return _is_public_4(ip.ipv4_mapped)
    if ip in _NAT64:
        return _is_public_4(IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip not in _GLOBAL_6 or any(ip in network for network in _NOT_PUBLIC_6):
        return False
    is_tunnel = int(ip) >> 32 & 0xFFFFFFFF in _ISATAP
    return ip.is_global and not is_tunnel


def check_host(host: str) -> None:
    """Refuse numeric hosts that systems read in different ways: 2130706433, 0x7f.1, 0177.0.0.1."""
    if not host:
        raise FetchRefused("the address names no host")
    is_name = _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is None
    if is_name or ":" in host:
        return
    try:
        IPv4Address(host)
    except ValueError as error:
        raise FetchRefused(
            f"{host} is no plain address: write it as four decimal numbers"
        ) from error
