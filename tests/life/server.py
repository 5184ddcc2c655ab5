"""Serves the living newsroom on loopback, as it stands at the moment the test sets."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from borneone_crawler.imitation.loopback import Answer
from borneone_crawler.imitation.server import SWITCHES, WordPressServer
from tests.life.breakages import Asked, Breakage
from tests.life.edition import Edition, Inventory, Plan
from tests.life.newsroom import Story
from tests.newsroom import machines
from tests.newsroom.render import HERE

_PICTURES = HERE / "pictures"


class Logged(NamedTuple):
    """One request, at the simulated moment at which it came."""

    now: datetime
    method: str
    path: str
    """With its query."""
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The server at the limit of its strength, or of its patience."""

    status: int = 503
    retry_after: int | datetime | None = None
    """Seconds, or the moment from which it may be asked again."""
    only: str | None = None
    """The one path that fails; everything without it."""

    def answer(self) -> Answer:
        headers = {"Content-Type": "text/html"}
        if isinstance(self.retry_after, datetime):
            moment = self.retry_after.astimezone(UTC)
            headers["Retry-After"] = format_datetime(moment, usegmt=True)
        elif self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        page = f"<html><head><title>{self.status}</title></head><body>nginx</body></html>\n"
        return Answer(status=self.status, headers=headers, body=page.encode())


class LifeServer(WordPressServer):
    """The newsroom of a story. A test sets, at any time:

    `now`, the moment it shows; `outage`; `breakage`; `disabled` and `forbidden`, which may name
    rest, sitemap and feed; and it may `go_down()` and `come_back()`. `log` says what was asked.
    """

    def __init__(
        self,
        story: Story,
        *,
        yoast: bool = False,
        per_sitemap: int = machines.PER_SITEMAP,
        disabled: Collection[str] = (),
        forbidden: Collection[str] = (),
    ) -> None:
        assert SWITCHES.issuperset(forbidden)
        self.story = story
        self.now = story.begin
        self.outage: Outage | None = None
        self.breakage = Breakage()
        self.forbidden = frozenset(forbidden)
        self.log: list[Logged] = []
        self._yoast, self._per_sitemap = yoast, per_sitemap
        self._one_at_a_time = threading.Lock()
        self._uploads = _uploads(story)
        self._inventory = Inventory()
        self._edition = self._printed(self._plan(), 1)
        super().__init__(disabled=disabled)

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        with self._one_at_a_time:
            answer = self._answer(method, target, headers)
            self.log.append(Logged(self.now, method, target, answer.status))
            return answer

    def clock(self) -> float:
        return self.now.timestamp()

    def read(self, file: str) -> bytes:
        return self._edition.read(file).encode()

    def read_picture(self, name: str) -> bytes:
        return (_PICTURES / name).read_bytes()

    def text(self, body: str) -> bytes:
        """A text of the live site with the addresses of this server."""
        return self._swapped(body.encode())

    def _answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        path = unquote(urlsplit(target).path)
        if self.outage and self.outage.only in {None, path}:
            return self.outage.answer()
        plan = self._plan()
        if not plan.is_like(self._edition.plan):
            self._edition = self._printed(plan, self._edition.number + 1)
        well = super().answer(method, target, headers)
        return self.breakage.answer(Asked(path, self._edition, self.text), well)

    def _plan(self) -> Plan:
        return Plan(
            newsroom=self.breakage.posted(self.story.at(self.now)),
            fed=self.breakage.fed(self.story, self.now),
            yoast=self._yoast,
            per_sitemap=self._per_sitemap,
            forbidden=frozenset(self.forbidden),
        )

    def _printed(self, plan: Plan, number: int) -> Edition:
        edition = Edition(plan, number, self._inventory)
        edition.routes.uploads = self._uploads
        self.routes = edition.routes
        return edition


def _uploads(story: Story) -> dict[str, str]:
    """Which picture stands for which upload; those of a post taken down stay on the disk."""
    scenes = sorted(file.name for file in _PICTURES.iterdir() if file.suffix == ".jpg")
    uploads = {"/wp-content/uploads/2017/02/logo.png": "logo.png"}
    for change in story.changes:
        if change.state:
            for picture in change.state.pictures.values():
                path = urlsplit(change.state.upload(picture.name)).path
                number = change.post_id // 10 + ("-baru" in picture.name)
                uploads[path] = scenes[number % len(scenes)]
    return uploads
