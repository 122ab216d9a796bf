from django.urls import path

from disclosures import views

app_name = "disclosures"
urlpatterns = [path("rules/", views.rules, name="rules")]
