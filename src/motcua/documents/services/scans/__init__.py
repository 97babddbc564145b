"""Scanned batches: taking in, reading page by page, arranging, confirming, binding, signing copies."""

from motcua.documents.services.scans.arranging import (
    begin_paper_at,
    drop_pages,
    merge_with_previous,
    move_pages,
    rotate_pages,
    undo_step,
)
from motcua.documents.services.scans.asking import ask_binding, bind_batch
from motcua.documents.services.scans.binding import Binding, Bound, bind_papers
from motcua.documents.services.scans.checking import check_page, confirm_paper, correct_field, name_paper
from motcua.documents.services.scans.copies import sign_copies
from motcua.documents.services.scans.gathering import PickedUp, ask_scanner, pick_up, scan_sheets
from motcua.documents.services.scans.reading import read_pages
from motcua.documents.services.scans.reading_again import read_again
from motcua.documents.services.scans.sealing import seal_copies, waive_seal, want_seal
from motcua.documents.services.scans.splitting import split_batch
from motcua.documents.services.scans.taking import (
    Added,
    add_letter,
    add_scan_file,
    add_uploaded_letter,
    address_batch,
    begin_batch,
    take_in,
)
from motcua.documents.services.scans.waking import wake_batches

__all__ = [
    "Added",
    "Binding",
    "Bound",
    "PickedUp",
    "add_letter",
    "add_scan_file",
    "add_uploaded_letter",
    "address_batch",
    "ask_binding",
    "ask_scanner",
    "begin_batch",
    "begin_paper_at",
    "bind_batch",
    "bind_papers",
    "check_page",
    "confirm_paper",
    "correct_field",
    "drop_pages",
    "merge_with_previous",
    "move_pages",
    "name_paper",
    "pick_up",
    "read_again",
    "read_pages",
    "rotate_pages",
    "scan_sheets",
    "seal_copies",
    "sign_copies",
    "split_batch",
    "take_in",
    "undo_step",
    "waive_seal",
    "wake_batches",
    "want_seal",
]
