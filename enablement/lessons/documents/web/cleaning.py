"""What of a web page is its author's text: no scripts, nothing hidden, not the site around it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

_UNREAD = (
    "script style template noscript iframe object embed svg canvas video audio map head title link meta "
    "button input select textarea option datalist dialog math"
)
UNREAD = set(_UNREAD.split())
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.I,
)
RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)", re.I)
SITE_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
}
SITE_TAGS = {"nav", "footer", "aside", "header"}
SITE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|cookie-?banner|consent|gdpr|sidebar|footer"
    r"|site-?header|masthead|skip-?links?|social|share|sharing|related(?:-(?:posts?|articles?))?|newsletter"
    r"|subscribe|promo|advert(?:isement)?|ads?|popup|modal|pagination|pager|toc|comments)(?:$|[\s_-])",
    re.I,
)
MOST_OF_A_PAGE = 0.4
"""What holds more of the page's text than this is not taken for the site's, whatever it is called."""
MAIN_SHARE = 0.3
"""A main part with less of the text than this is hardly the page's text."""
BODY_PARTS = {"html", "body", "main", "article", "table", "tbody", "tr", "td", "th", "pre", "h1", "h2", "h3"}


def body_of(soup: BeautifulSoup) -> tuple[Tag, list[str]]:
    """Return the part of a page to read, cleaned in place, and notes on what was left out."""
    hidden = _hidden_by_style_sheets(soup)
    _drop(soup.find_all(UNREAD))
    # Comments, declarations, CDATA: strings that no reader of the page sees.
    for string in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        string.extract()
    _drop([tag for tag in soup.find_all(True) if _is_hidden(tag, hidden)])
    body = soup.body or soup
    close_cells(body)
    main = _main_part(body)
    dropped = _drop_site(main)
    if main is not body or dropped:
        return main, ["The page's navigation and other parts of the site around the text were left out."]
    return main, []


def close_cells(part: Tag) -> None:
    """Part table rows and cells that their author never closed: the parser puts each into the one before."""
    for tag in part.find_all(["td", "th", "tr"]):
        own = ["tr"] if tag.name == "tr" else ["td", "th"]
        above = tag.find_parent([*own, "table"])
        if above is not None and above.name != "table":
            above.insert_after(tag.extract())


def _main_part(body: Tag) -> Tag:
    whole = _length(body)
    for name in ("main", "[role=main]", "article"):
        parts = body.select(name)
        if len(parts) == 1 and _length(parts[0]) >= MAIN_SHARE * whole:
            return parts[0]
    return body


def _drop_site(part: Tag) -> bool:
    """Take the site's parts out of `part`. Return whether there were any."""
    most = MOST_OF_A_PAGE * _length(part)
    inner = part.name in ("main", "article")
    found = [tag for tag in part.find_all(True) if _is_of_the_site(tag, inner) and _length(tag) <= most]
    _drop(found)
    return bool(found)


def _is_of_the_site(tag: Tag, inner: bool) -> bool:
    role = str(tag.get("role", "")).lower()
    if role in SITE_ROLES:
        return True
    if tag.name in SITE_TAGS:
        # Within the text, an aside is a box beside it and a header holds its title.
        return tag.name == "nav" or not (inner or tag.find_parent(["main", "article"]) or tag.find(["h1"]))
    if tag.name in BODY_PARTS or tag.name not in ("div", "section", "ul", "ol", "p", "span", "a", "form"):
        return False
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(SITE_WORDS.search(str(name)) for name in names if name)


def _is_hidden(tag: Tag, hidden: set[str]) -> bool:
    if tag.name in ("html", "body"):
        return False
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    if HIDDEN_STYLE.search(str(tag.get("style", ""))):
        return True
    names = {f".{name}" for name in tag.get_attribute_list("class") if name} | {f"#{tag.get('id')}"}
    return bool(hidden and hidden & (names | {tag.name + name for name in names}))


def _hidden_by_style_sheets(soup: BeautifulSoup) -> set[str]:
    """The plain selectors (`.name`, `#name`, `p.name`) that the page's own style sheets hide outright."""
    found: set[str] = set()
    for sheet in soup.find_all("style"):
        # What only holds on paper or on a phone stands within @media and is left alone.
        css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet.get_text()[:500_000])
        for selectors, body in RULE.findall(css):
            if HIDDEN_STYLE.search(body):
                found |= {one.strip() for one in selectors.split(",") if SIMPLE.fullmatch(one.strip())}
    return found


def _drop(tags: list[Tag]) -> None:
    for tag in tags:
        if not tag.decomposed:
            tag.extract()


def _length(tag: Tag) -> int:
    return sum(len(text.strip()) for text in tag.strings)
