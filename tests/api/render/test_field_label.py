"""What the fields of forms are called."""

import re
from collections.abc import Iterator

import pytest

from api.analyses import described
from api.render.field_label import label_of
from api.render.forms import FormField, fields_of
from api.schedules import ScheduleDraft
from ops.analyses.registry import all_analyses
from ops.analysis import AnyAnalysis

TITLE_CASE = re.compile(r" [A-Z][a-z]{2,}")  # a word within a label; CVaR and CO2 are none


def _labels(fields: tuple[FormField, ...]) -> Iterator[str]:
    for field in fields:
        yield field.label
        for variant in field.variants:
            yield from _labels(variant.fields)


@pytest.mark.parametrize("analysis", all_analyses(), ids=lambda a: a.name)
def test_labels_of_analyses_are_in_sentence_case(analysis: AnyAnalysis) -> None:
    labels = list(_labels(fields_of(described(analysis).params, {})))
    assert not [label for label in labels if TITLE_CASE.search(label) or "_" in label]
    assert not [label for label in labels if re.search("[a-z][A-Z][a-z]{2}", label)], "a class"


def test_labels_of_other_forms_are_in_sentence_case() -> None:
    labels = set(_labels(fields_of(ScheduleDraft.model_json_schema(), {})))
    assert "Catch up" in labels


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("loop_height", "Loop height"),
        ("max_co2_kg", "Max CO2 (kg)"),
        ("early_period_h", "Early period (h)"),
        ("ewma_width", "EWMA width"),
        ("arl0", "ARL0"),
        ("user_id", "User ID"),
        ("min_cpk", "Min Cpk"),
        ("spc_rules", "SPC rules"),
        ("lambda_", "Lambda"),
        ("k", "k"),
        ("between_um", "Between wires (µm)"),
    ],
)
def test_names_become_words_acronyms_and_units(name: str, label: str) -> None:
    generated = {"title": name.replace("_", " ").title()}
    assert label_of(name, generated, generated) == label


def test_a_chosen_title_stands() -> None:
    assert label_of("document", {"title": "Steps in JSON"}, {}) == "Steps in JSON"
    named = {"title": "Run rules"}
    assert label_of("rules", {"$ref": "#/$defs/RunRules"}, named) == "Run rules"


def test_a_class_is_no_label() -> None:
    assert label_of("features", {"$ref": "#/$defs/FeatureSpec"}, {"title": "FeatureSpec"}) == (
        "Features"
    )
