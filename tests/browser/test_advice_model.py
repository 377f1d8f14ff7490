"""Answers that a language model words, in a real browser: streamed, checked, or put aside."""

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from ops.advise.provider.capabilities import Capabilities
from ops.db import llm_probes
from ops.db.engine import open_database
from ops.db.types import to_micros
from tests.browser.conftest import Watched, serving
from tests.llm.fake_server import Asked, Exchange, FakeServer
from tests.llm.personality import Personality

QUESTION = "Is LOOP-QFN32-AU25 capable?"
GO_ON = threading.Event()  # the second sentence comes when a test has seen the first


def _answer(asked: Asked) -> str:
    """Word the first case with a Ppk, as a good model does; one that is told to be bold lies."""
    lines = asked.prompt.splitlines()
    case, pair, ppk = "", ("", ""), ""
    for line in lines:
        if found := re.match(r"(C\d+) capability .*allowed ([a-z-]+): ([a-z-]+)", line):
            case, pair = found[1], (found[2], found[3])
        elif found := re.match(r'(E\d+) ppk \| "Ppk" ', line):
            ppk = found[1]
            break
    else:
        return "Other."
    number = "{" + ppk + ".full}" if "bold" not in asked.prompt else "99"
    texts = (f"Ppk is {number}.", f"The Ppk of it is {number}.")
    places = [{"id": ppk, "label": "Ppk", "unit": ""}]
    claims = [
        {"case": case, "role": "finding", "places": places, "comparisons": [], "cites": [ppk],
         "text": text} for text in texts
    ]  # fmt: skip
    judged = [{"case": case, "cause": pair[0], "action": pair[1]}]
    return json.dumps({"refusal": None, "judged": judged, "claims": claims}, ensure_ascii=False)


def _paced(exchange: Exchange, answer: str) -> None:
    """Stream; after the first claim wait until it was seen."""
    if not exchange.asked.body.get("stream") or "EVIDENCE" not in exchange.asked.prompt:
        return exchange.behave()
    exchange.start_stream()
    said = ""
    for event in exchange.events(answer):
        said += event["choices"][0]["delta"].get("content") or ""
        exchange.send_event(event)
        if said.count('"text"') == 2:
            GO_ON.wait(200)
    exchange.send_piece(b"data: [DONE]\n\n")
    return exchange.end_stream()


@pytest.fixture(scope="module")
def worded(service: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service with the same plant, and a language model that is a script."""
    folder = tmp_path_factory.mktemp("worded")
    url = f"sqlite:///{folder / 'longrun.db'}"
    source, copy = sqlite3.connect(home / "longrun.db"), sqlite3.connect(folder / "longrun.db")
    with copy:
        source.backup(copy)
    copy.close()
    source.close()
    with FakeServer(_paced, answer=_answer, personality=Personality("bare")) as model:
        _tried(url, model.url)
        settings = {"LONGRUN_LLM_URL": model.url, "LONGRUN_WORKERS": "0"}
        settings |= {"LONGRUN_LLM_TIME_S": "500", "LONGRUN_LLM_FIRST_TOKEN_S": "200"}
        with serving(folder, whole=False, **settings) as address:
            yield address


def _tried(url: str, server: str) -> None:
    """Keep what the script can do, as if it had been tried: it says nothing of its context."""
    now = datetime.now(UTC)
    known = Capabilities(
        server=server, probed_at=to_micros(now), stream=True, context_length=32_768
    )
    database = open_database(url)
    with database.write.begin() as session:
        llm_probes.keep(session, server, "", known.model_dump(mode="json"), at=now)
    database.engine.dispose()


@pytest.fixture
def reader(browser: Browser, worded: str) -> Iterator[Watched]:
    GO_ON.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    watched = Watched(context, worded)
    yield watched
    GO_ON.set()
    context.close()
    assert watched.faults == []
    assert watched.foreign == []


def test_sentences_of_a_model_stand_there_as_each_has_passed(reader: Watched) -> None:
    page = reader.open("/runs")
    page.keyboard.press("Alt+a")
    page.locator("#ask textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    coming = page.locator("#ask [data-sentences] p")
    expect(coming).to_have_count(1)
    expect(coming).to_contain_text(re.compile(r"^Ppk is \d"))
    expect(page.locator("#ask .to-do").first).to_be_visible()  # the rules' answer stands meanwhile
    GO_ON.set()
    expect(page.locator("#ask .source").last).to_contain_text("Worded by a language model")
    expect(page.locator("#ask .answer")).to_contain_text("The Ppk of it is")
    expect(page.locator("#ask a.proof").first).to_be_visible()


def test_a_sentence_that_nothing_proves_leaves_the_rules_answer_and_says_so(
    reader: Watched,
) -> None:
    GO_ON.set()
    page = reader.open("/advice")
    page.get_by_label("Your question").fill(f"{QUESTION} Be bold.")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".answer .source").last).to_contain_text("did not pass the check")
    expect(page.locator(".answer .to-do").first).to_be_visible()
    assert "99" not in page.locator(".answer").inner_text()
    page.get_by_role("link", name="All the evidence").click()
    expect(page.locator(".answer .source").last).to_contain_text("did not pass the check")


def test_an_answer_on_its_own_page_goes_on_there(reader: Watched) -> None:
    asked = httpx.post(f"{reader.service}/v1/advice", json={"text": QUESTION}, timeout=100).json()[
        "id"
    ]
    page = reader.page
    page.goto(f"{reader.service}/advice/{asked}")
    expect(page.locator("[data-sentences] p")).to_have_count(1)
    expect(page.get_by_role("button", name="Accept it")).to_have_count(0)
    GO_ON.set()
    expect(page.get_by_role("button", name="Accept it")).to_be_visible()
    expect(page.locator(".answer .source").last).to_contain_text("Worded by a language model")


def test_what_the_server_can_do_is_shown_and_tried_anew(reader: Watched) -> None:
    GO_ON.set()
    page = reader.open("/settings")
    page.get_by_role("link", name="Language model").click()
    expect(page.get_by_role("row", name=re.compile("Answers that stream"))).to_contain_text("yes")
    expect(page.get_by_role("row", name=re.compile("JSON by a schema"))).to_contain_text("no")
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("row", name=re.compile("^Grammar"))).to_contain_text("no")
