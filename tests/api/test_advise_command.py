"""`longrun advise`: the same answers in a terminal."""

import json
from collections.abc import Iterator

import pytest

from ops.db.engine import Database
from tests.api.advice_plant import add_probe, add_runs
from tests.api.door import longrun_here
from tests.llm import faults
from tests.llm.fake_server import FakeServer
from tests.llm.good_model import good_model


@pytest.fixture
def plant(sqlite_database: Database) -> Database:
    add_runs(sqlite_database)
    return sqlite_database


@pytest.fixture
def server(plant: Database) -> Iterator[FakeServer]:
    with FakeServer(answer=good_model) as opened:
        add_probe(plant, opened.url)
        yield opened


def test_an_answer_tells_its_evidence(plant: Database) -> None:
    said = longrun_here("advise", "What is the Cpk?", LONGRUN_DATABASE_URL=plant.url)
    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert lines[0].startswith("WARN  Loop height: Ppk is 1.42 (95 % 1.26 to 1.57)")
    assert any(line.strip().startswith("/runs/11111111-") for line in lines)
    assert lines[-1].startswith("advice ")


def test_a_model_words_it_and_the_rules_say_why_if_not(plant: Database, server: FakeServer) -> None:
    given = {"LONGRUN_DATABASE_URL": plant.url, "LONGRUN_LLM_URL": server.url}
    ask = ("advise", "What is the Cpk?", "--json")
    worded = json.loads(longrun_here(*ask, **given).stdout)
    assert worded["source"] == "model"
    assert worded["headline"].startswith("Ppk is 1.42 (95 % 1.26 to 1.57), above")
    server._always = faults.status(500)
    assert json.loads(longrun_here(*ask, **given).stdout)["fallback"] == "server-error"
    asked = len(server.chats)
    assert json.loads(longrun_here(*ask, "--rules", **given).stdout)["source"] == "rules"
    assert len(server.chats) == asked


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((" ",), "QUESTION: it is empty"),
        (("What?", "--about", "WB-05"), "--about 'WB-05' is no KIND:CODE such as tool:WB-05"),
        (("What?", "--about", "wafer:W1"), "--about 'wafer:W1' is no KIND:CODE"),
        (("What?", "--site", "NOWHERE"), "there is no site 'NOWHERE'"),
    ],
)
def test_what_is_wrong_is_named(plant: Database, arguments: tuple[str, ...], words: str) -> None:
    said = longrun_here("advise", *arguments, LONGRUN_DATABASE_URL=plant.url)
    assert said.returncode != 0
    assert words in said.stderr
    assert "Traceback" not in said.stderr
