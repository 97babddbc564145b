"""What a reader says when a text is no value of its kind."""


class Unreadable(ValueError):
    """`reason` is a stable word (`phone`, `date_impossible`, …); whoever shows it has the sentence.

    The text itself is never part of the exception: what people type is personal and logs are read by others.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
