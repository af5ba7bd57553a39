"""Tells whether an address may be asked: public hosts and web ports only, whatever it is called."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
# Global by their registration, and yet the clouds' own: Oracle's metadata, Azure's WireServer,
# and the site-local addresses of old (RFC 3879).
INNER = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10")))
WEB_PORTS = frozenset({80, 443})
FREE_PORTS = 1024  # below it stand mail, shells and name servers: no page is served there


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public Internet.

    False for loopback, private, link-local (and with it the clouds' metadata service), shared,
    multicast, reserved and unspecified ones, also where an IPv6 address carries such an IPv4 one.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(each) for each in (found, *_carried(found)))


def _is_global(address: Address) -> bool:
    inner = any(address in network for network in INNER)
    return address.is_global and not (inner or address.is_multicast or address.is_reserved)


def _carried(address: Address) -> list[Address]:
    """Return the IPv4 addresses inside an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    if address in NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def why_refused(url: str, *, allow_private: bool = False) -> str:
    """Return why an address is not asked, as far as it can be seen from itself, or nothing.

    What its name stands for is seen when it is connected to (`backends.guard`).

    Raises:
        ValueError: where it is no address at all.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https"):
        return "only http and https are fetched"
    port = parts.port
    if allow_private:
        return ""
    if port is not None and port not in WEB_PORTS and port < FREE_PORTS:
        return f"port {port} is none of the Web's"
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return "the address of this machine"
    try:
        literal = str(ipaddress.ip_address(host))
    except ValueError:
        return ""
    return "" if is_public(literal) else f"{literal} is no public address"
