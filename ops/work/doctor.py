"""`longrun doctor`: is everything in order, and how is it mended if not."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from platform import python_version
from typing import Literal

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.reply import is_same_model
from ops.db.clock import database_now
from ops.db.engine import Database, is_sqlite, open_database
from ops.db.migrate import current, head
from ops.db.models.work import Worker
from ops.settings import Settings, strays
from ops.work.advise.language_model import language_model, listed
from ops.work.embed import why_not
from ops.work.kernels import STREAMS, UNKEPT_MEND, kept_in
from ops.work.preloaded import strangers

DISTRIBUTION = "longrun-ops"
ROOTS = ("ops", "solvers", "api")
LEAST_DISK_GB = 2.0
MOST_SKEW = timedelta(seconds=2)

Level = Literal["good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do unless it is good."""

    check: str
    level: Level
    fact: str
    mend: str = ""


def examine(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    unsafe_bind: str | None,
    worker_host: str | None = None,
) -> tuple[Finding, ...]:
    """Look at everything.

    Parameters
    ----------
    now
        The clock of this host.
    unsafe_bind
        Why the address must not be listened on without authentication; None if it may.
    worker_host
        Host on which a worker must be alive; None asks for none.
    """
    findings = [*packages(), *roots(), *unknown_settings(os.environ)]
    findings += [*preloads(settings), disk(settings), kernels()]
    bind = f"{settings.host} with authentication {settings.auth!r}"
    findings.append(
        Finding("bind", "good", bind)
        if unsafe_bind is None
        else Finding("bind", "bad", unsafe_bind, "set LONGRUN_AUTH=keys or LONGRUN_HOST=127.0.0.1")
    )
    findings += [embeddings(settings), language_server(settings)]
    findings.extend(_database(settings, now, worker_host))
    return tuple(findings)


