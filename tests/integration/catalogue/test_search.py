"""Finding procedures in the demo pack: what people type, filters, pages."""

from datetime import date

import pytest
from tests.cast import Cast

from motcua.catalogue import queries, services
from motcua.catalogue.errors import EverydayWordTaken, EverydayWordUnclear, EverydayWordUnknown
from motcua.catalogue.models import EverydayWord
from motcua.catalogue.queries import LifeEvent, OnlineLevel, PriorityList
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.ids import new_id
from motcua.provisioning.demo.procedures import load_demo_pack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(db: None) -> None:
    load_demo_pack(actor=SYSTEM)


def codes(text: str = "", **narrow: object) -> list[str]:
    page = queries.find_procedures(text, limit=50, **narrow)  # type: ignore[arg-type]  # filters of several types
    return [hit.code for hit in page.hits]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"),
        ("sinh khai đăng ký", "1.001193"),
        ("dang ki khai sinh", "1.001193"),
        ("khia sinh", "1.001193"),
        ("làm giấy khai sinh cho bé mới sinh", "1.001193"),
        ("cưới", "1.000894"),
        ("lam so do", "1.013978"),
        ("mở quán", "1.001612"),
        ("mo quan an", "1.001612"),
        ("xin giấy phép kinh doanh", "1.001612"),
        ("sao y", "2.000815"),
        ("nhập khẩu", "1.004222"),
        ("2.000635", "2.000635"),
        ("birth registration", "1.001193"),
    ],
)
def test_the_first_hits_are_what_people_mean(typed: str, code: str) -> None:
    assert code in codes(typed)[:3]


def test_decomposed_input_finds_the_same() -> None:
    assert codes("khai sinh".replace("i", "i")) == codes("kha\u0069 sinh")
    assert codes("hô\u0323 tịch") == codes("hộ tịch")


@pytest.mark.parametrize("typed", ["xyzzy", "%", "_", "'; drop table", "\\"])
def test_nonsense_finds_nothing_or_everything_but_never_fails(typed: str) -> None:
    assert isinstance(codes(typed), list)


def test_filters_narrow() -> None:
    everything = codes()
    assert len(everything) >= 30
    assert set(codes(life_event=LifeEvent.BIRTH)) < set(everything)
    assert "1.001193" in codes(life_event="birth")
    assert set(codes(field="chung-thuc")) >= {"2.000815", "2.000884"}
    assert all(code.startswith("2.") for code in codes(field="chung-thuc"))
    assert "2.000815" not in codes(audience="foreigner")
    assert "1.001193" in codes(level=OnlineLevel.FULL)
    assert "1.000894" not in codes(level=OnlineLevel.FULL)
    assert "1.001193" in codes(priority=PriorityList.PROJECT_06)
    assert codes(priority=PriorityList.PROJECT_06, on=date(2020, 1, 1)) == []


def test_pages_continue_where_they_ended() -> None:
    for text in ("", "đăng ký"):
        whole = codes(text)
        walked: list[str] = []
        after: str | None = None
        while True:
            page = queries.find_procedures(text, limit=7, after=after)
            walked += [hit.code for hit in page.hits]
            after = page.next
            if after is None:
                break
        assert walked == whole
    assert [hit.code for hit in queries.find_procedures(limit=5, after="không phải khóa").hits] == codes()[:5]


def test_a_page_costs_the_same_however_long(django_assert_num_queries: object) -> None:
    queries.find_procedures("khai sinh")
    for limit in (2, 30):
        with django_assert_num_queries(2):  # type: ignore[operator]  # the fixture is a function without a type
            queries.find_procedures("khai sinh", limit=limit)
        with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a function without a type
            queries.find_procedures(limit=limit)


def test_what_nobody_offers_is_not_found() -> None:
    assert codes("thời tiết ngày mai") == []


def test_the_table_that_comes_with_the_system_is_large_and_loads_once() -> None:
    assert len(queries.everyday_words()) >= 400
    assert services.load_everyday_words(actor=SYSTEM) == 0


def test_a_phrase_written_here_counts_at_once_and_is_kept_when_it_ends(cast: Cast) -> None:
    assert codes("giấy hoa chuối") == []
    word = services.add_everyday_word(
        actor=cast.nga, phrase="  Giấy hoa chuối ", official=["đăng ký kết hôn", " "]
    )
    assert codes("giay hoa chuoi")[0] == "1.000894"
    (line,) = queries.everyday_words("hoa chuối")
    assert (line.phrase, line.official, line.in_pack) == ("Giấy hoa chuối", ("đăng ký kết hôn",), False)
    with pytest.raises(EverydayWordTaken):
        services.add_everyday_word(actor=cast.nga, phrase="giấy hoa chuối", official=["đăng ký khai tử"])
    services.end_everyday_word(actor=cast.nga, word_id=word)
    services.end_everyday_word(actor=cast.nga, word_id=word)
    assert codes("giấy hoa chuối") == []
    assert EverydayWord.objects.get(pk=word).ended_by == cast.nga.account_id


def test_a_pack_leaves_alone_what_people_ended(cast: Cast) -> None:
    (line,) = (one for one in queries.everyday_words("sao y") if one.phrase == "sao y")
    services.end_everyday_word(actor=cast.nga, word_id=line.id)
    assert services.load_everyday_words(actor=SYSTEM) == 0
    assert all(one.phrase != "sao y" for one in queries.everyday_words())


def test_a_pack_that_says_it_differently_replaces_its_own_entry() -> None:
    row = EverydayWord.objects.get(folded="sao y")
    EverydayWord.objects.filter(pk=row.pk).update(official=["cách nói cũ"])
    assert services.load_everyday_words(actor=SYSTEM) == 1
    now = [one.official for one in queries.everyday_words("sao y") if one.phrase == "sao y"]
    assert now == [tuple(row.official)]


@pytest.mark.parametrize(
    ("phrase", "official"), [("  ", ["x"]), ("…", ["x"]), ("sổ vàng", []), ("một " * 13, ["x"])]
)
def test_what_is_no_phrase_is_refused(cast: Cast, phrase: str, official: list[str]) -> None:
    with pytest.raises(EverydayWordUnclear):
        services.add_everyday_word(actor=cast.nga, phrase=phrase, official=official)


def test_only_catalogue_managers_write_the_table(cast: Cast) -> None:
    for act in (
        lambda: services.add_everyday_word(actor=cast.binh, phrase="sổ vàng", official=["x"]),
        lambda: services.load_everyday_words(actor=cast.binh),
        lambda: services.end_everyday_word(actor=cast.binh, word_id=new_id()),
    ):
        with pytest.raises(PermissionRefused):
            act()
    with pytest.raises(EverydayWordUnknown):
        services.end_everyday_word(actor=cast.nga, word_id=new_id())


def test_fields_and_life_events_are_counted() -> None:
    fields = {field.code: field.procedures for field in queries.fields_offered()}
    assert fields["chung-thuc"] == len(codes(field="chung-thuc"))
    events = queries.life_events_offered(date(2026, 11, 2))
    assert events[LifeEvent.BIRTH] == len(codes(life_event=LifeEvent.BIRTH))
