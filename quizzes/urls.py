"""Pages of the quizzes."""

from __future__ import annotations

from django.urls import path, re_path

from quizzes.views import (
    answers,
    assignments,
    attempts,
    bank,
    coach,
    coaching,
    content_report,
    desk,
    extra_time,
    making,
    practice,
    quizzes,
    regrades,
    results,
    reviews,
    setting_up,
    statistics,
    who_sees,
)

# The characters a user name may have; anything else, a NUL for one, is no address of ours.
USERNAME = r"(?P<username>[\w.@+-]{1,150})"

urlpatterns = [
    path("quizzes/", quizzes.quiz_list, name="quiz-list"),
    path("quizzes/make/", making.quiz_make, name="quiz-make"),
    path("questions/", bank.banks, name="question-banks"),
    path("questions/<slug:lesson>/", bank.bank, name="question-bank"),
    path("questions/<slug:lesson>/new/", bank.question_new, name="question-new"),
    path("questions/<slug:lesson>/propose/", bank.bank_propose, name="question-propose"),
    path("question/<slug:slug>/", bank.question_preview, name="question-preview"),
    path("question/<slug:slug>/edit/", bank.question_edit, name="question-edit"),
    path("question/<slug:slug>/versions/", bank.question_versions, name="question-versions"),
    path(
        "question/<slug:slug>/versions/<int:version>/restore/", bank.question_restore, name="question-restore"
    ),
    path("question/<slug:slug>/vouch/", bank.question_vouch, name="question-vouch"),
    path("questions/<slug:lesson>/quiz/", setting_up.quiz_new, name="quiz-new"),
    path("quizzes/<slug:slug>/change/", setting_up.quiz_change, name="quiz-change"),
    path("quizzes/<slug:slug>/", quizzes.quiz_detail, name="quiz-detail"),
    path("quizzes/<slug:slug>/start/", quizzes.quiz_start, name="quiz-start"),
    path("quizzes/<slug:slug>/statistics/", statistics.quiz_statistics_page, name="quiz-statistics"),
    path("attempts/<uuid:pk>/", attempts.attempt_detail, name="attempt-detail"),
    path("attempts/<uuid:pk>/save/", attempts.attempt_save, name="attempt-save"),
    path("attempts/<uuid:pk>/extend/", attempts.attempt_extend, name="attempt-extend"),
    path("attempts/<uuid:pk>/submit/", attempts.attempt_submit, name="attempt-submit"),
    path("attempts/<uuid:pk>/result/", attempts.attempt_result, name="attempt-result"),
    path("answers/<int:pk>/appeal/", reviews.appeal, name="answer-appeal"),
    path("coach/", coach.coach, name="coach"),
    path("coach/<slug:slug>/start/", coach.coach_start, name="coach-start"),
    path("coach/<uuid:pk>/", coach.coach_run, name="coach-run"),
    path("coach/<uuid:pk>/say/", coach.coach_say, name="coach-say"),
    path("practice/", practice.practice, name="practice"),
    path("practice/start/", practice.practice_start, name="practice-start"),
    path("practice/plan/", practice.practice_plan, name="practice-plan"),
    path("practice/<uuid:pk>/", practice.practice_session, name="practice-session"),
    path("practice/<uuid:pk>/end/", practice.practice_end, name="practice-end"),
    path("practice/<uuid:pk>/<int:position>/", practice.practice_feedback, name="practice-feedback"),
    path("practice/<uuid:pk>/<int:position>/answer/", practice.practice_answer, name="practice-answer"),
    path("results/", results.my_results, name="my-results"),
    path("reports/content/", content_report.content_results, name="content-report"),
    path("results/who-sees/", who_sees.who_sees, name="who-sees"),
    path("results/who-sees/share/", who_sees.share, name="who-sees-share"),
    path("answers/", answers.answer_list, name="answer-list"),
    path("answers/export/", answers.answer_export, name="answer-export"),
    path("desk/", desk.desk, name="answer-reviews"),
    path("desk/<int:pk>/", desk.desk_answer, name="answer-review"),
    path("desk/<int:pk>/undo/", desk.desk_undo, name="answer-undo"),
    path("assignments/", assignments.own_list, name="assignment-own-list"),
    path("assignments/<int:pk>/", assignments.own_detail, name="assignment-own"),
    path("assignments/<int:pk>/read/", assignments.own_read, name="assignment-own-read"),
    path("assigning/", assignments.assignment_list, name="assignment-list"),
    path("assigning/new/", assignments.assignment_new, name="assignment-new"),
    path("assigning/<int:pk>/", assignments.assignment_board, name="assignment-board"),
    path("assigning/<int:pk>/move/", assignments.assignment_move, name="assignment-move"),
    path("assigning/<int:pk>/withdraw/", assignments.assignment_withdraw, name="assignment-withdraw"),
    re_path(
        rf"^assigning/(?P<pk>[0-9]{{1,9}})/{USERNAME}/excuse/$", assignments.place_excuse, name="place-excuse"
    ),
    re_path(
        rf"^assigning/(?P<pk>[0-9]{{1,9}})/{USERNAME}/extend/$", assignments.place_extend, name="place-extend"
    ),
    path("team/regrades/", regrades.regrades, name="regrades"),
    path("team/regrades/<int:pk>/", regrades.regrade, name="regrade"),
    path("team/regrades/<int:pk>/act/", regrades.regrade_act, name="regrade-act"),
    path("coaching/", coaching.note_list, name="coaching"),
    path("coaching/<int:pk>/", coaching.note_detail, name="coaching-note"),
    path("coaching/<int:pk>/answer/", coaching.note_answer, name="coaching-answer"),
    path("coaching/<int:pk>/end/", coaching.note_end, name="coaching-end"),
    re_path(rf"^coaching/to/{USERNAME}/$", coaching.note_new, name="coaching-new"),
    path("team/", results.team_list, name="team-list"),
    re_path(rf"^team/{USERNAME}/$", results.team_member, name="team-member"),
    re_path(rf"^team/{USERNAME}/extra-time/$", extra_time.extra_time_save, name="extra-time-save"),
]
