"""Letters."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("letters/<uuid:pk>/letter.pdf", views.letter_pdf, name="letter_pdf"),
]
