"""Pages of the quizzes."""

from __future__ import annotations

from django.urls import path, re_path

from quizzes.views import attempts, making, quizzes, results

urlpatterns = [
    path("quizzes/", quizzes.quiz_list, name="quiz-list"),
    path("quizzes/make/", making.quiz_make, name="quiz-make"),
    path("quizzes/<slug:slug>/", quizzes.quiz_detail, name="quiz-detail"),
    path("quizzes/<slug:slug>/start/", quizzes.quiz_start, name="quiz-start"),
    path("attempts/<uuid:pk>/", attempts.attempt_detail, name="attempt-detail"),
    path("attempts/<uuid:pk>/save/", attempts.attempt_save, name="attempt-save"),
    path("attempts/<uuid:pk>/submit/", attempts.attempt_submit, name="attempt-submit"),
    path("attempts/<uuid:pk>/result/", attempts.attempt_result, name="attempt-result"),
    path("results/", results.my_results, name="my-results"),
    path("team/", results.team_list, name="team-list"),
    # The characters a user name may have; anything else, a NUL for one, is no address of ours.
    re_path(r"^team/(?P<username>[\w.@+-]{1,150})/$", results.team_member, name="team-member"),
]
