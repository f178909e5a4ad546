"""Letters, and the register of enterprises as a list."""

from django.urls import path

from documents import views
from documents.register import views as register

app_name = "documents"
urlpatterns = [
    path("sites/import/", register.send, name="register_send"),
    path("sites/import/form.xlsx", register.register_file, name="register_form"),
    path("sites/import/<uuid:pk>/", register.register_import, name="register_import"),
    path("sites/import/<uuid:pk>/result.xlsx", register.register_result, name="register_result"),
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("letters/<uuid:pk>/letter.pdf", views.letter_pdf, name="letter_pdf"),
]
