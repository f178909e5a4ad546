"""Signed on paper: the pack to print, the scan that comes back, the bound volume."""

from django.urls import path

from applications.views import packs, scans, volumes

urlpatterns = [
    path("dossiers/<slug:ref>/pack/", packs.page, name="pack"),
    path("dossiers/<slug:ref>/pack/<slug:kind>-<int:version>.pdf", packs.pdf, name="pack_pdf"),
    path("dossiers/<slug:ref>/scan/", scans.page, name="scan"),
    path("dossiers/<slug:ref>/scan/progress/", scans.progress, name="scan_progress"),
    path("dossiers/<slug:ref>/scan/file/", scans.file_pages, name="scan_file"),
    path("dossiers/<slug:ref>/scan/drop/", scans.drop, name="scan_drop"),
    path("dossiers/<slug:ref>/scan/<int:page>.png", scans.picture, name="scan_page"),
    path("dossiers/<slug:ref>/volume/", volumes.page, name="volume"),
    path("dossiers/<slug:ref>/volume.pdf", volumes.pdf, name="volume_pdf"),
]
