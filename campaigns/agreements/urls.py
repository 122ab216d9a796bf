from django.urls import path

from campaigns.agreements import publications, views

app_name = "agreements"
urlpatterns = [
    path("c/<str:campaign>/terms/", views.agreements, name="list"),
    path("c/<str:campaign>/terms/with/<int:participant>/", views.first_offer, name="offer"),
    path("c/<str:campaign>/terms/<str:agreement>/", views.detail, name="detail"),
    path("c/<str:campaign>/terms/<str:agreement>/accept/", views.accept, name="accept"),
    path("c/<str:campaign>/posts/", publications.publications, name="publications"),
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
