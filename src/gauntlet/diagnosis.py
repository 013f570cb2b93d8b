"""What this machine can do: a finding for each thing that the main job stands on, and what a missing one would take."""

import asyncio
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from gauntlet.core.errors import GauntletError
from gauntlet.core.generation import KeyedProvider
from gauntlet.core.schema import Schema
from gauntlet.core.secrets import SECRET_FILE_NAME
from gauntlet.core.settings import MEGABYTE, Settings
from gauntlet.providers.probing import Probe, probe

State = Literal["ok", "limited", "missing"]

_PYTHON_MIN: Final = (3, 11)
_FREE_SPACE_MIN_BYTES: Final = 500 * MEGABYTE
_MEMORY_MIN_BYTES: Final = 1_000 * MEGABYTE  # a render's 400 MB over the idle server, and the system's own
_ENCODERS: Final = ("libx264", "aac")
_HINT_FROM_CHARACTERS: Final = 12

_SCRIPTS: Final = {
    "Latin": "AÉñßőș",
    "Cyrillic": "Жяїў",
    "Greek": "Ωλή",
    "Arabic": "عربي",
    "Hebrew": "שלום",
    "Devanagari": "हिन्दी",
    "Thai": "ไทย",
    "Japanese": "日本語かなカナ",
    "Chinese": "汉语设计",
    "Korean": "한국어",
}
_SCRIPTS_NEEDED: Final = frozenset({"Latin"})


class Finding(Schema):
    """One thing looked at. `needed` says that no ad can be made without it; `remedy` what would put it right."""

    name: str
    state: State
    detail: str
    remedy: str | None = None
    needed: bool = False


class Diagnosis(Schema):
    """All findings, and whether the main job can run."""

    can_make_ads: bool
    findings: tuple[Finding, ...]


def diagnose(settings: Settings) -> Diagnosis:
    """Look at everything here; nothing is created or changed, nobody is asked, and no key is read out."""
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _python, _processor, _memory, _data_dir, _database, _encoding, _drawing, _fonts, _port, _planning, _pictures,
        _own_keys,
    )  # fmt: skip
    findings = tuple(look(settings) for look in looks)
    return Diagnosis(
        can_make_ads=not any(finding.needed and finding.state == "missing" for finding in findings), findings=findings
    )


