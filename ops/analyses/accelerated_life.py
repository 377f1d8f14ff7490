"""Accelerated life: life in use from tests under higher stress, every mode by its own relation."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ops.analyses.accelerated_life_page import view
from ops.analyses.accelerated_life_params import AcceleratedLifeParams
from ops.analyses.accelerated_life_parts import fitted, life_told, mode_told
from ops.analyses.accelerated_life_result import (
    AcceleratedLifeResult,
    AcceleratedMode,
    LifeAtUse,
    ModelCard,
    ModeRefused,
    UseLevel,
)
from ops.analyses.accelerated_life_sample import sample_temperatures
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.accelerated.catalog import material_of, model_named
from ops.lifetime.accelerated.competing import competing_life
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.life_bound import Chance
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.data import LifeData


def needs(params: AcceleratedLifeParams) -> LifetimeQuery:
    """Ask for the rows of the life test."""
    return LifetimeQuery(
        code=params.life_test,
        kind="life",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: AcceleratedLifeParams, progress: Progress
) -> AcceleratedLifeResult:
    """Fit every failure mode and tell its life in use.

    Raises
    ------
    NotEnoughData
        If there are no units, or no mode can be fitted.
    BadData
        If the model does not describe the material, or a stress or the use condition cannot be.
    """
    if data.life is None or not data.life.lower.size:
        raise NotEnoughData("there are no units on test; upload the rows of an accelerated test")
    life, model = data.life, model_named(params.model)
    modes = _modes(life, params)
    for mode in modes:
        material_of(model, params.materials.get(mode, params.material))
    columns = _columns(life, model, params)
    units = {
        s.name: params.units.get(s.name) or life.stress_units.get(columns[s.name], "") or s.unit
        for s in model.stresses
    }
    use = _use(data.document, model, units, columns, params)
    model.point(use, units)
    fits: dict[str, AcceleratedFit] = {}
    told: list[AcceleratedMode] = []
    refused: list[ModeRefused] = []
    for done, mode in enumerate(modes):
        progress(done / len(modes), f"fitting {mode or 'all failures'}")
        try:
            fit = fitted(life.of_mode(mode) if mode else life, model, mode, params, columns)
        except NotEnoughData as objection:
            refused.append(ModeRefused(mode=mode, reason=str(objection)))
            continue
        fits[mode] = fit
        told.append(mode_told(fit, mode, use, units, params))
    if not told:
        raise NotEnoughData("; ".join(f"{r.mode or 'failures'}: {r.reason}" for r in refused[:3]))
    progress(1.0, f"{len(told)} modes")
    return AcceleratedLifeResult(
        title=data.title,
        unit=life.unit,
        card=_card(model),
        confidence=params.confidence,
        test_level=params.test_level,
        use=tuple(
            UseLevel(stress=s.name, title=s.title, level=use[s.name], unit=units[s.name])
            for s in model.stresses
        ),
        stresses=tuple(
            f"{s} [{u}]" if u else s for s, u in next(iter(fits.values())).stressed.units.items()
        ),
        modes=tuple(told),
        refused=tuple(refused),
        together=_together(fits, use, units, params),
        required_life=params.required_life,
    )


def _modes(life: LifeData, params: AcceleratedLifeParams) -> tuple[str, ...]:
    """Failure modes to fit apart; one empty name where none is told apart."""
    unknown = [m for m in params.modes if m not in life.modes]
    if unknown:
        said = f"no failure mode {unknown[0]!r}; there are {', '.join(life.modes) or 'none'}"
        raise BadData(said, (Problem("/modes", said),))
    seen = tuple(m for i, m in enumerate(life.modes) if bool((life.mode == i).any()))
    return params.modes or seen or ("",)


def _columns(
    life: LifeData, model: AccelerationModel, params: AcceleratedLifeParams
) -> dict[str, str]:
    """Column of each stress of the model, whatever the case of its name."""
    by_name = {column.casefold(): column for column in life.stresses}
    wanted = {s.name: params.stress_columns.get(s.name, s.name) for s in model.stresses}
    found = {stress: by_name.get(name.casefold(), name) for stress, name in wanted.items()}
    absent = [stress for stress, column in found.items() if column not in life.stresses]
    if absent:
        detail = f"{model.title} needs the stress {', '.join(absent)}; the rows have "
        detail += f"{', '.join(life.stresses) or 'none'}: choose another model, or name the columns"
        raise BadData(f"{detail} in stress_columns", (Problem("/model", detail),))
    return found


def _use(
    document: Mapping[str, Any],
    model: AccelerationModel,
    units: Mapping[str, str],
    columns: Mapping[str, str],
    params: AcceleratedLifeParams,
) -> dict[str, float]:
    """Use condition: as given, else what the document says."""
    said: dict[str, float] = {
        str(s.get("name", "")).casefold(): float(s["use"])
        for s in document.get("stresses", ())
        if s.get("use") is not None
    }
    names = [stress.name for stress in model.stresses]
    unknown = [name for name in params.use if name not in names]
    if unknown:
        wanted = f"use {', '.join(names)}"
        raise BadData(
            f"{model.title} has no stress {unknown[0]!r}; {wanted}",
            (Problem(f"/use/{unknown[0]}", wanted),),
        )
    use: dict[str, float] = {}
    for stress in model.stresses:
        level = params.use.get(stress.name, said.get(columns[stress.name].casefold()))
        if level is None:
            wanted = f"give the {stress.title} in use, in {units[stress.name] or 'its unit'}"
            raise BadData(
                f"no use condition for {stress.name}: {wanted}",
                (Problem(f"/use/{stress.name}", wanted),),
            )
        use[stress.name] = level
    return use


def _card(model: AccelerationModel) -> ModelCard:
    return ModelCard(
        name=model.name,
        title=model.title,
        equation=model.equation,
        valid_for=model.valid_for,
        chosen_by=model.chosen_by,
        stresses=tuple(f"{s.title} [{s.unit or 'as given'}]" for s in model.stresses),
        source=model.source,
    )


def _together(
    fits: Mapping[str, AcceleratedFit],
    use: Mapping[str, float],
    units: Mapping[str, str],
    params: AcceleratedLifeParams,
) -> tuple[LifeAtUse, ...]:
    if len(fits) < 2:
        return ()
    chance = Chance(np.random.default_rng(params.seed), 0, params.spread)
    return tuple(
        life_told(
            p,
            competing_life(
                list(fits.values()), use, p,
                chance=chance, units=units, confidence=params.confidence,
            ),
        )
        for p in params.shares
    )  # fmt: skip


ACCELERATED_LIFE = Analysis(
    name="accelerated-life",
    title="Accelerated life",
    summary="Life in use from tests under higher stress, by a stated acceleration model.",
    version=1,
    params=AcceleratedLifeParams,
    result=AcceleratedLifeResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=AcceleratedLifeParams(
            site="PG1",
            life_test="HTS-QFN32",
            families={"heel-crack": "lognormal"},
            resamples=100,
        ),
        data=sample_temperatures,
    ),
)
