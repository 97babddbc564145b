"""Pure rules of the dossier: states and moves, codes, terms, checklist, steps, chain. No Django, no I/O."""
