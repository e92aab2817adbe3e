"""Addresses of the quizzes in the API, each with or without a slash at its end."""

from __future__ import annotations

from django.urls import re_path

from quizzes.api import (
    answers,
    appeals,
    assignments,
    coach,
    coaching,
    content_report,
    desk,
    extra_time,
    giving,
    item_statistics,
    person_reports,
    plans,
    practice,
    question_aids,
    questions,
    quiz_setups,
    regrades,
    reports,
    views,
)

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
PK = "(?P<pk>[0-9]{1,18})"
USERNAME = r"(?P<username>[\w.@+-]{1,150})"
SLUG = "[A-Za-z0-9_-]{1,80}"

urlpatterns = [
    re_path(r"^quizzes/?$", views.quizzes, name="api-quizzes"),
    re_path(rf"^quizzes/(?P<slug>{SLUG})/?$", views.quiz, name="api-quiz"),
    re_path(
        rf"^quizzes/(?P<slug>{SLUG})/statistics/?$",
        item_statistics.quiz_statistics_of,
        name="api-quiz-statistics",
    ),
    re_path(r"^quiz-setups/?$", quiz_setups.quiz_setups, name="api-quiz-setups"),
    re_path(rf"^quiz-setups/(?P<slug>{SLUG})/?$", quiz_setups.quiz_setup, name="api-quiz-setup"),
    re_path(r"^sort-quizzes/?$", quiz_setups.sort_quizzes, name="api-sort-quizzes"),
    re_path(r"^questions/?$", questions.questions, name="api-questions"),
    re_path(rf"^questions/(?P<slug>{SLUG})/?$", questions.question, name="api-question"),
    re_path(
        rf"^questions/(?P<slug>{SLUG})/(?P<verb>{'|'.join(questions.VERBS)})/?$",
        questions.question_act,
        name="api-question-act",
    ),
    re_path(
        rf"^questions/(?P<slug>{SLUG})/versions/?$", questions.question_versions, name="api-question-versions"
    ),
    re_path(
        rf"^questions/(?P<slug>{SLUG})/versions/(?P<version>[0-9]{{1,9}})/restore/?$",
        questions.question_restore,
        name="api-question-restore",
    ),
    re_path(r"^question-previews/?$", question_aids.question_previews, name="api-question-previews"),
    re_path(r"^question-proposals/?$", question_aids.question_proposals, name="api-question-proposals"),
    re_path(r"^attempts/?$", views.attempts, name="api-attempts"),
    re_path(rf"^attempts/(?P<pk>{UUID})/?$", views.attempt, name="api-attempt"),
    re_path(rf"^attempts/(?P<pk>{UUID})/extend/?$", extra_time.attempt_extend, name="api-attempt-extend"),
    re_path(rf"^attempts/(?P<pk>{UUID})/submit/?$", views.submit, name="api-attempt-submit"),
    re_path(r"^answers/?$", views.answers, name="api-answers"),
    re_path(rf"^answers/{PK}/appeals/?$", appeals.answer_appeals, name="api-answer-appeals"),
    re_path(r"^appeals/?$", appeals.appeals, name="api-appeals"),
    re_path(r"^desk/?$", desk.desk, name="api-desk"),
    re_path(rf"^desk/{PK}/?$", desk.desk_answer, name="api-desk-answer"),
    re_path(rf"^desk/{PK}/undo/?$", desk.desk_undo, name="api-desk-undo"),
    re_path(r"^coaching-notes/?$", coaching.coaching_notes, name="api-coaching-notes"),
    re_path(
        rf"^coaching-notes/focuses/{USERNAME}/?$", coaching.coaching_focuses, name="api-coaching-focuses"
    ),
    re_path(rf"^coaching-notes/{PK}/?$", coaching.coaching_note, name="api-coaching-note"),
    re_path(
        rf"^coaching-notes/{PK}/replies/?$", coaching.coaching_note_replies, name="api-coaching-note-replies"
    ),
    re_path(rf"^coaching-notes/{PK}/end/?$", coaching.coaching_note_end, name="api-coaching-note-end"),
    re_path(r"^regrades/?$", regrades.regrades, name="api-regrades"),
    re_path(rf"^regrades/{PK}/?$", regrades.regrade, name="api-regrade"),
    re_path(rf"^regrades/{PK}/apply/?$", regrades.regrade_apply, name="api-regrade-apply"),
    re_path(rf"^regrades/{PK}/undo/?$", regrades.regrade_undo, name="api-regrade-undo"),
    re_path(rf"^regrades/{PK}/again/?$", regrades.regrade_again, name="api-regrade-again"),
    re_path(r"^assignments/?$", assignments.assignments, name="api-assignments"),
    re_path(rf"^assignments/{PK}/read/?$", assignments.assignment_read, name="api-assignment-read"),
    re_path(r"^assignments/given/?$", giving.given, name="api-given"),
    re_path(rf"^assignments/given/{PK}/?$", giving.given_one, name="api-given-one"),
    re_path(rf"^assignments/given/{PK}/move/?$", giving.given_move, name="api-given-move"),
    re_path(rf"^assignments/given/{PK}/withdraw/?$", giving.given_withdraw, name="api-given-withdraw"),
    re_path(rf"^assignments/given/{PK}/excuse/?$", giving.given_excuse, name="api-given-excuse"),
    re_path(rf"^assignments/given/{PK}/extend/?$", giving.given_extend, name="api-given-extend"),
    re_path(r"^scenarios/?$", coach.scenarios, name="api-scenarios"),
    re_path(r"^coach-runs/?$", coach.coach_runs, name="api-coach-runs"),
    re_path(rf"^coach-runs/(?P<pk>{UUID})/?$", coach.coach_run, name="api-coach-run"),
    re_path(rf"^coach-runs/(?P<pk>{UUID})/turns/?$", coach.coach_turns, name="api-coach-turns"),
    re_path(r"^practice/plan/?$", plans.practice_plan, name="api-practice-plan"),
    re_path(r"^practice/?$", practice.practice, name="api-practice"),
    re_path(r"^practice/sessions/?$", practice.practice_sessions, name="api-practice-sessions"),
    re_path(rf"^practice/sessions/(?P<pk>{UUID})/?$", practice.practice_session, name="api-practice-session"),
    re_path(
        rf"^practice/sessions/(?P<pk>{UUID})/answers/?$",
        practice.practice_answers,
        name="api-practice-answers",
    ),
    re_path(rf"^practice/sessions/(?P<pk>{UUID})/end/?$", practice.practice_end, name="api-practice-end"),
    re_path(rf"^extra-time/{USERNAME}/?$", extra_time.extra_time, name="api-extra-time"),
    re_path(r"^reports/answers/?$", answers.answer_results, name="api-answer-results"),
    re_path(
        rf"^reports/content/(?P<slug>{SLUG})/?$", content_report.content_results, name="api-content-report"
    ),
    re_path(rf"^reports/people/{USERNAME}/?$", person_reports.person_results, name="api-person-report"),
    re_path(r"^reports/readers/?$", person_reports.readers, name="api-readers"),
    re_path(r"^reports/teams/?$", reports.team_results, name="api-team-results"),
    re_path(rf"^reports/teams/(?P<slug>{SLUG})/?$", reports.one_teams_results, name="api-one-teams-results"),
]
