"""The doctor finds what is wrong and says how to mend it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.db.engine import Database
from ops.db.migrate import downgrade
from ops.db.models.work import Worker
from ops.errors import BadData
from ops.settings import Settings
from ops.work.doctor import Finding, _requirement, examine, is_healthy, preloads, unknown_settings
from ops.work.worker import work
from tests import forked
from tests.api.door import longrun_here

ROOT = Path(__file__).parents[3]
LEASE = timedelta(hours=1)  # longer than any test waits for a processor


def _now() -> datetime:
    return datetime.now(UTC)


def _examine(url: str, tmp_path: Path, now: Callable[[], datetime] = _now) -> dict[str, Finding]:
    settings = Settings(data_dir=tmp_path, database_url=url)
    return {f.check: f for f in examine(settings, now=now, unsafe_bind=None)}


def test_a_name_to_preload_that_no_analysis_has_is_told_and_stops_a_worker(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("LONGRUN_PRELOAD", '["capability", "control-chrt"]')
    settings = Settings(data_dir=tmp_path, database_url=sqlite_url)
    (found,) = preloads(settings)
    assert (found.level, found.mend) == ("bad", "write 'control-chart'")
    with pytest.raises(BadData, match="LONGRUN_PRELOAD: 'control-chrt' is no analysis"):
        work(settings)
    assert list(preloads(settings.model_copy(update={"preload": ("capability",)}))) == []


def test_a_whole_installation_is_healthy(database: Database, tmp_path: Path) -> None:
    with database.write.begin() as session:
        now = _now()
        late = now + LEASE
        session.add(Worker(id="w", host="h", pid=1, version="0", started_at=now, seen_at=late))
    found = _examine(database.url, tmp_path)
    assert {f.level for f in found.values()} == {"good"}
    assert set(found) == {
        "packages", "import roots", "disk", "bind", "database", "revision", "clock", "workers",
        "memories", "language model", "kernels",
    }  # fmt: skip


def test_an_old_revision_is_bad_and_has_a_mend(database: Database, tmp_path: Path) -> None:
    downgrade(database.engine, "0001")
    found = _examine(database.url, tmp_path)
    assert found["revision"].level == "bad"
    assert "longrun migrate" in found["revision"].mend
    assert not is_healthy(tuple(found.values()))


def test_a_clock_that_is_off_is_bad(database: Database, tmp_path: Path) -> None:
    found = _examine(database.url, tmp_path, lambda: _now() + timedelta(seconds=90))
    assert found["clock"].level == "bad"
    told = re.search(r"differ by ([\d.]+) s", found["clock"].fact)
    assert told is not None
    assert 30 < float(told[1]) <= 90  # less what passes between the looks at two clocks


def test_no_worker_is_a_note(database: Database, tmp_path: Path) -> None:
    assert _examine(database.url, tmp_path)["workers"].level == "warn"


def test_a_host_that_must_have_a_worker_and_has_none_is_bad(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=sqlite_database.url)
    found = examine(settings, now=_now, unsafe_bind=None, worker_host="press-7")
    assert found[-1].fact == "no worker is alive on press-7"
    assert found[-1].level == "bad"


def test_a_dead_database_is_bad_and_shows_no_password(tmp_path: Path) -> None:
    found = _examine("postgresql://longrun:s3cret@127.0.0.1:1/longrun", tmp_path)["database"]
    assert found.level == "bad"
    assert "s3cret" not in found.fact + found.mend


@pytest.mark.parametrize(
    ("text", "fact"),
    [("no-such-package>=1", "no-such-package is missing"), ("numpy<1", "numpy is ")],
)
def test_an_unmet_requirement_is_named(text: str, fact: str) -> None:
    finding = _requirement(text)
    assert finding is not None
    assert finding.level == "bad"
    assert finding.fact.startswith(fact)


def test_another_owner_of_an_import_root_is_found(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "__init__.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", "from ops.work.doctor import roots; print(*roots())"],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"the import root 'api' is found at {tmp_path / 'api'}" in done.stdout


def _longrun(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(ROOT), "LONGRUN_DATABASE_URL": url}
    return forked.longrun(*arguments, env=env)


def test_the_command_says_it_all_and_fails_when_something_is_bad(
    sqlite_database: Database, tmp_path: Path
) -> None:
    good = _longrun("doctor", "--json", url=sqlite_database.url)
    assert good.returncode == 0
    assert {f["level"] for f in json.loads(good.stdout)} == {"good", "warn"}
    unsafe = {"LONGRUN_AUTH": "none", "LONGRUN_HOST": "0.0.0.0"}
    bad = longrun_here("doctor", LONGRUN_DATABASE_URL=sqlite_database.url, **unsafe)
    assert bad.returncode == 1
    assert "mend: set LONGRUN_AUTH=keys" in bad.stdout


def test_backup_and_restore_from_the_command_line(
    sqlite_database: Database, tmp_path: Path
) -> None:
    file = str(tmp_path / "b.zip")
    made = _longrun("backup", file, url=sqlite_database.url)
    assert made.returncode == 0, made.stderr
    restored = f"sqlite:///{tmp_path / 'n.db'}"
    back = longrun_here("restore", file, LONGRUN_DATABASE_URL=restored)
    assert back.returncode == 0, back.stderr
    assert "restored the backup of" in back.stdout
    again = longrun_here("backup", file, LONGRUN_DATABASE_URL=sqlite_database.url)
    assert again.returncode == 1
    assert "never overwrites" in again.stderr


def test_a_setting_with_a_slip_in_its_name_is_told_with_the_nearest() -> None:
    (found,) = unknown_settings({"LONGRUN_WORKER": "4", "LONGRUN_SLOTS": "2", "PATH": ""})
    assert "LONGRUN_WORKER is no setting" in found.fact
    assert "LONGRUN_WORKERS" in found.mend
    assert found.level == "warn"


def test_what_only_the_containers_read_is_no_slip() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    names = set(re.findall(r"LONGRUN_[A-Z_]*[A-Z]", compose))
    assert list(unknown_settings(dict.fromkeys(names, ""))) == []
