"""Pictures, players and embedded posts leave the text, captions with them."""

import pytest
from lxml.html import fromstring

from borneone_crawler.cleaning.blocks import blocks_of
from borneone_crawler.items import Image, Reference, Video
from borneone_crawler.pages.media import Media, take_media
from borneone_crawler.pages.pictures import same_picture, widest
from borneone_crawler.pages.players import video_of
from borneone_crawler.pages.text import text_of
from borneone_crawler.urls import SiteUrls

URLS = SiteUrls("https://borneonetv.com")
UPLOADS = "https://borneonetv.com/wp-content/uploads"
CAPTION = {"caption": "Wagub.", "credit_text": "Lay"}


def take(html: str) -> tuple[Media, str]:
    tree = fromstring(f"<div><p>Satu.</p>{html}<p>Dua.</p></div>")
    return take_media(tree, "https://borneonetv.com/x/", URLS), text_of(tree)


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="{u}/a.jpg"><figcaption>Wagub. Foto: Lay</figcaption></figure>',
        (
            '<figure class="wp-caption"><a href="{u}/a.jpg"><img src="{u}/a-300x200.jpg"></a>'
            '<figcaption class="wp-caption-text">Wagub. Foto: Lay</figcaption></figure>'
        ),
        (
            '<div class="wp-caption"><img src="{u}/a.jpg"><p class="wp-caption-text">'
            "Wagub. Foto: Lay</p></div>"
        ),
        (
            '<table class="tr-caption-container"><tr><td><a href="{u}/a.jpg"><img src="{u}/a.jpg">'
            '</a></td></tr><tr><td class="tr-caption">Wagub. Foto: Lay</td></tr></table>'
        ),
        (
            '<table><tr><td><a href="{u}/a.jpg"><img src="{u}/a.jpg"></a></td></tr>'
            "<tr><td>Wagub. Foto: Lay</td></tr></table>"
        ),
        (
            '<dl class="gallery-item"><dt><a href="/lampiran/"><img src="{u}/a.jpg"></a></dt>'
            '<dd class="wp-caption-text">Wagub. Foto: Lay</dd></dl>'
        ),
        (
            '<figure><img src="data:image/gif;base64,R0" data-lazy-src="{u}/a.jpg"><noscript>'
            '<img src="{u}/a.jpg"></noscript><figcaption>Wagub. Foto: Lay</figcaption></figure>'
        ),
        (
            '<figure><img src="{u}/a-3x2.jpg" srcset="{u}/a-3x2.jpg 3w, {u}/a.jpg 900w">'
            "<figcaption>Wagub. Foto: Lay</figcaption></figure>"
        ),
        (
            '<figure><amp-img src="{u}/a.jpg"></amp-img><figcaption>Wagub. Foto: Lay</figcaption>'
            "</figure>"
        ),
    ],
)
def test_a_picture_takes_its_caption_along(html: str) -> None:
    media, text = take(html.replace("{u}", UPLOADS))
    assert media.images == [Image(url=f"{UPLOADS}/a.jpg", **CAPTION)]
    assert text == "Satu. Dua."


def test_the_words_below_a_picture_without_an_address_are_told() -> None:
    media, text = take(
        '<figure><img src="data:image/gif;base64,R0"><figcaption>Wagub.</figcaption></figure>'
    )
    assert (media.images, media.lost_captions, text) == ([], ["Wagub."], "Satu. Dua.")


def test_a_figure_left_open_loses_its_caption_and_no_text() -> None:
    media, text = take(
        '<figure><img src="/a.jpg"><figcaption>Wagub.</figcaption><p>Teks.</p></figure>'
    )
    assert [image.caption for image in media.images] == ["Wagub."]
    assert text == "Satu. Teks. Dua."


def test_a_gallery_gives_every_picture_and_its_own_caption_goes() -> None:
    one = '<figure class="wp-block-image"><img src="/{}.jpg"><figcaption>{}</figcaption></figure>'
    media, text = take(
        f"<figure>{one.format('a', 'A')}{one.format('b', 'B')}<figcaption>Galeri</figcaption>"
        "</figure>"
    )
    assert [image.caption for image in media.images] == ["A", "B"]
    assert (media.lost_captions, text) == (["Galeri"], "Satu. Dua.")


