"""The WSGI door for granian or any other server."""

import gc
import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.base")
application = get_wsgi_application()

from motcua.documents import queries as documents  # noqa: E402 - only now Django is ready
from motcua.kernel import clock  # noqa: E402 - only now Django is ready
from motcua.oversight import queries as oversight  # noqa: E402 - only now Django is ready

# What was loaded until here stays for good: no collection needs to look at it again. A request leaves little behind that
# only the collector can free, so it looks once in 20,000 new objects instead of in 700.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)

# Beside the first requests, and readiness does not wait for it: the pages of figures find their statements compiled.
Thread(target=oversight.compile_statements, args=[clock.today()], name="statements", daemon=True).start()
# So that nobody who sends a file waits for the decoders to be loaded.
Thread(target=documents.warm_up_decoders, name="decoders", daemon=True).start()
