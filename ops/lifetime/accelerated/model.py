"""An acceleration model as data: relation, stresses, valid materials, constants with ranges."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.stress import Stress
from ops.lifetime.accelerated.term import Term
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Material:
    """A material system with the constants that are published for it.

    Parameters
    ----------
    name
        Key: alloy, failure site, metal or mechanism.
    title
        In words.
    constants
        Symbol to default; a symbol that is absent has none and must be estimated or given.
    """

    name: str
    title: str
    constants: Mapping[str, Constant] = field(default_factory=dict[str, Constant])


@dataclass(frozen=True, slots=True)
class AccelerationModel:
    """``ln life = b0 + sum constant_j x_j(stress_j) [- ln T]``.

    Parameters
    ----------
    name
        Key, kebab-case.
    title
        In words.
    equation
        The relation as text.
    terms
        Its terms; each constant occurs once.
    valid_for
        What it describes, in words that follow "is for".
    chosen_by
        What a material is called here: ``alloy``, ``failure site``, ``metal``, ``mechanism``.
    materials
        Material systems that it is valid for.
    material_required
        Whether it cannot be used before the material is named.
    eyring
        Name of the absolute temperature of the factor 1/T before the exponential; "" without.
    source
        Publication of the relation.
    """

    name: str
    title: str
    equation: str
    terms: tuple[Term, ...]
    valid_for: str
    chosen_by: str
    materials: tuple[Material, ...]
    source: str
    material_required: bool = False
    eyring: str = ""

    @property
    def stresses(self) -> tuple[Stress, ...]:
        """Stresses, each once, in the order of the terms."""
        return tuple({term.stress.name: term.stress for term in self.terms}.values())

    @property
    def constants(self) -> tuple[str, ...]:
        """Symbols of the constants."""
        return tuple(term.constant for term in self.terms)

    def term(self, constant: str) -> Term:
        """Term of a constant.

        Raises
        ------
        BadData
            If the model has no such constant.
        """
        found = next((t for t in self.terms if t.constant == constant), None)
        if found is None:
            said = f"{self.title} has no constant {constant}; it has {', '.join(self.constants)}"
            raise BadData(said, (Problem(f"/constants/{constant}", said),))
        return found

    def covariates(self, levels: Mapping[str, FloatArray]) -> FloatArray:
        """Columns x_j at levels in the units of the model, shape (n, terms)."""
        columns = [term.covariate(levels[term.stress.name]) for term in self.terms]
        return np.column_stack(columns)

    def shift(self, levels: Mapping[str, FloatArray]) -> FloatArray:
        """Add what no constant multiplies, shape (n,): -ln T of Eyring, else 0."""
        if self.eyring:
            return -np.log(levels[self.eyring])
        return np.zeros_like(levels[self.terms[0].stress.name])

    def levels(
        self, given: Mapping[str, FloatArray], units: Mapping[str, str]
    ) -> dict[str, FloatArray]:
        """Levels of all stresses in the units of the model, each physically possible.

        Parameters
        ----------
        given
            Name of a stress to its levels, shape (n,); others than the model's are passed over.
        units
            Name of a stress to the unit of `given`; the model's own if absent.

        Raises
        ------
        BadData
            If a stress is missing, its unit is of another kind, or a level cannot be.
        """
        missing = [s for s in self.stresses if s.name not in given]
        if missing:
            said = ", ".join(f"{s.name} ({s.title}, {s.unit})" for s in missing)
            raise BadData(
                f"{self.title} needs the stress {said}; given are {', '.join(given) or 'none'}",
                tuple(Problem(f"/stresses/{s.name}", f"give the {s.title}") for s in missing),
            )
        levels = {
            s.name: s.convert(np.asarray(given[s.name]), units.get(s.name, s.unit))
            for s in self.stresses
        }
        _coldest_exists(levels)
        return levels

    def point(self, given: Mapping[str, float], units: Mapping[str, str]) -> dict[str, FloatArray]:
        """Levels of one condition, each of shape (1,); as `levels`."""
        return self.levels({name: np.array([x]) for name, x in given.items()}, units)


def _coldest_exists(levels: Mapping[str, FloatArray]) -> None:
    if not {"max_temperature", "temperature_range"} <= set(levels):
        return
    coldest = levels["max_temperature"] - levels["temperature_range"]
    if bool((coldest <= 0).any()):
        raise BadData(
            f"a cycle would reach {float(coldest.min()):g} K, below absolute zero: the temperature"
            " range is wider than its highest temperature allows",
            (Problem("/stresses/temperature_range", "give a narrower range"),),
        )
