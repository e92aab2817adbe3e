"""Settings of the site. Every value comes from the environment or from `.env` (see README, Settings)."""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.database import for_pages
from config.embedded import addresses
from config.logs import logging_settings
from config.reach import public_names
from enablement.judges.weights import PACKAGED

# Django's own generic classes (ModelAdmin[Card]) can be written at run time as they are in annotations.
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent
env.read_env_file(ROOT / ".env")

DATA_FOLDER = addresses.data_folder()
DEMO = env.flag("DOSAY_DEMO")
DEBUG = env.flag("DOSAY_DEBUG")
TESTING = env.flag("DOSAY_TESTING")

# A key made up for demo mode and tests is fine on one machine; anywhere else its absence stops the start.
SECRET_KEY = env.secret("SECRET_KEY")
if not SECRET_KEY and (DEMO or DEBUG or TESTING or addresses.is_embedded()):
    SECRET_KEY = addresses.secret_key(DATA_FOLDER)
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: set it to a long random text (50 characters or more).")

# Former keys: what was sealed or signed under them can still be read.
SECRET_KEY_FALLBACKS = env.keys("SECRET_KEY_FALLBACKS", 32)

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
BEHIND_TLS = env.flag("DOSAY_TLS")
if DEBUG and BEHIND_TLS:
    raise ImproperlyConfigured(
        "DOSAY_DEBUG shows the inside of the site to whoever meets a fault: leave it out beside DOSAY_TLS."
    )
SITE_URL = env.url("DOSAY_SITE_URL", ("http", "https"), default="http://127.0.0.1:8000")
if DEMO and (BEHIND_TLS or public_names(ALLOWED_HOSTS, SITE_URL)):
    raise ImproperlyConfigured(
        "DOSAY_DEMO lets anybody in as anybody, and this site is for others to reach "
        f"({', '.join(public_names(ALLOWED_HOSTS, SITE_URL)) or 'DOSAY_TLS'}): set DOSAY_DEMO=0."
    )
# Proxies between a visitor and this process. Each adds an entry to X-Forwarded-For; others are not believed.
TRUSTED_PROXIES = env.number("DOSAY_PROXIES", 1 if BEHIND_TLS else 0, 0, 5)

INSTALLED_APPS = [
    "enablement.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "enablement",
    "quizzes",
]

MIDDLEWARE = [
    "enablement.middleware.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "enablement.middleware.BrowserLimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "enablement.middleware.PrivatePagesMiddleware",
    "enablement.middleware.MeasuredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "enablement.middleware.InTurnMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "enablement.body_size.BodySizeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "enablement.sign_on.middleware.SessionLifeMiddleware",
    "enablement.sign_on.middleware.SecondStepMiddleware",
    "enablement.middleware.OwnFormsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "enablement.middleware.RateLimitMiddleware",
]

# Of one web process; the others wait in order (enablement/in_turn.py). Several: most wait for the database.
REQUESTS_AT_ONCE = env.number("DOSAY_WEB_AT_ONCE", 4, 1, 512)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "enablement.Person"
AUTHENTICATION_BACKENDS = ["enablement.backends.PersonBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enablement.context.site",
            ],
            "builtins": ["enablement.templatetags.dosay", "enablement.templatetags.trust"],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", default=addresses.database_url(DATA_FOLDER))}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
DATABASES["default"]["TEST"] = {"NAME": "dosay_test"}
if TESTING:
    # Tests with transactions of their own empty every table; nobody else may empty the audit.
    DATABASES["default"]["OPTIONS"]["options"] = "-c dosay.audit_may_be_emptied=on"
if env.flag("DOSAY_WEB"):
    DATABASES["default"] = for_pages(DATABASES["default"])

