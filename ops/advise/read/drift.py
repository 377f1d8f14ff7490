"""A drift analysis as a case: how it moves and since when, where it goes, what to do about it.

Further quantities: growth, group-shift, event-chance, share-near-limit, shape-distance.
"""

from collections.abc import Iterator, Mapping

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.drift_decision import add_decision
from ops.advise.read.drift_event import add_event
from ops.advise.read.drift_future import add_future
from ops.advise.read.drift_past import add_past
from ops.advise.read.drift_stored import Drift, Piece
from ops.advise.read.pace import add_pace
from ops.advise.read.stored import level_of, verdicts_of
from ops.page import Subject
from ops.page_value import Level, Phrase

_MECHANISMS = (  # the order in which the analysis lets them lead
    "trend", "step", "level", "corrections", "spread", "near-limit", "group", "shape",
)  # fmt: skip
_TELL_BEGIN = ("bend", "cusum")  # methods that tell the begin
_NAMED: Mapping[str, tuple[str, str]] = {  # mechanism -> quantity, label
    "trend": ("slope", "slope"),
    "step": ("step", "step"),
    "level": ("level", "distance from the baseline"),
    "corrections": ("slope", "drift that corrections hide"),
    "spread": ("spread", "variance over that of the baseline"),
    "near-limit": ("share-near-limit", "growth of the share near a limit"),
    "group": ("group-shift", "shift of what is measured together"),
    "shape": ("shape-distance", "distance from the shape of the baseline"),
}


def drift_cases(run: StoredRun) -> Iterator[Case]:
    """Case of a drift analysis."""
    result = Drift.model_validate(run.result)
    verdicts = verdicts_of(run)
    level = level_of(verdicts)
    main = leading(result.evidence)
    subject = Subject(
        site=result.site,
        characteristic=result.code,
        factors={result.stream: result.tool} if result.tool else {},
        mechanism="" if main is None else main.mechanism,
    )
    of = Dossier(run, f"{result.code}/{result.tool}".rstrip("/"), "drift", subject)
    if main is not None:
        _add_piece(of, result, main, level)
    facts = dict(add_event(of, result, main))
    facts |= add_future(of, result, level)
    facts |= add_decision(of, result)
    facts |= add_past(of, result)
    for piece in _others(result, main):
        _add_piece(of, result, piece, "info")
    _add_limits(of, result)
    for verdict in verdicts:
        of.verdict(verdict, *_written(result))
    yield of.case(f"{result.title} {result.tool}".strip(), level, _facts(result, main) | facts)


def leading(evidence: tuple[Piece, ...]) -> Piece | None:
    """Piece that leads, by the order of the analysis; None if none counts as drift."""
    present = [one for one in evidence if one.present]
    for mechanism in _MECHANISMS:
        of = [one for one in present if one.mechanism == mechanism]
        if of and mechanism == "step":
            return max(of, key=lambda one: one.since or 0)
        if of:
            return min(of, key=lambda one: (one.method not in _TELL_BEGIN, _p(one)))
    return None


def _p(piece: Piece) -> float:
    return 1.0 if piece.p_value is None else piece.p_value


def _others(result: Drift, main: Piece | None) -> Iterator[Piece]:
    """Leading pieces of the other mechanisms that count."""
    for mechanism in _MECHANISMS:
        if main is None or mechanism != main.mechanism:
            other = leading(tuple(e for e in result.evidence if e.mechanism == mechanism))
            if other is not None:
                yield other


def _add_piece(of: Dossier, result: Drift, piece: Piece, level: Level) -> None:
    quantity, label = _NAMED.get(piece.mechanism, ("effect", piece.mechanism))
    if piece.mechanism == "corrections" and not piece.unit.endswith("/d"):
        quantity, label = ("step", "sum of corrections") if piece.unit else ("growth", "growth")
    add_pace(
        of, label, piece.estimate, piece.unit,
        nothing=result.margin if quantity == "slope" else None, quantity=quantity,
        lower=piece.lower, upper=piece.upper, confidence=result.confidence,
        reference=piece.margin if quantity in ("slope", "level") else None,
        reference_label="what counts as nothing" if quantity in ("slope", "level") else "",
        level=level,
    )  # fmt: skip
    of.time("since", "begin", piece.since)
    of.number("p-value", Phrase.of("p of no {effect}", effect=label), piece.p_value)


def _add_limits(of: Dossier, result: Drift) -> None:
    of.number("margin", "change that counts as nothing", result.margin, result.unit)
    of.number("level", "level of the baseline", result.baseline_level, result.unit)
    of.number("limit", "upper limit", result.usl, result.unit)
    of.number("limit", "lower limit", result.lsl, result.unit)
    of.number("target", "target", result.target, result.unit)
    if result.group is not None and result.group.pattern in ("common", "both"):
        group = result.group
        of.number(
            "group-shift", "shift common to all of the group", group.common, result.unit,
            lower=group.lower, upper=group.upper, confidence=result.confidence,
        )  # fmt: skip


def _facts(result: Drift, main: Piece | None) -> dict[str, str]:
    shown = [one for one in result.evidence if one.mechanism in ("trend", "level")]
    absent = all(
        any(one.absent for one in shown if one.mechanism == mechanism)
        for mechanism in {one.mechanism for one in shown}
    )
    unmoved = "shown-absent" if shown and absent else "not-shown"
    return {
        "site": result.site,
        "characteristic": result.code,
        "tool": result.tool,
        "stream": result.stream,
        "status": "drifts" if main is not None else unmoved,
        "mechanism": "" if main is None else main.mechanism,
        "direction": _direction(main),
        "hidden": "yes" if main is not None and main.mechanism == "corrections" else "",
        "pattern": "" if result.group is None else result.group.pattern,
        "baseline": result.baseline_kind,
    }


def _direction(main: Piece | None) -> str:
    if main is None or main.estimate is None:
        return ""
    unmoved = 1.0 if main.mechanism == "spread" else 0.0
    return "up" if main.estimate > unmoved else "down"


def _written(result: Drift) -> tuple[str, ...]:
    """Words of people that its verdicts may repeat."""
    made = result.decision
    titles = (*(c.title for c in result.changes), *(e.title for e in result.events))
    return (*titles, made.title, made.first_title)
