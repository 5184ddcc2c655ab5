"""Pages that stand where an article should, and are none."""

from collections.abc import Callable

from tests.small_site import Answer, SmallSite

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a")


def soft_404(site: SmallSite) -> Answer:
    body = '<section class="error-404"><h1>Ups! Halaman itu tidak dapat ditemukan.</h1></section>'
    return Answer(site.html("Halaman tidak ditemukan", "error404", body))


def login(site: SmallSite) -> Answer:
    form = '<form id="loginform" action="/wp-login.php" method="post"><input name="log"></form>'
    return Answer(site.html("Log Masuk", "login wp-core-ui", form))


def challenge(site: SmallSite) -> Answer:
    return Answer(
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
        '<div id="challenge-running">Checking your browser before accessing the site.</div>'
        '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script></body></html>'
    )


def maintenance(site: SmallSite) -> Answer:
    return Answer(
        "<!DOCTYPE html><html><head><title>Perbaikan</title></head><body><h1>Situs sedang "
        "dalam perbaikan.</h1><p>Silakan kembali beberapa saat lagi.</p></body></html>"
    )


def database_error(site: SmallSite) -> Answer:
    return Answer(
        "<!DOCTYPE html><html><head><title>Kesalahan Basis Data</title></head>"
        '<body id="error-page"><div class="wp-die-message">'
        "<h1>Galat saat menyambung ke basis data</h1></div></body></html>"
    )


def nothing(site: SmallSite) -> Answer:
    return Answer(b"")


def json_in_its_place(site: SmallSite) -> Answer:
    return Answer(
        '{"title": "Berita", "content": "Warga menanam."}', content_type="application/json"
    )


def html_called_a_picture(site: SmallSite) -> Answer:
    return Answer(site.article(7), content_type="image/jpeg")


def picture_called_html(site: SmallSite) -> Answer:
    return Answer(PNG * 400)


def pdf_called_html(site: SmallSite) -> Answer:
    return Answer(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"<article>Warga</article>")


def listing(site: SmallSite) -> Answer:
    """As an article without its markup would look: a headline, and teasers of some length."""
    teasers = "".join(
        f'<article class="post hentry"><h2 class="entry-title">'
        f'<a href="{site.origin}/berita-{n}/">Berita {n}</a></h2>'
        f'<div class="entry-content">{site.text(n)}</div></article>'
        for n in (1, 2, 3)
    )
    return Answer(site.html("Kumpulan", "archive tag", f"<h1>Kumpulan</h1>{teasers}"))


def feed(site: SmallSite) -> Answer:
    return Answer(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>BorneOneTV</title><item><title>'
        "Berita</title><description>Warga menanam.</description></item></channel></rss>"
    )


FAKES: list[Callable[[SmallSite], Answer]] = [
    soft_404, login, challenge, maintenance, database_error, nothing, json_in_its_place,
    html_called_a_picture, picture_called_html, pdf_called_html, listing, feed,
]  # fmt: skip


def serve(site: SmallSite) -> None:
    """Fakes under the even numbers, articles under the odd ones."""
    site.numbers = list(range(1, 2 * len(FAKES) + 2))
    for place, fake in enumerate(FAKES, start=1):
        site.answers[f"/berita-{2 * place}/"] = fake(site)
