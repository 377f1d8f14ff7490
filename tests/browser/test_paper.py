"""Probability paper in a real browser: drawn without a fault, at a desk and on a phone."""

import numpy as np
import pytest
from playwright.sync_api import Browser, Route

from api.pages.shell import environment, static
from api.render.words import words_for
from ops.analyses.life_charts import life_plot, probability_chart, survival_chart, survival_plot
from ops.lifetime.data import failures_and_suspensions
from ops.lifetime.fit import fit
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.probability_plot import probability_plot
from ops.page import Page, Section, Verdict
from tests.browser.conftest import Watched

HTML = """{% from "blocks.html" import whole %}<!doctype html><html lang="en"><head>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="{{ static('app.css') }}">
<script type="module" src="{{ static('app.js') }}"></script></head>
<body><main>{{ whole(words, page) }}</main></body></html>"""
INK = """figure => {
  const canvas = figure.querySelector("canvas");
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return dots.filter((v, i) => i % 4 === 3 && v > 0).length / (canvas.width * canvas.height);
}"""


def _html() -> str:
    data = failures_and_suspensions(np.array([46.0, 64, 83, 105, 123, 150]), [60.0, 200, 200])
    fits = {"Weibull": fit(data), "lognormal": fit(data, "lognormal")}
    charts = (
        probability_chart(life_plot(probability_plot(data, fits)), title="Weibull paper"),
        survival_chart(survival_plot(kaplan_meier(data), fits, suspended=data.lower[data.right])),
    )
    page = Page(
        title="Life",
        verdicts=(Verdict(level="info", sentence="It lasts."),),
        sections=(Section(title="Plots", blocks=charts),),
    )
    shown = environment("en").from_string(HTML)
    return shown.render(words=words_for("en"), page=page, static=static)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_paper_is_drawn(browser: Browser, service: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of two
    )
    body = _html()

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html")

    context.route(f"{service}/paper", answer)
    watched = Watched(context, service)
    page = watched.open("/paper")
    for figure in page.query_selector_all("figure.chart"):
        figure.scroll_into_view_if_needed()
        page.wait_for_function("figure => figure.dataset.drawn === '1'", arg=figure)
        page.wait_for_function(f"figure => ({INK})(figure) > 0.05", arg=figure)
    plot = page.query_selector("figure.chart .plot")
    assert plot is not None
    plot.hover()
    page.get_by_text("Weibull", exact=False).locator("visible=true").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (watched.faults, watched.foreign) == ([], [])
    context.close()
