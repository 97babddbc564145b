"""Refusals of the directory."""

from motcua.kernel.errors import DomainError, Kind, TooManyTries


class AgencyCodeInvalid(DomainError):
    code = "directory.agency_code_invalid"
    message = "Mã cơ quan “{code}” không đúng cấu trúc."
    advice = "Ví dụ mã đúng: H41.12 hoặc 000.00.12.H41."
    ground = "Quyết định 20/2020/QĐ-TTg; QCVN 102:2016/BTTTT"


class AgencyCodeNotConvertible(DomainError):
    code = "directory.agency_code_not_convertible"
    message = "Mã cơ quan “{code}” không viết được theo QCVN 102:2016."
    ground = "QCVN 102:2016/BTTTT"


class GsoCodeInvalid(DomainError):
    code = "directory.gso_code_invalid"
    message = "Mã đơn vị hành chính “{code}” phải gồm {digits} chữ số."
    ground = "Quyết định 19/2025/QĐ-TTg"


class PersonalNumberInvalid(DomainError):
    code = "directory.personal_number_invalid"
    message = "Số định danh cá nhân không đúng cấu trúc 12 chữ số."
    advice = "Kiểm tra lại số in trên thẻ căn cước."
    ground = "Nghị định 137/2015/NĐ-CP, Điều 13"


class PersonalNumberMismatch(DomainError):
    code = "directory.personal_number_mismatch"
    message = "Số định danh {number} không khớp ngày sinh hoặc giới tính đã nhập."
    advice = "Đối chiếu lại số định danh, ngày sinh và giới tính trên thẻ căn cước."
    ground = "Nghị định 137/2015/NĐ-CP, Điều 13"


class OldIdentityNumberInvalid(DomainError):
    code = "directory.old_identity_number_invalid"
    message = "Số chứng minh nhân dân phải gồm 9 chữ số."


class PassportInvalid(DomainError):
    code = "directory.passport_invalid"
    message = "Số hộ chiếu gồm 5 đến 20 chữ cái không dấu và chữ số, kèm nước cấp."
    advice = "Ghi như trên trang có ảnh của hộ chiếu, ví dụ C1234567."


class TaxCodeInvalid(DomainError):
    code = "directory.tax_code_invalid"
    message = "Mã số thuế “{number}” không đúng (10 hoặc 13 chữ số, có chữ số kiểm tra)."
    advice = "Kiểm tra lại từng chữ số của mã số thuế."
    ground = "Thông tư 105/2020/TT-BTC, Điều 5"


class EnterpriseNumberInvalid(DomainError):
    code = "directory.enterprise_number_invalid"
    message = "Mã số doanh nghiệp “{number}” không đúng (10 chữ số, có chữ số kiểm tra)."
    ground = "Nghị định 168/2025/NĐ-CP; Thông tư 105/2020/TT-BTC"


class PhoneInvalid(DomainError):
    code = "directory.phone_invalid"
    message = "Số điện thoại “{number}” không đúng."
    advice = "Ví dụ 0912 345 678, điện thoại bàn 024 3822 1234, số nước ngoài +82 10 1234 5678."


class EmailInvalid(DomainError):
    code = "directory.email_invalid"
    message = "Địa chỉ thư điện tử “{email}” không đúng."
    advice = "Nhập một địa chỉ, ví dụ ten@congty.vn."


class NameMissing(DomainError):
    code = "directory.name_missing"
    message = "Chưa nhập tên."


class NameInvalid(DomainError):
    code = "directory.name_invalid"
    message = "Họ tên chỉ gồm chữ cái, dấu cách, dấu phẩy, dấu chấm, dấu gạch nối và dấu nháy."
    advice = "Xóa chữ số, ký hiệu và ký tự không nhìn thấy; gõ lại như trên giấy tờ."
    ground = "Bộ luật Dân sự 2015, Điều 26"


class BirthDateInvalid(DomainError):
    code = "directory.birth_date_invalid"
    message = "Ngày sinh {birth_on} không thể đúng."


