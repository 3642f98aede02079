"""Property descriptors (ECMA-262 section 6.2.6) and the rule for changing a property by one (10.1.6.3)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.testing_comparison import same_value
from odw.ecma.values import MISSING, Property, undefined


class PropertyDescriptor:
    """A record whose absent fields are MISSING; present ones are as in :class:`~odw.ecma.values.Property`."""

    __slots__ = ("configurable", "enumerable", "getter", "setter", "value", "writable")

    def __init__(
        self,
        value: Any = MISSING,
        writable: Any = MISSING,
        enumerable: Any = MISSING,
        configurable: Any = MISSING,
        getter: Any = MISSING,
        setter: Any = MISSING,
    ) -> None:
        self.value = value
        self.writable = writable
        self.enumerable = enumerable
        self.configurable = configurable
        self.getter = getter
        self.setter = setter

    @property
    def is_accessor(self) -> bool:
        """IsAccessorDescriptor (6.2.6.1)."""
        return self.getter is not MISSING or self.setter is not MISSING

    @property
    def is_data(self) -> bool:
        """IsDataDescriptor (6.2.6.2)."""
        return self.value is not MISSING or self.writable is not MISSING


def plain_property(value: Any) -> PropertyDescriptor:
    """The descriptor of a property as an assignment makes it: writable, enumerable, configurable."""
    return PropertyDescriptor(value, True, True, True)


def is_plain(prop: Property) -> bool:
    """Whether a property has the attributes of one made by assignment, so that its bare value can stand for it."""
    return prop.writable and prop.enumerable and prop.configurable and prop.getter is MISSING


def completed(desc: Any) -> Property:
    """CompletePropertyDescriptor (6.2.6.6): a Property with the defaults for what is absent."""
    if desc.getter is not MISSING or desc.setter is not MISSING:
        return Property(
            getter=_or(desc.getter, undefined),
            setter=_or(desc.setter, undefined),
            enumerable=_or(desc.enumerable, False),
            configurable=_or(desc.configurable, False),
        )
    return Property(
        _or(desc.value, undefined),
        _or(desc.writable, False),
        _or(desc.enumerable, False),
        _or(desc.configurable, False),
    )


def changed(extensible: bool, desc: Any, current: Property | None) -> Property | None:
    """ValidateAndApplyPropertyDescriptor (10.1.6.3) as a function: the property after the change, None if refused.

    https://tc39.es/ecma262/#sec-validateandapplypropertydescriptor
    """
    if current is None:
        return completed(desc) if extensible else None
    is_accessor = desc.getter is not MISSING or desc.setter is not MISSING
    is_data = desc.value is not MISSING or desc.writable is not MISSING
    if not current.configurable:
        if desc.configurable is True:
            return None
        if desc.enumerable is not MISSING and desc.enumerable is not current.enumerable:
            return None
        if (is_accessor or is_data) and is_accessor is not current.is_accessor:
            return None
        if current.is_accessor:
            if desc.getter is not MISSING and desc.getter is not current.getter:
                return None
            if desc.setter is not MISSING and desc.setter is not current.setter:
                return None
        elif not current.writable:
            if desc.writable is True:
                return None
            if desc.value is not MISSING and not same_value(desc.value, current.value):
                return None
    enumerable = _or(desc.enumerable, current.enumerable)
    configurable = _or(desc.configurable, current.configurable)
    if is_accessor or (current.is_accessor and not is_data):
        getter = current.getter if current.is_accessor else undefined
        setter = current.setter if current.is_accessor else undefined
        return Property(
            getter=_or(desc.getter, getter),
            setter=_or(desc.setter, setter),
            enumerable=enumerable,
            configurable=configurable,
        )
    if current.is_accessor:  # to a data property: value and writable start from their defaults
        return Property(_or(desc.value, undefined), _or(desc.writable, False), enumerable, configurable)
    return Property(
        _or(desc.value, current.value), _or(desc.writable, current.writable), enumerable, configurable
    )


def _or(field: Any, default: Any) -> Any:
    return default if field is MISSING else field
