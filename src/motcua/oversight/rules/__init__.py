"""Pure rules of oversight: what a dossier counts as, what an indicator is, how the index of Decision 766 is scored."""
