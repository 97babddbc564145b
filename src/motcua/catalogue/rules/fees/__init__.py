"""What a dossier costs: one language of fees, checked at publication, reckoned with its way shown."""
