"""Proxy exotic objects (ECMA-262 section 10.5): every internal method asks the handler's trap and checks its answer.

https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.calls import not_callable
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import create_list_from_array_like, get
from odw.ecma.abstract_ops.property_descriptors import from_property_descriptor, to_property_descriptor
from odw.ecma.abstract_ops.testing_comparison import same_value
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.internal_methods import give_methods
from odw.ecma.property_descriptor import changed, completed
from odw.ecma.values import (
    MISSING,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Property,
    PropertyKey,
    Symbol,
    undefined,
)


def _trap(proxy: Any, name: str) -> tuple[Any, Any, Any]:
    """The handler's trap or None, the target and the handler; TypeError when the proxy is revoked.

    Looking the trap up may revoke the proxy, which goes on with the target and handler it had.
    """
    handler, target = proxy.handler, proxy.target
    if handler is None:
        raise type_error(f"Cannot perform '{name}' on a proxy that has been revoked")
    function = get(handler, name)
    if function is undefined or function is None:
        return None, target, handler
    if not isinstance(function, JSFunction):
        if name in ("apply", "construct"):  # V8 calls these two as they are
            raise not_callable(function, direct=True)
        raise type_error(
            f"'{describe(function)}' returned for property '{name}' of object '{describe(handler)}' is not a function"
        )
    return function, target, handler


def _violation(name: str, text: str) -> JsThrow:
    return type_error(f"'{name}' on proxy: {text}")


class _Proxy:
    def js_get_prototype_of(self: Any) -> Any:
        """10.5.1."""
        trap, target, handler = _trap(self, "getPrototypeOf")
        if trap is None:
            return target.js_get_prototype_of()
        proto = trap.call(handler, target)
        if proto is not None and not isinstance(proto, ObjectBase):
            raise _violation("getPrototypeOf", "trap returned neither object nor null")
        if not target.js_is_extensible() and proto is not target.js_get_prototype_of():
            raise _violation(
                "getPrototypeOf",
                "proxy target is non-extensible but the trap did not return its actual prototype",
            )
        return proto

    def js_set_prototype_of(self: Any, proto: Any) -> Any:
        """10.5.2."""
        trap, target, handler = _trap(self, "setPrototypeOf")
        if trap is None:
            return target.js_set_prototype_of(proto)
        if not truthy(trap.call(handler, target, proto)):
            return False
        if not target.js_is_extensible() and proto is not target.js_get_prototype_of():
            raise _violation(
                "setPrototypeOf",
                "trap returned truish for setting a new prototype on the non-extensible proxy target",
            )
        return True

    def js_is_extensible(self: Any) -> Any:
        """10.5.3."""
        trap, target, handler = _trap(self, "isExtensible")
        if trap is None:
            return target.js_is_extensible()
        answer = truthy(trap.call(handler, target))
        actual = target.js_is_extensible()
        if answer is not actual:
            shown = "true" if actual else "false"
            raise _violation(
                "isExtensible",
                f"trap result does not reflect extensibility of proxy target (which is '{shown}')",
            )
        return answer

    def js_prevent_extensions(self: Any) -> Any:
        """10.5.4."""
        trap, target, handler = _trap(self, "preventExtensions")
        if trap is None:
            return target.js_prevent_extensions()
        answer = truthy(trap.call(handler, target))
        if answer and target.js_is_extensible():
            raise _violation("preventExtensions", "trap returned truish but the proxy target is extensible")
        return answer

    def js_get_own_property(self: Any, k: PropertyKey) -> Any:
        """10.5.5."""
        name = "getOwnPropertyDescriptor"
        trap, target, handler = _trap(self, name)
        if trap is None:
            return target.js_get_own_property(k)
        answer = trap.call(handler, target, k)
        shown = describe(k)
        if answer is not undefined and not isinstance(answer, ObjectBase):
            raise _violation(name, f"trap returned neither object nor undefined for property '{shown}'")
        own = target.js_get_own_property(k)
        if answer is undefined:
            if own is None:
                return None
            if not own.configurable:
                raise _violation(
                    name,
                    f"trap returned undefined for property '{shown}' which is non-configurable in the proxy target",
                )
            if not target.js_is_extensible():
                raise _violation(
                    name,
                    f"trap returned undefined for property '{shown}' which exists in the non-extensible proxy target",
                )
            return None
        extensible = target.js_is_extensible()
        result = completed(to_property_descriptor(answer))
        if changed(extensible, result, own) is None:
            raise _violation(
                name,
                f"trap returned descriptor for property '{shown}' that is incompatible with the existing property in the proxy target",
            )
        if not result.configurable:
            if own is None or own.configurable:
                raise _violation(
                    name,
                    f"trap reported non-configurability for property '{shown}' which is either non-existent or configurable in the proxy target",
                )
            if not result.is_accessor and not result.writable and own.writable:
                raise _violation(
                    name,
                    f"trap reported non-configurable and writable for property '{shown}' which is non-configurable, non-writable in the proxy target",
                )
        return result

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> Any:
        """10.5.6."""
        name = "defineProperty"
        trap, target, handler = _trap(self, name)
        if trap is None:
            return target.js_define_own_property(k, desc)
        if not truthy(trap.call(handler, target, k, _descriptor_object(desc))):
            return False
        shown = describe(k)
        own = target.js_get_own_property(k)
        settles = desc.configurable is False
        if own is None:
            if not target.js_is_extensible():
                raise _violation(
                    name,
                    f"trap returned truish for adding property '{shown}'  to the non-extensible proxy target",
                )
            if settles:
                raise _violation(
                    name,
                    f"trap returned truish for defining non-configurable property '{shown}' which is either non-existent or configurable in the proxy target",
                )
            return True
        if changed(target.js_is_extensible(), desc, own) is None:
            raise _violation(
                name,
                f"trap returned truish for adding property '{shown}'  that is incompatible with the existing property in the proxy target",
            )
        if settles and own.configurable:
            raise _violation(
                name,
                f"trap returned truish for defining non-configurable property '{shown}' which is either non-existent or configurable in the proxy target",
            )
        if not own.is_accessor and not own.configurable and own.writable and desc.writable is False:
            raise _violation(
                name,
                f"trap returned truish for defining non-configurable property '{shown}' which cannot be non-writable",
            )
        return True

    def js_has_property(self: Any, k: PropertyKey) -> Any:
        """10.5.7."""
        trap, target, handler = _trap(self, "has")
        if trap is None:
            return target.js_has_property(k)
        answer = truthy(trap.call(handler, target, k))
        if not answer:
            own = target.js_get_own_property(k)
            if own is not None:
                if not own.configurable:
                    raise _violation(
                        "has",
                        f"trap returned falsish for property '{describe(k)}' which exists in the proxy target as non-configurable",
                    )
                if not target.js_is_extensible():
                    raise _violation(
                        "has",
                        f"trap returned falsish for property '{describe(k)}' but the proxy target is not extensible",
                    )
        return answer

    def js_get(self: Any, k: PropertyKey, receiver: Any) -> Any:
        """10.5.8."""
        trap, target, handler = _trap(self, "get")
        if trap is None:
            return target.js_get(k, receiver)
        value = trap.call(handler, target, k, receiver)
        own = target.js_get_own_property(k)
        if own is not None and not own.configurable:
            if not own.is_accessor and not own.writable and not same_value(value, own.value):
                raise _violation(
                    "get",
                    f"property '{describe(k)}' is a read-only and non-configurable data property on the proxy target "
                    f"but the proxy did not return its actual value (expected '{describe(own.value)}' but got '{describe(value)}')",
                )
            if own.is_accessor and own.getter is undefined and value is not undefined:
                raise _violation(
                    "get",
                    f"property '{describe(k)}' is a non-configurable accessor property on the proxy target and does not "
                    f"have a getter function, but the trap did not return 'undefined' (got '{describe(value)}')",
                )
        return value

    def js_set(self: Any, k: PropertyKey, v: Any, receiver: Any) -> Any:
        """10.5.9."""
        trap, target, handler = _trap(self, "set")
        if trap is None:
            return target.js_set(k, v, receiver)
        if not truthy(trap.call(handler, target, k, v, receiver)):
            return False
        own = target.js_get_own_property(k)
        if own is not None and not own.configurable:
            if not own.is_accessor and not own.writable and not same_value(v, own.value):
                raise _violation(
                    "set",
                    f"trap returned truish for property '{describe(k)}' which exists in the proxy target as a non-configurable and non-writable data property with a different value",
                )
            if own.is_accessor and own.setter is undefined:
                raise _violation(
                    "set",
                    f"trap returned truish for property '{describe(k)}' which exists in the proxy target as a non-configurable and non-writable accessor property without a setter",
                )
        return True

    def js_delete(self: Any, k: PropertyKey) -> Any:
        """10.5.10."""
        name = "deleteProperty"
        trap, target, handler = _trap(self, name)
        if trap is None:
            return target.js_delete(k)
        if not truthy(trap.call(handler, target, k)):
            return False
        own = target.js_get_own_property(k)
        if own is not None:
            if not own.configurable:
                raise _violation(
                    name,
                    f"trap returned truish for property '{describe(k)}' which is non-configurable in the proxy target",
                )
            if not target.js_is_extensible():
                raise _violation(
                    name,
                    f"trap returned truish for property '{describe(k)}' but the proxy target is non-extensible",
                )
        return True

    def js_own_property_keys(self: Any) -> Any:
        """10.5.11."""
        trap, target, handler = _trap(self, "ownKeys")
        if trap is None:
            return target.js_own_property_keys()
        keys = create_list_from_array_like(trap.call(handler, target))
        for k in keys:
            if type(k) is not str and type(k) is not Symbol:
                raise type_error(f"{describe(k)} is not a valid property name")
        answer = set(keys)
        if len(answer) != len(keys):
            raise _violation("ownKeys", "trap returned duplicate entries")
        extensible = target.js_is_extensible()
        actual = target.js_own_property_keys()
        fixed = [
            k for k in actual if (own := target.js_get_own_property(k)) is not None and not own.configurable
        ]
        for k in actual if not extensible else fixed:
            if k not in answer:
                raise _violation("ownKeys", f"trap result did not include '{describe(k)}'")
        if not extensible and len(keys) != len(actual):
            raise _violation("ownKeys", "trap returned extra keys but proxy target is non-extensible")
        return keys


def _descriptor_object(desc: Any) -> Any:
    """FromPropertyDescriptor of a descriptor that may lack fields."""
    if type(desc) is Property:
        return from_property_descriptor(desc)
    fields = {
        "value": desc.value,
        "writable": desc.writable,
        "get": desc.getter,
        "set": desc.setter,
        "enumerable": desc.enumerable,
        "configurable": desc.configurable,
    }
    return JSObject({name: value for name, value in fields.items() if value is not MISSING})


class ProxyObject(OrdinaryObject):
    """A proxy of an object that is no function. ``target`` and ``handler`` are None once it is revoked."""

    __slots__ = ("handler", "target")
    class_name = "Proxy"

    def __init__(self, target: Any, handler: Any) -> None:
        self._proto = None
        self.extensible = True
        self.target = target
        self.handler = handler


class CallableProxy(JSFunction):
    """A proxy of a function."""

    __slots__ = ("constructible", "handler", "target")
    class_name = "Proxy"

    def __init__(self, target: Any, handler: Any) -> None:
        self._proto = None
        self.extensible = True
        self.name = None
        self.target = target
        self.handler = handler
        self.constructible = target.construct is not None

    def call(self, this: Any, *args: Any) -> Any:
        """10.5.12."""
        trap, target, handler = _trap(self, "apply")
        if trap is None:
            return target.call(this, *args)
        return trap.call(handler, target, this, JSArray(args))

    @property
    def construct(self) -> Any:  # type: ignore[override]
        return self._construct if self.constructible else None

    def _construct(self, args: Any, new_target: Any) -> Any:
        """10.5.13."""
        trap, target, handler = _trap(self, "construct")
        if trap is None:
            return target.construct(args, new_target)
        made = trap.call(handler, target, JSArray(args), new_target)
        if not isinstance(made, ObjectBase):
            raise type_error(f"'construct' on proxy: trap returned non-object ('{describe(made)}')")
        return made


give_methods(ProxyObject, _Proxy)
give_methods(CallableProxy, _Proxy)
