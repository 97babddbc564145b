"""What `script/messages` does: append to each English catalogue the texts it lacks, for a person to translate."""

import sys
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.fitness import texts  # noqa: E402 - the project's folder has to be on the path first


def main() -> int:
    missing: dict[Path, list[str]] = defaultdict(list)
    for text in [*texts.texts_of_templates(), *texts.texts_of_code(), *texts.texts_of_refusals()]:
        catalogue = catalogue_of(text.path)
        if text.words and text.words not in texts.translated() and text.words not in missing[catalogue]:
            missing[catalogue].append(text.words)
    for catalogue, words in missing.items():
        if words:
            append(catalogue, words)
            print(f"{catalogue.relative_to(PROJECT)}: {len(words)} to translate")
    return 0


def catalogue_of(path: Path) -> Path:
    """The English catalogue of the package that the file belongs to: the nearest folder with an apps.py."""
    package = next(
        (folder for folder in path.parents if (folder / "apps.py").exists()), texts.SOURCE / "web" / "kit"
    )
    return package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def append(catalogue: Path, words: list[str]) -> None:
    if not catalogue.exists():
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        header = "Language: en\\n", "MIME-Version: 1.0\\n", "Content-Type: text/plain; charset=UTF-8\\n"
        catalogue.write_text('msgid ""\nmsgstr ""\n' + "".join(f'"{line}"\n' for line in header))
    with catalogue.open("a") as file:
        for text in words:
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            file.write(f'\nmsgid "{escaped}"\nmsgstr ""\n')


if __name__ == "__main__":
    sys.exit(main())
