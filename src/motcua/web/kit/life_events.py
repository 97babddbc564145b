"""Life events as people call them, each with its icon: on the portal, and where procedures are filed under them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.catalogue.queries import LifeEvent

LIFE_EVENTS: dict[LifeEvent, tuple[Promise | str, str]] = {
    LifeEvent.BIRTH: (gettext_lazy("Sinh con"), "baby"),
    LifeEvent.SCHOOL: (gettext_lazy("Đi học"), "book"),
    LifeEvent.MARRIAGE: (gettext_lazy("Kết hôn"), "rings"),
    LifeEvent.HOME: (gettext_lazy("Chỗ ở, cư trú"), "home"),
    LifeEvent.LAND: (gettext_lazy("Đất đai"), "land"),
    LifeEvent.WORK: (gettext_lazy("Việc làm"), "briefcase"),
    LifeEvent.BUSINESS: (gettext_lazy("Kinh doanh"), "building"),
    LifeEvent.VEHICLE: (gettext_lazy("Xe cộ"), "send"),
    LifeEvent.HEALTH: (gettext_lazy("Sức khỏe"), "shield"),
    LifeEvent.SUPPORT: (gettext_lazy("Trợ giúp"), "people"),
    LifeEvent.RETIREMENT: (gettext_lazy("Nghỉ hưu, tuổi già"), "person"),
    LifeEvent.DEATH: (gettext_lazy("Người thân mất"), "flower"),
    LifeEvent.PAPERS: (gettext_lazy("Giấy tờ, chứng thực"), "stamp"),
}
