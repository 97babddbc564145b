"""Pure rules of charges."""
