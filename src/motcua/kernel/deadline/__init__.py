"""The legal clock: when a dossier is due, and why. Pure; everything comes in as arguments.

Hours and working days (Decree 118/2025; eight office hours make a working day)
    count office time from the start. A start outside office hours counts from the next opening. Due is the
    earliest moment at which exactly that much office time has run: four hours from 07:30 are due at 11:30,
    not at 13:30. A limit of nothing is due where counting would begin.
Calendar days and months
    count from the date of the start and end at the close of the first office day on or after the resulting
    date. Months keep the day, or take the last day of a shorter month. A part of a day counts as a day; a
    part of a month as that part of thirty days (Civil Code 2015, article 146), never beyond the next whole
    month.
Cut-off
    a start at or after that time of day counts, for every unit, as made at the opening of the next office
    day. It holds for the start alone, not for the end of a pause: a term that restarts runs from the very
    moment the pause ended. On closed days the rule is not monotone for days and months: after a cut-off,
    Saturday 16:00 counts as Monday while Sunday 10:00 still counts as Sunday (and were it to hold for ends of
    pauses, a longer pause could make a dossier due earlier). Otherwise a later start is never due earlier.
Pauses
    are merged where they overlap or touch; what lies before the start is ignored, and so is a pause of no
    length. They take their office time out of the count; for calendar days and months, the whole days from
    the date a pause began to the date it ended, by which the start is moved on before the days or months are
    added. (Moving the end instead would let a later start fall due earlier: 28 and 31 January are both one
    month before 28 February.) A pause that begins when the term has already run out changes nothing, and
    nothing falls due before the end of a pause that counted.
Policy after a pause
    `RESUME` goes on with what is left. `RESTART` runs the full term again from the end of the last closed
    pause. It is never earlier than `RESUME`.
Open pause
    the reckoning is as of the moment the pause began, as if it ended at once, and says `is_paused`.
"""

from motcua.kernel.deadline.engine import due_at
from motcua.kernel.deadline.reckoning import Line, LineKind, Pause, Policy, Reckoning
from motcua.kernel.deadline.words import line_words, plain_words

__all__ = [
    "Line",
    "LineKind",
    "Pause",
    "Policy",
    "Reckoning",
    "due_at",
    "line_words",
    "plain_words",
]
