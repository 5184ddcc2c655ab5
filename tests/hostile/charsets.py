"""Pages whose bytes are not what is declared of them."""

from dataclasses import dataclass

from tests.small_site import Answer, SmallSite

SAID = "“Saya tidak tahu,” kata Wagub – harga naik 5 € di Café Naïve, lebih… ‘medsos’"
"""Letters that windows-1252 has too."""


@dataclass(frozen=True)
class Case:
    """How a page is encoded, and what header and meta say of that."""

    name: str
    encoding: str
    header: str | None = None
    meta: str | None = None
    bom: bytes = b""


CASES = [
    Case("nothing is declared", "utf-8"),
    Case("only the header declares", "utf-8", header="UTF-8"),
    Case("only the meta declares", "utf-8", meta="utf-8"),
    Case("the header lies, the bytes are UTF-8", "utf-8", header="ISO-8859-1"),
    Case("the meta lies, the bytes are UTF-8", "utf-8", meta="iso-8859-1"),
    Case("header against meta", "utf-8", header="utf-8", meta="windows-1252"),
    Case("a BOM against a header that lies", "utf-8", header="ISO-8859-1", bom=b"\xef\xbb\xbf"),
    Case("UTF-16 by its BOM", "utf-16-le", header="UTF-8", bom=b"\xff\xfe"),
    Case("windows-1252 that calls itself latin-1", "windows-1252", header="ISO-8859-1"),
    Case("windows-1252 that calls itself UTF-8", "windows-1252", header="UTF-8", meta="utf-8"),
    Case("windows-1252 that says so in its meta", "windows-1252", meta="windows-1252"),
    Case("an encoding that does not exist", "utf-8", header="x-borneo", meta="utf-9"),
]


def serve(site: SmallSite) -> None:
    """One article a case, its number the place of the case; its text begins with SAID."""
    site.numbers = list(range(1, len(CASES) + 1))
    for number, case in enumerate(CASES, start=1):
        page = site.article(number, f"<p>{SAID}</p>{site.text(number)}")
        if case.meta:
            page = page.replace("<head>", f'<head><meta charset="{case.meta}">')
        kind = "text/html" + (f"; charset={case.header}" if case.header else "")
        body = case.bom + page.encode(case.encoding)
        site.answers[f"/berita-{number}/"] = Answer(body, content_type=kind)
