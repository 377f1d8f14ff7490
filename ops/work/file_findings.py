"""What a nightly run found, filed among the alerts: one for each culprit that it names.

Only a bad verdict that names the guilty level (a tool, a lot) is filed: what is merely below a
requirement stands on the overview, and alerts that nobody can act on hide the others. One that is
open is brought up to date by a lesser verdict too. Only runs that a schedule started file anything.
A later run that judges the same subject and finds it good says so in the evidence; it closes the
alert only where its verdict is settled: the evidence shows that what was wrong is over. Two
mechanisms of one subject are two alerts; where a subject is whole, all of its characteristics are
one, and it stays open until each that was named is settled. A whole subject need not be of any
characteristic: a life test has none. Analyses warn; they hold no lot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import findings
from ops.db.findings import Report
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Site
from ops.db.models.work import Run
from ops.page import Subject, Verdict
from ops.values import Actor

MOST = 50  # findings of one run
_BAD = ("bad", "warn")


@dataclass(frozen=True, slots=True)
class _About:
    """Verdicts of one subject, the worst first; `characteristic` is that of the first, if any."""

    site_id: int
    characteristic: Characteristic | None
    subject: Subject
    verdicts: tuple[Verdict, ...]

    @property
    def code(self) -> str:
        """Code of the characteristic; empty if there is none."""
        return "" if self.characteristic is None else self.characteristic.code

    def still_named(self, row: Finding | None) -> list[str]:
        """Codes that an alert names once these verdicts are in: what is settled is off."""
        named = set[str]() if row is None else set(row.evidence.get("characteristics", ()))
        for verdict in self.verdicts:
            code = verdict.subject.characteristic if verdict.subject else None
            if code and verdict.level in _BAD:
                named.add(code)
            elif code and verdict.settled:
                named.discard(code)
        return sorted(named)


def file_findings(session: Session, run_id: str, page: Mapping[str, Any], now: datetime) -> int:
    """File what the page of a succeeded run says; the number of findings filed or refreshed.

    At most 50 are filed; each says how many subjects more were found.

    Parameters
    ----------
    page
        Stored page of the run: its verdicts are filed by subject.
    """
    run = session.get(Run, run_id)
    if run is None or run.schedule_id is None or run.fire_key is None:
        return 0
    verdicts = [Verdict.model_validate(verdict) for verdict in page.get("verdicts", ())]
    about = list(_about(session, run, verdicts))
    at = run.window_end or run.as_of
    known = _known(session, run, about)
    bad = [
        each
        for each in about
        if (each.verdicts[0].level == "bad" and each.subject.factors)
        or (each.verdicts[0].level in _BAD and (each.site_id, _cause(run, each)) in known)
    ]
    for each in about:
        row = known.get((each.site_id, _cause(run, each)))
        if row is not None and row.last_ts <= at and each.verdicts[0].level == "good":
            _not_seen(session, row, run, each, now)
    filed = 0
    for each in bad[:MOST]:
        row = known.get((each.site_id, _cause(run, each)))
        if row is not None and row.last_ts > at:
            continue  # a night that was made up for: what is filed is newer
        said = _report(run, each, at, named=each.still_named(row), more=len(bad) - MOST)
        findings.report(session, said, now=now)
        filed += 1
    session.flush()
    return filed


def _not_seen(session: Session, row: Finding, run: Run, each: _About, now: datetime) -> None:
    """Say in an alert that a run found it good, and close it where that is settled."""
    named = each.still_named(row)
    row.evidence = {
        **row.evidence,
        "characteristics": named,
        "not_seen_since": _seen(run, each, run.window_end or run.as_of),
    }
    row.updated_at = now
    if not named and all(verdict.settled for verdict in each.verdicts):
        by = Actor(name=f"analysis {run.analysis}", role="engineer", correlation_id=run.id)
        note = f"{each.verdicts[0].sentence} (run {run.id})"
        findings.close(session, row, note, actor=by, now=now)


def _about(session: Session, run: Run, verdicts: Iterable[Verdict]) -> Iterable[_About]:
    """Group verdicts by the characteristic, factors and mechanism that they are about."""
    groups = _grouped(verdicts)
    for said in groups.values():
        said.sort(key=lambda verdict: ("bad", "warn", "good").index(verdict.level))
    leading = [(said, said[0].subject) for said in groups.values() if said[0].subject is not None]
    codes = {subject.characteristic for _, subject in leading}
    query = select(Characteristic, Site).join(Site, Site.id == Characteristic.site_id)
    query = query.where(Characteristic.code.in_(codes))
    if run.sites is not None:
        query = query.where(Site.id.in_(run.sites))
    of_code: dict[str, list[tuple[Characteristic, str]]] = {}
    for characteristic, site in session.execute(query):
        of_code.setdefault(characteristic.code, []).append((characteristic, site.code))
    for said, subject in leading:
        if not subject.characteristic:
            yield from _of_site(session, run, subject, tuple(said))
        known = of_code.get(subject.characteristic or "", ())
        fits = [c for c, of_site in known if subject.site in (None, of_site)]
        if len(fits) == 1:  # a code that several sites have, without the site, names nothing
            yield _About(fits[0].site_id, fits[0], subject, tuple(said))


def _grouped(verdicts: Iterable[Verdict]) -> dict[tuple[Any, ...], list[Verdict]]:
    groups: dict[tuple[Any, ...], list[Verdict]] = {}
    for verdict in verdicts:
        subject = verdict.subject
        named = subject is not None and (subject.characteristic or subject.whole)
        if subject is not None and named and verdict.level != "info":
            factors = tuple(sorted(subject.factors.items()))
            code = "" if subject.whole else subject.characteristic or ""
            key = subject.site, code, factors, subject.mechanism
            groups.setdefault(key, []).append(verdict)
    return groups


def _of_site(
    session: Session, run: Run, subject: Subject, said: tuple[Verdict, ...]
) -> Iterable[_About]:
    """Take a subject of no characteristic as one of its site, or of the run's."""
    site_id = run.site_id
    if subject.site is not None:
        site_id = session.scalar(select(Site.id).where(Site.code == subject.site))
    if site_id is not None and (run.sites is None or site_id in run.sites):
        yield _About(site_id, None, subject, said)


