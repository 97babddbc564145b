"""What a process that only serves pages must not load: decoders and engines cost seconds and hundreds of megabytes."""

import subprocess
import sys

HEAVY = ("numpy", "cv2", "pikepdf", "PIL", "pypdfium2", "tesserocr", "weasyprint", "pyhanko", "zxingcpp")
_ASK = f"""
import sys, django
django.setup()
import motcua.urls
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


def test_pages_are_served_without_decoders_until_one_is_needed() -> None:
    said = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []
