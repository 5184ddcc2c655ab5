"""When two URLs are the same page, and what is never asked for."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.urls import Form, SiteUrls

LIVE = SiteUrls("https://borneonetv.com")
LOCAL = SiteUrls("http://127.0.0.1:8080")
ARTICLE = "https://borneonetv.com/wagub-kalbar-minta/"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://borneonetv.com/wagub-kalbar-minta/",
        "https://www.borneonetv.com/wagub-kalbar-minta/",
        "http://www.borneonetv.com:80/wagub-kalbar-minta",
        "HTTPS://BorneOneTV.com/wagub-kalbar-minta",
        "https://borneonetv.com/wagub-kalbar-minta/#respond",
        "https://borneonetv.com/wagub-kalbar-minta/?utm_source=wa&utm_medium=x",
        "https://borneonetv.com/wagub-kalbar-minta/?utm_source%3Dwa%26utm_medium%3Dx",
        "https://borneonetv.com/wagub-kalbar-minta/?fbclid=abc",
        "https://borneonetv.com/wagub-kalbar-minta/?amp",
        "https://borneonetv.com/wagub-kalbar-minta/?amp=1",
        "https://borneonetv.com/wagub-kalbar-minta/amp/",
        "https://borneonetv.com/wagub-kalbar-minta/amp",
        "https://borneonetv.com/wagub-kalbar-minta/?share=facebook&nb=1",
        "https://borneonetv.com/wagub-kalbar-minta/?replytocom=12#respond",
        "https://borneonetv.com/wagub-kalbar-minta/comment-page-2/#comments",
        "https://borneonetv.com//wagub-kalbar-minta//",
        "https://borneonetv.com/wagub-kalbar-minta/page/1/",
    ],
)
def test_every_spelling_of_an_article_is_one_url(spelling: str) -> None:
    assert LIVE.canonical(spelling) == ARTICLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://borneonetv.com/a%e2%80%9cb/", "https://borneonetv.com/a%E2%80%9Cb/"),
        ("https://borneonetv.com/caf%c3%a9/", "https://borneonetv.com/café/"),
        ("https://borneonetv.com/?p=12&utm_source=x", "https://borneonetv.com/?p=12"),
        ("https://borneonetv.com/category/x/?paged=2", "https://borneonetv.com/category/x/page/2"),
        ("https://borneonetv.com/category/x/page/1", "https://borneonetv.com/category/x/"),
        ("https://borneonetv.com/slug/?page=3", "https://borneonetv.com/slug/3/"),
    ],
)
def test_spellings_that_mean_the_same(one: str, other: str) -> None:
    assert LIVE.canonical(one) == LIVE.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://borneonetv.com/slug/", "https://borneonetv.com/slug-2/"),
        ("https://borneonetv.com/?p=1", "https://borneonetv.com/?p=2"),
        ("https://borneonetv.com/slug/", "https://borneonetv.com/slug/2/"),
        ("https://borneonetv.com/slug/", "https://borneonetv.com/SLUG/"),
        ("https://borneonetv.com/category/x/", "https://borneonetv.com/category/x/page/2/"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert LIVE.canonical(one) != LIVE.canonical(other)


PIECES = st.sampled_from(
    [
        "a", "amp", "/amp/amp", "page", "1", "2", "comment-page-3", "feed", "index.php", "..", "",
        "//", "a.b", "é", "%2F", "%", "%aa", ";", "+", " ", "#x", "?x", "=1", "&", "&&", "?amp",
        "?p=1", "?paged=2", "?page=3", "&page=4", "&m=1",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=7), st.sampled_from(["", "/"]))
def test_the_canonical_form_is_its_own_canonical_form(pieces: list[str], between: str) -> None:
    url = LIVE.absolute("/" + between.join(pieces), ARTICLE)
    if url is not None and LIVE.on_site(url):
        once = LIVE.canonical(url)
        assert LIVE.canonical(once) == once
        assert LIVE.on_site(once)


# Slugs as WordPress makes them (sanitize_title): lower case, hyphens, escapes; never a word that
# it keeps for itself. Addresses of articles: their segments, or a number behind ?p=.
KEPT_WORDS = {"amp", "page", "feed", "embed", "index-php", "trackback"}
KEPT_WORDS = {"amp", "page", "feed", "embed", "trackback"}
WORDS = st.sampled_from(
    ["banjir", "2", "2019", "warga", "a", "amp", "page", "%e2%80%9c", "caf%c3%a9"]
)
SLUGS = (
    st.lists(WORDS, min_size=1, max_size=3)
    .map("-".join)
    .filter(lambda slug: slug not in KEPT_WORDS)
)
ARTICLES = st.one_of(
    st.tuples(
        st.sampled_from(["/", "/2019/10/14/", "/2019/10/", "/berita/", "/daerah/pontianak/"]),
        SLUGS,
        st.sampled_from(["", ".html", "/2", "/3"]),
    ).map("".join),
    st.integers(1, 10**9).map(lambda number: f"/?p={number}"),
)
# Ways to write one and the same address.
SPELLINGS = st.tuples(
    st.sampled_from(
        ["https://borneonetv.com", "http://borneonetv.com", "//www.borneonetv.com:443"]
    ),
    st.sampled_from(
        ["", "fbclid=x", "utm_source=wa&utm_medium=y", "share=facebook&nb=1", "amp=1"]
    ),
    st.sampled_from(["", "#respond", "#comment-7"]),
)


def spelled(path: str, spelling: tuple[str, str, str]) -> str:
    origin, noise, fragment = spelling
    joint = "" if not noise else "&" if "?" in path else "?"
    url = LIVE.absolute(f"{origin}{path}{joint}{noise}{fragment}", ARTICLE)
    assert url is not None
    return LIVE.canonical(url)


@given(ARTICLES, ARTICLES, SPELLINGS, SPELLINGS)
def test_two_articles_are_one_if_and_only_if_their_paths_or_numbers_are(
    one: str, other: str, as_one: tuple[str, str, str], as_other: tuple[str, str, str]
) -> None:
    assert spelled(one, as_one) == spelled(one, as_other)
    assert (spelled(one, as_one) == spelled(other, as_other)) == (one == other)


@given(ARTICLES, st.sampled_from(["/", "/amp/", "/amp", "/page/1/", "/comment-page-3/", "//"]))
def test_what_wordpress_puts_behind_an_article_is_the_article(path: str, behind: str) -> None:
    if "?" not in path and "." not in path:
        assert LIVE.canonical(LIVE.origin + path + behind) == LIVE.canonical(LIVE.origin + path)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://borneonetv.com.evil.example/",
        "https://borneonetv.com@evil.example/",
        "https://user@borneonetv.com/",
        "https://borneonetv.com:8443/",
        "https://sub.borneonetv.com/",
        "ftp://borneonetv.com/",
        "file:///etc/passwd",
        "https://evil.example\\@borneonetv.com/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "https://borneonetv.com:99999/",
        "https:///slug/",
        "https://borneonetv.com../slug/",
    ],
)
def test_what_is_not_on_the_site(url: str) -> None:
    assert not LIVE.on_site(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8081/", "https://127.0.0.1:8080/", "http://localhost:8080/"]
)
def test_a_site_on_a_port_of_its_own_is_exactly_that_origin(url: str) -> None:
    assert not LOCAL.on_site(url)
    assert LOCAL.on_site("http://127.0.0.1:8080/slug/")
    assert LOCAL.canonical("http://127.0.0.1:8080/slug?utm_source=x") == (
        "http://127.0.0.1:8080/slug/"
    )


@pytest.mark.parametrize(
    ("path", "form", "rule"),
    [
        ("/", Form.HOME, None),
        ("/wagub-kalbar-minta/", Form.ARTICLE, None),
        ("/2019/10/14/wagub-kalbar/", Form.ARTICLE, None),
        ("/berita/2019/x.html", Form.ARTICLE, None),
        ("/?p=12", Form.ARTICLE, None),
        ("/category/daerah/kota-pontianak/", Form.LISTING, None),
        ("/category/daerah/page/7/", Form.LISTING, None),
        ("/?cat=4", Form.LISTING, None),
        ("/category/daerah/feed/", Form.NEVER, "feed"),
        ("/feed/", Form.NEVER, "feed"),
        ("/slug/feed/", Form.NEVER, "feed"),
        ("/ekonomi/rss/harga/", Form.ARTICLE, None),
        ("/slug/embed/", Form.NEVER, "embed"),
        ("/tag/medsos/", Form.NEVER, "tag archive"),
        ("/author/lay/", Form.NEVER, "author archive"),
        ("/?author=2", Form.NEVER, "author archive"),
        ("/2019/", Form.NEVER, "date archive"),
        ("/2019/10/", Form.NEVER, "date archive"),
        ("/2019/10/14/", Form.NEVER, "date archive"),
        ("/?s=banjir", Form.NEVER, "search"),
        ("/page/3/", Form.LISTING, None),
        ("/wp-admin/", Form.NEVER, "admin"),
        ("/wp-login.php", Form.NEVER, "admin"),
        ("/wp-json/wp/v2/posts/", Form.NEVER, "api"),
        ("/wp-content/uploads/2019/10/a.jpg", Form.NEVER, "file"),
        ("/foto.JPG", Form.NEVER, "file"),
        ("/?attachment_id=9", Form.NEVER, "attachment page"),
        ("/wp-sitemap.xml", Form.NEVER, "sitemap"),
        ("/a/b/a/b/a/b/", Form.NEVER, "path repeats itself"),
        ("/" + "x" * 2_100 + "/", Form.NEVER, "too long"),
    ],
)
def test_the_form_of_a_url(path: str, form: Form, rule: str | None) -> None:
    verdict = LIVE.form(LIVE.canonical("https://borneonetv.com" + path))
    assert (verdict.form, verdict.rule) == (form, rule)


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        (" /slug/\n", "https://borneonetv.com/slug/"),
        ("\t../x/", "https://borneonetv.com/x/"),
        ("https://borne\nonetv.com/y/", "https://borneonetv.com/y/"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.c", None),
        ("data:text/html,x", None),
        ("http://[bad", None),
        ("//borneonetv.com/z/", "https://borneonetv.com/z/"),
        ("\\\\evil.example\\x", "https://evil.example/x"),
        ("/\\evil.example/", "https://evil.example/"),
        ("https:\\\\evil.example\\x", "https://evil.example/x"),
        ("///evil.example/x", "https://evil.example/x"),
        ("https:///evil.example/x", "https://evil.example/x"),
        ("//", None),
        ("\0\x1f ///evil.example/x\0", "https://evil.example/x"),
        ("https://?x", None),
        ("https://evil.example\\@borneonetv.com/", "https://evil.example/@borneonetv.com/"),
        ("\\x\\y?a\\b", "https://borneonetv.com/x/y?a\\b"),
    ],
)
def test_what_a_link_points_at(href: str, absolute: str | None) -> None:
    assert LIVE.absolute(href, ARTICLE) == absolute


@given(
    st.text("aZ9/?#&=%;:.-_~@\\[ \té", max_size=25),
    st.sampled_from(["http://", "https://", "https://borneonetv.com", "http://h.x:80/", "", "//"]),
)
def test_a_whole_address_is_what_joining_makes_of_it(path: str, before: str) -> None:
    href = before + path
    found = LIVE.absolute(href, ARTICLE)
    if found is not None:
        assert LIVE.absolute(f" {found}", ARTICLE) == LIVE.absolute(found, ARTICLE)
        assert urljoin(ARTICLE, found) == found


def test_one_listing_under_several_addresses_has_one_key() -> None:
    keys = {
        LIVE.listing_key(LIVE.canonical("https://borneonetv.com" + path))
        for path in (
            "/category/kota-pontianak/",
            "/category/daerah/kota-pontianak/",
            "/category/berita/kota-pontianak/page/1/",
        )
    }
    assert keys == {"kota-pontianak#1"}
    assert LIVE.listing_key("https://borneonetv.com/category/kota-pontianak/page/2/") == (
        "kota-pontianak#2"
    )


@pytest.mark.parametrize(
    "address", ["borneonetv.com", "ftp://x.y", "https://", "https://x.y/z", "https://bornéo.com"]
)
def test_a_wrong_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        SiteUrls(address)
