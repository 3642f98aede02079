"""The methods of Set.prototype that combine two sets (ECMA-262 sections 24.2.1.2 and 24.2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.iterator_operations import IteratorRecord
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity, to_number, truthy
from odw.ecma.completion import range_error, type_error
from odw.ecma.keyed_collection import SetObject
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, undefined


class SetRecord:
    """Set Record (24.2.1.1): any object with ``size``, ``has`` and ``keys``."""

    __slots__ = ("has_method", "keys_method", "size", "source")

    def __init__(self, source: Any) -> None:
        """GetSetRecord (24.2.1.2)."""
        if not isinstance(source, ObjectBase):
            raise type_error(f"{call_site_text(source)} is not an object")
        size = to_number(get(source, "size"))
        if size != size:
            raise type_error("The 'size' property must be a number")
        self.size = to_integer_or_infinity(size)
        if self.size < 0:
            raise range_error(f"'{describe(self.size)}' is an invalid size")
        self.source = source
        self.has_method = _function_at(source, "has")
        self.keys_method = _function_at(source, "keys")

    def has(self, value: Any) -> bool:
        return truthy(self.has_method.call(self.source, value))

    def iterate_keys(self) -> IteratorRecord:
        """GetIteratorFromMethod of ``keys``."""
        iterator = self.keys_method.call(self.source)
        if not isinstance(iterator, ObjectBase):
            raise type_error(f"{call_site_text(iterator)} is not an object")
        return IteratorRecord(iterator, get(iterator, "next"))


def _function_at(source: Any, key: str) -> JSFunction:
    method = get(source, key)
    if not isinstance(method, JSFunction):
        raise type_error(f"The '{key}' property must be a function")
    return method


def _copy(source: SetObject) -> SetObject:
    result = SetObject(R.set_prototype)
    result.insert_all(source.live_keys())
    return result


def _members(source: SetObject) -> Iterator[Any]:
    return source.live_keys()


def union(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.union (24.2.4.17)."""
    keys = other.iterate_keys()
    result = _copy(this)
    for member in keys:
        result.insert_all((member,))
    return result


def intersection(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.intersection (24.2.4.9)."""
    result = SetObject(R.set_prototype)
    if len(this.index) <= other.size:
        for member in _members(this):
            if other.has(member):
                result.insert_all((member,))
    else:
        for member in other.iterate_keys():
            if this.find(member) is not None:
                result.insert_all((member,))
    return result


def difference(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.difference (24.2.4.5)."""
    if len(this.index) <= other.size:
        result = SetObject(R.set_prototype)
        for member in _members(this):
            if not other.has(member):
                result.insert_all((member,))
        return result
    keys = other.iterate_keys()
    result = _copy(this)
    for member in keys:
        result.remove(member)
    return result


def symmetric_difference(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.symmetricDifference (24.2.4.15)."""
    keys = other.iterate_keys()
    result = _copy(this)
    for member in keys:
        if this.find(member) is not None:
            result.remove(member)
        else:
            result.insert_all((member,))
    return result


def is_subset_of(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.isSubsetOf (24.2.4.11)."""
    if len(this.index) > other.size:
        return False
    return all(other.has(member) for member in _members(this))


def is_superset_of(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.isSupersetOf (24.2.4.12)."""
    if len(this.index) < other.size:
        return False
    with other.iterate_keys() as keys:
        for member in keys:
            if this.find(member) is None:
                return False
    return True


def is_disjoint_from(this: SetObject, other: SetRecord) -> Any:
    """Set.prototype.isDisjointFrom (24.2.4.10)."""
    if len(this.index) <= other.size:
        return not any(other.has(member) for member in _members(this))
    with other.iterate_keys() as keys:
        for member in keys:
            if this.find(member) is not None:
                return False
    return True


def _method(name: str, operation: Callable[[SetObject, SetRecord], Any]) -> Callable[..., Any]:
    def native(this: Any, other: Any = undefined, *_: Any) -> Any:
        if not isinstance(this, SetObject):
            raise incompatible_receiver(f"Set.prototype.{name}", this)
        return operation(this, SetRecord(other))

    return native


SET_ALGEBRA: dict[Any, tuple[Callable[..., Any], int]] = {
    name: (_method(name, operation), 1)
    for name, operation in (
        ("union", union),
        ("intersection", intersection),
        ("difference", difference),
        ("symmetricDifference", symmetric_difference),
        ("isSubsetOf", is_subset_of),
        ("isSupersetOf", is_superset_of),
        ("isDisjointFrom", is_disjoint_from),
    )
}
