"""Filters by factor in an address: ``where=tool:WB-07&where=tool:WB-08&where=lot:L1``."""

from typing import Annotated

from fastapi import Depends, Query

from ops.errors import BadData, Problem

Conditions = Annotated[
    list[Annotated[str, Query(max_length=300)]] | None,
    Query(
        max_length=100,
        description="`factor:level`, repeated; levels of one factor are alternatives, factors"
        " must all hold. Factors: tool, lot, shift, unit_id, position, subgroup ...",
        examples=["tool:WB-07"],
    ),
]


def where_of(where: Conditions = None) -> dict[str, tuple[str, ...]]:
    """Levels kept of each factor.

    Raises
    ------
    BadData
        If a condition is not ``factor:level``.
    """
    kept: dict[str, tuple[str, ...]] = {}
    for condition in filter(None, where or ()):  # a form sends what is not chosen as empty
        factor, colon, level = condition.partition(":")
        if not factor or not colon or not level or "\x00" in condition:
            problem = Problem("/where", "write factor:level, for example tool:WB-07")
            raise BadData(f"where {condition!r} is not factor:level", (problem,))
        kept[factor] = (*kept.get(factor, ()), level)
    return kept


Where = Annotated[dict[str, tuple[str, ...]], Depends(where_of)]