REDIS_URL = env.redis_url("REDIS_URL", default=addresses.redis_url(DATA_FOLDER))
# Celery's name for the address of a socket; Django's cache has redis-py's name for it.
_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_URL = env.redis_url("CELERY_BROKER_URL", _BROKER_URL, env.BROKER_SCHEMES)
CACHES = {
    "default": {
        "BACKEND": "config.cache.Cache",
        # Counted up when what is kept is written otherwise; 2: JSON.
        "VERSION": 2,
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db="),
    },
    # Of this process alone: what counts requests while Redis is away.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# In PostgreSQL alone: without Redis people stay signed in, and who was signed out stays out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

ENCODER_URL = env.url("ENCODER_URL", ("http", "https", "unix"), default=addresses.encoder_url(DATA_FOLDER))
EMBEDDING_MODEL = env.text("EMBEDDING_MODEL", "all-MiniLM-L6-v2")
# A server of one's own knows its models itself; ours has those that come as packages, or a folder.
if not env.text("ENCODER_URL") and EMBEDDING_MODEL not in PACKAGED and not (ROOT / EMBEDDING_MODEL).is_dir():
    raise ImproperlyConfigured(
        f"EMBEDDING_MODEL must be {' or '.join(PACKAGED)}, or the folder of a model, not “{EMBEDDING_MODEL}”."
    )

OPENAI_API_KEY = env.word("OPENAI_API_KEY")
OPENAI_BASE_URL = env.url("OPENAI_BASE_URL", ("http", "https"))
OPENAI_MODEL = env.word("OPENAI_MODEL", "gpt-4o-mini")
# Ask the model what it takes a statement for where the judge is not sure. What buyers said then leaves here.
SECOND_OPINION = env.flag("DOSAY_SECOND_OPINION")
# Let the model read answers in one's own words beside the judge. What reps wrote then leaves here.
GRADING_OPINION = env.flag("DOSAY_GRADING_OPINION")
# Days that a conversation is kept after its last question; 0 keeps it.
CONVERSATION_DAYS = env.number("CONVERSATION_DAYS", 0, 0, 36_500)
# Tokens a day: of one person, of one team together, of everybody together. 0 sets no limit.
MODEL_TOKENS_PERSON = env.number("MODEL_TOKENS_PERSON", 200_000, 0, 10**12)
MODEL_TOKENS_TEAM = env.number("MODEL_TOKENS_TEAM", 1_000_000, 0, 10**12)
MODEL_TOKENS_DAY = env.number("MODEL_TOKENS_DAY", 5_000_000, 0, 10**12)
# What a million tokens cost, in cents of whatever the bill is in; 0 records no cost.
MODEL_CENTS_READ = env.number("MODEL_CENTS_READ", 0, 0, 10**12)
MODEL_CENTS_WRITTEN = env.number("MODEL_CENTS_WRITTEN", 0, 0, 10**12)

SLACK_SIGNING_SECRET = env.word("SLACK_SIGNING_SECRET")
SLACK_BOT_TOKEN = env.word("SLACK_BOT_TOKEN")
# Off: only people who linked their account by a code. On: also those whose address the provider vouches for.
SLACK_MATCHES_EMAIL = env.flag("SLACK_MATCHES_EMAIL")
SLACK_API_BASE_URL = env.url("SLACK_API_BASE_URL", ("http", "https"), default="https://slack.com/api/")
# Whoever has the key to one of these reads the backups; without any, whoever reads the folder.
BACKUP_RECIPIENTS = env.recipients("DOSAY_BACKUP_RECIPIENTS")
# Whoever reads /metrics/ from elsewhere sends this as a bearer token; without one only this machine may.
METRICS_TOKEN = env.word("DOSAY_METRICS_TOKEN")
# Where several processes count together; the library reads the variable itself.
if FIGURES := env.folder("PROMETHEUS_MULTIPROC_DIR"):
    FIGURES.mkdir(parents=True, exist_ok=True)

MAIL = env.mail("EMAIL_URL")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if MAIL.host else "enablement.mail_log.LogBackend"
)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.use_tls, MAIL.use_ssl
EMAIL_TIMEOUT = 10
# .invalid where no address is given: without EMAIL_URL nothing leaves the machine.
DEFAULT_FROM_EMAIL = env.sender("DOSAY_MAIL_FROM", "Dosay <dosay@localhost.invalid>")
if MAIL.host and DEFAULT_FROM_EMAIL.endswith(".invalid>"):
    raise ImproperlyConfigured("DOSAY_MAIL_FROM is missing: set the address that mail is to come from.")

# Days that the audit is kept; 0 keeps it.
AUDIT_DAYS = env.number("DOSAY_AUDIT_DAYS", 1095, 0, 36_500)
# How far back people are told that a line they were given has been corrected.
RECALL_DAYS = env.number("DOSAY_RECALL_DAYS", 90, low=1, high=3650)

