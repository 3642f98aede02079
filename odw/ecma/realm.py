"""The realm: the intrinsics of the running script (ECMA-262 section 9.3), built the first time each is needed.

``R.array_prototype`` and its like are plain attributes once made; the first look at one loads the module that makes it
(``PROVIDERS``), whose ``install(realm)`` sets it and its relatives. ``activate()`` starts afresh, so that nothing a
script did to its intrinsics outlives the run. NON-SPEC: one realm is active in a process at a time.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from odw.ecma.values import JSArray, JSObject, ObjectPrototype

# intrinsic attribute -> module of odw.ecma.intrinsics that installs it
PROVIDERS: dict[str, str] = {}
# global name -> (module that installs it, attribute of the realm that holds its value)
GLOBALS: dict[str, tuple[str, str]] = {}


class Realm:
    """The intrinsics by name in snake_case without percent signs: %Array.prototype% is ``array_prototype``.

    Attributes set by ``activate`` itself: ``object_prototype``, ``function_prototype``, ``array_prototype`` (empty until
    their modules fill them, so that every other intrinsic can inherit from them), ``global_object``,
    ``symbol_registry`` (key -> Symbol), ``jobs`` (see jobs.py).
    """

    def __getattr__(self, name: str) -> Any:
        module = PROVIDERS.get(name)
        if module is None:
            raise AttributeError(f"no intrinsic {name!r}")
        importlib.import_module(f"odw.ecma.intrinsics.{module}").install(self)
        return self.__dict__[name]

    if TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None: ...

    def install(self, module: str) -> None:
        """Install the intrinsics of one module, whether or not they were needed yet."""
        importlib.import_module(f"odw.ecma.intrinsics.{module}").install(self)


class Untouched:
    """What a script has left as it was. Asked in hot places, hence no attribute of the realm (see its ``__getattr__``).

    ``arrays``: what plain arrays inherit; ``iteration``: how their elements are walked (watched_prototypes.py).
    ``methods``: the methods that scripts call most (watched_methods.py).
    """

    __slots__ = ("arrays", "iteration", "methods")
    arrays: bool
    iteration: bool
    methods: bool


class Lookups:
    """What names are looked up in. Asked in hot places, like :class:`Untouched`.

    ``object`` and ``function`` are the prototypes; ``array`` and ``string`` the dicts that hold the named properties of
    theirs (``string`` is empty until the first look at a method of strings); ``globals`` is the global object.
    """

    __slots__ = ("array", "function", "globals", "object", "string")
    array: dict[Any, Any]
    function: Any
    globals: Any
    object: Any
    string: dict[Any, Any]


R = Realm()
untouched = Untouched()
lookups = Lookups()


def provides(module: str, attributes: str, **global_names: str) -> None:
    """Declare which realm attributes (space-separated) and which globals (``Name="attribute"``) a module installs."""
    for attribute in attributes.split():
        PROVIDERS[attribute] = module
    for name, attribute in global_names.items():
        GLOBALS[name] = (module, attribute)


def activate() -> Realm:
    """Begin a fresh realm and return it."""
    from odw.ecma import jobs
    from odw.ecma.intrinsics import core, table

    R.__dict__.clear()
    table.declare()
    untouched.arrays = untouched.iteration = untouched.methods = True
    R.object_prototype = lookups.object = ObjectPrototype()
    JSObject.proto = R.object_prototype
    lookups.string = {}
    R.symbol_registry = {}
    R.jobs = jobs.JobQueue()
    core.bootstrap(R)
    JSArray.proto = R.array_prototype
    lookups.function = R.function_prototype
    lookups.array = R.array_prototype.named
    lookups.globals = R.global_object
    return R
