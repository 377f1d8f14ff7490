"""The containers: nothing runs as root, no secret has a default, only loopback is published."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("migrate", "api", "worker")
MODEL = ("llm", "llm-pull")
DOCUMENT: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
SERVICES: dict[str, dict[str, Any]] = DOCUMENT["services"]
NETWORKS: dict[str, Any] = DOCUMENT["networks"]
LLM_OF = {
    "api": {f"LONGRUN_LLM_{name}" for name in ("URL", "MODEL", "KEY", "HOSTS")},
    "llm-pull": {"LONGRUN_LLM_MODEL"},
}


def test_the_services_are_those_of_the_manual() -> None:
    assert set(SERVICES) == {"postgres", *OURS, *MODEL}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] not in ("root", "0", "0:0")
    assert "privileged" not in service


def test_no_secret_has_a_default() -> None:
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET|KEY)\w*)(:?[-?])", COMPOSE.read_text())
    assert secrets
    assert {mark for _, mark in secrets} == {":?"}


def test_ports_are_published_on_loopback_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_everything_waits_for_the_migration() -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    for name in ("api", "worker"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["postgres"]["condition"] == "service_healthy"


def test_workers_and_api_share_the_artifacts_and_workers_scale() -> None:
    assert SERVICES["api"]["volumes"] == SERVICES["worker"]["volumes"]
    assert "ports" not in SERVICES["worker"]
    assert "container_name" not in SERVICES["worker"]


def test_a_model_starts_only_when_it_is_asked_for() -> None:
    assert {name for name, service in SERVICES.items() if "profiles" in service} == set(MODEL)
    given = SERVICES["api"]["environment"]
    assert given["LONGRUN_LLM_URL"] is None  # as the environment says; unset: the rules alone
    assert not any("llm" in SERVICES[name].get("depends_on", {}) for name in SERVICES)


def test_the_model_reaches_neither_the_world_nor_the_database() -> None:
    assert NETWORKS["llm"] == {"internal": True}
    assert SERVICES["llm"]["networks"] == ["llm"]
    assert SERVICES["api"]["networks"] == ["default", "llm"]
    assert "networks" not in SERVICES["postgres"]
    assert not any("ports" in SERVICES[name] for name in MODEL)


def test_only_the_api_knows_the_model_and_its_key() -> None:
    for name, service in SERVICES.items():
        told = {key for key in service.get("environment", {}) if key.startswith("LONGRUN_LLM_")}
        assert told == LLM_OF.get(name, set())
    assert SERVICES["api"]["environment"]["LONGRUN_LLM_KEY"] is None


def test_every_variable_of_the_model_is_a_setting() -> None:
    known = {f"LONGRUN_{name.upper()}" for name in Settings.model_fields}
    assert LLM_OF["api"] <= known


def test_the_model_has_a_volume_a_limit_and_a_check() -> None:
    llm, pull = SERVICES["llm"], SERVICES["llm-pull"]
    assert llm["volumes"] == pull["volumes"] == ["llm:/var/tmp"]
    assert llm["environment"]["OLLAMA_MODELS"] == pull["environment"]["OLLAMA_MODELS"]
    assert {"mem_limit", "cpus", "pids_limit", "healthcheck"} <= set(llm)
    assert llm["image"].startswith("${LONGRUN_LLM_IMAGE:-")
    assert pull["networks"] == ["default"]


def test_no_image_names_a_registry() -> None:
    for service in SERVICES.values():
        image = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", service["image"])
        assert "." not in image.split("/")[0].split(":")[0]


def test_the_image_runs_as_the_user_that_compose_names() -> None:
    text = (ROOT / "Dockerfile").read_text()
    (user,) = re.findall(r"^USER (\S+)$", text, re.MULTILINE)
    assert {SERVICES[name]["user"] for name in OURS} == {user}
    assert "HEALTHCHECK" in text
    assert "--require-hashes" in text


@pytest.mark.parametrize("folder", ["migrations", "solvers", "ops", "api"])
def test_the_image_holds_every_part(folder: str) -> None:
    assert f"COPY {folder} {folder}\n" in (ROOT / "Dockerfile").read_text()


def _compose(**environment: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("docker") is None:
        pytest.skip("no docker client on this machine")
    probe = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("the docker client of this machine has no compose plugin")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LONGRUN_")}
    return subprocess.run(
        ["docker", "compose", "--env-file", os.devnull, "-f", str(COMPOSE), "config", "--quiet"],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_compose_accepts_the_file() -> None:
    done = _compose(LONGRUN_DB_PASSWORD="x1")
    assert done.returncode == 0, done.stderr


def test_compose_refuses_to_start_without_a_password() -> None:
    done = _compose()
    assert done.returncode != 0
    assert "LONGRUN_DB_PASSWORD" in done.stderr
