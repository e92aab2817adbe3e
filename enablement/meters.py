"""What is counted while it happens, for a monitoring system (`/metrics/`).

Several processes count together where PROMETHEUS_MULTIPROC_DIR names a folder, as it does under `make run`
and in the deployment files. No label is ever a person, an object, or a word that somebody wrote.
"""

from __future__ import annotations

from prometheus_client import Counter, Histogram

# Seconds. The goals of pages are 0.3 and 0.5, of a judge 0.1, of a model 60.
PAGE_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
JUDGE_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
WORK_BUCKETS = (0.05, 0.2, 1, 5, 20, 60, 120, 300)

REQUESTS = Histogram(
    "dosay_request_seconds",
    "Pages and calls of the API, by route; a stream until its first byte.",
    ["route", "method", "status"],
    buckets=PAGE_BUCKETS,
)
JUDGES = Histogram("dosay_judge_seconds", "One judgement, by judge.", ["judge"], buckets=JUDGE_BUCKETS)
WORK = Histogram(
    "dosay_work_seconds", "One try at a piece of follow-up work.", ["work", "outcome"], buckets=WORK_BUCKETS
)
MODEL_CALLS = Counter("dosay_model_calls", "Calls of the language model, by how they ended.", ["outcome"])
MODEL_TOKENS = Counter("dosay_model_tokens", "Tokens of the language model.", ["direction"])
MODEL_CENTS = Counter("dosay_model_cost_cents", "What the language model cost, by the prices that are set.")
