"""`python -m motcua.cli.running.preparing`: migrate and collect static files, in one start of Django."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
