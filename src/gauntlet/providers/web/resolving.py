"""From a host's name to its addresses."""

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

_THREADS: Final = 4


class Resolver(Protocol):
    """Looks names up."""

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the host's IP addresses, best first; raises `socket.gaierror` where it has none or nobody knows."""
        ...


class SystemResolver:
    """Asks the machine, as every other program on it does.

    A name server that does not answer holds a thread for many seconds. These are threads of its own, so that nobody
    waits behind such names but others who look names up.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="resolve")  # started when first used

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the host's IP addresses; raises `socket.gaierror`."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        return list(dict.fromkeys(found))


def _look_up(host: str, port: int) -> list[str]:
    # In bytes, so that Python does not read it by its own, older rules for names in other scripts.
    answers = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(address[0]) for _family, _type, _proto, _name, address in answers]
