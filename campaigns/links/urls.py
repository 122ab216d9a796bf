from django.urls import path, re_path

from campaigns.links import clicks, views

app_name = "links"
urlpatterns = [
    re_path(r"^l/(?P<code>[2-9a-z]{12})$", views.follow, name="follow"),
    path("c/<str:campaign>/links/", views.links, name="all"),
    path("c/<str:campaign>/links/<str:publication>/", views.make, name="make"),
    path("c/<str:campaign>/clicks/", clicks.account, name="account"),
    path("c/<str:campaign>/clicks/judge/", clicks.judge, name="judge"),
    path("c/<str:campaign>/clicks/reply/", clicks.reply, name="reply"),
    path("c/<str:campaign>/clicks/<int:participant>/", clicks.creator, name="creator"),
    path("c/<str:campaign>/clicks/<int:participant>/word/", clicks.say_word, name="word"),
]
