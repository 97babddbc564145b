"""What the checklist says about digitization (national field `DuocTaiSuDung`) and why a paper may stay on paper."""

from types import MappingProxyType
from typing import Final

#: 0 none · 1 digitized · 2 reused from a warehouse · 3 reused result of another dossier.
DIGITIZED: Final = 1

#: Ground → its words. Circular 01/2023/TT-VPCP; Circular 03/2025/TT-VPCP art. 5; large sheets as the provinces report them.
EXEMPT_GROUNDS = MappingProxyType(
    {
        "shared": "Dữ liệu đã có trên cơ sở dữ liệu, khai thác trực tiếp",
        "copy": "Nộp bản sao giấy hoặc bản sao chứng thực giấy",
        "shown": "Chỉ xuất trình để đối chiếu",
        "secret": "Thuộc danh mục bí mật nhà nước",
        "format": "Khổ lớn hoặc dạng không số hóa được bằng thiết bị hiện có",
    }
)
