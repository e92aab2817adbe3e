"""Addresses of the API, each with or without a slash at its end: a redirect would lose a posted body."""

from __future__ import annotations

from django.urls import re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from enablement.api import (
    audit,
    conflicts,
    content,
    conversations,
    corrections,
    distinctions,
    document_drafts,
    documents,
    drafts,
    fixed_answers,
    flags,
    gaps,
    group_rules,
    guide_csv,
    health,
    imports,
    invitations,
    lesson_contents,
    model_use,
    people,
    pins,
    privacy,
    scripts,
    settings,
    sources,
    status,
    synonyms,
    teams,
    trust,
    turns,
    views,
)

# As many digits as an id of the database's has at most.
PK = "(?P<pk>[0-9]{1,18})"
UUID = "(?P<pk>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
USERNAME = r"(?P<username>[\w.@+-]{1,150})"
SLUG = "(?P<slug>[A-Za-z0-9_-]{1,80})"
PIECE = "(?P<kind>[a-z_]{1,20})/(?P<slug>[A-Za-z0-9_-]{1,80})"

router = SimpleRouter()
router.trailing_slash = "/?"
router.register("lessons", content.LessonViewSet, basename="api-lesson")
router.register("cards", content.CardViewSet, basename="api-card")
router.register("guide-entries", content.GuideEntryViewSet, basename="api-guide-entry")
router.register("analogies", content.AnalogyViewSet, basename="api-analogy")
router.register("comparisons", content.ComparisonViewSet, basename="api-comparison")
router.register("terms", content.TermViewSet, basename="api-term")
router.register("distinctions", distinctions.DistinctionViewSet, basename="api-distinction")
router.register("ladders", distinctions.LadderViewSet, basename="api-ladder")
router.register("scripts", scripts.ScriptViewSet, basename="api-script")
router.register("disagreements", scripts.DisagreementViewSet, basename="api-disagreement")

