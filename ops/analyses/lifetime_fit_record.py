"""Reported lives and the record of each."""

from ops.analyses.lifetime_fit_bounds import finite, for_record
from ops.analyses.lifetime_fit_choice import title_of
from ops.analyses.lifetime_fit_history import approver
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import (
    FitEarlier,
    FitLife,
    FitRecord,
    FitReported,
    FitRival,
)
from ops.life_query import LifetimeData
from ops.lifetime.choice.clause import Clause
from ops.lifetime.choice.comparison import Comparison
from ops.lifetime.choice.decision import VERDICTS, Choice
from ops.lifetime.choice.mechanism import Mechanism
from ops.lifetime.choice.record import GovernanceRecord, Opponent, governance_record
from ops.lifetime.data import LifeData
from ops.page_value import Number, Phrase


def reported(
    data: LifeData,
    comparison: Comparison,
    choice: Choice,
    lives: dict[str, FitLife],
    others: dict[str, FitLife],
    params: LifetimeFitParams,
) -> FitReported:
    """Report a life under the chosen families, with its record; nobody has approved it yet.

    Parameters
    ----------
    lives
        Name of each chosen family to its life with bounds, all at one share.
    others
        Name of every candidate with a fit to its life with bounds that need no draws.
    """
    bounds = {name: for_record(life) for name, life in lives.items()}
    record = governance_record(data, comparison, choice, bounds, rules=params.rules)
    quoted = [lives[name] for name in choice.chosen]
    used = [life for life in quoted if life.lower_one_sided is not None]
    lower = finite(record.reported_lower) if record.reported_lower > 0 else None
    by = [life.family for life in used if life.lower_one_sided == record.reported_lower]
    rivals = tuple(_rival(one, others.get(one.family)) for one in record.rivals)
    return FitReported(
        p=quoted[0].p,
        lower=lower,
        life=quoted[0],
        record=_told(record, quoted, lower, by).model_copy(
            update={"rivals": rivals, "rationale": _rationale(choice.words, params)}
        ),
    )


def _told(
    record: GovernanceRecord,
    lives: list[FitLife],
    lower: float | None,
    by: list[str],
) -> FitRecord:
    return FitRecord(
        lives=tuple(lives),
        reported_lower=lower,
        bound_family=by[0] if by else "",
        units=record.units,
        failures=record.failures,
        censored_share=record.censored_share,
        longest_time=record.longest_time,
        extrapolation_time=finite(record.extrapolation_time),
        extrapolated=record.extrapolated,
        extrapolation_probability=finite(record.extrapolation_probability),
        criterion=record.criterion,
        rivals=(),
        verdict=VERDICTS[record.verdict],  # type: ignore[index]  # of a choice
        mechanism=record.mechanism,
        mechanism_source=record.mechanism_source,
        rationale=(),
        overridden=title_of(record.overridden) if record.overridden else "",
        waiver=record.waiver,
        approved_by=None,
        approved_at=None,
    )


def _rationale(words: tuple[Clause, ...], params: LifetimeFitParams) -> tuple[Phrase, ...]:
    own = (Phrase.of("{said}", said=params.rationale),) if params.rationale else ()
    return (*own, *(_phrase(clause) for clause in words))


def _phrase(clause: Clause) -> Phrase:
    values = {
        name: value if isinstance(value, str) else Number(value=float(f"{value:.4g}"))
        for name, value in clause.values.items()
    }
    return Phrase(template=clause.template, values=values)


def _rival(one: Opponent, life: FitLife | None) -> FitRival:
    return FitRival(
        family=title_of(one.family),
        loglik=one.loglik,
        k=one.k,
        delta=one.delta,
        life=None if life is None else life.estimate,
        lower=None if life is None else life.lower,
        upper=None if life is None else life.upper,
        reason=one.reason,
    )


def by_given_shape(
    data: LifeData,
    life: FitLife,
    mechanism: Mechanism,
    dropped: tuple[FitRival, ...],
    params: LifetimeFitParams,
) -> FitReported:
    """Report a life under a shape that was given, where the data alone have no fit."""
    ends = data.lower.max() if data.right.all() else data.upper[data.failed].max()
    longest = float(max(ends, data.lower.max()))
    failed = data.failures / data.units
    past = life.estimate if life.estimate is not None else life.lower_one_sided
    ratio = None if past is None else past / longest
    record = FitRecord(
        lives=(life,),
        reported_lower=life.lower_one_sided,
        bound_family=life.family,
        units=data.units,
        failures=data.failures,
        censored_share=1.0 - failed,
        longest_time=longest,
        extrapolation_time=ratio,
        extrapolated=ratio is not None and ratio > params.rules.extrapolation_time,
        extrapolation_probability=life.p / failed if failed > 0 else None,
        criterion="",
        rivals=dropped,
        verdict="the shape is given: these data have no fit of their own",
        mechanism=mechanism.code,
        mechanism_source=mechanism.source,
        rationale=_rationale((Clause(life.reason),), params),
        overridden="",
        waiver="",
        approved_by=None,
        approved_at=None,
    )
    return FitReported(p=life.p, lower=life.lower_one_sided, life=life, record=record)


def approved(
    reports: tuple[FitReported, ...],
    data: LifetimeData,
    earlier: tuple[FitEarlier, ...],
    main: float,
) -> tuple[FitReported, ...]:
    """Write who approved these very lives into their records, if anybody did."""
    first = next((one for one in reports if one.p == main), None)
    if first is None:
        return reports
    given = approver(data.approvals, earlier, first.life.estimate, first.lower)
    if given is None:
        return reports
    update = {"approved_by": given.approved_by, "approved_at": given.approved_at}
    return tuple(
        one.model_copy(update={"record": one.record.model_copy(update=update)}) for one in reports
    )
