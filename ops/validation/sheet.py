"""The record as a page: verdict, a section for each topic, environment, lines to sign."""

from ops.page import Page, Section, Text, Verdict
from ops.page_table import Cell, Column, Table
from ops.page_value import Level, Number, Phrase
from ops.validation.case import Outcome
from ops.validation.machine import Machine
from ops.validation.record import TopicRecord, ValidationRecord

SHOWN = 32  # numbers of one case; of longer ones the record as JSON has them all
_LABELS = (
    "No.", "Case", "Source", "Expected", "Obtained", "Deviation", "Allowed", "Why", "Result",
)  # fmt: skip
_BLANK = "\N{NO-BREAK SPACE}" * 12  # as wide as what is written by hand


def sheet(record: ValidationRecord) -> Page:
    """Page of a record; its titles are English, as its sources are."""
    topics = [_topic(topic) for topic in record.topics]
    return Page(
        title="Software validation record",
        verdicts=(_verdict(record),),
        sections=(
            *([_failures(record)] if record.failures else []),
            _summary(record),
            *topics,
            *([_not_run(record)] if record.not_run else []),
            _environment(record.machine),
            _signatures(),
        ),
    )


def _verdict(record: ValidationRecord) -> Verdict:
    done, failed = len(record.outcomes), len(record.failures)
    numbers = sum(len(outcome.expected) for outcome in record.outcomes)
    cases = Number(value=float(done), decimals=0)
    count = Number(value=float(numbers), decimals=0)
    if failed or not done:
        what = Phrase.of(
            "{failed} of {cases} published cases are not reproduced on this machine",
            failed=Number(value=float(failed), decimals=0),
            cases=cases,
        )
        level: Level = "bad"
    else:
        what = Phrase.of(
            "All {cases} published cases ({count} numbers) are reproduced within their tolerances",
            cases=cases,
            count=count,
        )
        level = "good"
    if not record.not_run:
        return Verdict.of(level, what)
    left = Number(value=float(len(record.not_run)), decimals=0)
    rest = Phrase.of("{left} published entries were not run: the reasons are below", left=left)
    return Verdict.of(level, what, rest)


def _summary(record: ValidationRecord) -> Section:
    rows = tuple(
        (
            topic.title,
            len(topic.outcomes),
            sum(len(outcome.expected) for outcome in topic.outcomes),
            topic.passed,
            len(topic.outcomes) - topic.passed,
        )
        for topic in record.topics
    )
    labels = ("Topic", "Cases", "Numbers", "Passed", "Failed")
    table = Table(title="Cases by topic", columns=_columns(*labels), rows=rows)
    text = (
        "Each case is computed again by the installed program from the published inputs. A case"
        " passes where every number is as near to the published one as its tolerance allows;"
        " deviation and tolerance are given for the number that uses up most of it."
    )
    return Section(title="Summary", blocks=(Text(text=text), table))


def _topic(topic: TopicRecord) -> Section:
    sources = list(dict.fromkeys(outcome.source for outcome in topic.outcomes))
    reasons = list(dict.fromkeys(map(_reason, topic.outcomes)))
    rows = tuple(
        (
            i,
            _titled(outcome),
            f"[{sources.index(outcome.source) + 1}]",
            *_numbers(outcome),
            f"({_letter(reasons.index(_reason(outcome)))})",
            "pass" if outcome.passed else "FAIL",
        )
        for i, outcome in enumerate(topic.outcomes, 1)
    )
    told = Phrase.of(
        "{passed} of {cases} cases pass",
        passed=Number(value=float(topic.passed), decimals=0),
        cases=Number(value=float(len(topic.outcomes)), decimals=0),
    )
    cited = tuple((f"[{i}]", source) for i, source in enumerate(sources, 1))
    why = tuple((f"({_letter(i)})", reason) for i, reason in enumerate(reasons))
    return Section(
        title=topic.title,
        verdict=Verdict.of("good" if topic.passed == len(topic.outcomes) else "bad", told),
        blocks=(
            Table(title="Cases", columns=_columns(*_LABELS), rows=rows),
            Table(title="Sources", columns=_columns("Source", "Published in"), rows=cited),
            Table(title="Tolerances", columns=_columns("Why", "Tolerance, and why"), rows=why),
        ),
    )


