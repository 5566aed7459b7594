"""Django settings of the shop: django-oscar's own defaults wherever it has any.

SHOP_FOLDER names the folder for pictures and the search index, SHOP_DATABASE the PostgreSQL
database (a libpq URL or connection string).
"""

import os
from pathlib import Path

import oscar
from oscar.defaults import *  # noqa: F403 (the way django-oscar hands its defaults over)
from psycopg.conninfo import conninfo_to_dict

FOLDER = Path(os.environ["SHOP_FOLDER"])
_POSTGRESQL = conninfo_to_dict(os.environ["SHOP_DATABASE"])

DEBUG = False
SECRET_KEY = "opens nothing but a test shop"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "tests.shops.oscar.urls"
WSGI_APPLICATION = "tests.shops.oscar.wsgi.application"
SITE_ID = 1
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

INSTALLED_APPS = [*oscar.INSTALLED_APPS, "sorl.thumbnail"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = ["oscar.apps.customer.auth_backends.EmailBackend"]

# On SQLite two crawl workers got 500s: each visit writes to oscar's analytics tables.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _POSTGRESQL["dbname"],
        "HOST": _POSTGRESQL["host"],
        "PORT": _POSTGRESQL.get("port", ""),
        "USER": _POSTGRESQL.get("user", ""),
        "PASSWORD": _POSTGRESQL.get("password", ""),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        # Nothing here need outlive a power cut.
        "OPTIONS": {"options": "-c synchronous_commit=off"},
    }
}


class _NoMigrations:
    """Makes every table straight from its model: the history of the tables is of no use here."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = _NoMigrations()

# The simple backend of haystack lists nothing; Whoosh lists and has facets.
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(FOLDER / "index"),
    }
}
# The index is made once, when the catalogue is whole.
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = str(FOLDER / "media")

OSCAR_SHOP_NAME = "Harbour Lane"
OSCAR_SHOP_TAGLINE = "Everything for the house"
