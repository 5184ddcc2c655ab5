"""Articles under several addresses."""

from urllib.parse import unquote

from tests.small_site import Answer, SmallSite

ALIASES = [
    "/berita-1", "/berita-1/?utm_source=wa&utm_medium=sosial", "/berita-1/?fbclid=IwAR0",
    "/berita-1/amp/", "/berita-1/?amp=1", "/berita-1/#respond", "/berita-1/?replytocom=7#respond",
    "/berita-1/?share=whatsapp", "/berita-1/?noamp=mobile", "//berita-1//", "/berita-1/index.php",
    "/berita-1/comment-page-2/#comments", "/berita%2D1/", "/./berita-1/", "/x/../berita-1/",
]  # fmt: skip


def canonical(site: SmallSite, number: int, address: str) -> Answer:
    """An article's page that names another address for its own."""
    link = f'<head><link rel="canonical" href="{address}">'
    return Answer(site.article(number).replace("<head>", link))


def serve(site: SmallSite, *, names_itself: bool) -> None:
    """A list shows article 1 under all its addresses, and each has its page, which says what its
    own address is or not."""
    own = canonical(site, 1, f"{site.origin}/berita-1/")
    page = own if names_itself else Answer(site.article(1))
    links = "".join(
        f'<article class="post hentry"><h2><a href="{site.origin}{alias}">x</a></h2></article>'
        for alias in ALIASES
    )
    site.answers["/category/berita/"] = Answer(site.listing(1).replace("<main>", f"<main>{links}"))
    site.answers["/berita-1"] = Answer(status=301, headers={"Location": "/berita-1/"})
    site.invented = lambda path: page if "/berita-1/" in unquote(path) else None


def lie(site: SmallSite) -> None:
    """Of seven articles six name for their own address one that is not."""
    site.numbers = list(range(1, 8))
    lies = {
        1: f"{site.origin}/", 2: "https://lain.example/berita-2/", 3: f"{site.origin}/berita-4/",
        5: "javascript:alert(1)", 6: f"{site.origin}/category/berita/",
        7: f"{site.origin}/wp-login.php",
    }  # fmt: skip
    for number, address in lies.items():
        site.answers[f"/berita-{number}/"] = canonical(site, number, address)
