"""Tables of messages to people."""

from motcua.channels.models.letters import OfficialLetter
from motcua.channels.models.notices import ContactChoice, Delivery, Notice

__all__ = ["ContactChoice", "Delivery", "Notice", "OfficialLetter"]