class PartyNumberTaken(DomainError):
    code = "directory.party_number_taken"
    kind = Kind.CONFLICT
    message = "Số {number} đã được ghi nhận cho một người hoặc tổ chức khác."
    advice = "Đối chiếu giấy tờ gốc; nếu dữ liệu cũ sai, đề nghị đính chính."


class PeopleDiffer(DomainError):
    """Two records say of their person what cannot be true of one."""

    code = "directory.people_differ"
    kind = Kind.CONFLICT
    message = "Hai bản ghi này không thể là một người: {what} khác nhau."
    advice = "Đối chiếu giấy tờ; nếu một bản ghi nhầm, đính chính bản ghi đó trước rồi gộp."


class AlreadyMerged(DomainError):
    code = "directory.already_merged"
    kind = Kind.CONFLICT
    message = "Một trong hai bản ghi đã được gộp vào bản ghi khác."
    advice = "Mở lại trang của người này rồi xem bản ghi đang dùng."


class MergeUndone(DomainError):
    code = "directory.merge_undone"
    kind = Kind.CONFLICT
    message = "Lần gộp này đã được hoàn tác."


class MergeCovered(DomainError):
    """What stands was itself merged since: the later merge has to be undone first."""

    code = "directory.merge_covered"
    kind = Kind.CONFLICT
    message = "Bản ghi này sau đó lại được gộp vào bản ghi khác."
    advice = "Hoàn tác lần gộp sau trước."


class SuccessionSharesUnbalanced(DomainError):
    code = "directory.succession_shares_unbalanced"
    message = "Các phần kế thừa của đơn vị {unit} phải cộng lại đúng bằng một."


class TerritoryUnknown(DomainError):
    code = "directory.territory_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có đơn vị hành chính mã {code} vào ngày {on}."


class AgencyUnknown(DomainError):
    code = "directory.agency_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có cơ quan “{code}”."


class AgencyCodeTaken(DomainError):
    code = "directory.agency_code_taken"
    kind = Kind.CONFLICT
    message = "Mã cơ quan {code} đang được dùng trong thời gian này."
    ground = "Quyết định 20/2020/QĐ-TTg"


class AgencyAlreadyClosed(DomainError):
    code = "directory.agency_already_closed"
    kind = Kind.CONFLICT
    message = "Cơ quan {code} đã ngừng hoạt động trước ngày {on}."


class CompetentAgencyUnknown(DomainError):
    code = "directory.competent_agency_unknown"
    kind = Kind.NOT_FOUND
    message = "Chưa xác định được cơ quan có thẩm quyền cấp {level} tại địa bàn này."
    advice = "Người quản trị cần khai báo cơ quan phụ trách địa bàn và lĩnh vực."


class OfficeHoursInvalid(DomainError):
    code = "directory.office_hours_invalid"
    message = "Giờ làm việc phải theo thứ tự, không chồng nhau trong ngày."


class DayOver(DomainError):
    code = "directory.day_over"
    kind = Kind.CONFLICT
    message = "Ngày {day} đã qua; quyết định về ngày đó không rút lại được."
    advice = "Hạn đã tính theo ngày đó là đúng với lúc ấy; nếu sai, dùng xin lỗi và hẹn lại."


class StaffNumberTaken(DomainError):
    code = "directory.staff_number_taken"
    kind = Kind.CONFLICT
    message = "Số hiệu cán bộ {number} đã có."


class RoleAlreadyHeld(DomainError):
    code = "directory.role_already_held"
    kind = Kind.CONFLICT
    message = "Cán bộ này đã giữ vai trò đó tại cơ quan trong thời gian này."


class PostTaken(DomainError):
    code = "directory.post_taken"
    kind = Kind.CONFLICT
    message = "Cơ quan đã có chức danh {title} trong thời gian này."


class DelegationToSelf(DomainError):
    code = "directory.delegation_to_self"
    message = "Không thể ủy quyền ký cho chính mình."


class DelegationEmpty(DomainError):
    code = "directory.delegation_empty"
    message = "Quyết định ủy quyền phải nêu rõ thủ tục, lĩnh vực hoặc toàn bộ."


