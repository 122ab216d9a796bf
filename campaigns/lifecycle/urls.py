from django.urls import path

from campaigns.lifecycle import desk, statements, views

app_name = "lifecycle"
check = "c/<str:campaign>/checks/<int:submission>/"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/<str:campaign>/", views.campaign, name="campaign"),
    path("c/<str:campaign>/advance/", views.advance, name="advance"),
    path("c/<str:campaign>/cancel/", views.cancel, name="cancel"),
    path(check, statements.statement, name="statement"),
    path(f"{check}statement.json", statements.statement_json, name="statement_json"),
    path(f"{check}statement.txt", statements.statement_text, name="statement_text"),
    path(f"{check}appeal/", statements.appeal, name="appeal"),
    path(f"{check}retry/", statements.retry, name="retry"),
    path("reviews/", desk.reviews, name="reviews"),
    path("reviews/<int:submission>/", desk.review, name="review"),
    path("rechecks/", desk.rechecks, name="rechecks"),
    path("rechecks/start/", desk.start_recheck, name="start_recheck"),
]
