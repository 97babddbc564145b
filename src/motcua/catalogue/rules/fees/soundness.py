"""Whether a fee can be reckoned at all: checked when the version that carries it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.catalogue.rules.fees.expressions import NODE_NAMES
from motcua.catalogue.rules.forms.layout import schema_at, split
from motcua.catalogue.rules.types import FeeRow

COUNT_KINDS = frozenset({"number", "yes_no"})
_NUMBERS = frozenset({"integer", "number"})
# Deeper than any fee of the law, and far from what a stack bears.
DEEPEST = 12


def fee_faults(row: FeeRow, schema: Mapping[str, Any] | None) -> Iterator[str]:
    """What is wrong with a fee, in words, each fault once. `schema` is the e-form's, where there is one."""
    if row.amount is not None and row.amount < 0:
        yield f"khoản {row.code}: số tiền âm"
    for relief in row.reliefs:
        if not 0 < relief.percent <= 100:
            yield f"khoản {row.code}: mức giảm {relief.percent} % không nằm trong 1–100"
        if not relief.ground:
            yield f"khoản {row.code}: mức giảm không có căn cứ"
    if row.rule is None:
        return
    if row.amount is not None:
        yield f"khoản {row.code}: vừa có số tiền vừa có công thức"
    counts = {count.get("key"): count for count in row.rule.get("counts", ())}
    for key, count in counts.items():
        if not key or not count.get("label") or count.get("kind", "number") not in COUNT_KINDS:
            yield f"khoản {row.code}: mục đếm tại quầy {key or '?'} chưa đủ tên, nhãn hoặc kiểu"
    check = _Check(row.code, schema or {}, counts)
    yield from check.node(row.rule.get("amount"), ())


class _Check:
    def __init__(self, code: str, schema: Mapping[str, Any], counts: Mapping[Any, Any]) -> None:
        self.code, self.schema, self.counts = code, schema, counts

    def node(self, node: Any, item: tuple[str | int, ...], depth: int = 0) -> Iterator[str]:
        if depth > DEEPEST:
            yield self._says("công thức lồng quá sâu")
        elif isinstance(node, int) and not isinstance(node, bool):
            if node < 0:
                yield self._says(f"số âm {node}")
        elif not isinstance(node, Mapping) or sum(name in node for name in NODE_NAMES) != 1:
            yield self._says(f"biểu thức không hiểu được: {str(node)[:60]}")
        else:
            name = next(name for name in NODE_NAMES if name in node)
            yield from getattr(self, f"_{name}")(node, item, depth + 1)

    def _says(self, what: str) -> str:
        return f"khoản {self.code}: {what}"

    def _path(self, path: object, item: tuple[str | int, ...], types: frozenset[str]) -> Iterator[str]:
        if not isinstance(path, str) or not path:
            yield self._says("thiếu tên trường")
            return
        parts = (*item, *split(path[1:])) if path.startswith(".") else split(path)
        described = schema_at(self.schema, parts)
        if described is None and path not in self.counts:
            yield self._says(f"trường {path} không có trong biểu mẫu và không phải mục đếm tại quầy")
        elif described is not None and described.get("type") not in types:
            yield self._says(f"trường {path} không phải {' hoặc '.join(sorted(types))}")

    def _value(self, node: Mapping[str, Any], item: tuple[str | int, ...], _: int) -> Iterator[str]:
        yield from self._path(node["value"], item, _NUMBERS)
        if not node.get("label"):
            yield self._says(f"trường {node['value']} chưa có nhãn")
        other = node.get("else")
        if "else" in node and (isinstance(other, bool) or not isinstance(other, int) or other < 0):
            yield self._says(f"giá trị khi chưa khai của {node['value']} không phải số")

    def _days_since(self, node: Mapping[str, object], item: tuple[str | int, ...], _: int) -> Iterator[str]:
        yield from self._path(node["days_since"], item, frozenset({"string"}))

    def _list(self, parts: object, item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        if not isinstance(parts, list) or not parts:
            yield self._says("phép tính không có số hạng")
            return
        for part in parts:
            yield from self.node(part, item, depth)

    def _add(self, node: Mapping[str, Any], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._list(node["add"], item, depth)

    def _multiply(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._list(node["multiply"], item, depth)

    def _least(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._list(node["least"], item, depth)

    def _most(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._list(node["most"], item, depth)

    def _steps(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self.node(node["steps"], item, depth)
        bands, before = node.get("bands"), 0
        if not isinstance(bands, list) or not bands or any(not isinstance(band, Mapping) for band in bands):
            yield self._says("bậc thang không có bậc nào")
            return
        for band in bands[:-1]:
            if not isinstance(band.get("to"), int) or band["to"] <= before:
                yield self._says("các bậc không nối tiếp nhau")
                return
            before = band["to"]
        if "to" in bands[-1]:
            yield self._says("bậc cuối không được có giới hạn")
        if any(not isinstance(band.get("rate"), int) or band["rate"] < 0 for band in bands):
            yield self._says("bậc không có mức thu")

    def _percent(self, node: Mapping[str, Any], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        try:
            is_share = Decimal(node["percent"]) >= 0
        except (InvalidOperation, TypeError, ValueError):
            is_share = False
        if not is_share or not isinstance(node["percent"], str):
            yield self._says("tỷ lệ phần trăm phải là số viết trong dấu nháy")
        yield from self.node(node.get("of"), item, depth)

    def _sum_over(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._path(node["sum_over"], item, frozenset({"array"}))
        if not item:
            yield from self.node(node.get("of"), (*split(str(node["sum_over"])), 0), depth)
        else:
            yield self._says("danh sách không lồng trong danh sách")

    def _if(self, node: Mapping[str, object], item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        yield from self._condition(node["if"], item, depth)
        yield from self.node(node.get("then"), item, depth)
        yield from self.node(node.get("else"), item, depth)

    def _condition(self, condition: object, item: tuple[str | int, ...], depth: int) -> Iterator[str]:
        if not isinstance(condition, Mapping):
            yield self._says("điều kiện không hiểu được")
        elif "at_most" in condition:
            pair = condition["at_most"]
            if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], int):
                yield self._says("điều kiện 'không quá' cần một biểu thức và một số")
            else:
                yield from self.node(pair[0], item, depth)
        elif "field" in condition:
            yield from self._path(
                condition["field"], item, frozenset({"integer", "number", "string", "boolean"})
            )
        else:
            parts = [*condition.get("all", ()), *condition.get("any", ())]
            parts += [condition["not"]] if "not" in condition else []
            if not parts:
                yield self._says("điều kiện không nhắc tới trường nào")
            for part in parts:
                yield from self._condition(part, item, depth)

    def _unknown(self, node: Mapping[str, object], *_: object) -> Iterator[str]:
        if not isinstance(node["unknown"], str) or not node["unknown"].strip():
            yield self._says("mức chưa rõ phải nói xem ở đâu")
