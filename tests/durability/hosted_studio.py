"""A studio with hosted models for chaos: doubles in one process, a server in another that is killed and restarted."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.server import GAUNTLET, PASSWORD, create_user, free_port

USER = "ann@example.org"
_POLL_S = 0.05
_ROUND_S = 1.0
_READY_WITHIN_S = 120
# What is answered so asks to be tried again.
_BUSY = frozenset({503, 507})


@dataclass(frozen=True)
class Doubles:
    """Running doubles, and what a server needs to use them."""

    url: str
    env: dict[str, str]

    def set_faults(self, rules: Sequence[dict[str, object]]) -> None:
        """Replace the script of faults."""
        httpx.put(f"{self.url}/_fakes/faults", json=list(rules), timeout=30).raise_for_status()

    def charges(self) -> list[dict[str, Any]]:
        """Return everything that was really billed."""
        return list(httpx.get(f"{self.url}/_fakes/charges", timeout=30).raise_for_status().json()["charges"])


@contextmanager
def doubles(log: Path, *, seed: int = 0, speed: float = 20.0) -> Generator[Doubles]:
    """Start `gauntlet fakes serve` and stop it at the end."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [str(GAUNTLET), "fakes", "serve", "--port", "0", "--seed", str(seed), "--speed", str(speed), "--json"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout is not None
            told = json.loads(_document(process.stdout))
            yield Doubles(url=told["origin"], env=told["environment"])
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)


def _document(lines: Iterable[str]) -> str:
    """Return the lines of one JSON document from a stream that stays open."""
    document = ""
    for line in lines:
        document += line
        if line.rstrip() == "}":
            return document
    raise AssertionError("the doubles ended before they told where they are")


