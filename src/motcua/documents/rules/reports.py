"""Reports of forged papers: who handles them, and the verdict they were made on in words."""

from typing import Final

from motcua.documents.errors import CodeForged
from motcua.documents.rules.verdicts import CODE_OF_ANOTHER, CODE_SENTENCES, SENTENCES, Verdict
from motcua.documents.words import ReportBasis, Standing

#: Who sees and closes reports: clerks those about papers of their agencies, administrators all.
MAY_HANDLE: Final = "paper.handle_reports"
LONGEST_TEXT: Final = 4000
LONGEST_CONTACT: Final = 200
#: Findings about a code that are no standing of a paper.
OF_ANOTHER: Final = "of_another"
FORGED: Final = "forged"


def finding_words(basis: ReportBasis, finding: str) -> str:
    """The sentence a person read before reporting, as a Vietnamese source text; empty where nothing was checked.

    Raises `ValueError` for a finding that the verification never answers.
    """
    if basis is ReportBasis.NOTHING:
        return ""
    if basis is ReportBasis.FILE:
        return SENTENCES[Verdict(finding)]
    return {OF_ANOTHER: CODE_OF_ANOTHER, FORGED: CodeForged.message}.get(finding) or CODE_SENTENCES[
        Standing(finding)
    ]
