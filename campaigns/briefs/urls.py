from django.urls import path

from campaigns.briefs import hinting, views

app_name = "briefs"
urlpatterns = [
    path("campaigns/new/", views.new, name="new"),
    path("c/<str:campaign>/brief/", views.edit, name="edit"),
    path("c/<str:campaign>/brief/<int:number>/", views.version, name="version"),
    path("c/<str:campaign>/brief/check/<int:number>/", views.check, name="check"),
    path("c/<str:campaign>/brief/check/<int:number>/appeal/", views.appeal, name="appeal"),
    path("c/<str:campaign>/hints/", hinting.hinted, name="hints"),
    path("c/<str:campaign>/draft-material/", views.material, name="material"),
    path(
        "c/<str:campaign>/draft-material/<int:material>/",
        views.material_check,
        name="material_check",
    ),
    path(
        "c/<str:campaign>/draft-material/<int:material>/appeal/",
        views.material_appeal,
        name="material_appeal",
    ),
]
