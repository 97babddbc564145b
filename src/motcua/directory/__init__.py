"""Who and where: territory and its mergers, agencies, posts, staff, roles, delegation of signing, parties,
accounts.

Promises: a unit, an agency or an appointment is never edited into another one; each has a validity and
successors, so any day of the past can be asked about. Parties (persons, organisations) are separate from
login accounts.

Is not: a register of population or enterprises (see ``exchange``), nor a judge of procedures (see
``catalogue``).

Door: ``queries``, ``services``, ``errors``, ``events``.
"""
