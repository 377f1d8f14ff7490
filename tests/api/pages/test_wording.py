"""What every page shares in how it says things: counts, titles of analyses, code, regions."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.pages.shell import TEMPLATES, environment
from api.render.words import words_for
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.page import Page, Section
from ops.page_table import Column, Table
from tests.api.plant import NOW

HTML = {"Accept": "text/html"}
COUNTED = re.compile(r"""(?<!n)\b_\(["'](?:and )?%\((?:num|count|points|rows|days|runs)\)s [a-z]""")


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_counts_know_the_singular(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not COUNTED.findall(text), "say it by ngettext"
    assert '<th scope="col"></th>' not in text, "a heading says something: an empty cell is a td"


def test_a_run_goes_by_the_title_of_its_analysis(
    client: TestClient, sqlite_database: Database
) -> None:
    with sqlite_database.write.begin() as session:
        for analysis in ("lifetime-fit", "gone-since"):
            session.add(
                Run(
                    id=f"run-{analysis}", analysis=analysis, version=1, params={}, as_of=NOW,
                    max_batch=0, state="succeeded", result={}, message="done", submitted_by="x",
                    submitted_at=NOW, finished_at=NOW,
                )
            )  # fmt: skip
    shown = client.get("/runs", headers=HTML).text
    assert ">Lifetime fit</a>" in shown
    assert ">gone-since</a>" in shown, "that of a package that is no longer installed"
    assert ">Lebensdaueranpassung<" in client.get("/runs?lang=de", headers=HTML).text


def test_backticks_of_a_help_text_are_code(client: TestClient) -> None:
    shown = client.get("/analyses/classifier-adopt", headers=HTML).text
    assert "With <code>rebuild</code>: the recipe" in shown
    said = environment("en").from_string("{{ coded(text) }}").render(text="a `<b>` & c")
    assert said == "a <code>&lt;b&gt;</code> &amp; c"


def test_tables_of_one_title_are_told_apart_by_their_section() -> None:
    table = Table(title="Tools", columns=(Column(label=""), Column(label="n")), rows=(("A", 1),))
    sections = tuple(Section(title=title, blocks=(table,)) for title in ("First", "Second"))
    template = environment("en").from_string(
        '{% from "blocks.html" import whole %}{{ whole(words, page) }}'
    )
    page = Page(title="P", verdicts=(), sections=sections)
    shown = template.render(words=words_for("en"), page=page)
    assert re.findall(r'role="region" aria-label="([^"]*)"', shown) == [
        "Tools (First)",
        "Tools (Second)",
    ]
    assert "<th" in shown.partition("<td></td>")[2], "a column without a name has no heading"