def _python(_settings: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info[:2] >= _PYTHON_MIN
    remedy = None if good else "Install Python 3.11 or newer and run `make setup PYTHON=…` again."
    return Finding(name="Python", state="ok" if good else "missing", detail=version, remedy=remedy, needed=True)


def _processor(settings: Settings) -> Finding:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = settings.render.workers or cores
    plural = "" if workers == 1 else "s"
    return Finding(
        name="Processor", state="ok", detail=f"{cores} cores; shots render in {workers} process{plural and 'es'}"
    )


def _memory(_settings: Settings) -> Finding:
    try:
        available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return Finding(name="Memory", state="ok", detail="not told by this system")
    short = total < _MEMORY_MIN_BYTES
    return Finding(
        name="Memory",
        state="limited" if short else "ok",
        detail=f"{_gigabytes(total)}, {_gigabytes(available)} unused",
        remedy="A render takes up to 400 MB over the idle server; give the machine at least 1 GB." if short else None,
    )


def _data_dir(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    present = _nearest_existing(folder)
    try:
        if not present.is_dir():
            raise NotADirectoryError(20, "Not a directory", str(present))
        with tempfile.TemporaryFile(dir=present):
            free_bytes = shutil.disk_usage(present).free
    except OSError as error:
        return Finding(
            name="Data directory",
            state="missing",
            detail=f"{folder} cannot be written: {error.strerror or error}",
            remedy="Make it writable for this user, or name another with --data-dir or GAUNTLET_DATA_DIR.",
            needed=True,
        )
    short = free_bytes < _FREE_SPACE_MIN_BYTES
    made = "" if folder.exists() else " (made at first use)"
    return Finding(
        name="Data directory",
        state="limited" if short else "ok",
        detail=f"{folder}{made}, {_gigabytes(free_bytes)} free",
        remedy="Free some space: pictures, frames and films are kept there." if short else None,
        needed=True,
    )


def _nearest_existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _database(settings: Settings) -> Finding:
    from gauntlet.db.engine import create_engine

    try:
        url = create_engine(settings.effective_database_url).url
        kind = "SQLite" if url.get_backend_name() == "sqlite" else "PostgreSQL"
        if kind == "SQLite" and url.database and not Path(url.database).exists():
            return Finding(
                name="Database", state="ok", detail=f"SQLite, made at first use: {url.database}", needed=True
            )
        if kind == "SQLite" and url.database:
            _open_sqlite(url.database)
        state = asyncio.run(_schema_state(settings.effective_database_url))
    except GauntletError as error:
        return Finding(name="Database", state="missing", detail=error.message, remedy=error.next_step, needed=True)
    except (ValueError, sqlite3.Error) as error:
        return Finding(
            name="Database",
            state="missing",
            detail=f"the database cannot be opened: {error}",
            remedy="Correct DATABASE_URL, or unset it to use SQLite in the data directory.",
            needed=True,
        )
    place = url.database if kind == "SQLite" else url.render_as_string(hide_password=True)
    return Finding(name="Database", state="ok", detail=f"{kind}, {state}: {place}", needed=True)


def _open_sqlite(path: str) -> None:
    """Raise `sqlite3.Error` for a file that is no database, without waiting for one that somebody holds."""
    with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


async def _schema_state(url: str) -> str:
    from gauntlet.core.errors import Misconfigured
    from gauntlet.db.engine import create_engine
    from gauntlet.db.migrate import check, newest_revision, revision_of

    engine = create_engine(url)
    try:
        found = await revision_of(engine)
        if found is None:
            return "empty, set up at first use"
        try:
            await check(engine)
        except Misconfigured as error:
            if error.details.get("newest") and found < newest_revision():
                return f"schema {found}, upgraded to {newest_revision()} at next start"
            raise
        return f"schema {found}"
    finally:
        await engine.dispose()


def _encoding(_settings: Settings) -> Finding:
    try:
        import av
        from av.codec import Codec

        version = av.__version__
        missing = [name for name in _ENCODERS if not _has_encoder(Codec, name)]
    except ImportError as error:
        return Finding(
            name="Video and audio", state="missing", detail=str(error), remedy="Run `make setup` again.", needed=True
        )
    return Finding(
        name="Video and audio",
        state="missing" if missing else "ok",
        detail=f"PyAV {version} without {', '.join(missing)}" if missing else f"PyAV {version} with x264 and AAC",
        remedy="Install PyAV's own wheel (`make setup`): it carries the encoders." if missing else None,
        needed=True,
    )


def _has_encoder(codec: Callable[..., object], name: str) -> bool:
    try:
        codec(name, "w")
    except ValueError:  # PyAV's UnknownCodecError is one
        return False
    return True


def _drawing(_settings: Settings) -> Finding:
    try:
        from gauntlet.media.vector import rasterise

        drawn = rasterise(
            '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2"/></svg>',
            width=2,
            height=2,
        )
    except (ImportError, OSError, GauntletError) as error:
        return Finding(
            name="Drawing", state="missing", detail=str(error), remedy="Run `make setup` again.", needed=True
        )
    works = bool(drawn[..., 3].min() == 255)
    return Finding(
        name="Drawing",
        state="ok" if works else "missing",
        detail="shapes and type by resvg" if works else "resvg draws nothing",
        remedy=None if works else "Run `make setup` again.",
        needed=True,
    )


def _fonts(settings: Settings) -> Finding:
    from fontTools.ttLib import TTFont

    from gauntlet.render.typography.fonts import catalogue

    try:
        fonts = catalogue(settings.render.fonts_dir)
    except (GauntletError, OSError) as error:
        return Finding(name="Type", state="missing", detail=str(error), remedy="Run `make setup` again.", needed=True)
    known: set[int] = set()
    for face in fonts.faces:
        with TTFont(face.path, lazy=True) as font:
            known |= (font.getBestCmap() or {}).keys()
    missing = [script for script, sample in _SCRIPTS.items() if not {ord(letter) for letter in sample} <= known]
    covered = ", ".join(script for script in _SCRIPTS if script not in missing)
    return Finding(
        name="Type",
        state="missing" if _SCRIPTS_NEEDED & set(missing) else "limited" if missing else "ok",
        detail=f"{len(fonts.families)} families; {covered}" + (f"; not {', '.join(missing)}" if missing else ""),
        remedy="Put fonts with these scripts (TTF or OTF, e.g. from Noto Sans) into a folder and name it in"
        " GAUNTLET_RENDER__FONTS_DIR."
        if missing
        else None,
        needed=True,
    )


def _port(settings: Settings) -> Finding:
    host, port = settings.server.host, settings.server.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        return Finding(
            name="Server",
            state="limited",
            detail=f"{host}:{port}: {error.strerror or error}",
            remedy="It may be Gauntlet itself. Else choose another with --port or GAUNTLET_SERVER__PORT.",
        )
    return Finding(name="Server", state="ok", detail=f"{host}:{port} is free")


def _planning(settings: Settings) -> Finding:
    keys = settings.keys
    named = (("OpenRouter", keys.openrouter), ("OpenAI", keys.openai), ("Anthropic", keys.anthropic))
    given = [f"{name} ({_hint(key)})" for name, key in named if key is not None]
    if not given:
        return Finding(name="Planning", state="ok", detail="built-in planner; no key needed")
    return Finding(name="Planning", state="ok", detail=f"{', then '.join(given)}, then the built-in planner")


def _pictures(settings: Settings) -> Finding:
    built_in = "the client's pictures, drawn panels, synthesized music"
    key = settings.keys.replicate
    told = "; no key needed" if key is None else f"; models on Replicate ({_hint(key)}) where they are chosen"
    return Finding(name="Pictures and sound", state="ok", detail=built_in + told)


def _own_keys(settings: Settings) -> Finding:
    """Tell of the keys that clients have of their own, as far as they can be read without making anything."""
    secret = settings.data_dir.absolute() / SECRET_FILE_NAME
    nobody = Finding(name="Clients' own keys", state="ok", detail="none")
    try:
        path = make_url(settings.effective_database_url).database
        is_file = settings.effective_database_url.startswith("sqlite")
        if not secret.exists() or (is_file and path is not None and not Path(path).exists()):
            return nobody
        kept, unreadable = asyncio.run(_surveyed(settings, secret.read_bytes().strip()))
    except (GauntletError, OSError, SQLAlchemyError):
        return nobody  # what is wrong with the directory or the database is told of them
    if not kept:
        return nobody
    return Finding(
        name="Clients' own keys",
        state="limited" if unreadable else "ok",
        detail=f"{kept} kept encrypted" + (f", {unreadable} of them cannot be decrypted" if unreadable else ""),
        remedy="Bring the former secret.key back, or set them again: gauntlet provider-key list shows which."
        if unreadable
        else None,
    )


async def _surveyed(settings: Settings, secret_key: bytes) -> tuple[int, int]:
    from gauntlet.core.clock import SystemClock
    from gauntlet.db.session import Database
    from gauntlet.domain.clients.keys import KeyService

    database = Database.open(settings.effective_database_url)
    try:
        keys = KeyService(database, secret_key=secret_key, workspace=settings.keys, clock=SystemClock())
        return await keys.survey()
    finally:
        await database.close()


async def look_online(settings: Settings) -> tuple[Finding, ...]:
    """Ask every service that there is a key of whether it answers and takes it; nothing is charged for that."""
    hosted, keys = settings.hosted, settings.keys
    services: tuple[tuple[KeyedProvider, str, str, SecretStr | None], ...] = (
        ("openrouter", "OpenRouter", hosted.openrouter_url, keys.openrouter),
        ("openai", "OpenAI", hosted.openai_url, keys.openai),
        ("anthropic", "Anthropic", hosted.anthropic_url, keys.anthropic),
        ("replicate", "Replicate", hosted.replicate_url, keys.replicate),
    )
    asked = [(name, probe(provider, base_url=url, key=key)) for provider, name, url, key in services if key is not None]
    probes = await asyncio.gather(*(question for _, question in asked))
    return tuple(_online(name, seen) for (name, _), seen in zip(asked, probes, strict=True))


def _online(name: str, seen: Probe) -> Finding:
    remedies = {
        "answers": None,
        "refused": f"Set the key again as {name}'s own page shows it.",
        "in_trouble": "Try again later; until then the next service, or the built-in way, is used.",
        "unreachable": "Check the network and the service's address in docs/guide/settings.md.",
    }
    remedy = remedies[seen.outcome]
    return Finding(name=name, state="limited" if remedy else "ok", detail=seen.detail, remedy=remedy)


def _hint(key: SecretStr) -> str:
    """Return a key's end, where it is long enough for that to tell little of it."""
    text = key.get_secret_value()
    return f"…{text[-4:]}" if len(text) >= _HINT_FROM_CHARACTERS else "…"


def _gigabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:.1f} GB"
