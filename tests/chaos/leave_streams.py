"""Leave answers in the middle of being written, many times, and see that the model is hung up on.

    python -m tests.chaos.leave_streams --times 200

One JSON object; exit 1 where a call to the model is still open two seconds after the last was left, or a page
does not come. The answer's text is a language model's that talks for a minute.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.db import connections

from enablement.models import Person, Role
from tests.chaos.outages import fill
from tests.chaos.people import cookie_of, status_of
from tests.chaos.stack import embedded, running_stack
from tests.load.model import SlowModel

TOKEN = "a" * 32
AT_ONCE = 20
TALKS, HUNG_UP_WITHIN = 60.0, 2.0
PEOPLE = 20


def main() -> None:
    """Leave as many streams as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    data, chance, model = Path(FOLDER.name) / "data", random.Random(0), SlowModel(TALKS)
    settings = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.url}
    limits = dict.fromkeys(("MODEL_TOKENS_PERSON", "MODEL_TOKENS_TEAM", "MODEL_TOKENS_DAY"), "0")
    with FOLDER, embedded(data):
        fill()
        people = [Person.objects.create_user(f"leaver-{number}", role=Role.REP) for number in range(PEOPLE)]
        cookies = [cookie_of(person) for person in people]
        connections.close_all()
        with running_stack(data, **settings, **limits) as stack, ThreadPoolExecutor(AT_ONCE) as pool:
            pauses = [chance.uniform(0.1, 1.5) for _ in range(options.times)]
            begun = [
                pool.submit(leave, stack.port, cookies[number % PEOPLE], pause)
                for number, pause in enumerate(pauses)
            ]
            statuses = [one.result() for one in begun]
            calls = model.calls
            time.sleep(HUNG_UP_WITHIN)
            still = model.talking
            page = status_of(stack.port, "/", cookies[0])
    opened = statuses.count(200)
    print(json.dumps({"left": opened, "calls": calls, "still_open_after_2_s": still, "page": page}, indent=2))
    sys.exit(bool(still) or page != 200 or opened != options.times or not calls)


def leave(port: int, cookie: str, pause: float) -> int:
    """Ask, read for `pause` seconds, and hang up. Return the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Cookie": f"{cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/ask/stream/", urlencode({"text": "What carries the door?"}), headers)
    reply = connection.getresponse()
    reply.read(1)
    time.sleep(pause)
    connection.close()
    return reply.status


if __name__ == "__main__":
    main()
