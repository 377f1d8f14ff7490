"""Answers of the advisor in German and Chinese: no English stands beside the plant's own names."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.render.messages import catalogue
from ops.analyses.registry import all_analyses
from ops.db.engine import Database
from ops.db.models.plant import Site
from ops.db.models.work import Run
from tests.api.plant import HERE, NOW
from tests.api.test_advice_what_if import add_scenario
from tests.ops.advise.read.plant import stored

HTML = {"Accept": "text/html"}
RUNS = (
    "drift", "drift-screen", "capability", "long-term-capability", "gauge-study", "lifetime-fit",
    "lifetime-batch", "network-plan", "classifier-monitor", "classifier-train", "demand-forecast",
    "warranty-forecast", "repairable-trend", "metrology-agreement", "capillary-health",
    "plan-comparison", "stream-screen", "virtual-metrology",
)  # fmt: skip
QUESTIONS = (
    "What needs attention?", "Why does it drift, and what should we do?",
    "Which characteristics are not capable?", "When does Cpk fall below 1.33?",
    "How long do they live?", "How many warranty returns are to come?",
    "Are the repairs getting more?", "What holds the plan back?", "Which plan is cheaper?",
    "Is the model still good?", "How good is the forecast?", "Are the gauges good enough?",
    "Which capillaries wear?", "How is the weather?", "What if demand rises by 10 %?",
    "What if we close the hub?",
    "What if demand changes?", "How many tools drift?", "Which gauges are bad?",
)  # fmt: skip
OWN = {  # names of the plants of the examples, of units and of methods
    "align", "aluminium", "heel", "crack", "ball", "lift", "bond", "defects", "loop", "current",
    "ultrasonic", "height", "diameter", "force", "defect", "lifted", "good", "bad", "stress",
    "supplier", "packaging", "unit", "units", "cycles", "capillary", "piece", "pieces", "week",
    "kpcs", "service", "touch", "downs", "champion", "challenger", "local", "wafer", "wires",
    "wire",
}  # fmt: skip
_CODES = {analysis.name for analysis in all_analyses()}
_WORD = re.compile(r"[A-Za-z]{3,}")


class _Blocks(HTMLParser):
    """Texts of the main part of a page, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "textarea")
        if tag in ("p", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "div", "strong", "summary"):
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "textarea")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.blocks[-1] += data


def _english(language: str) -> set[str]:
    """Words that only the English texts of the catalogue have."""
    english, own = set[str](), set[str]()
    for message in catalogue(language):
        for texts, found in ((message.id, english), (message.string, own)):
            for text in (texts,) if isinstance(texts, str) else texts or ():
                bare = re.sub(r"\{\w+\}|%\(\w+\)s", " ", text)
                found.update(word.lower() for word in _WORD.findall(bare))
    return english - own - OWN


def _left(page: str, english: set[str], question: str) -> Iterator[tuple[str, list[str]]]:
    reader = _Blocks()
    reader.feed(page[page.index("<main") : page.index("</main")].replace(question.rstrip("?"), " "))
    for block in reader.blocks:
        bare = " ".join(word for word in block.split() if word not in _CODES)
        words = [w for w in _WORD.findall(bare) if w.lower() in english and not w.isupper()]
        if len(words) > 1 or (words and words == _WORD.findall(bare)):
            yield " ".join(block.split()), words


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    """A plant with a run of many analyses, and a scenario to ask about."""
    at = datetime.now(UTC) - timedelta(hours=1)
    with sqlite_database.write.begin() as session:
        session.add(Site(id=HERE, code="PG1", title="PG1", created_at=NOW))
        session.flush()
        for number, name in enumerate(RUNS):
            run = stored(name)
            session.add(
                Run(
                    id=str(UUID(int=(number + 1) << 96)), analysis=name, version=run.version,
                    params=dict(run.params), as_of=at, max_batch=0, state="succeeded",
                    submitted_by="x", submitted_at=at, finished_at=at, result=dict(run.result),
                    page=dict(run.page), log_tail="", site_id=HERE,
                )
            )  # fmt: skip
    add_scenario(client)
    return client


def test_no_english_is_left_on_pages_of_answers(api: TestClient) -> None:
    asked = {text: api.post("/v1/advice", json={"text": text}).json() for text in QUESTIONS}
    assert {one["state"] for one in asked.values()} == {"answered", "refused", "waiting"}
    assert sum(len(one["evidence"]) for one in asked.values()) > 300
    escaped: dict[str, list[str]] = {}
    for language in ("de", "zh-Hans"):
        english = _english(language)
        for text, one in asked.items():
            headers = HTML | {"Accept-Language": language}
            page = api.get(one["links"]["page"], headers=headers).text
            for block, words in _left(page, english, text):
                escaped.setdefault(f"{language}: {block[:200]}", words)
    assert not escaped, "\n".join(f"{block} <- {words}" for block, words in escaped.items())


def test_every_piece_of_evidence_leads_to_a_page(api: TestClient) -> None:
    links = {
        piece["link"]
        for text in QUESTIONS
        for piece in api.post("/v1/advice", json={"text": text}).json()["evidence"]
    }
    assert len(links) > 10
    lost = {link for link in links if api.get(link, headers=HTML).status_code != 200}
    assert not lost
