"""What a page says of itself for machines: JSON-LD and meta elements, from the parsed tree."""

import json
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Any

from parsel import Selector

ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting"}
)
"""The types of https://schema.org/Article that newsrooms print."""


class Structured:
    """JSON-LD (https://json-ld.org, as Yoast and others print it) and meta elements of a page."""

    def __init__(self, selector: Selector) -> None:
        self._selector = selector

    @cached_property
    def metas(self) -> dict[str, str]:
        """The first content of each meta element, by its property or name in lower case."""
        metas: dict[str, str] = {}
        for meta in self._selector.root.iter("meta"):
            name = (meta.get("property") or meta.get("name") or "").strip().lower()
            if name and (content := (meta.get("content") or "").strip()):
                metas.setdefault(name, content)
        return metas

    @cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """Every object of every JSON-LD script, @graph flattened; broken scripts are left out."""
        nodes: list[dict[str, Any]] = []
        for script in self._selector.root.iter("script"):
            if script.get("type") != "application/ld+json":
                continue
            try:
                # strict=False: control characters inside strings are the commonest breakage.
                said = json.loads(script.text or "", strict=False, object_hook=_storable)
                nodes.extend(_objects(said))
            except (ValueError, RecursionError):
                continue
        return nodes

    @cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object of the article, empty if there is none."""
        return next(iter(self.of_type(*ARTICLE_TYPES)), {})

    def of_type(self, *types: str) -> list[dict[str, Any]]:
        """The objects of any of these schema.org types."""
        return [node for node in self.nodes if not types_of(node).isdisjoint(types)]

    def text(self, name: str) -> str | None:
        """A field of the article's JSON-LD, if it is a text."""
        value = self.article.get(name)
        return value.strip() or None if isinstance(value, str) else None

    def texts(self, name: str) -> list[str]:
        """A field of the article's JSON-LD as a list; a text with commas is taken apart."""
        value = self.article.get(name)
        values = value.split(",") if isinstance(value, str) else value
        if not isinstance(values, list):
            return []
        return [unescape(one).strip() for one in values if isinstance(one, str) and one.strip()]

    def names(self, name: str) -> list[str]:
        """The names of the people a field of the article's JSON-LD stands for (by @id too)."""
        value = self.article.get(name)
        names = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                names.append(one)
            elif isinstance(one, dict):
                found = one.get("name") or self._by_id(one.get("@id")).get("name")
                if isinstance(found, str):
                    names.append(found)
        # Yoast keeps the entities of names in JSON, where nothing undoes them.
        return [unescape(found).strip() for found in names if found.strip()]

    def _by_id(self, identifier: object) -> dict[str, Any]:
        if identifier is None:
            return {}
        same = (n for n in self.nodes if n.get("@id") == identifier and n.get("name"))
        return next(same, {})


def _storable(node: dict[str, Any]) -> dict[str, Any]:
    """Escapes can make of JSON what is no text: half a character (a lone surrogate), and NUL."""
    return {key: _text(value) for key, value in node.items()}


def _text(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:
            return value
        return (
            value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
        )
    if isinstance(value, list):
        return [_text(one) for one in value]
    return value


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """The @type of a JSON-LD object, which may be one text or a list."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return frozenset(one for one in values if isinstance(one, str))


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