@dataclass
class HostedStudio:
    """A server on one data directory and one port, which comes back whenever it is killed."""

    data_dir: Path
    env: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    kills: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def create_user(self) -> None:
        """Make the one who submits."""
        create_user(self.data_dir, USER, "--admin", env=self.env)

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(GAUNTLET), "serve", "--port", str(self.port), "--data-dir", str(self.data_dir)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={
                    **os.environ,
                    "GAUNTLET_RENDER__X264_PRESET": "ultrafast",
                    "GAUNTLET_RENDER__X264_CRF": "38",
                    # An order of which nobody knows whether it came through keeps its place for long.
                    "GAUNTLET_HOSTED__AT_ONCE": "48",
                    "GAUNTLET_HOSTED__WEBHOOK_BASE_URL": self.url,
                    **self.env,
                },
            )
        try:
            self._await_answer()
        except AssertionError:
            self.process.kill()
            raise

    def _await_answer(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()[-4_000:]
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/api/v2/health", timeout=2).status_code == 200:
                    return
            time.sleep(_POLL_S)
        raise AssertionError(f"the server did not answer within {_READY_WITHIN_S} s")

    def kill(self) -> None:
        """Kill it as a power cut would, and start it again."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.kills += 1
        self.start()

    def stop(self) -> None:
        """End it in good order."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into its database from outside."""
        with closing(sqlite3.connect(f"file:{self.data_dir / 'gauntlet.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(sql).fetchall()


class Killer:
    """Kills the studio at random moments while it is entered, so many times at most."""

    def __init__(self, studio: HostedStudio, *, times: int, lives_s: tuple[float, float], seed: int) -> None:
        self._studio = studio
        self._times = times
        self._lives_s = lives_s
        self._random = random.Random(seed)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.error: BaseException | None = None

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while self._studio.kills < self._times and not self._over.wait(self._random.uniform(*self._lives_s)):
                self._studio.kill()
        except BaseException as error:  # told by the test, which looks here
            self.error = error


class Person:
    """Submits jobs, approves and renders each, over HTTP, as often as it takes while the server comes and goes."""

    def __init__(self, studio: HostedStudio) -> None:
        self._url = studio.url
        self._client = httpx.Client(base_url=studio.url, timeout=30)

    def __enter__(self) -> "Person":
        self._client.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def sign_in(self) -> None:
        """Sign in; the token outlives restarts."""
        answer = self.ask("POST", "/api/v2/sessions", json={"email": USER, "password": PASSWORD})
        self._client.headers["authorization"] = f"Bearer {answer['token']}"

    def ask(self, method: str, path: str, *, accept: tuple[int, ...] = (), **given: Any) -> Any:
        """Return the answer's JSON; asks again while nobody answers, or a service behind the studio does not.

        Statuses in `accept` are answers as well.
        """
        deadline = time.monotonic() + 180
        while True:
            answer = self._try(method, path, given)
            if answer is not None and answer.status_code not in _BUSY:
                break
            told = "was not answered" if answer is None else answer.text
            assert time.monotonic() < deadline, f"{method} {path}: {told}"
            time.sleep(_POLL_S if answer is None else _ROUND_S)
        assert answer.is_success or answer.status_code in accept, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def _try(self, method: str, path: str, given: dict[str, Any]) -> httpx.Response | None:
        try:
            return self._client.request(method, path, **given)
        except httpx.TransportError:
            return None

    def submit(self, body: dict[str, Any], *, key: str) -> int:
        """Submit a job once, however often it takes to be told so."""
        return int(self.ask("POST", "/api/v2/generate", json=body, headers={"Idempotency-Key": key})["id"])

    def act(self, job: dict[str, Any]) -> None:
        """Do what a person does with a job in this state, if anything; a state that moved on is no fault."""
        if job["status"] != "storyboard_ready":
            return
        verb, body = ("render", None) if job["approval"] else ("approve", {"version": job["storyboardVersion"]})
        self.ask("POST", f"/api/v2/jobs/{job['id']}/{verb}", json=body, accept=(409,))


ENDED = frozenset({"completed", "paused", "canceled", "failed"})


def bring_to_end(person: Person, jobs: Sequence[int], *, within_s: float) -> dict[int, dict[str, Any]]:
    """Return every job as it ended; raises `AssertionError` naming those that did not in time."""
    ended: dict[int, dict[str, Any]] = {}
    deadline = time.monotonic() + within_s
    while len(ended) < len(jobs):
        for job_id in jobs:
            if job_id in ended:
                continue
            job = person.ask("GET", f"/api/v2/jobs/{job_id}")
            if job["status"] in ENDED:
                ended[job_id] = job
            else:
                person.act(job)
        left = [job_id for job_id in jobs if job_id not in ended]
        assert not left or time.monotonic() < deadline, f"not ended: {left}"
        # Asking all the time would take the processor from the work that is waited for.
        time.sleep(min(_ROUND_S, _POLL_S * len(left)))
    return ended


@dataclass(frozen=True)
class Books:
    """What the double charged against what the ledger says, prediction by prediction."""

    charged: dict[str, int]
    settled: dict[str, int]
    charged_more_than_once: tuple[str, ...]
    ambiguous: int

    @property
    def difference(self) -> dict[str, tuple[int | None, int | None]]:
        """Every prediction on which the two do not agree: charged, settled."""
        names = self.charged.keys() | self.settled.keys()
        pairs = {name: (self.charged.get(name), self.settled.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def books(studio: HostedStudio, fakes: Doubles) -> Books:
    """Compare the two sides for predictions."""
    charges = [entry for entry in fakes.charges() if entry["service"] == "replicate"]
    tokens = Counter(entry["webhookUrl"] for entry in charges if entry["webhookUrl"])
    settled = studio.query(
        "SELECT provider_ref, SUM(amount_microusd) FROM ledger_entries"
        " WHERE account = 'spent' AND provider = 'replicate' GROUP BY provider_ref"
    )
    ((ambiguous,),) = studio.query(
        "SELECT COUNT(*) FROM spending_intents WHERE status = 'ambiguous' AND provider = 'replicate'"
    )
    return Books(
        charged={entry["reference"]: int(entry["amountMicrousd"]) for entry in charges if entry["amountMicrousd"]},
        settled={str(reference): int(amount) for reference, amount in settled if amount},
        charged_more_than_once=tuple(url for url, count in tokens.items() if count > 1),
        ambiguous=int(ambiguous),
    )
