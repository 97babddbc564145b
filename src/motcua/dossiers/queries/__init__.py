"""The door for reading dossiers. Everything is scoped by the actor; what is not visible does not exist."""

from motcua.dossiers.queries.alike import Alike, alike_dossiers
from motcua.dossiers.queries.audit import ChainCheckView, ChainReport, chain_checks, verify_chain
from motcua.dossiers.queries.books import BookLine, NumberStanding, results_book
from motcua.dossiers.queries.by_version import PinnedDossier, open_by_version, open_counts_by_version
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.queries.comparison import differences
from motcua.dossiers.queries.door import (
    DoorCounts,
    PublicSlip,
    SlipView,
    UndoneReception,
    door_counts,
    door_slip,
    door_slip_numbered,
    door_slips,
    track_slip,
    undone_receptions,
)
from motcua.dossiers.queries.drafts import Draft, draft_of, own_drafts, supplement_draft
from motcua.dossiers.queries.duties import (
    Task,
    Tasks,
    duties_of,
    duty_of,
    task_counts,
    tasks,
)
from motcua.dossiers.queries.fees import (
    held_back_papers,
    is_held_back,
    is_held_back_file,
    reckoned_fees,
)
from motcua.dossiers.queries.histories import (
    History,
    PaperSeen,
    PassageSeen,
    are_there_dossiers_of,
    dossier_ids,
    dossier_ids_of,
    dossiers_moved_after,
    histories,
    receiving_units,
)
from motcua.dossiers.queries.ledger import LONGEST_LEDGER, LedgerLine, ledger_lines
from motcua.dossiers.queries.lists import (
    MOST_COUNTED,
    Box,
    DossierRow,
    Filters,
    Page,
    box_counts,
    dossiers_of_party,
    export_rows,
    extension_proposals,
    inbox,
    own_dossiers,
    signing_tray,
)
from motcua.dossiers.queries.one import dossier_page, form_file, open_consultations_of, reckoning_of
from motcua.dossiers.queries.people import AT_PEOPLE, is_within_reach, people_within_reach
from motcua.dossiers.queries.public import PublicStatus, result_of_file, track
from motcua.dossiers.queries.reorganisation import (
    HandOver,
    OpenDossier,
    TermsMoved,
    hand_over_preview,
    terms_if,
)
from motcua.dossiers.queries.result_drafts import ResultDraftView, legal_ground, result_draft_of
from motcua.dossiers.queries.sealing import SEALING, SealLine, sealing_tray
from motcua.dossiers.queries.seals import judge_seals, seal_of
from motcua.dossiers.queries.steering import (
    STUCK_AFTER_DAYS,
    Nearness,
    Steering,
    StepLoad,
    Workload,
    steering,
    steering_filters,
)
from motcua.dossiers.queries.views import (
    ConsultationView,
    DossierPage,
    FormView,
    MoveView,
    PaperLine,
    ResultView,
    TimelineEntry,
)
from motcua.dossiers.queries.watch import (
    Interlinked,
    OpinionAsked,
    StepPassed,
    count_of,
    interlinked,
    steps_passed,
)
from motcua.dossiers.rules.again import may_apply_again
from motcua.dossiers.rules.answers import component_named, items_of
from motcua.dossiers.rules.code import code_like, parse_code
from motcua.dossiers.rules.comparison import Difference, ReadValue
from motcua.dossiers.rules.given import checked_contact
from motcua.dossiers.rules.mandate import mandate_ground, mandate_kind, mandate_scope
from motcua.dossiers.rules.portal_number import portal_number
from motcua.dossiers.rules.terms import punctuality

__all__ = [
    "AT_PEOPLE",
    "LONGEST_LEDGER",
    "MOST_COUNTED",
    "SEALING",
    "STUCK_AFTER_DAYS",
    "Alike",
    "BookLine",
    "Box",
    "ChainCheckView",
    "ChainReport",
    "ConsultationView",
    "Difference",
    "DoorCounts",
    "DossierPage",
    "DossierRow",
    "Draft",
    "Filters",
    "FormView",
    "HandOver",
    "History",
    "Interlinked",
    "LedgerLine",
    "MoveView",
    "Nearness",
    "NumberStanding",
    "OpenDossier",
    "OpinionAsked",
    "Page",
    "PaperLine",
    "PaperSeen",
    "PassageSeen",
    "PinnedDossier",
    "PublicSlip",
    "PublicStatus",
    "ReadValue",
    "ResultDraftView",
    "ResultView",
    "SealLine",
    "SlipView",
    "Steering",
    "StepLoad",
    "StepPassed",
    "Task",
    "Tasks",
    "TermsMoved",
    "TimelineEntry",
    "UndoneReception",
    "Workload",
    "alike_dossiers",
    "are_there_dossiers_of",
    "box_counts",
    "chain_checks",
    "checked_contact",
    "checklist_of",
    "code_like",
    "component_named",
    "count_of",
    "differences",
    "door_counts",
    "door_slip",
    "door_slip_numbered",
    "door_slips",
    "dossier_ids",
    "dossier_ids_of",
    "dossier_page",
    "dossiers_moved_after",
    "dossiers_of_party",
    "draft_of",
    "duties_of",
    "duty_of",
    "export_rows",
    "extension_proposals",
    "form_file",
    "hand_over_preview",
    "held_back_papers",
    "histories",
    "inbox",
    "interlinked",
    "is_held_back",
    "is_held_back_file",
    "is_within_reach",
    "items_of",
    "judge_seals",
    "ledger_lines",
    "legal_ground",
    "mandate_ground",
    "mandate_kind",
    "mandate_scope",
    "may_apply_again",
    "open_by_version",
    "open_consultations_of",
    "open_counts_by_version",
    "own_dossiers",
    "own_drafts",
    "parse_code",
    "people_within_reach",
    "portal_number",
    "punctuality",
    "receiving_units",
    "reckoned_fees",
    "reckoning_of",
    "result_draft_of",
    "result_of_file",
    "results_book",
    "seal_of",
    "sealing_tray",
    "signing_tray",
    "steering",
    "steering_filters",
    "steps_passed",
    "supplement_draft",
    "task_counts",
    "tasks",
    "terms_if",
    "track",
    "track_slip",
    "undone_receptions",
    "verify_chain",
]
