"""What the plug-in Yoast says of a post in JSON-LD."""

import json
from typing import Any

from tests.newsroom.model import ORIGIN, Newsroom, Post, utc

Json = dict[str, Any]


def yoast_graph(post: Post, newsroom: Newsroom) -> str:
    """The graph of a post: titles as typed, times in UTC."""
    author = newsroom.authors[post.author]
    person = f"{ORIGIN}/#/schema/person/{author.slug}"
    lead = post.pictures.get(post.lead or "")
    article: Json = {
        "@type": "NewsArticle",
        "@id": f"{post.url}#article",
        "isPartOf": {"@id": post.url},
        "author": {"name": author.name, "@id": person},
        "headline": post.title,
        "datePublished": utc(post.published),
        "dateModified": utc(post.changed),
        "mainEntityOfPage": {"@id": post.url},
        "commentCount": len(post.comments),
        "publisher": {"@id": f"{ORIGIN}/#organization"},
    }
    if lead:
        article["thumbnailUrl"] = post.upload(lead.name)
        article["image"] = {"@id": f"{post.url}#primaryimage"}
    if post.tags:
        article["keywords"] = list(post.tags)
    article["articleSection"] = [section.name for section in newsroom.sections_of(post)]
    article["inLanguage"] = "id"
    page: Json = {
        "@type": "WebPage",
        "@id": post.url,
        "url": post.url,
        "name": f"{post.title} - BorneOneTV",
        "isPartOf": {"@id": f"{ORIGIN}/#website"},
        "datePublished": utc(post.published),
        "dateModified": utc(post.changed),
        "inLanguage": "id",
    }
    if post.description:
        page["description"] = post.description
    graph = [article, page]
    if lead:
        graph.append(
            {
                "@type": "ImageObject",
                "inLanguage": "id",
                "@id": f"{post.url}#primaryimage",
                "url": post.upload(lead.name),
                "contentUrl": post.upload(lead.name),
                "width": lead.width,
                "height": lead.height,
                "caption": lead.printed,
            }
        )
    home = f"{ORIGIN}/"
    graph += [
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "url": home,
            "name": "BorneOneTV",
            "inLanguage": "id",
        },
        {
            "@type": "Organization",
            "@id": f"{home}#organization",
            "name": "BorneOneTV",
            "url": home,
        },
        {
            "@type": "Person",
            "@id": person,
            "name": author.name,
            "url": f"{home}author/{author.slug}/",
        },
    ]
    whole = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(whole, ensure_ascii=False).replace("<", "\\u003c")
