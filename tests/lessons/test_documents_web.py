"""Web pages to Markdown."""

from __future__ import annotations

import pytest

from enablement.lessons.documents.limits import LIMITS, Refused
from enablement.lessons.documents.web.pages import to_markdown
from tests.lessons.documents.making import HERE


def read(page: str) -> str:
    return to_markdown(page.encode(), LIMITS, lambda done, of: None)[0]


def test_a_saved_article_is_read_as_its_author_wrote_it() -> None:
    data = (HERE / "saved-article.html").read_bytes()
    text, pages, notes = to_markdown(data, LIMITS, lambda done, of: None)
    assert text == (HERE / "saved-article.md").read_text(encoding="utf-8")
    assert pages is None
    assert notes == [
        "The page's navigation and other parts of the site around the text were left out.",
        "The footnotes stand at the end, under “Notes”.",
        "A picture was left out.",
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>gone()</script>",
        "<script type='text/template'><p>gone</p></script>",
        "<style>.gone { color: red }</style>",
        "<!-- gone -->",
        "<!--[if mso]><p>gone</p><![endif]-->",
        "<template><p>gone</p></template>",
        "<noscript>gone</noscript>",
        "<p hidden>gone</p>",
        "<p aria-hidden='true'>gone</p>",
        "<div style='color:red; display : none'><p>gone</p></div>",
        "<p style='visibility:hidden'>gone</p>",
        "<span style='font-size:0'>gone</span>",
        "<style>.x, #y { display: none !important }</style><p class='a x'>gone</p><p id='y'>gone</p>",
        "<nav><a href='/'>gone</a></nav>",
        "<div role='navigation'>gone</div>",
        "<div class='cookie-consent'>gone</div>",
        "<footer>gone</footer>",
        "<button>gone</button><select><option>gone</option></select><textarea>gone</textarea>",
        "<iframe srcdoc='gone'>gone</iframe><svg><text>gone</text></svg>",
        "<![CDATA[gone]]>",
        "<a href='#top'>↑</a>",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_not_read(unseen: str) -> None:
    text = "A badge opens one door for one day, and then it is paper."
    assert read(f"<body><h1>Badges</h1>{unseen}<p>{text}</p></body>") == f"# Badges\n\n{text}\n"


def test_a_text_is_kept_though_its_wrapper_is_named_like_a_part_of_the_site() -> None:
    page = "<div class='content with-sidebar footer-below'><p>The whole text stands in here.</p></div>"
    assert read(page) == "The whole text stands in here.\n"


def test_an_aside_within_the_text_is_kept() -> None:
    page = "<main><p>A badge opens one door.</p><aside>Unless it is Sunday.</aside></main>"
    assert read(f"{page}<aside>Most read</aside>") == "A badge opens one door.\n\nUnless it is Sunday.\n"


def test_a_script_shown_as_text_stays_text() -> None:
    assert read("<p>Write &lt;script&gt; there.</p>") == "Write <script> there.\n"


def test_a_page_without_a_first_heading_gets_its_title() -> None:
    page = "<head><title>Badges, explained | Door Weekly</title></head><p>A badge opens one door.</p>"
    assert read(page) == "# Badges, explained\n\nA badge opens one door.\n"


def test_cells_that_cover_rows_and_columns_are_filled() -> None:
    page = (
        "<table><tr><th>Trait</th><th>Badge</th><th>Key</th></tr>"
        "<tr><td>Cost</td><td colspan=2>low</td></tr>"
        "<tr><td rowspan=2>Loss</td><td>blocked</td><td>new lock</td></tr>"
        "<tr><td>same day</td><td>a week</td></tr>"
        "</table>"
    )
    assert read(page).splitlines()[2:] == [
        "| Cost | low | low |",
        "| Loss | blocked | new lock |",
        "| Loss | same day | a week |",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Avoid<td>Use<tr><td>never, whatever happens<td>each month, by a person",
        "<table><tr><th>Avoid</th><th>Use</th></tr><tr><td>never, whatever happens</td>"
        "<td colspan='9999999999' rowspan='x'>each month, by a person</td></tr></table>",
        "<table><tr><th>Avoid</th><th>Use</th></tr><tr></tr><tr><td>never, whatever happens</td>"
        "<td rowspan=40>each month, by a person</td></tr></table>",
    ],
)
def test_broken_tables_keep_their_text(table: str) -> None:
    assert read(table).splitlines()[:3] == [
        "| Avoid | Use |",
        "| --- | --- |",
        "| never, whatever happens | each month, by a person |",
    ]


def test_rows_of_different_lengths_make_a_whole_table() -> None:
    lines = read(
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    ).splitlines()
    assert {line.count("|") for line in lines} == {4}


def test_a_table_that_only_places_things_is_read_through() -> None:
    page = (
        "<table><tr><td><h2>Badges</h2><p>They open doors.</p></td>"
        "<td><h2>Keys</h2><p>So do they.</p></td></tr></table>"
    )
    assert read(page) == "## Badges\n\nThey open doors.\n\n## Keys\n\nSo do they.\n"


def test_lines_of_the_source_are_not_lines_of_the_text() -> None:
    assert read("<p>A badge\n   opens\n one door.</p>") == "A badge opens one door.\n"


def test_bold_is_kept_tidy() -> None:
    page = "<p><b>What it is: </b>a <strong>card</strong><b></b>, <b>red <i>or</i> </b><b>blue</b>.</p>"
    assert read(page) == "**What it is:** a **card**, **red or blue**.\n"


def test_bold_around_blocks_reaches_each_of_them() -> None:
    assert (
        read("<b><p>Ask first, then print.</p><p>Keep it.</p></b>")
        == "**Ask first, then print.**\n\n**Keep it.**\n"
    )


def test_a_page_in_another_encoding_is_read() -> None:
    page = '<html><head><meta charset="windows-1252"></head><p>“for one day” — red</p></html>'
    assert to_markdown(page.encode("cp1252"), LIMITS, lambda done, of: None)[0] == "“for one day” — red\n"


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "blockquote", "b", "table><tr><td"])
def test_a_page_nested_a_thousand_deep_keeps_its_text(tag: str) -> None:
    assert "At the bottom of it all." in read(f"<{tag}>" * 1_000 + "At the bottom of it all.")


def test_a_page_with_nothing_to_read_is_told() -> None:
    with pytest.raises(Refused) as caught:
        read("<html><body><script>document.write('all of it')</script></body></html>")
    assert caught.value.problem == "holds no text that a reader would see"
