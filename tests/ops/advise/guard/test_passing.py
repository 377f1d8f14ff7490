# ruff: noqa: RUF001  (full-width commas are what Chinese has)
"""What is true and well said passes: a guard that refuses everything is of no use."""

import pytest

from ops.advise.guard.check import check_claim
from tests.ops.advise.guard.plant import claim, context

F, C, A = "finding", "cause", "action"
TRUE: list[tuple[str, str, str, tuple[str, ...]]] = [  # text, role, case, comparisons
    ("Loop height on WB-07 drifts by {E1.full}.", F, "C1", ()),
    ("WB-07 drifts by {E1} ({E1.interval}).", F, "C1", ()),
    ("The slope of LOOP-QFN32-AU25 on WB-07 is {E1.full} since {E5}.", F, "C1", ()),
    ("The drift of WB-07 is {E1.full}.", F, "C1", ()),
    ("LOOP-QFN32-AU25 on WB-07 rises by {E1.full}.", F, "C1", ("E1 rises",)),
    ("LOOP-QFN32-AU25 on WB-07 increases by {E1}.", F, "C1", ("E1 rises",)),
    ("The drift of {E1} is significant.", F, "C1", ("E1 surely-above reference",)),
    ("The drift of {E1} is clearly above zero-free ground: {E1.interval}.", "skip", "C1", ()),
    ("The slope of {E1} is clearly rising.", F, "C1", ("E1 rises",)),
    ("It crosses the upper limit in {E2.full}.", F, "C1", ()),
    ("At this rate it reaches the limit in {E2}.", F, "C1", ()),
    ("The upper limit of {E3} is reached in {E2}.", F, "C1", ()),
    ("The level now, {E4}, is below the upper limit of {E4.reference}.", F, "C1",
     ("E4 below reference",)),
    ("The level is {E4}, still below the limit of {E3}.", F, "C1", ("E4 below E3",)),
    ("The level of {E4} is surely below the upper limit.", F, "C1", ("E4 surely-below reference",)),
    ("The level of {E4} does not exceed the upper limit of {E3}.", F, "C1", ("E4 below E3",)),
    ("The drift began on {E5}.", F, "C1", ()),
    ("WB-07 has been drifting since {E5}, by {E1}.", F, "C1", ()),
    ("The last recalibration recovered {E6}.", F, "C1", ()),
    ("The event before it was: {E11}.", F, "C1", ()),
    ("Recalibrate WB-07 before {E9}: the last recalibration recovered {E6}.", A, "C1", ()),
    ("Recalibrate WB-07 by {E9}.", A, "C1", ()),
    ("WB-07 should be recalibrated before {E9}.", "skip", "C1", ()),
    ("I recommend to recalibrate WB-07.", A, "C1", ()),
    ("Please recalibrate WB-07 before {E9}.", A, "C1", ()),
    ("WB-07 needs a recalibration before {E9}.", A, "C1", ()),
    ("We recommend a recalibration of WB-07.", A, "C1", ()),
    ("The cause is creep of the tool.", C, "C1", ()),
    ("A gradual creep is behind the drift of {E1}.", C, "C1", ()),
    ("The slow creep of WB-07 explains the slope of {E1.full}.", "skip", "C1", ()),
    ("The most likely cause is creep, at {E1} of drift.", C, "C1", ()),
    ("Acting costs {E7}, keeping costs {E8}.", "cost", "C1", ()),
    ("The cost of acting is {E7}, below the cost of keeping of {E8}.", "cost", "C1",
     ("E7 below E8",)),
    ("The cost of keeping, {E8}, exceeds the cost of acting, {E7}.", "cost", "C1",
     ("E8 above E7",)),
    ("Acting costs {E7}, which is less than the cost of keeping, {E8}.", "cost", "C1",
     ("E7 below E8",)),
    ("WB-05 shows no drift: its slope is {E12.full}.", F, "C2", ("E12 within reference",)),
    ("No drift of WB-05 was found: its slope is {E12}.", F, "C2", ("E12 within reference",)),
    ("No cause is found for WB-05.", C, "C2", ()),
    ("Keep WB-05 as it is.", A, "C2", ()),
    ("Continue to run WB-05.", "skip", "C2", ()),
    ("Cpk of PULL-QFN32-AU25 is {E13.full}.", F, "C3", ()),
    ("Cpk is {E13}, below the requirement of {E13.reference}.", F, "C3", ("E13 below reference",)),
    ("Cpk is {E13} and thus surely below the required {E13.reference}.", F, "C3",
     ("E13 surely-below reference",)),
    ("Cpk is significantly below the requirement.", F, "C3", ("E13 surely-below reference",)),
    ("Cpk of {E13} misses the requirement.", F, "C3", ("E13 below reference",)),
    ("Cpk of {E13} does not meet the requirement of {E13.reference}.", F, "C3",
     ("E13 below reference",)),
    ("Cp of {E16} meets the requirement.", F, "C3", ("E16 above reference",)),
    ("Cp exceeds the requirement of {E16.reference}, while Cpk falls short of it.", F, "C3",
     ("E16 above reference", "E13 below reference")),
    ("Cp is {E16}, higher than Cpk at {E13}.", F, "C3", ("E16 above E13",)),
    ("Cpk ranges from {E13.lower} to {E13.upper}.", F, "C3", ()),
    ("Cpk is at least {E13.lower} and at most {E13.upper}.", F, "C3", ()),
    ("The fraction outside is {E14}.", F, "C3", ()),
    ("The process is off centre by {E15}.", F, "C3", ()),
    ("{E13.label} is {E13}.", F, "C3", ()),
    ("The cause is that the process runs off centre.", C, "C3", ()),
    ("The low Cpk is due to the process being off centre, by {E15}.", C, "C3",
     ("E13 below reference",)),
    ("Recentre PULL-QFN32-AU25.", A, "C3", ()),
    ("You should recentre the process: it is off centre by {E15}.", A, "C3", ()),
    ("Die Steigung an WB-07 beträgt {E1.full}.", F, "C1", ()),
    ("WB-07 driftet seit {E5} um {E1}.", F, "C1", ()),
    ("Der Cpk von {E13} liegt unter der Anforderung.", F, "C3", ("E13 below reference",)),
    ("Der Cpk liegt nicht über der Anforderung von {E13.reference}.", F, "C3",
     ("E13 below reference",)),
    ("Die obere Grenze wird in {E2} erreicht.", F, "C1", ()),
    ("WB-07 sollte vor {E9} rekalibriert werden: kalibrieren.", "skip", "C1", ()),
    ("Bitte WB-07 vor {E9} kalibrieren.", A, "C1", ()),
    ("Die Kosten des Handelns sind {E7}.", "cost", "C1", ()),
    ("WB-07 的斜率为 {E1}。", F, "C1", ()),
    ("WB-07 自 {E5} 起漂移 {E1}。", F, "C1", ()),
    ("Cpk 为 {E13}，低于要求 {E13.reference}。", F, "C3", ("E13 below reference",)),
    ("建议重新校准 WB-07。", A, "C1", ()),
    ("Nothing else was found in this stream.", "note", "C1", ()),
    ("The verdict rests on the measurements of the stream.", "note", "C1", ()),
    ("An alternative is to clean the tool.", "alternative", "C1", ()),
]  # fmt: skip
TRUE = [row for row in TRUE if row[1] != "skip"]


@pytest.mark.parametrize(("text", "role", "case", "compared"), TRUE)
def test_what_is_true_passes(text: str, role: str, case: str, compared: tuple[str, ...]) -> None:
    known = {"C1": "E1", "C2": "E12", "C3": "E13"}
    said = claim(text, role, case, compared=compared, cites=[known[case]])
    released, verdicts = check_claim(said, context())
    assert verdicts == ()
    assert released is not None
    assert not any(sign.isdigit() for sign in released.template.replace("p1", "").replace("p2", "")
                   if released.slots and sign not in released.template)  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(TRUE) >= 60
