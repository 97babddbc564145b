"""How long and how often the outside world is asked again."""

from dataclasses import dataclass
from datetime import timedelta

#: Tết closes offices, and their servers, for nine days; a message put out on the eve must outlast them.
LASTING = timedelta(days=12)


@dataclass(frozen=True, slots=True)
class Patience:
    """Pauses grow from `first` by `factor` to `longest`; after `lasts` the message is a dead letter."""

    first: timedelta = timedelta(seconds=30)
    factor: float = 2.0
    longest: timedelta = timedelta(hours=2)
    lasts: timedelta = LASTING

    def pause(self, attempts: int, chance: float) -> timedelta:
        """The pause after so many tries. `chance` (0 to 1) spreads it over its second half, so that what failed together
        does not come back together.
        """
        grown = min(self.longest, self.first * self.factor ** min(attempts - 1, 40))
        return grown * (0.5 + chance / 2)


#: What most destinations need.
USUAL = Patience()
