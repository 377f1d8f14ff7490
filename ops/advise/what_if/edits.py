"""Typed edits of a scenario from words; what cannot be resolved is unclear, never guessed."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ops.advise.what_if.altering import altering
from ops.advise.what_if.clause import Clause, clause_of, clauses
from ops.advise.what_if.period import stretch_in
from ops.advise.what_if.scenario_names import near_names
from ops.advise.what_if.sentence import spoken
from ops.advise.what_if.unclear import Unclear, names_nothing
from ops.advise.what_if.unheard import unheard
from ops.advise.what_if.using import is_refused, using, verb_of
from ops.page_value import Phrase
from solvers.errors import ScenarioError
from solvers.scenario.amounts import amount_flaws
from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.references import reference_flaws

MOST = 50  # clauses of a text
_ADAPTER: TypeAdapter[Edit] = TypeAdapter(Edit)
_LEAST_LETTERS = 5  # of a word that may be a name written wrong
_LIKE = 0.8

_NONE = Phrase.of("it names no change of the plan")


@dataclass(frozen=True, slots=True)
class WhatIfEdits:
    """Edits that a text asks for, as JSON; what each does in words; what was unclear, and why.

    What was unclear is `said` in parts, too, for other languages.
    """

    edits: tuple[dict[str, Any], ...] = ()
    understood: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    said: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict[str, tuple[Phrase, ...]])


def edits_of(text: str, scenario: Scenario, names: Sequence[str] = ()) -> WhatIfEdits:
    """Edits that a text asks for in a scenario, in the order of its clauses.

    Each applies to the scenario as those before it left it, and each is checked against it: an
    edit that names nothing, changes nothing or sets what is not allowed is unclear. Demands that
    come from a forecast may be scaled: the run fills them in before it edits.

    Parameters
    ----------
    text
        A question or an order, in English, German or Chinese; or sentences that edits say of
        themselves.
    names
        Of the scenario, which may stand in the text and change nothing.
    """
    edits: list[Edit] = []
    unclear: list[tuple[Phrase, ...]] = []
    now = _without_forecasts(scenario)
    for clause in _cut(text, now):
        try:
            for edit in _edits(clause, now):
                now = _edited(now, edit)
                edits.append(edit)
        except Unclear as error:
            named = Phrase.of("{clause}:", clause=repr(clause))
            unclear.append((named, error.phrase))
    unclear += [said for line in _lines(text, scenario) for said in unheard(line, scenario, names)]
    if not edits and not unclear:
        unclear.append((_NONE,))
    return WhatIfEdits(
        edits=tuple(e.model_dump(mode="json", exclude_none=True) for e in edits),
        understood=tuple(e.sentence() for e in edits),
        unclear=tuple(map(_english, unclear)),
        said={_english(one): one for one in unclear},
    )


def _english(phrases: Sequence[Phrase]) -> str:
    return " ".join(one.english() for one in phrases)


def _cut(text: str, scenario: Scenario) -> list[str]:
    told = frozenset(_lines(text, scenario))
    cut: list[str] = []
    for line in _whole(text):
        cut += list(clauses(line)) if line in told else [line]
    return cut[:MOST]


def _lines(text: str, scenario: Scenario) -> list[str]:
    """Lines that are no sentences of edits, word for word."""
    return [line for line in _whole(text) if spoken(line, scenario) is None]


def _whole(text: str) -> list[str]:
    return [" ".join(line.split()) for line in re.split(r"[;\n]", text) if line.strip()]


def _edits(text: str, scenario: Scenario) -> Sequence[Edit]:
    said = spoken(text, scenario)
    if said is not None:
        return (said,)
    clause = clause_of(text, scenario)
    _require_known(clause, scenario)
    if is_refused(clause):
        raise Unclear("it says what is not to change: say what is to change")
    stretch = "" if clause.periods else stretch_in(text.casefold())
    if stretch:
        raise Unclear(
            "{stretch} is no period of the scenario: name its periods by code",
            stretch=repr(stretch),
        )
    verb = verb_of(clause)
    found = altering(clause, scenario) if verb is None else using(verb, clause, scenario)
    try:
        return [_ADAPTER.validate_python(one) for one in found]
    except ValidationError as error:
        if clause.periods and any(e["loc"][-1] == "periods" for e in error.errors()):
            raise Unclear("that is the same in every period: name no periods") from error
        raise Unclear("{reason}", reason=str(error.errors()[0]["msg"])) from error


def _require_known(clause: Clause, scenario: Scenario) -> None:
    if clause.things.twice:
        raise Unclear("{reason}", reason="; ".join(clause.things.twice))
    for word in clause.things.unknown:
        raise names_nothing(word, near_names(word, scenario))
    titles = {t.casefold(): s.code for s in scenario.sites for t in (s.title, s.code) if t}
    for word in re.findall(r"[^\W\d_]+", clause.said):
        alike = difflib.get_close_matches(word, titles, 1, _LIKE)
        if len(word) >= _LEAST_LETTERS and alike:
            raise names_nothing(word, titles[alike[0]])


def _edited(scenario: Scenario, edit: Edit) -> Scenario:
    """Scenario with an edit that changes it and leaves its names and amounts in order."""
    try:
        after = edit.apply(scenario)
    except ScenarioError as error:
        raise Unclear("{reason}", reason=str(error)) from error
    if after == scenario:
        raise Unclear(
            "'{edit}' changes nothing: it is so already, or has no limit", edit=edit.sentence()
        )
    known = {(f.pointer, f.detail) for f in (*reference_flaws(scenario), *amount_flaws(scenario))}
    new = (f for f in (*reference_flaws(after), *amount_flaws(after)))
    wrong = next((f.detail for f in new if (f.pointer, f.detail) not in known), None)
    if wrong is not None:
        raise Unclear("{reason}", reason=wrong)
    return after


def _without_forecasts(scenario: Scenario) -> Scenario:
    """Scenario whose demands have numbers, as after their forecasts are filled in."""
    demands = tuple(
        d
        if d.forecast is None
        else d.model_copy(
            update={"forecast": None}
            | ({"quantity": 1.0} if d.quantity is None and not d.quantity_by_period else {})
        )
        for d in scenario.demands
    )
    return scenario.model_copy(update={"demands": demands})
