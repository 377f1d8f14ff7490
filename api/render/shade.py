"""Which of several data layers of a chart is which: a colour and a dash for each, in order.

The colours are told apart by who sees no red or green, the dashes also in print without colour.
"""

from itertools import cycle

from ops.page import Layer

SHADES = ("data", "data-2", "data-3", "data-4", "data-5", "data-6")  # also names in the style sheet
APART = frozenset({"line", "points", "bars", "spans"})  # a band goes with its line


def shades_of(layers: tuple[Layer, ...]) -> list[str]:
    """Role of each layer, data layers after the first one numbered; after six they begin anew.

    Examples
    --------
    >>> lines = [Layer(mark="line", label=name) for name in ("a", "b")]
    >>> shades_of((*lines, Layer(mark="rule", label="", role="limit")))
    ['data', 'data-2', 'limit']
    """
    following = cycle(SHADES)
    return [
        next(following) if layer.role == "data" and layer.mark in APART else layer.role
        for layer in layers
    ]
