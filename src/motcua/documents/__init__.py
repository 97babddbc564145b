"""Custody of files and papers, digitization, signing, verification, typesetting.

Promises: content is kept by its digest and never overwritten; a paper that ended leads to the one in its place; a
signature that failed leaves nothing but the record of the attempt; the same dossier is typeset to the same bytes.
Is not: a judge of who may see a dossier's files (``dossiers`` decides, then asks here).
Door: ``queries``, ``services``, ``errors``; ``digitization`` turns files into searchable ones without a database.
"""
