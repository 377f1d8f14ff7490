"""An accelerated life as evidence: each failure mode, and all together at use.

Quantities: b10, life-share and their -lower bounds, activation-energy, model-constant, shape,
acceleration, extrapolation-time, failures, units, verdict. Facts: life-test, mode, family,
shape-below-one, target-met, estimated, poolable.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored, level_of, verdicts_of
from ops.advise.read.told_life import (
    ToldLife,
    below_one,
    life_test_title,
    meets,
    part_of_test_title,
    tell_life,
)
from ops.page import Subject
from ops.page_value import Phrase


class _Constant(Stored):
    symbol: str = ""
    title: str = ""
    unit: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    estimated: bool = True


class _Beyond(Stored):
    nearest: str = ""
    factor: float | None = None
    factor_lower: float | None = None
    factor_upper: float | None = None
    test_ratio: float | None = None


class _Mode(Stored):
    mode: str = ""
    family: str = ""
    units: float | None = None
    failures: float | None = None
    constants: tuple[_Constant, ...] = ()
    shape: _Constant | None = None
    poolable: bool | None = None
    lives: tuple[ToldLife, ...] = ()
    extrapolation: _Beyond | None = None


class _Accelerated(Stored):
    title: str = ""
    unit: str = ""
    confidence: float | None = None
    modes: tuple[_Mode, ...] = ()
    together: tuple[ToldLife, ...] = ()
    required_life: float | None = None


def read_accelerated_life(run: StoredRun) -> Iterator[Case]:
    """Cases of an accelerated life."""
    found = _Accelerated.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    subject = Subject(site=run.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "use", "lifetime", subject)
    lives = found.together or (found.modes[0].lives if len(found.modes) == 1 else ())
    for life in lives:
        tell_life(of, life, found.unit, found.confidence, whose="use", target=found.required_life)
    level = tell_verdicts(of, run, found.title)
    first = lives[0].lower_one_sided if lives else None
    met = meets(first, found.required_life) if lives else ""
    yield of.case(life_test_title(code), level, {"life-test": code, "target-met": met})
    for place, mode in enumerate(found.modes):
        yield _mode(run, found, mode, code, subject.factors, place)


def _mode(
    run: StoredRun, found: _Accelerated, mode: _Mode, code: str, factors: dict[str, str], place: int
) -> Case:
    name = mode.mode or f"mode-{place + 1}"
    about = Subject(site=run.site, factors=factors, mechanism=mode.mode)
    of = Dossier(run, "/".join(filter(None, (code or "use", name))), "lifetime", about)
    for life in mode.lives:
        tell_life(of, life, found.unit, found.confidence, whose="use")
    for constant in mode.constants:
        _constant(of, constant, found.confidence)
    shape = mode.shape
    if shape is not None and shape.symbol == "beta":
        of.number(
            "shape", "Weibull shape", shape.value, lower=shape.lower, upper=shape.upper,
            confidence=found.confidence, reference=1.0, reference_label="constant rate",
        )  # fmt: skip
    _beyond(of, mode.extrapolation, found.confidence)
    of.number("failures", "units that failed", mode.failures, decimals=0)
    of.number("units", "units on test", mode.units, decimals=0)
    said = [v for v in verdicts_of(run) if mode.mode and v.sentence.startswith(mode.mode)]
    for verdict in said:
        of.verdict(verdict)
    weibull = shape is not None and shape.symbol == "beta"
    facts = {
        "life-test": code, "mode": mode.mode, "family": mode.family,
        "shape-below-one": below_one(shape.lower, shape.upper) if weibull and shape else "",
        "poolable": {None: "", True: "yes", False: "no"}[mode.poolable],
    }  # fmt: skip
    return of.case(part_of_test_title(name, code), level_of(tuple(said)), facts)


def _constant(of: Dossier, constant: _Constant, confidence: float | None) -> None:
    quantity = "activation-energy" if constant.symbol == "Ea" else "model-constant"
    of.number(
        quantity, constant.title or constant.symbol, constant.value, constant.unit,
        lower=constant.lower, upper=constant.upper,
        confidence=confidence if constant.estimated else None,
    )  # fmt: skip


def _beyond(of: Dossier, beyond: _Beyond | None, confidence: float | None) -> None:
    if beyond is not None:
        of.number(
            "acceleration",
            Phrase.of("life at use over life at {condition}", condition=beyond.nearest),
            beyond.factor,
            lower=beyond.factor_lower, upper=beyond.factor_upper, confidence=confidence,
        )  # fmt: skip
        of.number("extrapolation-time", "life over the longest test", beyond.test_ratio)
