"""URLs by the WHATWG standard (https://url.spec.whatwg.org/): records, the parser, hosts, percent-encoding.

Nothing here knows of scripts: strings are Python strings of code points. ``intrinsics/url.py`` is the border.
"""
