from django.urls import path

from campaigns.agreements import drafts, evidence, publications, views

app_name = "agreements"
urlpatterns = [
    path("posts/", publications.board, name="board"),
    path("c/<str:campaign>/terms/", views.agreements, name="list"),
    path("c/<str:campaign>/terms/with/<int:participant>/", views.first_offer, name="offer"),
    path("c/<str:campaign>/terms/<str:agreement>/", views.detail, name="detail"),
    path("c/<str:campaign>/terms/<str:agreement>/accept/", views.accept, name="accept"),
    path("c/<str:campaign>/posts/", publications.publications, name="publications"),
    path("c/<str:campaign>/posts/<int:deliverable>/", evidence.publication, name="publication"),
    path("c/<str:campaign>/posts/<int:deliverable>/compare/", evidence.compare, name="compare"),
    path("c/<str:campaign>/posts/<int:deliverable>/attest/", evidence.attest, name="attest"),
    path(
        "c/<str:campaign>/posts/<int:deliverable>/picture/<int:attestation>/",
        evidence.picture,
        name="picture",
    ),
    path(
        "c/<str:campaign>/posts/<int:deliverable>/archive/<int:snapshot>/",
        evidence.archive,
        name="archive",
    ),
    path("c/<str:campaign>/posts/draft/", drafts.draft, name="draft"),
    path(
        "c/<str:campaign>/posts/<int:deliverable>/register/",
        publications.register,
        name="register",
    ),
    path(
        "c/<str:campaign>/posts/<int:deliverable>/feed/",
        publications.watch_feed,
        name="watch_feed",
    ),
    path(
        "c/<str:campaign>/posts/<int:deliverable>/look/", publications.look_again, name="look_again"
    ),
]
