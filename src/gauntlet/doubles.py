"""The doubles of the hosted services as a program: started on a port, told where they are, stopped by a signal."""

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from gauntlet.core.errors import InvalidInput, Misconfigured

if TYPE_CHECKING:
    from gauntlet.providers.fakes.faults import FaultRule

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the doubles are, and the environment in which Gauntlet uses them in place of the services."""

    origin: str
    environment: Mapping[str, str]


def serve_doubles(
    *, port: int, seed: int, speed: float, faults_file: Path | None, announce: Callable[[Whereabouts], None]
) -> None:
    """Serve the doubles on loopback until the process is told to stop; `announce` is called once they answer.

    Raises `InvalidInput` for a file of faults that does not fit, `Misconfigured` for a port that is taken.
    """
    rules = () if faults_file is None else _read_faults(faults_file)
    listener = _listening(port)
    try:
        asyncio.run(_serve(listener, seed=seed, speed=speed, rules=rules, announce=announce))
    finally:
        listener.close()


async def _serve(
    listener: socket.socket,
    *,
    seed: int,
    speed: float,
    rules: "tuple[FaultRule, ...]",
    announce: Callable[[Whereabouts], None],
) -> None:
    from gauntlet.providers.fakes.doubles import Doubles
    from gauntlet.providers.fakes.serving import serving
    from gauntlet.providers.fakes.shared import FakesOptions

    doubles = Doubles(FakesOptions(seed=seed, speed=speed))
    doubles.shared.faults.set(rules)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, stop.set)
    async with serving(doubles, listener):
        announce(_told(f"http://{HOST}:{listener.getsockname()[1]}"))
        await stop.wait()


def _told(origin: str) -> Whereabouts:
    from gauntlet.providers.fakes.app import addresses
    from gauntlet.providers.fakes.shared import KEYS, WEBHOOK_SECRET

    urls = addresses(origin)
    environment = {
        **{f"GAUNTLET_HOSTED__{service.upper()}_URL": url for service, url in urls.items()},
        "GAUNTLET_HOSTED__REPLICATE_DELIVERY_HOSTS": HOST,
        "GAUNTLET_HOSTED__REPLICATE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "GAUNTLET_REPLICATE_API_TOKEN": KEYS["replicate"],
        **{f"GAUNTLET_{name.upper()}_API_KEY": KEYS[name] for name in ("openrouter", "openai", "anthropic")},
    }
    return Whereabouts(origin=origin, environment=environment)


def _listening(port: int) -> socket.socket:
    from gauntlet.providers.fakes.serving import listening

    try:
        return listening(host=HOST, port=port)
    except OSError as error:
        raise Misconfigured(
            f"Cannot listen on {HOST}, port {port}: {error.strerror or error}.",
            next_step=f"Stop what uses port {port}, or choose another with --port; --port 0 takes a free one.",
            details={"host": HOST, "port": port},
        ) from error


def _read_faults(path: Path) -> "tuple[FaultRule, ...]":
    from gauntlet.providers.fakes.faults import read_rules

    next_step = "docs/guide/fakes.md lists the faults and what a rule may say."
    try:
        return read_rules(path.read_bytes())
    except OSError as error:
        raise InvalidInput(
            f"The file of faults {path} cannot be read: {error.strerror}.", next_step=next_step
        ) from error
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the document"
        raise InvalidInput(
            f"The file of faults {path} does not fit at {where}: {fault['msg']}.",
            next_step=next_step,
            details={"field": where},
        ) from error
