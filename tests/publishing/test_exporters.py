"""The page: one file, no call to the network, headings and landmarks in order."""

from __future__ import annotations

import itertools
import re

import pytest
import specimen
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from necbilan import blocks, style
from necbilan.errors import UsageError
from necbilan.publishing.content import content_of
from necbilan.publishing.exporters import NecbilanHTMLExporter, NecbilanPDFExporter


def _notebook(*shown: blocks.Block, markdown: str = "") -> object:
    cells = [
        new_code_cell(
            "secret_code()",
            id=f"c{at}",
            execution_count=at + 1,
            outputs=[
                new_output("stream", name="stdout", text="imprimé"),
                new_output("execute_result", data=block._repr_mimebundle_(), execution_count=at),
                new_output("display_data", data={"text/html": "<b>table privée</b>"}),
            ],
        )
        for at, block in enumerate(shown)
    ]
    if markdown:
        cells.append(new_markdown_cell(markdown, id="m"))
    return new_notebook(cells=cells)


def _page(*shown: blocks.Block, **options: str) -> str:
    page, resources = NecbilanHTMLExporter().from_notebook_node(_notebook(*shown, **options))
    assert resources["output_extension"] == ".html"
    return page


@pytest.fixture(scope="module")
def page() -> str:
    return _page(*specimen.BLOCKS)


@pytest.fixture(scope="module")
def tree(page):
    return html.fromstring(page)


def test_neither_code_nor_other_outputs_reach_the_page(page):
    for word in ("secret_code", "imprimé", "table privée", "In [", "Out["):
        assert word not in page


def test_the_page_asks_nothing_of_the_network_and_needs_no_script(page, tree):
    assert tree.xpath("//script | //link | //iframe | //object") == []
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)[^"']*""", page) == []
    assert re.findall(r"url\((?![\"']?data:|#)[^)]*\)|@import", page) == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_language_title_and_landmarks_are_there(tree):
    assert tree.get("lang") == "fr"
    assert tree.findtext(".//title").startswith("NEC Metz 2023 – ")
    for landmark in ("header", "main", "footer"):
        assert len(tree.xpath(f"//body//{landmark}")) == 1
    first_link = tree.xpath("//a")[0]
    assert first_link.get("href") == "#contenu"
    assert tree.xpath("//*[@id='contenu']")[0].tag == "main"


def test_headings_start_at_one_and_skip_no_level(tree):
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_contents_lead_to_every_section_at_both_widths(tree):
    sections = tree.xpath("//section/@id")
    for nav in tree.xpath("//nav"):
        assert [link[1:] for link in nav.xpath(".//a/@href")] == sections
    assert len(tree.xpath("//nav//details")) == 1


def test_ids_stand_once_in_the_page(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_what_the_public_wrote_is_text(tree):
    quotes = [quote.text_content() for quote in tree.xpath("//q")]
    assert f"«\u00a0{specimen.HOSTILE}\u00a0»" in quotes


def test_fonts_are_embedded_and_the_page_stays_light(page):
    assert page.count('format("woff2")') == 2
    assert len(page.encode()) < 130_000


def test_the_same_notebook_gives_the_same_page(page):
    assert page == _page(*specimen.BLOCKS)


def test_page_numbers_are_set_for_print(page):
    assert '@bottom-right{content:"page " counter(page) " sur " counter(pages)' in page


def test_a_notebook_without_cover_is_titled_by_its_name():
    notebook = _notebook(specimen.chart())
    resources = {"metadata": {"name": "mon-analyse"}}
    page, _ = NecbilanHTMLExporter().from_notebook_node(notebook, resources=resources)
    tree = html.fromstring(page)
    assert tree.findtext(".//h1") == "mon-analyse"
    assert tree.xpath("//nav") == []


def test_markdown_of_an_analyst_becomes_sections_without_its_html():
    words = "Un *mot* et <b onclick='x'>un</b> [lien](https://x.org)"
    source = f"# Mon titre\n\n{words}\n\n- a\n- b\n\n### Bas"
    tree = html.fromstring(_page(specimen.COVER, markdown=source))
    (section,) = tree.xpath("//section")
    assert section.findtext("h2") == "Mon titre"
    assert section.findtext("p") == "Un mot et un lien"
    assert [item.text for item in section.xpath(".//li")] == ["a", "b"]
    assert section.findtext("h3") == "Bas"


def test_a_brand_colours_the_titles_and_shows_the_logo():
    cover = blocks.Cover(
        "origine",
        "Titre",
        "",
        "fr",
        brand={"primary": "#003366", "logo": "data:image/png;base64,iVBORw0KGgo="},
    )
    page = _page(cover)
    assert "--night:#003366" in page
    assert html.fromstring(page).xpath("//img/@alt") == ["Logo de l’organisateur"]


def test_a_logo_that_is_a_path_or_an_address_is_not_called():
    cover = blocks.Cover("", "Titre", "", "fr", brand={"logo": "https://example.org/logo.png"})
    assert "example.org" not in _page(cover)


def test_a_brand_that_cannot_be_read_is_refused():
    with pytest.raises(UsageError, match="contraste de 1,5"):
        _page(blocks.Cover("", "T", "", "fr", brand={"primary": "#FFCC00"}))


def test_labels_of_the_cover_replace_the_furniture():
    english = blocks.Cover("", "Title", "", "en", labels={"contents": "Summary"})
    page = _page(english, specimen.SUMMARY)
    assert '<html lang="en">' in page
    assert ">Summary<" in page
    assert "Skip to content" in page


def test_the_content_counts_sections_and_figures():
    content = content_of(_notebook(*specimen.BLOCKS), title="x")
    assert [title for _, title in content.contents] == [
        "L’essentiel",
        "Ce que le public en dit",
        "Paroles",
        "Ce que nous changerons",
    ]


def test_the_pdf_exporter_sets_the_same_blocks():
    pdf, resources = NecbilanPDFExporter().from_notebook_node(_notebook(*specimen.BLOCKS))
    assert pdf.startswith(b"%PDF-1.7")
    assert resources["output_extension"] == ".pdf"


def test_every_colour_pair_of_the_page_can_be_read():
    for name in ("ink", "night", "grey", "indigo_text"):
        for ground in ("white", "ground"):
            assert style.contrast(style.colour(name), style.colour(ground)) >= 4.5
    assert style.contrast(style.colour("indigo"), style.colour("white")) >= 3  # large ranks


def test_the_page_needs_no_template_that_nbconvert_keeps_elsewhere(monkeypatch):
    """With pip install --user or --target its templates may stand outside Jupyter's paths."""
    monkeypatch.setattr(NecbilanHTMLExporter, "get_prefix_root_dirs", lambda exporter: [])
    assert "<main" in _page(*specimen.BLOCKS)
