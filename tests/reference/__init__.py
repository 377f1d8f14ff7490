"""Published reference numbers with their sources."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def case(file: str, name: str) -> dict[str, Any]:
    """One case of a reference file."""
    cases = json.loads((FOLDER / f"{file}.json").read_text())["cases"]
    return next(c for c in cases if c["id"] == name)