class DelegationPeriodInvalid(DomainError):
    code = "directory.delegation_period_invalid"
    message = "Thời hạn ủy quyền không hợp lệ: ngày kết thúc phải sau ngày bắt đầu."


class DelegationOverlaps(DomainError):
    code = "directory.delegation_overlaps"
    kind = Kind.CONFLICT
    message = "Phạm vi này đã được ủy quyền cho người khác trong thời gian trùng nhau."
    advice = "Thu hồi ủy quyền cũ trước khi ủy quyền mới."


class DelegatorMayNotSign(DomainError):
    code = "directory.delegator_may_not_sign"
    kind = Kind.FORBIDDEN
    message = "Chỉ người có thẩm quyền ký tại cơ quan mới được ủy quyền ký; người được ủy quyền không được ủy quyền lại."


class UsernameTaken(DomainError):
    code = "directory.username_taken"
    kind = Kind.CONFLICT
    message = "Tên đăng nhập “{username}” đã có người dùng."


class UsernameInvalid(DomainError):
    code = "directory.username_invalid"
    message = "Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới (2–64 ký tự)."


class PasswordTooWeak(DomainError):
    code = "directory.password_too_weak"
    message = "Mật khẩu chưa đủ mạnh: {reasons}"


class LogInFailed(DomainError):
    code = "directory.log_in_failed"
    message = "Tên đăng nhập hoặc mật khẩu không đúng."
    advice = "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."


class CurrentPasswordWrong(DomainError):
    code = "directory.current_password_wrong"
    message = "Mật khẩu hiện tại không đúng."
    advice = "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."


class PasswordUnchanged(DomainError):
    code = "directory.password_unchanged"
    message = "Mật khẩu mới trùng mật khẩu cũ."
    advice = "Chọn một mật khẩu chưa ai khác biết."


class TwoPeopleNeeded(DomainError):
    code = "directory.two_people_needed"
    kind = Kind.FORBIDDEN
    message = "Việc này cần hai người quản trị: một người đề nghị, một người khác xác nhận."
    advice = "Gửi đề nghị; người quản trị khác xác nhận ở trang Đề nghị về quyền truy cập."


class OwnRequest(DomainError):
    code = "directory.own_request"
    kind = Kind.FORBIDDEN
    message = "Không ai xác nhận đề nghị do chính mình gửi hoặc cho chính mình."
    advice = "Nhờ một người quản trị khác xác nhận."


class RequestDecided(DomainError):
    code = "directory.request_decided"
    kind = Kind.CONFLICT
    message = "Đề nghị này đã được quyết định, đã rút hoặc đã hết hạn."
    advice = "Nếu còn cần, gửi đề nghị mới."


class RequestAlreadyOpen(DomainError):
    code = "directory.request_already_open"
    kind = Kind.CONFLICT
    message = "Đã có một đề nghị như vậy đang chờ xác nhận."


class AskerMayNotAnyMore(DomainError):
    code = "directory.asker_may_not_any_more"
    kind = Kind.CONFLICT
    message = "Người đề nghị không còn là người quản trị; đề nghị không thực hiện được."
    advice = "Từ chối đề nghị này; nếu việc vẫn cần, gửi đề nghị mới."


class LogInLocked(TooManyTries):
    code = "directory.log_in_locked"
    message = "Đăng nhập sai nhiều lần. Vui lòng thử lại sau {wait}."
    advice = "Nếu quên mật khẩu, liên hệ người quản trị đơn vị để được cấp lại."


class SecondFactorWrong(DomainError):
    code = "directory.second_factor_wrong"
    message = "Mã xác thực không đúng hoặc đã hết hạn."
    advice = "Mở ứng dụng xác thực, nhập mã 6 chữ số đang hiển thị; kiểm tra giờ trên điện thoại."


class SecondFactorAlreadySet(DomainError):
    code = "directory.second_factor_already_set"
    kind = Kind.CONFLICT
    message = "Tài khoản đã có thiết bị xác thực."
    advice = "Liên hệ người quản trị để gỡ thiết bị cũ."


