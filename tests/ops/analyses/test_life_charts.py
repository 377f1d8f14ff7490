"""Charts of life data: what is drawn, and that a result keeps it."""

from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.life_charts import (
    LifePlot,
    hazard_chart,
    hazard_plot,
    incidence_chart,
    incidence_plot,
    life_plot,
    probability_chart,
    survival_chart,
    survival_plot,
)
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.nonparametric.incidence import incidence
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.probability_plot import probability_plot
from ops.lifetime.nonparametric.turnbull import turnbull

DATA = failures_and_suspensions([46, 64, 83, 105, 123, 150], [60, 200, 200])
FITS = {"Weibull": fit(DATA), "lognormal": fit(DATA, "lognormal")}


def test_a_probability_plot_survives_a_result() -> None:
    plot = life_plot(probability_plot(DATA, FITS))
    assert LifePlot.model_validate_json(plot.model_dump_json()) == plot


def test_probability_paper_shows_failures_fits_bounds_and_who_still_runs() -> None:
    chart = probability_chart(life_plot(probability_plot(DATA, FITS)))
    assert (chart.x.scale, chart.y.scale) == ("log", "weibull")
    marks = [(layer.mark, layer.label, layer.symbol) for layer in chart.layers]
    assert marks == [
        ("points", "failures", "dot"),
        ("band", "pointwise bounds", "dot"),
        ("line", "Weibull", "dot"),
        ("band", "", "dot"),
        ("line", "lognormal", "dot"),
        ("points", "not failed", "arrow"),
    ]


@pytest.mark.parametrize(
    ("paper", "scales"), [("lognormal", ("log", "normal")), ("gumbel", ("linear", "weibull"))]
)
def test_each_family_has_its_paper(paper: str, scales: tuple[str, str]) -> None:
    plot = life_plot(probability_plot(DATA, paper=paper))  # type: ignore[arg-type]  # parametrized
    chart = probability_chart(plot)
    assert (chart.x.scale, chart.y.scale) == scales


def test_survival_falls_in_steps_with_a_mark_where_a_unit_is_censored() -> None:
    km = kaplan_meier(DATA)
    chart = survival_chart(survival_plot(km, FITS, suspended=DATA.lower[DATA.right]))
    band, steps, *_, marks = chart.layers
    assert (band.mark, marks.symbol) == ("band", "plus")
    assert steps.x[:4] == (0.0, 46.0, 46.0, 64.0)
    assert steps.y[:2] == (1.0, 1.0)
    assert steps.x[-1] == 200.0
    assert marks.x == (60.0, 200.0)
    assert marks.y[0] == pytest.approx(km.at(np.array([60.0]))[0], rel=1e-5)


def test_survival_of_intervals_falls_between_their_ends() -> None:
    data = life_data([0.0, 10.0, 20.0], [10.0, 20.0, np.inf], weight=[2.0, 3.0, 5.0])
    chart = survival_chart(survival_plot(turnbull(data), suspended=data.lower[data.right]))
    _, steps, marks = chart.layers
    assert steps.x == (0.0, 0.0, 10.0, 10.0, 20.0, 20.0)
    assert steps.y == (1.0, 1.0, 0.8, 0.8, 0.5, 0.5)
    assert (marks.x, marks.y) == ((20.0,), (0.5,))


def test_incidence_rises_from_0_for_each_mode() -> None:
    data = replace(DATA, mode=np.array([0, 1, 0, 1, 0, 1, -1, -1, -1]), modes=("wear", "crack"))
    chart = incidence_chart(incidence_plot(incidence(data)))
    lines = [layer for layer in chart.layers if layer.mark == "line"]
    assert [line.label for line in lines] == ["wear", "crack"]
    assert [line.y[0] for line in lines] == [0.0, 0.0]
    assert sum(line.y[-1] or 0.0 for line in lines) == pytest.approx(
        1.0 - kaplan_meier(DATA).survival[-1], rel=1e-5
    )


def test_the_hazard_of_a_weibull_is_straight_on_log_paper() -> None:
    chart = hazard_chart(hazard_plot(FITS, start=10.0, end=200.0, unit="h"))
    assert chart.y.unit == "1/h"
    x, y = (np.log(np.array(side, dtype=float)) for side in (chart.layers[0].x, chart.layers[0].y))
    slopes = np.diff(y) / np.diff(x)
    assert slopes == pytest.approx(FITS["Weibull"].parameters["beta"] - 1.0, abs=1e-3)
