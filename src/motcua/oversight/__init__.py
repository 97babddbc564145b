"""Oversight: numbers one can believe.

Promises: every count is a pure function of the passages of dossiers, kept up to date by a listener, rebuildable, and
comparable with what is stored; every percentage carries its two counts; every indicator names its legal source and formula.
Is not: a second truth. It never changes a dossier and never rewrites a status to make a figure look better.
Door: ``services`` (absorb, rebuild, compare, snapshot, export), ``queries`` (figures, index, map, drill-down), ``errors``.
"""
