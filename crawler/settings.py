"""Scrapy's settings that hold for every crawl; `crawler.job_settings` adds a job's own."""

BOT_NAME = "suyuan"
SPIDER_MODULES = ["crawler.spiders"]
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"

# No doors into the running process.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Politeness. robots.txt is obeyed by crawler.robots, in the place of Scrapy's ROBOTSTXT_OBEY.
CONCURRENT_REQUESTS = 8
# Requests that one page leads to, taken up at once: Scrapy makes so many tasks for every page.
CONCURRENT_ITEMS = 1
SCHEDULER_MEMORY_QUEUE = "crawler.queues.PackedQueue"
CONCURRENT_REQUESTS_PER_DOMAIN = 4
# The pace is a least pace: Scrapy's jitter would halve it now and then.
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
}

# Bounds on what a shop may send.
DOWNLOAD_MAXSIZE = 10_000_000
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 8
# A listing that reloads itself every minute is a listing; only a quick refresh is a redirect.
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 3
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
DEPTH_LIMIT = 0
HTTPERROR_ALLOW_ALL = True
# A proxy would look names up itself, behind the back of the gate.
HTTPPROXY_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.gate.Gate": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.pace.PatientRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.redirects.QuickRefresh": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.redirects.Redirects": 600,
    # Before the pace: what is taken over costs the shop nothing.
    "crawler.takeover.Takeover": 540,
    "crawler.browser_first.BrowserFirst": 545,
    # Behind redirects: validators go to the very address that gave them.
    "crawler.conditions.Conditions": 605,
    # Behind redirects and repetitions, before the network: it sees each answer once, unpacked.
    "crawler.collection.CollectionLog": 610,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 640,
}

SPIDER_MIDDLEWARES = {"crawler.lineage.Lineage": 900}

DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.signing.SigningHandler",
    "https": "crawler.signing.SigningHandler",
}
PLAYWRIGHT_BROWSER_PROVIDER = "crawler.rendering.LazyChromium"
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 2
PLAYWRIGHT_MAX_CONTEXTS = 1
