"""What can go wrong with a back-up, told to the operator."""

from click import ClickException


class BackUpRefused(ClickException):
    """It is not whole, does not open, or would be put on top of something."""
