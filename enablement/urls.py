"""Pages of the knowledge base."""

from __future__ import annotations

from django.urls import include, path

from enablement.views import (
    account,
    ask,
    content,
    document_urls,
    editing_urls,
    exchange_urls,
    health,
    home,
    judge,
    people,
    search,
    trust_urls,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", people.SignIn.as_view(), name="sign-in"),
    path("sign-in/demo/", people.sign_in_demo, name="sign-in-demo"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/mail/", account.choose_mail, name="mail-choose"),
    path("account/tokens/", account.make_token, name="token-make"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="token-revoke"),
    path("account/slack-code/", account.make_slack_code, name="slack-code-make"),
    path("account/slack-unlink/", account.unlink_slack, name="slack-unlink"),
    path("ask/", ask.ask_page, name="ask"),
    path("ask/stream/", ask.stream_answer, name="ask-stream"),
    path("ask/<uuid:pk>/", ask.conversation, name="conversation"),
    path("ask/turns/<uuid:pk>/", ask.turn, name="turn"),
    path("ask/turns/<uuid:pk>/stop/", ask.stop, name="turn-stop"),
    path("sort/", judge.sort, name="sort"),
    path("check/", judge.check, name="check"),
    path("search/", search.search_page, name="search"),
    path("lessons/", content.lesson_list, name="lesson-list"),
    path("", include(editing_urls)),
    path("", include(exchange_urls)),
    path("lessons/<slug:slug>/", content.lesson_detail, name="lesson-detail"),
    path("cards/", content.card_list, name="card-list"),
    path("cards/<slug:slug>/", content.card_detail, name="card-detail"),
    path("comparisons/<slug:slug>/", content.comparison_detail, name="comparison-detail"),
    path("guide/", content.guide, name="guide"),
    path("guide/<slug:slug>/", content.guide_entry_detail, name="guide-entry-detail"),
    path("analogies/<slug:slug>/", content.analogy_detail, name="analogy-detail"),
    path("distinctions/<slug:slug>/", content.distinction_detail, name="distinction-detail"),
    path("ladders/<slug:slug>/", content.ladder_detail, name="ladder-detail"),
    path("glossary/", content.glossary, name="glossary"),
    path("passages/<int:pk>/", content.passage_detail, name="passage-detail"),
    path("", include(document_urls)),
    path("", include(trust_urls)),
    path("livez/", health.livez, name="livez"),
    path("readyz/", health.readyz, name="readyz"),
]
