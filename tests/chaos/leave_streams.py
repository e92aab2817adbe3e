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
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

from django.db import connections

from tests.chaos.people import status_of
from tests.chaos.stack import embedded, running_stack
from tests.load.model import SlowModel
from tests.load.people import fill

TOKEN = "a" * 32
AT_ONCE = 20
TALKS, HUNG_UP_WITHIN = 60.0, 2.0


def main() -> None:
    """Leave as many streams as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    data, chance, model = Path(FOLDER.name) / "data", random.Random(0), SlowModel(TALKS)
    settings = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.url}
    limits = dict.fromkeys(("MODEL_TOKENS_PERSON", "MODEL_TOKENS_TEAM", "MODEL_TOKENS_DAY"), "0")
    with FOLDER, embedded(data):
        crowd = Path(FOLDER.name) / "crowd.json"
        fill(crowd, history=False)
        needed = json.loads(crowd.read_text(encoding="utf-8"))
        cookies, questions = needed["reps"], needed["questions"]
        connections.close_all()
        with running_stack(data, **settings, **limits) as stack, ThreadPoolExecutor(AT_ONCE) as pool:
            pauses = [chance.uniform(0.1, 1.5) for _ in range(options.times)]
            begun = [
                pool.submit(
                    leave, stack.port, cookies[number % len(cookies)], chance.choice(questions), pause
                )
                for number, pause in enumerate(pauses)
            ]
            statuses = [one.result() for one in begun]
            calls = model.calls
            time.sleep(HUNG_UP_WITHIN)
            still = model.talking
            page = status_of(stack.port, "/", cookies[0])
    opened = statuses.count(200)
    statuses_seen = dict(Counter(statuses))
    print(
        json.dumps(
            {
                "left": opened,
                "statuses": statuses_seen,
                "calls": calls,
                "still_open_after_2_s": still,
                "page": page,
            },
            indent=2,
        )
    )
    sys.exit(bool(still) or page != 200 or opened != options.times or not calls)


def leave(port: int, cookie: str, question: str, pause: float) -> int:
    """Ask, read for `pause` seconds, and hang up. Return the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Cookie": f"{cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/ask/stream/", urlencode({"text": question}), headers)
    reply = connection.getresponse()
    reply.read(1)
    time.sleep(pause)
    connection.close()
    return reply.status


if __name__ == "__main__":
    main()
