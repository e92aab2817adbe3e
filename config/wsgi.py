"""The WSGI application."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The settings of a process that serves pages: a pool of connections, and waits that end (config/database.py).
os.environ.setdefault("DOSAY_WEB", "1")

# What is loaded here stays, so nothing of it is worth looking for what can be thrown away.
gc.disable()
application = get_wsgi_application()
# The pages, and what answers are learnt from, are loaded here and not by whoever comes first: side by side,
# for what is learnt is reckoned without holding up the other thread. No thread is left when processes fork.
load_beforehand = import_string("enablement.chat.beforehand.load_beforehand")
with ThreadPoolExecutor(max_workers=1) as aside:
    learning = aside.submit(load_beforehand)
    _ = get_resolver().url_patterns
    learning.result()
# Nor does a full collection need to look at it again: it takes a tenth of a second and more, in the middle of
# somebody's page. Nor now: of 400,000 objects 8,000 were to be thrown away.
gc.freeze()
gc.enable()
