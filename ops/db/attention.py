"""What needs attention now: the verdicts of the newest runs, grouped by tool, and what failed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from ops.db import runs
from ops.db.models.work import Run
from ops.page import Verdict
from ops.values import Scope

RECENT = timedelta(days=30)  # an older verdict says nothing about now
_RANK = {"bad": 0, "warn": 1, "info": 2, "good": 3}


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict of a run."""

    verdict: Verdict
    run_id: str
    analysis: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """What is said about one tool, or about one characteristic where no tool is guilty."""

    title: str
    kind: str
    site: str | None
    said: tuple[Said, ...]

    @property
    def level(self) -> str:
        """The worst of its verdicts."""
        return min((s.verdict.level for s in self.said), key=_RANK.__getitem__)

    @property
    def bad(self) -> int:
        """How many of its verdicts are bad."""
        return sum(s.verdict.level == "bad" for s in self.said)


def newest_verdicts(
    session: Session, scope: Scope, *, now: datetime, site: str | None = None
) -> list[Said]:
    """Verdicts of the newest succeeded run of each analysis, site and schedule.

    Parameters
    ----------
    site
        Code of a site; only what is said about it.
    """
    seen = runs.visible(scope).where(Run.state == "succeeded", Run.submitted_at > now - RECENT)
    ids = seen.with_only_columns(Run.id).subquery()
    rank = func.row_number().over(
        partition_by=(Run.analysis, Run.site_id, Run.schedule_id),
        order_by=(Run.submitted_at.desc(), Run.id),
    )
    ranked = select(Run.id, rank.label("rank")).where(Run.id.in_(select(ids.c.id))).subquery()
    newest = select(Run.id, Run.analysis, Run.submitted_at, Run.page["verdicts"]).where(
        Run.id.in_(select(ranked.c.id).where(ranked.c.rank == 1)), Run.page.is_not(None)
    )
    said = [
        Said(Verdict.model_validate(verdict), run_id, analysis, at)
        for run_id, analysis, at, verdicts in session.execute(newest)
        for verdict in verdicts or ()
    ]
    return [
        s for s in said if site is None or (s.verdict.subject and s.verdict.subject.site == site)
    ]


def about_package(
    said: Iterable[Said], package: str, packages: Mapping[tuple[str, str], str]
) -> list[Said]:
    """Keep what is said about a package.

    Parameters
    ----------
    packages
        Package by site and code of a characteristic, where the verdict itself names none.
    """

    def of(one: Said) -> str | None:
        subject = one.verdict.subject
        if subject is None:
            return None
        known = packages.get((subject.site or "", subject.characteristic or ""))
        return subject.factors.get("package", known)

    return [one for one in said if of(one) == package]


def concerns(said: Iterable[Said], *, tool: str | None = None) -> list[Concern]:
    """Group what is bad or worth a warning, worst first: one tool is one row."""
    groups: dict[tuple[str | None, str, str], list[Said]] = {}
    for one in said:
        if one.verdict.level in ("bad", "warn"):
            groups.setdefault(_group(one), []).append(one)
    found = [
        Concern(title, kind, site, tuple(sorted(of, key=lambda s: _RANK[s.verdict.level])))
        for (site, kind, title), of in groups.items()
        if tool is None or (kind, title) == ("tool", tool)
    ]
    return sorted(found, key=lambda c: (_RANK[c.level], -c.bad, -len(c.said), c.title))


def _group(said: Said) -> tuple[str | None, str, str]:
    subject = said.verdict.subject
    if subject is None:
        return None, "analysis", said.analysis
    if "tool" in subject.factors:
        return subject.site, "tool", subject.factors["tool"]
    return subject.site, "characteristic", subject.characteristic or said.analysis


def failed(session: Session, scope: Scope, *, now: datetime, most: int = 10) -> list[Run]:
    """List runs of the last days that failed and were not made good by a newer one."""
    columns = load_only(
        Run.id,
        Run.analysis,
        Run.error,
        Run.submitted_at,
        Run.finished_at,
        Run.schedule_id,
        Run.site_id,
        Run.message,
    )
    recent = runs.visible(scope).options(columns).where(Run.submitted_at > now - timedelta(days=7))
    found: list[Run] = []
    for run in session.scalars(
        recent.where(Run.state == "failed").order_by(Run.submitted_at.desc())
    ):
        same = recent.where(
            Run.analysis == run.analysis,
            Run.state == "succeeded",
            Run.submitted_at > run.submitted_at,
            Run.schedule_id.is_not_distinct_from(run.schedule_id),
        )
        if session.scalar(same.with_only_columns(Run.id).limit(1)) is None:
            found.append(run)
        if len(found) == most:
            break
    return found
