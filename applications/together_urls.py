"""Addresses of work that several share: hands, presence, ticks, notes, messages, opinions."""

from django.urls import path

from applications.views import holding, opinions, retracted, talk, ticks

urlpatterns = [
    path("dossiers/hand-over/", holding.hand_over_all, name="hand_over_all"),
    path("dossiers/<slug:ref>/holding/", holding.page, name="holding"),
    path("dossiers/<slug:ref>/release/", holding.release, name="release"),
    path("dossiers/<slug:ref>/take-over/", holding.take_over, name="take_over"),
    path("dossiers/<slug:ref>/hand-over/", holding.hand_over, name="hand_over"),
    path("dossiers/<slug:ref>/here/", holding.here, name="here"),
    path("dossiers/<slug:ref>/ticks/", ticks.save, name="ticks"),
    path("dossiers/<slug:ref>/notes/", talk.notes, name="notes"),
    path("dossiers/<slug:ref>/messages/", talk.messages, name="messages"),
    path("dossiers/<slug:ref>/messages/read/", talk.read, name="read_messages"),
    path("dossiers/<slug:ref>/notes/read/", talk.read_notes, name="read_notes"),
    path("dossiers/<slug:ref>/messages/<int:entry>/<int:position>/", talk.file, name="message_file"),
    path(
        "dossiers/<slug:ref>/messages/<int:entry>/<int:position>/retract/",
        retracted.message_file,
        name="retract_message_file",
    ),
    path("dossiers/<slug:ref>/opinions/", opinions.page, name="opinions"),
    path("dossiers/<slug:ref>/opinions/<int:pk>/answer/", opinions.answer, name="answer_opinion"),
]
