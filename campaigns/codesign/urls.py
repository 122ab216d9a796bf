from django.urls import path

from campaigns.codesign.views import checks, mechanic, people

app_name = "codesign"
urlpatterns = [
    path("c/<str:campaign>/people/", people.people, name="people"),
    path("c/<str:campaign>/people/invite/", people.invite, name="invite"),
    path("c/<str:campaign>/people/leave/", people.leave, name="leave"),
    path("c/<str:campaign>/invitation/", people.invitation, name="invitation"),
    path("c/<str:campaign>/invitation/answer/", people.answer, name="answer"),
    path("c/<str:campaign>/mechanic/", mechanic.mechanic, name="mechanic"),
    path("c/<str:campaign>/mechanic/<int:number>/", mechanic.version, name="version"),
    path("c/<str:campaign>/mechanic/propose/", mechanic.propose, name="propose"),
    path("c/<str:campaign>/mechanic/position/", mechanic.position, name="position"),
    path("c/<str:campaign>/mechanic/clear/", mechanic.clear, name="clear"),
    path("c/<str:campaign>/mechanic/comment/", mechanic.comment, name="comment"),
    path("c/<str:campaign>/mechanic/extend/", mechanic.extend, name="extend"),
    path("c/<str:campaign>/mechanic/check/<int:number>/", checks.check, name="check"),
    path("c/<str:campaign>/mechanic/check/<int:number>/appeal/", checks.appeal, name="appeal"),
]
