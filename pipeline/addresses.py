"""Addresses of endpoints and their keys: whose they are, and how they may be shown."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Host and port of an address, without name and password; empty where it is none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if parts.hostname and port else ""


def without_password(address: str) -> str:
    """An address as it may be shown: nobody's name or password in it, and no key behind it."""
    scheme, sign, rest = address.partition("://")
    host = (rest if sign else scheme).rpartition("@")[2].partition("?")[0]
    return f"{scheme}://{host}" if sign else host


def in_the_open(url: str) -> bool:
    """Whether what is sent there can be read on the way: no encryption, and another machine."""
    parts = urlsplit(url.strip())
    if parts.scheme != "http" or not parts.hostname:
        return False
    try:
        return not ip_address(parts.hostname).is_loopback
    except ValueError:
        return parts.hostname != "localhost"


def can_be_sent(key: str) -> bool:
    """Whether a key can stand in a request: libraries that cannot send one repeat it."""
    return all("!" <= one <= "~" for one in key)
