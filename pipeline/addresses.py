"""Addresses of endpoints and their keys: whose they are, what lies on the way, how both are shown."""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def host_of(url: str) -> str:
    """Host and port of an address, without name and password; empty where it is none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if parts.hostname and port else ""


def same_place(one: str, other: str) -> bool:
    """Whether a key for one address may go to the other: the same scheme, host and port."""
    return bool(host_of(one)) and _place(one) == _place(other)


def _place(url: str) -> tuple[str, str]:
    return url.strip().partition("://")[0].lower(), host_of(url)


def without_password(address: str) -> str:
    """An address as it may be shown: nobody's name or password in it, and no key behind it."""
    scheme, sign, rest = address.partition("://")
    host = (rest if sign else scheme).rpartition("@")[2].partition("?")[0]
    return f"{scheme}://{host}" if sign else host


def in_the_open(url: str) -> bool:
    """Whether what is sent there can be read on the way: no encryption, and another machine."""
    parts = urlsplit(url.strip())
    return parts.scheme == "http" and bool(parts.hostname) and not on_this_machine(url)


def on_this_machine(url: str) -> bool:
    """Whether an address is one of this very machine."""
    name = urlsplit(url.strip()).hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def proxy_to(url: str) -> str:
    """The proxy that lies between here and an address, as this machine is set; empty where none.

    The environment says so, else the system's own settings. Nothing on this machine is reached
    through one. It may hold a password.
    """
    parts = urlsplit(url.strip())
    name = parts.hostname or ""
    if not name or on_this_machine(url):
        return ""
    named = getproxies()
    proxy = named.get(parts.scheme) or named.get("all") or ""
    if not proxy or proxy_bypass(host_of(url)) or _excepted(name, named.get("no", "")):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _excepted(name: str, excepted: str) -> bool:
    """Whether everything is excepted, or a network that holds this numeric host."""
    every = [one.strip().strip("[]") for one in excepted.split(",")]
    if "*" in every:
        return True
    for one in every:
        try:
            if ip_address(name) in ip_network(one, strict=False):
                return True
        except ValueError:
            continue
    return False


def can_be_sent(key: str) -> bool:
    """Whether a key can stand in a request: libraries that cannot send one repeat it."""
    return all("!" <= one <= "~" for one in key)
