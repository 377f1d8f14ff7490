"""The machine of a validation: versions, processor, and hashes of what was run."""

import hashlib
import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ops.validation.published import folder

PACKAGES = (
    "longrun-ops", "numpy", "scipy", "numba", "llvmlite", "statsmodels", "statsforecast", "pyomo",
    "highspy", "pyvrp", "pandas", "pyarrow", "pydantic", "pint",
)  # fmt: skip
_TOPS = ("api", "ops", "solvers")


class Machine(BaseModel):
    """What was validated, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    versions: dict[str, str] = Field(description="Version of each package; what is absent is not.")
    python: str = Field(description="Python and its compiler.")
    system: str = Field(description="Operating system.")
    processor: str = Field(description="Name of the processor, and how many it shows.")
    blas: str = Field(description="Linear algebra that numpy was built with.")
    sources: str = Field(description="SHA-256 of the installed source files of this product.")
    files: int = Field(description="How many source files these are.")
    references: dict[str, str] = Field(description="SHA-256 of each file of published numbers.")


def machine() -> Machine:
    """Look at this machine."""
    sources = _sources()
    return Machine(
        versions=_versions(),
        python=f"{platform.python_implementation()} {platform.python_version()}"
        f" ({platform.python_compiler()})",
        system=platform.platform(),
        processor=f"{_processor()}, {os.cpu_count()} seen",
        blas=_blas(),
        sources=_digest(sources),
        files=len(sources),
        references={
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder().glob("*.json"))
        },
    )


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    """Name of the processor; Linux tells it in a file."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
    return name or platform.processor() or platform.machine()


def _blas() -> str:
    import numpy as np  # noqa: PLC0415  (a command that only shows its help needs none)

    config = np.show_config(mode="dicts")
    blas = (config or {}).get("Build Dependencies", {}).get("blas", {})
    return " ".join(str(blas.get(key, "")) for key in ("name", "version")).strip() or "unknown"


def _sources() -> list[Path]:
    """Source files of the product, the same ones in a wheel and in a checkout."""
    root = Path(__file__).parents[2]
    found = [path for top in _TOPS for path in (root / top).rglob("*.py")]
    shipped = {"_migrations", "_published"}  # copies that a checkout has elsewhere
    return sorted(path for path in found if not shipped & set(path.parts))


def _digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents."""
    root, whole = Path(__file__).parents[2], hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{content}  {path.relative_to(root).as_posix()}\n".encode())
    return whole.hexdigest()
