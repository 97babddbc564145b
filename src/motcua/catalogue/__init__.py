"""Procedures, their versions, forms, fees, paper kinds and processes.

Promises: a published version never changes and says everything a dossier needs (`VersionSnapshot`); which version is
in force on a day has one answer; every text of the national export is read or kept and listed.

Is not: a workflow engine (steps are walked by ``dossiers``), nor a calendar (limits are reckoned by the kernel).

Door: ``queries``, ``services``, ``errors``, ``events``; ``survey`` reads a file without a database.
"""
