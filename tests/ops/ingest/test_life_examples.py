"""The files that the documentation of life tests shows are read as it says."""

import re
from pathlib import Path

import pytest

from ops.lifetime.document import LifeMeasure, LifeTestDocument
from ops.lifetime.row_summary import summary
from tests.ops.ingest.life_reading import read

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "life-tests.md"
SHOWN = re.findall(r"```csv (\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
HELD = [(4, 2, 2), (44, 4, 40), (1500, 10, 1490), (150, 2, 148), (2, 3, 0), (2, 0, 0)]


@pytest.mark.parametrize(("shown", "held"), list(zip(SHOWN, HELD, strict=True)))
def test_example_holds_what_the_page_says(
    shown: tuple[str, str], held: tuple[float, float, float]
) -> None:
    kind, text = shown
    document = LifeTestDocument(measure=LifeMeasure(name="resistance", unit="mohm"))
    file = read(text, kind, document=document)  # type: ignore[arg-type]
    assert file.rejected == ()
    counted = summary(file.rows)
    assert (counted["units"], counted["failures"], counted["censored"]) == held
