"""The command line, the API and the library give the same result, for house and guest alike."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from api.auth import LOCAL
from api.cli import main
from api.deps import Services
from ops.analyses.capability import CAPABILITY
from ops.analysis import AnalysisParams, silent
from ops.db.columnar import write_chunk
from ops.db.engine import Database, open_database
from ops.db.load import load
from ops.db.models.plant import SpecLimit
from ops.settings import Settings
from ops.work.engine import open_queue, prepare
from ops.work.run import Bench, execute, pinned
from ops.work.slots import Slots
from ops.work.submit import Submission, draft
from tests.api.door import longrun_here
from tests.api.local import local_client
from tests.conformance.outside import longrun
from tests.conftest import migrated
from tests.plant import DAY, NOW, plant, rows

OPTIONS = ["--start", "2026-01-01T00:00Z", "--end", "2026-01-02T00:00Z", "--strata", "tool"]
PARAMS = {
    "window": {"start": "2026-01-01T00:00Z", "end": "2026-01-02T00:00Z"},
    "strata": ["tool"],
    "where": {"tool": ["A", "B"]},
    "requirement": 1.5,
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A service whose plant has measured one characteristic on two tools."""
    folder: Path = tmp_path_factory.mktemp("doors")
    url = migrated(f"sqlite:///{folder / 'longrun.db'}")
    database = open_database(url)
    prepare(database)
    ingest = plant(database)
    step = DAY // 1000
    tool = np.arange(400) % 2 + 1
    write_chunk(database, rows(400, step=step, context_id=tool), ingest=ingest, now=NOW)
    with database.write.begin() as session:
        session.add(_limits())
    database.engine.dispose()
    return Settings(data_dir=folder, database_url=url, auth="none", rate_limit="")


def _limits() -> SpecLimit:
    return SpecLimit(
        characteristic_id=1,
        effective_from=NOW.replace(year=2025),
        lower=36.0,
        upper=44.0,
        target=40.0,
        reason="drawing",
        created_by="ada",
        created_at=NOW.replace(year=2025),
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The database of `settings`."""
    opened = open_database(settings.database)
    yield opened
    opened.engine.dispose()


def _run(settings: Settings, *arguments: str) -> str:
    done = longrun("run", *arguments, LONGRUN_DATABASE_URL=settings.database)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def _run_here(settings: Settings, *arguments: str) -> str:
    done = longrun_here("run", *arguments, LONGRUN_DATABASE_URL=settings.database)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _library(database: Database, params: dict[str, object]) -> dict[str, object]:
    with database.read() as session:
        run = draft(session, Submission("capability", params, LOCAL, NOW))
    asked: AnalysisParams = CAPABILITY.params.model_validate(run.params)
    data = load(database, pinned(CAPABILITY.needs(asked), run))
    return json.loads(CAPABILITY.compute(data, asked, silent).model_dump_json())


def test_command_api_and_library_agree(settings: Settings, database: Database) -> None:
    library = _library(database, PARAMS)
    assert {g["level"] for g in library["characteristics"][0]["strata"]} == {"A", "B"}
    here = _run(
        settings,
        *("capability", *OPTIONS, "--where", "tool=A", "--where", "tool=B"),
        *("--requirement", "1.5", "--here", "--json"),
    )
    assert json.loads(here) == library
    queue = open_queue(database)
    with local_client(Services(settings, database, queue)) as client:
        run = client.post("/v1/analyses/capability/runs", json=PARAMS).json()
        execute(Bench(database, settings, "worker", Slots(1)), run["id"])
        assert client.get(f"/v1/runs/{run['id']}").json()["result"] == library


def test_parameters_come_from_a_file_and_options_go_before_it(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "params.json").write_text(json.dumps(PARAMS | {"requirement": 9.0}))
    file = f"@{tmp_path / 'params.json'}"
    given = ("--params", file, "--requirement", "1.5", "--here", "--json")
    assert json.loads(_run_here(settings, "capability", *given)) == _library(database, PARAMS)


def test_a_run_that_is_not_waited_for_is_queued(settings: Settings, database: Database) -> None:
    run_id = _run_here(settings, "capability", *OPTIONS, "--no-wait").strip()
    execute(Bench(database, settings, "worker", Slots(1)), run_id)
    shown = longrun_here("runs", "show", run_id, LONGRUN_DATABASE_URL=settings.database).stdout
    assert "Process capability" in shown
    assert "Cpk" in shown


def test_a_guest_runs_like_the_house(settings: Settings) -> None:
    text = _run(settings, "spread", *OPTIONS[:4], "--robust", "--here")
    assert "Spread" in text
    assert "LOOP" in text
    help_text = _run(settings, "spread", "--help")
    assert "--robust / --no-robust" in help_text


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["capability", "--requirement", "-1"], 2, "/requirement"),
        (["capability", "--last", "a while"], 2, "/window/last"),
        (["capability", "--last", "24h", "--shift", "last"], 2, "one window"),
        (["capability", "--where", "tool"], 2, "KEY=VALUE"),
        (["capability", "--params", "{"], 2, "not JSON"),
        (["capability", "--params", "@no-such-file"], 1, "no-such-file"),
        (["capability", "--site", "NOWHERE"], 2, "NOWHERE"),
        (["capabilty"], 2, "did you mean capability"),
        (["capability", "--last", "1min"], 1, "capability needs"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_bad_input_is_a_sentence(
    settings: Settings,
    arguments: list[str],
    status: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LONGRUN_DATABASE_URL", settings.database)
    monkeypatch.setattr(sys, "argv", ["longrun", "run", *arguments, "--here"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
    assert words in capsys.readouterr().err
