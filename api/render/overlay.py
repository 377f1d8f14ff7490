"""Charts of several pages in one: what has the same title and axes is drawn over each other."""

from collections.abc import Mapping

from ops.page import Page
from ops.page_chart import Axis, Chart, Layer

_SHARED = ("limit", "spec", "center")  # lines that are the same in each
_ALONE = ("band", "spans")  # marks that hide each other where several are drawn


def overlaid(pages: Mapping[str, Page]) -> list[Chart]:
    """Charts that every page has, each with the layers of all; a layer is named for its page.

    Parameters
    ----------
    pages
        By the name that tells them apart.
    """
    each = [charts_of(page) for page in pages.values()]
    if len(each) < 2:
        return []
    common = [key for key in each[0] if all(key in charts for charts in each[1:])]
    return [_over(key, [charts[key] for charts in each], list(pages)) for key in common]


def charts_of(page: Page) -> dict[tuple[str, Axis, Axis], Chart]:
    """Charts of a page by title and axes."""
    blocks = [block for section in page.sections for block in section.blocks]
    return {(b.title, b.x, b.y): b for b in blocks if isinstance(b, Chart)}


def _over(key: tuple[str, Axis, Axis], charts: list[Chart], names: list[str]) -> Chart:
    title, x, y = key
    layers: list[Layer] = []
    for place, (chart, name) in enumerate(zip(charts, names, strict=True)):
        many = sum(layer.mark not in _ALONE for layer in chart.layers) > 1
        for layer in chart.layers:
            if layer.mark in _ALONE or (layer.role in _SHARED and place):
                continue
            layers.append(layer if layer.role in _SHARED else _named(layer, name, many=many))
    return Chart(title=title, x=x, y=y, layers=tuple(layers))


def _named(layer: Layer, name: str, *, many: bool) -> Layer:
    role = layer.role if layer.role == "event" else "data"
    label = f"{name}: {layer.label}" if many else name
    return layer.model_copy(update={"label": label, "role": role})
