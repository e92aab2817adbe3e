"""Pages of the editors: documents in, their drafts, and where sources disagree."""

from __future__ import annotations

from django.urls import path

from enablement.views import conflicts, document_review, documents, draft_merging

urlpatterns = [
    path("documents/", documents.document_list, name="document-list"),
    path("documents/add/", documents.document_add, name="document-add"),
    path("documents/imports/", documents.import_list, name="import-list"),
    path("documents/imports/<uuid:pk>/", documents.import_job, name="import-job"),
    path("documents/imports/<uuid:pk>/cancel/", documents.import_cancel, name="import-cancel"),
    path("documents/drafts/<int:pk>/", document_review.draft_decide, name="draft-decide"),
    path("documents/drafts/<int:pk>/edit/", document_review.draft_edit, name="draft-edit"),
    path("documents/drafts/<int:pk>/merge/", draft_merging.draft_merge, name="draft-merge"),
    path("documents/<slug:slug>/", document_review.document_detail, name="document-detail"),
    path("documents/<slug:slug>/decide/", document_review.drafts_decide, name="drafts-decide"),
    path("documents/<slug:slug>/lesson/", document_review.document_lesson, name="document-lesson"),
    path("documents/<slug:slug>/check/", documents.document_check, name="document-check"),
    path("documents/<slug:slug>/alike/", documents.document_alike, name="document-alike"),
    path("documents/<slug:slug>/conflicts/", conflicts.document_conflicts, name="document-conflicts"),
    path("conflicts/", conflicts.conflict_list, name="conflict-list"),
    path("conflicts/record/", conflicts.conflict_record, name="conflict-record"),
]
