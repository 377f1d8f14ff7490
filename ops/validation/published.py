"""The published numbers: one JSON file a topic, inside the wheel or in a checkout."""

import json
from functools import cache
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Folder of the reference files: inside the wheel, or among the tests of a checkout."""
    shipped = Path(__file__).parent / "_published"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "tests" / "reference"


@cache
def table(file: str) -> Any:
    """Content of a reference file; not to be changed by who reads it."""
    return json.loads((folder() / f"{file}.json").read_text(encoding="utf-8"))


def entry(file: str, name: str) -> Any:
    """One entry of a reference file, by its id or by its key.

    Raises
    ------
    KeyError
        If the file has no such entry.
    """
    content = table(file)
    if "cases" not in content:
        return content[name]
    found = next((e for e in content["cases"] if e["id"] == name), None)
    if found is None:
        raise KeyError(f"{file}.json has no case {name}")
    return found


def entries() -> tuple[tuple[str, str], ...]:
    """File and name of every entry of every reference file."""
    found: list[tuple[str, str]] = []
    for path in sorted(folder().glob("*.json")):
        content = table(path.stem)
        names = [e["id"] for e in content["cases"]] if "cases" in content else list(content)
        found += [(path.stem, name) for name in names if name != "source"]
    return tuple(found)
