"""Models: the list, and one of them: versions, aliases, promotions, runs, monitoring."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy import or_
from sqlalchemy.orm import Session

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.coded_runs import NEWEST, runs_of
from api.pages.shell import VisitDep
from ops.analyses.registry import all_analyses
from ops.analysis import AnyAnalysis
from ops.classifier_query import ClassifierQuery
from ops.classify.promotion import Decision, Score, headline
from ops.db import model_aliases, model_scores, model_shelf, model_versions, sites
from ops.db.model_aliases import CHALLENGER, CHAMPION
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelPromotion, ModelVersion
from ops.db.models.work import Run
from ops.values import Scope
from ops.work.promote import judged

router = APIRouter(prefix="/models", include_in_schema=False)
ON_A_PAGE = 50
MONITOR = "classifier-monitor"


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model in the list: its champion with its score."""

    row: Model
    champion: ModelVersion | None
    challenger: int | None
    score: Score | None


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    archived: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List the models."""
    query = model_shelf.listed(actor.scope, archived=archived)
    found, following = page(session, query, model_shelf.KEY, limit=ON_A_PAGE, cursor=cursor)
    return visit.show(
        "models.html",
        lines=[_line(session, row) for row in found],
        following=following,
        archived=archived,
        codes=sites.codes(session),
        trainers=trainers(),
    )


@router.get("/{code}", response_class=HTMLResponse)
def read(
    code: Code, visit: VisitDep, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> HTMLResponse:
    """Show a model: what it has become, and what was decided about it."""
    row = SHELF.find(session, actor.scope, code, site=site)
    aliases = model_aliases.current(session, row)
    named = {name: alias.number for name, alias in aliases.items()}
    versions = _newest(session, row, set(named.values()))
    told = _runs_of(session, row, actor.scope)
    return visit.show(
        "model.html",
        model=row,
        site=sites.codes(session).get(row.site_id or 0),
        versions=versions,
        scores={v.number: scored(session, row, v) for v in versions},
        aliases=aliases,
        known_aliases={name: alias.row_version for name, alias in aliases.items()},
        names={v.number: [n for n, at in named.items() if at == v.number] for v in versions},
        decision=_challenge(session, row, named),
        promotions=_promotions(session, row),
        runs=[run for run in told if run.analysis != MONITOR],
        watched=[run for run in told if run.analysis == MONITOR],
        analyses=[a for a in takers() if _suits(a, row.task)],
    )


def scored(session: Session, row: Model, version: ModelVersion) -> Score | None:
    """Headline score of a version: its own, or that of a later evaluation."""
    return headline(version.metrics) or headline(
        model_scores.of(session, row, [version.number])[version.number]
    )


def takers() -> list[AnyAnalysis]:
    """Every analysis that asks for a model of the registry."""
    return [a for a in all_analyses() if _asks(a)]


def trainers() -> list[AnyAnalysis]:
    """Every analysis that makes models."""
    return [a for a in takers() if a.name.endswith("-train") or a.name == "virtual-metrology"]


def _suits(analysis: AnyAnalysis, task: str) -> bool:
    """Whether an analysis takes models of a task; one that names none takes classifiers."""
    named = analysis.example.params.model_copy(update={"model": "any"})
    query = analysis.needs(named)
    asked = query.task if isinstance(query, ClassifierQuery) else ""
    return asked == task or (asked == "" and task != "regress")


def _asks(analysis: AnyAnalysis) -> bool:
    if "model" not in analysis.params.model_fields:
        return False
    return isinstance(analysis.needs(analysis.example.params), ClassifierQuery)


def _line(session: Session, row: Model) -> ModelLine:
    named = model_aliases.current(session, row)
    challenger = named[CHALLENGER].number if CHALLENGER in named else None
    if CHAMPION not in named:
        return ModelLine(row, None, challenger, None)
    champion = model_versions.find(session, row, named[CHAMPION].number)
    return ModelLine(row, champion, challenger, scored(session, row, champion))


def _newest(session: Session, row: Model, named: set[int]) -> Sequence[ModelVersion]:
    """Newest versions, and those that an alias stands for however old they are."""
    query = model_versions.listed(row).where(
        or_(ModelVersion.number > row.newest - NEWEST, ModelVersion.number.in_(named))
    )
    return session.scalars(query.order_by(ModelVersion.number.desc())).all()


def _challenge(session: Session, row: Model, named: dict[str, int]) -> Decision | None:
    """Judge the challenger against the champion; None if there is not one of each."""
    champion, challenger = named.get(CHAMPION), named.get(CHALLENGER)
    if champion is None or challenger is None or champion == challenger:
        return None
    return judged(session, row, challenger)


def _promotions(session: Session, row: Model) -> Sequence[ModelPromotion]:
    query = model_aliases.listed(row).order_by(ModelPromotion.id.desc()).limit(NEWEST)
    return session.scalars(query).all()


def _runs_of(session: Session, row: Model, scope: Scope) -> list[Run]:
    """Newest runs that made, evaluated or watched a model."""
    asking = [MONITOR, *(a.name for a in takers())]
    newest = runs_of(row, "model", scope).where(Run.analysis.in_(asking))
    watching = session.scalars(newest.where(Run.analysis == MONITOR).limit(NEWEST // 2))
    others = session.scalars(newest.where(Run.analysis != MONITOR).limit(NEWEST))
    return [*watching, *others]
