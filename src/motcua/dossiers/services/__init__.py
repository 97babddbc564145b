"""The door for acts on dossiers: one function, one use case, one transaction.

Every service takes the actor first and may raise `OutOfScope` (not visible), `PermissionRefused`, `MovedOn` (`seen` is
not the present revision) and `MoveImpossible` besides the refusals its docstring names. All return `Moved`.
"""

from motcua.dossiers.rules.mandate import Principal
from motcua.dossiers.rules.merging import ABSENT
from motcua.dossiers.services.application import DECLARATION, Application
from motcua.dossiers.services.applying_again import AppliedAgain, apply_again
from motcua.dossiers.services.audit import ask_chain_check, run_chain_check
from motcua.dossiers.services.books import control_sheet, ledger
from motcua.dossiers.services.charges import reckon_charges_again
from motcua.dossiers.services.consult import answer_consultation, ask_opinion
from motcua.dossiers.services.correct import reopen_result, seal_correction, sign_correction
from motcua.dossiers.services.decide import approve, refuse_on_merits, send_back, submit_to_leader
from motcua.dossiers.services.declared import PaperGiven
from motcua.dossiers.services.desk import Slip, ask_at_desk, refuse_at_desk, sign_slip, typeset_slip
from motcua.dossiers.services.draft_papers import (
    BOUND,
    add_draft_file,
    add_draft_paper,
    bind_draft_pictures,
    check_draft_room,
    drop_warehouse_papers,
    promise_papers,
    remove_draft_paper,
)
from motcua.dossiers.services.drafts import Saved, begin_draft, change_draft, discard_draft, renew_draft
from motcua.dossiers.services.end import stop_dossier, undo_reception, withdraw_dossier
from motcua.dossiers.services.extend import apologise_and_extend, propose_extension
from motcua.dossiers.services.finish import (
    Signed,
    hand_over_result,
    issue_result,
    number_and_seal,
    sign_result,
    sign_results,
)
from motcua.dossiers.services.forms import sign_form, typeset_form
from motcua.dossiers.services.intake import (
    receive_dossier,
    refuse_at_door,
    register_dossier,
    submit_dossier,
)
from motcua.dossiers.services.keeping_copies import follow_correction, follow_merge
from motcua.dossiers.services.move import Moved
from motcua.dossiers.services.on_paper import sign_on_paper, stamp_on_paper
from motcua.dossiers.services.papers import Attached, attach_paper, exempt_paper
from motcua.dossiers.services.people import (
    correct_person,
    decide_identity_conflict,
    merge_people,
    undo_merge,
    update_contact,
)
from motcua.dossiers.services.personal_numbers import ask_number, ask_numbers
from motcua.dossiers.services.preview import preview_result
from motcua.dossiers.services.reorganise import (
    acknowledge_hand_over,
    change_version,
    hand_over_due,
    hand_over_to_successor,
    reproject_terms,
)
from motcua.dossiers.services.result_content import save_result_draft
from motcua.dossiers.services.sealing import seal_and_issue
from motcua.dossiers.services.seals import seal_history, seal_name, stamp_seals
from motcua.dossiers.services.supplement import ask_supplement, give_supplement, supply_day
from motcua.dossiers.services.supplement_drafts import ITEM, Sent, begin_supplement, send_supplement
from motcua.dossiers.services.taking_back import take_back
from motcua.dossiers.services.work import assign, forward, require_payment, settle_payment

__all__ = [
    "ABSENT",
    "BOUND",
    "DECLARATION",
    "ITEM",
    "Application",
    "AppliedAgain",
    "Attached",
    "Moved",
    "PaperGiven",
    "Principal",
    "Saved",
    "Sent",
    "Signed",
    "Slip",
    "acknowledge_hand_over",
    "add_draft_file",
    "add_draft_paper",
    "answer_consultation",
    "apologise_and_extend",
    "apply_again",
    "approve",
    "ask_at_desk",
    "ask_chain_check",
    "ask_number",
    "ask_numbers",
    "ask_opinion",
    "ask_supplement",
    "assign",
    "attach_paper",
    "begin_draft",
    "begin_supplement",
    "bind_draft_pictures",
    "change_draft",
    "change_version",
    "check_draft_room",
    "control_sheet",
    "correct_person",
    "decide_identity_conflict",
    "discard_draft",
    "drop_warehouse_papers",
    "exempt_paper",
    "follow_correction",
    "follow_merge",
    "forward",
    "give_supplement",
    "hand_over_due",
    "hand_over_result",
    "hand_over_to_successor",
    "issue_result",
    "ledger",
    "merge_people",
    "number_and_seal",
    "preview_result",
    "promise_papers",
    "propose_extension",
    "receive_dossier",
    "reckon_charges_again",
    "refuse_at_desk",
    "refuse_at_door",
    "refuse_on_merits",
    "register_dossier",
    "remove_draft_paper",
    "renew_draft",
    "reopen_result",
    "reproject_terms",
    "require_payment",
    "run_chain_check",
    "save_result_draft",
    "seal_and_issue",
    "seal_correction",
    "seal_history",
    "seal_name",
    "send_back",
    "send_supplement",
    "settle_payment",
    "sign_correction",
    "sign_form",
    "sign_on_paper",
    "sign_result",
    "sign_results",
    "sign_slip",
    "stamp_on_paper",
    "stamp_seals",
    "stop_dossier",
    "submit_dossier",
    "submit_to_leader",
    "supply_day",
    "take_back",
    "typeset_form",
    "typeset_slip",
    "undo_merge",
    "undo_reception",
    "update_contact",
    "withdraw_dossier",
]
