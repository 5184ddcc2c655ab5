"""How WordPress's REST API cuts a collection: filters, order, pages, fields and refusals."""

import json
from datetime import datetime, timedelta, timezone
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from borneone_crawler.imitation.loopback import Answer

Json = dict[str, Any]
_WIB = timezone(timedelta(hours=7))
"""The newsroom's own time, in which `date` and `modified` stand without offset."""

_LARGEST_PAGE = 100
_BOUNDS = (
    ("after", "date", True),
    ("before", "date", False),
    ("modified_after", "modified", True),
    ("modified_before", "modified", False),
)
_INVALID = {"code": "rest_invalid_param", "message": "Parameter tidak valid."}
_BEYOND = {"code": "rest_post_invalid_page_number", "message": "Laman tidak ada."}


def json_answer(status: int, value: Any, headers: dict[str, str] | None = None) -> Answer:
    """A value as the REST API sends it."""
    body = json.dumps(value, ensure_ascii=False).encode()
    own = {"Content-Type": "application/json; charset=UTF-8", **(headers or {})}
    return Answer(status=status, headers=own, body=body)


def collection(items: list[Json], query: dict[str, str], address: str) -> Answer:
    """The page of a collection that the query asks for; `items` come newest first."""
    try:
        number, size = int(query.get("page", "1")), int(query.get("per_page", "10"))
        chosen = _chosen(items, query)
    except ValueError:
        return json_answer(400, _INVALID)
    if number < 1 or not 1 <= size <= _LARGEST_PAGE:
        return json_answer(400, _INVALID)
    pages = -(-len(chosen) // size)
    if number > max(pages, 1):
        return json_answer(400, _BEYOND)
    shown = chosen[(number - 1) * size : number * size]
    if names := query.get("_fields"):
        kept = set(names.split(","))
        shown = [{k: v for k, v in item.items() if k in kept} for item in shown]
    headers = {"X-WP-Total": str(len(chosen)), "X-WP-TotalPages": str(pages)}
    links = [
        f'<{address}?{urlencode(query | {"page": str(other)})}>; rel="{rel}"'
        for rel, other in (("prev", number - 1), ("next", number + 1))
        if 1 <= other <= pages
    ]
    if links:
        headers["Link"] = ", ".join(links)
    return json_answer(200, shown, headers)


def _chosen(items: list[Json], query: dict[str, str]) -> list[Json]:
    """The items that the query asks for, in its order. Raises ValueError on what is no value."""
    for name, key, later in _BOUNDS:
        if name in query:
            bound = _local(query[name])
            items = [
                i for i in items if key not in i or (i[key] > bound if later else i[key] < bound)
            ]
    for name, key in (("include", "id"), ("categories", "categories")):
        if name in query:
            wanted = {int(n) for n in query[name].split(",")}
            items = [i for i in items if wanted.intersection(_several(i.get(key, ())))]
    if "slug" in query:
        items = [i for i in items if i.get("slug") in query["slug"].split(",")]
    order = query.get("orderby", "date")
    if items and order in items[0]:
        items = sorted(items, key=itemgetter(order), reverse=query.get("order", "desc") == "desc")
    return items


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _local(text: str) -> str:
    """A moment as `date` spells it: WordPress takes one with an offset to its own zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = moment.astimezone(_WIB)
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
