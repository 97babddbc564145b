"""The kinds of paper the engine knows: how each announces itself, and where its values stand."""
