"""Pictures as WordPress prints them."""

from markupsafe import escape

from tests.newsroom.model import Picture, Post


def image(post: Post, picture: Picture, classes: str, width: int) -> str:
    """An <img> as WordPress prints it, the original as the widest of its srcset."""
    sizes = [size for size in (300, 768) if size < picture.width]
    sources = [(post.upload(picture.sized(size)), size) for size in sizes]
    sources.append((post.upload(picture.name), picture.width))
    shown, shown_width = next(((u, w) for u, w in sources if w >= width), sources[-1])
    attributes: dict[str, str | int] = {
        "loading": "lazy",
        "decoding": "async",
        "class": classes,
        "src": shown,
        "alt": picture.alt,
        "width": shown_width,
        "height": round(shown_width * picture.height / picture.width),
    }
    if len(sources) > 1:
        attributes["srcset"] = ", ".join(f"{url} {size}w" for url, size in sources)
        attributes["sizes"] = f"(max-width: {shown_width}px) 100vw, {shown_width}px"
    return "<img " + " ".join(f'{k}="{escape(v)}"' for k, v in attributes.items()) + " />"
