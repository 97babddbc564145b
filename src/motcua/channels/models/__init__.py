"""Tables of messages to people."""

from motcua.channels.models.letters import OfficialLetter
from motcua.channels.models.notices import Delivery, DeliveryState, Notice

__all__ = ["Delivery", "DeliveryState", "Notice", "OfficialLetter"]
