"""What measurements mean, as the answer of an ingest says it: samples, rules, dispositions."""

from datetime import datetime

from pydantic import Field

from api.body import View
from ops.db.types import from_micros
from ops.spc.design import Disposition
from ops.work.evaluate import Evaluation, Sample


class BrokenRule(View):
    """A rule that a point breaks."""

    name: str = Field(description="Name, as in the design.")
    sentence: str = Field(description="What it looks for.")


class SampleView(View):
    """A row of the file, as one chart design judges it."""

    ts: datetime = Field(description="When it was measured.")
    seq: int = Field(description="Sequence: with ts and characteristic its key.")
    characteristic: str = Field(description="Code of the characteristic.")
    design: str = Field(description="Name of the chart design; empty where none is in force.")
    stream: str = Field(description="Level of the factor whose levels are judged apart.")
    value: float | None = Field(description="Plotted value of its point; null: not judged.")
    disposition: Disposition | None = Field(
        description="What becomes of the lot: ok, warn or hold; null: not judged."
    )
    rules: list[BrokenRule] = Field(description="The rules that its point breaks.")
    finding_id: int | None = Field(description="The alert it is filed under: /v1/alerts/{id}.")
    reason: str | None = Field(description="Why it is not judged; null where it is.")


class EvaluationView(View):
    """What the rows of a file mean."""

    disposition: Disposition | None = Field(
        description="The worst one: hold the lot if it is hold; null if nothing was judged."
    )
    ok: int = Field(description="Samples that break no rule.")
    warn: int = Field(description="Samples that break rules which warn.")
    hold: int = Field(description="Samples that break rules which hold the lot.")
    unjudged: int = Field(description="Samples without a disposition.")
    samples: list[SampleView] = Field(
        description="The worst first, then in time order; at most 1,000."
    )
    more: int = Field(description="Samples that are not shown.")
    left: int = Field(
        default=0,
        description="Rows beyond the first 20,000 of the file: they are not among the samples;"
        " what they break is among the alerts once it is judged.",
    )


def evaluation_view(evaluation: Evaluation) -> EvaluationView:
    """Write an evaluation as the answer of an ingest."""
    counts = evaluation.counts
    return EvaluationView(
        disposition=evaluation.disposition,
        ok=counts["ok"],
        warn=counts["warn"],
        hold=counts["hold"],
        unjudged=counts[None],
        samples=[_sample(sample) for sample in evaluation.samples],
        more=sum(counts.values()) - len(evaluation.samples),
        left=evaluation.left,
    )


def _sample(sample: Sample) -> SampleView:
    return SampleView(
        ts=from_micros(sample.ts),
        seq=sample.seq,
        characteristic=sample.characteristic,
        design=sample.design,
        stream=sample.stream,
        value=sample.value,
        disposition=sample.disposition,
        rules=[BrokenRule(name=name, sentence=sentence) for name, sentence in sample.rules],
        finding_id=sample.finding_id,
        reason=sample.reason or None,
    )
