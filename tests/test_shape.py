"""The size rules of STYLE.md, and that nothing of this machine or of an index is written down."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GENERATED = "# Generated from the OpenAPI document"
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60


def _own_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = ast.get_docstring(node, clean=False)
    documented = docstring.count("\n") + 1 if docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - documented


def _too_long(path: Path) -> Iterator[str]:
    text = path.read_text()
    if text.startswith(GENERATED):
        return
    if text.count("\n") > MAX_FILE_LINES:
        yield f"{path.relative_to(ROOT)}"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if _own_lines(node) > MAX_FUNCTION_LINES:
            yield f"{path.relative_to(ROOT)} {node.name}"


@pytest.mark.parametrize("top", ["ops", "solvers", "api"])
def test_files_and_functions_are_short(top: str) -> None:
    product = sorted((ROOT / top).rglob("*.py"))
    assert product
    too_long = [place for path in product for place in _too_long(path)]
    assert not too_long, "\n".join(too_long)


@pytest.mark.parametrize("top", ["ops", "solvers", "api"])
def test_texts_are_read_and_written_in_one_encoding_everywhere(top: str) -> None:
    """In the locale's own a file of the house breaks, or its letters do."""
    unsaid = re.compile(r"\.read_text\(\)|\.write_text\((?!.*encoding=).*\n")
    product = {path: path.read_text(encoding="utf-8") for path in (ROOT / top).rglob("*.py")}
    assert [str(path) for path, text in product.items() if unsaid.search(text)] == []


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
