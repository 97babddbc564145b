"""Named steps, run in order, each told with its time and its links; the first failure ends the run."""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[str], None]


@dataclass(slots=True)
class Journey:
    """What the steps share: the address of the site and whatever one step leaves for the next."""

    base_url: str
    say: Say
    found: dict[str, Any] = field(default_factory=dict)

    def link(self, path: str) -> str:
        """The address of a page, for the person who follows along."""
        return self.base_url.rstrip("/") + "/" + path.lstrip("/")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does. `act` gives back lines to tell: facts and links."""

    title: str
    act: Callable[[Journey], Sequence[str]]


def take(steps: Sequence[Step], journey: Journey) -> bool:
    """Take every step; True when all of them went well. What a failure was is told in full."""
    began = time.monotonic()
    for number, step in enumerate(steps, start=1):
        started = time.monotonic()
        try:
            lines = step.act(journey)
        except Exception as failure:  # the demo tells any failure, names the step and ends with an exit code
            journey.say(f"{number:>3}/{len(steps)} ✗ {step.title} · {time.monotonic() - started:.2f} s")
            journey.say("".join(traceback.format_exception(failure)))
            left = len(steps) - number
            journey.say(f"✗ the walk ended at step {number}" + (f"; {left} not taken" if left else ""))
            return False
        journey.say(f"{number:>3}/{len(steps)} ✓ {step.title} · {time.monotonic() - started:.2f} s")
        for line in lines:
            journey.say(f"        {line}")
    journey.say(f"✓ {len(steps)} steps in {time.monotonic() - began:.1f} s")
    return True
