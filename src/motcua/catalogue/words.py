"""The vocabulary of the catalogue: kinds of steps, channels, levels, fees and papers. No framework."""

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier is handed in (national codes 1 direct, 2 online, 3 postal)."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


class OnlineLevel(StrEnum):
    """Decree 42/2022 and 224/2026: full or partial; anything less only informs."""

    INFORMATION = "information"
    PARTIAL = "partial"
    FULL = "full"


class PartialGround(StrEnum):
    """Why a service is offered online only in part: the grounds that Decree 224/2026 art 14 allows, and no other."""

    PRESENCE = "presence"
    SITE_CHECK = "site_check"
    FAULT = "fault"
    TECHNICAL = "technical"


# The four levels of Decree 43/2011, still met in older lists: 1 and 2 inform, 3 sends, 4 also pays and returns.
OLD_LEVELS = {
    1: OnlineLevel.INFORMATION,
    2: OnlineLevel.INFORMATION,
    3: OnlineLevel.PARTIAL,
    4: OnlineLevel.FULL,
}


class CompetentLevel(StrEnum):
    """The level competent to solve the procedure; districts exist only in history (until 2025-06-30)."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class StepKind(StrEnum):
    RECEIVE = "receive"
    ASSIGN = "assign"
    APPRAISE = "appraise"
    CONSULT = "consult"
    SUBMIT = "submit"
    SIGN = "sign"
    NUMBER = "number"
    RETURN = "return"


class FeeKind(StrEnum):
    """`FEE` is phí (price of a public service), `CHARGE` is lệ phí (fixed levy): Law 97/2015/QH13 art 3."""

    FEE = "fee"
    CHARGE = "charge"


class DigitizationClass(StrEnum):
    """Why a paper must be digitized: Decree 107/2021 art 21a, Circular 01/2023 art 4."""

    EARLIER_RESULT = "earlier_result"
    SECTOR_LAW = "sector_law"
    DECIDED = "decided"
    AGENCY_OUTCOME = "agency_outcome"
    RESULT = "result"


class PriorityList(StrEnum):
    """The lists of online services to be provided first, by the decision that made them."""

    PROJECT_06 = "06/QD-TTg-2022"
    DECISION_422 = "422/QD-TTg-2022"
    DECISION_206 = "206/QD-TTg-2024"


class LifeEvent(StrEnum):
    BIRTH = "birth"
    SCHOOL = "school"
    MARRIAGE = "marriage"
    HOME = "home"
    LAND = "land"
    WORK = "work"
    BUSINESS = "business"
    VEHICLE = "vehicle"
    HEALTH = "health"
    SUPPORT = "support"
    RETIREMENT = "retirement"
    DEATH = "death"
    PAPERS = "papers"


class ResultSource(StrEnum):
    """Where the value of a field of a result comes from."""

    FORM = "form"
    REGISTER = "register"
    OFFICER = "officer"
    COMPUTED = "computed"
