"""Words that ask or tell a story rather than name a thing: they hardly count in a search.

The list holds words that stand in many questions people wrote and in few titles, so that rarity alone would take them for
the heart of the question. Where nothing else tells titles apart they still count a little.
"""

from collections.abc import Sequence

from motcua.catalogue.rules.finding.typed import Word, as_written

_ASKING = frozenset(
    as_written(word)
    for word in """
    thủ tục trình tự hồ sơ giấy tờ gồm biết hỏi xin muốn cần phải nên nào gì chi sao đâu bao nhiêu lâu mấy thế ra răng mô
    được không có hay hoặc thì là mà và với cùng của cho từ đến tới về ở tại trên dưới trong ngoài vào vô đi lên xuống qua
    để nếu khi lúc vì do bởi nhưng nên rồi đã đang sẽ sắp vừa mới còn cũng vẫn đều chỉ nữa luôn giờ nay bây hiện chừ mai
    tôi tui em anh chị mình ta chúng bạn cháu bác cô chú ông bà người nhà gia đình ai họ nó kia này đó ấy đây cái con chiếc
    một hai ba bốn năm sáu bảy tám chín mười các những mỗi từng cả hết nhiều ít rất quá lắm hơn nhất
    ạ a à nhé vậy hả ơi dạ thưa kính chào giúp dùm giùm nhờ hướng dẫn tư vấn cảm ơn
    làm đơn nộp mang theo việc bị được cần đòi kêu bảo nghe nói thấy bắt nhắc chịu sợ định tính chuẩn tháng ngày tuần hôm
    năm trước sau hồi lần cách kiểu như nhau nơi chỗ bên ngoại nội
    mất tốn tiền phí bao
    """.split()  # noqa: SIM905 - a list of two hundred quoted words is not read by anybody
)
# Some of these, without accents, are words of titles too (`bo`: bỏ, bộ; `cap`): without accents less is known of them.
_ASKING_FOLDED = frozenset(
    """
    thu tuc trinh tu toi tui minh em muon xin hoi can nhung gi nao o dau bao lau nhieu the lam sao ra nhu phai co khong
    duoc giup de di cua va thi la cho biet ho so gom giay to nop nay roi khi voi bi vua moi sap gio cac mot viec
    tai ve mang ben nguoi ta a ah nhe vay ma vo cung con luon nua lay hay len xuong theo nghe noi neu vi da dang se
    """.split()  # noqa: SIM905 - a list of eighty quoted words is not read by anybody
)
# Here the question begins that a story leads to, if so many words follow.
_BEGINNINGS = frozenset(
    {("xin", "hoi"), ("cho", "hoi"), ("thu", "tuc"), ("ho", "so"), ("dieu", "kien"), ("trinh", "tu")}
)
_QUESTION = 5


def asks_from(words: Sequence[Word]) -> int:
    """The place where a story ends and its question begins; 0 where nothing tells them apart."""
    places = range(len(words) - _QUESTION - 1, 0, -1)
    return next(
        (place for place in places if (words[place].folded, words[place + 1].folded) in _BEGINNINGS), 0
    )


# Two such words side by side that name something together, unless a question word follows ("xây nhà ở đâu").
_NAMES = frozenset(
    tuple(map(as_written, name.split())) for name in ("nhà ở", "thu hồi", "một lần", "cho vay", "chỉ định")
)
_NAMES_FOLDED = frozenset({("nha", "o"), ("thu", "hoi"), ("mot", "lan"), ("chi", "dinh")})
_WHERE = frozenset({"dau", "mo", "cho", "noi"})


def asking(words: Sequence[Word]) -> list[bool]:
    """For each word whether it belongs to asking rather than to what is asked for."""
    asks = [_only_asks(word) for word in words]
    for place in range(len(words) - 1):
        left, right = words[place], words[place + 1]
        named = (
            (left.written, right.written) in _NAMES
            if left.written
            else (left.folded, right.folded) in _NAMES_FOLDED
        )
        if named and (place + 2 == len(words) or words[place + 2].folded not in _WHERE):
            asks[place] = asks[place + 1] = False
    return asks


def _only_asks(word: Word) -> bool:
    """In a text with accents a word without is one that has none: "thu" is not "thủ"."""
    return word.written in _ASKING if word.written else word.folded in _ASKING_FOLDED
