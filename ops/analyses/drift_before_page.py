"""What was before, as a section of the drift page: episodes like this one, past actions."""

from collections.abc import Iterator

from ops.analyses.drift_result import DriftResult, DriftRevisit
from ops.analyses.drift_terms_words import ACTION_WORDS, AGREES_WORDS, OUTCOME_WORDS
from ops.analyses.drift_words import day_of
from ops.page import Block, Figure, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def before(result: DriftResult) -> Iterator[Section]:
    """Yield the section on what was before, if anything is known."""
    blocks: list[Block] = []
    memory = result.memory
    if memory is not None and memory.revisits:
        blocks.append(Text.of(*remembered(result)))
        columns = ("Tool", "From", "To", "Agrees in", "Counts", "By chance", "Cause", "Action",
                   "Outcome")  # fmt: skip
        blocks.append(
            Table(
                title="Episodes like the present one",
                columns=tuple(Column(label=label) for label in columns),
                rows=tuple(
                    (r.tool, day_of(r.start), day_of(r.end), AGREES_WORDS.get(r.kind, r.kind),
                     "yes" if r.verified else r.reason, r.p_chance, r.causes or None,
                     r.action or None, OUTCOME_WORDS.get(r.outcome, r.outcome))
                    for r in memory.revisits
                ),
            )
        )  # fmt: skip
    if result.effects:
        unit = result.unit
        blocks.append(
            Table(
                title="What actions did to this tool",
                columns=(Column(label="Action"), Column(label="Measured"),
                         Column(label="Towards home", unit=unit, decimals=2),
                         Column(label="Lower", unit=unit, decimals=2),
                         Column(label="Upper", unit=unit, decimals=2),
                         Column(label="Nearer after")),
                rows=tuple((ACTION_WORDS.get(e.action, e.action), e.n, e.jump, e.lower, e.upper,
                            e.improved)
                           for e in result.effects),
            )
        )  # fmt: skip
    if result.crow_beta is not None:
        growth = Figure(
            label="Growth of corrections",
            value=result.crow_beta,
            lower=result.crow_lower,
            upper=result.crow_upper,
            decimals=2,
        )
        blocks.append(growth)
    if blocks:
        yield Section(title="Before", blocks=tuple(blocks))


def remembered(result: DriftResult) -> Iterator[Phrase]:
    """Say what happened the last times that it was like this."""
    memory = result.memory
    if memory is None:
        return
    verified = [one for one in memory.revisits if one.verified]
    if not verified:
        yield Phrase.of(
            "None of {count} earlier episodes is surely like the present one.",
            count=Number(value=memory.candidates, decimals=0),
        )
    for one in verified:
        yield _like(one)
    if memory.anchor_level is not None and memory.anchor_start is not None:
        yield Phrase.of(
            "The level is back where it was from {start} to {end} ({level} {unit}): it is held"
            " against that too.",
            start=day_of(memory.anchor_start),
            end=day_of(memory.anchor_end or memory.anchor_start),
            level=Number(value=float(f"{memory.anchor_level:.6g}")),
            unit=result.unit,
        )


def _like(one: DriftRevisit) -> Phrase:
    """Link an earlier episode with its cause, action and outcome."""
    template = (
        "It is like {tool} from {start} to {end} in {kind}; the cause was {cause}; then came"
        " {action}, and {outcome}."
    )
    if not one.causes:
        template = (
            "It is like {tool} from {start} to {end} in {kind}; no cause was noted; then came"
            " {action}, and {outcome}."
        )
    return Phrase.of(
        template,
        tool=one.tool,
        start=day_of(one.start),
        end=day_of(one.end),
        kind=AGREES_WORDS.get(one.kind, one.kind),
        cause=one.causes,
        action=one.action or "no action",
        outcome=OUTCOME_WORDS.get(one.outcome, one.outcome),
    )
