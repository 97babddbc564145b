"""Listeners and background work of dossiers."""

from motcua.dossiers import services
from motcua.dossiers.events import FormIssued
from motcua.kernel.authority import SYSTEM
from motcua.kernel.events import listener


@listener(FormIssued, name="dossiers.typeset_form")
def on_form_issued(event: FormIssued) -> None:
    """Every issued form becomes a PDF."""
    services.typeset_form(actor=SYSTEM, form_id=event.form_id)
