"""Which module of this package provides which intrinsics and globals; read once per realm, imports nothing itself."""

from __future__ import annotations

from odw.ecma.realm import PROVIDERS, provides


def declare() -> None:
    if PROVIDERS:
        return
    provides("object", "object_constructor", Object="object_constructor")
    provides("function", "function_constructor", Function="function_constructor")
    provides(
        "error",
        "error_prototype error_constructor error_prototypes make_error aggregate_error_constructor",
        Error="error_constructor",
    )
    for kind in ("Type", "Range", "Syntax", "Reference", "Eval", "URI"):
        attribute = f"{kind.lower()}_error_constructor"
        provides("error", attribute, **{f"{kind}Error": attribute})
    provides("error", "", AggregateError="aggregate_error_constructor")
    provides("symbol", "symbol_prototype symbol_constructor", Symbol="symbol_constructor")
    provides("boolean", "boolean_prototype boolean_constructor", Boolean="boolean_constructor")
    provides(
        "number",
        "number_prototype number_constructor parse_int parse_float is_nan is_finite",
        Number="number_constructor",
        parseInt="parse_int",
        parseFloat="parse_float",
        isNaN="is_nan",
        isFinite="is_finite",
    )
    provides("bigint", "bigint_prototype bigint_constructor", BigInt="bigint_constructor")
    provides(
        "string", "string_prototype string_constructor string_iterator_prototype", String="string_constructor"
    )
    provides("array", "array_constructor array_iterator_prototype", Array="array_constructor")
    provides("math", "math", Math="math")
    provides("json", "json", JSON="json")
    provides("map", "map_prototype map_constructor map_iterator_prototype", Map="map_constructor")
    provides("set", "set_prototype set_constructor set_iterator_prototype", Set="set_constructor")
    provides(
        "weak",
        "weak_map_prototype weak_map_constructor weak_set_prototype weak_set_constructor",
        WeakMap="weak_map_constructor",
        WeakSet="weak_set_constructor",
    )
    provides("promise", "promise_prototype promise_constructor", Promise="promise_constructor")
    provides(
        "iterator",
        "iterator_prototype iterator_constructor async_iterator_prototype "
        "iterator_helper_prototype wrap_for_valid_iterator_prototype async_from_sync_iterator_prototype",
        Iterator="iterator_constructor",
    )
    provides(
        "generator",
        "generator_function_prototype generator_prototype async_generator_function_prototype "
        "async_generator_prototype async_function_prototype",
    )
    provides("reflect", "reflect", Reflect="reflect")
    provides("proxy", "proxy_constructor", Proxy="proxy_constructor")
    provides(
        "regexp",
        "regexp_prototype regexp_constructor regexp_string_iterator_prototype",
        RegExp="regexp_constructor",
    )
    provides("date", "date_prototype date_constructor", Date="date_constructor")
    provides("intl", "intl", Intl="intl")
    provides(
        "url",
        "url_constructor url_prototype url_search_params_constructor url_search_params_prototype",
        URL="url_constructor",
        URLSearchParams="url_search_params_constructor",
    )
    provides(
        "uri",
        "encode_uri encode_uri_component decode_uri decode_uri_component",
        encodeURI="encode_uri",
        encodeURIComponent="encode_uri_component",
        decodeURI="decode_uri",
        decodeURIComponent="decode_uri_component",
    )
    provides("escape", "escape unescape", escape="escape", unescape="unescape")
    provides(
        "structured_clone",
        "structured_clone queue_microtask",
        structuredClone="structured_clone",
        queueMicrotask="queue_microtask",
    )
    provides("console", "console", console="console")