urlpatterns = [
    re_path(r"^ask/?$", views.ask, name="api-ask"),
    re_path(r"^conversations/?$", conversations.conversations, name="api-conversations"),
    re_path(rf"^conversations/{UUID}/?$", conversations.conversation, name="api-conversation"),
    re_path(
        rf"^conversations/{UUID}/rename/?$",
        conversations.conversation_rename,
        name="api-conversation-rename",
    ),
    re_path(
        rf"^conversations/{UUID}/delete/?$",
        conversations.conversation_delete,
        name="api-conversation-delete",
    ),
    re_path(
        rf"^conversations/{UUID}/bring-back/?$",
        conversations.conversation_bring_back,
        name="api-conversation-bring-back",
    ),
    re_path(
        rf"^conversations/{UUID}/export/?$",
        conversations.conversation_export,
        name="api-conversation-export",
    ),
    re_path(rf"^turns/{UUID}/?$", turns.turn, name="api-turn"),
    re_path(rf"^turns/{UUID}/stop/?$", turns.turn_stop, name="api-turn-stop"),
    re_path(rf"^turns/{UUID}/feedback/?$", turns.turn_feedback, name="api-turn-feedback"),
    re_path(rf"^turns/{UUID}/ask-owner/?$", turns.turn_ask_owner, name="api-turn-ask-owner"),
    re_path(r"^search/?$", views.search, name="api-search"),
    re_path(r"^sortings/?$", views.sortings, name="api-sortings"),
    re_path(r"^wording-checks/?$", views.wording_checks, name="api-wording-checks"),
    re_path(r"^me/?$", views.me, name="api-me"),
    re_path(r"^teams/?$", teams.teams, name="api-teams"),
    re_path(rf"^teams/{SLUG}/?$", teams.team, name="api-team"),
    re_path(r"^people/?$", people.people, name="api-people"),
    re_path(rf"^people/{USERNAME}/?$", people.person, name="api-person"),
    re_path(
        rf"^people/{USERNAME}/(?P<verb>{'|'.join(people.VERBS)})/?$",
        people.person_act,
        name="api-person-act",
    ),
    re_path(
        rf"^people/{USERNAME}/invite-again/?$",
        invitations.person_invite_again,
        name="api-person-invite-again",
    ),
    re_path(rf"^people/{USERNAME}/data/?$", privacy.person_data, name="api-person-data"),
    re_path(rf"^people/{USERNAME}/erase/?$", privacy.person_erase, name="api-person-erase"),
    re_path(r"^invitations/?$", invitations.invitations, name="api-invitations"),
    re_path(r"^audit/?$", audit.audit_events, name="api-audit"),
    re_path(r"^audit/export/?$", audit.audit_export, name="api-audit-export"),
    re_path(r"^me/settings/?$", settings.settings, name="api-settings"),
    re_path(r"^me/data/?$", settings.own_data, name="api-own-data"),
    re_path(r"^corrections/?$", corrections.corrections, name="api-corrections"),
    re_path(rf"^corrections/{PK}/?$", corrections.correction, name="api-correction"),
    re_path(r"^flags/?$", flags.flags, name="api-flags"),
    re_path(r"^flags/proposals/?$", flags.flag_proposals, name="api-flag-proposals"),
    re_path(r"^flags/examples/?$", flags.flag_examples, name="api-flag-examples"),
    re_path(rf"^flags/{PK}/?$", flags.flag, name="api-flag"),
    re_path(rf"^flags/{PK}/answer/?$", flags.flag_answer, name="api-flag-answer"),
    re_path(r"^gaps/?$", gaps.gaps, name="api-gaps"),
    re_path(rf"^gaps/{PK}/?$", gaps.gap, name="api-gap"),
    re_path(rf"^gaps/{PK}/assign/?$", gaps.gap_assign, name="api-gap-assign"),
    re_path(rf"^gaps/{PK}/draft/?$", gaps.gap_draft, name="api-gap-draft"),
    re_path(rf"^gaps/{PK}/recheck/?$", gaps.gap_recheck, name="api-gap-recheck"),
    re_path(r"^fixed-answers/?$", fixed_answers.fixed_answers, name="api-fixed-answers"),
    re_path(rf"^fixed-answers/{PK}/?$", fixed_answers.fixed_answer, name="api-fixed-answer"),
    re_path(
        rf"^fixed-answers/{PK}/verify/?$", fixed_answers.fixed_answer_verify, name="api-fixed-answer-verify"
    ),
    re_path(
        rf"^fixed-answers/{PK}/delete/?$", fixed_answers.fixed_answer_delete, name="api-fixed-answer-delete"
    ),
    re_path(r"^pins/?$", pins.pins, name="api-pins"),
    re_path(r"^pins/remove/?$", pins.pins_remove, name="api-pins-remove"),
    re_path(r"^drafts/?$", drafts.drafts, name="api-drafts"),
    re_path(rf"^drafts/{PK}/?$", drafts.draft, name="api-draft"),
    re_path(rf"^drafts/{PK}/(?P<verb>{'|'.join(drafts.VERBS)})/?$", drafts.draft_act, name="api-draft-act"),
    re_path(r"^documents/?$", documents.documents, name="api-documents"),
    re_path(rf"^documents/{SLUG}/?$", documents.document, name="api-document"),
    re_path(rf"^documents/{SLUG}/lesson/?$", documents.document_lesson, name="api-document-lesson"),
    re_path(rf"^documents/{SLUG}/check/?$", documents.document_check, name="api-document-check"),
    re_path(rf"^documents/{SLUG}/alike/?$", documents.document_alike, name="api-document-alike"),
    re_path(rf"^documents/{SLUG}/decide/?$", document_drafts.document_decide, name="api-document-decide"),
    re_path(r"^document-drafts/?$", document_drafts.document_drafts, name="api-document-drafts"),
    re_path(rf"^document-drafts/{PK}/?$", document_drafts.document_draft, name="api-document-draft"),
    re_path(
        rf"^document-drafts/{PK}/merge/?$",
        document_drafts.document_draft_merge,
        name="api-document-draft-merge",
    ),
    re_path(
        rf"^document-drafts/{PK}/(?P<verb>{'|'.join(document_drafts.VERBS)})/?$",
        document_drafts.document_draft_act,
        name="api-document-draft-act",
    ),
    re_path(r"^imports/?$", imports.imports, name="api-imports"),
    re_path(rf"^imports/{UUID}/?$", imports.import_job, name="api-import"),
    re_path(rf"^imports/{UUID}/cancel/?$", imports.import_cancel, name="api-import-cancel"),
    re_path(r"^conflicts/?$", conflicts.conflicts, name="api-conflicts"),
    re_path(r"^synonyms/?$", synonyms.synonyms, name="api-synonyms"),
    re_path(rf"^synonyms/{PK}/?$", synonyms.synonym, name="api-synonym"),
    re_path(rf"^synonyms/{PK}/delete/?$", synonyms.synonym_delete, name="api-synonym-delete"),
    re_path(rf"^lessons/{SLUG}/contents/?$", lesson_contents.lesson_contents, name="api-lesson-contents"),
    re_path(rf"^lessons/{SLUG}/release/?$", lesson_contents.lesson_release, name="api-lesson-release"),
    re_path(rf"^lessons/{SLUG}/review/?$", lesson_contents.lesson_review, name="api-lesson-review"),
    re_path(rf"^lessons/{SLUG}/sources/?$", sources.lesson_sources, name="api-lesson-sources"),
    re_path(
        rf"^lessons/{SLUG}/sources/(?P<source>[A-Za-z0-9_-]{{1,80}})/?$",
        sources.lesson_source,
        name="api-lesson-source",
    ),
    re_path(rf"^pieces/{PIECE}/move/?$", lesson_contents.piece_move, name="api-piece-move"),
    re_path(rf"^pieces/{PIECE}/versions/?$", lesson_contents.piece_versions, name="api-piece-versions"),
    re_path(rf"^pieces/{PIECE}/retire/?$", drafts.piece_retire, name="api-piece-retire"),
    re_path(rf"^pieces/{PIECE}/trust/?$", trust.piece_trust, name="api-piece-trust"),
    re_path(rf"^pieces/{PIECE}/verify/?$", trust.piece_verify, name="api-piece-verify"),
    re_path(rf"^pieces/{PIECE}/owner/?$", trust.piece_own, name="api-piece-own"),
    re_path(r"^verify-queue/?$", trust.verify_queue, name="api-verify-queue"),
    re_path(r"^health/?$", health.health, name="api-health"),
    re_path(r"^health/pieces/?$", health.health_pieces, name="api-health-pieces"),
    re_path(r"^health/assign/?$", health.health_assign, name="api-health-assign"),
    re_path(r"^notices/?$", trust.notices, name="api-notices"),
    re_path(r"^notices/read/?$", trust.notices_read, name="api-notices-read"),
    re_path(rf"^notices/{PK}/read/?$", trust.notice_read, name="api-notice-read"),
    re_path(r"^guide-csv/?$", guide_csv.guide_csv, name="api-guide-csv"),
    re_path(r"^guide-csv/proposals/?$", guide_csv.guide_csv_proposals, name="api-guide-csv-proposals"),
    re_path(r"^group-rules/?$", group_rules.group_rules, name="api-group-rules"),
    re_path(rf"^group-rules/{PK}/delete/?$", group_rules.group_rule_delete, name="api-group-rule-delete"),
    re_path(r"^model-use/?$", model_use.model_use, name="api-model-use"),
    re_path(r"^status/?$", status.status, name="api-status"),
    re_path(r"^status/work/?$", status.status_work, name="api-status-work"),
    re_path(rf"^status/work/{PK}/try-again/?$", status.status_work_again, name="api-status-work-again"),
    re_path(r"^schema/?$", SpectacularAPIView.as_view(), name="api-schema"),
    *router.urls,
]
