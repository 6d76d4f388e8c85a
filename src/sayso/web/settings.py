"""How a desk is run: which ledger, who may reach it, what may be written."""

import ipaddress
import socket
from dataclasses import dataclass

#: Stands for any host that is an address and no name: no name server can lead one elsewhere.
ANY_ADDRESS = "an address"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one server.

    Attributes:
        ledger: a file, or a ``postgresql://`` address.
        host: the address or name that the server listens at.
        port: its port.
        readonly: nothing can be written.
        token: what a request must bring to write, if anything.
        demo: the ledger is made of the samples, and goes when the server ends.
        workers: requests that are answered at once, each with a connection to the ledger.
    """

    ledger: str
    host: str = "127.0.0.1"
    port: int = 8765
    readonly: bool = False
    token: str | None = None
    demo: bool = False
    workers: int = 3

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which requests may come; see ``security.HostCheck``."""
        local = ("localhost", "127.0.0.1", "[::1]")
        if is_loopback(self.host):
            return tuple(dict.fromkeys((*local, _bracketed(self.host))))
        names = (socket.gethostname(), socket.getfqdn(), _bracketed(self.host), ANY_ADDRESS)
        return tuple(dict.fromkeys((*local, *names)))


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach a server at ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Whether a host is a literal IP address."""
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
