"""The acts of officers as forms: what is asked, and which service of `dossiers` carries it out."""
