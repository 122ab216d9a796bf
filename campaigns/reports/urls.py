from django.urls import path

from campaigns.reports import views

app_name = "reports"
urlpatterns = [
    path("c/<str:campaign>/report/", views.edit, name="edit"),
    path("c/<str:campaign>/report/incidents/", views.raise_incident, name="raise_incident"),
    path(
        "c/<str:campaign>/report/incidents/<str:incident>/",
        views.answer_incident,
        name="answer_incident",
    ),
    path("c/<str:campaign>/report/lessons/", views.write_lessons, name="lessons"),
    path("c/<str:campaign>/report/reply/", views.reply, name="reply"),
    path("c/<str:campaign>/report/publish/", views.publish, name="publish"),
    path("c/<str:campaign>/report/links/", views.share, name="share"),
    path("c/<str:campaign>/report/links/<str:link>/revoke/", views.revoke, name="revoke"),
    path("r/<str:token>.json", views.shared_json, name="shared_json"),
    path("r/<str:token>/", views.shared, name="shared"),
]
