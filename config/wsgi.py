"""The WSGI application."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The settings of a process that serves pages: a pool of connections, and waits that end (config/database.py).
os.environ.setdefault("DOSAY_WEB", "1")

application = get_wsgi_application()
# The pages, and what answers are learnt from, are loaded here and not by whoever comes first. What is loaded
# by now stays, so no full collection needs to look at it again: it takes a tenth of a second, in the middle
# of somebody's page.
_ = get_resolver().url_patterns
import_string("enablement.chat.beforehand.load_beforehand")()
gc.collect()
gc.freeze()
