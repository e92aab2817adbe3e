"""Addresses of the quizzes in the API, each with or without a slash at its end."""

from __future__ import annotations

from django.urls import re_path

from quizzes.api import answers, appeals, assignments, practice, reports, views

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SLUG = "[A-Za-z0-9_-]{1,80}"

urlpatterns = [
    re_path(r"^quizzes/?$", views.quizzes, name="api-quizzes"),
    re_path(rf"^quizzes/(?P<slug>{SLUG})/?$", views.quiz, name="api-quiz"),
    re_path(r"^attempts/?$", views.attempts, name="api-attempts"),
    re_path(rf"^attempts/(?P<pk>{UUID})/?$", views.attempt, name="api-attempt"),
    re_path(rf"^attempts/(?P<pk>{UUID})/submit/?$", views.submit, name="api-attempt-submit"),
    re_path(r"^answers/?$", views.answers, name="api-answers"),
    re_path(r"^answers/(?P<pk>[0-9]{1,18})/appeals/?$", appeals.answer_appeals, name="api-answer-appeals"),
    re_path(r"^appeals/?$", appeals.appeals, name="api-appeals"),
    re_path(r"^assignments/?$", assignments.assignments, name="api-assignments"),
    re_path(r"^practice/?$", practice.practice, name="api-practice"),
    re_path(r"^practice/sessions/?$", practice.practice_sessions, name="api-practice-sessions"),
    re_path(rf"^practice/sessions/(?P<pk>{UUID})/?$", practice.practice_session, name="api-practice-session"),
    re_path(
        rf"^practice/sessions/(?P<pk>{UUID})/answers/?$",
        practice.practice_answers,
        name="api-practice-answers",
    ),
    re_path(rf"^practice/sessions/(?P<pk>{UUID})/end/?$", practice.practice_end, name="api-practice-end"),
    re_path(r"^reports/answers/?$", answers.answer_results, name="api-answer-results"),
    re_path(r"^reports/teams/?$", reports.team_results, name="api-team-results"),
    re_path(rf"^reports/teams/(?P<slug>{SLUG})/?$", reports.one_teams_results, name="api-one-teams-results"),
]