def _reason(outcome: Outcome) -> str:
    return f"{outcome.tolerance}: {outcome.reason}"


def _letter(place: int) -> str:
    """Name a tolerance: a to z, then a2 ..."""
    again, letter = divmod(place, 26)
    return f"{chr(ord('a') + letter)}{again + 1 if again else ''}"


def _titled(outcome: Outcome) -> str:
    return f"{outcome.title} ({outcome.unit})" if outcome.unit else outcome.title


def _numbers(outcome: Outcome) -> tuple[Cell, ...]:
    """Write what is expected, what came, how far off it is, and what is allowed."""
    return (
        _expected(outcome),
        outcome.error or _obtained(outcome),
        _small(outcome.deviation),
        _small(outcome.allowed),
    )


def _expected(outcome: Outcome) -> str:
    return _listed(tuple(f"{x:.12g}" for x in outcome.expected))


def _obtained(outcome: Outcome) -> str:
    """Numbers with two digits more than their deviation could need."""
    texts = [
        "no number" if x is None else _near(x, expected)
        for x, expected in zip(outcome.obtained, outcome.expected, strict=True)
    ]
    return _listed(tuple(texts))


def _near(x: float, expected: float) -> str:
    """Write a number to at least as many digits as the published one and two more."""
    digits = len(f"{expected:.15g}".replace("-", "").replace(".", "").lstrip("0"))
    return f"{x + 0.0:.{max(6, min(15, digits + 2))}g}"


def _listed(texts: tuple[str, ...]) -> str:
    if len(texts) <= SHOWN:
        return "; ".join(texts)
    return f"{'; '.join(texts[:SHOWN])}; and {len(texts) - SHOWN} more"


def _small(value: float | None) -> str | None:
    return None if value is None else f"{value:.2g}"


def _hash(digits: str) -> str:
    """Write a hash in groups, so that it fits into a column."""
    return " ".join(digits[i : i + 16] for i in range(0, len(digits), 16))


def _failures(record: ValidationRecord) -> Section:
    labels = ("Case", "Expected", "Obtained", "Deviation", "Allowed")
    rows = tuple((outcome.id, *_numbers(outcome)) for outcome in record.failures)
    return Section(
        title="Failures", blocks=(Table(title="Failed", columns=_columns(*labels), rows=rows),)
    )


def _not_run(record: ValidationRecord) -> Section:
    table = Table(
        title="Published entries that were not run",
        columns=_columns("Entry", "Reason"),
        rows=tuple(record.not_run.items()),
    )
    return Section(title="Not run", blocks=(table,))


def _environment(at: Machine) -> Section:
    facts = (
        ("Python", at.python),
        ("Operating system", at.system),
        ("Processor", at.processor),
        ("Linear algebra", at.blas),
        *at.versions.items(),
        (f"SHA-256 of {at.files} source files", _hash(at.sources)),
    )
    return Section(
        title="Environment",
        blocks=(
            Table(title="Installed", columns=_columns("Part", "Version"), rows=facts),
            Table(
                title="Files of published numbers",
                columns=_columns("File", "SHA-256"),
                rows=tuple((name, _hash(digits)) for name, digits in at.references.items()),
            ),
        ),
    )


def _signatures() -> Section:
    rows = tuple((f"{role}\n\n", *[_BLANK] * 3) for role in ("Performed", "Reviewed", "Approved"))
    table = Table(
        title="This record was made by the installed program; it was",
        columns=_columns("Role", "Name", "Date", "Signature"),
        rows=rows,
    )
    return Section(title="Signatures", blocks=(table,))


def _columns(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(label=label) for label in labels)
