"""Labels of a dataset over time as a chart: how often each was found, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ops.page_chart import Axis, Chart, Layer

MOST = 3  # labels that are drawn: the rarest tell most


def balance_chart(summary: Mapping[str, Any], positive: str | None) -> Chart | None:
    """Share of each label in spans of time; None where labels or times are not known.

    Parameters
    ----------
    summary
        Of `ops.classify.table_summary`.
    positive
        Label that counts as the event; it is drawn alone.
    """
    balance = summary.get("balance")
    if not balance or len(balance["labels"]) < 2:
        return None
    counts: Mapping[str, list[int]] = balance["labels"]
    every = [sum(rows) for rows in zip(*counts.values(), strict=True)]
    rare = sorted(counts, key=lambda label: sum(counts[label]))[:MOST]
    drawn = [positive] if positive in counts else rare
    x = tuple(datetime.fromisoformat(at).timestamp() * 1e6 for at in balance["starts"])
    layers = tuple(
        Layer(
            mark=mark,
            label=label,
            x=x,
            y=_share(counts[label], every),
            role="signal" if label == positive else "data",
        )
        for label in drawn
        if label is not None
        for mark in ("line", "points")
    )
    return Chart(
        title="Share of the labels over time",
        x=Axis(label="time", scale="time"),
        y=Axis(label="share of the rows with a label", unit="%"),
        layers=layers,
    )


def _share(rows: list[int], every: list[int]) -> tuple[float | None, ...]:
    return tuple(100.0 * n / of if of else None for n, of in zip(rows, every, strict=True))
