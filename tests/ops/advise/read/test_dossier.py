"""A verdict that was stored with a unit that is none is told without it."""

from ops.advise.read.dossier import Dossier
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase
from tests.ops.advise.read.plant import stored


def test_a_unit_that_is_none_is_not_said() -> None:
    said = Phrase.of("all {n} tools match within {margin} {unit}", n="8",
                     margin=Number(value=3.08, decimals=2), unit="1")  # fmt: skip
    old = Verdict(level="good", sentence="all 8 tools match within 3.08 1.", phrases=(said,))
    of = Dossier(stored("drift-screen"), "one", "drift", Subject())
    of.verdict(old)
    (told,) = of.case("x", "good").evidence
    assert told.value == "all 8 tools match within 3.08."
