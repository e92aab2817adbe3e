"""Every page of a running site, looked at: pictures, what axe says, how fast it is on a slow phone."""

import os

# Playwright's event loop runs in the thread in which its browser's end closes the database's connections.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
