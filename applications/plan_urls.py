"""Addresses of the plan's questionnaire and of the drafted papers."""

from django.urls import path

from applications.views import drafts, plan_parts

urlpatterns = [
    path("dossiers/<slug:ref>/plan/", plan_parts.overview, name="plan"),
    path("dossiers/<slug:ref>/plan/<slug:part>/", plan_parts.part, name="plan_part"),
    path("dossiers/<slug:ref>/drafts/", drafts.overview, name="drafts"),
    path("dossiers/<slug:ref>/drafts/forms/", plan_parts.newest_forms, name="newest_forms"),
    path("dossiers/<slug:ref>/drafts/<slug:slot>.pdf", drafts.pdf_file, name="draft_pdf"),
    path("dossiers/<slug:ref>/drafts/<slug:slot>.docx", drafts.docx_file, name="draft_docx"),
    path("dossiers/<slug:ref>/drafts/<slug:slot>/", drafts.one, name="draft"),
    path("dossiers/<slug:ref>/drafts/<slug:slot>/<int:page>.png", drafts.page_picture, name="draft_page"),
]
