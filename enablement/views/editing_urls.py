"""Pages of the editors: making lessons, writing pieces, versions and reviews."""

from __future__ import annotations

from django.urls import path

from enablement.views import editing, making, reviews, versions

urlpatterns = [
    path("reviews/", reviews.review_list, name="review-list"),
    path("lessons/new/", editing.lesson_new, name="lesson-new"),
    path("lessons/<slug:slug>/contents/", making.lesson_contents, name="lesson-contents"),
    path("lessons/<slug:slug>/release/", making.lesson_release, name="lesson-release"),
    path("lessons/<slug:slug>/review/", making.lesson_review, name="lesson-review"),
    path("lessons/<slug:slug>/add/<slug:kind>/", editing.piece_new, name="piece-new"),
    path("lessons/<slug:slug>/sources/add/", making.source_edit, name="source-add"),
    path("lessons/<slug:slug>/sources/<slug:source>/", making.source_edit, name="source-edit"),
    path("pieces/<slug:kind>/<slug:slug>/", versions.piece_history, name="piece-history"),
    path("pieces/<slug:kind>/<slug:slug>/edit/", editing.piece_edit, name="piece-edit"),
    path("pieces/<slug:kind>/<slug:slug>/retire/", versions.piece_retire, name="piece-retire"),
    path("pieces/<slug:kind>/<slug:slug>/move/", making.piece_move, name="piece-move"),
    path("revisions/<int:pk>/", editing.revision, name="revision"),
    path("revisions/<int:pk>/merge/", editing.revision_merge, name="revision-merge"),
    path("revisions/<int:pk>/<slug:verb>/", versions.revision_verb, name="revision-verb"),
]
