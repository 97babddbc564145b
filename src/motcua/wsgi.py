"""The WSGI door for granian or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.base")
application = get_wsgi_application()

# What was loaded until here stays for good: no collection needs to look at it again. A request leaves little behind that
# only the collector can free, so it looks once in 20,000 new objects instead of in 700.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
