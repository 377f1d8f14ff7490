"""A true answer with one thing changed falls; random words never break the guard."""

import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ops.advise.guard.check import check_claim
from ops.advise.guard.context import guard_context
from ops.advise.guard.quantity_words import TERMS
from ops.advise.guard.said import SaidClaim
from tests.ops.advise.guard.plant import CAPABILITY, NOW, case, claim, context, evidence
from tests.strategies import few

TRUE = (
    claim("The slope of WB-07 is {E1.full}.", compared=["E1 rises"]),
    claim("The level of {E4} on WB-07 is below the limit of {E3}.", compared=["E4 below E3"]),
    claim("Cpk is {E13}, below the requirement of {E13.reference}.", case="C3",
          compared=["E13 below reference"]),
    claim("The cost of acting is {E7}, below the cost of keeping of {E8}.", "cost",
          compared=["E7 below E8"]),
)  # fmt: skip
DIGITS = [chr(c) for c in range(0x30, 0x1FBFA) if unicodedata.category(chr(c)) == "Nd"]
NUMERALS = [*DIGITS, *"½¼¾²³¹Ⅳⅻↂ①㊿〇一二三四五六七八九十百千万"]
IDS = sorted(context().evidence)


def _passes(one: SaidClaim) -> bool:
    return check_claim(one, context())[0] is not None


def test_they_are_true() -> None:
    assert all(_passes(one) for one in TRUE)


@few(80)
@given(one=st.sampled_from(TRUE), digit=st.sampled_from(NUMERALS), at=st.floats(0, 1))
def test_a_numeral_of_any_script_anywhere_is_refused(one: SaidClaim, digit: str, at: float) -> None:
    spot = round(at * len(one.text))
    text = one.text[:spot] + digit + one.text[spot:]
    assert not _passes(one.model_copy(update={"text": text}))


@few(40)
@given(one=st.sampled_from(TRUE), other=st.sampled_from(IDS), data=st.data())
def test_another_id_at_a_place_is_refused(one: SaidClaim, other: str, data: Any) -> None:
    mine = data.draw(st.sampled_from([p.id for p in one.places]))
    assume(other != mine)
    changed = one.model_copy(update={"text": one.text.replace("{" + mine, "{" + other)})
    assert not _passes(changed)


@few(40)
@given(one=st.sampled_from(TRUE), other=st.sampled_from(IDS), data=st.data())
def test_another_id_with_its_own_true_echo_is_refused(
    one: SaidClaim, other: str, data: Any
) -> None:
    mine = data.draw(st.sampled_from([p.id for p in one.places]))
    assume(other != mine)
    known = context().evidence[other]
    echo = {"id": other, "label": known.label, "unit": known.unit}
    changed = one.model_dump()
    changed["text"] = one.text.replace("{" + mine, "{" + other)
    changed["places"] = [echo if p["id"] == mine else p for p in changed["places"]]
    assert not _passes(SaidClaim.model_validate(changed))


@pytest.mark.parametrize("one", TRUE)
def test_a_flipped_relation_is_refused(one: SaidClaim) -> None:
    flip: dict[str, Any] = {"below": "above", "rises": "falls"}
    turned = [c.model_copy(update={"relation": flip[c.relation]}) for c in one.comparisons]
    assert not _passes(one.model_copy(update={"comparisons": turned}))


@pytest.mark.parametrize("one", TRUE[1:])
def test_a_flipped_word_is_refused(one: SaidClaim) -> None:
    assert not _passes(one.model_copy(update={"text": one.text.replace("below", "above")}))


@few(40)
@given(one=st.sampled_from(TRUE), unit=st.sampled_from(["mm", "nm/week", "EUR", "%", "days", "x"]))
def test_another_unit_or_label_is_refused(one: SaidClaim, unit: str) -> None:
    first = one.places[0]
    for update in ({"unit": unit}, {"label": f"{first.label} {unit}"}):
        if first.unit == unit:
            continue
        echo = [first.model_copy(update=update), *one.places[1:]]
        assert not _passes(one.model_copy(update={"places": echo}))


@pytest.mark.parametrize("one", TRUE)
def test_another_subject_is_refused(one: SaidClaim) -> None:
    assert not _passes(one.model_copy(update={"text": "On WB-05: " + one.text, "case": "C2"}))
    assert not _passes(one.model_copy(update={"case": "C2"}))


@few(60)
@given(st.text(max_size=120), st.sampled_from(["finding", "cause", "action", "note"]))
def test_random_text_never_raises(text: str, role: Any) -> None:
    check_claim(SaidClaim.model_construct(
        case="C1", role=role, text=text, places=[], comparisons=[], cites=["E1"]
    ), context())  # fmt: skip


@few(60)
@given(
    quantity=st.sampled_from(sorted(TERMS)),
    value=st.floats(-1e6, 1e6),
    unit=st.sampled_from(["", "µm", "EUR", "days"]),
)
def test_a_plain_sentence_of_any_quantity_passes(quantity: str, value: float, unit: str) -> None:
    label = TERMS[quantity][0]
    known = case("c/X-1", "capability", "PULL-9 on X-1", CAPABILITY.subject,  # type: ignore[arg-type]
                 evidence("c/X-1", quantity, label, value, unit=unit, lower=value - 1))  # fmt: skip
    seen = guard_context([known], {}, now_us=NOW)
    said = SaidClaim.model_validate(
        {"case": "C1", "role": "finding", "text": "{E1.label} of PULL-9 on X-1: {E1.full}.",
         "places": [{"id": "E1", "label": label, "unit": unit}], "cites": ["E1"]}
    )  # fmt: skip
    assert check_claim(said, seen)[1] == ()
