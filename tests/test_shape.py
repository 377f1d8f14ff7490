"""The size rules of STYLE.md, and that nothing of this machine or of an index is written down."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = [p for top in ("ops", "solvers", "api") for p in sorted((ROOT / top).rglob("*.py"))]
GENERATED = "# Generated from the OpenAPI document"
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60


def _own_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = ast.get_docstring(node, clean=False)
    documented = docstring.count("\n") + 1 if docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - documented


@pytest.mark.parametrize("path", PRODUCT, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text()
    if text.startswith(GENERATED):
        return
    assert text.count("\n") <= MAX_FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _own_lines(node) <= MAX_FUNCTION_LINES, node.name


def test_locks_hold_hashes_and_no_index() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links|--extra-index", text), lock.name


def test_no_path_of_this_machine_is_written_down() -> None:
    tracked = subprocess.run(
        ["git", "grep", "-nIE", r"(^|[^a-z_.])/(root|home/[a-z]+|work|tmp)/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    allowed = ("tests/test_shape.py", "Dockerfile", "docker-compose.yml")
    assert [line for line in tracked.splitlines() if not line.startswith(allowed)] == []
