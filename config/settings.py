"""One settings file, read from the environment. `docs/configuration.md` lists every variable."""

from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from config import environment as env
from config.up import where

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("PATTO_VAR", str(BASE_DIR / "var")))

DEBUG = False
DEMO = env.flag("PATTO_DEMO")
SECRET_KEY = env.secret("PATTO_SECRET_KEY", VAR / "secret.key")
BIND = env.text("PATTO_BIND", "127.0.0.1")
PORT = env.number("PATTO_PORT", 8400, least=1, most=65535)
SITE_URL = env.text("PATTO_SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.words("PATTO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
PROXIES = env.number("PATTO_PROXIES", 0, most=10)  # ours, each adding to X-Forwarded-For
ALLOW_COMMISSION = env.flag("PATTO_ALLOW_COMMISSION", default=True)
FETCH_ALLOW = env.host_ports("PATTO_FETCH_ALLOW")
BLUESKY_API = env.text("PATTO_BLUESKY_API", "https://public.api.bsky.app").rstrip("/")
YOUTUBE_API = env.text("PATTO_YOUTUBE_API", "https://www.googleapis.com/youtube/v3").rstrip("/")
YOUTUBE_KEY = env.text("PATTO_YOUTUBE_KEY").strip()
GEO_COUNTRY = env.file("PATTO_GEO_COUNTRY")  # of addresses that follow a link
GEO_ASN = env.file("PATTO_GEO_ASN")

INSTALLED_APPS = [
    "config",
    "config.kernel",
    "config.identity",
    "influencers",
    "disclosures",
    "campaigns.ledger",
    "campaigns.quality",
    "campaigns.briefs",
    "campaigns.codesign",
    "campaigns.agreements",
    "campaigns.payouts",
    "campaigns.links",
    "campaigns.reports",
    "campaigns.lifecycle",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.api_token",
    "config.middleware.reader_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.DomainErrors",
    "config.middleware.Permissions",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.theme.context.page",
            ],
            "builtins": ["config.templatetags.patto", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "config.theme.forms.Renderer"

# The application's role may not change what is append-only; only `migrate` runs as the owner.
DATABASE_ROLE = "patto_app"
DATABASE_URL = env.text("DATABASE_URL") or where.database_url(VAR)
DATABASES = {"default": env.database(DATABASE_URL)}
DATABASES["default"]["OPTIONS"] |= {"assume_role": DATABASE_ROLE}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that limits on signing in hold across all web processes.
CACHE_TABLE = "patto_cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": CACHE_TABLE,
    }
}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or "filesystem://"
BROKER_DIR = VAR / "broker"
QUEUE = env.text("PATTO_QUEUE", "celery")  # its own where installations share a broker
SWEEP_SECONDS = env.number("PATTO_SWEEP_SECONDS", 15, least=1, most=600)
CHECK_SECONDS = env.number("PATTO_CHECK_SECONDS", 60, least=1, most=3600)  # a text's longest check

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.identity.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ALLOW_REGISTRATION = False
ACCOUNT_FORMS = {
    "request_login_code": "config.identity.forms.RequestCodeForm",
    "confirm_login_code": "config.identity.forms.ConfirmCodeForm",
}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/d/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself proves the address
ACCOUNT_PREVENT_ENUMERATION = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

MAILS_DIR = VAR / "mails"  # of the demo, whose mails are kept and shown instead of sent
EMAIL_FILE_PATH = MAILS_DIR
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("PATTO_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("PATTO_SMTP_PORT", 25, most=65535)
EMAIL_HOST_USER = env.text("PATTO_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PATTO_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("PATTO_SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("PATTO_MAIL_FROM", "Patto <patto@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("it", _("Italian")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.text("PATTO_TIME_ZONE", "Europe/Rome")
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
WHITENOISE_USE_FINDERS = True  # served from the packages themselves: nothing to collect first
WHITENOISE_AUTOREFRESH = False

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "config.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.identity.tokens.TokenOrSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],  # the table decides
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.parsing.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "config.problems.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Patto",
    "DESCRIPTION": "Campaigns agreed in the open.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("PATTO_LOG_LEVEL", "INFO")},
    "loggers": {  # the sweeps' comings and goings, every few seconds
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # asks files for a host's name
    },
}
