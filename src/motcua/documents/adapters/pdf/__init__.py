"""PDF: reading pages of a source without trusting it, writing an archive file (PDF/A-2b) as a stream."""