def test_a_table_in_a_figure_is_text() -> None:
    html = "<figure><table><tr><td>a</td><td>b</td></tr></table></figure>"
    assert take(html)[1] == "Satu. a b Dua."


def test_bare_texts_above_and_below_a_figure_stay_apart() -> None:
    tree = fromstring('<div>Satu.<figure><img src="/a.jpg"></figure>Dua.</div>')
    take_media(tree, "https://borneonetv.com/x/", URLS)
    assert [block.text for block in blocks_of(tree)] == ["Satu.", "Dua."]


def test_tracking_pixels_are_no_pictures() -> None:
    media, _ = take('<img src="/p.gif" width="1" height="1">')
    assert (media.images, media.embeds) == ([], [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?feature=oembed", ("youtube", "dQw4w9WgXcQ")),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://player.vimeo.com/video/123?h=1", ("vimeo", "123")),
        ("https://www.dailymotion.com/embed/video/x7abc", ("dailymotion", "x7abc")),
        ("https://www.vidio.com/embed/123-judul", ("vidio", "123-judul")),
        ("https://www.tiktok.com/embed/v2/7123", ("tiktok", "7123")),
        (
            (
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com"
                "%2Fborneonetv%2Fvideos%2F55%2F"
            ),
            ("facebook", "55"),
        ),
        ("https://www.google.com/maps/embed?pb=1", None),
        ("https://evil.example/youtube.com/embed/dQw4w9WgXcQ", None),
    ],
)
def test_players_are_known_by_their_address(url: str, expected: tuple[str, str] | None) -> None:
    video = video_of(url)
    assert (video and (video.provider, video.video_id)) == expected


def test_the_files_of_players_are_named_without_wordpress_s_count_of_players() -> None:
    media, _ = take(
        f'<video><source src="{UPLOADS}/a.mp4?_=1"></video>'
        f'<audio controls><source src="{UPLOADS}/b.mp3?_=2"></audio>'
    )
    assert media.videos == [Video(url=f"{UPLOADS}/a.mp4")]
    assert [embed.url for embed in media.embeds] == [f"{UPLOADS}/b.mp3"]


def test_a_video_leaves_its_watch_page() -> None:
    media, text = take('<p><iframe src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe></p>')
    watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert media.videos == [Video(url=watch, provider="youtube", video_id="dQw4w9WgXcQ")]
    assert text == "Satu. Dua."


def test_posts_of_other_platforms_are_known_by_their_address() -> None:
    media, text = take(
        '<blockquote data-instgrm-permalink="https://www.instagram.com/p/Cx1/?utm=1"><p>Foto</p>'
        "</blockquote><blockquote><p>Hujan</p>— Info <a "
        'href="https://twitter.com/info/status/1?ref=x">3 Maret</a></blockquote>'
    )
    assert media.embeds == [
        Reference(url="https://www.instagram.com/p/Cx1/", text="Foto"),
        Reference(url="https://twitter.com/info/status/1", text="Hujan — Info 3 Maret"),
    ]
    assert text == "Satu. Dua."


def test_a_quotation_is_text() -> None:
    html = '<blockquote><p>Kutipan <a href="https://x.example/">a</a></p></blockquote>'
    assert take(html) == (Media(), "Satu. Kutipan a Dua.")


def test_the_widest_of_srcset_wins() -> None:
    assert widest("/a.jpg 300w, /b.jpg 1024w,\n /c.jpg 768w") == "/b.jpg"
    assert widest("/a.jpg, /b.jpg 2x") == "/b.jpg"
    assert widest("") == ""


def test_sizes_of_one_upload_are_one_picture() -> None:
    assert same_picture("/u/a-300x200.jpg", "https://borneonetv.com/u/a-scaled.jpg?w=1")
    assert not same_picture("/u/a-1.jpg", "/u/a-2.jpg")
