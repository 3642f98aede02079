"""Proxy (ECMA-262 sections 10.5 and 28.2): the constructor; the objects are in proxy_object.py."""

from __future__ import annotations

from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import builtin, define_methods
from odw.ecma.intrinsics.proxy_object import CallableProxy, ProxyObject
from odw.ecma.values import JSFunction, JSObject, ObjectBase, undefined


def proxy_create(target: Any, handler: Any) -> Any:
    """ProxyCreate (10.5.14)."""
    if not isinstance(target, ObjectBase) or not isinstance(handler, ObjectBase):
        raise type_error("Cannot create proxy with a non-object as target or handler")
    return (CallableProxy if isinstance(target, JSFunction) else ProxyObject)(target, handler)


def proxy_call(this: Any, *_: Any) -> Any:
    raise type_error("Constructor Proxy requires 'new'")


def proxy_construct(args: Any, new_target: Any) -> Any:
    target, handler = (*args, undefined, undefined)[:2]
    return proxy_create(target, handler)


def revocable(this: Any, target: Any = undefined, handler: Any = undefined, *_: Any) -> JSObject:
    """https://tc39.es/ecma262/#sec-proxy.revocable"""
    proxy = proxy_create(target, handler)

    def revoke(this: Any, *_: Any) -> Any:
        proxy.target = proxy.handler = None
        return undefined

    return JSObject({"proxy": proxy, "revoke": builtin(revoke, "", 0)})


def install(realm: Any) -> None:
    realm.proxy_constructor = builtin(proxy_call, "Proxy", 2, proxy_construct)
    realm.proxy_constructor.materialize()
    define_methods(realm.proxy_constructor, {"revocable": (revocable, 2)})
