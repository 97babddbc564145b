"""Why a value cannot be read, in words: one sentence for each reason of `kernel.values.Unreadable`."""

READINGS = {
    "date": "“{label}” không phải ngày có thật. Nhập theo dạng ngày/tháng/năm, ví dụ 31/12/2026.",
    "date_impossible": "“{label}” không phải ngày có thật. Nhập theo dạng ngày/tháng/năm, ví dụ 31/12/2026.",
    "date_incomplete": "“{label}” cần đủ ngày, tháng và năm, ví dụ 31/12/2026.",
    "date_unknown": "“{label}” cần ít nhất năm, ví dụ 1956.",
    "integer": "“{label}” phải là số nguyên.",
    "number": "“{label}” phải là số; phần lẻ viết sau dấu phẩy, ví dụ 85,5.",
    "number_too_long": "“{label}” dài quá: một số có nhiều nhất 15 chữ số.",
    "phone": "“{label}” chưa đúng. Ví dụ 0912 345 678, điện thoại bàn 024 3822 1234, nước ngoài +82 10 1234 5678.",
    "email": "“{label}” không phải địa chỉ thư điện tử. Nhập một địa chỉ, ví dụ ten@congty.vn.",
    "personal_number": "“{label}” gồm 12 chữ số như trên thẻ căn cước.",
    "personal_number_place": "“{label}” chưa đúng: ba chữ số đầu không phải mã của tỉnh, thành phố hay nước nào.",
    "personal_number_year": "“{label}” chưa đúng: chữ số thứ tư đến thứ sáu chỉ một năm sinh chưa tới.",
    "old_identity_number": "“{label}” gồm 9 chữ số như trên chứng minh nhân dân.",
    "passport_number": "“{label}” gồm 5 đến 20 chữ cái không dấu và chữ số, ví dụ C1234567.",
    "name_without_letter": "“{label}” cần có chữ cái.",
    "name_with_other_signs": "“{label}” chỉ gồm chữ cái, dấu cách, dấu phẩy, dấu chấm, dấu gạch nối và dấu nháy.",
    "unseen_signs": "“{label}” có ký tự không nhìn thấy; hãy xóa đi và gõ lại.",
    "too_long": "“{label}” dài quá.",
    "empty": "Chưa nhập “{label}”.",
    "address": "“{label}” cần ghi tên nơi chốn.",
}
