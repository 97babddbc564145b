"""Pure rules of the catalogue: types, process soundness, forms, the national export. No Django, no I/O."""
