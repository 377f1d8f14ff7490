"""Which of several data layers of a chart is which: a colour and a dash for each, in order.

The colours are told apart by who sees no red or green, the dashes also in print without colour.
"""

from itertools import cycle, pairwise

from ops.page_chart import Layer

SHADES = ("data", "data-2", "data-3", "data-4", "data-5", "data-6")  # also names in the style sheet
APART = frozenset({"line", "points", "bars", "spans"})  # a band goes with its line


def shades_of(layers: tuple[Layer, ...]) -> list[str]:
    """Role of each layer, data layers after the first one numbered; after six they begin anew.

    A band of data, and points of data without a label, that come right before a line of data are
    shaded as that line.

    Examples
    --------
    >>> lines = [Layer(mark="line", label=name) for name in ("a", "b")]
    >>> shades_of((*lines, Layer(mark="rule", label="", role="limit")))
    ['data', 'data-2', 'limit']
    """
    leading = {i for i, (layer, after) in enumerate(pairwise(layers)) if _leads(layer, after)}
    following = cycle(SHADES)
    shades = [
        next(following)
        if layer.role == "data" and layer.mark in APART and i not in leading
        else layer.role
        for i, layer in enumerate(layers)
    ]
    return [shades[i + 1] if i in leading else shade for i, shade in enumerate(shades)]


def _leads(layer: Layer, after: Layer) -> bool:
    """Whether a layer goes with the line that comes after it."""
    if after.mark != "line" or layer.role != after.role:
        return False
    bare = layer.mark == "points" and layer.role == "data" and not layer.label
    return layer.mark == "band" or bare
