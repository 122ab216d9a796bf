from django.urls import path

from config.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.choose, name="links"),
    path("demo/mails/", views.sent_mails, name="mails"),
    path("demo/enter/<str:token>/", views.enter, name="enter"),
]
