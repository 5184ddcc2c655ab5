"""What a stored body may call: the furniture of WordPress's editors, noted as it is printed."""

from markupsafe import escape

from tests.newsroom.content import Content
from tests.newsroom.model import Picture
from tests.newsroom.pictures import image
from tests.newsroom.typography import plain, prose, texturize

FURNITURE = "\x02"
"""Begins what a shortcode prints: it is no text of the article."""


class Shortcodes:
    """The methods without an underscore are what {{ … }} in a body may call."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._post = content.post

    # -- pictures -------------------------------------------------------------------------------

    def picture(self, name: str, style: str = "classic") -> str:
        """One picture of the text, with its caption, as an editor of some age prints it."""
        picture = self._post.pictures[name]
        self.show(picture)
        number = self._number(name)
        caption = prose(picture.printed)
        original = self._post.upload(picture.name)
        image = self._image(picture, number)
        if style == "classic":
            if not caption:
                return FURNITURE + f'<p><a href="{original}">{image}</a></p>'
            return FURNITURE + (
                f'<figure id="attachment_{number}" aria-describedby="caption-attachment-{number}"'
                f' style="width: 650px" class="wp-caption aligncenter"><a href="{original}">'
                f'{image}</a><figcaption id="caption-attachment-{number}" class="wp-caption-text">'
                f"{caption}</figcaption></figure>"
            )
        if style == "blocks":
            below = caption and f'<figcaption class="wp-element-caption">{caption}</figcaption>'
            return FURNITURE + (
                f'<figure class="wp-block-image size-large">{image}{below}</figure>'
            )
        if style == "blogspot":
            return FURNITURE + (
                '<table align="center" cellpadding="0" cellspacing="0"'
                ' class="tr-caption-container" style="margin-left: auto; margin-right: auto;'
                ' text-align: center;"><tbody><tr>'
                f'<td style="text-align: center;"><a href="{original}" imageanchor="1"'
                f' style="margin-left: auto; margin-right: auto;">{image}</a></td></tr><tr>'
                f'<td class="tr-caption" style="text-align: center;">{caption}</td></tr></tbody>'
                "</table>"
            )
        if style == "separator":
            return FURNITURE + (
                '<div class="separator" style="clear: both; text-align: center;">'
                f'<a href="{original}" imageanchor="1">{image}</a></div>'
            )
        raise ValueError(style)

    def gallery(self, *names: str, style: str = "classic", link: str = "page") -> str:
        """Several pictures side by side."""
        pictures = [self._post.pictures[name] for name in names]
        for picture in pictures:
            self.show(picture)
        items = []
        for name, picture in zip(names, pictures, strict=True):
            number = self._number(name)
            image = self._image(picture, number, width=300)
            caption = prose(picture.printed)
            if style == "blocks":
                below = (
                    caption and f'<figcaption class="wp-element-caption">{caption}</figcaption>'
                )
                items.append(f'<figure class="wp-block-image size-large">{image}{below}</figure>')
                continue
            stem = picture.name.rpartition(".")[0]
            target = (
                f"{self._post.url}{stem.lower()}/" if link == "page" else self._upload(picture)
            )
            below = caption and (
                f"<figcaption class='wp-caption-text gallery-caption'"
                f" id='gallery-1-{number}'>{caption}</figcaption>"
            )
            items.append(
                "<figure class='gallery-item'><div class='gallery-icon landscape'>"
                f"<a href='{target}'>{image}</a></div>{below}</figure>"
            )
        if style == "blocks":
            return FURNITURE + (
                '<figure class="wp-block-gallery has-nested-images columns-default is-cropped'
                ' wp-block-gallery-1 is-layout-flex">\n' + "\n".join(items) + "\n</figure>"
            )
        return FURNITURE + (
            f"<div id='gallery-1' class='gallery galleryid-{self._post.id} gallery-columns-3"
            " gallery-size-medium'>" + "".join(items) + "\n</div>"
        )

    # -- players and posts of other platforms ---------------------------------------------------

    def youtube(self, video: str, style: str = "classic", title: str = "Liputan") -> str:
        self.play(video)
        frame = (
            f'<iframe title="{title}" width="640" height="360" loading="lazy"'
            f' src="https://www.youtube.com/embed/{video}?feature=oembed" frameborder="0"'
            ' allow="accelerometer; autoplay; encrypted-media; gyroscope"'
            " allowfullscreen></iframe>"
        )
        if style == "classic":
            return FURNITURE + f"<p>{frame}</p>"
        return FURNITURE + (
            '<figure class="wp-block-embed is-type-video is-provider-youtube'
            ' wp-block-embed-youtube wp-embed-aspect-16-9 wp-has-aspect-ratio">'
            f'<div class="wp-block-embed__wrapper">\n{frame}\n</div></figure>'
        )

    def instagram(self, code: str, account: str, words: str) -> str:
        url = f"https://www.instagram.com/p/{code}/"
        shown = f"{words} {account}"
        self._content.embeds.append({"url": url, "text": shown})
        return FURNITURE + (
            f'<blockquote class="instagram-media" data-instgrm-captioned'
            f' data-instgrm-permalink="{url}?utm_source=ig_embed&amp;utm_campaign=loading"'
            f' data-instgrm-version="14"><div><p><a href="{url}?utm_source=ig_embed"'
            f' target="_blank">{words}</a></p><p>{account}</p></div></blockquote>\n'
            '<script async src="//www.instagram.com/embed.js"></script>'
        )

    def tweet(self, account: str, number: int, words: str, day: str) -> str:
        url = f"https://twitter.com/{account}/status/{number}"
        shown = f"{words} — Kabar ({'@' + account}) {day}"
        self._content.embeds.append({"url": url, "text": shown})
        return FURNITURE + (
            '<blockquote class="twitter-tweet" data-width="550" data-dnt="true">'
            f'<p lang="in" dir="ltr">{words}</p> &mdash; Kabar (@{account})'
            f' <a href="{url}?ref_src=twsrc%5Etfw">{day}</a></blockquote>\n'
            '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
        )

    # -- links ----------------------------------------------------------------------------------

    def link(self, url: str, words: str) -> str:
        """A link in the text."""
        if not url.startswith("http"):
            url = self._content.newsroom.by_slug[url].url
        self._content.outlinks.append({"url": url, "text": plain(texturize(words))})
        return f'<a href="{escape(url)}">{words}</a>'

    def read_also(self, *slugs: str, style: str = "plain") -> str:
        """Links to other articles between the paragraphs."""
        links = []
        for slug in slugs:
            other = self._content.newsroom.by_slug[slug]
            title = prose(other.title)
            self._content.read_also.append({"url": other.url, "text": plain(title)})
            links.append((other.url, title))
        url, title = links[0]
        anchor = f'<a href="{url}">{title}</a>'
        items = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in links)
        return (
            FURNITURE
            + {
                "plain": f"<p>Baca juga: {anchor}</p>",
                "strong": f"<p><strong>Baca Juga: {anchor}</strong></p>",
                "linked": f'<p><a href="{url}"><strong>Baca juga: {title}</strong></a></p>',
                "list": f"<p><strong>Baca juga:</strong></p>\n<ul>\n{items}\n</ul>",
                "box": f'<div class="baca-juga">Baca juga <a href="{url}">{title}</a></div>',
            }[style]
        )

    # -- advertising ----------------------------------------------------------------------------

    def advertisement(self, kind: str = "adsbygoogle") -> str:
        return (
            FURNITURE
            + {
                "adsbygoogle": (
                    '<script async src="https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js">'
                    '</script><ins class="adsbygoogle" style="display:block; text-align:center;"'
                    ' data-ad-layout="in-article" data-ad-slot="5550001112"></ins>'
                    "<script>(adsbygoogle = window.adsbygoogle || []).push({});</script>"
                ),
                "banner": (
                    '<div class="gmr-banner-insidecontent"><a href="https://iklan.example/kredit-motor"'
                    ' rel="nofollow"><img src="https://iklan.example/kredit-motor.gif" width="300"'
                    ' height="250" alt="Kredit motor murah"></a><p>Kredit motor mulai seratus'
                    " ribu, hubungi dealer terdekat!</p></div>"
                ),
                "code-block": (
                    "<div class='code-block code-block-2' style='margin: 8px auto;'>\n"
                    "<span>Iklan</span><br><a href='https://iklan.example/umrah'>Paket umrah"
                    " Ramadan</a></div>"
                ),
            }[kind]
        )

    # -- noting ---------------------------------------------------------------------------------

    def show(self, picture: Picture) -> None:
        self._content.images.append(
            {
                "url": self._upload(picture),
                "caption": None if picture.caption is None else plain(prose(picture.caption)),
                "credit_text": picture.credit_text,
            }
        )

    def play(self, video: str) -> None:
        self._content.videos.append(
            {
                "url": f"https://www.youtube.com/watch?v={video}",
                "provider": "youtube",
                "video_id": video,
            }
        )

    def _upload(self, picture: Picture) -> str:
        return self._post.upload(picture.name)

    def _number(self, name: str) -> int:
        return self._post.id + 1 + list(self._post.pictures).index(name)

    def _image(self, picture: Picture, number: int, width: int = 768) -> str:
        return image(self._post, picture, f"wp-image-{number} size-large", width)
