"""What the checklist says about digitization (national field `DuocTaiSuDung`) and why a paper may stay on paper."""

from typing import Final

#: 0 none · 1 digitized · 2 reused from a warehouse · 3 reused result of another dossier.
DIGITIZED: Final = 1
