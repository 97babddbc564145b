"""What the faces of officers share: who may come in, files in a frame, a dossier's clock in words, addresses of lists."""
