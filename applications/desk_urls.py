"""Addresses of the desk's own tools; joined to the room's in applications/urls.py, before `dossiers/<ref>/`."""

from django.urls import path

from applications.views import aside, bulk, counter, desk_views, library, moving_visits, slips

urlpatterns = [
    path("dossiers/export.csv", desk_views.export, {"kind": "csv"}, name="export_csv"),
    path("dossiers/export.xlsx", desk_views.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("dossiers/views/", desk_views.views, name="views"),
    path("dossiers/views/new/", desk_views.new_view, name="new_view"),
    path("dossiers/views/<int:pk>/delete/", desk_views.delete_view, name="delete_view"),
    path("dossiers/bulk/claim/", bulk.many, {"name": "claim"}, name="bulk_claim"),
    path("dossiers/bulk/propose/", bulk.many, {"name": "propose"}, name="bulk_propose"),
    path("dossiers/bulk/forward/", bulk.many, {"name": "forward"}, name="bulk_forward"),
    path("dossiers/bulk/results/<uuid:pk>/", bulk.result, name="bulk_result"),
    path("dossiers/bulk/results/<uuid:pk>/undo/", bulk.undo, name="bulk_undo"),
    path("dossiers/library/", library.texts, name="library"),
    path("dossiers/library/new/", library.new_text, name="new_library_text"),
    path("dossiers/library/<int:pk>/", library.text, name="library_text"),
    path("dossiers/book/", slips.book, name="book"),
    path("dossiers/book.pdf", slips.book_file, {"kind": "pdf"}, name="book_pdf"),
    path("dossiers/book.xlsx", slips.book_file, {"kind": "xlsx"}, name="book_xlsx"),
    path("dossiers/counter/", counter.file, name="counter"),
    path("sites/permits/", counter.paper_permit_list, name="paper_permits"),
    path("sites/permits/new/", counter.paper_permit, name="paper_permit"),
    path("sites/permits/<int:pk>/", counter.paper_permit_one, name="paper_permit_one"),
    path("sites/permits/<int:pk>/scan", counter.paper_permit_scan, name="paper_permit_scan"),
    path("dossiers/<slug:ref>/apology/", slips.apology, name="apology"),
    path("dossiers/<slug:ref>/control/", slips.control, name="control"),
    path("dossiers/<slug:ref>/move/", aside.move, name="move"),
    path("dossiers/<slug:ref>/move-visit/", moving_visits.page, name="move_visit"),
    path("dossiers/<slug:ref>/correct/", aside.correct, name="correct"),
    path("dossiers/<slug:ref>/corrections/", aside.corrections, name="corrections"),
    path("dossiers/<slug:ref>/corrections/<int:pk>/object/", aside.object_to, name="object"),
]
