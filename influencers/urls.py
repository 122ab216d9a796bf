from django.urls import path

from influencers import views

app_name = "influencers"
urlpatterns = [
    path("people/", views.roster, name="roster"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("me/", views.mine, name="mine"),
    path("me/channels/", views.add_channel, name="add_channel"),
    path("me/channels/<int:channel>/", views.figures, name="figures"),
    path("me/channels/<int:channel>/explain/", views.explain, name="explain"),
]
