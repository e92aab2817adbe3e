"""Pages about who vouches for what, what readers say, and corrections."""

from __future__ import annotations

from django.urls import path

from enablement.views import corrections, flags, notices, trust, upkeep

urlpatterns = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.read_notices, name="notices-read"),
    path("notices/verify/", notices.verify_queue, name="verify-queue"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    path("trust/<slug:kind>/<slug:slug>/", trust.piece_trust, name="piece-trust"),
    path("trust/<slug:kind>/<slug:slug>/verify/", trust.verify_piece, name="piece-verify"),
    path("trust/<slug:kind>/<slug:slug>/owner/", trust.own_piece, name="piece-own"),
    path("flags/", flags.flag_list, name="flags"),
    path("flags/new/", flags.new_flag, name="flag-new"),
    path("flags/propose/", flags.propose, name="flag-propose"),
    path("flags/example/", flags.new_example, name="flag-example"),
    path("flags/<int:pk>/", flags.flag_detail, name="flag"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("health/", upkeep.health, name="health"),
    path("health/assign/", upkeep.assign_pieces, name="health-assign"),
]