class ApiTokenInvalid(DomainError):
    code = "directory.api_token_invalid"
    kind = Kind.FORBIDDEN
    message = "Khóa truy cập không đúng, đã hết hạn hoặc đã bị thu hồi."


class ApiTokenPeriodInvalid(DomainError):
    code = "directory.api_token_period_invalid"
    message = "Khóa truy cập phải có thời hạn từ 1 đến {longest} ngày."


class ImportFileInvalid(DomainError):
    code = "directory.import_file_invalid"
    message = "Không đọc được tệp {file}: {reason}."


class IdentityCardUnreadable(DomainError):
    code = "directory.identity_card_unreadable"
    message = "Không đọc được mã trên thẻ căn cước."
    advice = "Lau mặt thẻ và quét lại, hoặc nhập số định danh rồi đối chiếu với thẻ."


class RegisterUnreachable(DomainError):
    """No answer, or one that says nothing: asking again later may help."""

    code = "directory.register_unreachable"
    kind = Kind.BUSY
    message = "Chưa kết nối được với {register}."
    advice = "Hệ thống tự hỏi lại; văn bản ghi “Chưa được cấp” cho đến khi có số."


class RegisterRefused(DomainError):
    code = "directory.register_refused"
    kind = Kind.CONFLICT
    message = "{register} từ chối cấp: {reason}."
    advice = "Kiểm tra lại họ tên, ngày sinh, giới tính rồi xin lại."


class RegisterUntrue(DomainError):
    """The register gave a number that cannot belong to the person asked about."""

    code = "directory.register_untrue"
    kind = Kind.CONFLICT
    message = "Số do {register} trả về không khớp với năm sinh, giới tính của trẻ nên không được dùng."
    advice = "Báo cho cơ quan quản lý cơ sở dữ liệu; không tự ghi số."


class IdentityUnreachable(DomainError):
    code = "directory.identity_unreachable"
    kind = Kind.BUSY
    message = "Nơi xác thực định danh điện tử chưa trả lời."
    advice = "Thử lại sau ít phút. Trong lúc chờ, hồ sơ vẫn nộp được tại Bộ phận Một Cửa."


class IdentityRefused(DomainError):
    code = "directory.identity_refused"
    message = "Nơi xác thực định danh điện tử không xác nhận lần đăng nhập này."
    advice = "Nếu bạn đã bấm huỷ, chỉ cần đăng nhập lại."


class IdentityUntrue(DomainError):
    """An answer that must not be believed: forged, replayed, of another log-in or of another provider."""

    code = "directory.identity_untrue"
    message = "Câu trả lời của nơi xác thực không dùng được."
    advice = "Đăng nhập lại từ đầu. Nếu vẫn vậy, báo cho cơ quan quản trị hệ thống."


class IdentityLevelLow(DomainError):
    code = "directory.identity_level_low"
    kind = Kind.FORBIDDEN
    message = "Việc này cần tài khoản định danh mức {wanted}."
    advice = "Nâng mức định danh điện tử tại cơ quan Công an, hoặc làm việc này tại Bộ phận Một Cửa."
    ground = "Nghị định 69/2024/NĐ-CP"


class IdentityDiffers(DomainError):
    """The number is known here with another name or birthday: a clerk compares."""

    code = "directory.identity_differs"
    kind = Kind.CONFLICT
    message = (
        "Họ tên hoặc ngày sinh ở tài khoản định danh khác với thông tin đã ghi ở đây cho cùng số giấy tờ."
    )
    advice = "Cán bộ sẽ đối chiếu (mã yêu cầu {reference}). Mang giấy tờ tới Bộ phận Một Cửa gần nhất nếu cần ngay."


class AccountShut(DomainError):
    code = "directory.account_shut"
    kind = Kind.FORBIDDEN
    message = "Tài khoản ở đây của người này đã đóng."
    advice = "Hỏi Bộ phận Một Cửa để mở lại."


class IdentityConflictDecided(DomainError):
    code = "directory.identity_conflict_decided"
    kind = Kind.CONFLICT
    message = "Yêu cầu đối chiếu này đã có người giải quyết."
