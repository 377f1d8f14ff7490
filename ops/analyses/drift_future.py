"""Where it goes, and what to do about it: the forecast to the limits, and the decision."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from ops.analyses.drift_evidence import Found
from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_past import Past
from ops.analyses.drift_record import JudgedRecord
from ops.drift.crossing import CrossingForecast, crossing_forecast
from ops.drift.crossing_backtest import CrossingBacktest, crossing_backtest
from ops.drift.decision import Decision, decide
from ops.drift.drift_model import fit_drift
from ops.drift.futures import Futures, sampled_futures
from ops.drift.policy import ActionPolicy
from ops.drift.rule_match import Situation
from ops.errors import BadData, NotEnoughData


@dataclass(frozen=True, slots=True)
class Future:
    """What is to come; None where it cannot be told."""

    forecast: CrossingForecast | None
    backtest: CrossingBacktest | None
    decision: Decision


def look_ahead(
    judged: JudgedRecord,
    found: Found,
    past: Past,
    policy: ActionPolicy,
    params: DriftParams,
    rng: np.random.Generator,
) -> Future:
    """Forecast the level to its limits, back-test that, and decide by what it costs."""
    t, y = judged.stretch_values
    forecast, backtest, futures = None, None, None
    with suppress(NotEnoughData):
        backtest = crossing_backtest(t, y, rng=rng)
    seed = int(rng.integers(2**62))
    with suppress(NotEnoughData):
        forecast = crossing_forecast(
            t,
            y,
            judged.spec,
            horizon_days=float(params.horizon_days),
            rng=np.random.default_rng(seed),
            margin=judged.margin / max(float(t[-1]), 30.0),
            spread=1.0 if backtest is None else backtest.spread,
        )
        futures = _futures(judged, forecast, past, policy, seed)
    situation = Situation(
        evidence=found.evidence,
        spec=judged.spec,
        sigma=None if forecast is None else forecast.sigma,
        step_events=tuple(m.event.kind for m in judged.changes if m.is_convincing and m.event),
        actions=tuple(a.kind for a in past.actions),
        attempts=tuple(a.kind for a in past.attempts),
        crow=past.crow,
        effects=past.pooled,
        remembered=past.remembered(policy.event_kinds),
    )
    return Future(forecast, backtest, decide(situation, futures, policy))


def _futures(
    judged: JudgedRecord, forecast: CrossingForecast, past: Past, policy: ActionPolicy, seed: int
) -> Futures | None:
    """Sample levels of each day to come, from the same fit as the forecast."""
    rng = np.random.default_rng(seed)
    t, y = judged.stretch_values
    days = np.arange(1.0, max(policy.horizon_days, 2) + 1.0)
    posterior = fit_drift(t, y, rng=rng)
    with suppress(BadData):
        level = np.column_stack((posterior.level, posterior.paths(days, rng)))
        return sampled_futures(
            level,
            home=judged.home,
            sigma=forecast.sigma,
            spec=judged.spec,
            horizon=policy.horizon_days,
            rng=rng,
            corrections=None if past.crow is None else past.crow.ahead(level.shape[1]),
        )
    return None
