"""Refuse every connection that leaves this machine.

`tests/conftest.py` puts this folder on PYTHONPATH, so that Python processes started by a test
are held to the same rule as the test itself.
"""

import ipaddress
import sys
from typing import Any

LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def _is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_outside(event: str, args: tuple[Any, ...]) -> None:
    """Audit hook: raise before a socket reaches beyond the loopback interface."""
    if event in LOOKUPS:
        host = args[0]
    elif event not in SENDS:
        return
    else:
        address = args[1]
        if not isinstance(address, tuple):  # a Unix socket, or sendmsg on a connected one
            return
        host = address[0]
    if not _is_local(host):
        raise ConnectionRefusedError(f"a test may not reach {host!r}: only this machine")


if not getattr(sys, "_dragoman_offline", False):
    sys._dragoman_offline = True  # type: ignore[attr-defined]
    sys.addaudithook(refuse_outside)
