"""A page as HTML: one file that needs nothing else, runs nothing, and reads on a phone, a desk and paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from druginfo.render import views
from druginfo.render.page import DANGER, DIM, DRUG, HEADING, LABEL, Page, Styled
from druginfo.terms.files import DATA

_SAFE = ("http:", "https:", "mailto:")
"""How an address begins that a page may lead to."""
_TAGS = {"bold": ("<strong>", "</strong>"), "italic": ("<em>", "</em>")}
_CLASSES = {DANGER: "danger", DIM: "dim"}

_NOTICE = (
    "Not medical advice. druginfo repeats what its monographs say, and these can be wrong or out of date. "
    "Verify with the official label before you act."
)


def html(answer: Any, today: date) -> str:
    """The answer as one HTML page. Nothing in it is fetched or run: its own policy forbids both."""
    page = HtmlPage(today)
    views.put(page, answer)
    return page.finish()


class HtmlPage(Page):
    """A page of HTML, put together as it is written."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.parts: list[str] = []
        self._lists: list[tuple[int, str]] = []  # the open lists, outermost first: indent, marker's kind
        self._pairs: list[tuple[str, list[str]]] = []  # the rows of the open table of pairs: label, texts
        self._indent = 0  # of that table

    def finish(self) -> str:
        self._close()
        name = escape(self._name or "druginfo")
        style = (DATA / "page.css").read_text("utf-8").partition("*/\n")[2].strip()
        policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        head = (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{name}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n"
        )
        title = "" if any(part.startswith("<h1") for part in self.parts) else f"<h1>{name}</h1>\n"
        foot = f"</main>\n<footer><p>{_NOTICE} Printed {self.today.isoformat()}.</p></footer>\n</body>\n</html>\n"
        return head + title + "\n".join(self.parts) + "\n" + foot

    def title(self, text: Styled) -> None:
        self._name = text.text
        self._put(f"<h1>{_inline(text)}</h1>")

    def heading(self, text: str, level: int = 0, *, indent: int = 0, style: str = HEADING) -> None:
        mark = {DANGER: ' class="danger"', DRUG: ' class="drug"'}.get(style, "")
        if style == DRUG and not self._name:
            self._name = Styled(text).text
        tag = f"h{min(level + 2, 6)}"
        self._put(f"<{tag}{mark}>{_inline(Styled(text))}</{tag}>")

    def put(self, text: Styled | str, indent: int = 0, hang: int | None = None, *, full: bool = False) -> None:
        styled = text if isinstance(text, Styled) else Styled(text)
        whole = len(styled.spans) == 1 and styled.spans[0].end == len(styled.text) and styled.spans[0].start == 0
        starts = styled.spans[0].style if styled.spans and styled.spans[0].start == 0 else ""
        mark = ' class="danger"' if starts == DANGER else ' class="dim"' if whole and starts == DIM else ""
        self._put(f"<p{mark}{_indented(indent)}>{_inline(styled)}</p>")

    def item(self, marker: str, text: Styled, indent: int) -> None:
        self._close_pairs()
        kind = "bullet" if marker == self.bullet else "numbered"
        while self._lists and self._lists[-1][0] > indent:
            self._close_list()
        if self._lists and self._lists[-1][0] == indent and self._lists[-1][1] != kind:
            self._close_list()
        if not self._lists or self._lists[-1][0] < indent:
            style = ' class="numbered"' if kind == "numbered" else ""
            self.parts.append(f"<ul{style}{_indented(indent) if not self._lists else ''}>")
            self._lists.append((indent, kind))
        else:
            self.parts.append("</li>")
        number = "" if kind == "bullet" else f"{escape(Styled(marker).text)} "
        self.parts.append(f"<li>{number}{_inline(text)}")

    def code(self, lines: Sequence[str], indent: int) -> None:
        self._put(f"<pre{_indented(indent)}>{escape(Styled(chr(10).join(lines)).text)}</pre>")

    def quote(self, text: Styled, indent: int) -> None:
        self._put(f"<blockquote{_indented(indent)}>{_inline(text)}</blockquote>")

    def rule(self, indent: int) -> None:
        self._put("<hr>")

    def blank(self) -> None:
        self._close()

    def grid(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int = 0) -> None:
        head = "".join(f'<th scope="col">{_inline(cell, but=LABEL)}</th>' for cell in header)
        body = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
        head = f"<thead><tr>{head}</tr></thead>\n" if any(header) else ""
        self._put(f'<div class="scroll"{_indented(indent)}><table>\n{head}<tbody>\n{body}</tbody></table></div>')

    def pair(self, label: Styled, text: Styled, indent: int) -> None:
        self._close_lists()
        if indent != self._indent:
            self._close_pairs()
            self._indent = indent
        if label or not self._pairs:
            self._pairs.append((_inline(label, but=LABEL), []))
        self._pairs[-1][1].append(_inline(text))

    def passage(self, lines: Sequence[tuple[int, Styled]], indent: int) -> None:
        for inner, text in lines:
            self.put(text, indent + inner)

    def head_beside(self, titles: Sequence[str]) -> None:
        self._name = " and ".join(Styled(title).text for title in titles)

    def beside(self, titles: Sequence[str], texts: Sequence[str]) -> None:
        found = "".join(
            f"<section><h3>{_inline(Styled(title))}</h3><p>{_inline(Styled(text), breaks=False)}</p></section>\n"
            for title, text in zip(titles, texts, strict=True)
        )
        self._put(f'<div class="beside">\n{found}</div>')

    # ------------------------------------------------------------ what is open

    def _put(self, part: str) -> None:
        self._close()
        self.parts.append(part)

    def _close(self) -> None:
        self._close_lists()
        self._close_pairs()

    def _close_lists(self) -> None:
        while self._lists:
            self._close_list()

    def _close_list(self) -> None:
        self._lists.pop()
        self.parts.append("</li></ul>")

    def _close_pairs(self) -> None:
        rows = []
        for label, texts in self._pairs:
            span = f' rowspan="{len(texts)}"' if len(texts) > 1 else ""
            head = f'<th scope="row"{span}>{label}</th>' if label else f"<td{span}></td>"
            rows += [f"<tr>{'' if number else head}<td>{text}</td></tr>" for number, text in enumerate(texts)]
        if rows:
            table = '<table class="doses"><tbody>\n' + "\n".join(rows) + "\n</tbody></table>"
            outer = _indented(self._indent - 2)  # under its heading; at 2 it has none of its own
            self.parts.append(f"<div{outer}>{table}</div>" if outer else table)
        self._pairs = []


def _indented(columns: int) -> str:
    return f' style="margin-left:{columns / 2:g}em"' if columns else ""


def _inline(styled: Styled, *, but: str = "", breaks: bool = True) -> str:
    """Styled text as the content of an element; the style `but` is what the element itself looks like."""
    found = ""
    for part, span in styled.parts():
        inner = escape(part)
        style = "" if span is None or span.style == but else span.style
        for word in style.split():
            before, after = _TAGS.get(word, ("", ""))
            inner = before + inner + after
        if kind := _CLASSES.get(style):
            inner = f'<span class="{kind}">{inner}</span>'
        if span and span.url and span.url.lower().startswith(_SAFE):
            inner = f'<a href="{escape(span.url)}" rel="noreferrer">{inner}</a>'
        found += inner
    return found.replace("\n", "<br>") if breaks else found
