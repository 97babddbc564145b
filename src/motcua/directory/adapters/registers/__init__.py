"""National registers: what they are asked, and how they answer."""
