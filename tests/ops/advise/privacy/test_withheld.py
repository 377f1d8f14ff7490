from dataclasses import replace

from ops.advise.personal import is_personal
from ops.advise.privacy.person import people_of
from ops.advise.privacy.withheld import withheld
from ops.advise.question import Intent
from ops.page_value import Phrase
from tests.ops.advise.situation import case, evidence, memories

NAMES = ("Berg", "Eva", "Kranz", "Ivo", "Lang", "Quist")


def test_people_of_the_schema_are_withheld_everywhere() -> None:
    shown = withheld(["Ask Pat Quist"], [case(1)], memories(), names=("Pat Quist",))
    said = [shown.texts[0], *(str(e.value) for e in shown.cases[0].evidence)]
    said += [text for m in shown.memories for text in (m.text, *m.tags.values())]
    assert not [text for text in said if any(name in text for name in NAMES)]
    assert shown.people.put_back(shown.texts[0]) == "Ask Pat Quist"
    assert shown.memories[1].text == "Cleaning WB-02 helped, said person-4b."


def test_what_names_nobody_stays_as_it_is() -> None:
    shown = withheld(["x"], [case(1)], memories())
    assert shown.cases[0].evidence[1:6] == case(1).evidence[1:6]
    assert shown.memories[2] == memories()[2]


def test_evidence_that_is_marked_goes_as_a_whole() -> None:
    marked = replace(case(1), evidence=(evidence("c", "by", "Z", personal=True),))
    assert withheld([], [marked], []).cases[0].evidence[0].value == "person-1"


def test_parts_that_hold_a_name_are_left_out_with_it() -> None:
    clause = Phrase.of("{who} cleaned it", who="Pat Quist")
    one = evidence("c", "said", "Pat Quist cleaned it").model_copy(
        update={"phrases": (clause,), "label": "said by Pat Quist", "label_phrase": clause}
    )
    told = replace(case(1), title="Pat Quist", title_phrases=(clause,), evidence=(one,))
    (shown,) = withheld([], [told], [], names=("Pat Quist",)).cases
    assert (shown.title_phrases, shown.evidence[0].phrases) == ((), ())
    assert shown.evidence[0].label_phrase is None


def test_fields_that_hold_people_are_known_by_name() -> None:
    assert is_personal("Closed-By")
    assert not is_personal("tool")
    by_stratum = replace(case(1), subject=None, evidence=(),
                         facts={"stratum-factor": "operator", "stratum-level": "OP-3"})  # fmt: skip
    assert people_of(Intent(topics=(), factors={"operator": "OP-9"}), [by_stratum], []) == (
        "OP-9", "OP-3",
    )  # fmt: skip


def test_texts_are_prepared_before_names_are_sought() -> None:
    hidden = withheld(["Ja0ne"], [], [], names=("Jane",), prepare=lambda t: t.replace("0", ""))
    assert hidden.texts == ("person-1",)
