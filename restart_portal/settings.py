"""Settings of the portal, all from the environment; see README, "Run a province".

`PORTAL_ENV=embedded` (the default) needs nothing: SQLite, a broker of files and a demo province under
`var/`. `PORTAL_ENV=production` refuses every default that is only fit for a demo.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env("PORTAL_VAR", default=str(BASE_DIR / "var")))

PORTAL_ENV = env("PORTAL_ENV", default="embedded")
PRODUCTION = PORTAL_ENV == "production"
if PORTAL_ENV not in {"embedded", "production"}:
    raise ImproperlyConfigured("PORTAL_ENV is embedded or production.")

DEFAULT_SECRET = "embedded-only-not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz"
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("PORTAL_DEMO", default=not PRODUCTION)
SECRET_KEY = env("SECRET_KEY", default=DEFAULT_SECRET)
# The key that seals the journal lives outside the database, so that who can write rows cannot forge seals.
JOURNAL_KEY = env("JOURNAL_KEY", default="journal:" + DEFAULT_SECRET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG cannot be on in production.")
    if DEMO:
        raise ImproperlyConfigured("Demo accounts (PORTAL_DEMO) cannot be on in production.")
    for name, value in {
        "SECRET_KEY": SECRET_KEY,
        "JOURNAL_KEY": JOURNAL_KEY,
    }.items():
        if DEFAULT_SECRET in value or len(value) < 50:
            raise ImproperlyConfigured(f"{name} must be set to a secret of 50 characters or more.")
    if "ALLOWED_HOSTS" not in env.ENVIRON:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the portal.")

PORTAL_PLAN = env("PORTAL_PLAN", default="tra_vinh_2021")
# Printed under the QR of every letter and slip; host + "/check/" + token stays within 62 bytes.
CHECK_HOST = env("CHECK_HOST", default="http://127.0.0.1:8000")
SUPPORT_PHONE = env("SUPPORT_PHONE", default="0294 3555 010")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "csp",
    "pages",
    "journal",
    "organisations",
    "notices",
    "documents",
    "workers",
    "applications",
    "inspections",
    "dashboards",
    "restart_portal",
]

MIDDLEWARE = [
    "restart_portal.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "restart_portal.middleware.HeadersMiddleware",
    "restart_portal.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "restart_portal.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "restart_portal.middleware.OpenRoutesMiddleware",
    "restart_portal.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "restart_portal.urls"
WSGI_APPLICATION = "restart_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboards.context.frame",
            ],
            "builtins": ["pages.templatetags.ui"],
        },
    }
]

# --- database: the embedded SQLite and the province's PostgreSQL, one code (docs/adr/0002) ---
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- files ---
MEDIA_ROOT = Path(env("PORTAL_FILES", default=str(VAR / "files")))
# clamd as host:port or a socket's path; empty leaves the checks to documents/checking alone.
CLAMD = env("CLAMD", default="")
MAX_FILE_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# A file above the limit is counted, not kept, so that the page can say its size; slips come by the hundred.
FILE_UPLOAD_HANDLERS = ["documents.uploads.CountingUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
LETTER_FONTS = VAR / "assets" / "letter-fonts"
if not LETTER_FONTS.is_dir():
    LETTER_FONTS = BASE_DIR / "var" / "assets" / "letter-fonts"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "var" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# --- language and time ---
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]
FORMAT_MODULE_PATH = ["restart_portal.formats"]
USE_THOUSAND_SEPARATOR = False

# --- people ---
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["organisations.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "organisations.passwords.UnlikeThePerson"},
    {"NAME": "organisations.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "organisations.passwords.NotCommon"},
    {"NAME": "organisations.passwords.NotDigitsAlone"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "organisations.views.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "organisations.forms.accounts.LoginForm",
    "signup": "organisations.forms.accounts.SignupForm",
    "change_password": "organisations.forms.accounts.ChangePasswordForm",
    "reset_password": "organisations.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "organisations.forms.accounts.ResetPasswordKeyForm",
    "add_email": "organisations.forms.accounts.ChangeEmailForm",
    "reauthenticate": "organisations.forms.accounts.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
# A letter, and a row of the journal, for every change to how somebody signs in.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Who asks is told by the proxies in front, each of which adds an address to X-Forwarded-For; without them the
# header is anybody's words. Limits by address would otherwise count the whole province as one.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PORTAL_PROXIES", default=1 if PRODUCTION else 0)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "claim": "20/h/user",  # trying tax codes
    "colleague": "20/h/user",  # each is a letter to a stranger in the portal's name
    "colleague_unconfirmed": "5/h/user",
    "invitation": "20/m/ip",  # trying tokens
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "organisations.views.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "organisations.forms.second_factor.AuthenticateForm",
    "reauthenticate": "organisations.forms.second_factor.ReauthenticateForm",
    "activate_totp": "organisations.forms.second_factor.ActivateTOTPForm",
}
MFA_TOTP_ISSUER = "Khôi phục sản xuất"
# Every official signs in with a second factor; the demo province leaves it to the visitor.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("CACHE_URL")}
    if env("CACHE_URL", default="")
    else {
        "BACKEND": "restart_portal.file_cache.ExpiredFirst",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000, "CULL_FREQUENCY": 20},
    }
}

# --- mail: a file a message under var/mail stands for the relay until EMAIL_URL names one ---
vars().update(env.email_url("EMAIL_URL", default="filemail:///"))
if not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
# Shorter than the lease of a delivery: a relay that hangs is tried again, not waited for.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Khôi phục sản xuất <no-reply@tra-vinh.example>")
# Channels beside the inbox and e-mail; each is an adapter of notices.channels, the console one for demo.
NOTICE_CHANNELS = env.list("NOTICE_CHANNELS", default=["email"])

# --- background work: the database is the queue of record, the broker a doorbell ---
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="filesystem://localhost/")
CELERY_BROKER_FOLDER = VAR / "broker"
# Who holds the journal's newest seal, daily by mail: a state auditor, say, outside the province's machines.
JOURNAL_HEAD_TO = env.list("JOURNAL_HEAD_TO", default=[])
JOURNAL_EVENTS = "restart_portal.events.EVENTS"

# --- trust ---
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "restart_portal.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # a case page shows papers and letters in a frame of its own
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which would have DENY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = env.bool("PORTAL_HTTPS", default=PRODUCTION)
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = env.bool("PORTAL_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

LOGGING_CONFIG = "restart_portal.logs.configure"
LOGGING = {"level": env("LOG_LEVEL", default="INFO")}
