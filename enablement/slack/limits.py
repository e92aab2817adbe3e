"""Slack's limits and ours, in one place. Source: Slack's documentation."""

from __future__ import annotations

from datetime import timedelta

# How far a request's time may be from ours, either way.
SIGNATURE_WINDOW_SECONDS = 300
# A command, action or submitted view must be acknowledged by then, or its sender reads of a failure.
ACKNOWLEDGE_SECONDS = 3
# A response address takes this many posts, for this long.
RESPONSE_USES = 5
RESPONSE_LIFETIME = timedelta(minutes=30)
RESPONSE_TIMEOUT_SECONDS = 5.0

MAX_BLOCKS = 50
MAX_SECTION = 3_000
MAX_PLAIN_TEXT = 3_000
# The text beside the blocks: what notifications and screen readers get. Slack cuts far later.
MAX_FALLBACK = 1_000

# Ours: what one message holds before it points to the page.
MAX_CITATIONS = 8
MAX_FINDINGS = 8
MAX_LINKS = 8
MAX_QUOTE = 240
MAX_LABEL = 150
MAX_ECHO = 150

LINK_CODE_LIFETIME = timedelta(minutes=10)
# For how long an account linked by a code is not asked after again: whether it became a guest's.
MEMBERSHIP_LASTS = timedelta(minutes=15)

# An event that is not acknowledged is sent so often again: at once, after a minute, after five.
EVENT_RETRIES = 3

# The web API: calls of a method a minute (tiers 3 and 4), and messages to one channel (about one a second, in
# short bursts). What is too much is told by 429 with Retry-After:
# https://docs.slack.dev/apis/web-api/rate-limits
CALLS_A_MINUTE = {"auth.test": 100, "views.open": 100, "views.publish": 100, "users.info": 100}
MESSAGES_AT_ONCE = 10
# How long we wait where Slack does not say, and at the most.
RETRY_AFTER_SECONDS = 30
RETRY_AFTER_MOST_SECONDS = 1_800
API_TIMEOUT_SECONDS = 5
# A trigger opens one dialogue within three seconds, in which the request is to be acknowledged as well.
TRIGGER_SECONDS = 3
TRIGGER_TIMEOUT_SECONDS = 2
# Whether somebody is a member is asked before a dialogue is opened: both have to fit.
MEMBER_TIMEOUT_SECONDS = 1
MAX_MODAL_TITLE = 24
# A dialogue: as many blocks as App Home, so many bytes, and so many characters to carry along.
MAX_VIEW_BLOCKS = 100
MAX_VIEW_BYTES = 250_000
MAX_CARRIED = 3_000
MAX_INPUT = 3_000
MAX_OPTIONS = 100
MAX_OPTION = 75
MAX_HEADER = 150
MAX_CHECKBOXES = 10
# Ours: as many pieces App Home holds before it points to the page.
MAX_HOME_PIECES = 5
MAX_BUTTON = 75
MAX_ACTION = 255
MAX_INPUT_LABEL = 2_000
# How long a thread goes on without the bot being named again.
THREAD_LIFETIME = timedelta(hours=24)
