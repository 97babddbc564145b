"""Pictures: opening sources, decoding no more than needed, measuring, straightening, encoding, reading codes."""
