"""Pages to check, and the browser that shows them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import specimen
from hard_events import HARD
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from necbilan.publishing import notebooks
from necbilan.publishing.exporters import NecbilanHTMLExporter
from necbilan.publishing.report import publish

SAMPLES = Path(__file__).parents[2] / "data_samples"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EVENTS = sorted(path.name for path in SAMPLES.iterdir() if (path / "event.toml").is_file())
EDITIONS = ["english", "branded", "internal", "to-review"]
PAGES = ["specimen", "comparaison", *EVENTS, *sorted(HARD), *EDITIONS]
BRAND = '[brand]\nprimary = "#14532D"\nsecondary = "#B91C1C"\nlogo = "logo.png"\n'


def _specimen():
    outputs = [
        new_output("display_data", data=block._repr_mimebundle_()) for block in specimen.BLOCKS
    ]
    return new_notebook(cells=[new_code_cell("", id="a", outputs=outputs)])


def _edition(name: str, place: Path) -> Path:
    """The page of another edition than the French one for everybody."""
    if name == "english":
        return publish(SAMPLES / "metz-2023", place, ("html",), "en") / "bilan.html"
    if name == "branded":
        folder = shutil.copytree(SAMPLES / "littoral-2024", place / "brand")
        Image.new("RGB", (300, 100), "#14532D").save(folder / "logo.png")
        with (folder / "event.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{BRAND}")
        return publish(folder, place / "out", ("html",)) / "bilan.html"
    made = publish(SAMPLES / "lyon-2025", place, ("html",), internal=name == "internal")
    return made / "bilan.html" if name == "internal" else next(place.rglob("*a-relire.html"))


@pytest.fixture(scope="session", params=PAGES)
def page_path(request, tmp_path_factory) -> Path:
    """The page of the specimen, a sample or hard event, the comparison or another edition."""
    name = request.param
    if name in EDITIONS:
        return _edition(name, tmp_path_factory.mktemp("edition"))
    if name == "specimen":
        notebook = _specimen()
    elif name == "comparaison":
        folders = [str(SAMPLES / event) for event in EVENTS]
        parameters = {"paths": folders, "mine": "metz-2023"}
        notebook = notebooks.clean(notebooks.run("comparaison", parameters))
    else:
        folder = SAMPLES / name
        if name in HARD:
            folder = HARD[name](tmp_path_factory.mktemp("hard") / name)
        notebook = notebooks.clean(notebooks.run("bilan", {"folder": str(folder)}))
    page, _ = NecbilanHTMLExporter().from_notebook_node(notebook)
    path = tmp_path_factory.mktemp("pages") / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where npm has put axe-core and vnu-jar; README.md says how."""
    folder = Path(os.environ.get("NECBILAN_NODE_MODULES", Path(__file__).parent / "node_modules"))
    assert (folder / "axe-core").is_dir(), "npm's axe-core is missing: see tests/browser/README.md"
    return folder


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, page_path):
    """Open the page at a width; what it asks for and says is in ``asked`` and ``said``."""
    opened = []

    def open_at(width: int, height: int = 900):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto(page_path.as_uri())
        opened.append(page)
        return page

    yield open_at
    for page in opened:
        page.close()
