"""Evidence in the reader's language: by its parts, and as it stands where it has none."""

import pytest

from api.render.advice import label, value
from api.render.words import words_for
from ops.advise.case import StoredRun
from ops.advise.evidence import Evidence
from ops.advise.read.dossier import Dossier, Label
from ops.page import Verdict
from ops.page_value import Number, Phrase

DE, ZH = words_for("de"), words_for("zh")
RUN = StoredRun("57ad12bd-3a13", "drift", 1, {}, {}, {}, at=0)


def told(name: Label, unit: str = "") -> Evidence:
    of = Dossier(RUN, "WB-05", "drift")
    of.number("slope", name, 0.42, unit)
    return of.case("WB-05", "warn").evidence[0]


@pytest.mark.parametrize(
    ("name", "german"),
    [
        (Phrase.of("days until {happening}", happening="Cpk falls below 1.33"),
         "Tage, bis Cpk 1,33 unterschreitet"),
        (Phrase.of("returns over the next {days} days", days=Number(value=1365)),
         "Rückläufer in den nächsten 1.365 Tagen"),
        ("upper limit", "obere Grenze"),
    ],
)  # fmt: skip
def test_a_name_is_said_with_its_parts(name: Label, german: str) -> None:
    one = told(name)
    assert label(DE, one) == german
    assert one.label == (name if isinstance(name, str) else name.english())
    assert label(words_for("en"), one) == one.label.replace("1365", "1,365")


def test_evidence_that_was_stored_without_parts_is_read_and_said_as_it_is() -> None:
    document = told(Phrase.of("life test {code}", code="L1")).model_dump(mode="json")
    del document["label_phrase"]
    assert "phrases" not in document  # what says nothing is not stored
    assert label(DE, Evidence.model_validate(document)) == "life test L1"


def test_a_verdict_is_said_as_its_page_says_it() -> None:
    cpk = Number(value=1.08, decimals=2)
    plan = Phrase.of("{figure} of plan {plan}", figure="landed cost", plan="A")
    verdict = Verdict.of("bad", plan, Phrase.of("WAPE {where}", where="of earlier forecasts"),
                         Phrase.of("index without {source}", source=cpk))  # fmt: skip
    of = Dossier(RUN, "WB-05", "drift")
    of.verdict(verdict)
    of.text("title", "title", "index without 1.08", phrases=verdict.phrases[2:])
    whole, bare = of.case("WB-05", "warn").evidence
    assert value(DE, whole) == DE.verdict(verdict)
    assert value(ZH, bare) == "不含1.08的指数"  # no stop where the text has none


def test_words_of_a_unit_are_translated_and_symbols_stay() -> None:
    assert value(DE, told("slope", "µm/week")) == "0,42 µm/Woche"
    assert value(ZH, told("slope", "µm/d")) == "0.42 µm/d"
