"""Scrapy settings: only where we depart from Scrapy's defaults, each with its reason."""

from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from borneone_crawler import __version__
from borneone_crawler.local import local_settings
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Stop

BOT_NAME = "borneone_crawler"
SPIDER_MODULES = ["borneone_crawler.spiders"]
COMMANDS_MODULE = "borneone_crawler.commands"

# --- Ours (archive/local.example.toml explains those that an owner may want to set) ---
PROJECT_DIR = str(Path(closest_scrapy_cfg()).parent)
NEWSROOM = BORNEONETV.name  # the one that commands are about, unless another is named
NEWSROOM_SETTINGS: dict[str, dict[str, object]] = {}  # what the owner's file says of one alone
BASE_URL = None  # that of the newsroom's profile
ARCHIVE_DB = None  # the same
WARC_DIR = ""  # empty: the folder warc/ beside the archive
LOG_DIR = ""  # empty: the folder logs/ beside the archive
OWN_RULES = ""  # empty: archive/rules.toml, if it is there
OWN_WORDS = ""  # empty: archive/words.toml, if it is there
CAPTURE_IMAGES = "lead"  # which pictures of an article are kept: none, lead or all
CONTACT = ""  # a mail address or web page at which the site's people can reach you
NOW = ""  # a clock for tests: ISO 8601, empty for the real time
MAX_REQUESTS = 0  # a run's budget: then it ends with status 0, and the next one goes on; 0: none
MAX_MINUTES = 0  # the same in minutes
ALARM_AFTER = 48 * 3600  # seconds for which a site that cannot be reached (69) alarms nobody
RETRY_AFTER_PATIENCE = 900  # seconds a run waits when the site asks for it; longer ends the run
RETRY_DELAYS = [10, 60, 300, 6 * 3600, 24 * 3600, 72 * 3600]  # seconds before each new try
LATER_DELAYS = [6 * 3600, 24 * 3600, 72 * 3600, 168 * 3600]  # the same for 403 and empty pages
ABSENCE_DELAYS = [6 * 3600, 24 * 3600, 48 * 3600]  # seconds after each 404; then it is gone
REVISIT_AGES = [
    6 * 3600,
    *(days * 86_400 for days in (1, 3, 7, 30, 90, 365)),
]  # upkeep/revisits.py
REVISITS = 50  # stored articles a run looks at again, at the most
DEEP_EVERY = 30  # days after which a run walks every listing to its end; 0: only with -a deep=1
OUTAGE_PATIENCE = 300  # seconds a run waits for a site that went down; longer ends the run
READ_PATIENCE = 60  # seconds of a processor for each step of reading a page; 0: no limit
RUN_PATIENCE = 330  # seconds a run waits for its last retries; later ones are the next run's

# --- One component, one job. Numbers: the engine is at 0, the downloader at 1000. ---
# Of Scrapy's own only what is named here is loaded. Its lists of what there is by default grow
# with its versions (2.19 came with a port for remote control), and to say "None" loads it too.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "borneone_crawler.extensions.run.RunKeeper": 0,
    "borneone_crawler.extensions.health.HealthKeeper": 5,
    "borneone_crawler.extensions.archive.ArchiveKeeper": 10,
    "borneone_crawler.extensions.safety_net.SafetyNet": 20,
    "borneone_crawler.extensions.progress.ShowProgress": 30,
    "scrapy.extensions.corestats.CoreStats": 40,
    "scrapy.extensions.logcount.LogCount": 40,
    "scrapy.extensions.logstats.LogStats": 40,
    "scrapy.extensions.memusage.MemoryUsage": 40,
    "scrapy.extensions.closespider.CloseSpider": 40,
}
# Ours stand in for httpcompression (whole), offsite (site), robotstxt, retry and redirect (the
# frontier with its outcomes) and httpcache (an archive keeps what the site says today).
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "borneone_crawler.middlewares.site.SiteOnly": 40,
    "borneone_crawler.middlewares.robots.ObeyRobots": 90,
    "borneone_crawler.middlewares.recall.RecallCaptures": 92,
    "borneone_crawler.middlewares.budget.KeepBudget": 93,
    "borneone_crawler.middlewares.pace.KeepPace": 95,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "borneone_crawler.middlewares.whole.WholeBodies": 590,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    "borneone_crawler.middlewares.capture.CaptureRaw": 860,
}
# What is asked for is the frontier's to say, and every answer is an outcome, 404 and 500 too.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,  # has the first go out in order
}
# reading.STEPS in order, so that a step can be taken out or put beside another; then store.
ITEM_PIPELINES = {
    "borneone_crawler.pipelines.LiftFields": 100,
    "borneone_crawler.pipelines.RemoveElements": 200,
    "borneone_crawler.pipelines.NarrowToContent": 300,
    "borneone_crawler.pipelines.LiftMedia": 400,
    "borneone_crawler.pipelines.RemoveLines": 500,
    "borneone_crawler.pipelines.ReadOutlinks": 600,
    "borneone_crawler.pipelines.WriteBody": 700,
    "borneone_crawler.pipelines.ReadSignature": 800,
    "borneone_crawler.pipelines.Check": 850,
    "borneone_crawler.pipelines.StoreArticle": 900,
}
# The frontier is the archive's: Scrapy's own memory of what it has seen would forget or repeat.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
WARN_ON_GENERATOR_RETURN_VALUE = False  # our callbacks' source is parsed anew for each response

# --- Polite: one request at a time, a pause after each ---
USER_AGENT = f"borneone_crawler/{__version__} (news archive)"  # and the contact, by the spider
ROBOTSTXT_OBEY = False  # obeyed by ObeyRobots, which unlike Scrapy's takes a 5xx for a no
CONCURRENT_REQUESTS = 1  # the per-domain limit does not hold when requests queue up at once
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # Scrapy starts as many tasks for each response
DOWNLOAD_DELAY = 1.0  # seconds
DOWNLOAD_DELAY_JITTER = 0  # a promised gap is never shortened (KeepPace sees to it)
COOKIES_ENABLED = False  # an archive sees what everybody sees
REFERER_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
    "Accept-Encoding": "gzip",  # what every WARC reader can undo
}

# --- Every byte that comes in is hostile ---
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # bytes, before and after decompression
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # WholeBodies fails them, once they are captured
DOWNLOAD_TIMEOUT = 60  # seconds, for the whole of a response
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
METAREFRESH_ENABLED = False
REDIRECT_ENABLED = False
RETRY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "INFO"

# The owner's file wins over all of the above, -s and -a win over the owner's file. A mistake in
# it is told by our commands (status 78); Scrapy's own go on without it.
LOCAL_ERROR = ""
try:
    globals().update(local_settings(Path(PROJECT_DIR, "archive", "local.toml")))
except Stop as stop:
    LOCAL_ERROR = str(stop)
