"""Settings of one process, built at the doors (API, CLI, worker) and handed down as values."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ops.setting_types import (
    Bias,
    Cron,
    DatabaseUrl,
    Hosts,
    HttpUrl,
    Listen,
    Names,
    Origins,
    Rate,
    StoreUrl,
    Texts,
)

_DAY_S, _YEAR_S, _DAYS = 86_400, 31_536_000, 36_500
_MOST_MB = 1 << 30  # of memory: beyond, the system does not know the number
_OTHERS = (  # read by docker-compose.yml, maybe exported on the host; or handed to children
    "LONGRUN_DB_PASSWORD",
    "LONGRUN_IMAGE",
    "LONGRUN_LLM_CPUS",
    "LONGRUN_LLM_IMAGE",
    "LONGRUN_LLM_MEMORY",
    "LONGRUN_LLM_SERVED_CONTEXT",
    "LONGRUN_PUBLISHED_PORT",
    "LONGRUN_LISTEN_FD",
    "LONGRUN_PARENT_FD",
    "LONGRUN_WORKER_SLOT",
)
_OF_TESTS = ("LONGRUN_TEST_", "LONGRUN_BENCH")


class Settings(BaseSettings):
    """Everything an administrator may set; each field is ``LONGRUN_<NAME>`` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="LONGRUN_", frozen=True, extra="ignore", allow_inf_nan=False
    )

    data_dir: Path = Field(default=Path("var"), description="Embedded database and artifacts.")
    database_url: DatabaseUrl = Field(
        default="", description="sqlite:///... or postgresql://...; empty = SQLite in data_dir."
    )
    artifact_url: StoreUrl = Field(
        default="", description="fsspec URL for artifacts above 16 MiB; empty = data_dir/artifacts."
    )

    host: Listen = Field(default="127.0.0.1", description="Address the API listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port; 0 picks a free one.")
    auth: Literal["keys", "none"] = Field(
        default="keys", description="'none' is allowed on a loopback address only."
    )
    allowed_hosts: Names = Field(
        default=(), description="Names of this service besides localhost, where auth is 'none'."
    )
    cors_origins: Origins = Field(default=(), description="Allowed origins; empty = none.")
    max_body_mb: int = Field(default=16, ge=1, description="Largest JSON body.")
    max_upload_mb: int = Field(default=4096, ge=1, description="Largest measurement upload.")
    max_unpacked_mb: int = Field(
        default=16_384, ge=1, description="Most MiB that a gzipped file may unpack to."
    )
    max_sheet_mb: int = Field(
        default=512, ge=8, description="Most MiB that a spreadsheet of rows may unpack to."
    )
    max_scenario_mb: int = Field(default=64, ge=1, description="Largest scenario upload.")
    max_life_test_mb: int = Field(default=64, ge=1, description="Largest file of a life test.")
    max_dataset_mb: int = Field(default=256, ge=1, description="Largest file of a dataset.")
    max_predict_mb: int = Field(default=32, ge=1, description="Most MiB of rows to predict.")
    max_predict_rows: int = Field(default=50_000, ge=1, description="Most rows of one prediction.")
    max_onnx_mb: int = Field(default=256, ge=1, description="Largest ONNX file of a model.")
    onnx_memory_mb: int = Field(
        default=1024, ge=64, le=_MOST_MB, description="Memory that an ONNX model adds."
    )
    onnx_time_s: float = Field(
        default=10, gt=0, le=_DAY_S, description="Time that an ONNX model may take."
    )
    model_hosts: Hosts = Field(
        default=(), description="Hosts that models outside may be asked at; empty = none."
    )

    llm_url: HttpUrl = Field(
        default="", description="OpenAI-compatible server, as http://127.0.0.1:8080/v1; '' = none."
    )
    llm_model: str = Field(default="", description="Model to ask for; empty: the server's first.")
    llm_adapter: str = Field(default="", description="LoRA adapter of each request; empty: none.")
    llm_key: SecretStr = Field(default=SecretStr(""), description="Key of that server.")
    llm_hosts: Hosts = Field(
        default=(), description="Hosts that questions may go to; this machine needs no mention."
    )
    llm_time_s: float = Field(default=30, gt=0, le=600, description="Time for a model's answer.")
    llm_first_token_s: float = Field(
        default=15, gt=0, le=600, description="Time for its first token."
    )
    llm_temperature: float = Field(default=0, ge=0, le=2, description="Chance in its words.")
    llm_seed: int = Field(
        default=1, ge=0, le=2**63 - 1, description="Seed that it is asked to use."
    )
    llm_max_tokens: int = Field(default=1024, ge=64, description="Longest answer, in tokens.")
    llm_effort: Literal["", "none", "minimal", "low", "medium", "high"] = Field(
        default="", description="Reasoning effort; empty: the server's default."
    )
    llm_stop: Texts = Field(default=(), description="Texts at which it stops.")
    llm_bias: Bias = Field(
        default="{}", description="JSON: words to -100..100, how much (un)likelier they get."
    )
    llm_context: int = Field(
        default=0, ge=0, description="Effective context length, in tokens; 0: as probed."
    )
    llm_tools: Literal["rules", "model"] = Field(
        default="rules", description="Who chooses what is looked up."
    )
    llm_slots: int = Field(default=2, ge=1, description="Questions that a model answers at once.")
    embed_model: str = Field(
        default="", description="Folder of an ONNX model of embeddings; empty = none."
    )

    rate_limit: Rate = Field(default="1200/minute", description="Requests per key; '' = no limit.")
    threads: int = Field(default=40, ge=4, description="Request threads and database connections.")

    router_url: HttpUrl = Field(
        default="", description="OSRM or Valhalla for distances; empty = none."
    )
    router_kind: Literal["osrm", "valhalla"] = Field(
        default="osrm", description="Which of the two it is."
    )

    workers: int = Field(default=1, ge=0, le=64, description="Worker processes of `longrun serve`.")
    slots: int = Field(
        default=os.cpu_count() or 2, ge=1, description="Children that compute at once, per worker."
    )
    memory_limit_mb: int = Field(
        default=2048, ge=64, le=_MOST_MB, description="Memory a child may add."
    )
    time_limit_s: float = Field(
        default=3600, gt=0, le=_YEAR_S, description="Time a child may compute."
    )
    preload: Texts = Field(
        default=(), description="Analyses that children start with at hand; empty = all."
    )
    max_attempts: int = Field(default=3, ge=1, description="Starts of one run before it fails.")
    lease_s: float = Field(
        default=4, gt=1, le=_DAY_S, description="A worker unseen for so long is dead."
    )

    future_tolerance_s: float = Field(
        default=300, ge=0, le=_YEAR_S, description="Clock skew at ingest."
    )
    keep_runs_days: int = Field(default=400, ge=1, le=_DAYS)
    keep_artifacts_days: int = Field(default=90, ge=1, le=_DAYS)
    keep_audit_days: int = Field(default=1100, ge=90, le=_DAYS)
    keep_idempotency_days: int = Field(default=2, ge=1, le=_DAYS)
    keep_engine_days: int = Field(default=7, ge=1, le=_DAYS)
    keep_advice_days: int = Field(
        default=400, ge=1, le=_DAYS, description="Answers, their prompts too."
    )
    retention_cron: Cron = Field(default="17 3 * * *", description="Nightly clean-up, UTC.")

    log_format: Literal["json", "console"] = "json"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'longrun.db').absolute()}"

    @property
    def artifacts(self) -> str:
        """Where large artifacts go."""
        return self.artifact_url or (self.data_dir / "artifacts").absolute().as_uri()


def strays(environment: Mapping[str, str]) -> dict[str, str]:
    """Names of an environment that look like settings and are none, each with the nearest one.

    Examples
    --------
    >>> strays({"LONGRUN_MAX_BODY": "3", "LONGRUN_PORT": "80", "HOME": "/"})
    {'LONGRUN_MAX_BODY': 'LONGRUN_MAX_BODY_MB'}
    """
    known = [f"LONGRUN_{field.upper()}" for field in Settings.model_fields]
    found = [name for name in sorted(environment) if name.upper().startswith("LONGRUN_")]
    return {
        name: next(iter(get_close_matches(name.upper(), known, 1)), "")
        for name in found
        if name.upper() not in known and name not in _OTHERS and not name.startswith(_OF_TESTS)
    }