def is_healthy(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing is bad."""
    return all(finding.level != "bad" for finding in findings)


def as_json(findings: tuple[Finding, ...]) -> str:
    """JSON list of the findings."""
    return json.dumps([asdict(finding) for finding in findings], indent=1)


def packages() -> Iterator[Finding]:
    """Compare Python and the installed packages with what the distribution asks for."""
    try:
        declared = distribution(DISTRIBUTION).requires or []
    except PackageNotFoundError:
        yield Finding(
            "packages", "bad", f"{DISTRIBUTION} is not installed here", "pip install the wheel"
        )
        return
    asked = SpecifierSet(distribution(DISTRIBUTION).metadata["Requires-Python"])
    if not asked.contains(python_version(), prereleases=True):
        fact = f"Python is {python_version()}, needed is {asked}"
        yield Finding("packages", "bad", fact, f"make an environment of Python {asked}")
    wrong = [f for f in map(_requirement, declared) if f is not None]
    yield from wrong
    if not wrong:
        fact = f"{DISTRIBUTION} {distribution(DISTRIBUTION).version}, Python {python_version()}"
        yield Finding("packages", "good", fact)


def _requirement(text: str) -> Finding | None:
    needed = Requirement(text)
    if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
        return None
    mend = f'pip install "{needed.name}{needed.specifier}"'
    try:
        version = distribution(needed.name).version
    except PackageNotFoundError:
        return Finding("packages", "bad", f"{needed.name} is missing", mend)
    if needed.specifier.contains(version, prereleases=True):
        return None
    fact = f"{needed.name} is {version}, needed is {needed.specifier}"
    return Finding("packages", "bad", fact, mend)


def roots() -> Iterator[Finding]:
    """Check that each import root has one owner, and that it is this distribution."""
    owners = packages_distributions()
    for root in ROOTS:
        named = sorted(set(owners.get(root, [])) - {DISTRIBUTION})
        spec = find_spec(root)
        place = Path(spec.origin).parent if spec is not None and spec.origin else None
        ours = Path(__file__).parents[2] / root
        if named:
            fact = f"the import root {root!r} also belongs to {', '.join(named)}"
            mend = "install Longrun into an environment of its own"
            yield Finding("import roots", "bad", fact, mend)
        elif place != ours:
            fact = f"the import root {root!r} is found at {place}, ours is at {ours}"
            mend = "leave that folder, or remove it from PYTHONPATH"
            yield Finding("import roots", "bad", fact, mend)
        else:
            yield Finding("import roots", "good", f"{root!r} has one owner")


def unknown_settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Name what looks like a setting in the environment and is none: a slip would go unseen."""
    for name, nearest in strays(environment).items():
        mend = f"write {nearest}, or remove it" if nearest else "remove it"
        yield Finding("settings", "warn", f"{name} is no setting and does nothing", mend)


def preloads(settings: Settings) -> Iterator[Finding]:
    """Name what is to be loaded first and is no analysis: no worker starts with it."""
    for name, mend in strangers(settings).items():
        fact = f"LONGRUN_PRELOAD names {name!r}, which is no analysis"
        yield Finding("settings", "bad", fact, mend)


def disk(settings: Settings) -> Finding:
    """Measure the room where the embedded database and the artifacts are."""
    place = settings.data_dir.absolute()
    while not place.exists():
        place = place.parent
    free_gb = shutil.disk_usage(place).free / 1e9
    fact = f"{free_gb:.1f} GB free at {place}"
    if free_gb >= LEAST_DISK_GB:
        return Finding("disk", "good", fact)
    mend = f"free at least {LEAST_DISK_GB:g} GB, or move LONGRUN_DATA_DIR"
    return Finding("disk", "bad", fact, mend)


def kernels() -> Finding:
    """Say where compiled kernels are kept; without a place each worker compiles them anew."""
    place = kept_in(STREAMS)
    if place is None:
        fact = "compiled kernels are not kept: no folder for them can be written"
        return Finding("kernels", "warn", fact, UNKEPT_MEND)
    return Finding("kernels", "good", f"compiled once, kept as in {place}")


def embeddings(settings: Settings) -> Finding:
    """Say whether memories are found by meaning, or by their words alone."""
    why = why_not(settings.embed_model)
    if not why:
        return Finding("memories", "good", f"by words and by meaning: {settings.embed_model}")
    fact = f"by words alone: {why}"
    if not settings.embed_model:
        return Finding("memories", "good", fact)
    mend = "put model.onnx and tokenizer.json there, and install longrun-ops[embed]"
    return Finding("memories", "warn", fact, mend)


def language_server(settings: Settings) -> Finding:
    """Say who words answers; a host that is not allowed is not even asked whether it is there."""
    model = language_model(settings)
    if model is None:
        return Finding("language model", "good", "none is set up: the rules answer")
    try:
        known = listed(model)
    except ProviderFailed as failed:
        fact = f"{model.name} does not word answers, the rules do: {failed.detail}"
        mend = {"not-allowed": "name its host in LONGRUN_LLM_HOSTS, or choose another"}
        other = "start it, or correct LONGRUN_LLM_URL and LONGRUN_LLM_KEY"
        return Finding("language model", "warn", fact, mend.get(failed.reason, other))
    wanted = model.server.model
    if wanted and known and not any(is_same_model(wanted, one) for one in known):
        fact = f"{model.server.name} lists {', '.join(known[:5])}, not {wanted}"
        return Finding("language model", "warn", fact, "correct LONGRUN_LLM_MODEL")
    return Finding("language model", "good", f"{model.name} answers")


def _database(
    settings: Settings, now: Callable[[], datetime], worker_host: str | None
) -> Iterator[Finding]:
    try:
        database = open_database(settings.database)
        kind = database.engine.dialect.name
        place = database.engine.url.render_as_string(hide_password=True)
        embedded = is_sqlite(database.engine)
        if embedded and not Path(database.engine.url.database or "").exists():
            fact = f"{place} does not exist yet"
            yield Finding("database", "warn", fact, "longrun serve, or longrun migrate")
            return
        with database.engine.connect():
            yield Finding("database", "good", f"{kind} answers at {place}")
        yield from _inside(database, settings, now, worker_host)
    except (SQLAlchemyError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        mend = "start it, or correct LONGRUN_DATABASE_URL"
        yield Finding("database", "bad", f"the database does not answer: {reason}", mend)


def _inside(
    database: Database, settings: Settings, now: Callable[[], datetime], worker_host: str | None
) -> Iterator[Finding]:
    try:
        yield _revision(database)
        yield _clock(database, now)
        yield _workers(database, settings, worker_host)
    finally:
        database.engine.dispose()


def _revision(database: Database) -> Finding:
    at, needed = current(database.engine), head()
    if at == needed:
        return Finding("revision", "good", f"the database is at revision {at}")
    fact = f"the database is at revision {at or 'none'}, this version needs {needed}"
    return Finding("revision", "bad", fact, "longrun backup FILE, then longrun migrate")


def _clock(database: Database, now: Callable[[], datetime]) -> Finding:
    with database.read() as session:
        before = now()
        theirs = database_now(session)
        after = now()
    skew = max(before - theirs, theirs - after, timedelta(0))  # the way there and back is not skew
    fact = f"this host and the database differ by {skew.total_seconds():.1f} s"
    if skew <= MOST_SKEW:
        return Finding("clock", "good", fact)
    return Finding("clock", "bad", fact, "synchronise both hosts (chrony or systemd-timesyncd)")


def _workers(database: Database, settings: Settings, host: str | None) -> Finding:
    if not inspect(database.engine).has_table("worker"):
        return Finding("workers", "warn", "there is no table of workers", "longrun migrate")
    with database.read() as session:
        since = database_now(session) - timedelta(seconds=settings.lease_s)
        query = select(func.count()).where(Worker.seen_at >= since)
        alive = session.scalar(query if host is None else query.where(Worker.host == host)) or 0
    where = "" if host is None else f" on {host}"
    if alive:
        return Finding("workers", "good", f"{alive} alive{where}")
    mend = "longrun serve, or start the worker container; queued runs wait meanwhile"
    return Finding("workers", "warn" if host is None else "bad", f"no worker is alive{where}", mend)
