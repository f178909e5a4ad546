"""Dossiers: one address per thing, whoever looks. `ref` is the code, or the UUID of a draft."""

from django.urls import path

from applications import desk_urls, plan_urls, signing_urls, together_urls
from applications.views import (
    chair,
    clock,
    desk_acts,
    desk_case,
    desk_checked,
    desk_papers,
    detail,
    enterprise_answers,
    enterprise_list,
    enterprise_papers,
    enterprise_submit,
    handing,
    listing,
    place_facts,
    retracted,
    signers,
    supplement,
    timeline,
)

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", listing.page, name="list"),
    path("dossiers/new/", enterprise_list.new, name="new"),
    *desk_urls.urlpatterns,
    *signing_urls.urlpatterns,
    *together_urls.urlpatterns,
    # Beside the guide, which needs no account: the form is for everybody.
    path("guide/worker-list-form.xlsx", enterprise_papers.worker_list_file, name="worker_list_form"),
    path("dossiers/<slug:ref>/", detail.page, name="detail"),
    *plan_urls.urlpatterns,
    path("dossiers/<slug:ref>/answers/<slug:part>/", enterprise_answers.answers, name="answers"),
    path("dossiers/<slug:ref>/papers/", enterprise_papers.papers, name="papers"),
    path("dossiers/<slug:ref>/papers/<slug:slot>/", enterprise_papers.paper, name="paper"),
    path("dossiers/<slug:ref>/papers/<slug:slot>/use/", enterprise_papers.use_files, name="use_files"),
    path("dossiers/<slug:ref>/papers/<slug:slot>/take-out/", enterprise_papers.take_out, name="take_out"),
    path(
        "dossiers/<slug:ref>/papers/<slug:slot>/waiting/<int:upload_id>/drop/",
        enterprise_papers.drop_file,
        name="drop_file",
    ),
    path("dossiers/<slug:ref>/check/", enterprise_submit.check, name="check"),
    path("dossiers/<slug:ref>/submit/", enterprise_submit.submit, name="submit"),
    path("dossiers/<slug:ref>/submitted/", enterprise_submit.submitted, name="submitted"),
    path("dossiers/<slug:ref>/hand/", handing.page, name="hand"),
    path("sites/<uuid:pk>/facts/", place_facts.site, name="site_facts"),
    path("sites/enterprise/<uuid:pk>/facts/", place_facts.enterprise, name="enterprise_facts"),
    path("sites/enterprise/<uuid:pk>/signer/", signers.change, name="signer"),
    path("sites/enterprise/signer-papers/<int:pk>/", signers.paper, name="signer_paper"),
    path("dossiers/<slug:ref>/withdraw/", enterprise_submit.withdraw, name="withdraw"),
    path("dossiers/<slug:ref>/renew/", enterprise_list.renew, name="renew"),
    path("dossiers/<slug:ref>/clock/", clock.page, name="clock"),
    path("dossiers/<slug:ref>/timeline/", timeline.page, name="timeline"),
    path(
        "dossiers/<slug:ref>/papers/<slug:slot>/v<int:version>.pdf", desk_papers.paper_file, name="paper_file"
    ),
    path("dossiers/<slug:ref>/papers/<slug:slot>/v<int:version>/retract/", retracted.page, name="retract"),
    path(
        "dossiers/<slug:ref>/papers/<slug:slot>/v<int:version>/<int:page>.png",
        desk_papers.paper_page,
        name="paper_page",
    ),
    path(
        "dossiers/<slug:ref>/papers/<slug:slot>/v<int:version>/original-<int:position>",
        desk_papers.paper_original,
        name="paper_original",
    ),
    path("dossiers/<slug:ref>/evidence/<slug:which>/", desk_papers.evidence_file, name="evidence"),
    path("dossiers/<slug:ref>/evidence/baseline/retract/", retracted.payroll, name="retract_payroll"),
    path("dossiers/<slug:ref>/mark/", desk_case.mark, name="mark"),
    path("dossiers/<slug:ref>/claim/", desk_case.claim, name="claim"),
    path("dossiers/<slug:ref>/review/", detail.review, name="review"),
    path("dossiers/<slug:ref>/receipt.pdf", detail.receipt, name="receipt_pdf"),
    path("dossiers/<slug:ref>/accept/", desk_acts.accept, name="accept"),
    path("dossiers/<slug:ref>/supplement/", supplement.page, name="supplement"),
    path("dossiers/<slug:ref>/decline/", desk_checked.decline, name="decline"),
    path("dossiers/<slug:ref>/propose-team/", desk_acts.propose_team, name="propose_team"),
    path("dossiers/<slug:ref>/reinspect/", desk_acts.reinspect, name="reinspect"),
    path("dossiers/<slug:ref>/forward/", desk_checked.forward, name="forward"),
    path("dossiers/<slug:ref>/assign-team/", chair.assign_team, name="assign_team"),
]