# English either way; the variant says how dates are written (config/formats, Person.date_form).
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
# Files are served from where they lie, unless `collectstatic` has made them ready in this folder.
STATIC_ROOT = env.folder("DOSAY_STATIC_ROOT")
WHITENOISE_USE_FINDERS = not STATIC_ROOT
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "enablement.static_files.CollectedFiles"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A pasted document of 5 MB fits; every other body but a file is far smaller (enablement/body_size.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

if TESTING:
    # Slow hashes are for passwords that somebody may steal.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Who signs in with a password and must have a second step: an app's code or a passkey.
SECOND_STEP = env.choice("DOSAY_SECOND_STEP", "NOBODY", ("NOBODY", "ADMINS", "MANAGERS", "EVERYBODY"))
# django-allauth does the steps of signing in; its hooks and pages are ours, and nobody signs up.
ACCOUNT_ADAPTER = "enablement.sign_on.hooks.AccountHooks"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_DISPLAY = "enablement.sign_on.hooks.name_of"
MFA_ADAPTER = "enablement.sign_on.hooks.SecondStepHooks"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Dosay"
MFA_FORMS = {
    "add_webauthn": "enablement.sign_on.passkey_forms.AddForm",
    "authenticate_webauthn": "enablement.sign_on.passkey_forms.SecondStepForm",
    "login_webauthn": "enablement.sign_on.passkey_forms.SignInForm",
    "reauthenticate_webauthn": "enablement.sign_on.passkey_forms.ConfirmForm",
}
# The provider of one's organisation (OpenID Connect). The first three come together.
OIDC_ISSUER = env.issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = env.word("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.word("OIDC_CLIENT_SECRET")
env.all_or_none("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
# What people call it: the button says “Sign in with …”.
OIDC_NAME = env.line("OIDC_NAME", "your organisation", 60)
OIDC_SCOPES = env.scopes("OIDC_SCOPES", "openid profile email")
OIDC_GROUPS_CLAIM = env.word("OIDC_GROUPS_CLAIM", "groups")
# Whether whoever the provider lets in becomes a person here. Off: people are invited.
OIDC_CREATES_PEOPLE = env.flag("OIDC_CREATES_PEOPLE")


# Where the administration is: one word of an address.
ADMIN_PATH = env.path_part("DOSAY_ADMIN_PATH", "admin")

# The prefix binds the cookie to this host, for browsers that know it; it needs https.
SESSION_COOKIE_NAME = "__Host-sessionid" if BEHIND_TLS else "sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Seconds without a request (T25); how long a session lives at the most is in sign_on/sessions.py.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
# Who looks whether we live, from inside, speaks no TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez/$", r"^readyz/$", r"^metrics/$"]
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "enablement.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "enablement.api.scopes.WithinScope",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["enablement.api.limits.RestThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["enablement.api.parsing.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "enablement.api.paging.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "enablement.api.errors.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Dosay",
    "DESCRIPTION": "What a sales team may say, and whether they can say it.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "AttemptStateEnum": "quizzes.models.AttemptState",
        "ContentStateEnum": "enablement.models.State",
        "FlagVerdictEnum": "enablement.api.flags.VERDICTS",
        "MoveWayEnum": "enablement.api.lesson_contents.WAYS",
        "PersonRoleEnum": "enablement.models.Role",
        "PieceKindEnum": "enablement.api.draft_shapes.KIND_CHOICES",
        "QuestionKindEnum": "quizzes.kinds.QuestionKind",
        "RegradeWayEnum": "quizzes.models.RegradeWay",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "enablement.api.document.add_problems",
    ],
}

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A broker may be away for a night: the worker waits for it.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The visibility timeout must exceed the hard time limit, or a running task is handed out again.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 360,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 10,
    # A page must not wait for a broker that is away: the outbox keeps the work.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
}
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "enablement.tasks.sweep_outbox", "schedule": 15.0},
    "send-mail": {"task": "enablement.tasks.send_mail", "schedule": 60.0},
    "close-overdue-attempts": {"task": "quizzes.tasks.close_overdue_attempts", "schedule": 15.0},
    "run-benches": {"task": "quizzes.tasks.run_benches", "schedule": 120.0},
    "forget-old-keys": {"task": "enablement.tasks.forget_old_keys", "schedule": 3600.0},
    "remind-of-assignments": {"task": "quizzes.tasks.remind_of_assignments", "schedule": 600.0},
    "recheck-notes": {"task": "quizzes.tasks.recheck_notes", "schedule": 600.0},
    "remind-owners": {"task": "enablement.tasks.remind_owners", "schedule": 3600.0},
    "forget-audit": {"task": "enablement.tasks.forget_audit", "schedule": 24 * 3600.0},
    "note-settings": {"task": "enablement.tasks.note_settings", "schedule": 600.0},
    "forget-conversations": {"task": "enablement.tasks.forget_conversations", "schedule": 24 * 3600.0},
    "practise-in-slack": {"task": "quizzes.tasks.practise_in_slack", "schedule": 300.0},
    "verify-store": {"task": "enablement.tasks.verify_store", "schedule": 24 * 3600.0},
    "forget-old-sessions": {"task": "enablement.tasks.forget_old_sessions", "schedule": 24 * 3600.0},
    "forget-card-openings": {"task": "enablement.tasks.forget_card_openings", "schedule": 24 * 3600.0},
    "forget-slack-requests": {"task": "enablement.tasks.forget_slack_requests", "schedule": 3600.0},
}

LOGGING = logging_settings(env.log_level(), env.log_format())
