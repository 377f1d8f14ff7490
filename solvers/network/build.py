"""The model of a network: stated in Pyomo where it is read, built in arrays where it is large."""

from typing import Literal

from solvers.network import arrays
from solvers.network.instance import Instance
from solvers.network.layout import layout
from solvers.network.standard_form import StandardForm

LARGE = 500_000
Path = Literal["auto", "pyomo", "arrays"]


def build(instance: Instance, path: Path = "auto") -> StandardForm:
    """Build the model of `instance`.

    Parameters
    ----------
    instance
        The network.
    path
        Both paths give the same form; ``auto`` takes Pyomo below 500,000 columns.

    Returns
    -------
    StandardForm
        See `docs/methods/network-plan.md`.
    """
    if path == "auto":
        size = sum(block.size for block in layout(instance).columns.values())
        path = "pyomo" if size < LARGE else "arrays"
    if path == "arrays":
        return arrays.standard_form(instance)
    from solvers.network import compiled  # noqa: PLC0415  (Pyomo takes a second to load)

    return compiled.standard_form(instance)
