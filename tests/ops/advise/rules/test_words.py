"""Templates are whole sentences without numbers, and their places are known quantities."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ops.advise import rules
from ops.advise.rules.saying import Saying, places

MODULES = [one.name for one in pkgutil.iter_modules(rules.__path__) if one.name.endswith("_words")]
_NAMES = {
    "what", "tool", "where", "rule", "column", "gauge", "alternative", "recovered", "jump", "mover",
    "going_on", "acting", "memory", "name", "word", "nearest", "scenario", "edit",
    "one", "other", "others", "at", "event", "label", "interval", "analysis",
}  # fmt: skip


def templates(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Saying):
        yield found.template
    elif isinstance(found, tuple):
        for one in found:
            yield from templates(one)
    elif isinstance(found, dict):
        yield from templates(tuple(found.values()))


def said(module: str) -> tuple[str, ...]:
    words = vars(importlib.import_module(f"ops.advise.rules.{module}"))
    public = [v for k, v in words.items() if k.isupper() and k[0] != "_"]
    return tuple(
        one for value in public for one in templates(value) if " " in one and not one[0].islower()
    )


@pytest.mark.parametrize("module", MODULES)
def test_templates_are_sentences_without_digits(module: str) -> None:
    found = said(module)
    assert found
    for one in found:
        assert one[-1] in ".}", one
        assert one[0].isupper() or one[0] == "{", one
        assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", one)), one
        assert "  " not in one, one


@pytest.mark.parametrize("module", MODULES)
def test_places_are_names_or_parts_of_quantities(module: str) -> None:
    parts = {"", "value", "lower", "upper", "interval", "reference", "label"}
    for one in said(module):
        for place in places(one):
            quantity, _, part = place.partition("__")
            assert place in _NAMES or (quantity[0].isalpha() and part in parts), one
