"""The pages that test_axe.py does not open, by the name of their address, and why each may be left out.

`python -m tests.gallery.accessibility` looks at every page that a demonstration has, these among them.
"""

from __future__ import annotations

REASONS = {
    "test_the_pages_for_coming_in_keep_to_axes_rules opens it": "security people invitation sign-in",
    "tests/quizzes/test_managing_in_the_browser.py looks at it with the same rules": (
        "answer-review answer-reviews assignment-board assignment-list assignment-new assignment-own"
        " assignment-own-list coaching coaching-new coaching-note who-sees"
    ),
    "made of parts of pages that are looked at; tests.gallery.accessibility opens it": (
        "analogy-detail comparison-detail distinction-detail conversation ask correction"
        " fixed-answer fixed-answer-edit fixed-answer-new fixed-answers flag-example flag-new gap gaps"
        " person-erase source-edit synonym-list keys first-steps slack-setup status audit"
        " privacy styleguide"
    ),
    "needs answers of many people; tests.gallery.accessibility opens it": (
        "answer-list attempt-detail attempt-result content-report my-results practice practice-feedback"
        " practice-session quiz-detail quiz-list quiz-new regrade regrades team-list"
        " team-member coach coach-run"
    ),
    "goes on to another page, or is shown for a moment between two": (
        "attempt-submit draft-merge import-job piece-edit piece-own revision-merge"
    ),
    "a fragment of a page that is looked at": "import-list",
}
NOT_LOOKED_AT = {name: reason for reason, names in REASONS.items() for name in names.split()}