def _known(session: Session, run: Run, about: Iterable[_About]) -> dict[tuple[int, str], Finding]:
    causes = {_cause(run, each) for each in about}
    query = select(Finding).where(Finding.cause.in_(causes), Finding.state != "closed")
    return {(row.site_id, row.cause): row for row in session.scalars(query)}


def _cause(run: Run, each: _About) -> str:
    factors = (f"{name} {level}" for name, level in sorted(each.subject.factors.items()))
    mechanism = (each.subject.mechanism,) if each.subject.mechanism else ()
    code = () if each.subject.whole else (each.code,)
    return ", ".join((f"analysis {run.analysis}", *code, *factors, *mechanism))


def _seen(run: Run, each: _About, at: datetime) -> dict[str, Any]:
    return {
        "ts": at.isoformat(), "run_id": run.id, "link": f"/runs/{run.id}",
        "sentence": each.verdicts[0].sentence, "phrases": _phrases(each.verdicts[0]),
    }  # fmt: skip


def _phrases(verdict: Verdict) -> list[dict[str, Any]]:
    """Clauses of a verdict, for other languages."""
    return [phrase.model_dump(mode="json") for phrase in verdict.phrases]


def _report(run: Run, each: _About, at: datetime, *, named: list[str], more: int) -> Report:
    said = [verdict for verdict in each.verdicts if verdict.level in _BAD]
    evidence = {
        **_seen(run, each, at),
        "title_phrases": _phrases(said[0]),
        "analysis": run.analysis,
        "level": each.verdicts[0].level,
        "rules": [
            {"name": run.analysis, "sentence": one.sentence, "phrases": _phrases(one)}
            for one in said
        ],
        "stratum": dict(each.subject.factors),
        "mechanism": each.subject.mechanism,
        "characteristics": named,
        "more": max(0, more),
        "points": [],
        "recent": [],
        "limits": None,
        "events": [],
        "withdrawn": False,
    }
    return Report(
        site_id=each.site_id,
        cause=_cause(run, each),
        title=": ".join((each.code or ", ".join(each.subject.factors.values()), said[0].sentence)),
        disposition="warn",
        evidence=evidence,
        points=1,
        first_ts=at,
        last_ts=at,
        characteristic_id=None if each.characteristic is None else each.characteristic.id,
        run_id=run.id,
    )
