"""One birth registration (1.001193) from the citizen to the signed, verified result."""

from collections.abc import Sequence

from motcua.cli.demonstration.steps import Journey, Step


def _open_the_site(journey: Journey) -> Sequence[str]:
    """The site answers over HTTP, as a citizen's browser would see it."""
    import urllib.request

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(journey.link("/healthz"), timeout=10) as answer:
        if answer.status != 200:
            raise RuntimeError(f"the site answers {answer.status}")
    return [journey.link("/")]


STEPS: tuple[Step, ...] = (Step("The site is open", _open_the_site),)
