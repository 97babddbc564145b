"""Files the catalogue is fed from, read as streams."""
