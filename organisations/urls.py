"""Addresses of people, enterprises and sites."""

from django.urls import path

from organisations.views import (
    administration,
    catalogues,
    colleagues,
    cover,
    disputes,
    exporting,
    invitations,
    profile,
    recovery_codes,
    registering,
    sites,
    teams,
)

app_name = "organisations"
urlpatterns = [
    path("accounts/profile/", profile.profile, name="profile"),
    path("accounts/invitation/", invitations.accept, name="accept_invitation"),
    path("accounts/invitation/<slug:token>/", invitations.open_invitation, name="open_invitation"),
    # In place of allauth's own two pages; the roof includes this room first.
    path("accounts/2fa/recovery-codes/", recovery_codes.recovery_codes, name="recovery_codes"),
    path("accounts/2fa/recovery-codes/download/", recovery_codes.download, name="recovery_codes_download"),
    path("sites/export.csv", exporting.export, {"kind": "csv"}, name="export_csv"),
    path("sites/export.xlsx", exporting.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("sites/claim/", registering.claim, name="claim"),
    path("sites/new/", registering.new_site, name="new_site"),
    path("sites/access/", registering.ask_access, name="ask_access"),
    path("sites/access/asked/", registering.access_asked, name="access_asked"),
    path("sites/enterprise/<uuid:pk>/confirm/", sites.confirm, name="confirm_claim"),
    path("sites/enterprise/<uuid:pk>/dispute/", disputes.dispute, name="dispute_claim"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/<uuid:pk>/invite/", colleagues.invite, name="invite_colleague"),
    path("colleagues/<int:pk>/end/", colleagues.end_membership, name="end_membership"),
    path("colleagues/invitations/<int:pk>/withdraw/", colleagues.withdraw, name="withdraw_colleague"),
    path("colleagues/requests/<int:pk>/", colleagues.access_request, name="access_request"),
    path("cover/", cover.page, name="cover"),
    path("cover/<int:pk>/end/", cover.end, name="end_cover"),
    path("people/", administration.people, name="people"),
    path("people/invite/", administration.invite_official, name="invite_official"),
    path("people/posts/<int:pk>/end/", administration.end_post, name="end_post"),
    path("people/invitations/<int:pk>/resend/", administration.resend, name="resend_invitation"),
    path("people/invitations/<int:pk>/withdraw/", administration.withdraw, name="withdraw_official"),
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/holidays/", catalogues.holidays, name="holidays"),
    path("catalogues/holidays/new/", catalogues.new_holiday, name="new_holiday"),
    path("catalogues/holidays/<int:pk>/", catalogues.holiday, name="holiday"),
    path("catalogues/holidays/<int:pk>/remove/", catalogues.remove_holiday, name="remove_holiday"),
    path("catalogues/zones/", catalogues.zones, name="zones"),
    path("catalogues/teams/", catalogues.teams, name="teams"),
    path("catalogues/teams/<int:pk>/", teams.team, name="team"),
    path("catalogues/teams/members/<int:pk>/leave/", teams.leave, name="leave_team"),
    path("catalogues/agencies/", catalogues.agencies, name="agencies"),
]
