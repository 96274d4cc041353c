"""A guide's Markdown as HTML that runs nothing: markdown-it-py makes it, nh3 lets only plain marks through."""

import re
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt

_ANCHOR = re.compile(r"\s*\{#([a-z][a-z0-9-]{0,40})\}\s*$")
_HEADING = re.compile(r"^(#{1,2})\s+(.*)$")
#: ![what it shows](picture:12) and ![what it shows](video:7): files of the guides, never an address outside.
_FILE = re.compile(r"!\[([^\]\n]*)\]\((picture|video):(\d{1,12})\)")
TAGS = {
    "p", "h3", "h4", "ol", "ul", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "a", "img", "video", "kbd",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "video": {"src", "controls", "preload", "aria-label"},
    "ol": {"start"},
}
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@dataclass(frozen=True)
class Section:
    """One part of a guide: where it is linked to, what it is called, its text and the text as HTML."""

    anchor: str
    title: str
    text: str

    @property
    def html(self) -> str:
        """Clean HTML."""
        return html(self.text)


@dataclass(frozen=True)
class Guide:
    """A guide taken apart: its title, what stands before the first part, its parts."""

    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def lead_html(self) -> str:
        """Clean HTML."""
        return html(self.lead)

    def section(self, anchor: str) -> Section | None:
        """The part with this anchor."""
        return next((each for each in self.sections if each.anchor == anchor), None)


def parsed(text: str) -> Guide:
    """A guide's text taken apart at its headings of the second rank. Parts without an anchor are numbered."""
    title, lead = "", list[str]()
    parts: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 1 and not title:
            title = _ANCHOR.sub("", heading[2]).strip()
        elif heading and len(heading[1]) == 2:
            anchor = _ANCHOR.search(heading[2])
            parts.append((anchor[1] if anchor else f"part-{len(parts) + 1}", _ANCHOR.sub("", heading[2]).strip(), []))
        else:
            (parts[-1][2] if parts else lead).append(line)
    return Guide(title, "\n".join(lead).strip(), tuple(Section(a, t, "\n".join(lines).strip()) for a, t, lines in parts))


def html(text: str) -> str:
    """Clean HTML of a piece of Markdown: no script, no style, no address outside this site."""
    drawn = _markdown.render(_FILE.sub(_placed, text))
    drawn = drawn.replace("<h1>", "<h3>").replace("</h1>", "</h3>").replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return nh3.clean(
        _FRAME.sub(_media, drawn), tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, url_schemes=set(), link_rel=None
    )


_FRAME = re.compile(r'<img src="/guides/files/(\d+)\?(picture|video)" alt="([^"]*)"\s*/?>')


def _placed(found: re.Match[str]) -> str:
    return f"![{found[1]}](/guides/files/{found[3]}?{found[2]})"


def _media(found: re.Match[str]) -> str:
    if found[2] == "video":
        return f'<video src="/guides/files/{found[1]}" controls preload="metadata" aria-label="{found[3]}"></video>'
    return f'<img src="/guides/files/{found[1]}" alt="{found[3]}" loading="lazy">'


def _kept(tag: str, name: str, value: str) -> str | None:
    """Pictures and videos are files of the guides, links lead into this site or to a part of the guide."""
    if tag in ("img", "video") and name == "src":
        return value if re.fullmatch(r"/guides/files/\d+", value) else None
    if tag == "a":
        return value if re.fullmatch(r"#[a-z0-9-]+|/(?!/|\\).*", value) else None
    return value


def files_in(text: str) -> set[int]:
    """The ids of the pictures and videos that stand in a text."""
    return {int(found[3]) for found in _FILE.finditer(text)}
